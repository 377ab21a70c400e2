"""Texts of both scripts are compared in one, and no offset moves."""

from briefing.figures.script import comparable, lowered, simplified
from briefing.figures.variants import PAIRS


def test_traditional_characters_become_simplified_one_for_one():
    assert simplified("審計署點名教育部屬單位違規收費") == "审计署点名教育部属单位违规收费"
    assert simplified("plain") == "plain"


def test_lower_case_keeps_the_length_of_odd_letters():
    assert len(lowered("İstanbul")) == len("İstanbul")
    assert lowered("ABC") == "abc"


def test_a_comparable_text_is_as_long_as_the_published_one():
    text = "İ審計署：收費１.４５億元 NT$5"
    assert len(comparable(text, traditional=True)) == len(text)


def test_the_table_holds_pairs():
    assert len(PAIRS) % 2 == 0
    assert all(a != b for a, b in zip(PAIRS[::2], PAIRS[1::2], strict=True))
