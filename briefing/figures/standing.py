"""Where one figure stands against the ledger: the fact that it is about, and whether it agrees with it.

Facts are found by measure, subject and period where the words give them, and by their digits: three or more equal digits
of one unit are the same figure unless the words say otherwise. Digits alone never raise an alarm.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.figures.intervals import Relation, as_percent, power, relation, significant, unit_class
from briefing.figures.periods import last_day
from briefing.figures.stated import key_of
from briefing.model.article import Article
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Change, Figure, Kind, Quantity
from briefing.model.topic import Glossary

TELLING_DIGITS = 3  # '248' says more than '30'
_REVISED = re.compile(
    r"\b(?:correct(?:ed|ion|s)|revis(?:ed|ion|es)|amended|restated|trim(?:s|med)|lowered|raised|cut|not [\d.,]+ (?:million|billion)|instead of|rather than|had reached|has reached|now)\b"
    r"|更正|改为|修正|修订|误写|误为|应为|而非|不是|下调|上调|降至|增至|升至|调整|现价|已增|达到",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure's key, its status, the witness that it is judged against, and the power of ten of a slip."""

    key: str
    status: Status
    against: Witness | None = None
    power: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as it is looked up."""

    fact: Fact
    measure: str
    subject: str
    period: str
    unit_class: str

    @classmethod
    def of(cls, fact: Fact) -> "Line":
        measure, subject, period = (*fact.key.split("|"), "", "")[:3]
        return cls(fact, measure, subject, period, unit_class(fact.quantity))


class Index:
    """The facts by unit, in the order in which they came."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_unit: dict[str, dict[str, Line]] = {}
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        self.by_unit.setdefault(line.unit_class, {})[line.fact.key] = line

    def replace(self, line: Line) -> None:
        for lines in self.by_unit.values():
            if line.fact.key in lines:
                lines[line.fact.key] = replace(line, unit_class=lines[line.fact.key].unit_class)

    def of_unit(self, quantity: Quantity) -> list[Line]:
        return list(self.by_unit.get(unit_class(as_percent(quantity)), {}).values())

    def has(self, key: str) -> bool:
        return any(key in lines for lines in self.by_unit.values())


@dataclass(frozen=True, slots=True)
class Names:
    """Which names are known, and what each lies within."""

    within: dict[str, str]
    families: dict[str, str]

    @classmethod
    def of(cls, glossary: Glossary) -> "Names":
        by_key = {e.key: e.name.en for e in glossary.entities}
        within = {e.name.en: by_key.get(e.within, "") for e in glossary.entities}
        return cls(within, {m.key: m.family for m in glossary.measures})

    def same(self, one: str, other: str) -> bool:
        """Whether two subjects can be one: equal, unsaid, one within the other, or one not a known name."""
        if one == other or not one or not other or one not in self.within or other not in self.within:
            return True
        return self.within[one] == other or self.within[other] == one

    def is_known(self, subject: str) -> bool:
        return subject in self.within


def of_figure(article: Article, figures: tuple[Figure, ...], position: int, lines: Index, names: Names) -> Standing:
    """The standing of one figure of an article."""
    figure = figures[position]
    known = lines.of_unit(figure.quantity)
    agreeing = _agreeing(figure, known, names)
    if agreeing:
        return Standing(agreeing.fact.key, Status.CONFIRMED, _witness_of(agreeing, figure))
    slipped = _slipped(figure, known, names)
    if slipped:
        return Standing(
            slipped.fact.key,
            Status.SCALE_SLIP,
            slipped.fact.witnesses[0],
            power(figure.quantity, slipped.fact.quantity),
        )
    if not figure.measure:
        return Standing("", Status.UNBOUND)
    apart = _apart(article, figures, position, (known, names))
    return apart or Standing(_new_key(figure, lines), Status.NEW)


def between(one: Quantity, other: Quantity) -> tuple[Status, int]:
    """How a second reading of one key stands to the first."""
    how = relation(one, other)
    if how is Relation.SAME or how is Relation.OPEN:
        return Status.CONFIRMED, 0
    return (Status.SCALE_SLIP, power(other, one)) if how is Relation.SLIP else (Status.CONTRADICTED, 0)


def _new_key(figure: Figure, lines: Index) -> str:
    """The figure's own key; numbered when the key stands for another amount already."""
    key = key_of(figure)
    number = 2
    while lines.has(key):
        key = f"{key_of(figure)}#{number}"
        number += 1
    return key


# ---- agreement -----------------------------------------------------------------------------------------------------------
def _agreeing(figure: Figure, known: list[Line], names: Names) -> Line | None:
    """The fact that states the same, best match first; equal digits need the same measure unless they are telling."""
    best, score = None, Decimal(0)
    for line in known:
        if not any(relation(w.figure.quantity, figure.quantity) is Relation.SAME for w in _readings(line)):
            continue
        found = _likeness(figure, line, names)
        if found > score:
            best, score = line, found
    return best


