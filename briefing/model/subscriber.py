"""Who gets an issue, what they agreed to, and the line of each letter in the ledger of deliveries."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class SubscriberState(StrEnum):
    PENDING = "pending"  # asked, not confirmed: gets one confirmation letter and nothing else
    ACTIVE = "active"
    PAUSED = "paused"  # by the reader, or after bounces; `Subscriber.reason` says which
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Subscription:
    topic: str
    edition: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. `at` is the reader's own wall time for letters, in `zone`; None means as soon as there is an issue."""

    id: str  # 16 lower-case letters and digits, random, never shown to others
    address: str
    joined_at: datetime
    state: SubscriberState = SubscriberState.PENDING
    language: str = "en"
    zone: str = "UTC"
    subscriptions: tuple[Subscription, ...] = ()
    at: time | None = None
    name: str = ""
    reason: str = ""  # why paused or left


class ConsentEvent(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"  # consent was given elsewhere; `detail` says where
    CHANGED = "changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the consent log: what was agreed to, when, how, and to which wording."""

    subscriber: str
    event: ConsentEvent
    at: datetime
    how: str = ""  # 'form', 'link', 'one click', 'command', 'import', 'bounce'
    wording: str = ""  # version of the text that was agreed to
    origin: str = ""  # the network address that asked, where there was one
    detail: str = ""


class Suppressed(StrEnum):
    """Why an address gets nothing, even when it is imported again."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    LEFT = "left"
    DELETED = "deleted"


class Channel(StrEnum):
    MAIL = "mail"
    POST = "post"  # a webhook or chat: the subscriber is the channel's name in the desk file


class DeliveryState(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"  # a sender has taken it; nothing has left yet
    HANDED_OVER = "handed over"  # noted before the content leaves
    ACCEPTED = "accepted"  # the server's word; not yet the reader's mailbox
    DEFERRED = "deferred"  # to be tried again
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # the answer never came: it may have arrived
    WITHDRAWN = "withdrawn"  # the reader left before it went


@dataclass(frozen=True, slots=True)
class Delivery:
    """One letter to one reader, as a sender takes it from the outbox."""

    id: int
    topic: str
    issue: str
    subscriber: str
    channel: Channel
    address: str
    name: str
    language: str
    due: datetime  # when it was first to go
    message_id: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Tracked:
    """One line of the delivery ledger, as an operator sees it."""

    id: int
    topic: str
    issue: str
    subscriber: str
    state: DeliveryState
    attempts: int
    changed_at: datetime
    detail: str
    next_try: datetime | None = None


class UncertainRule(StrEnum):
    """What becomes of a letter whose answer never came."""

    HOLD = "hold"  # listed, never sent again by itself
    RESEND = "resend"  # once more, with the same Message-ID
