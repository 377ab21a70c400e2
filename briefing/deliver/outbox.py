"""The rules of the outbox, pure: what an answer makes of a delivery, when it is tried again, at which pace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from briefing.deliver.answers import Answer, Meaning, meaning
from briefing.model.subscriber import Delivery, DeliveryState

FIRST_WAIT = timedelta(minutes=2)  # NetEase asks for two minutes after DT:SPM
LONGEST_WAIT = timedelta(hours=6)
GIVE_UP = timedelta(hours=24)  # an issue of yesterday is no news
JITTER = 0.25  # of the wait, so that a thousand deferred letters do not come back in one second
SOFT_LIMIT = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one try, and what else follows from it."""

    state: DeliveryState
    detail: str
    next_try: datetime | None = None
    meaning: Meaning = Meaning.ACCEPTED
    hold_until: datetime | None = None  # the whole domain waits


def wait(tries: int, chance: float) -> timedelta:
    """How long until the next try: 2 minutes, 4, 8 ..., at most 6 hours. `chance` is between 0 and 1."""
    plain: timedelta = min(FIRST_WAIT * (1 << min(tries, 20)), LONGEST_WAIT)
    return plain * (1 + JITTER * (2 * chance - 1))


def judged(delivery: Delivery, answer: Answer, now: datetime, chance: float, strikes: int = 0) -> Verdict:
    """What a server's answer makes of a delivery. `strikes`: how often its domain has asked to slow down before."""
    said = meaning(answer)
    if said is Meaning.ACCEPTED:
        return Verdict(DeliveryState.ACCEPTED, str(answer))
    if not said.is_retried:
        return Verdict(DeliveryState.FAILED, str(answer), meaning=said)
    pause = wait(strikes if said is Meaning.LIMITED else delivery.attempts, chance)
    if now + pause > delivery.due + GIVE_UP:
        return Verdict(DeliveryState.FAILED, f"not taken within a day: {answer}", meaning=said)
    hold = now + pause if said is Meaning.LIMITED else None
    return Verdict(DeliveryState.DEFERRED, str(answer), now + pause, said, hold)


def lost(detail: str) -> Verdict:
    """The line broke after the content had left: it may have arrived, and nobody will ever say."""
    return Verdict(DeliveryState.UNCERTAIN, detail, meaning=Meaning.LATER)


@dataclass(frozen=True, slots=True)
class Limit:
    """How fast letters may go to one domain."""

    per_minute: float


# QQ and NetEase answer with rate limits long before others do; warm-up of a new sender is slower still.
LIMITS: Mapping[str, Limit] = {
    "qq.com": Limit(60),
    "foxmail.com": Limit(60),
    "163.com": Limit(60),
    "126.com": Limit(60),
    "yeah.net": Limit(60),
    "sina.com": Limit(60),
}


@dataclass(slots=True)
class Pace:
    """Spreads letters over time: `per_second` for all together, `limits` for domains. Told the time, never asks it."""

    per_second: float
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)
    _next: datetime | None = None
    _domains: dict[str, datetime] = field(default_factory=dict)

    def pause_s(self, now: datetime) -> float:
        """Seconds until the next letter may go at all; takes that place in the line."""
        start = max(self._next or now, now)
        self._next = start + timedelta(seconds=1 / self.per_second)
        return (start - now).total_seconds()

    def opens(self, domain: str, now: datetime) -> datetime | None:
        """None when a letter may go to the domain now (then its place is taken), else when it may.

        A tenth of a minute's letters may go at once, so that a small batch is not slowed down.
        """
        limit = self.limits.get(domain)
        if limit is None:
            return None
        step = timedelta(minutes=1 / limit.per_minute)
        filled = max(self._domains.get(domain, now), now)
        if filled - now > timedelta(seconds=6):
            return filled - timedelta(seconds=6)
        self._domains[domain] = filled + step
        return None
