"""A topic: terms, glossary, sources, baseline, editions. Topics are data; nothing here knows one."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from briefing.model.fact import Witness
from briefing.model.source import Source
from briefing.model.text import Bilingual, Language


@dataclass(frozen=True, slots=True)
class Term:
    """Words that speak for (weight above 0) or against (below 0) a text being on topic."""

    words: tuple[str, ...]  # in any language; any one of them counts, once
    weight: float
    contexts: tuple[str, ...] = ()  # counts only where one of these stands in the same sentence
    near: int = 0  # 0: the same sentence; n: within n sentences
    note: str = ""
    unless: tuple[str, ...] = ()  # longer words that hide a hit: '审计' inside '审计大学' says nothing
    without: tuple[str, ...] = ()  # a sentence that holds one of these does not count
    also: tuple[tuple[str, ...], ...] = ()  # further contexts: one word of each must stand near as well


@dataclass(frozen=True, slots=True)
class Relevance:
    """How terms become a verdict: on topic at `threshold`, adjacent at `adjacent`.

    The score is the sum of the weights of the terms found, each once, those in the title times `title_factor`,
    less the weights of the exclusions found. `neighbours` only ever make an article adjacent.
    """

    terms: tuple[Term, ...]
    exclusions: tuple[Term, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()  # each group must be met by at least one of its words
    threshold: float = 1.0
    adjacent: float = 0.5
    neighbours: tuple[Term, ...] = ()  # words of subjects next door
    title_factor: float = 1.5


class EntityKind(StrEnum):
    INSTITUTION = "institution"
    COMPANY = "company"
    PLACE = "place"
    LAW = "law"
    PERSON = "person"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in both languages, with its other spellings."""

    key: str
    kind: EntityKind
    name: Bilingual
    aliases: tuple[str, ...] = ()  # every other form, in either language
    within: str = ""  # key of the institution or place that it belongs to
    judges: bool = False  # an authority that finds and decides about others: no figure is its own


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that figures measure: head words and cue verbs in both languages."""

    key: str
    name: Bilingual
    cues: tuple[str, ...]  # words whose presence in the clause points to this measure
    units: tuple[str, ...] = ()  # currency codes, 'percent', or counted nouns; empty: any
    family: str = ""  # measures of one family are told apart even where amounts are equal
    not_with: tuple[str, ...] = ()  # words whose presence rules it out
    needs: tuple[str, ...] = ()  # one of these must stand in the sentence, the one before it, or the title


@dataclass(frozen=True, slots=True)
class Glossary:
    entities: tuple[Entity, ...] = ()
    measures: tuple[Measure, ...] = ()
    pairs: tuple[Bilingual, ...] = ()  # plain words and phrases, for linking and glossing
    kickers: tuple[tuple[Bilingual, tuple[str, ...]], ...] = ()  # label of a kind of news, and its cues


@dataclass(frozen=True, slots=True)
class BaselineArticle:
    """A citation, the figures with their spans, and a sketch by which a copy is recognised. No text."""

    key: str
    title: str
    outlet: str
    address: str
    published: date
    language: Language
    sketch: tuple[int, ...]  # FracMinHash of the text's shingles
    shingles: int  # how many distinct shingles the whole text has
    witnesses: tuple[Witness, ...] = ()  # its figures, in reading order
    keys: tuple[str, ...] = ()  # the fact key of each witness, or ''


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """Something known from the start, in the desk's own words."""

    key: str
    text: Bilingual
    articles: tuple[str, ...]  # keys of the articles that state it
    when: str = ""  # ISO day, month or year for the timeline
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    articles: tuple[BaselineArticle, ...] = ()
    facts: tuple[BaselineFact, ...] = ()
    labels: tuple[tuple[str, Bilingual], ...] = ()  # fact key of the ledger, and how it is called


class QuietRule(StrEnum):
    """What an edition does when there is nothing new."""

    SKIP = "skip"
    NOTE = "note"  # one line


class ReviewRule(StrEnum):
    NONE = "none"
    HOLD_THEN_SEND = "hold then send"
    HOLD_THEN_SKIP = "hold then skip"


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Edition:
    """A recurring issue: wall time and zone."""

    name: str
    rhythm: Rhythm
    at: time
    zone: str
    weekday: int = 4  # Monday is 0; for weekly editions
    quiet: QuietRule = QuietRule.SKIP
    review: ReviewRule = ReviewRule.NONE
    review_minutes: int = 60
    grace_minutes: int = 360
    languages: tuple[str, ...] = ("en", "zh")
    enabled: bool = True  # a desk may switch it on or off


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: Bilingual
    about: Bilingual
    relevance: Relevance
    glossary: Glossary = Glossary()
    sources: tuple[Source, ...] = ()
    baseline: Baseline = Baseline()
    editions: tuple[Edition, ...] = ()
    window_days: int = 4  # how far apart two reports of one event may be
