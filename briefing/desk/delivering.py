"""Joins the outbox and the sender: plans letters for an issue, and sends what is owed, each once."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from briefing.deliver import tokens
from briefing.deliver.addresses import Mailbox, domain_of, identity
from briefing.deliver.answers import Meaning
from briefing.deliver.dispatch import Dispatch, Parcel, Tally, Tools
from briefing.deliver.dkim import Signer, signed
from briefing.deliver.hosts import Host
from briefing.deliver.message import Letterhead, Personal, Plate, message_id, plate
from briefing.deliver.outbox import LIMITS, SOFT_LIMIT, Limit, Pace, Verdict
from briefing.deliver.smtp import Envelope
from briefing.desk import slots
from briefing.desk.announcing import Board, Turn, announce
from briefing.model.issue import Issue
from briefing.model.slot import delivery_time
from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    Delivery,
    DeliveryState,
    SubscriberState,
    Suppressed,
    UncertainRule,
)
from briefing.store import domains, outbox, subscribers
from briefing.store.connection import Database
from briefing.store.outbox import Planned, Settled

LEASE = timedelta(seconds=60)
BUSY = "another sender is at work"
PLATES = 8  # an issue in two languages, and those around it

Pages = Callable[[str, str, str], tuple[Letterhead, str, str]]  # topic, issue, language -> letterhead, text, html


@dataclass(frozen=True, slots=True)
class Post:
    """How this desk sends; everything that is outside stands here."""

    hosts: tuple[Host, ...]
    tls: ssl.SSLContext
    key: bytes = field(repr=False)  # signs tokens
    return_path: str  # 'bounce@example.org': bounces come to 'bounce+token@example.org'
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    holder: str  # 'BOOT:name': the boot of this machine from `schedule.boot`, and a name unique to this run
    signers: tuple[Signer, ...] = ()
    per_second: float = 50.0
    limits: tuple[tuple[str, Limit], ...] = tuple(LIMITS.items())
    uncertain: UncertainRule = UncertainRule.HOLD
    lease: timedelta = LEASE
    board: Board | None = None


def plan_deliveries(db: Database, issue: Issue, domain: str, now: datetime) -> int:
    """One delivery for each active reader of the issue's edition; what is planned already stays. Gives the number."""
    key = f"{issue.topic}/{issue.id}"
    for page in subscribers.readers(db, issue.topic, issue.edition):
        rows = [
            Planned(
                reader.id,
                domain_of(reader.address),
                delivery_time(now, reader.at, reader.zone),
                message_id(key, reader.id, "mail", domain),
            )
            for reader in page
        ]
        outbox.plan(db, issue.topic, issue.id, rows, now)
    return outbox.count(db, issue.topic, issue.id)


def is_work(db: Database, now: datetime) -> bool:
    """Whether a letter is owed, or a sender died: what it had claimed is in nobody's hands until the next comes."""
    last = outbox.sender(db)
    return outbox.owed(db, now) > 0 or (last is not None and last[1] <= now)


async def deliver(
    db: Database,
    pages: Pages,
    post: Post,
    stop: asyncio.Event,
    progress: Callable[[], None] = lambda: None,
) -> Tally:
    """Sends everything that is owed now. Uses `db` alone until it returns.

    Another sender at work, or a stopped outbox, makes a halted tally that says so; nothing has left then.
    """
    now = post.clock()
    held_back = slots.restored(db, now)
    lease = max(post.lease, timedelta(seconds=5 / post.per_second))
    if not outbox.take(db, post.holder, now, now + lease):
        return Tally(halted=True, faults=(BUSY,))
    try:
        reason = outbox.stopped(db)
        if reason:
            return Tally(halted=True, faults=(f"the outbox is stopped: {reason}",))
        if post.uncertain is UncertainRule.RESEND:
            outbox.resend_uncertain(db, now)
        press = Press(pages, post)
        pace = Pace(post.per_second, dict(post.limits))
        tools = Tools(post.hosts, post.tls, press.parcel, post.clock, post.chance, pace, progress)
        with outbox.quick(db):
            tally = await Dispatch(Notes(db, post), tools, stop).run()
        if post.board and not tally.halted:
            turn = Turn(post.holder, post.clock, post.chance, lambda moment: moment + lease)
            for state in await announce(db, post.board, turn, stop):
                tally = tally.plus(state)
        if not post.hosts and outbox.owed(db, post.clock()):
            tally = replace(tally, faults=("no mail server is set, and letters wait", *tally.faults))
    finally:
        outbox.end(db, post.holder)
    if held_back is None:
        return tally
    said = f"the store is a backup: {held_back} letters that may have gone out since are held back as uncertain"
    return replace(tally, faults=(said, *tally.faults))


