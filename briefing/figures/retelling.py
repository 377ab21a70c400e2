"""Which earlier articles an article retells: one that repeats several of another's rare amounts is on the same events.

Then an equal amount of the two is one figure, even where the words differ or the glossary knows no name for them.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from briefing.figures.book import Index, Line, Reading
from briefing.figures.intervals import agree, as_percent, significant, unit_class
from briefing.model.figure import Approximation, Figure, Kind, Quantity

KINDS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT})
OPEN = frozenset({Approximation.AT_LEAST, Approximation.AT_MOST, Approximation.OVER})
SOME, TELLING = 2, 3  # digits
LARGE = 1000  # a count beyond is as rare as an amount of money
RARE, SELDOM, COMMON = 4, 2, 1
ENOUGH = 6  # two rare amounts, or a rare one with others
FEWER, OF_THREE = 5, 3  # or three that are less rare
MOST, TWO = 5, 2  # or most of what a later article of the same weeks states, in two amounts and more
ROUGHLY = Decimal("0.1")  # of an amount, that is rounded off in other words: 2 for 1.67 may be something else
WEEKS = timedelta(days=45)


def read(reading: Reading, index: Index, baseline: str, beside: frozenset[str] = frozenset()) -> Reading:
    """The reading with the facts that its figures meet and the articles that it retells."""
    met = meeting(reading.figures, index)
    shared = _shared(reading.figures, met, baseline)
    told = frozenset(article for article, facts in shared.items() if _is_enough(list(facts.values())))
    retold, touched = told | _covered(reading, met, baseline), frozenset(shared)
    return replace(reading, met=met, retold=retold, beside=beside, touched=touched)


def meeting(figures: tuple[Figure, ...], index: Index) -> tuple[tuple[Line, ...], ...]:
    """For every figure the facts that state the same amount."""
    return tuple(
        tuple(line for line in index.of_unit(f.quantity).meeting((f.quantity,)) if line.agreeing(f.quantity))
        for f in figures
    )


def _shared(figures: tuple[Figure, ...], met: tuple[tuple[Line, ...], ...], baseline: str) -> dict[str, dict[str, int]]:
    """Article by article the facts repeated, and how rare. The baseline's are widely known: they tie to it alone."""
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    for figure, lines in zip(figures, met, strict=True):
        rarity = _rarity(figure.quantity)
        for line in lines if rarity else ():
            for witness in line.fact.witnesses:
                if witness.issue == baseline or line.fact.first_issue != baseline:
                    shared[witness.article][line.fact.key] = rarity
    return shared


def _covered(reading: Reading, met: tuple[tuple[Line, ...], ...], baseline: str) -> frozenset[str]:
    """The articles of the last weeks that state most of what this one states, short amounts included."""
    weights: dict[tuple[str, Decimal], int] = {}
    stated: dict[str, dict[tuple[str, Decimal], int]] = defaultdict(dict)
    for figure, lines in zip(reading.figures, met, strict=True):
        amount, weight = (unit_class(figure.quantity), figure.quantity.amount), _weight(figure.quantity)
        if figure.twin >= 0 or not weight or any(line.fact.first_issue == baseline for line in lines):
            continue
        weights[amount] = weight
        for witness in (w for line in lines for w in line.fact.witnesses if agree(w.figure.quantity, figure.quantity)):
            recent = abs(reading.article.dates.published - witness.published) <= WEEKS
            if recent and witness.figure.quantity.approximation not in OPEN:
                stated[witness.article][amount] = weight
    total = sum(weights.values())
    return frozenset(
        article
        for article, found in stated.items()
        if len(found) >= TWO and 2 * sum(found.values()) >= max(total, 2 * MOST) and max(found.values()) >= SELDOM
    )


