"""What was known and is told anew: a later state, a revision that somebody owns up to, another party's own count.

A contradiction is said only where the times are the same, or where the words themselves say that two counts differ.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from briefing.figures import periods
from briefing.figures.book import Line, Reading, Shelf
from briefing.figures.intervals import Relation, agree, is_comparable, is_exact, relation, significant, unit_class
from briefing.figures.pattern import Pattern
from briefing.figures.recorded import BASELINE
from briefing.model.fact import Status
from briefing.model.figure import Change, Figure, Kind, Quantity

PART = Decimal(5)  # a part of a total is no new state of it
SOME = 2  # digits
NEAR = Decimal(2)  # a revision or another count is of the same order
REVISED = Pattern(
    r"\b(?:correct(?:ed|ion|s)|revis(?:ed|ion|es)|amended|restated|trim(?:s|med)|lowered|raised|cut|instead of|rather than|(?:had|has) reached|not [\d.,]+ (?:m|b))"
    r"|更正|改为|修正|修订|误写|误为|应为|而非|不是|下调|上调|降至|增至|升至|调整|现价|已增",
    re.IGNORECASE,
)
EARLIER = Pattern(  # a sentence that only recalls what was said before
    r"\b(?:(?:earlier|previous|first|original|initial) (?:version|report|figure|count|tally|estimate|total|reading)|previously (?:said|reported|published|given|announced|put)|had (?:said|reported|put)|originally (?:said|reported|put)|the (?:figure|number|total|tally|count|amount) (?:was|had been|had stood|stood)(?: only| just)?(?: at)?)\b"
    r"|(?:此前|先前|之前|早前|上次|原先|最初|初次)(?:的)?(?:公布|通报|报道|发布|披露|数据|数字|统计|口径|版本)|(?:数字|数据|金额|总额)(?:还|尚|仅|当时)(?:是|为|只有)",
    re.IGNORECASE,
)
AFTER = Pattern(
    r"\b(?:after the (?:correction|revision|adjustment|change)|(?:now|is|are|been|was|were) (?:revised|corrected|restated|adjusted)|revised (?:figure|total|number))\b"
    r"|(?:调整|修正|更正|修订|核减|核增|重算)(?:以|之)?后|(?:调整|修正|更正|改|修订)为",
    re.IGNORECASE,
)
DISPUTED = Pattern(
    r"\b(?:(?:his|her|its|their|my|our|whose|a rival|an independent|a separate) (?:own )?(?:count|tally|reckoning|calculation)s?|depends on (?:whom|who) (?:one|you) asks?|disput(?:es|ed) (?:the|that|this)|at odds with|do(?:es)? not (?:match|agree|tally) (?:with )?)"
    r"|说法不一|各执一词|(?:并不|不)(?:一致|相符)|另一种说法|自行统计|自己(?:统计|清点|算)|自己的统计|有出入|统计口径不同",
    re.IGNORECASE,
)
TWO_SAID = Pattern(  # words that say so only where both amounts stand beside them
    r"\b(?:disput(?:es|ed) (?:how|what|whether)|(?:real|true|actual|proper) (?:figure|number|amount|sum|total) (?:is|was)|neither side|both sides|reconcil\w+)"
    r"|对不上|两本账|两个(?:数字?|结果|版本|答案)|(?:写|得出|给出|数出|报出?|算出)的?却是?|各说各话",
    re.IGNORECASE,
)


# ---- owned up to, or disputed ------------------------------------------------------------------------------------------------
def owned(reading: Reading, figure: Figure, known: Shelf) -> tuple[Line, Status] | None:
    """What the words set beside an older reading, whether or not they name the measure."""
    quantity = figure.quantity
    if quantity.low != quantity.high or quantity.kind not in {Kind.MONEY, Kind.COUNT} or quantity.change in _MOVES:
        return None
    if not quantity.amount:
        return None
    words, around = _around(reading, figure), _around(reading, figure, after=2)
    if DISPUTED.search(around) or (TWO_SAID.search(around) and not REVISED.search(words)):
        told = _told_beside(reading, figure)
        stated = [line for line in known.meeting(told) if any(map(line.agreeing, told))]
        beside = [line for line in stated if _may_be_anew(reading, figure, line) and _is_telling(figure, line)]
        if len({line.fact.quantity.amount for line in beside}) == 1:
            return beside[0], Status.CONTRADICTED
    recalled = [old.quantity for old in _recalled(reading, figure)]
    met = (line for line in known.meeting(recalled) if any(agree(old, line.fact.quantity) for old in recalled))
    anew = next((line for line in met if _may_be_anew(reading, figure, line)), None)
    if anew:
        return anew, Status.CHANGED
    for pattern, status in ((AFTER, Status.CHANGED), (DISPUTED, Status.CONTRADICTED)):
        if pattern.search(words) and (status is Status.CHANGED or not _has_both(_told_beside(reading, figure))):
            fit = _unsaid(reading, figure, known, status)
            if len({line.fact.quantity.amount for line in fit}) == 1:
                return fit[0], status
    return None


def _unsaid(reading: Reading, figure: Figure, known: Shelf, status: Status) -> list[Line]:
    """The older readings of one event that the article itself does not state."""
    return [
        line
        for line in known.of_articles(reading.retold | reading.touched)
        if _is_of_one_event(reading, figure, line, status)
        and _may_be_anew(reading, figure, line)
        and not _is_told(reading, line)
    ]


_MOVES = frozenset({Change.UP_BY, Change.DOWN_BY, Change.FROM})


def _may_be_anew(reading: Reading, figure: Figure, line: Line) -> bool:
    """Another reading of about the size, of the same unit, in words that do not name two measures."""
    one, other = figure.quantity, line.fact.quantity
    if (
        line.is_of(reading.article.id)
        or line.is_refuted
        or not line.is_within(figure.quantity, NEAR)
        or not is_comparable(one, other)
    ):
        return False
    named = reading.is_named(figure) and line.measure in reading.names.measures
    return (
        relation(one, other) is Relation.APART
        and not reading.names.rivals(figure.measure, line.measure)
        and reading.may_be_of(figure, line)
        and (figure.measure == line.measure or not named)
    )


def _is_telling(figure: Figure, line: Line) -> bool:
    """'Two' beside 'three' disputes nothing unless both are said to count the same."""
    return significant(figure.quantity) >= SOME or figure.measure == line.measure


def _recalled(reading: Reading, figure: Figure) -> Iterator[Figure]:
    """The older reading of a figure, where the sentence before or after recalls it: the nearest in size."""
    for number in _beside(reading, figure):
        if EARLIER.search(reading.sentences.get(number, "")):
            there = [f for f in reading.figures if f.sentence == number and _is_older(f, figure)]
            there = [f for f in there if _is_first(reading, figure, f)]
            yield from sorted(there, key=lambda f: abs(f.quantity.amount / figure.quantity.amount - 1))[:1]


def _is_first(reading: Reading, figure: Figure, older: Figure) -> bool:
    """Whether the figure is the first of its sentence that can carry the older one on: its parts come after a total."""
    there = (f for f in reading.figures if f.sentence == figure.sentence and _is_like(f, figure))
    near = (f for f in there if older.quantity.amount / NEAR < f.quantity.amount < older.quantity.amount * NEAR)
    first = next(near, figure)
    return first.quantity.amount == figure.quantity.amount


def _is_older(one: Figure, figure: Figure) -> bool:
    enough = significant(one.quantity) >= SOME or (one.measure == figure.measure != "")
    return enough and is_exact(one.quantity) and is_comparable(one.quantity, figure.quantity)


def _is_told(reading: Reading, line: Line) -> bool:
    return any(line.agreeing(f.quantity) for f in reading.figures if is_comparable(f.quantity, line.fact.quantity))


def _is_of_one_event(reading: Reading, figure: Figure, line: Line, status: Status) -> bool:
    """Of an article on the same events; a revised part also of the same time, another's count of no other time."""
    if not is_exact(line.fact.quantity) or not is_exact(figure.quantity):
        return False
    if status is Status.CHANGED:
        return reading.retells(line) and bool(figure.period) and figure.period == line.period
    other_time = periods.is_later(figure.period, line.period) or periods.is_later(line.period, figure.period)
    tied = reading.retells(line) or (reading.touches(line) and line.fact.first_issue != BASELINE)
    return tied and not other_time


