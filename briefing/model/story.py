"""What was decided about an article, and articles about one event."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model.fact import Evidence
from briefing.model.text import Bilingual, Language


class Disposition(StrEnum):
    DEVELOPMENT = "development"  # a story not told before
    UPDATE = "update"  # something new in a known story
    CONFIRMATION = "confirmation"  # nothing new but a second, independent witness
    COPY = "copy"  # the same text elsewhere
    REVISION = "revision"  # the same outlet, changed text
    REPEAT = "repeat"  # on topic, nothing that was not told
    OFF_TOPIC = "off_topic"
    RESURFACED = "resurfaced"  # an old article with a new date


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentence told before that is nearest to one of an article."""

    sentence: str  # the article's own, as published
    told: str
    issue: str  # that told it; 'baseline', or '' for another article of the same issue
    article: str  # that told it
    overlap: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why an article is in or out; every article that was read has one."""

    article: str
    disposition: Disposition
    reason: Bilingual
    evidence: tuple[Evidence, ...] = ()
    story: str = ""
    against: str = ""  # the article, or 'issue 12', or 'baseline' that it was judged against
    score: float = 0.0  # relevance, 0 to 1
    adjacent: bool = False  # for OFF_TOPIC: a neighbouring subject
    terms: tuple[tuple[str, float], ...] = ()  # of the topic that were found, with what each added
    nearest: tuple[Nearest, ...] = ()  # the sentences most of which was told before, the nearest first
    changed: tuple[tuple[str, str], ...] = ()  # for a REVISION: (sentence before, sentence now), '' for none


class NewKind(StrEnum):
    SENTENCE = "sentence"
    FIGURE = "figure"
    ENTITY = "entity"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Novelty:
    """One thing in an article that neither the baseline nor any issue had told."""

    kind: NewKind
    text: str  # the sentence, figure, name or date as published
    article: str
    sentence: int  # position in `Article.sentences`
    closest: str = ""  # the nearest sentence told before, empty when there is none
    closest_issue: str = ""
    overlap: float = 0.0  # with `closest`, 0 to 1
    weight: float = 1.0  # how much it says, 0 to 1: an amount of money much, 'two reasons' little


@dataclass(frozen=True, slots=True)
class Story:
    """One chain of events under one heading; `id` is stable, a merge leaves a redirect."""

    id: str
    title: str
    language: Language
    articles: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    redirects: tuple[str, ...] = ()  # ids that were merged into this one
