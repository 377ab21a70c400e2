"""What the arrays find is what comparing sentence by sentence finds."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import GLOSSARY

from briefing.match import words
from briefing.match.concordance import Sentences, alone
from briefing.match.earlier import ACROSS, LIKENESS, Earlier
from briefing.match.glossary import Lexis
from briefing.match.vectors import cosine, rarity, vector
from briefing.model.judgement import Told

WORDS = (
    "harbour",
    "fees",
    "audit",
    "quay city",
    "2024",
    "records",
    "sold",
    "the",
    "审计",
    "数据",
    "收费",
    "码头市",
    "档案局",
    "。",
)
SENTENCE = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


def one_by_one(judged: str, told: list[str], every: list[str], read) -> float:
    rare = rarity(read(text) for text in every)
    mine = vector(read(judged), rare)
    ranked = sorted(dict.fromkeys(told), key=lambda text: -cosine(mine, vector(read(text), rare)))
    near = [text for text in ranked if cosine(mine, vector(read(text), rare)) > 0][:3]
    if not near:
        return 0.0
    held = {term for text in near for term in read(text)}
    whole = sum(rare.of(term) for term in mine)
    covered = sum(rare.of(term) for term in mine if term in held)
    return LIKENESS * cosine(mine, vector(read(near[0]), rare)) + (1 - LIKENESS) * covered / whole


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=3), SENTENCE)
def test_a_sentence_is_covered_as_comparing_one_by_one_says(told, judged):
    every = list(dict.fromkeys([*told, judged]))
    lexis = Lexis(GLOSSARY)
    earlier = Earlier(Sentences(every, lexis))
    for text in told:
        earlier.add(Told(text, text, "1"))
    other = [text for text in told if words.is_chinese(text) is not words.is_chinese(judged)]
    wanted = max(
        one_by_one(judged, told, every, lambda text: Counter(words.terms(text))),
        min(1.0, ACROSS * one_by_one(judged, other, every, lexis.rendered)),
    )
    assert earlier.cover(judged).overlap == pytest.approx(wanted)


def test_a_sentence_is_told_by_whoever_told_it_first():
    earlier = Earlier(Sentences(["码头市退还收费", "a choir sang"], Lexis()))
    earlier.add(Told("码头市退还收费。", "码头市退还收费", "1"))
    earlier.add(Told("码头市退还收费", "码头市退还收费", "2"))
    nearest = earlier.cover("码头市退还收费").nearest
    assert nearest is not None
    assert nearest.issue == "1"
    assert earlier.cover("a choir sang").nearest is None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "quays", "uphill", "hill", "-", "records bureau", "x"]), max_size=8),
    st.booleans(),
)
def test_names_are_those_whose_form_stands_at_word_edges(parts, spaced):
    text = (" " if spaced else "").join(parts)
    lexis = Lexis(GLOSSARY)
    forms = [(f.lower(), e.key) for e in GLOSSARY.entities for f in (e.name.en, e.name.zh, *e.aliases)]
    assert lexis.names_in(text) == {key for form, key in forms if words.pattern((form,)).search(text)}


def _told_half(texts: Iterable[str]) -> Earlier:
    earlier = Earlier(Sentences(texts, Lexis()))
    for text in list(texts)[::2]:
        earlier.add(Told(text, text, ""))
    return earlier


def test_sentences_are_covered_together_as_each_is_alone():
    texts = [f"port {number} raised dues by {number} yuan" for number in range(70)]
    earlier = _told_half(texts)

    assert earlier.covers(texts) == [earlier.cover(text) for text in texts]
    assert earlier.covers(texts) == _told_half(dict.fromkeys(texts)).covers(texts)
    assert earlier.covers([]) == []


def test_an_old_sentence_meets_the_other_language_by_a_number_or_a_latin_word():
    old = [
        "码头市收费58.657万元",
        "码头市退还收费",
        "使用api收费",
        "the harbour sold 58.657 tables",
        "the choir sang of 7",
    ]

    assert alone(old, ["fees of 58.657 million for the api"]) == {"码头市退还收费", *old[3:]}
    assert alone(old, ["收费58.657万元"]) == {*old[:3], "the choir sang of 7"}


def test_a_sentence_that_meets_none_is_told_in_its_own_language():
    texts = ["码头市退还收费", "fees are paid back by the quay"]
    earlier = Earlier(Sentences(texts, Lexis(), {texts[0]}))
    earlier.add(Told(texts[0], texts[0], ""))

    assert earlier.cover(texts[0]).overlap == pytest.approx(1.0)
    assert earlier.cover(texts[1]).nearest is None
