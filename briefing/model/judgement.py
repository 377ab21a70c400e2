"""What the stages hand to each other through `desk`: what is remembered, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from briefing.model.article import Article
from briefing.model.fact import Evidence, Fact, Finding, Status, Witness
from briefing.model.figure import Figure
from briefing.model.story import Disposition, Novelty, Story, Verdict
from briefing.model.text import Bilingual


@dataclass(frozen=True, slots=True)
class Sketch:
    """The shingles by which a copy of a text is recognised, without the text."""

    article: str
    outlet: str
    address: str
    hashes: tuple[int, ...]  # distinct 64-bit shingle hashes, sorted; all of them, or a FracMinHash sample
    shingles: int  # how many distinct shingles the whole text has
    first_seen: datetime
    issue: str = ""  # the issue that told it, or 'baseline'


@dataclass(frozen=True, slots=True)
class Known:
    """An on-topic article that an earlier issue judged."""

    article: Article
    figures: tuple[Figure, ...]
    disposition: Disposition
    story: str
    copy_of: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence or fact that readers were already told, and by which issue ('baseline' for the baseline)."""

    text: str
    folded: str
    issue: str
    story: str = ""
    article: str = ""
    language: str = ""
    when: str = ""  # ISO day, month or year that the statement is about, where its text does not say it


@dataclass(frozen=True, slots=True)
class Memory:
    """What the desk remembers when it makes an issue. Never the whole archive: the story window, and near hits."""

    known: tuple[Known, ...] = ()  # oldest first
    sketches: tuple[Sketch, ...] = ()  # older articles and the baseline that share shingles with a new one
    told: tuple[Told, ...] = ()  # sentences that are near a new one, and all of the baseline's facts
    stories: tuple[Story, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Relevant:
    """Whether an article is on topic, with the terms that decided."""

    article: str
    on_topic: bool
    adjacent: bool
    score: float  # 0 to 1; on topic from 0.5
    reason: Bilingual
    terms: tuple[tuple[str, float], ...] = ()  # the words found and what each added
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats the text of another."""

    article: str
    original: str  # an article of this issue, of an earlier one, or of the baseline
    disposition: Disposition  # COPY, REVISION or RESURFACED
    likeness: float  # Jaccard or containment, 0 to 1
    reason: Bilingual
    issue: str = ""  # the issue that told the original, if one did
    new_figures: tuple[int, ...] = ()  # figure guard: positions of figures that the original lacks
    new_numbers: tuple[str, ...] = ()  # the same guard for numbers in digits of every kind, days and times as well
    changed: tuple[tuple[str, str], ...] = ()  # for a revision: (old sentence, new sentence)


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles that may tell of one event: a suggestion to the editor when `sure` is false."""

    article: str
    other: str
    score: float
    sure: bool
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which articles tell of one event: the stories that this issue touches, with all of their articles."""

    stories: tuple[Story, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One figure of one new article against the ledger."""

    article: str
    figure: int  # position in the article's figures
    key: str  # fact key, or '' when unbound
    status: Status
    against: Witness | None = None  # the witness that it confirms, changes or contradicts
    factor: int = 0  # for SCALE_SLIP: the power of ten, e.g. 1 when it reads ten times too much


@dataclass(frozen=True, slots=True)
class LedgerUpdate:
    """The ledger after an issue: the facts that were touched, every sighting, every check."""

    facts: tuple[Fact, ...]
    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was decided about the articles of one issue; one verdict each."""

    verdicts: tuple[Verdict, ...]
    stories: tuple[Story, ...]  # those touched, with all of their articles
    novelties: tuple[Novelty, ...]
    copies: tuple[Copy, ...]
    links: tuple[Link, ...] = ()
