"""Where one figure stands against the ledger: the fact that it is about, and whether it agrees with it.

Facts are found by measure, subject and period where the words give them, and by their digits: three or more equal digits
of one unit are the same figure unless the words say otherwise. Digits alone never raise an alarm.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from briefing.figures import periods, retelling
from briefing.figures.book import Index, Line, Reading
from briefing.figures.intervals import Relation, agree, power, relation, significant, unit_class
from briefing.figures.pattern import Pattern
from briefing.figures.stated import key_of
from briefing.model.fact import Status, Witness
from briefing.model.figure import Change, Figure, Kind, Quantity

TELLING = 3  # digits: '248' says more than '30'
SOME = 2
SERIES_MONTHS = 6  # further apart, two amounts of one measure are two events
WEEKS = timedelta(days=45)
KIN = 2  # other figures of the article that agree with facts of one measure
REVISED = Pattern(
    r"\b(?:correct(?:ed|ion|s)|revis(?:ed|ion|es)|amended|restated|trim(?:s|med)|lowered|raised|cut|instead of|rather than|(?:had|has) reached|not [\d.,]+ (?:m|b))"
    r"|更正|改为|修正|修订|误写|误为|应为|而非|不是|下调|上调|降至|增至|升至|调整|现价|已增",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure's key, its status, the witness that it is judged against, and the power of ten of a slip."""

    key: str
    status: Status
    against: Witness | None = None
    power: int = 0


def of_figure(reading: Reading, position: int, index: Index) -> Standing:
    """The standing of one figure of an article."""
    figure = reading.figures[position]
    known = index.of_unit(figure.quantity)
    agreeing = _agreeing(reading, figure, reading.met[position])
    if agreeing:
        return Standing(agreeing.fact.key, Status.CONFIRMED, agreeing.agreeing(figure.quantity))
    odd = _odd(reading, figure, known)
    if odd:
        return odd
    slipped = _slipped(reading, figure, known)
    if slipped:
        twin = retelling.alike(reading, position, slipped)
        if twin:
            return Standing(twin.fact.key, Status.CONFIRMED, twin.agreeing(figure.quantity))
        return Standing(
            slipped.fact.key,
            Status.SCALE_SLIP,
            slipped.fact.witnesses[0],
            power(figure.quantity, slipped.fact.quantity),
        )
    if not figure.measure:
        return Standing("", Status.UNBOUND)
    return _apart(reading, figure, known) or Standing(_new_key(figure, index), Status.NEW)


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
    if not is_same and not retold and not _by_digits(reading, figure, line, digits):
        return 0
    same_period = bool(figure.period and line.period) and _near(figure.period, line.period)
    current = agree(line.fact.quantity, figure.quantity)
    return 1 + 4 * same_measure + 3 * equal_subject + 3 * retold + may_be + 2 * same_period + current


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


def _odd(reading: Reading, figure: Figure, known: list[Line]) -> Standing | None:
    """A slip or a contradicting reading told again is still one."""
    for line in reversed(known):
        witness = line.odd(figure.quantity)
        if (
            witness
            and significant(figure.quantity) >= TELLING
            and reading.may_be_of(figure, line)
            and _is_tied(reading, figure, line)
        ):
            first = line.fact.quantity
            return Standing(
                line.fact.key,
                witness.status,
                line.readings[0] if line.readings else witness,
                power(figure.quantity, first),
            )
    return None