def _mentions(reading: Reading, figure: Figure) -> list[int]:
    """The sentences that state this amount."""
    return [f.sentence for f in reading.figures if f.quantity.amount == figure.quantity.amount and _is_like(f, figure)]


def _beside(reading: Reading, figure: Figure) -> list[int]:
    """Those right before and after them."""
    return [n for sentence in _mentions(reading, figure) for n in (sentence - 1, sentence + 1)]


def _told_beside(reading: Reading, figure: Figure) -> list[Quantity]:
    """What the figure's own sentence and those beside it state, of its unit."""
    there = {*_mentions(reading, figure), *_beside(reading, figure)}
    return [
        f.quantity
        for f in reading.figures
        if f.sentence in there and _is_like(f, figure) and f.quantity.amount != figure.quantity.amount
    ]


def _has_both(told: list[Quantity]) -> bool:
    """Whether both sides of a dispute stand there already: a third amount beside them is of something else."""
    amounts = sorted({abs(quantity.amount) for quantity in told if quantity.amount})
    return any(more < NEAR * less for less, more in pairwise(amounts))


def _around(reading: Reading, figure: Figure, after: int = 0) -> str:
    """The sentences of a figure, each with the one before it and as many after it as asked for."""
    numbers = (n for sentence in _mentions(reading, figure) for n in range(sentence - 1, sentence + 1 + after))
    return " ".join(reading.sentences.get(n, "") for n in numbers)


