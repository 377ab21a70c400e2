"""The topic's glossary made ready for reading: cues and names found in one pass, in folded, lower-case.

Simplified text.
"""

from dataclasses import dataclass
from functools import lru_cache

from briefing.figures.intervals import noun_class
from briefing.figures.pattern import Pattern
from briefing.figures.units import ENGLISH_DURATIONS, HAN_DURATIONS
from briefing.model.figure import Kind, Quantity
from briefing.model.topic import Entity, EntityKind, Glossary, Measure

_WORD = Pattern(r"[a-z0-9]+|[\u4e00-\u9fff]|-")
_HAN = Pattern(r"[\u3400-\u9fff]")


STEM = 3  # letters by which a word with an open end is looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue or name in a text; `what` is a position in the lexicon's list."""

    start: int
    end: int
    what: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word (or first character, in Chinese)."""

    by_first: dict[str, tuple[tuple[str, int, bool], ...]]  # (phrase, what, open end)

    def hits(self, text: str) -> list[Hit]:
        """Every phrase in `text`, which is folded and lower case. Linear: each word is looked up once."""
        found = []
        for match in _WORD.finditer(text):
            word = match.group()
            for phrase, what, is_open in (*self.by_first.get(word, ()), *self.by_first.get(f"{word[:STEM]}*", ())):
                start, end = match.start(), match.start() + len(phrase)
                if text.startswith(phrase, start) and _ends(text, end, phrase, is_open=is_open):
                    found.append(Hit(start, end, what))
        return found


def _ends(text: str, end: int, phrase: str, *, is_open: bool) -> bool:
    if is_open or _HAN.match(phrase[-1]):
        return True
    return not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())


def phrases(entries: list[tuple[str, int]]) -> Phrases:
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for raw, what in entries:
        phrase = raw.lower().removesuffix("*")
        first = _WORD.search(phrase)
        if first and first.start() == 0:
            is_open = raw.endswith("*") and first.end() == len(phrase)
            key = f"{phrase[:STEM]}*" if is_open else first.group()
            found.setdefault(key, []).append((phrase, what, raw.endswith("*")))
    return Phrases({first: tuple(entries) for first, entries in found.items()})


@dataclass(frozen=True, slots=True)
class Lexicon:
    measures: tuple[Measure, ...]
    entities: tuple[Entity, ...]
    cues: Phrases
    against: Phrases
    needed: Phrases
    needing: frozenset[int]  # measures that need a word of their own
    names: Phrases
    unit_classes: tuple[frozenset[str], ...]  # of each measure; empty: any
    by_name: dict[str, Entity]  # English name to entity

    def may_measure(self, key: str, quantity: Quantity) -> bool:
        """Whether a measure carried on from another figure can be counted so: 'fees charged' are no percentage."""
        return all(m.key != key or self.accepts(i, quantity) for i, m in enumerate(self.measures))

    def accepts(self, measure: int, quantity: Quantity) -> bool:
        """Whether a measure can have this unit at all."""
        allowed = self.unit_classes[measure]
        return not allowed or measured_unit(quantity) in allowed


def measured_unit(quantity: Quantity) -> str:
    if quantity.kind is Kind.MONEY:
        return quantity.currency
    if quantity.kind in {Kind.PERCENT, Kind.FRACTION}:
        return "percent"
    if quantity.kind is Kind.COUNT:
        return noun_class(quantity.unit)
    return quantity.unit


_DURATIONS = ENGLISH_DURATIONS | HAN_DURATIONS | {f"{name}s": unit for name, unit in ENGLISH_DURATIONS.items()}
_CURRENCY = Pattern(r"[A-Z]{3}")


def _unit_class(name: str) -> str:
    if _CURRENCY.fullmatch(name) or name == "percent":
        return name
    return _DURATIONS.get(name) or noun_class(name)


@lru_cache(maxsize=8)
def lexicon(glossary: Glossary) -> Lexicon:
    """Made once per glossary."""
    measures = glossary.measures
    entities = tuple(e for e in glossary.entities if e.kind is not EntityKind.CONCEPT)
    return Lexicon(
        measures=measures,
        entities=entities,
        cues=phrases([(cue, i) for i, measure in enumerate(measures) for cue in measure.cues]),
        against=phrases([(word, i) for i, measure in enumerate(measures) for word in measure.not_with]),
        needed=phrases([(word, i) for i, measure in enumerate(measures) for word in measure.needs]),
        needing=frozenset(i for i, measure in enumerate(measures) if measure.needs),
        names=phrases([(name, i) for i, e in enumerate(entities) for name in (e.name.en, e.name.zh, *e.aliases)]),
        unit_classes=tuple(frozenset(_unit_class(unit) for unit in measure.units) for measure in measures),
        by_name={entity.name.en: entity for entity in entities},
    )
