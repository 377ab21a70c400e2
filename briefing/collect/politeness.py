"""When a source may be asked again, and what is remembered of asking it. Pure: the clock and the dice are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zlib import crc32

from briefing.model.entry import UNSAID, Failed, FailureReason, Fetched, Manner, Outcome, Unchanged

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
UNKNOWN = timedelta(hours=1)  # for a source whose rhythm is not known yet
LONGEST_BACK_OFF = timedelta(days=7)
LONGEST_WISH = timedelta(days=31)  # of Retry-After
LONGEST_S, LONGEST_BACK_OFF_S, LONGEST_WISH_S = (
    most.total_seconds() for most in (LONGEST, LONGEST_BACK_OFF, LONGEST_WISH)
)
PUSHED = 4  # times its interval where a hub tells what is new: asking is only for what the hub forgot
RECENT = 10  # entries that show the rhythm
SILENCE = 20  # a source silent for 20 of its gaps slows down: a weekend does not, a dead feed does
HOURS_OF_A_WEEK = 168
TOO_OFTEN, UNWELL = 429, 503  # what a host says that wants to be left alone
PAGE_PATIENCE = timedelta(days=2)  # for an article page: later it is no news
PASSING = frozenset({FailureReason.UNREACHABLE, FailureReason.TIMEOUT, FailureReason.CUT_OFF})
PASSING_STATUS = frozenset({408, 425, TOO_OFTEN})  # besides all of 500 and above
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
    manner: Manner = UNSAID  # as the last document that could be read stated it
    told: bool = False  # the editor knows that it is in trouble

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
    """How rarely the other side wants to be asked, in seconds, and when not; empty where it does not say."""

    ttl_s: int = 0  # of the feed itself
    max_age_s: int = 0
    retry_after_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


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
    now: datetime,
    recent: Sequence[datetime],
    wishes: Wishes,
    *,
    errors: int = 0,
    pushed: bool = False,
    jitter: float = 0.0,
) -> datetime:
    """When to ask again. `jitter` is a number from 0 to 1; nothing is ever asked early."""
    usual_s = min(interval(now, recent).total_seconds() * (PUSHED if pushed else 1), LONGEST_S)
    own_s = min(usual_s * (1 + errors), LONGEST_BACK_OFF_S)
    fresh_s = min(max(wishes.ttl_s, wishes.max_age_s), LONGEST_S)
    wished_s = min(wishes.retry_after_s, LONGEST_WISH_S)
    wait_s = max(own_s, fresh_s, wished_s) * (1 + JITTER * min(max(jitter, 0.0), 1.0))
    return _awake(now + timedelta(seconds=wait_s), wishes)


def _awake(due: datetime, wishes: Wishes) -> datetime:
    """That time, or so many whole hours later that the source does not sleep."""
    if not wishes.skip_hours and not wishes.skip_days:
        return due
    hours = (due + timedelta(hours=number) for number in range(HOURS_OF_A_WEEK))
    awake = (at for at in hours if at.hour not in wishes.skip_hours and at.weekday() not in wishes.skip_days)
    return next(awake, due)  # one that never wakes slipped with its pen


def after(
    polling: Polling,
    outcome: Outcome,
    now: datetime,
    *,
    recent: Sequence[datetime] = (),
    manner: Manner | None = None,
    pushed: bool = False,
    jitter: float = 0.0,
) -> Polling:
    """The record after one more answer. For a body that could not be read, hand in that `Failed`.

    `manner` is what a document that was read said; without it the last one stands. `pushed`: a hub tells what is new.

    Validators are kept with the body that could be read: so a 304 always stands for a good one.
    """
    if isinstance(outcome, Failed):
        return _after_failure(polling, outcome, now, recent=recent, jitter=jitter)
    moved_to, moves = _moves(polling, outcome)
    is_believed = moves >= MOVES
    known = outcome if isinstance(outcome, Fetched) else polling
    manner = polling.manner if manner is None else manner
    return Polling(
        given=polling.given,
        address=moved_to if is_believed else polling.address,
        etag=known.etag,
        last_modified=known.last_modified,
        body_hash=body_hash(outcome.body) if isinstance(outcome, Fetched) else polling.body_hash,
        moved_to="" if is_believed else moved_to,
        moves=0 if is_believed else moves,
        next_due=next_due(now, recent, _wishes(manner, max_age_s=outcome.max_age_s), pushed=pushed, jitter=jitter),
        last_asked=now,
        last_good=now,
        manner=manner,
    )


def _after_failure(
    polling: Polling, outcome: Failed, now: datetime, *, recent: Sequence[datetime], jitter: float
) -> Polling:
    errors = polling.errors + 1
    is_gone = outcome.reason is FailureReason.GONE
    if polling.address and (is_gone or errors >= MOVES):  # the move was a mistake: back to where the source was
        polling, is_gone = replace(polling, address="", etag="", last_modified=""), False
    wishes = _wishes(polling.manner, retry_after_s=outcome.retry_after_s)
    due = next_due(now, recent, wishes, errors=errors, jitter=jitter)
    return replace(
        polling,
        errors=errors,
        ended=is_gone,
        next_due=None if is_gone else due,
        last_asked=now,
        failure=outcome.reason,
        detail=outcome.detail,
    )


def is_too_often(outcome: Outcome) -> bool:
    """Whether a whole host wants to be left alone: 429, or 503 with a time to come back."""
    if not isinstance(outcome, Failed):
        return False
    return outcome.status == TOO_OFTEN or (outcome.status == UNWELL and outcome.retry_after_s > 0)


def quiet_until(outcome: Outcome, now: datetime) -> datetime | None:
    """Until when nothing more may be asked of the host; None where it is not tired."""
    if not isinstance(outcome, Failed) or not is_too_often(outcome):
        return None
    return now + min(max(timedelta(seconds=outcome.retry_after_s), SHORTEST), LONGEST_WISH)


def is_passing(outcome: Failed) -> bool:
    """Whether the same question may be answered better later."""
    return outcome.reason in PASSING or outcome.status in PASSING_STATUS or outcome.status >= 500  # noqa: PLR2004 - RFC 9110's class


def page_due(first_seen: datetime, now: datetime, not_before: datetime | None = None) -> datetime | None:
    """When to ask again for an article page that could not be had: each wait is as long as all before it.

    None where it is not worth it any more. `not_before`: until then its host wants to be left alone.
    """
    waited = now - first_seen
    if waited >= PAGE_PATIENCE:
        return None
    own = now + max(waited, SHORTEST)
    return own if not_before is None else max(own, not_before)


def _wishes(manner: Manner, *, max_age_s: int = 0, retry_after_s: int = 0) -> Wishes:
    return Wishes(manner.ttl_s, max_age_s, retry_after_s, manner.skip_hours, manner.skip_days)


def _moves(polling: Polling, outcome: Fetched | Unchanged) -> tuple[str, int]:
    """Counts permanent moves to one and the same address; any other answer starts anew."""
    if not outcome.moved_to:
        return "", 0
    again = polling.moves if outcome.moved_to == polling.moved_to else 0
    return outcome.moved_to, again + 1