class Press:
    """Prints letters: each issue is set once a language, and copied for its readers."""

    def __init__(self, pages: Pages, post: Post) -> None:
        self.pages = pages
        self.post = post
        self._plates: dict[tuple[str, str, str], Plate] = {}

    def parcel(self, delivery: Delivery) -> Parcel:
        """The signed letter of one delivery, ready to leave."""
        press = self._plate(delivery)
        copy = press.copy if self.post.signers else press.unsigned
        letter = copy(
            Personal(
                Mailbox(delivery.address, delivery.name),
                delivery.message_id,
                delivery.due,
                tokens.token(self.post.key, tokens.Purpose.READER, delivery.subscriber, topic=delivery.topic),
            )
        )
        content = signed(letter, self.post.signers, self.post.clock()).whole if self.post.signers else letter.whole
        sender = return_address(self.post, delivery.subscriber)
        return Parcel(delivery, Envelope(sender, delivery.address, len(content)), content, is_dotless=True)

    def _plate(self, delivery: Delivery) -> Plate:
        key = (delivery.topic, delivery.issue, delivery.language)
        if key not in self._plates:
            if len(self._plates) >= PLATES:
                self._plates.pop(next(iter(self._plates)))
            self._plates[key] = plate(*self.pages(*key))
        return self._plates[key]


def return_address(post: Post, subscriber: str) -> str:
    """Where a bounce of this reader's letter comes to; only this desk can make it."""
    local, _, domain = post.return_path.rpartition("@")
    return f"{local}+{tokens.token(post.key, tokens.Purpose.BOUNCE, subscriber)}@{domain}"


class Notes:
    """The sender's ledger over the store: every call is one transaction."""

    def __init__(self, db: Database, post: Post) -> None:
        self.db = db
        self.post = post
        self._soft = subscribers.soft_bounced(db)
        self._holds = {domain: (until, strikes) for domain, until, strikes in domains.holds(db)}

    def claimed(self, most: int) -> tuple[Delivery, ...]:
        now = self.post.clock()
        claimed = outbox.claim(self.db, self.post.holder, now, most)
        if claimed:
            slots.sign_of_life(self.db, now)
        return claimed

    def released(
        self, waiting: Sequence[tuple[Delivery, datetime]], resting: tuple[str, datetime] | None = None
    ) -> None:
        times = [(delivery.id, at) for delivery, at in waiting]
        outbox.release(self.db, self.post.holder, times, self.post.clock())
        if resting:
            domains.rest(self.db, *resting)

    def strikes(self, domain: str) -> int:
        """How often in a row a domain has asked us to slow down."""
        return self._holds[domain][1] if domain in self._holds else 0

    def noted(self, settled: Sequence[tuple[Delivery, Verdict]], leaving: Sequence[Delivery]) -> frozenset[int] | None:
        now = self.post.clock()
        rows = [Settled(d.id, v.state, v.detail, v.next_try) for d, v in settled]
        until = (now, now + self.post.lease)
        with self.db.transaction():
            allowed = outbox.record(self.db, self.post.holder, rows, [d.id for d in leaving], until)
            for delivery, verdict in settled:
                self._follow(delivery, verdict, now)
        return allowed

    def _follow(self, delivery: Delivery, verdict: Verdict, now: datetime) -> None:
        """What a verdict means for the reader and the reader's domain."""
        domain = domain_of(delivery.address)
        if verdict.state is DeliveryState.ACCEPTED:
            if delivery.subscriber in self._soft:
                subscribers.forget_soft_bounces(self.db, delivery.subscriber)
            if self._holds.pop(domain, None):
                domains.free(self.db, domain)
        elif verdict.hold_until:
            held = domain in self._holds and self._holds[domain][0] > now
            if not held:  # letters that were under way when it complained are no further strike
                self._holds[domain] = (verdict.hold_until, self.strikes(domain) + 1)
                domains.hold(self.db, domain, verdict.hold_until)
        elif verdict.state is DeliveryState.FAILED and verdict.meaning in {Meaning.GONE, Meaning.REFUSED}:
            bounce = Bounce(delivery.subscriber, verdict.meaning, delivery.message_id, verdict.detail)
            count_bounce(self.db, self.post.key, bounce, now)


@dataclass(frozen=True, slots=True)
class Bounce:
    """One refusal of a reader's letter, at once or by a later report; `report` makes it count once."""

    subscriber: str
    meaning: Meaning
    report: str
    detail: str


def count_bounce(db: Database, key: bytes, bounce: Bounce, now: datetime) -> bool:
    """Counts it; a mailbox that is gone, or refuses three times in a row, is paused. The caller holds the transaction.

    True when the reader was paused by it.
    """
    hard = bounce.meaning is Meaning.GONE
    kind = "hard" if hard else "soft"
    log = Consent(bounce.subscriber, ConsentEvent.PAUSED, now, "bounce", detail=bounce.detail)
    if not subscribers.add_bounce(db, log, kind, bounce.report):
        return False
    reader = subscribers.by_id(db, bounce.subscriber)
    counted = subscribers.count_bounces(db, bounce.subscriber, kind)
    if reader is None or reader.state is not SubscriberState.ACTIVE or not (hard or counted >= SOFT_LIMIT):
        return False
    pause(db, log, f"{kind} bounce: {bounce.detail}")
    if hard:
        subscribers.suppress(db, tokens.keyed(key, identity(reader.address)), Suppressed.BOUNCED, now)
    return True


def pause(db: Database, log: Consent, reason: str) -> None:
    """Stops letters to a reader; the caller holds the transaction."""
    reader = subscribers.by_id(db, log.subscriber)
    if reader:
        subscribers.write(db, subscribers.paused(reader, reason), log)
        outbox.withdraw(db, reader.id, log.at)