# ---- slips -----------------------------------------------------------------------------------------------------------------
def _slipped(reading: Reading, figure: Figure, known: list[Line]) -> Line | None:
    """The fact whose digits this figure has, a power of ten away.

    And whose right reading the article does not state.
    """
    quantity = figure.quantity
    if (
        quantity.kind is not Kind.MONEY
        or significant(quantity) < TELLING
        or quantity.change in {Change.UP_BY, Change.DOWN_BY}
    ):
        return None
    scored = [
        (_slip_score(reading, figure, line, known), line) for line in known if power(quantity, line.fact.quantity)
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best if score else None


def _slip_score(reading: Reading, figure: Figure, line: Line, known: list[Line]) -> int:
    """How surely a figure is a slip of a fact; 0 for no."""
    if significant(line.fact.quantity) < TELLING or not reading.may_be_of(figure, line):
        return 0
    same_measure = figure.measure == line.measure
    told = any(f.quantity.kind is Kind.MONEY and line.agreeing(f.quantity) for f in reading.figures)
    other = not same_measure and reading.is_named(figure) and not _repeats(reading, line, known)
    if told or other or not _is_tied(reading, figure, line):
        return 0
    return 1 + 2 * same_measure + (figure.subject == line.subject)


def _is_tied(reading: Reading, figure: Figure, line: Line) -> bool:
    """The fact's subject is named in the article, or the article retells the fact's; or neither has a name.

    Then both are news of the same weeks and measure, or the article repeats another amount of the fact's beside the very
    digits: among hundreds of amounts three equal digits alone are chance.
    """
    if line.subject and (
        figure.subject == line.subject or line.subject in reading.subjects or line.subject not in reading.names.within
    ):
        return True
    same_measure, unsaid = figure.measure == line.measure, not reading.is_named(figure)
    if (same_measure or unsaid) and reading.retells(line):
        return True
    very = unsaid and reading.touches(line) and _digits(figure.quantity) == _digits(line.fact.quantity)
    apart = abs(reading.article.dates.published - line.fact.witnesses[-1].published)
    return not line.subject and not figure.subject and (same_measure or very) and apart <= WEEKS


def _digits(quantity: Quantity) -> tuple[int, ...]:
    return quantity.amount.normalize().as_tuple().digits


def _repeats(reading: Reading, line: Line, known: list[Line]) -> bool:
    """Whether the article repeats other amounts of the fact's measure.

    Then it speaks of the same thing in other words.
    """
    others = [k for k in known if k.measure == line.measure and k is not line]
    told = {
        f.quantity.amount
        for f in reading.figures
        if f.quantity.kind is Kind.MONEY
        and significant(f.quantity) >= TELLING
        and any(k.agreeing(f.quantity) for k in others)
    }
    return len(told) >= KIN


# ---- changed or contradicted -------------------------------------------------------------------------------------------------
def _apart(reading: Reading, figure: Figure, known: list[Line]) -> Standing | None:
    """A later state of a known fact, a revision, or a contradiction; only for figures whose words tie them to it."""
    if figure.measure not in reading.names.measures or figure.quantity.low != figure.quantity.high:
        return None
    related = [
        k
        for k in known
        if k.measure == figure.measure
        and reading.names.same(figure.subject, k.subject)
        and not k.is_of(reading.article.id)
    ]
    for line in reversed(related):
        if relation(figure.quantity, line.fact.quantity) is Relation.APART and _is_revised(reading, figure, line):
            return Standing(line.fact.key, Status.CHANGED, line.fact.witnesses[-1])
    for line in reversed(related):
        if _comparable(figure, line) and relation(figure.quantity, line.fact.quantity) is Relation.APART:
            status = _by_time(reading, figure, line)
            if status:
                return Standing(line.fact.key, status, line.fact.witnesses[-1])
    return None


def _by_time(reading: Reading, figure: Figure, line: Line) -> Status | None:
    """Later is changed, the same time is contradicted; where a time is missing, only 'reached' and the like say changed."""
    if not (reading.is_about(figure, line) or reading.retells(line)):
        return None
    if periods.is_later(figure.period, line.period):
        if periods.months_between(figure.period, line.period) > SERIES_MONTHS:
            return None
        return Status.CHANGED if reading.is_named(figure) or figure.quantity.kind is Kind.MONEY else None
    if figure.quantity.kind is Kind.COUNT or not figure.sure or not reading.is_about(figure, line):
        return None
    if periods.same_time(figure.period, line.period):
        return Status.CONTRADICTED
    reached = figure.quantity.change is Change.TO and not figure.period
    return Status.CHANGED if reached else None


def _comparable(figure: Figure, line: Line) -> bool:
    """Within a factor of five: a part of a total is no new state of it."""
    amount, known = figure.quantity.amount, line.fact.quantity.amount
    return bool(known) and Decimal("0.2") < amount / known < Decimal(5)


def _is_revised(reading: Reading, figure: Figure, line: Line) -> bool:
    """'168.9 million, not 171.5 million': a sentence states a known reading beside this one, and that it was revised."""
    alike = [f for f in reading.figures if f.measure == figure.measure and f.quantity == figure.quantity]
    for mention in alike:
        if REVISED.search(reading.sentences.get(mention.sentence, "")):
            there = [f for f in reading.figures if f.sentence == mention.sentence and _is_like(f, mention)]
            at = there.index(mention)
            if any(agree(f.quantity, line.fact.quantity) for f in there[max(0, at - 1) : at + 2] if f is not mention):
                return True
    return False


def _is_like(one: Figure, other: Figure) -> bool:
    return unit_class(one.quantity) == unit_class(other.quantity)


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
