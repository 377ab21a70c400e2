"""A title or a summary against the text: one amount a power of ten apart is a slip that an article makes alone.

The text counts as right, as it is longer and says more, unless its own parts speak for the heading.
"""

from briefing.figures.book import Names
from briefing.figures.intervals import Relation, agree, as_percent, is_exact, power, relation, significant
from briefing.figures.stated import MOVES
from briefing.figures.writing import is_written_alike
from briefing.model.article import Part
from briefing.model.fact import Finding, Outcome, Rule
from briefing.model.figure import Approximation, Figure, Kind

TELLING, SOME = 3, 2  # digits
OPEN = frozenset({Approximation.AT_LEAST, Approximation.AT_MOST})


def slips(figures: tuple[Figure, ...], findings: tuple[Finding, ...], names: Names) -> dict[int, int]:
    """Each figure that slipped, and the figure of the same article that it slipped from."""
    levels = [i for i, figure in enumerate(figures) if _is_level(figure)]
    heads = [i for i in levels if figures[i].part is not Part.TEXT]
    body = [i for i in levels if figures[i].part is Part.TEXT]
    refuted = {f.stated.amount for f in findings if f.rule is Rule.SLIP and f.parts and f.stated}
    found: dict[int, int] = {}
    for head in heads:
        below = _slipped(figures, head, body, names)
        if below is None:
            continue
        amount = figures[below].quantity.amount
        if amount in refuted:
            found |= {i: head for i in body if figures[i].quantity.amount == amount}
        else:
            found[head] = below
    return found


def roundings(figures: tuple[Figure, ...]) -> dict[int, int]:
    """Each rounded amount of a heading, and the one amount of the text that it rounds: 近两千家 and 1,930."""
    found: dict[int, int] = {}
    body = [i for i, f in enumerate(figures) if f.part is Part.TEXT and f.twin < 0 and is_exact(f.quantity)]
    for head, figure in enumerate(figures):
        if figure.part is not Part.TEXT and figure.twin < 0:
            fits = [i for i in body if _is_rounded(figure, figures[i])]
            if len({figures[i].quantity.amount for i in fits}) == 1:
                found[head] = fits[0]
    return found


def _is_rounded(head: Figure, exact: Figure) -> bool:
    one, other = as_percent(head.quantity), as_percent(exact.quantity)
    if one.amount == other.amount or one.approximation in OPEN or one.kind is not other.kind:
        return False
    is_finer = other.half_unit < one.half_unit or significant(other) > significant(one)
    return is_finer and one.low == one.high and agree(one, other)


def refuted(figures: tuple[Figure, ...], findings: tuple[Finding, ...]) -> dict[int, int]:
    """Each total that its own parts refute, and the power of ten between them."""
    factors = {f.stated.amount: f.factor for f in findings if f.rule is Rule.SLIP and f.parts and f.stated}
    return {
        i: factor.adjusted()
        for i, figure in enumerate(figures)
        if _is_level(figure) and (factor := factors.get(figure.quantity.amount))
    }


def miscounted(figures: tuple[Figure, ...], findings: tuple[Finding, ...]) -> list[int]:
    """The shares and growths that the amounts beside them refute."""
    wrong = {f.stated for f in findings if f.rule in {Rule.SHARE, Rule.YOY} and f.outcome is Outcome.FAILS}
    return [i for i, figure in enumerate(figures) if figure.quantity in wrong]


def _is_level(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.kind is Kind.MONEY and figure.twin < 0 and quantity.change not in MOVES and quantity.low > 0


def _slipped(figures: tuple[Figure, ...], head: int, body: list[int], names: Names) -> int | None:
    """The amount of the text that the heading has a power of ten away; none where the text states the heading's own."""
    one = figures[head]
    if one.quantity.approximation in OPEN or any(_meets(one, figures[i]) for i in body):
        return None
    apart = [i for i in body if power(one.quantity, figures[i].quantity) and _is_one_thing(one, figures[i], names)]
    return min(apart, key=lambda i: abs(power(one.quantity, figures[i].quantity)), default=None)


def _meets(one: Figure, other: Figure) -> bool:
    return relation(one.quantity, other.quantity) in {Relation.SAME, Relation.OPEN}


def _is_one_thing(one: Figure, other: Figure, names: Names) -> bool:
    """Three equal digits and no rival measure; two only where the measure and the digits as written are the same."""
    if one.quantity.unit != other.quantity.unit or names.rivals(one.measure, other.measure):
        return False
    digits = min(significant(one.quantity), significant(other.quantity))
    if digits >= TELLING:
        return True
    return digits == SOME and one.measure == other.measure != "" and is_written_alike(one, other)
