"""The ledger of deliveries: one row for each issue, subscriber and channel; every step is noted before it is taken."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from briefing.model.subscriber import Channel, Delivery, DeliveryState, Tracked
from briefing.store.connection import Database, Row, as_instant, as_text

SENDER = "sender"  # name of the lease: one sender at a time
GONE = "no longer subscribed"


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery as planning makes it."""

    subscriber: str
    domain: str
    due: datetime
    message_id: str
    channel: Channel = Channel.MAIL


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one try."""

    id: int
    state: DeliveryState
    detail: str = ""
    next_try: datetime | None = None


def plan(db: Database, topic: str, issue: str, rows: Iterable[Planned], now: datetime) -> None:
    """Adds deliveries; those that are planned already stay as they are, whatever has become of them."""
    values: list[dict[str, object]] = [
        {
            "topic": topic,
            "issue": issue,
            "subscriber": row.subscriber,
            "channel": row.channel,
            "domain": row.domain,
            "due": as_text(row.due),
            "message_id": row.message_id,
            "now": as_text(now),
        }
        for row in rows
    ]
    with db.transaction():
        db.many("plan_delivery", values)


def count(db: Database, topic: str, issue: str) -> int:
    return db.number("count_deliveries", topic=topic, issue=issue)


def take(db: Database, holder: str, now: datetime, until: datetime) -> bool:
    """Becomes the one sender, and clears what a dead one left: nothing that may have gone goes again by itself.

    A holder is 'BOOT:name'. What a sender of this boot had claimed has not left, for its notes are all here. After
    the machine itself went down some notes may be missing, and then its claims are in doubt too.
    """
    text = as_text(now)
    boot = f"{holder.partition(':')[0]}:%"
    with db.transaction():
        if not db.number("take_lease", name=SENDER, holder=holder, now=text, until=as_text(until)):
            return False
        db.rows("release_claimed", now=text, boot=boot)
        db.rows("doubt_in_hand", now=text, detail="the sender died before the server answered")
    return True


@contextmanager
def quick(db: Database) -> Iterator[None]:
    """While letters go out: what is written survives the end of the process, but perhaps not of the machine.

    Ten times as fast, and enough for notes on letters whose claim is safe on disk; `claim` still waits for the disk.
    """
    db.connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        db.connection.execute("PRAGMA synchronous = FULL")


def end(db: Database, holder: str) -> None:
    db.number("end_lease", name=SENDER, holder=holder)


def sender(db: Database) -> tuple[str, datetime] | None:
    """Who sends now, and until when nobody else may."""
    row = db.row("lease_of", name=SENDER)
    return (row[0], as_instant(row[1])) if row else None


def claim(db: Database, holder: str, now: datetime, most: int) -> tuple[Delivery, ...]:
    """Deliveries that are owed now, taken for one sender; those of readers who left meanwhile are withdrawn."""
    with _synced(db), db.transaction():
        rows = db.rows("claim_deliveries", holder=holder, now=as_text(now), most=most)
        readers = {number: reader for number, *reader in db.rows("addressees", ids=_listed(row[0] for row in rows))}
        gone = [Settled(row[0], DeliveryState.WITHDRAWN, GONE) for row in rows if row[0] not in readers]
        _settle(db, holder, gone, now)
    kept = (_delivery(row, tuple(readers[row[0]])) for row in rows if row[0] in readers)
    return tuple(sorted(kept, key=lambda d: (d.topic, d.issue, d.language, d.id)))


def hand_over_post(db: Database, holder: str, now: datetime) -> Delivery | None:
    """The next post that is owed, noted as handed over and safe on disk; its address and language are the desk's."""
    with _synced(db), db.transaction():
        row = db.row("hand_over_post", holder=holder, now=as_text(now))
    return _delivery(row, ("", "", "")) if row else None


def _listed(numbers: Iterable[int]) -> str:
    """Row ids as one value of a statement."""
    return f"[{','.join(map(str, numbers))}]"


def waiting(db: Database, now: datetime, after: int, most: int) -> tuple[Delivery, ...]:
    """Deliveries that are owed now, by rising id; nothing is claimed."""
    rows = db.rows("waiting_deliveries", now=as_text(now), after=after, most=most)
    readers = ((row, db.row("addressee", id=row[3], topic=row[1])) for row in rows)
    return tuple(_delivery(row, reader) for row, reader in readers if reader)


@contextmanager
def _synced(db: Database) -> Iterator[None]:
    before = next(db.connection.execute("PRAGMA synchronous"))[0]
    db.connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        db.connection.execute(f"PRAGMA synchronous = {before}")


def _delivery(row: Row, reader: Row) -> Delivery:
    number, topic, issue, subscriber, channel, due, message_id, attempts = row
    address, name, language = reader
    to = (address, name, language)
    return Delivery(number, topic, issue, subscriber, Channel(channel), *to, _due(due), message_id, attempts)


_due = lru_cache(maxsize=256)(as_instant)  # most letters of an issue are due at once


