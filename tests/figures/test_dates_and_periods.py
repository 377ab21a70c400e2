"""Dates and periods: read apart from amounts, filled in from the article's date, compared by their end."""

from datetime import date

import pytest

from briefing.figures.dates import dates_in
from briefing.figures.numerals import folded
from briefing.figures.periods import is_later, last_day, months_between, resolved, same_time


def isos(text, *, chinese=False):
    return [d.iso for d in dates_in(folded(text), chinese=chinese)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("From June 2018 to 2023, units", "2018-06/2023"),
        ("From June 2018 to May 2023, units", "2018-06/2023-05"),
        ("on November 10, 2023 it", "2023-11-10"),
        ("on 16 July 2024 it", "2024-07-16"),
        ("by Aug. 31 it", "--08-31"),
        ("by 31 Aug it", "--08-31"),
        ("since December 2022 it", "2022-12"),
        ("by the end of August it", "--08"),
        ("on 2024-06-25 it", "2024-06-25"),
        ("in 2023-24 it", "2023/2024"),
        ("from 2019 to 2023 it", "2019/2023"),
        ("in the second quarter of 2024", "2024-Q2"),
        ("in Q3 2024 it", "2024-Q3"),
        ("in the first half of 2024", "2024-H1"),
        ("in the latter half of the year", "H2"),
        ("in the first five months of 2024", "2024-M01/M05"),
        ("in the last 3 months it", "L03"),
        ("in the 1980s it", "1980"),
        ("in the '90s it", "the '90s"),
        ("on 7/16/2024 it", "2024"),
        ("in fiscal 2022 it", "2022"),
        ("the 2014 version", "2014"),
    ],
)
def test_english_dates(text, iso):
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    "text", ["some 2000 people", "worth $2024", "2,024 companies", "2023 yuan", "over 2000 of them"]
)
def test_four_digits_may_be_an_amount(text):
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018年6月至2023年，", "2018-06/2023"),
        ("2024年1—5月，", "2024-01/2024-05"),
        ("1至5月，", "M01/M05"),
        ("2023至24年度", "2023/2024"),
        ("2023至2024年度", "2023/2024"),
        ("2023年11月10日，", "2023-11-10"),
        ("二〇二四年六月二十五日，", "2024-06-25"),
        ("6月25日公布", "--06-25"),
        ("十二月公布", "--12"),
        ("截至8月底，", "--08-31"),
        ("截至2023年底，", "2023-12-31"),
        ("2022年度，", "2022"),
        ("今年6月披露", "+0-06"),
        ("去年10月", "-1-10"),
        ("去年，", "-1"),
        ("同年10月，", "--10"),
        ("一季度，", "Q1"),
        ("2024年二季度末，", "2024-Q2"),
        ("今年上半年，", "+0-H1"),
        ("下半年，", "H2"),
        ("前五个月，", "M01/M05"),
        ("2024年前三季度，", "2024-M01/M09"),
        ("记者26日获悉", "---26"),
        ("2024/6/25，", "2024-06-25"),
        ("廿五日，", "---25"),
        ("两位大使26日均返回", "---26"),
        ("主席14日向新任馆长致电", "---14"),
        ("截至30日", "---30"),
    ],
)
def test_chinese_dates(text, iso):
    assert isos(text, chinese=True) == [iso]


@pytest.mark.parametrize(
    ("iso", "period"),
    [
        ("--06-25", "2024-06-25"),
        ("--12-31", "2024-12-31"),
        ("-1-10", "2023-10"),
        ("-1", "2023"),
        ("---16", "2024-08-16"),
        ("---26", "2024-07-26"),
        ("M01/M05", "2024-01/2024-05"),
        ("Q2", "2024-Q2"),
        ("2023-11", "2023-11"),
        ("", ""),
    ],
)
def test_what_a_date_leaves_out_comes_from_the_articles_own(iso, period):
    assert resolved(iso, date(2024, 8, 16)) == period


@pytest.mark.parametrize(
    "text", ["公示期不少于20日", "须在15日内退还", "行政拘留10日", "有效期由30日延长至180日", "20日后施行", "连续3日"]
)
def test_a_span_of_days_is_no_date(text):
    assert isos(text, chinese=True) == []


def test_the_second_day_of_a_range_is_a_day():
    assert isos("7月6日至13日访问", chinese=True) == ["--07-06", "---13"]


def test_a_month_far_ahead_is_last_years_and_january_in_december_next_years():
    assert resolved("--11-10", date(2024, 1, 16)) == "2023-11-10"
    assert resolved("--01-10", date(2024, 12, 16)) == "2025-01-10"


def test_periods_are_compared_by_their_end():
    assert last_day("2018-06/2023-05") == "2023-05"
    assert last_day("2024-Q2") == "2024-06"
    assert last_day("2024-H2") == "2024-12"
    assert last_day("2024-L03") == ""
    assert same_time("2024-08", "2024-08-31")
    assert not same_time("2024", "2024")
    assert not same_time("", "2024-08")
    assert is_later("2024-08-31", "2024-08-20")
    assert not is_later("2024", "2023")
    assert months_between("2024-08-31", "2023-11-10") == 9