def _weight(quantity: Quantity) -> int:
    """As rarity, and the least for a length of time and for money of one digit: many such together are no chance."""
    is_short = quantity.kind is Kind.MONEY and significant(quantity) < SOME
    if quantity.approximation not in OPEN and (is_short or quantity.kind is Kind.DURATION):
        return COMMON
    return _rarity(quantity)


def _is_enough(rarities: list[int]) -> bool:
    total = sum(rarities)
    return total >= ENOUGH or (total >= FEWER and len(rarities) >= OF_THREE)


def _rarity(quantity: Quantity) -> int:
    """How seldom two articles share this amount by chance; an open end ('at least') shares with everything."""
    digits = significant(quantity)
    if quantity.kind not in KINDS or quantity.approximation in OPEN or digits < SOME:
        return 0
    if digits >= TELLING:
        return RARE
    return SELDOM if quantity.kind is Kind.MONEY or quantity.amount >= LARGE else COMMON


def repeats(reading: Reading, figure: Figure, line: Line, digits: int) -> bool:
    """Whether an article on the same events states this amount, and the words do not speak against it."""
    if not reading.retells(line) or reading.names.rivals(figure.measure, line.measure):
        return False
    if figure.measure == line.measure:
        return True
    if not _is_equal(figure.quantity, line.fact.quantity):
        return False
    if reading.is_named(figure) and line.measure in reading.names.measures:
        return digits >= (SOME if figure.quantity.kind is Kind.MONEY else TELLING)
    if figure.quantity.kind is not Kind.COUNT or digits >= SOME:
        is_short = figure.quantity.kind is Kind.MONEY and digits < SOME
        return not is_short or _may_be_called(reading, figure.measure, line.measure)
    one, other = figure.quantity.unit, line.fact.quantity.unit
    return one.isascii() != other.isascii() or unit_class(figure.quantity) == unit_class(line.fact.quantity)


def _may_be_called(reading: Reading, *names: str) -> bool:
    """Whether two names can be of one thing: in one language, those that no glossary gives have a word in common."""
    one, other = (set(name.split() if name.isascii() else name) for name in names)
    is_known = not all(names) or not reading.names.measures.isdisjoint(names)
    return is_known or len({name.isascii() for name in names}) > 1 or not one.isdisjoint(other)


def alike(reading: Reading, position: int, slipped: Line) -> Line | None:
    """A fact with the very amount that seems to have slipped: then the other reading is the odd one, not this.

    Their words were too different to tie them; that somebody else states the same digits at the same scale ties them.
    Of a rival measure it is the same amount only where this article calls it by that measure too.
    """
    figure = reading.figures[position]
    amount = figure.quantity.amount
    called = {one.measure for one in reading.figures if one.quantity.amount == amount}
    found = (
        line
        for line in reading.met[position]
        if line.fact.quantity.amount == amount
        and significant(line.fact.quantity) >= TELLING
        and line.fact.key != slipped.fact.key
        and (line.measure in called or not reading.names.rivals(figure.measure, line.measure))
    )
    return next(found, None)


def _is_equal(one: Quantity, other: Quantity) -> bool:
    """Equal as written, or one of them rounded: 5.7 is not 5.8, and 'at least 5' is no rounding of 55."""
    if one.amount == other.amount:
        return True
    if not {one.approximation, other.approximation} & OPEN:
        mine, theirs = as_percent(one).amount, as_percent(other).amount
        return one.half_unit != other.half_unit and abs(mine - theirs) <= ROUGHLY * max(abs(mine), abs(theirs))
    rounded, exact = sorted((one, other), key=lambda q: q.approximation is Approximation.EXACT)
    is_over = rounded.approximation is Approximation.OVER and exact.approximation is Approximation.EXACT
    is_share = not {one.kind, other.kind} <= {Kind.COUNT, Kind.MONEY}  # 'more than half' is met by every other share
    return (
        is_over
        and not is_share
        and significant(exact) >= TELLING > significant(rounded)
        and unit_class(one) == unit_class(other)
    )
