"""Amounts that convert each other: '248-million-yuan ($34 million)', '2.48亿元（约合3400万美元）'."""

# ruff: noqa: E501 - patterns and word lists stay whole

from dataclasses import replace

from briefing.figures.pattern import Pattern
from briefing.model.figure import Figure, Kind

_ABOUT = r"(?:about|approximately|around|roughly|some|nearly|over|almost|equivalent to|equal to|or|worth|more than|约|合|折合|约合|约为|相[当當][于於]|等[于於]|折|人民[币幣]|約合|約|美元|等值|即|大约|近|逾)"
_BRACKET = Pattern(rf"[^()（）]{{0,14}}\s?[(（]\s?(?:{_ABOUT}\s?)*$")
_APPOSED = Pattern(rf"\s?[,，]?\s?(?:or|折合|约合|相[当當][于於]|約合|合|equivalent to)\s?(?:{_ABOUT}\s?)*$")


def twinned(figures: list[Figure], texts: dict[str, str]) -> list[Figure]:
    """Each conversion points to the amount that it converts, and takes over what that one measures."""
    found = list(figures)
    for i, figure in enumerate(found):
        j = _source(found, i, texts)
        if j >= 0:
            of = found[j]
            found[i] = replace(figure, twin=j, measure=of.measure, subject=of.subject, period=of.period)
    return found


def _source(figures: list[Figure], i: int, texts: dict[str, str]) -> int:
    figure = figures[i]
    if i == 0 or figure.quantity.kind is not Kind.MONEY:
        return -1
    before = figures[i - 1]
    if (
        before.quantity.kind is not Kind.MONEY
        or before.part is not figure.part
        or before.quantity.currency == figure.quantity.currency
    ):
        return -1
    gap = texts[figure.part][before.end : figure.start]
    return i - 1 if len(gap) < 40 and (_BRACKET.match(gap) or _APPOSED.match(gap)) else -1  # noqa: PLR2004 - a conversion stands beside its amount
