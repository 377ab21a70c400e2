"""Readers: asking, confirming, preferences, leaving, deleting.

Answers to the outside are the same for known and unknown addresses; what differs is only what is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.deliver import tokens
from briefing.deliver.addresses import identity, normalised
from briefing.errors import UsageError
from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    Subscriber,
    SubscriberState,
    Subscription,
    Suppressed,
)
from briefing.store import outbox, subscribers
from briefing.store.connection import Database

OWN_WISH = frozenset({Suppressed.LEFT, Suppressed.DELETED})  # lifted by a reader's own confirmation, by nothing else


@dataclass(frozen=True, slots=True)
class Register:
    """Where readers are kept, the desk's key, and where new ids come from."""

    db: Database
    key: bytes = field(repr=False)
    fresh_id: Callable[[], str]  # 16 random lower-case letters and digits

    def hash(self, address: str) -> str:
        return tokens.keyed(self.key, identity(address))


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for in a form or a file."""

    address: str
    subscriptions: tuple[Subscription, ...]
    language: str = "en"
    zone: str = "UTC"
    at: time | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How a wish reached the desk, for the consent log."""

    how: str  # 'form', 'link', 'one click', 'command', 'import'
    wording: str = ""
    origin: str = ""
    detail: str = ""


def ask(register: Register, wish: Wish, how: How, now: datetime) -> Subscriber | None:
    """Somebody asks to subscribe. Gives whom to send a confirmation to, or None: then nothing is sent.

    The page shows the same words either way. Raises ValueError for what is no address.
    """
    address = normalised(wish.address)
    checked(wish)
    if subscribers.suppression(register.db, register.hash(address)) is Suppressed.COMPLAINED:
        return None
    known = subscribers.by_identity(register.db, identity(address))
    if known is None:
        reader = Subscriber(
            register.fresh_id(),
            address,
            now,
            SubscriberState.PENDING,
            wish.language,
            wish.zone,
            wish.subscriptions,
            wish.at,
            wish.name,
        )
        return (
            reader if subscribers.add(register.db, reader, identity(address), logged(reader, ASKED, how, now)) else None
        )
    if known.state is SubscriberState.ACTIVE or _asked_lately(register, known, now):
        return None
    reader = replace(known, subscriptions=wish.subscriptions, language=wish.language, zone=wish.zone, at=wish.at)
    subscribers.change(register.db, reader, logged(reader, ASKED, how, now))
    return reader


ASKED = ConsentEvent.ASKED


def _asked_lately(register: Register, reader: Subscriber, now: datetime) -> bool:
    """At most one confirmation letter a day, so that nobody is pestered through our form."""
    asked = [log.at for log in subscribers.consents(register.db, reader.id) if log.event is ASKED]
    return bool(asked) and (now - asked[-1]).total_seconds() < 24 * 3600


def opt_in_token(register: Register, reader: Subscriber, now: datetime) -> str:
    """For the link in the confirmation letter; 72 hours."""
    return tokens.token(register.key, tokens.Purpose.CONFIRM, reader.id, expires=now + tokens.OPT_IN)


def confirm(register: Register, token: str, how: How, now: datetime) -> Subscriber | None:
    """The reader pressed the button behind the link. None for a forged or expired link. Pressing twice is no harm."""
    found = tokens.opened(register.key, tokens.Purpose.CONFIRM, token, now)
    reader = subscribers.by_id(register.db, found.subscriber) if found and not found.expired else None
    if reader is None or reader.state is SubscriberState.ACTIVE:
        return reader
    log = [entry for entry in subscribers.consents(register.db, reader.id) if entry.event is ASKED]
    active = replace(reader, state=SubscriberState.ACTIVE, reason="")
    agreed = replace(logged(active, ConsentEvent.CONFIRMED, how, now), wording=log[-1].wording if log else how.wording)
    with register.db.transaction():
        subscribers.write(register.db, active, agreed)
        if subscribers.suppression(register.db, register.hash(reader.address)) in OWN_WISH:
            subscribers.lift(register.db, register.hash(reader.address))
    return active


def reader_of(register: Register, token: str, now: datetime) -> tuple[Subscriber, tokens.Opened] | None:
    """Whose letter a link stood in, or None."""
    found = tokens.opened(register.key, tokens.Purpose.READER, token, now)
    reader = subscribers.by_id(register.db, found.subscriber) if found else None
    return (reader, found) if reader and found else None


def leave(register: Register, token: str, how: How, now: datetime, *, everything: bool = False) -> Subscriber | None:
    """Takes a reader off the topic whose letter the link stood in, or off everything. At once; twice is no harm."""
    found = reader_of(register, token, now)
    if found is None:
        return None
    reader, opened = found
    kept = () if everything else tuple(s for s in reader.subscriptions if not opened.is_about(s.topic))
    return _left(register, reader, kept, how, now)


