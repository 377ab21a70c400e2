"""Counts that leave out what they count, and numbers that count nothing; talk that nobody stands for."""

import pytest

from briefing.figures import extract
from briefing.figures.extract import quantities_in
from briefing.model.figure import Kind
from briefing.model.text import Language


def counts(text, language=Language.EN):
    return {text[s.start : s.end]: s.unit for s in quantities_in(text, language) if s.kind is Kind.COUNT}


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        ("The list has 12 items. Seven cost nothing, four have a ceiling.", "Seven", "item"),
        ("The list has 12 items. Seven cost nothing, four have a ceiling.", "four", "item"),
        ("Inspectors met 11 managers and removed two of them.", "two", "manager"),
        ("It put 604 files online. An earlier report said that there were 640.", "640", "file"),
        ("Three of the seven units are done.", "Three", "unit"),
        ("In the end three of the units ran the till.", "three of the units", "unit"),
    ],
)
def test_a_count_borrows_its_noun_from_the_larger_one_before(text, surface, unit):
    assert counts(text)[surface] == unit


@pytest.mark.parametrize(
    "text",
    [
        "That depends on whom one asks.",
        "A two-level system has one-step filing.",
        "In the end four have gone.",
        "In the end two of the best left.",
        "The list has 5 items. In 2020 there were 640.",
        "We met 3 people, of these 7 went.",
    ],
)
def test_a_number_that_counts_nothing_known_is_left_out(text):
    found = counts(text)
    assert not {"one", "two", "four", "640", "7", "one asks"} & found.keys()


@pytest.mark.parametrize("text", ["一年比一年多", "省市两级开放平台联网", "只是零头", "完成一轮更新"])
def test_chinese_words_with_a_numeral_in_them_are_no_counts(text):
    assert quantities_in(text, Language.HANS) == ()


def test_the_land_is_no_six_and_six_thousand_stays(write):
    assert quantities_in("大陸地方政府陸續簽約", Language.HANT) == ()
    (found,) = quantities_in("陆仟元整", Language.HANS)
    assert found.low == 6000


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("网上流传一句话，说数据能撑起两万亿元的盘子。", Language.HANS),
        ("Rumour has it: rumours put the fees charged at 2 billion yuan.", Language.EN),
    ],
)
def test_talk_that_nobody_stands_for_measures_nothing(write, glossary, text, language):
    (figure,) = extract.figures_in(write(text, language=language), glossary)
    assert not figure.is_bound


def test_what_is_set_against_talk_is_bound(write, glossary):
    text = "Rumours put the fees charged at 2 billion yuan, but the fees charged were 248 million yuan."
    talk, told = extract.figures_in(write(text), glossary)
    assert (talk.is_bound, told.measure) == (False, "fees-charged")


def test_what_a_named_body_says_is_bound(write, glossary):
    (figure,) = extract.figures_in(write("State auditors put the fees charged at 2 billion yuan."), glossary)
    assert figure.measure == "fees-charged"
