"""Dates as sources write them, read under all twelve months and in two zones of the machine."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.entry import Sureness
from briefing.read.dates import stamp

SHANGHAI = "Asia/Shanghai"
NOW = datetime(2024, 9, 6, tzinfo=UTC)


def table():
    """The forms that mean the same whatever today is; people add to the file without Python."""
    rows = [
        row.split("\t")
        for row in Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()
        if row[0] != "#"
    ]
    return [
        (raw if raw != "-" else "", datetime.fromisoformat(at) if at != "-" else None, sure) for raw, at, sure in rows
    ]


FIXED = table()


@pytest.fixture(params=["UTC", "Asia/Shanghai"])
def _system_zone(request, monkeypatch):
    """The zone of the machine, for one test: it is put back for the tests that come after."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_system_zone")
@pytest.mark.parametrize("month", range(1, 13))
def test_a_full_date_means_the_same_in_every_month_and_on_every_machine(month):
    now = datetime(2025, month, 28, 18, 45, tzinfo=UTC)
    read = [(raw, stamp(raw, SHANGHAI, now)) for raw, _, _ in FIXED]
    assert [(raw, meant, sureness) for raw, meant, sureness in FIXED] == [
        (raw, s.instant, s.sureness) for raw, s in read
    ]
    assert [raw for raw, _ in read] == [s.raw for _, s in read]


@pytest.mark.parametrize(
    ("raw", "zone", "hour"),
    [
        ("2024-06-25 09:30:00 CST", "Asia/Shanghai", 1),
        ("2024-06-25 09:30:00 CST", "+08:00", 1),
        ("2024-06-25 09:30:00 CST", "America/Chicago", 15),
        ("2024-06-25 09:30:00 CST", "UTC", 15),
        ("2024-06-25 09:30:00 IST", "Asia/Kolkata", 4),
        ("2024-06-25 09:30:00 IST", "Europe/Dublin", 8),
        ("2024-06-25 09:30:00 BST", "Europe/London", 8),
        ("2024-06-25 09:30:00 BST", "Asia/Dhaka", 3),
        ("2024-06-25 09:30:00 EST", "Australia/Sydney", 23),
        ("2024-06-25 09:30:00", "America/New_York", 13),
        ("2024-06-25 09:30:00", "no such zone", 9),
        ("2024-06-25 09:30:00 XYZ", "Asia/Tokyo", 0),
        ("2024-06-25 09:30:00 +2500", "UTC", 9),
    ],
)
def test_a_zone_name_means_what_its_source_means_by_it(raw, zone, hour):
    assert hour == stamp(raw, zone, NOW).instant.hour


@pytest.mark.parametrize(
    ("raw", "now", "day"),
    [
        ("[06-25]", NOW, "2024-06-25"),
        ("06-25", NOW, "2024-06-25"),
        ("6月25日", NOW, "2024-06-25"),
        ("六月二十五日", NOW, "2024-06-25"),
        ("Tue,25 Jun", NOW, "2024-06-25"),
        ("Jun 25", NOW, "2024-06-25"),
        ("12-31", NOW, "2023-12-31"),
        ("09-06", NOW, "2024-09-06"),
        ("09-07", NOW, "2023-09-07"),
        ("[01-01]", datetime(2024, 12, 31, 17, tzinfo=UTC), "2025-01-01"),  # it is already the new year in Shanghai
        ("[12-31]", datetime(2024, 12, 31, 17, tzinfo=UTC), "2024-12-31"),
        ("02-29", datetime(2027, 1, 5, tzinfo=UTC), "2024-02-29"),
        ("26日上午", NOW, "2024-08-26"),
        ("31日", datetime(2024, 3, 5, tzinfo=UTC), "2024-01-31"),
    ],
)
def test_a_day_without_a_year_is_the_latest_one_not_in_the_future(raw, now, day):
    found = stamp(raw, SHANGHAI, now)
    assert (day, Sureness.YEAR_ASSUMED) == (found.instant.date().isoformat(), found.sureness)


def test_a_day_without_a_year_may_have_a_time():
    found = stamp("6月25日 09:30", SHANGHAI, NOW)
    assert (found.instant, found.sureness) == (datetime(2024, 6, 25, 1, 30, tzinfo=UTC), Sureness.YEAR_ASSUMED)


@pytest.mark.parametrize("raw", ["02-30", "13-01", "6月31日", "32日"])
def test_a_day_that_no_calendar_has_is_no_date(raw):
    assert (None, raw) == (stamp(raw, SHANGHAI, NOW).instant, stamp(raw, SHANGHAI, NOW).raw)


@pytest.mark.parametrize(
    ("raw", "before"),
    [
        ("3小时前", timedelta(hours=3)),
        ("半小时前", timedelta(minutes=30)),
        ("5分钟前", timedelta(minutes=5)),
        ("三天前", timedelta(days=3)),
        ("两周前", timedelta(weeks=2)),
        ("2 hours ago", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)),
        ("4 mins ago", timedelta(minutes=4)),
        ("刚刚", timedelta()),
        ("just now", timedelta()),
        ("昨天 09:30", timedelta(hours=22, minutes=30)),
        ("Yesterday at 5:30 pm", timedelta(hours=14, minutes=30)),
        ("今天 07:00", timedelta(hours=1)),
        ("07:00", timedelta(hours=1)),
        ("09:30", timedelta(hours=22, minutes=30)),  # not yet today in Shanghai, where it is eight
    ],
)
def test_a_relative_date_counts_from_now(raw, before):
    found = stamp(raw, SHANGHAI, NOW)
    assert (NOW - before, Sureness.RELATIVE) == (found.instant, found.sureness)


def test_a_date_up_to_two_days_ahead_is_a_wrong_clock_and_more_is_no_date():
    assert stamp("2024-09-07 12:00", SHANGHAI, NOW).instant is not None
    assert stamp("2024-09-09 12:00", SHANGHAI, NOW).instant is None


def test_an_order_of_numbers_is_that_of_the_calendar_then_of_the_part_of_the_world():
    assert stamp("06/05/2024", "America/New_York", NOW).instant.month == 6
    assert stamp("06/05/2024", "Europe/London", NOW).instant.month == 5
    assert stamp("25.06.2024", "America/New_York", NOW).instant.month == 6


@given(st.text(alphabet="0123456789年月日时分秒:-/. TZ+民国上下午昨天前JunTue二十", max_size=40))
def test_any_text_is_read_or_refused(raw):
    found = stamp(raw, SHANGHAI, NOW)
    assert found.instant is None or found.instant <= NOW + timedelta(hours=48)


@given(st.text(max_size=80))
def test_any_characters_are_read_or_refused(raw):
    assert stamp(raw, "UTC", NOW).sureness in Sureness
