"""A later state of what an earlier article stated: a sentence sets the two beside each other, or both name one thing.

'2,730 companies, up from 1,120' needs no name of a measure, and neither does a count of 登记资源 by the end of another
month in one story.
"""

from collections.abc import Iterator

from briefing.figures import periods, turns
from briefing.figures.book import Line, Reading, Shelf
from briefing.figures.intervals import Relation, is_comparable, is_exact, relation, significant
from briefing.model.figure import Change, Figure, Kind

TELLING, SOME = 3, 2  # digits
KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT})
LIKE = 0.6  # of the pairs of characters, or of the words, of two phrases: they name one thing


def grown(reading: Reading, figure: Figure, known: Shelf) -> Line | None:
    """The fact that this figure carries on, whatever its measure is called."""
    if not is_exact(figure.quantity) or figure.quantity.kind not in KINDS:
        return None
    return next(_from(reading, figure, known), None) or next(_in_its_story(reading, figure, known), None)


def _from(reading: Reading, figure: Figure, known: Shelf) -> Iterator[Line]:
    """Facts with the reading from which the sentence says that this one came."""
    for older in reading.figures:
        beside = older.sentence == figure.sentence and older.quantity.change is Change.FROM
        if beside and is_exact(older.quantity) and is_comparable(older.quantity, figure.quantity):
            for line in known.meeting((older.quantity,)):
                tied = reading.retells(line) or (line.measure == figure.measure and reading.may_be_of(figure, line))
                telling = significant(older.quantity) >= TELLING and reading.touches(line)
                if line.agreeing(older.quantity) and (tied or telling) and _is_later(reading, figure, line):
                    yield line


def _in_its_story(reading: Reading, figure: Figure, known: Shelf) -> Iterator[Line]:
    """Facts of an article on the same events, of another day and of a phrase that names the same thing."""
    if significant(figure.quantity) < SOME or figure.measure in reading.names.measures or not figure.period:
        return
    for line in reversed(known.of_articles(reading.retold | reading.beside)):
        if line.measure not in reading.names.measures and periods.is_later(figure.period, line.period):
            alike = _likeness(figure.measure, line.measure) >= LIKE
            if alike and reading.names.same(figure.subject, line.subject) and _is_later(reading, figure, line):
                yield line


def _is_later(reading: Reading, figure: Figure, line: Line) -> bool:
    """Another amount of the same order, attested by somebody else, and not of another year."""
    usable = not line.is_of(reading.article.id) and not line.is_refuted
    apart = relation(figure.quantity, line.fact.quantity) is Relation.APART
    of_its_order = line.is_within(figure.quantity, turns.PART)
    fits = usable and apart and of_its_order and not reading.names.rivals(figure.measure, line.measure)
    return fits and _is_of_one_series(figure.period, line.period)


def _is_of_one_series(period: str, older: str) -> bool:
    """Months apart at most; the amounts of two years are two figures."""
    ends = periods.last_day(period), periods.last_day(older)
    if min(map(len, ends)) >= len("2024-08"):
        return periods.months_between(period, older) <= periods.SERIES_MONTHS
    return not all(ends) or ends[0][:4] == ends[1][:4]


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters (Chinese) or of words that two phrases have in common, of the shorter."""
    first, second = _grams(one), _grams(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _grams(phrase: str) -> set[str]:
    return set(phrase.split()) if phrase.isascii() else {phrase[i : i + 2] for i in range(len(phrase) - 1)}