def _readings(line: Line) -> list[Witness]:
    """One witness for each different reading of a fact; slips and repeats apart."""
    seen: dict[tuple[Decimal, Decimal], Witness] = {}
    for witness in line.fact.witnesses:
        if witness.status is not Status.SCALE_SLIP:
            seen.setdefault((witness.figure.quantity.low, witness.figure.quantity.high), witness)
    return list(seen.values())


def _witness_of(line: Line, figure: Figure) -> Witness:
    return next(
        (w for w in _readings(line) if relation(w.figure.quantity, figure.quantity) is Relation.SAME),
        line.fact.witnesses[0],
    )


def _likeness(figure: Figure, line: Line, names: Names) -> Decimal:
    """How sure it is that an agreeing figure is of this fact; 0 for no."""
    same_measure = bool(figure.measure) and figure.measure == line.measure
    same_subject = names.same(figure.subject, line.subject)
    equal_subject = bool(figure.subject) and figure.subject == line.subject
    same_period = not figure.period or not line.period or _overlap(figure.period, line.period)
    telling = significant(figure.quantity) >= TELLING_DIGITS and significant(line.fact.quantity) >= TELLING_DIGITS
    if not same_measure and not (
        telling and figure.quantity.kind is Kind.MONEY and not _both_known(figure, line, names)
    ):
        return Decimal(0)
    if not same_subject and not telling:
        return Decimal(0)
    return Decimal(1) + 4 * same_measure + 2 * equal_subject + same_subject + same_period + telling


def _both_known(figure: Figure, line: Line, names: Names) -> bool:
    """Two measures of the glossary: the words say that they are different things."""
    return figure.measure in names.families and line.measure in names.families


def _overlap(one: str, other: str) -> bool:
    return one[:4] == other[:4] or last_day(one)[:7] == last_day(other)[:7] or one in other or other in one


# ---- slips -----------------------------------------------------------------------------------------------------------------
def _slipped(figure: Figure, known: list[Line], names: Names) -> Line | None:
    """The fact whose digits this figure has, a power of ten away: same measure, or an unnamed one beside the same subject."""
    quantity = figure.quantity
    if (
        quantity.kind is not Kind.MONEY
        or significant(quantity) < TELLING_DIGITS
        or quantity.change in {Change.UP_BY, Change.DOWN_BY}
    ):
        return None
    best, score = None, 0
    for line in known:
        if not power(quantity, line.fact.quantity) or significant(line.fact.quantity) < TELLING_DIGITS:
            continue
        if line.measure != figure.measure and _both_known(figure, line, names):
            continue
        if not names.same(figure.subject, line.subject):
            continue
        found = 1 + 2 * (line.measure == figure.measure) + (figure.subject == line.subject)
        if found > score:
            best, score = line, found
    return best


# ---- changed or contradicted -------------------------------------------------------------------------------------------------
def _apart(
    article: Article, figures: tuple[Figure, ...], position: int, context: tuple[list[Line], Names]
) -> Standing | None:
    """A later state of a known fact, a revision, or a contradiction; only for figures whose words tie them to it."""
    figure = figures[position]
    known, names = context
    related = [
        line
        for line in known
        if line.measure == figure.measure
        and names.same(figure.subject, line.subject)
        and line.measure in names.families
    ]
    if not related:
        return None
    revised = _revised(article, figures, position, related)
    if revised:
        return revised
    for line in reversed(related):
        if figure.quantity.kind not in {Kind.MONEY, Kind.PERCENT} or not _comparable(figure, line):
            continue
        if not figure.period or not line.period or figure.subject != line.subject:
            continue
        if last_day(figure.period) > last_day(line.period) and _is_day(figure.period) and _is_day(line.period):
            return Standing(key_of(figure), Status.CHANGED, line.fact.witnesses[-1])
        if figure.period == line.period and relation(figure.quantity, line.fact.quantity) is Relation.APART:
            return Standing(line.fact.key, Status.CONTRADICTED, line.fact.witnesses[-1])
    return None


def _comparable(figure: Figure, line: Line) -> bool:
    """Within a factor of four: a part of a total is no new state of it."""
    amount, known = figure.quantity.amount, line.fact.quantity.amount
    return bool(known) and Decimal("0.2") < abs(amount / known) < 5 if known else False  # noqa: PLR2004 - a factor of five either way


def _is_day(period: str) -> bool:
    return len(last_day(period)) >= len("2024-08")


def _revised(article: Article, figures: tuple[Figure, ...], position: int, related: list[Line]) -> Standing | None:
    """'168.9 million, not 171.5 million': the sentence states a known reading and says that it was revised."""
    figure = figures[position]
    sentence = next((s.text for s in article.sentences if s.number == figure.sentence), "")
    if not _REVISED.search(sentence):
        return None
    beside = [f for f in figures if f.sentence == figure.sentence and f is not figure]
    for line in reversed(related):
        if any(relation(f.quantity, line.fact.quantity) is Relation.SAME for f in beside):
            return Standing(key_of(figure), Status.CHANGED, line.fact.witnesses[-1])
    return None
