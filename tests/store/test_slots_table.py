"""Slots as rows: who takes one first has it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.model.slot import Slot, SlotState
from briefing.store import slots
from briefing.store.connection import opened
from briefing.store.slots import Line

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
SLOT = Slot(date(2026, 11, 25), NOW)
ONE, TWO = Line("t", "daily", "one"), Line("t", "daily", "two")
HOUR = timedelta(hours=1)


@pytest.fixture
def db(tmp_path):
    store = opened(tmp_path / "desk.db")
    yield store
    store.close()


def test_a_slot_has_one_maker_until_its_lease_is_over(db):
    assert slots.take(db, ONE, SLOT, NOW, NOW + HOUR)
    assert not slots.take(db, TWO, SLOT, NOW, NOW + HOUR)
    assert slots.take(db, TWO, SLOT, NOW + HOUR, NOW + 2 * HOUR)
    assert not slots.close(db, ONE, SLOT, SlotState.MADE, NOW + HOUR)
    assert slots.close(db, TWO, SLOT, SlotState.MADE, NOW + HOUR, issue="i")
    assert not slots.take(db, ONE, SLOT, NOW + 9 * HOUR, NOW + 10 * HOUR)


def test_a_missed_slot_is_never_taken_and_a_made_one_never_missed(db):
    slots.miss(db, ONE, SLOT, NOW, "too old")
    assert not slots.take(db, ONE, SLOT, NOW, NOW + HOUR)
    other = Slot(date(2026, 11, 26), NOW + 24 * HOUR)
    assert slots.take(db, ONE, other, NOW, NOW + HOUR)
    slots.miss(db, ONE, other, NOW, "too old")
    assert [one.state for one in slots.since(db, "t", "daily", NOW)] == [SlotState.MISSED, SlotState.TAKEN]
    assert other.day == slots.last(db, "t", "daily").slot.day
    assert slots.last(db, "t", "weekly") is None


def test_the_same_day_of_another_edition_is_another_slot(db):
    assert slots.take(db, ONE, SLOT, NOW, NOW + HOUR)
    assert slots.take(db, Line("t", "weekly", "two"), SLOT, NOW, NOW + HOUR)
