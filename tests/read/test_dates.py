"""Dates as sources write them, read under all twelve months and in two zones of the machine."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.entry import Sureness
from briefing.read.dates import stamp

SHANGHAI = "Asia/Shanghai"
NOW = datetime(2024, 9, 6, tzinfo=UTC)
HALF_PAST_ONE = datetime(2024, 6, 25, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
NOON = datetime(2024, 6, 25, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai

# Raw text, what it means to a source in Shanghai, how sure. None of these may depend on today.
FIXED = (
    ("Tue, 25 Jun 2024 09:30:00 +0800", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue,25 Jun 2024 09:30:00 +0800", HALF_PAST_ONE, Sureness.EXACT),
    ("25 Jun 2024 09:30:00 +0800", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 2024 01:30:00 GMT", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 2024 01:30:00 Z", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 24 01:30:00 UT", HALF_PAST_ONE, Sureness.EXACT),
    ("Mon, 24 Jun 2024 21:30:00 EDT", HALF_PAST_ONE, Sureness.EXACT),
    ("Mon, 24 Jun 2024 21:30:00 -0400", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 2024 09:30:00 CST", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 2024 09:30:00 HKT", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue, 25 Jun 2024 09:30 +0800", HALF_PAST_ONE, Sureness.EXACT),
    ("Tuesday, 25-Jun-24 01:30:00 GMT", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue Jun 25 09:30:00 CST 2024", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue Jun 25 2024 09:30:00 GMT+0800 (China Standard Time)", HALF_PAST_ONE, Sureness.EXACT),
    ("Tue Jun 25 09:30:00 2024", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-25T09:30:00+08:00", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25T09:30:00+0800", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25T09:30+08", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25T01:30:00Z", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25T01:30:00.123456Z", HALF_PAST_ONE, Sureness.EXACT),
    ("20240625T013000Z", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25 09:30:00 +0800 CST", HALF_PAST_ONE, Sureness.EXACT),
    ("2024-06-25T09:30:00", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-25T09:30:00[Asia/Shanghai]", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-25 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-25 09:30:00", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-25-09:30:00", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024/6/25 9:30:00", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024.06.25 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("20240625093000", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-W26-2T09:30:00", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-177 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("1719279000", HALF_PAST_ONE, Sureness.EXACT),
    ("1719279000000", HALF_PAST_ONE, Sureness.EXACT),
    ("1719279000000000", HALF_PAST_ONE, Sureness.EXACT),
    ("/Date(1719279000000)/", HALF_PAST_ONE, Sureness.EXACT),
    ("2024年06月25日 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024年6月25日上午9:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024年6月25日 9时30分", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024年6月25日 9点30分00秒", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("２０２４年６月２５日　０９：３０", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("发布时间：2024-06-25 09:30 来源：某某日报", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024年6月25日 09:30（北京时间）", HALF_PAST_ONE, Sureness.EXACT),
    ("周二, 25 六月 2024 09:30:00 +0800", HALF_PAST_ONE, Sureness.EXACT),
    ("民国113年6月25日 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("民國113/06/25 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("Jun 25, 2024 09:30 AM", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("June 25th, 2024 at 9:30am", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("June 24, 2024, 9:30 p.m. ET", HALF_PAST_ONE, Sureness.EXACT),
    ("June 24, 2024 6:30 PM PDT", HALF_PAST_ONE, Sureness.EXACT),
    ("25.06.2024 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("06/25/2024 09:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("2024-06-24 24:00:00", datetime(2024, 6, 24, 16, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024年6月24日24时", datetime(2024, 6, 24, 16, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024年6月24日晚上12:00", datetime(2024, 6, 24, 16, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024年6月25日凌晨12:30", datetime(2024, 6, 24, 16, 30, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024年6月25日中午1:30", datetime(2024, 6, 25, 5, 30, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("二〇二四年六月二十五日下午3时30分", datetime(2024, 6, 25, 7, 30, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024-06-25 23:59:60", datetime(2024, 6, 25, 15, 59, 59, tzinfo=UTC), Sureness.ZONE_ASSUMED),
    ("2024年6月25日", NOON, Sureness.DAY),
    ("2024 年 6 月 25 日", NOON, Sureness.DAY),
    ("2024年06月25日 来源:某某社", NOON, Sureness.DAY),
    ("二○二四年六月二十五日", NOON, Sureness.DAY),
    ("二零二四年六月二十五日", NOON, Sureness.DAY),
    ("民国113年6月25日", NOON, Sureness.DAY),
    ("民国十三年六月二十五日", None, Sureness.NONE),  # 1924: not ours
    ("2024.06.25", NOON, Sureness.DAY),
    ("2024/06/25", NOON, Sureness.DAY),
    ("2024-06-25", NOON, Sureness.DAY),
    ("20240625", NOON, Sureness.DAY),
    ("25 June 2024", NOON, Sureness.DAY),
    ("Jun 25, 2024", NOON, Sureness.DAY),
    ("Ter, 25 Jun 2024", NOON, Sureness.DAY),
    ("25. Juni 2024", NOON, Sureness.DAY),
    ("25 de junho de 2024", NOON, Sureness.DAY),
    ("2024년 6월 25일 오전 9:30", HALF_PAST_ONE, Sureness.ZONE_ASSUMED),
    ("Seg, 24 Set 2018", datetime(2018, 9, 24, 4, tzinfo=UTC), Sureness.DAY),
    ("", None, Sureness.NONE),
    ("soon", None, Sureness.NONE),
    ("2024", None, Sureness.NONE),
    ("2024-06", None, Sureness.NONE),
    ("2024年6月", None, Sureness.NONE),
    ("2024-06-31", None, Sureness.NONE),
    ("2024-13-01", None, Sureness.NONE),
    ("2024-06-25 25:00", None, Sureness.NONE),
    ("0001-01-01T00:00:00Z", None, Sureness.NONE),
    ("Mon, 01 Jan 0001 00:00:00 +0000", None, Sureness.NONE),
    ("1970-01-01T00:00:00Z", None, Sureness.NONE),
    ("0", None, Sureness.NONE),
    ("2099-01-01", None, Sureness.NONE),
    ("9999999999", None, Sureness.NONE),
)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("system_zone", ["UTC", "Asia/Shanghai"])
def test_a_full_date_means_the_same_in_every_month_and_on_every_machine(month, system_zone, monkeypatch):
    monkeypatch.setenv("TZ", system_zone)
    time.tzset()
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
