"""What digits leave open, in the narrow and the wide reading."""

from decimal import Decimal

import pytest

from briefing.figures.intervals import (
    MOST,
    Relation,
    agree,
    narrow,
    noun_class,
    power,
    precision,
    relation,
    rounded_power,
    significant,
    step,
    unit_class,
    wide,
)
from briefing.model.figure import Approximation, Kind, Quantity


def money(amount, half="0.5", approximation=Approximation.EXACT, high=None):
    return Quantity(Decimal(amount), Decimal(high or amount), Decimal(half), "CNY", Kind.MONEY, "CNY", approximation)


def count(amount, unit="unit", half="0.5"):
    return Quantity(Decimal(amount), Decimal(amount), Decimal(half), unit, Kind.COUNT)


@pytest.mark.parametrize(
    ("approximation", "low", "high"),
    [
        (Approximation.ABOUT, 95, 105),
        (Approximation.NEARLY, 90, 100),
        (Approximation.OVER, 100, 200),
        (Approximation.AT_LEAST, 100, MOST),
        (Approximation.AT_MOST, -MOST, 100),
    ],
)
def test_an_approximation_opens_one_side_or_both(approximation, low, high):
    span = narrow(money(100, "0", approximation))
    assert (span.low, span.high) == (low, high)


def test_over_has_no_end_in_the_wide_reading():
    assert wide(money(100, "0", Approximation.OVER)).high == MOST


def test_over_reaches_to_the_next_step():
    assert step(money("170000000", approximation=Approximation.OVER)) == 10_000_000
    assert step(money(0)) == 0


def test_trailing_zeros_of_a_whole_number_widen_the_wide_reading_only():
    ten_million = money("10000000", "5000")
    assert wide(ten_million).low == 5_000_000
    assert narrow(ten_million).low == 9_995_000


def test_small_counts_are_exact():
    assert not agree(count(13), count(15))
    assert wide(count(10)).low == 10
    assert relation(count(13), count(15)) is Relation.APART


def test_nouns_of_two_languages_meet():
    assert noun_class("operational units") == noun_class("运维单位") == noun_class(["seven", "entities"][1])
    assert agree(count(7, "运维单位"), count(7, "unit"))
    assert agree(count(7, "问题"), count(7, "problem"))
    assert agree(count(18, "款"), count(18, "product"))
    assert agree(count(5_700_000, ""), count(5_700_000, "voter"))
    assert not agree(count(7, "部门"), count(7, "unit"))
    assert noun_class("") == ""


def test_shares_meet_percent_and_ranges_are_compared_whole():
    third = Quantity(Decimal(1) / 3, Decimal(1) / 3, Decimal("0.005"), "", Kind.FRACTION)
    percent = Quantity(Decimal("33.3"), Decimal("33.3"), Decimal("0.05"), "percent", Kind.PERCENT)
    assert agree(third, percent)
    assert unit_class(third) == unit_class(percent) == "percent"
    assert relation(percent, money(33)) is Relation.OTHER
    assert agree(money(10, high=50), money(30))


def test_a_power_of_ten_keeps_the_digits():
    assert power(money("2480000000"), money("248000000")) == 1
    assert power(money("248000000"), money("2480000000")) == -1
    assert power(money("2600000000"), money("248000000")) == 0
    assert power(money(0), money(5)) == 0
    assert power(money(-50), money(5)) == 0
    assert power(money(10**12), money(1)) == 0


def test_a_slip_may_be_rounded_where_two_digits_are_known():
    assert rounded_power(money("1500000000", "50000000"), money("145000000", "500000")) == 1
    assert rounded_power(money("2000000000", "500000000"), money("170000000", "500000")) == 0


def test_digits_and_precision():
    assert significant(money("248000000")) == 3
    assert significant(money(0)) == 0
    assert precision(money(100, "1")) == Decimal("0.01")
    assert precision(money(0)) == 1
