"""The ledger as it is looked up while an article is placed: facts by unit, names, and what the article itself says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from briefing.figures import periods
from briefing.figures.intervals import agree, as_percent, narrow, unit_class
from briefing.model.article import Article
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.topic import EntityKind, Glossary

ODD = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED})
STEPS = 100  # of a power of ten, on the logarithm: a slip keeps its digits within a quarter of one
WIDEST = 100  # a reading that spans more of them is looked at whatever is asked
SLACK = 1e-6  # of a step: floats say where to look, never what is found


def _bucket(quantity: Quantity) -> str:
    """Where a quantity is looked up: counts together, since nouns and languages differ."""
    return "count" if quantity.kind is Kind.COUNT else unit_class(as_percent(quantity))


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as it is looked up; its period is that of its newest reading."""

    fact: Fact
    measure: str
    subject: str
    period: str
    unit_class: str

    @classmethod
    def of(cls, fact: Fact) -> "Line":
        measure, subject, period = (*fact.key.split("|"), "", "")[:3]
        newest = max(
            (w.figure.period for w in fact.witnesses if w.status is Status.CHANGED), key=periods.last_day, default=""
        )
        return cls(fact, measure, subject, newest or period.partition("#")[0], _bucket(fact.quantity))

    def is_within(self, quantity: Quantity, factor: Decimal) -> bool:
        """Whether the amount is of the fact's order: less than so many times more or less."""
        known = self.fact.quantity.amount
        return bool(known) and 1 / factor < quantity.amount / known < factor

    def is_of(self, article: str) -> bool:
        """Whether only this article attests it: an article does not change or contradict itself."""
        return all(w.article == article for w in self.fact.witnesses)

    @property
    def is_refuted(self) -> bool:
        """Whether nobody states it but who was found to be odd: nothing is measured against it."""
        return all(w.status in ODD for w in self.fact.witnesses)

    @property
    def readings(self) -> list[Witness]:
        """One witness for each different reading; slips apart."""
        seen: dict[tuple[Decimal, Decimal], Witness] = {}
        for witness in self.fact.witnesses:
            if witness.status not in ODD:
                seen.setdefault((witness.figure.quantity.low, witness.figure.quantity.high), witness)
        return list(seen.values())

    def odd(self, quantity: Quantity) -> Witness | None:
        """A witness that stood apart from the others when it came, and whose reading this is."""
        if agree(self.fact.quantity, quantity) and not self.is_refuted:
            return None
        return next(
            (w for w in self.fact.witnesses if w.status in ODD and agree(w.figure.quantity, quantity)),
            None,
        )

    def agreeing(self, quantity: Quantity) -> Witness | None:
        return next((w for w in self.readings if agree(w.figure.quantity, quantity)), None)


class Shelf:
    """The lines of one unit, in the order in which they came: of those asked for too many perhaps, never too few."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.places: dict[str, int] = {}  # by key
        self.by_size: dict[int, set[int]] = defaultdict(set)
        self.of_any_size: set[int] = set()
        self.by_digits: dict[int, set[int]] = defaultdict(set)
        self.by_article: dict[str, set[int]] = defaultdict(set)
        self.by_subject: dict[tuple[str, str], set[int]] = defaultdict(set)

    def put(self, line: Line) -> None:
        """A line that was here keeps its place; what it said before still finds it."""
        fact = line.fact
        place = self.places.setdefault(fact.key, len(self.lines))
        self.lines[place : place + 1] = [line]
        for quantity in dict.fromkeys((fact.quantity, *(w.figure.quantity for w in fact.witnesses))):
            steps = _steps(quantity)
            if steps is None:
                self.of_any_size.add(place)
            for step in steps or ():
                self.by_size[step].add(place)
        for witness in fact.witnesses:
            self.by_article[witness.article].add(place)
        if fact.quantity.amount:
            self.by_digits[_step(abs(fact.quantity.amount)) % STEPS].add(place)
        self.by_subject[line.measure, line.subject].add(place)

    def meeting(self, quantities: Iterable[Quantity]) -> list[Line]:
        """Those of which the fact or a witness states an amount that may be one of these."""
        found: set[int] = set()
        for quantity in quantities:
            steps = _steps(quantity)
            if steps is None:
                return self.lines
            found = found.union(self.of_any_size, *(self.by_size.get(step, ()) for step in steps))
        return self._at(found)

    def of_digits(self, quantity: Quantity) -> list[Line]:
        """Those that may have the digits of this amount, whatever the power of ten; none of nothing."""
        if not quantity.amount:
            return []
        step = _step(abs(quantity.amount))
        return self._at(set().union(*(self.by_digits.get(s % STEPS, ()) for s in (step - 1, step, step + 1))))

    def of_articles(self, articles: Iterable[str]) -> list[Line]:
        """Those that one of these articles attests, or did."""
        return self._at(set().union(*(self.by_article.get(article, ()) for article in articles)))

    def of_subjects(self, measure: str, subjects: Iterable[str], articles: Iterable[str]) -> list[Line]:
        """Those of a measure and one of these subjects; whatever the subject where one of these articles attests it."""
        found = set().union(*(self.by_subject.get((measure, subject), ()) for subject in subjects))
        attested = set().union(*(self.by_article.get(article, ()) for article in articles))
        return self._at(found | {place for place in attested if self.lines[place].measure == measure})

    def _at(self, places: set[int]) -> list[Line]:
        return [self.lines[place] for place in sorted(places)]


def _steps(quantity: Quantity) -> range | None:
    """The steps that a reading covers; none where they are too many, or where it reaches to nothing."""
    span = narrow(as_percent(quantity))
    if span.low <= 0:
        return None
    first, last = _step(span.low, -SLACK), _step(span.high, SLACK)
    return range(first, last + 1) if last - first < WIDEST else None


def _step(size: Decimal, slack: float = 0.0) -> int:
    power = size.adjusted()
    return power * STEPS + floor(log10(size.scaleb(-power)) * STEPS + slack)


class Index:
    """The facts by unit, in the order in which they came."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_unit: dict[str, Shelf] = defaultdict(Shelf)
        self.keys: set[str] = set()
        for line in lines:
            self.put(line)

    def put(self, line: Line) -> None:
        self.by_unit[line.unit_class].put(line)
        self.keys.add(line.fact.key)

    def of_unit(self, quantity: Quantity) -> Shelf:
        return self.by_unit[_bucket(quantity)]


