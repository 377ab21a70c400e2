"""Figures as evidence: which two texts share, which one lacks, and when they contradict a likeness of words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal

from briefing.match.furniture import body
from briefing.model.article import Article, Part, Sentence
from briefing.model.figure import Figure, Kind, Quantity

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
COMPARED = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.AREA, Kind.OTHER})
DIGITS = Context(prec=3)  # two outlets round one amount to three digits or more
RARE_DIGITS = 3  # a number with three significant digits is rarely shared by chance
TWIN_SHARE = 0.4  # two texts of one template share their form, not their figures
TWIN_FEWEST = 3
TWIN_ALIKE = 0.5  # the fees of two cities, told in a sentence each: .38; an edited copy is more alike


def significant(number: Decimal) -> int:
    """How many significant digits a number has; closing zeros do not count."""
    return len("".join(map(str, number.normalize().as_tuple().digits)).strip("0"))


def is_rare(figure: Figure) -> bool:
    """Whether sharing this figure says something: three digits, or an amount of money with two."""
    quantity = figure.quantity
    if quantity.kind not in COMPARED:
        return False
    digits = significant(quantity.amount)
    return digits >= RARE_DIGITS or (quantity.kind is Kind.MONEY and digits == RARE_DIGITS - 1)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two readings can be of one amount: one kind and currency, apart by no more than the digits written."""
    if one.kind is not other.kind or one.currency != other.currency:
        return False
    slack = max(one.half_unit, other.half_unit)
    return one.low - slack <= other.high and other.low - slack <= one.high


def figure_key(quantity: Quantity) -> str:
    """One key for the readings of one amount, however it is written: 'money CNY 2.48E+8'."""
    return f"{quantity.kind} {quantity.currency} {DIGITS.create_decimal(quantity.amount).normalize(DIGITS):E}"


def shared(one: Iterable[Figure], other: Iterable[Figure]) -> tuple[tuple[Figure, Figure], ...]:
    """Pairs of figures that agree, each figure used once."""
    left = [figure for figure in other if figure.quantity.kind in COMPARED]
    pairs = []
    for figure in one:
        if figure.quantity.kind not in COMPARED:
            continue
        match = next((f for f in left if agree(figure.quantity, f.quantity)), None)
        if match:
            left.remove(match)
            pairs.append((figure, match))
    return tuple(pairs)


def distinct(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures without repeats of an amount."""
    seen: dict[tuple[Kind, str, Decimal, Decimal], Figure] = {}
    for figure in figures:
        quantity = figure.quantity
        if quantity.kind in COMPARED:
            seen.setdefault((quantity.kind, quantity.currency, quantity.low, quantity.high), figure)
    return tuple(seen.values())


def new_numbers(article: Article, original: Article) -> tuple[str, ...]:
    """The figure guard: numbers in digits that a copy states more often than its original, or for the first time.

    More often in the text alone, or there and in all: a heading may repeat a number, or be repeated in the text.
    """
    headings = {s.folded for side in (article, original) for s in side.sentences if s.part is Part.TITLE}
    known, known_text = _counted(original.sentences), _counted(body(original))
    text = _counted(s for s in body(article) if s.part is Part.TITLE or s.folded not in headings)
    heads = _counted(s for s in article.sentences if s.part is not Part.TEXT)
    everywhere = (text + heads) - known
    often = [n for n in text if text[n] > known[n] or (n in everywhere and text[n] > known_text[n])]
    return tuple(dict.fromkeys([*often, *(n for n in heads if n not in known)]))


def states(folded: str, figure: Figure) -> bool:
    """Whether a text has the digits of an amount that is rarely shared by chance."""
    if significant(figure.quantity.amount) < RARE_DIGITS or figure.quantity.kind not in COMPARED:
        return False
    written = set(_numbers(unicodedata.normalize("NFKC", figure.surface)))
    return bool(written) and written <= set(_numbers(folded))


def _counted(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(number for sentence in sentences for number in _numbers(sentence.folded))


def _numbers(folded: str) -> Iterator[str]:
    for match in NUMBER.finditer(folded):
        yield match.group().replace(",", "")


def absent(figures: tuple[Figure, ...], original: tuple[Figure, ...], numbers: tuple[str, ...]) -> tuple[int, ...]:
    """Positions of the figures that the original does not state; figures in digits only where a number is new."""
    return tuple(
        place
        for place, figure in enumerate(figures)
        if figure.quantity.kind in COMPARED
        and _may_be_new(unicodedata.normalize("NFKC", figure.surface), numbers)
        and not any(agree(figure.quantity, other.quantity) for other in original)
    )


def _may_be_new(surface: str, numbers: tuple[str, ...]) -> bool:
    stated = set(_numbers(surface))
    return not stated or not stated.isdisjoint(numbers)


def is_twin(one: tuple[Figure, ...] | None, other: tuple[Figure, ...] | None, likeness: float = 1.0) -> bool:
    """Whether two alike texts are two reports of one template: both full of figures, and most of them different.

    Of two short texts that are less than half alike it is enough that both have figures, and share none.
    """
    mine, theirs = distinct(filter(is_rare, one or ())), distinct(filter(is_rare, other or ()))
    fewest = min(len(mine), len(theirs))
    if not fewest or (fewest < TWIN_FEWEST and likeness >= TWIN_ALIKE):
        return False
    return len(shared(mine, theirs)) < TWIN_SHARE * fewest
