"""Where one figure stands against the ledger: the fact that it is about, and whether it agrees with it.

Facts are found by measure, subject and period where the words give them, and by their digits: three or more equal digits
of one unit are the same figure unless the words say otherwise. Digits alone never raise an alarm.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

from dataclasses import dataclass

from briefing.figures import corrections, growth, periods, retelling, slips, turns
from briefing.figures.book import Index, Line, Reading, Shelf
from briefing.figures.intervals import Relation, agree, power, relation, significant
from briefing.figures.stated import key_of
from briefing.model.fact import Status, Witness
from briefing.model.figure import Figure, Kind, Quantity

TELLING = 3  # digits: '248' says more than '30'
SOME = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure's key, its status, the witness that it is judged against, and the power of ten of a slip."""

    key: str
    status: Status
    against: Witness | None = None
    power: int = 0


def of_figure(reading: Reading, position: int, index: Index) -> Standing:
    """The standing of one figure of an article."""
    known = index.of_unit(reading.figures[position].quantity)
    found = _as_known(reading, position) or _as_corrected(reading, position, known)
    found = found or _as_odd(reading, position, known) or as_turned(reading, position, index)
    if found:
        return found
    figure = reading.figures[position]
    return Standing(_new_key(figure, index), Status.NEW) if figure.measure else Standing("", Status.UNBOUND)


def _as_known(reading: Reading, position: int) -> Standing | None:
    figure = reading.figures[position]
    agreeing = _agreeing(reading, figure, reading.met[position])
    return Standing(agreeing.fact.key, Status.CONFIRMED, agreeing.agreeing(figure.quantity)) if agreeing else None


def _as_corrected(reading: Reading, position: int, known: Shelf) -> Standing | None:
    found = corrections.corrected(reading, position, known)
    return Standing(found[0].fact.key, Status.CHANGED, found[1]) if found else None


def _as_odd(reading: Reading, position: int, known: Shelf) -> Standing | None:
    """An odd reading told again, or a slip, unless somebody else states the very amount."""
    figure = reading.figures[position]
    again = slips.odd(reading, figure, known)
    if again:
        line, witness = again
        first = line.readings[0] if line.readings else witness
        return Standing(line.fact.key, witness.status, first, power(figure.quantity, line.fact.quantity))
    slipped = slips.slipped(reading, figure, known)
    if slipped is None:
        return None
    twin = retelling.alike(reading, position, slipped)
    if twin:
        return Standing(twin.fact.key, Status.CONFIRMED, twin.agreeing(figure.quantity))
    slip = power(figure.quantity, slipped.fact.quantity)
    right = (w for w in slipped.fact.witnesses if agree(w.figure.quantity, slipped.fact.quantity))
    return Standing(slipped.fact.key, Status.SCALE_SLIP, next(right, slipped.fact.witnesses[0]), slip)


def as_turned(reading: Reading, position: int, index: Index) -> Standing | None:
    """Changed or contradicted, where the words or the times say so."""
    figure = reading.figures[position]
    known = index.of_unit(figure.quantity)
    turned = turns.owned(reading, figure, known) or turns.apart(reading, figure, known)
    line, status = turned or (growth.grown(reading, figure, known), Status.CHANGED)
    return Standing(line.fact.key, status, line.fact.witnesses[-1]) if line else None


def between(one: Quantity, other: Quantity) -> tuple[Status, int]:
    """How a second reading of one key stands to the first."""
    how = relation(one, other)
    if how in {Relation.SAME, Relation.OPEN}:
        return Status.CONFIRMED, 0
    return (Status.SCALE_SLIP, power(other, one)) if how is Relation.SLIP else (Status.CONTRADICTED, 0)


def _new_key(figure: Figure, index: Index) -> str:
    """The figure's own key; numbered when the key stands for another amount already."""
    key, number = key_of(figure), 2
    while key in index.keys:
        key, number = f"{key_of(figure)}#{number}", number + 1
    index.keys.add(key)
    return key


# ---- agreement -----------------------------------------------------------------------------------------------------------
def _agreeing(reading: Reading, figure: Figure, met: tuple[Line, ...]) -> Line | None:
    """Of the facts that state the same amount the best match; equal digits need the same measure unless they are telling."""
    best, score = None, 0
    for line in met:
        found = _likeness(reading, figure, line)
        if found > score:
            best, score = line, found
    return best


def _likeness(reading: Reading, figure: Figure, line: Line) -> int:
    """How sure it is that an agreeing figure is of this fact; 0 for no."""
    same_measure = bool(figure.measure) and figure.measure == line.measure
    equal_subject = bool(figure.subject) and figure.subject == line.subject
    may_be = reading.may_be_of(figure, line)
    digits = min(significant(figure.quantity), significant(line.fact.quantity))
    same_month = periods.same_time(figure.period, line.period)
    is_same = same_measure and (may_be or digits >= TELLING or same_month)
    retold = retelling.repeats(reading, figure, line, digits)
    if not retold and figure.quantity.kind is Kind.COUNT and digits < SOME and not _is_about_it(reading, figure, line):
        return 0
    if not is_same and not retold and not _by_digits(reading, figure, line, digits):
        return 0
    same_period = bool(figure.period and line.period) and _near(figure.period, line.period)
    current = agree(line.fact.quantity, figure.quantity)
    return 1 + 4 * same_measure + 3 * equal_subject + 3 * retold + may_be + 2 * same_period + current


def _is_about_it(reading: Reading, figure: Figure, line: Line) -> bool:
    """Whether the article names the fact's subject: 'three units' of one town are not those of another."""
    known = line.subject in reading.names.within
    return not known or figure.subject == line.subject or line.subject in reading.subjects


def _by_digits(reading: Reading, figure: Figure, line: Line, digits: int) -> bool:
    """Whether the digits tell it where the words do not: never against a measure that both are sure of."""
    if not reading.may_be_of(figure, line):
        return False
    named = reading.is_named(figure) and line.measure in reading.names.measures
    equal_subject = bool(figure.subject) and figure.subject == line.subject
    if figure.quantity.kind in {Kind.MONEY, Kind.PERCENT}:
        if named:
            return False
        return digits >= TELLING or (digits >= SOME and equal_subject)
    known = line.measure in reading.names.measures
    return not named and equal_subject and (digits >= SOME or (known and figure.quantity.kind is Kind.DURATION))


def _near(one: str, other: str) -> bool:
    return one[:4] == other[:4] or periods.same_time(one, other) or one in other or other in one


def merged(standings: list[Standing]) -> Standing:
    """What the mentions of one amount of one measure say together: the most telling wins."""
    return min(standings, key=lambda s: ORDER[s.status])


ORDER = {
    Status.CONFIRMED: 0,
    Status.AGAIN: 0,
    Status.SCALE_SLIP: 1,
    Status.CHANGED: 2,
    Status.CONTRADICTED: 3,
    Status.NEW: 4,
    Status.UNBOUND: 5,
}
