"""What a line of the ledger is called."""

from decimal import Decimal

import pytest

from briefing.figures.labels import label_of
from briefing.model.article import Part
from briefing.model.figure import Change, Figure, Kind, Quantity

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (Change.DOWN_BY, "fall in fees returned", "已退还的收费降幅"),
        (Change.UP_BY, "rise in fees returned", "已退还的收费增幅"),
        (Change.NONE, "fees returned", "已退还的收费"),
    ],
)
def test_a_percentage_of_a_sum_is_called_its_fall_or_rise(glossary, change, english, chinese):
    tenth = Quantity(TEN, TEN, Decimal("0.5"), "percent", Kind.PERCENT, change=change)
    label = label_of(Figure(tenth, "10%", Part.TEXT, 0, 3, 1, "fees-returned"), glossary)
    assert (label.en, label.zh) == (english, chinese)
