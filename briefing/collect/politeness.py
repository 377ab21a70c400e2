"""When a source may be asked again, and what is remembered of asking it. Pure: the clock and the dice are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zlib import crc32

from briefing.model.entry import Failed, FailureReason, Fetched, Outcome, Unchanged

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
UNKNOWN = timedelta(hours=1)  # for a source whose rhythm is not known yet
LONGEST_BACK_OFF = timedelta(days=7)
LONGEST_WISH = timedelta(days=31)  # of Retry-After
RECENT = 10  # entries that show the rhythm
SILENCE = 20  # a source silent for 20 of its gaps slows down: a weekend does not, a dead feed does
JITTER = 0.2  # at most a fifth later, never earlier
MOVES = 3  # permanent redirects to one address before it is believed


@dataclass(frozen=True, slots=True)
class Polling:
    """What is remembered of asking one source. Stored in the transaction that stores what it brought."""

    given: str = ""  # the source's address, as the topic's file has it, for which this is remembered
    address: str = ""  # where the source has moved for good: asked instead
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""  # of the last body that could be read
    errors: int = 0  # in a row
    moved_to: str = ""
    moves: int = 0  # how often in a row it was redirected there for good; believed at the third time
    ended: bool = False  # the source said that it is gone
    next_due: datetime | None = None  # None: at once, unless it ended
    last_asked: datetime | None = None
    last_good: datetime | None = None
    failure: FailureReason | None = None  # of the last time; None when that went well
    detail: str = ""

    def is_due(self, now: datetime) -> bool:
        return not self.ended and (self.next_due is None or self.next_due <= now)

    def at(self, address: str) -> "Polling":
        """The record as far as it holds for this address: a source whose address was edited starts anew."""
        return self if self.given == address else Polling(given=address)

    def new_address(self) -> str:
        """Where the source has moved for good; empty as long as that is not sure."""
        return self.address

    def is_known(self, body: bytes) -> bool:
        """Whether this is the body of the last time, so that it need not be read again."""
        return self.body_hash == body_hash(body)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How rarely the other side wants to be asked, in seconds; 0 where it does not say."""

    ttl_s: int = 0  # of the feed itself
    max_age_s: int = 0
    retry_after_s: int = 0


def body_hash(body: bytes) -> str:
    """A name for these bytes: length and CRC-32, at a third of the cost of SHA-256.

    One change in four thousand million goes unseen until the next one; who forges it hides only his own feed.
    """
    return f"{len(body)}-{crc32(body):08x}"


def interval(now: datetime, recent: Sequence[datetime]) -> timedelta:
    """Half of the usual gap between entries, within 15 minutes and 24 hours."""
    if not recent:
        return UNKNOWN
    newest_first = sorted((instant for instant in recent if instant <= now), reverse=True)[:RECENT]
    gaps_s = [(later - earlier).total_seconds() for later, earlier in pairwise(newest_first)]
    if not gaps_s:
        return UNKNOWN
    usual = max(timedelta(seconds=median(gaps_s)), (now - newest_first[0]) / SILENCE)
    return min(max(usual / 2, SHORTEST), LONGEST)


def next_due(
    now: datetime, recent: Sequence[datetime], wishes: Wishes, *, errors: int = 0, jitter: float = 0.0
) -> datetime:
    """When to ask again. `jitter` is a number from 0 to 1; nothing is ever asked early."""
    own_s = min(interval(now, recent) * (1 + errors), LONGEST_BACK_OFF).total_seconds()
    fresh_s = min(max(wishes.ttl_s, wishes.max_age_s), LONGEST.total_seconds())
    wished_s = min(wishes.retry_after_s, LONGEST_WISH.total_seconds())
    return now + timedelta(seconds=max(own_s, fresh_s, wished_s) * (1 + JITTER * min(max(jitter, 0.0), 1.0)))


def after(
    polling: Polling,
    outcome: Outcome,
    now: datetime,
    *,
    recent: Sequence[datetime] = (),
    ttl_s: int = 0,
    jitter: float = 0.0,
) -> Polling:
    """The record after one more answer. For a body that could not be read, hand in that `Failed`.

    Validators are kept with the body that could be read: so a 304 always stands for a good one.
    """
    if isinstance(outcome, Failed):
        return _after_failure(polling, outcome, now, recent=recent, ttl_s=ttl_s, jitter=jitter)
    moved_to, moves = _moves(polling, outcome)
    is_believed = moves >= MOVES
    known = outcome if isinstance(outcome, Fetched) else polling
    return Polling(
        given=polling.given,
        address=moved_to if is_believed else polling.address,
        etag=known.etag,
        last_modified=known.last_modified,
        body_hash=body_hash(outcome.body) if isinstance(outcome, Fetched) else polling.body_hash,
        moved_to="" if is_believed else moved_to,
        moves=0 if is_believed else moves,
        next_due=next_due(now, recent, Wishes(ttl_s, outcome.max_age_s), jitter=jitter),
        last_asked=now,
        last_good=now,
    )


def _after_failure(
    polling: Polling, outcome: Failed, now: datetime, *, recent: Sequence[datetime], ttl_s: int, jitter: float
) -> Polling:
    errors = polling.errors + 1
    is_gone = outcome.reason is FailureReason.GONE
    if polling.address and (is_gone or errors >= MOVES):  # the move was a mistake: back to where the source was
        polling, is_gone = replace(polling, address="", etag="", last_modified=""), False
    wishes = Wishes(ttl_s, 0, outcome.retry_after_s)
    return replace(
        polling,
        errors=errors,
        ended=is_gone,
        next_due=None if is_gone else next_due(now, recent, wishes, errors=errors, jitter=jitter),
        last_asked=now,
        failure=outcome.reason,
        detail=outcome.detail,
    )


def _moves(polling: Polling, outcome: Fetched | Unchanged) -> tuple[str, int]:
    """Counts permanent moves to one and the same address; any other answer starts anew."""
    if not outcome.moved_to:
        return "", 0
    again = polling.moves if outcome.moved_to == polling.moved_to else 0
    return outcome.moved_to, again + 1