def record(
    db: Database, holder: str, settled: Iterable[Settled], leaving: Iterable[int], until: tuple[datetime, datetime]
) -> frozenset[int] | None:
    """Notes what became of letters, and which others leave now; those alone may.

    None when nothing may leave any more: the outbox is stopped, or another sender has taken over. One that its reader
    no longer wants is withdrawn here, at the last moment. `until` is now, and the new end of the lease. The caller
    holds the transaction.
    """
    now, end_of_lease = until
    _settle(db, holder, settled, now)
    standing = db.row("standing", name=SENDER)
    if standing is None or standing[0] != holder or standing[2]:
        return None
    if standing[1] < as_text(now + (end_of_lease - now) * 3 / 4):
        db.number("renew_lease", name=SENDER, holder=holder, until=as_text(end_of_lease))
    wanted = tuple(leaving)
    if not wanted:
        return frozenset()
    rows = db.rows("hand_over", ids=_listed(wanted), holder=holder, now=as_text(now))
    going = frozenset(int(row[0]) for row in rows)
    _settle(
        db, holder, [Settled(number, DeliveryState.WITHDRAWN, GONE) for number in wanted if number not in going], now
    )
    return going


def _settle(db: Database, holder: str, settled: Iterable[Settled], now: datetime) -> None:
    text = as_text(now)
    rows: list[dict[str, object]] = [
        {
            "id": one.id,
            "holder": holder,
            "state": one.state,
            "detail": one.detail,
            "next_try": as_text(one.next_try) if one.next_try else None,
            "now": text,
        }
        for one in settled
    ]
    if rows:
        db.many("settle", rows)


def release(db: Database, holder: str, waiting: Iterable[tuple[int, datetime]], now: datetime) -> None:
    """Gives claimed deliveries back, each for a later time; no try is counted."""
    rows: list[dict[str, object]] = [
        {"id": number, "holder": holder, "next_try": as_text(at), "now": as_text(now)} for number, at in waiting
    ]
    with db.transaction():
        db.many("release", rows)


def stop(db: Database, reason: str) -> None:
    """The kill switch: from the next letter on, nothing leaves."""
    db.number("set_mark", name="stopped", text=reason or "stopped")


def resume(db: Database) -> None:
    db.number("remove_mark", name="stopped")


def stopped(db: Database) -> str:
    """Why nothing leaves, or ''."""
    return db.text("mark_of", name="stopped")


def tally(db: Database, topic: str = "", issue: str = "") -> tuple[tuple[DeliveryState, int], ...]:
    rows = db.rows("delivery_tally", topic=topic, issue=issue)
    return tuple((DeliveryState(state), int(number)) for state, number in rows)


def owed(db: Database, now: datetime) -> int:
    """How many letters could go now."""
    return db.number("count_owed", now=as_text(now))


def next_owed(db: Database) -> datetime | None:
    text = db.text("next_owed")
    return as_instant(text) if text else None


def in_state(db: Database, state: DeliveryState, after: int = 0, most: int = 100) -> tuple[Tracked, ...]:
    return tuple(map(_tracked, db.rows("deliveries_in_state", state=state, after=after, most=most)))


def of_subscriber(db: Database, subscriber: str) -> tuple[Tracked, ...]:
    return tuple(map(_tracked, db.rows("deliveries_of", subscriber=subscriber)))


def by_message_id(db: Database, message_id: str) -> Tracked | None:
    row = db.row("delivery_by_message_id", message_id=message_id)
    return _tracked(row) if row else None


def _tracked(row: Row) -> Tracked:
    number, topic, issue, subscriber, state, attempts, changed_at, detail, next_try = row
    return Tracked(
        number,
        topic,
        issue,
        subscriber,
        DeliveryState(state),
        attempts,
        as_instant(changed_at),
        detail,
        as_instant(next_try) if next_try else None,
    )


def resend_uncertain(db: Database, now: datetime, number: int = 0) -> int:
    """Lets uncertain deliveries (all, or one) go once more, with the Message-ID that they had."""
    return len(db.rows("resend_uncertain", id=number, now=as_text(now), detail="sent again though it may have arrived"))


def close_uncertain(db: Database, state: DeliveryState, now: datetime, number: int = 0) -> int:
    """Decides what uncertain deliveries (all, or one) are, without sending."""
    return len(db.rows("close_uncertain", id=number, state=state, now=as_text(now), detail="decided by the operator"))


def doubt_owed(db: Database, until: datetime, now: datetime) -> int:
    """After a restore: what was owed up to the time of the loss may have gone since the backup."""
    detail = "the store is a backup; it may have been sent since"
    return len(db.rows("doubt_owed", until=as_text(until), now=as_text(now), detail=detail))


def withdraw(db: Database, subscriber: str, now: datetime, topic: str = "") -> int:
    """Takes back what is still owed to a reader who left."""
    return len(db.rows("withdraw", subscriber=subscriber, topic=topic, now=as_text(now), detail=GONE))


def bounced(db: Database, number: int, detail: str, now: datetime) -> bool:
    """A letter that a server had accepted came back."""
    return bool(db.number("bounce_delivery", id=number, detail=detail, now=as_text(now)))


def activity(db: Database) -> str:
    """The last sign of life of the outbox, as written beside the store too."""
    return db.text("mark_of", name="activity")


def set_activity(db: Database, text: str) -> None:
    db.number("set_mark", name="activity", text=text)