# ---- by measure and time -----------------------------------------------------------------------------------------------------
def apart(reading: Reading, figure: Figure, known: Shelf) -> tuple[Line, Status] | None:
    """A later state of a known fact, a revision, or a contradiction; only for figures whose words tie them to it."""
    if figure.measure not in reading.names.measures or figure.quantity.low != figure.quantity.high:
        return None
    revised = _revised(reading, figure)
    met = (k for k in reversed(known.meeting(revised)) if any(agree(q, k.fact.quantity) for q in revised))
    older = next((line for line in met if _is_apart(reading, figure, line)), None)
    if older:
        return older, Status.CHANGED
    subjects = (figure.subject,) if figure.subject else reading.subjects
    for line in reversed(known.of_subjects(figure.measure, subjects, reading.retold)):
        tied = reading.is_about(figure, line) or reading.retells(line)
        status = _by_time(reading, figure, line) if tied and line.is_within(figure.quantity, PART) else None
        if status and _is_apart(reading, figure, line):
            return line, status
    return None


def _is_apart(reading: Reading, figure: Figure, line: Line) -> bool:
    """Of one measure and perhaps one subject, attested by somebody else, and not the same amount."""
    return (
        line.measure == figure.measure
        and reading.names.same(figure.subject, line.subject)
        and not line.is_of(reading.article.id)
        and relation(figure.quantity, line.fact.quantity) is Relation.APART
    )


def _by_time(reading: Reading, figure: Figure, line: Line) -> Status | None:
    """Later is changed, the same time is contradicted; where a time is missing, only 'reached' and the like say changed."""
    if periods.is_later(figure.period, line.period):
        if periods.months_between(figure.period, line.period) > periods.SERIES_MONTHS:
            return None
        return Status.CHANGED if reading.is_named(figure) or figure.quantity.kind is Kind.MONEY else None
    if figure.quantity.kind is Kind.COUNT or not figure.sure or not reading.is_about(figure, line):
        return None
    if periods.same_time(figure.period, line.period):
        return Status.CONTRADICTED
    reached = figure.quantity.change is Change.TO and not figure.period
    return Status.CHANGED if reached else None


def _revised(reading: Reading, figure: Figure) -> list[Quantity]:
    """'168.9 million, not 171.5 million': what a sentence states beside this one, and that it was revised."""
    found: list[Quantity] = []
    alike = [f for f in reading.figures if f.measure == figure.measure and f.quantity == figure.quantity]
    for mention in alike:
        if REVISED.search(reading.sentences.get(mention.sentence, "")):
            there = [f for f in reading.figures if f.sentence == mention.sentence and _is_like(f, mention)]
            at = there.index(mention)
            found += [f.quantity for f in there[max(0, at - 1) : at + 2] if f is not mention]
    return found


def _is_like(one: Figure, other: Figure) -> bool:
    return unit_class(one.quantity) == unit_class(other.quantity)
