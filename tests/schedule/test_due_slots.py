"""Each slot once: over stops, two processes, dead makers, silent editors and restored backups."""

import shutil
from datetime import UTC, datetime, time, timedelta

import pytest

from briefing.desk import slots as desk_slots
from briefing.desk.slots import due_now, ended, held, planned, restored, sign_of_life, taken
from briefing.model.slot import Due, SlotState
from briefing.model.subscriber import DeliveryState
from briefing.model.topic import Edition, Rhythm
from briefing.store import outbox, slots
from briefing.store.connection import opened
from briefing.store.outbox import Planned
from briefing.store.slots import Line

DAILY = Edition("daily", Rhythm.DAILY, time(8), "UTC", review_minutes=60)
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ONE, TWO = Line("t", "daily", "one"), Line("t", "daily", "two")


@pytest.fixture
def db(tmp_path):
    store = opened(tmp_path / "desk.db")
    assert due_now(store, "t", DAILY, START) == Due(None)
    yield store
    store.close()


def day(n, hour=8, minute=0):
    return datetime(2026, 11, n, hour, minute, 5, tzinfo=UTC)


def made(db, now, line=ONE):
    """The local day of the slot that was made at a time, or None."""
    due = due_now(db, "t", DAILY, now)
    if not taken(db, line, due, now):
        return None
    assert ended(db, line, due.make, SlotState.MADE, now, issue=f"{due.make.day}")
    return due.make.day.isoformat()


def test_a_slot_is_made_once_however_often_the_clock_asks(db):
    asked = [made(db, day(21, 8, minute)) for minute in range(10)]
    assert [one for one in asked if one] == ["2026-11-21"]
    assert made(db, day(21, 7)) is None
    assert made(db, day(22)) == "2026-11-22"


def test_a_new_edition_makes_nothing_for_the_hours_before_it(db):
    assert made(db, START + timedelta(hours=1)) is None


def test_a_clock_that_stood_still_over_three_slots_makes_one_late_issue(db):
    assert made(db, day(21)) == "2026-11-21"
    assert made(db, day(24, 10)) == "2026-11-24"
    assert made(db, day(24, 11)) is None
    states = {one.slot.day.day: (one.state, one.late) for one in slots.since(db, "t", "daily", START)}
    assert states == {
        21: (SlotState.MADE, False),
        22: (SlotState.MISSED, True),
        23: (SlotState.MISSED, True),
        24: (SlotState.MADE, True),
    }
    assert made(db, day(25)) == "2026-11-25"


def test_a_slot_that_is_too_old_is_missed_for_good(db):
    assert made(db, day(21, 20)) is None
    assert slots.last(db, "t", "daily").state == SlotState.MISSED
    assert made(db, day(21, 21)) is None
    assert made(db, day(22)) == "2026-11-22"


def test_two_processes_make_one_issue(db):
    second = opened(db.path)
    due = due_now(db, "t", DAILY, day(21)), due_now(second, "t", DAILY, day(21))
    assert due[0] == due[1]
    assert [taken(db, ONE, due[0], day(21)), taken(second, TWO, due[1], day(21))] == [True, False]
    assert due_now(second, "t", DAILY, day(21, 8, 1)) == Due(None)
    second.close()


def test_the_slot_of_a_dead_maker_is_taken_over_once_and_the_dead_can_no_longer_end_it(db):
    due = due_now(db, "t", DAILY, day(21))
    assert taken(db, ONE, due, day(21))
    assert due_now(db, "t", DAILY, day(21, 8, 2)) == Due(None)
    later = day(21, 8, 40)
    again = due_now(db, "t", DAILY, later)
    assert again.make.day == due.make.day
    assert again.make.late
    assert taken(db, TWO, again, later)
    assert not ended(db, ONE, due.make, SlotState.MADE, later)
    assert ended(db, TWO, again.make, SlotState.MADE, later, issue="x")
    assert due_now(db, "t", DAILY, later) == Due(None)


def test_a_held_issue_comes_back_at_its_deadline_and_not_before(db):
    due = due_now(db, "t", DAILY, day(21))
    assert taken(db, ONE, due, day(21))
    assert held(db, ONE, due.make, DAILY, day(21))
    assert due_now(db, "t", DAILY, day(21, 8, 59)) == Due(None)
    assert due.make.day == due_now(db, "t", DAILY, day(21, 9, 1)).make.day


def test_the_next_slots_are_shown_with_their_topic(db):
    assert [(topic, edition, slot.day.day) for topic, edition, slot in planned("t", DAILY, START, 2)] == [
        ("t", "daily", 21),
        ("t", "daily", 22),
    ]


def test_yesterdays_backup_makes_no_old_slot_and_holds_back_what_may_have_gone_since(db, tmp_path):
    assert made(db, day(21)) == "2026-11-21"
    outbox.plan(db, "t", "2026-11-21", [Planned("reader0000000001", "example.net", day(21), "<1>")], day(21))
    sign_of_life(db, day(21, 8, 1))
    copy = tmp_path / "backup.db"
    db.connection.execute("VACUUM INTO ?", (str(copy),))
    assert made(db, day(22)) == "2026-11-22"  # and its letters went out
    sign_of_life(db, day(22, 8, 1))
    assert restored(db, day(22, 8, 2)) is None
    db.close()
    for left in tmp_path.glob("desk.db-*"):
        left.unlink()
    shutil.copy(copy, db.path)
    back = opened(db.path)
    assert restored(back, day(22, 9)) == 1
    assert restored(back, day(22, 9)) is None
    assert len(outbox.in_state(back, DeliveryState.UNCERTAIN)) == 1
    assert made(back, day(22, 9)) is None
    assert made(back, day(23)) == "2026-11-23"
    back.close()


def test_a_store_without_a_file_beside_it_is_taken_as_it_is(db):
    assert restored(db, START) is None
    assert timedelta(hours=6) > desk_slots.MAKING
