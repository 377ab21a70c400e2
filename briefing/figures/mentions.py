"""One article tells a figure more than once: the title without its time, the text with it.

Each mention lends to the others.
"""

from dataclasses import replace
from decimal import Decimal

from briefing.figures.intervals import unit_class
from briefing.model.figure import Figure, Kind

Amount = tuple[str, Decimal, Decimal]


def amount_of(figure: Figure) -> Amount:
    return unit_class(figure.quantity), figure.quantity.low, figure.quantity.high


def lent(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures, each with the measure, subject, period and twin that another mention of its amount gives."""
    groups: dict[Amount, list[int]] = {}
    for i, figure in enumerate(figures):
        if figure.quantity.kind not in {Kind.DATE, Kind.PERIOD}:
            groups.setdefault(amount_of(figure), []).append(i)
    found = list(figures)
    for members in groups.values():
        if len(members) > 1:
            for i in members:
                found[i] = _completed(figures, i, members)
    return tuple(found)


def _completed(figures: tuple[Figure, ...], i: int, members: list[int]) -> Figure:
    figure = figures[i]
    others = [figures[j] for j in members if j != i]
    surest = next((f for f in others if f.sure and f.measure), None)
    if not figure.sure and surest:
        figure = replace(figure, measure=surest.measure, subject=figure.subject or surest.subject, sure=True)
    alike = [f for f in others if f.measure == figure.measure]
    period = figure.period or next((f.period for f in alike if f.period), "")
    subject = figure.subject or next((f.subject for f in alike if f.subject), "")
    twin = figure.twin if figure.twin >= 0 else next((f.twin for f in others if f.twin >= 0), -1)
    return replace(figure, period=period, subject=subject, twin=twin)
