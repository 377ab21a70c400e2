"""One issue a local day, whatever the clocks do: digests of other programs lose a day in spring."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.slot import Slot, delivery_time, due_slot, instant, next_slots
from briefing.model.topic import Edition, Rhythm

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Scoresbysund", "Asia/Shanghai")
TIMES = (
    *(time(hour) for hour in range(24)),
    time(0, 30),
    time(1, 15),
    time(1, 59, 59),
    time(2, 30),
    time(23, 45),
    time(23, 59),
)
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def daily(zone, at=time(8), **more) -> Edition:
    return Edition("daily", Rhythm.DAILY, at, zone, **more)


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_the_year_has_exactly_one_slot_at_its_wall_time(zone):
    place = ZoneInfo(zone)
    for at in TIMES:
        slots = next_slots(daily(zone, at), datetime(2025, 12, 31, 23, 59, 59, tzinfo=place).astimezone(UTC), 366)
        slots = [slot for slot in slots if slot.day.year == 2026]
        assert [slot.day for slot in slots] == YEAR
        assert all(one.due < two.due for one, two in pairwise(slots))
        for slot in slots:
            shown = slot.due.astimezone(place)
            wall = datetime.combine(slot.day, at)
            in_gap = shown.replace(tzinfo=None) != wall
            assert not in_gap or (slot.due - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None) < wall
            assert shown.fold == 0


@pytest.mark.parametrize("zone", ZONES)
def test_every_week_of_the_year_has_exactly_one_slot(zone):
    for weekday in range(7):
        edition = Edition("weekly", Rhythm.WEEKLY, time(0, 0), zone, weekday=weekday)
        days = [slot.day for slot in next_slots(edition, datetime(2025, 12, 20, tzinfo=UTC), 60)]
        assert {7} == {(two - one).days for one, two in pairwise(days)}
        assert {weekday} == {day.weekday() for day in days}


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:00:00+00:00"),  # 02:30 is not shown: 03:00
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),  # shown twice: the first
        ("America/New_York", date(2026, 3, 8), time(2, 0), "2026-03-08T07:00:00+00:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30:00+00:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),  # a gap of half an hour
        ("America/Scoresbysund", date(2026, 3, 28), time(23, 45), "2026-03-29T01:00:00+00:00"),  # after midnight
        ("Asia/Shanghai", date(2026, 3, 29), time(2, 30), "2026-03-28T18:30:00+00:00"),
    ],
)
def test_a_time_that_no_clock_shows_is_the_first_moment_after_and_a_doubled_one_the_first(zone, day, at, expected):
    assert expected == instant(day, at, ZoneInfo(zone)).isoformat()


NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
START = NOW - timedelta(days=30)


def test_nothing_is_due_before_its_time_or_twice():
    edition = daily("UTC")
    today = Slot(date(2026, 11, 25), NOW - timedelta(hours=1))
    done = frozenset(date(2026, 11, 25) - timedelta(days=n) for n in range(1, 40))
    assert today == due_slot(edition, done, START, today.due).make
    assert due_slot(edition, done, START, today.due - timedelta(seconds=1)).make is None
    assert due_slot(edition, done | {today.day}, START, NOW).make is None


def test_three_missed_slots_are_one_late_issue():
    edition = daily("UTC")
    done = frozenset(date(2026, 11, 22) - timedelta(days=n) for n in range(40))
    due = due_slot(edition, done, START, NOW)
    assert Slot(date(2026, 11, 25), NOW - timedelta(hours=1), late=True) == due.make
    assert [date(2026, 11, 23), date(2026, 11, 24)] == [slot.day for slot in due.missed]


def test_a_slot_that_is_no_longer_fresh_is_missed_and_not_made():
    edition = daily("UTC", grace_minutes=30)
    due = due_slot(edition, frozenset(), NOW - timedelta(hours=2), NOW)
    assert due.make is None
    assert [date(2026, 11, 25)] == [slot.day for slot in due.missed]


def test_a_late_run_never_moves_the_next():
    edition = daily("Europe/Berlin")
    before = next_slots(edition, NOW, 3)
    assert before == next_slots(edition, NOW + timedelta(hours=3), 3)


def test_a_new_edition_does_not_make_up_for_the_past():
    assert due_slot(daily("UTC"), frozenset(), NOW, NOW + timedelta(hours=1)).make is None


def test_a_readers_time_is_the_next_one_on_their_own_clock():
    assert datetime(2026, 11, 26, 0, 0, tzinfo=UTC) == delivery_time(NOW, time(8), "Asia/Shanghai")
    assert datetime(2026, 11, 25, 13, 0, tzinfo=UTC) == delivery_time(NOW, time(8), "America/New_York")
    assert NOW == delivery_time(NOW, None, "Asia/Shanghai") == delivery_time(NOW, time(9), "UTC")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given beside
    st.sampled_from(ZONES),
    st.times(),
    st.sampled_from(list(Rhythm)),
)
def test_the_next_slots_are_always_ahead_and_in_order(after, zone, at, rhythm):
    slots = next_slots(Edition("e", rhythm, at.replace(microsecond=0), zone), after, 5)
    assert after < slots[0].due
    assert sorted({slot.due for slot in slots}) == [slot.due for slot in slots]
    assert slots[0].due - after <= timedelta(days=8)