def _left(
    register: Register, reader: Subscriber, kept: tuple[Subscription, ...], how: How, now: datetime
) -> Subscriber:
    gone = sorted({s.topic for s in reader.subscriptions} - {s.topic for s in kept})
    state = reader.state if kept else SubscriberState.LEFT
    left = replace(reader, subscriptions=kept, state=state, reason=reader.reason if kept else "left")
    with register.db.transaction():
        log = replace(logged(left, ConsentEvent.LEFT, how, now), detail=", ".join(gone))
        subscribers.write(register.db, left, log)
        for topic in gone:
            outbox.withdraw(register.db, reader.id, now, topic)
        if not kept:
            subscribers.suppress(register.db, register.hash(reader.address), Suppressed.LEFT, now)
    return left


def prefer(register: Register, reader: Subscriber, wish: Wish, how: How, now: datetime) -> Subscriber:
    """A reader's own settings; the address stays. Raises ValueError for a zone or language that does not exist."""
    checked(wish)
    if not wish.subscriptions:
        return _left(register, reader, (), how, now)
    state = SubscriberState.ACTIVE if reader.state is SubscriberState.LEFT else reader.state
    changed = replace(
        reader,
        subscriptions=wish.subscriptions,
        language=wish.language,
        zone=wish.zone,
        at=wish.at,
        name=wish.name,
        state=state,
    )
    subscribers.change(register.db, changed, logged(changed, ConsentEvent.CHANGED, how, now))
    return changed


def pause(register: Register, reader: Subscriber, how: How, now: datetime) -> Subscriber:
    """No letters until the reader, or an operator, resumes."""
    quiet = replace(reader, state=SubscriberState.PAUSED, reason=f"by {how.how}")
    with register.db.transaction():
        subscribers.write(register.db, quiet, logged(quiet, ConsentEvent.PAUSED, how, now))
        outbox.withdraw(register.db, reader.id, now)
    return quiet


def resume(register: Register, reader: Subscriber, how: How, now: datetime) -> Subscriber:
    """Letters again, from the next issue on; bounces are counted from nothing."""
    if reader.state is not SubscriberState.PAUSED:
        return reader
    active = replace(reader, state=SubscriberState.ACTIVE, reason="")
    with register.db.transaction():
        subscribers.write(register.db, active, logged(active, ConsentEvent.RESUMED, how, now))
        subscribers.forget_soft_bounces(register.db, reader.id)
        if subscribers.suppression(register.db, register.hash(reader.address)) is Suppressed.BOUNCED:
            subscribers.lift(register.db, register.hash(reader.address))
    return active


def complain(register: Register, reader: Subscriber, how: How, now: datetime) -> None:
    """A mailbox provider reports that the reader called a letter unwanted: at once, and for good."""
    left = replace(reader, state=SubscriberState.LEFT, subscriptions=(), reason="complained")
    with register.db.transaction():
        subscribers.write(register.db, left, logged(left, ConsentEvent.LEFT, how, now))
        outbox.withdraw(register.db, reader.id, now)
        subscribers.suppress(register.db, register.hash(reader.address), Suppressed.COMPLAINED, now)


def delete(register: Register, reader: Subscriber, now: datetime) -> None:
    """Forgets a reader. What stays is one keyed hash, so that an old list does not bring them back."""
    keyed = register.hash(reader.address)
    before = subscribers.suppression(register.db, keyed)
    subscribers.delete(register.db, reader.id)
    subscribers.suppress(register.db, keyed, before or Suppressed.DELETED, now)


def found(register: Register, address: str) -> Subscriber:
    """The reader with that address. Raises UsageError."""
    try:
        reader = subscribers.by_identity(register.db, identity(address))
    except ValueError as fault:
        raise UsageError(str(fault)) from fault
    if reader is None:
        raise UsageError(f"{address} is no subscriber", hint="`briefing subscribers list` shows them")
    return reader


def checked(wish: Wish) -> None:
    """Raises ValueError for a language or zone that does not exist."""
    if wish.language not in {"en", "zh"}:
        raise ValueError(f"{wish.language!r} is no language of this desk: en or zh")
    try:
        ZoneInfo(wish.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError(f"{wish.zone!r} is no time zone") from fault


def logged(reader: Subscriber, event: ConsentEvent, how: How, now: datetime) -> Consent:
    """A line for the consent log."""
    return Consent(reader.id, event, now, how.how, how.wording, how.origin, how.detail)
