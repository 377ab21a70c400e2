"""One planned run of an edition: a wall time on a local day, and the instant that this is. Pure arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from briefing.model.topic import Edition, Rhythm

PUNCTUAL = timedelta(minutes=5)  # what is made later than this says that it is late
DAY = timedelta(days=1)


class SlotState(StrEnum):
    TAKEN = "taken"  # being made, by one maker
    HELD = "held"  # made, waits for the editor
    MADE = "made"
    QUIET = "quiet"  # nothing new, and the edition says nothing then
    SKIPPED = "skipped"  # the editor said so, or said nothing in time
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Slot:
    day: date  # local
    due: datetime  # UTC
    late: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done now: at most one slot, and those that it stands for or that are too old."""

    make: Slot | None
    missed: tuple[Slot, ...] = ()

    @property
    def is_any(self) -> bool:
        return self.make is not None or bool(self.missed)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a wall time on a day: in a gap the first one after it, in a repeated hour the first of the two."""
    wall = datetime.combine(day, at.replace(tzinfo=None))
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    # No clock shows this time. fold=1 takes the offset after the change and lies before it; fold=0 lies behind it.
    before, after = late, early
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def slots_from(edition: Edition, first: date) -> Iterator[Slot]:
    """Every slot of an edition from a local day on, oldest first, without end."""
    zone = ZoneInfo(edition.zone)
    day = first
    if edition.rhythm is Rhythm.WEEKLY:
        day += timedelta(days=(edition.weekday - day.weekday()) % 7)
    step = timedelta(days=7) if edition.rhythm is Rhythm.WEEKLY else DAY
    while True:
        yield Slot(day, instant(day, edition.at, zone))
        day += step


def next_slots(edition: Edition, after: datetime, count: int) -> tuple[Slot, ...]:
    """The next slots strictly after a time."""
    first = after.astimezone(ZoneInfo(edition.zone)).date() - DAY
    return tuple(islice((slot for slot in slots_from(edition, first) if slot.due > after), count))


def due_slot(edition: Edition, done: frozenset[date], since: datetime, now: datetime) -> Due:
    """Which slot to make now. `done` are the days that are entered; nothing due before `since` counts.

    Missed slots become one issue, the newest, if it is still fresh; a late run never moves the next.
    """
    first = since.astimezone(ZoneInfo(edition.zone)).date() - DAY
    past = takewhile(lambda slot: slot.due <= now, slots_from(edition, first))
    open_ = [slot for slot in past if slot.due >= since and slot.day not in done]
    if not open_:
        return Due(None)
    newest = open_[-1]
    if now - newest.due > timedelta(minutes=edition.grace_minutes):
        return Due(None, tuple(open_))
    late = now - newest.due > PUNCTUAL
    return Due(Slot(newest.day, newest.due, late=late), tuple(open_[:-1]))


def delivery_time(published: datetime, at: time | None, zone: str) -> datetime:
    """When a reader's copy goes: at once, or at the next time their own clock shows `at`."""
    if at is None:
        return published
    place = ZoneInfo(zone)
    day = published.astimezone(place).date() - DAY
    while (due := instant(day, at, place)) < published:
        day += DAY
    return due
