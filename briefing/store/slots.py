"""Slots as rows: unique by topic, edition and local date, taken by a lease, so that an issue is made once."""

from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.slot import Slot, SlotState
from briefing.store.connection import Database, Row, as_instant, as_text

WAITS = "waits for the editor"  # these two stay in the row until the slot is closed
APPROVED = "approved by the editor"


@dataclass(frozen=True, slots=True)
class Entered:
    """A slot as the table has it."""

    slot: Slot
    state: SlotState
    issue: str
    late: bool
    holder: str
    until: datetime | None
    detail: str


@dataclass(frozen=True, slots=True)
class Line:
    """Which row: an edition of a topic, and who works on it."""

    topic: str
    edition: str
    holder: str


def take(db: Database, line: Line, slot: Slot, now: datetime, until: datetime) -> bool:
    """Takes a slot for one maker until a time; False when it is done, or another is at it."""
    return bool(
        db.number(
            "take_slot",
            topic=line.topic,
            edition=line.edition,
            holder=line.holder,
            local_date=slot.day.isoformat(),
            due=as_text(slot.due),
            late=int(slot.late),
            now=as_text(now),
            until=as_text(until),
        )
    )


def miss(db: Database, line: Line, slot: Slot, now: datetime, detail: str) -> None:
    """Enters a slot whose time has passed without an issue of its own."""
    db.number(
        "miss_slot",
        topic=line.topic,
        edition=line.edition,
        local_date=slot.day.isoformat(),
        due=as_text(slot.due),
        now=as_text(now),
        detail=detail,
    )


def close(db: Database, line: Line, slot: Slot, state: SlotState, now: datetime, *, issue: str = "") -> bool:
    """The slot has its issue, or its silence; False when another has taken it meanwhile."""
    return bool(
        db.number(
            "close_slot",
            topic=line.topic,
            edition=line.edition,
            holder=line.holder,
            local_date=slot.day.isoformat(),
            state=state,
            issue=issue,
            now=as_text(now),
            detail="",
        )
    )


def hold(db: Database, line: Line, slot: Slot, now: datetime, until: datetime) -> bool:
    """Waits for the editor's word until a deadline; the slot can be taken again then."""
    return bool(
        db.number(
            "hold_slot",
            topic=line.topic,
            edition=line.edition,
            holder=line.holder,
            local_date=slot.day.isoformat(),
            until=as_text(until),
            now=as_text(now),
            detail=WAITS,
        )
    )


def approve(db: Database, line: Line, day: date, now: datetime) -> bool:
    """The editor lets a held slot go out now; False when it no longer waits."""
    return _decided(db, line, day, now, {"state": SlotState.HELD, "until": as_text(now), "detail": APPROVED})


def skip(db: Database, line: Line, day: date, now: datetime) -> bool:
    """The editor lets a held slot pass without an issue."""
    return _decided(db, line, day, now, {"state": SlotState.SKIPPED, "until": "", "detail": "skipped by the editor"})


def _decided(db: Database, line: Line, day: date, now: datetime, values: dict[str, str]) -> bool:
    place = {"topic": line.topic, "edition": line.edition, "local_date": day.isoformat(), "now": as_text(now)}
    return bool(db.number("decide_slot", **place, **values))


def since(db: Database, topic: str, edition: str, after: datetime) -> tuple[Entered, ...]:
    """Slots due at or after a time, oldest first."""
    return tuple(map(_entered, db.rows("slots_since", topic=topic, edition=edition, after=as_text(after))))


def last(db: Database, topic: str, edition: str) -> Entered | None:
    row = db.row("last_slot", topic=topic, edition=edition)
    return _entered(row) if row else None


def _entered(row: Row) -> Entered:
    day, due, state, issue, holder, until, late, detail = row
    slot = Slot(date.fromisoformat(day), as_instant(due), late=bool(late))
    return Entered(slot, SlotState(state), issue, bool(late), holder, as_instant(until) if until else None, detail)
