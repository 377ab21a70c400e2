"""Slips of scale against the ledger: the digits of a known amount a power of ten away, in words that tie them to it."""

from datetime import timedelta

from briefing.figures.book import Line, Reading, Shelf
from briefing.figures.intervals import power, significant
from briefing.figures.writing import is_written_alike
from briefing.model.fact import Witness
from briefing.model.figure import Change, Figure, Kind, Quantity

TELLING, SOME = 3, 2  # digits: '248' says more than '30'
WEEKS = timedelta(days=45)
TITLE = 0  # the number of its sentence
KIN = 2  # other figures of the article that agree with facts of one measure


def odd(reading: Reading, figure: Figure, known: Shelf) -> tuple[Line, Witness] | None:
    """A slip or a contradicting reading told again is still one."""
    for line in reversed(known.meeting((figure.quantity,))):
        witness = line.odd(figure.quantity)
        if (
            witness
            and significant(figure.quantity) >= (SOME if reading.retells(line) else TELLING)
            and reading.may_be_of(figure, line)
            and (_is_tied(reading, figure, line) or _is_said_again(reading, figure, line))
        ):
            return line, witness
    return None


def slipped(reading: Reading, figure: Figure, known: Shelf) -> Line | None:
    """The fact whose digits this figure has, a power of ten away.

    And whose right reading the article does not state.
    """
    quantity = figure.quantity
    if (
        quantity.kind is not Kind.MONEY
        or significant(quantity) < SOME
        or quantity.change in {Change.UP_BY, Change.DOWN_BY}
    ):
        return None
    scored = [
        (_slip_score(reading, figure, line, known), line)
        for line in known.of_digits(quantity)
        if power(quantity, line.fact.quantity)
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best if score else None


def _slip_score(reading: Reading, figure: Figure, line: Line, known: Shelf) -> int:
    """How surely a figure is a slip of a fact; 0 for no."""
    if line.is_refuted or not _has_digits(reading, figure, line) or not reading.may_be_of(figure, line):
        return 0
    if not _is_tied(reading, figure, line):
        return 0
    same_measure = figure.measure == line.measure
    told = any(f.quantity.kind is Kind.MONEY and line.agreeing(f.quantity) for f in reading.figures)
    apart = not same_measure and reading.is_named(figure) and not _is_beside(reading, figure, line)
    other = apart and not _repeats(reading, line, known)
    if told or other:
        return 0
    return 1 + 2 * same_measure + (figure.subject == line.subject)


def _has_digits(reading: Reading, figure: Figure, line: Line) -> bool:
    """Three digits; two where the article retells the fact's, and only the scale word on the page is another.

    Or where the two are the largest amounts that either article states. Written equally fine, two amounts have the
    very digits, or they are two amounts: 56.2亿 and 56.3 million.
    """
    one, other = significant(figure.quantity), significant(line.fact.quantity)
    if min(one, other) >= TELLING:
        return one != other or _digits(figure.quantity) == _digits(line.fact.quantity)
    if not reading.retells(line):
        return False
    return any(is_written_alike(figure, w.figure) for w in line.readings) or _is_headed(reading, figure, line)


def _is_headed(reading: Reading, figure: Figure, line: Line) -> bool:
    """Whether both titles give the amount."""
    here = any(f.sentence == TITLE and f.quantity == figure.quantity for f in reading.figures)
    return here and any(w.figure.sentence == TITLE for w in line.readings)


def _is_said_again(reading: Reading, figure: Figure, line: Line) -> bool:
    """The very odd amount within weeks, of the same measure or of one where the fact has none, and of nobody else."""
    named = reading.is_named(figure) and line.measure not in reading.names.measures
    return (figure.measure == line.measure or named) and not figure.subject and _is_recent(reading, line)


def _is_recent(reading: Reading, line: Line) -> bool:
    return abs(reading.article.dates.published - line.fact.witnesses[-1].published) <= WEEKS


def _is_tied(reading: Reading, figure: Figure, line: Line) -> bool:
    """The fact's subject is named in the article, or the article retells the fact's; or neither has a name.

    Then both are news of the same weeks and measure, or the article repeats another amount of the fact's beside the
    very digits: among hundreds of amounts three equal digits alone are chance.
    """
    if line.subject and (
        figure.subject == line.subject or line.subject in reading.subjects or line.subject not in reading.names.within
    ):
        return True
    same_measure, unsaid = figure.measure == line.measure, not reading.is_named(figure)
    if (same_measure or unsaid) and reading.retells(line):
        return True
    nameless = same_measure and not line.subject and not figure.subject
    return (nameless or _is_beside(reading, figure, line)) and _is_recent(reading, line)


def _is_beside(reading: Reading, figure: Figure, line: Line) -> bool:
    """The very digits, beside another amount of an article that attests the fact: whatever either calls them."""
    return reading.touches(line) and _digits(figure.quantity) == _digits(line.fact.quantity)


def _digits(quantity: Quantity) -> tuple[int, ...]:
    return quantity.amount.normalize().as_tuple().digits


def _repeats(reading: Reading, line: Line, known: Shelf) -> bool:
    """Whether the article repeats other amounts of the fact's measure.

    Then it speaks of the same thing in other words.
    """
    told = {
        f.quantity.amount
        for f in reading.figures
        if f.quantity.kind is Kind.MONEY
        and significant(f.quantity) >= TELLING
        and any(
            k.measure == line.measure and k is not line and k.agreeing(f.quantity) for k in known.meeting((f.quantity,))
        )
    }
    return len(told) >= KIN
