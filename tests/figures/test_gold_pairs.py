"""82 pairs and totals with their gold relation: all are judged right, and no slip is ever called the same."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.figures.extract import quantities_in
from briefing.figures.kinship import Kinship, kinship, total
from briefing.figures.money import ECB
from briefing.model.figure import Kind, Quantity
from briefing.model.text import Language

ROWS = [
    json.loads(line) for line in (Path(__file__).parent / "gold" / "agreement.jsonl").read_text("utf-8").splitlines()
]


def quantity(side):
    language = Language.EN if side["text"].isascii() else Language.HANS
    for spotted in quantities_in(side["text"], language):
        if spotted.start < side["end"] and side["start"] < spotted.end:
            found = spotted.quantity()
            is_bare = found.kind is Kind.OTHER and not found.unit and side["currency"]
            return replace(found, kind=Kind.MONEY, unit=side["unit"], currency=side["currency"]) if is_bare else found
    raise AssertionError(side["text"])


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date(2024, 7, 16)


@pytest.mark.parametrize("row", [r for r in ROWS if "a" in r], ids=lambda r: r["id"])
def test_two_figures_stand_to_each_other_as_labelled(row):
    one, other = quantity(row["a"]), quantity(row["b"])
    rate = ECB.rate(one.currency, other.currency, day(row["a"]["time"])) if one.currency and other.currency else None
    same_measure, same_time = row["a"]["measure"] == row["b"]["measure"], row["a"]["time"] == row["b"]["time"]
    assert kinship(one, other, same_measure=same_measure, same_time=same_time, rate=rate).value == row["relation"]


@pytest.mark.parametrize("row", [r for r in ROWS if "total" in r], ids=lambda r: r["id"])
def test_a_total_stands_to_its_parts_as_labelled(row):
    def read(surface):
        return quantities_in(surface, Language.EN if surface.isascii() else Language.HANS)[0].quantity()

    assert (
        total(read(row["total"]["surface"]), tuple(read(p["surface"]) for p in row["parts"])).value == row["relation"]
    )


def test_without_a_rate_two_currencies_are_not_compared():
    one = Quantity(Decimal(10), Decimal(10), Decimal("0.5"), "CNY", Kind.MONEY, "CNY")
    other = replace(one, unit="TWD", currency="TWD")
    assert kinship(one, other, same_measure=True, same_time=True, rate=None) is Kinship.UNRELATED


def test_trailing_zeros_leave_a_rounding_open():
    one = Quantity(Decimal(20_000_000), Decimal(20_000_000), Decimal(500_000), "CNY", Kind.MONEY, "CNY")
    other = replace(one, low=Decimal(24_000_000), high=Decimal(24_000_000))
    assert kinship(one, other, same_measure=True, same_time=True, rate=None) is Kinship.ROUNDING
