"""Rates of a day."""

from datetime import date
from decimal import Decimal

from briefing.figures.money import ECB, FixedRates


def test_the_rate_of_a_day_is_the_banks():
    assert ECB.rate("USD", "CNY", date(2024, 7, 16)).quantize(Decimal("0.01")) == Decimal("7.27")


def test_a_weekend_takes_the_last_business_day():
    assert ECB.rate("USD", "CNY", date(2024, 7, 14)) == ECB.rate("USD", "CNY", date(2024, 7, 12))


def test_a_pegged_currency_goes_through_its_anchor():
    assert ECB.rate("HKD", "MOP", date(2024, 7, 16)) == Decimal("1.03")


def test_the_euro_itself_has_a_rate():
    assert ECB.rate("EUR", "EUR", date(2024, 7, 16)) == 1


def test_an_unknown_currency_or_day_has_none():
    assert ECB.rate("TWD", "USD", date(2024, 7, 16)) is None
    assert ECB.rate("CNY", "USD", date(1999, 7, 16)) is None


def test_fixed_rates_do_not_ask_for_the_day():
    rates = FixedRates({"EUR": Decimal(1), "CNY": Decimal(8)})
    assert rates.rate("EUR", "CNY", date(1990, 1, 1)) == 8
    assert rates.rate("EUR", "USD", date(1990, 1, 1)) is None