@dataclass(frozen=True, slots=True)
class Names:
    """Which names are known, and what each lies within; which measures are."""

    within: dict[str, str]
    places: frozenset[str]
    measures: frozenset[str]
    families: dict[str, str]

    @classmethod
    def of(cls, glossary: Glossary) -> "Names":
        by_key = {e.key: e.name.en for e in glossary.entities}
        within = {e.name.en: by_key.get(e.within, "") for e in glossary.entities}
        places = frozenset(e.name.en for e in glossary.entities if e.kind is EntityKind.PLACE)
        families = {m.key: m.family for m in glossary.measures}
        return cls(within, places, frozenset(families), families)

    def rivals(self, one: str, other: str) -> bool:
        """Two measures of one family: equal amounts of them are two figures, as a price reserved and a price paid."""
        return one != other and bool(self.families.get(one)) and self.families.get(one) == self.families.get(other)

    def same(self, one: str, other: str) -> bool:
        """Whether two subjects can be one: equal, unsaid, one within the other.

        A body that lies nowhere and a place, or not known.
        """
        if one == other or not one or not other or one not in self.within or other not in self.within:
            return True
        if self.within[one] == other or self.within[other] == one:
            return True
        place, who = (one, other) if one in self.places else (other, one)
        return place in self.places and who not in self.places and not self.within[who]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article whose figures are placed: all of its subjects, and the facts that it was found to repeat."""

    article: Article
    figures: tuple[Figure, ...]
    names: Names
    subjects: frozenset[str]
    sentences: dict[int, str]
    met: tuple[tuple[Line, ...], ...] = ()  # for every figure the facts of the same amount
    retold: frozenset[str] = frozenset()  # earlier articles on the same events
    beside: frozenset[str] = frozenset()  # those of its story
    touched: frozenset[str] = frozenset()  # those of which it repeats at least one amount

    @classmethod
    def of(cls, article: Article, figures: tuple[Figure, ...], names: Names) -> "Reading":
        subjects = frozenset(f.subject for f in figures if f.subject)
        return cls(article, figures, names, subjects, {s.number: s.text for s in article.sentences})

    def is_named(self, figure: Figure) -> bool:
        """The words name a measure of the glossary, close by."""
        return figure.sure and figure.measure in self.names.measures

    def is_about(self, figure: Figure, line: Line) -> bool:
        """Whether the figure has the fact's subject: by name, or unsaid in an article that names it."""
        return bool(line.subject) and (
            figure.subject == line.subject or (not figure.subject and line.subject in self.subjects)
        )

    def retells(self, line: Line) -> bool:
        """Whether an article that this one retells attests the fact, or one of its story brought it."""
        if self.retold and any(w.article in self.retold for w in line.fact.witnesses):
            return True
        return line.fact.witnesses[0].article in self.beside

    def touches(self, line: Line) -> bool:
        """Whether it repeats another amount of an article that attests the fact."""
        return any(w.article in self.touched for w in line.fact.witnesses)

    def may_be_of(self, figure: Figure, line: Line) -> bool:
        """Whether the figure's subject can be the fact's, or the fact's is spoken of elsewhere in the article."""
        return self.names.same(figure.subject, line.subject) or line.subject in self.subjects
