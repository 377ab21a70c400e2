"""What a title says, for readers of the other language: its names, terms and amounts, and nothing that is guessed.

A free translation would be a sentence that nobody published. The glossary's names and pairs, the amounts found in the
title and one line of the ledger are evidence; put side by side they tell a reader what the article is about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.compose.amounts import code, shown
from briefing.compose.wording import day
from briefing.model.article import Sentence
from briefing.model.fact import Fact
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary
from briefing.model.wording import written

LEAST = 2  # one name alone says nothing
MOST = 5
TELLING = 1000  # a count without its noun: '412,000' beside 'public data' tells something, '14' nothing
SPLIT = " · "


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence that is known, and how the other language writes it."""

    start: int
    end: int
    text: str


def gloss(
    sentence: Sentence,
    figures: Iterable[Figure],
    glossary: Glossary,
    language: str,
    facts: tuple[Fact, ...] = (),
    *,
    kind: Bilingual = Bilingual("", ""),  # noqa: B008 -- frozen
) -> str:
    """The sentence's known pieces in `language`, in its own order; '' where too little of it is known.

    `facts` are what the ledger holds of the story: one is told where the sentence itself has no amount, and a second
    where nothing else is known. Amounts alone say nothing: the kind of news leads them.
    """
    lang = code(language)
    amounts = [piece for figure in figures if (piece := _amount(figure, sentence, lang))]
    names = _apart([*amounts, *_names(sentence.folded, glossary, lang)])
    texts = list(dict.fromkeys(piece.text for piece in names))
    texts = [
        text for text in texts if not any(text != other and text.casefold() in other.casefold() for other in texts)
    ]
    sums = {piece.text for piece in amounts}
    while len(texts) > MOST:  # an amount says more than one term more
        texts.remove(next((text for text in reversed(texts) if text not in sums), texts[-1]))
    if texts and sums.issuperset(texts):
        texts = [kind.written(lang), *texts[: MOST - 1]] if kind.written(lang) else []
    lacking = max(LEAST - len(texts), 0 if amounts else 1)
    texts = [*texts[: MOST - lacking], *(told(fact, texts, glossary, lang) for fact in facts[:lacking])]
    joined = SPLIT.join(texts) if len(texts) >= LEAST else ""
    return joined[:1].upper() + joined[1:]


def told(fact: Fact, beside: Iterable[str], glossary: Glossary, language: str) -> str:
    """A line of the ledger: with whose figure it is, unless that is already said."""
    measure, subject, _ = (*fact.key.split("|"), "", "")[:3]
    bare = next((found.name for found in glossary.measures if found.key == measure), fact.label)
    name = next((entity.name for entity in glossary.entities if entity.name.en == subject), Bilingual(subject, subject))
    is_said = not subject or name.written(language) in set(beside)
    label = (bare if is_said else fact.label).written(language)
    return f"{label}{'：' if language == 'zh' else ': '}{shown(fact.quantity, language)}"


def _amount(figure: Figure, sentence: Sentence, language: str) -> Piece | None:
    """A figure of the sentence as the other language writes it; its place is that in the folded sentence."""
    if figure.sentence != sentence.number or figure.quantity.kind is Kind.PERIOD:
        return None
    start = figure.start - sentence.start
    if figure.quantity.kind is Kind.DATE:
        return Piece(start, start + len(figure.surface), day(figure.period, language)) if figure.period else None
    text = written(figure.quantity, language)
    return None if _is_bare(figure.quantity, text) else Piece(start, start + len(figure.surface), text)


def _is_bare(quantity: Quantity, text: str) -> bool:
    """A small count whose noun has no word in the other language: '14县' would be told as '14'."""
    return quantity.kind is Kind.COUNT and abs(quantity.amount) < TELLING and not any(map(str.isalpha, text))


def _names(folded: str, glossary: Glossary, language: str) -> Iterator[Piece]:
    """Every form of a name or term that stands in the text, in whichever language it was written."""
    for entity in glossary.entities:
        for form in (entity.name.en, entity.name.zh, *entity.aliases):
            yield from _found(form, entity.name.written(language), folded)
    for pair in glossary.pairs:
        yield from _found(pair.zh if language == "en" else pair.en, pair.written(language), folded)


def known_in(text: str, glossary: Glossary) -> frozenset[str]:
    """The names and terms of the glossary that stand in the text."""
    return frozenset(piece.text for piece in _names(text.casefold(), glossary, "en"))


def _found(form: str, text: str, folded: str) -> Iterator[Piece]:
    known = form.casefold()
    at = folded.find(known) if known else -1
    if at < 0:
        return
    end = at + len(known)
    if known.isascii():
        whole = re.search(rf"\b{re.escape(known)}(?:'s|s)?\b", folded)
        if whole is None:
            return
        at, end = whole.span()
    yield Piece(at, end, text)


def _apart(pieces: list[Piece]) -> list[Piece]:
    """The longest of those that lie over each other, in reading order."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.start - p.end, p.start)):
        if all(piece.end <= other.start or other.end <= piece.start for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda p: p.start)
