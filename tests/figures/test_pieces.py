"""'块' is yuan where something speaks of money, and a piece elsewhere."""

import pytest

from briefing.figures import extract
from briefing.model.figure import Kind
from briefing.model.text import Language


def kinds(write, glossary, text, language=Language.HANS):
    article = write(text, language=language)
    return [(f.surface, f.quantity.kind) for f in extract.figures_in(article, glossary)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("每次查询收费两块钱。", "两块钱"),
        ("每条5块。", "5块"),
        ("这笔收入有100块。", "100块"),
        ("一块硬盘卖500块。", "500块"),
        ("交20块服务费。", "20块"),
    ],
)
def test_a_price_in_kuai_is_money(text, surface, write, glossary):
    assert (surface, Kind.MONEY) in kinds(write, glossary, text)


@pytest.mark.parametrize(
    "text", ["把公共数据当成一块一块卖的地。", "他们一块去审计署。", "这份数据切成两块。", "把一块地交给他们。"]
)
def test_a_piece_is_no_money(text, write, glossary):
    assert Kind.MONEY not in [kind for _, kind in kinds(write, glossary, text)]


def test_a_piece_in_english_is_no_money_either(write, glossary):
    assert kinds(write, glossary, "They sold the city's data piece by piece.", Language.EN) == []
