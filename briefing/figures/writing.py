"""The digits of a figure as they stand on the page: '3.2 billion' and '3.2亿' differ in the word after them alone."""

from decimal import Decimal

from briefing.figures.numerals import folded
from briefing.figures.pattern import Pattern
from briefing.model.figure import Figure

_DIGITS = Pattern(r"\d[\d,]*(?:\.\d+)?")


def mantissa(figure: Figure) -> Decimal | None:
    """The number before 'million' or 亿; none where it is written in words."""
    found = _DIGITS.search(folded(figure.surface))
    return Decimal(found.group().replace(",", "")) if found else None


def is_written_alike(one: Figure, other: Figure) -> bool:
    """Whether both have the same digits on the page: then a scale word was mistaken, and a tenth is no part of it."""
    first = mantissa(one)
    return first is not None and first == mantissa(other)
