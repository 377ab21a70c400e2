"""120 written sentences with their figures, in both languages: the floor below which the grammar may not fall."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.figures.extract import quantities_in
from briefing.model.figure import Kind
from briefing.model.text import Language

ROWS = [json.loads(line) for line in (Path(__file__).parent / "gold" / "figures.jsonl").read_text("utf-8").splitlines()]
TRADITIONAL = frozenset("億萬財預國個務與數據產業機關圓臺灣賣")


def language_of(row):
    if row["lang"] == "en":
        return Language.EN
    return Language.HANT if any(c in TRADITIONAL for c in row["text"]) else Language.HANS


def found_in(row):
    return [s for s in quantities_in(row["text"], language_of(row)) if s.kind not in {Kind.DATE, Kind.PERIOD}]


def is_right(spotted, gold):
    low, high = gold["value"] if isinstance(gold["value"], list) else (gold["value"], gold["value"])
    near = all(
        abs(a - Decimal(str(b))) <= Decimal("1e-6") * max(1, abs(Decimal(str(b))))
        for a, b in ((spotted.low, low), (spotted.high, high))
    )
    return near and (spotted.start, spotted.end) == (gold["start"], gold["end"])


@pytest.mark.parametrize(("language", "floor"), [("en", 0.98), ("zh", 0.99)])
def test_nearly_every_gold_figure_is_found_with_its_exact_span(language, floor):
    right = total = 0
    for row in (r for r in ROWS if r["lang"] == language):
        found = found_in(row)
        for gold in (q for q in row["quantities"] if q["kind"] not in {"date", "period"}):
            total += 1
            right += any(is_right(s, gold) for s in found)
    assert right / total >= floor


@pytest.mark.parametrize("row", [r for r in ROWS if r["traps"]], ids=lambda r: r["id"])
def test_article_numbers_phones_names_and_vague_amounts_are_no_figures(row):
    for trap in row["traps"]:
        assert [s for s in found_in(row) if s.start < trap["end"] and trap["start"] < s.end] == []
