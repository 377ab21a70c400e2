"""Which slot is to be made now, and who makes it; and the guard against a store that was restored from a backup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.archive.shelf import replace_file
from briefing.model.slot import PUNCTUAL, Due, Slot, SlotState, due_slot, next_slots
from briefing.model.topic import Edition
from briefing.store import outbox, slots
from briefing.store.connection import Database
from briefing.store.slots import Entered, Line

# After this without an end the maker is taken for dead. One that is slow instead makes its issue in vain: the table of
# issues has one place for a slot.
MAKING = timedelta(minutes=3)
LOOK_BACK = timedelta(days=8)  # a weekly slot and its grace
AGAIN = frozenset({SlotState.TAKEN, SlotState.HELD})


def due_now(db: Database, topic: str, edition: Edition, now: datetime) -> Due:
    """At most one slot to make. One whose maker died, or whose editor did not answer in time, comes first."""
    anchor = _anchor(db, topic, edition, now)
    entered = slots.since(db, topic, edition.name, max(anchor, now - LOOK_BACK) - LOOK_BACK)
    for one in reversed(entered):
        if one.state in AGAIN:
            return Due(_again(one, now)) if one.until and one.until <= now else Due(None)
    return due_slot(edition, frozenset(one.slot.day for one in entered), max(anchor, now - LOOK_BACK), now)


def _again(one: Entered, now: datetime) -> Slot:
    return replace(one.slot, late=one.late or now - one.slot.due > PUNCTUAL)


def taken(db: Database, line: Line, due: Due, now: datetime) -> bool:
    """Takes the slot, and enters those it stands for as missed. False when another process was first."""
    with db.transaction():
        for slot in due.missed:
            slots.miss(db, line, slot, now, _why_missed(due))
        return due.make is not None and slots.take(db, line, due.make, now, now + MAKING)


def _why_missed(due: Due) -> str:
    return f"told on {due.make.day}" if due.make else "too old when the desk came back"


def ended(db: Database, line: Line, slot: Slot, state: SlotState, now: datetime, *, issue: str = "") -> bool:
    """Enters what became of a slot: made, quiet or skipped. False when another has taken it over meanwhile."""
    closed = slots.close(db, line, slot, state, now, issue=issue)
    if closed:
        sign_of_life(db, now)
    return closed


def held(db: Database, line: Line, slot: Slot, edition: Edition, now: datetime) -> bool:
    """Waits for the editor, until the edition's deadline."""
    return slots.hold(db, line, slot, now, now + timedelta(minutes=edition.review_minutes))


def planned(topic: str, edition: Edition, now: datetime, count: int) -> tuple[tuple[str, str, Slot], ...]:
    """The next slots of an edition, for `briefing plan`."""
    return tuple((topic, edition.name, slot) for slot in next_slots(edition, now, count))


def _anchor(db: Database, topic: str, edition: Edition, now: datetime) -> datetime:
    """Since when the edition is watched: a new one does not make up for the past."""
    name = f"since {topic}/{edition.name}"
    text = db.text("mark_of", name=name)
    if not text:
        text = now.astimezone(UTC).isoformat()
        db.number("set_mark", name=name, text=text)
    restored = db.text("mark_of", name="restored")
    return datetime.fromisoformat(max(text, restored) if restored else text)


def sign_of_life(db: Database, now: datetime) -> None:
    """Notes in the store, then beside it, that letters are going out: by this a restored backup is recognised."""
    text = now.astimezone(UTC).isoformat()
    outbox.set_activity(db, text)
    replace_file(_beside(db.path), text.encode())


def restored(db: Database, now: datetime) -> int | None:
    """None for a store that is itself. For a backup: holds back what may have gone out since, and gives the number.

    What was owed becomes uncertain, and no slot up to the last sign of life is made again.
    """
    file = _beside(db.path)
    beside = file.read_text("utf-8").strip() if file.exists() else ""
    if beside <= outbox.activity(db):
        return None
    until = datetime.fromisoformat(beside)
    with db.transaction():
        doubted = outbox.doubt_owed(db, until, now)
        db.number("set_mark", name="restored", text=beside)
        outbox.set_activity(db, beside)
    return doubted


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.activity")
