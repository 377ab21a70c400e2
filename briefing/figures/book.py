"""The ledger as it is looked up while an article is placed: facts by unit, names, and what the article itself says."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from briefing.figures import periods
from briefing.figures.intervals import agree, as_percent, unit_class
from briefing.model.article import Article
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.topic import EntityKind, Glossary

ODD = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED})


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


class Index:
    """The facts by unit, in the order in which they came."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_unit: dict[str, dict[str, Line]] = {}
        self.keys: set[str] = set()
        for line in lines:
            self.put(line)

    def put(self, line: Line) -> None:
        self.by_unit.setdefault(line.unit_class, {})[line.fact.key] = line
        self.keys.add(line.fact.key)

    def of_unit(self, quantity: Quantity) -> list[Line]:
        return list(self.by_unit.get(_bucket(quantity), {}).values())


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
        """Whether an article that this one retells attests the fact."""
        return bool(self.retold) and any(w.article in self.retold for w in line.fact.witnesses)

    def touches(self, line: Line) -> bool:
        """Whether it repeats another amount of an article that attests the fact."""
        return any(w.article in self.touched for w in line.fact.witnesses)

    def may_be_of(self, figure: Figure, line: Line) -> bool:
        """Whether the figure's subject can be the fact's, or the fact's is spoken of elsewhere in the article."""
        return self.names.same(figure.subject, line.subject) or line.subject in self.subjects
