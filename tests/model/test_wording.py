"""How quantities are written for readers."""

from decimal import Decimal

import pytest

from briefing.model.figure import Approximation, Kind, Quantity
from briefing.model.wording import grouped, plain, scaled, written


def quantity(low, unit, kind, high=None, **more):
    currency = unit if kind is Kind.MONEY else ""
    return Quantity(Decimal(low), Decimal(high or low), Decimal(1), unit, kind, currency, **more)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (quantity("248372500", "CNY", Kind.MONEY), "248.3725 million yuan", "2.483725亿元"),
        (quantity("2480000000", "CNY", Kind.MONEY), "2.48 billion yuan", "24.8亿元"),
        (quantity("4060000000000", "CNY", Kind.MONEY), "4.06 trillion yuan", "4.06万亿元"),
        (quantity("34000000", "USD", Kind.MONEY), "34 million dollars", "3400万美元"),
        (quantity("500", "XXX", Kind.MONEY), "500 XXX", "500 XXX"),
        (quantity("0.8", "CNY", Kind.MONEY), "0.8 yuan", "0.8元"),
        (quantity("3", "percent", Kind.PERCENT, "5"), "3 to 5%", "3至5%"),
        (quantity("12.5", "percentage_point", Kind.PERCENTAGE_POINT), "12.5 percentage points", "12.5个百分点"),
        (quantity("7", "unit", Kind.COUNT), "7 units", "7家单位"),
        (quantity("1", "unit", Kind.COUNT), "1 unit", "1家单位"),
        (quantity("7", "运维单位", Kind.COUNT), "7 operating units", "7个运维单位"),
        (quantity("13", "public information system", Kind.COUNT), "13 public information systems", "13个系统"),
        (quantity("2", "agency", Kind.COUNT), "2 agencies", "2 agency"),
        (quantity("2", "branch", Kind.COUNT), "2 branches", "2 branch"),
        (quantity("13", "system data", Kind.COUNT), "13 sets of system data", "13组数据"),
        (quantity("1", "system data", Kind.COUNT), "1 set of system data", "1组数据"),
        (quantity("45", "條", Kind.COUNT), "45 articles", "45條"),
        (quantity("5", "个", Kind.COUNT), "5", "5个"),
        (quantity("3", "法規", Kind.COUNT), "3", "3个法規"),
        (quantity("2", "年", Kind.DURATION), "2 years", "2年"),
        (quantity("41", "城市", Kind.COUNT), "41 cities", "41个城市"),
        (quantity("9", "名", Kind.COUNT), "9", "9名"),
        (quantity("640000", "people", Kind.COUNT), "640,000 people", "64万人"),
        (quantity("5", "day", Kind.DURATION), "5 days", "5天"),
        (quantity("0.5", "", Kind.FRACTION), "1/2", "1/2"),
        (quantity("0.6666666666666666666666666667", "", Kind.FRACTION), "2/3", "2/3"),
        (quantity("0.1037", "", Kind.FRACTION), "0.1037", "0.1037"),
        (quantity("1.5", "times", Kind.MULTIPLE), "1.5 times", "1.5倍"),
    ],
)
def test_a_quantity_is_written_with_every_digit_in_both_languages(given, english, chinese):
    assert written(given, "en") == english
    assert written(given, "zh-Hans") == chinese


@pytest.mark.parametrize(
    ("approximation", "english", "chinese"),
    [
        (Approximation.ABOUT, "about 30 million yuan", "约3000万元"),
        (Approximation.NEARLY, "nearly 30 million yuan", "近3000万元"),
        (Approximation.OVER, "over 30 million yuan", "逾3000万元"),
        (Approximation.AT_LEAST, "at least 30 million yuan", "至少3000万元"),
        (Approximation.AT_MOST, "at most 30 million yuan", "至多3000万元"),
    ],
)
def test_an_approximation_stands_before_the_number(approximation, english, chinese):
    given = quantity("30000000", "CNY", Kind.MONEY, approximation=approximation)
    assert (written(given, "en"), written(given, "zh")) == (english, chinese)


def test_plain_digits_have_no_exponent_and_no_trailing_zeros():
    assert plain(Decimal("2.480E8")) == "248000000"
    assert plain(Decimal("1.50")) == "1.5"


def test_digits_are_grouped_by_thousands():
    assert grouped(Decimal("1234567.5")) == "1,234,567.5"
    assert grouped(Decimal(-1234)) == "-1,234"


def test_small_chinese_numbers_are_not_grouped():
    assert scaled(Decimal(1930), "zh") == "1930"
    assert scaled(Decimal(1930), "en") == "1,930"
