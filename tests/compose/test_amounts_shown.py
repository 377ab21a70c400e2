from dataclasses import replace
from decimal import Decimal

import pytest

from briefing.compose.amounts import named, sentence, shown
from briefing.model.figure import Approximation, Kind, Quantity
from briefing.model.text import Bilingual


def quantity(low, unit, kind=Kind.COUNT, **more):
    return Quantity(Decimal(low), Decimal(more.pop("high", low)), Decimal(0), unit, kind, **more)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (quantity("248000000", "CNY", Kind.MONEY, currency="CNY"), "248 million yuan", "2.48亿元"),
        (quantity("1930", "家"), "1,930", "1930"),
        (quantity("2000", "企业", approximation=Approximation.NEARLY), "nearly 2,000", "近2000"),
        (quantity("20", "year", Kind.DURATION), "20 years", "20年"),
        (quantity("1", "年", Kind.DURATION), "1 year", "1年"),
        (quantity("15", "亩", Kind.AREA), "15 mu", "15亩"),
        (quantity("3", "个月", Kind.DURATION, high="6"), "3 to 6 months", "3至6个月"),
        (quantity("7", "units", high="9"), "7 to 9", "7至9"),
        (quantity("64", "percent", Kind.PERCENT), "64%", "64%"),
        (quantity("5", "kilowatts", Kind.OTHER), "5", "5"),
        (quantity("5", "square metres", Kind.AREA), "5 square metres", "5 square metres"),
    ],
)
def test_an_amount_is_shown_without_the_noun_that_its_label_says(value, english, chinese):
    assert (shown(value, "en"), shown(value, "zh")) == (english, chinese)


def test_a_label_begins_with_a_capital(sample):
    fact = replace(sample.TOTAL, label=Bilingual("bid deposit, Hengyang", "衡阳：保证金"))
    assert named(fact) == Bilingual("Bid deposit, Hengyang", "衡阳：保证金")


def test_a_statement_ends_with_a_full_stop_of_its_script():
    assert sentence("It holds") == "It holds."
    assert sentence("It holds.") == "It holds."
    assert sentence("与总额一致") == "与总额一致。"
    assert sentence("与总额一致。") == "与总额一致。"
    assert sentence("（存档）") == "（存档）。"
    assert sentence("") == ""
