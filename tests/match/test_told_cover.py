"""What the arrays find is what comparing sentence by sentence finds."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import GLOSSARY

from briefing.match import words
from briefing.match.concordance import Sentences
from briefing.match.earlier import ACROSS, LIKENESS, Earlier
from briefing.match.glossary import Lexis
from briefing.match.vectors import cosine, rarity, vector, weighed
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
        min(1.0, ACROSS * one_by_one(judged, other, every, lambda text: weighed(lexis.rendered(text)))),
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
