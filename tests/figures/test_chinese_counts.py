"""What a Chinese number counts where the noun is easily misread, and shares in tenths."""

from decimal import Decimal

import pytest

from briefing.figures import extract
from briefing.model.figure import Kind
from briefing.model.text import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2420个国家级地面气象站免费开放。", ("2420个国家级地面气象站", Kind.COUNT, "国家级地面气象站")),
        ("建设10个国家数据中心集群。", ("10个国家数据中心集群", Kind.COUNT, "国家数据中心集群")),
        ("10个国家参加。", ("10个国家", Kind.COUNT, "国家")),
        ("另外两家收费5865.7万元。", ("两家", Kind.COUNT, "家")),
        ("共有13项收费被取消。", ("13项收费", Kind.COUNT, "收费")),
        ("涉及约640万参保人的记录。", ("640万参保人", Kind.COUNT, "参保人")),
        ("占三成五。", ("三成五", Kind.PERCENT, "percent")),
        ("要求7日内办结。", ("7日", Kind.DURATION, "day")),
        ("自然资源部7日通报了整改情况。", ("7日", Kind.DATE, "---07")),
    ],
)
def test_a_count_names_what_is_counted(write, glossary, text, expected):
    found, *_ = extract.figures_in(write(text, language=Language.HANS), glossary)
    assert (found.surface, found.quantity.kind, found.quantity.unit) == expected


def test_tenths_and_hundredths_in_words_are_one_share(write, glossary):
    found = extract.figures_in(write("占三成五，另有两成半，再有三成个人用户。", language=Language.HANS), glossary)
    assert [f.quantity.amount for f in found] == [Decimal(35), Decimal(25), Decimal(30)]


@pytest.mark.parametrize(
    "text",
    ["In the first half revenue was flat.", "Claims were two and a half times as many.", "Health made up 18 percent."],
)
def test_the_half_of_a_year_or_of_a_multiple_is_no_share_and_made_up_is_no_rise(write, glossary, text):
    found = extract.figures_in(write(text), glossary)
    assert all(f.quantity.kind is not Kind.FRACTION for f in found)
    assert all(f.quantity.change.value == "" for f in found)


@pytest.mark.parametrize(
    ("text", "surface"),
    [("Units charged 37.8 million yuan, 76 percent.", "76 percent"), ("单位收费3780万元、76%。", "76%")],
)
def test_a_percentage_beside_an_amount_does_not_take_a_measure_of_money(write, glossary, text, surface):
    language = Language.EN if text.isascii() else Language.HANS
    found = {f.surface: f for f in extract.figures_in(write(text, language=language), glossary)}
    assert found[surface].measure != "fees-charged"
