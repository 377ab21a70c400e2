"""One edition, immutable once published. `issue.json` is this, and all else is rendered from it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from briefing.model.article import Part
from briefing.model.fact import Finding, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.source import Tier
from briefing.model.story import Disposition, Novelty
from briefing.model.text import Bilingual, Language

SCHEMA = 1  # of issue.json; a reader refuses a higher number

# Stands in a rendered message where each reader's own token goes. Letters and digits only, so that quoted-printable
# leaves it whole; taken out of everything published, so that no article can plant it.
PERSONAL = "X0personal0token0X"


@dataclass(frozen=True, slots=True)
class Extract:
    """A short quotation, exactly as published, and where it was read."""

    text: str
    language: Language
    article: str
    outlet: str
    address: str
    part: Part
    start: int
    end: int


class Role(StrEnum):
    """How an article stands to its story's other coverage."""

    LEAD = "lead"  # the one whose words are shown
    INDEPENDENT = "independent"
    WIRE = "wire"  # the original of copies
    COPY = "copy"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One article of a development, as the reader is told of it."""

    article: str
    outlet: str
    tier: Tier
    language: Language
    title: str
    address: str
    published: datetime
    role: Role
    copy_of: str = ""  # article
    paywalled: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One reading of a figure in its history. `when` is an ISO day, month or year, or a period in words."""

    when: str
    quantity: Quantity
    outlet: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A line of the key-figures table."""

    key: str
    label: Bilingual
    quantity: Quantity
    surface: str
    status: Status
    witnesses: tuple[Witness, ...]  # those that support `quantity`
    against: tuple[Witness, ...] = ()  # those that state something else
    was: Quantity | None = None  # for CHANGED
    story: str = ""
    history: tuple[Point, ...] = ()  # oldest first; empty unless there are at least three readings


class DevelopmentStatus(StrEnum):
    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Development:
    """A story that brings something new to this issue, with what is new."""

    story: str
    title: str  # the lead's, as published
    language: Language
    gloss: Bilingual  # the heading for each language of the issue; a published title where there is one
    status: DevelopmentStatus
    kicker: Bilingual  # a few words on the kind of news, from the topic's glossary
    published: datetime
    extracts: tuple[Extract, ...]  # what happened
    why: tuple[Bilingual, ...]  # why it matters, composed from evidence
    novelties: tuple[Novelty, ...]
    coverage: tuple[Coverage, ...]  # the lead first
    figures: tuple[str, ...] = ()  # fact keys
    findings: tuple[Finding, ...] = ()
    caveats: tuple[Bilingual, ...] = ()
    score: float = 0.0

    @property
    def outlets(self) -> int:
        """Independent outlets: copies count once, with their wire."""
        return len({c.outlet for c in self.coverage if c.role not in {Role.COPY, Role.REVISION}})


class EventStatus(StrEnum):
    KNOWN = "known"
    NEW = "new"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Event:
    """A dated line of the timeline. `when` is an ISO day, month or year."""

    when: str
    text: Bilingual
    status: EventStatus
    story: str = ""
    outlet: str = ""
    address: str = ""
    said: tuple[Extract, ...] = ()  # of a day ahead: the words that name it, one report a language


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of an earlier issue that no longer stands as it was told."""

    issue: str
    key: str
    text: Bilingual


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that was read and is not shown, with the reason."""

    article: str
    title: str
    language: Language
    outlet: str
    address: str
    disposition: Disposition
    reason: Bilingual
    against: str = ""
    adjacent: bool = False
    story: str = ""


class Sign(StrEnum):
    """What kind of news a headline is; every page sets a word beside it."""

    NEW = "new"
    UPDATE = "update"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the few lines at the top: the news in a sentence, and what stands behind it."""

    sign: Sign
    lead: Bilingual
    rest: Bilingual
    address: str = ""
    outlet: str = ""
    story: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something known from the start was read."""

    key: str
    title: str
    outlet: str
    address: str
    published: date
    language: Language


@dataclass(frozen=True, slots=True)
class Start:
    """Something known before the first issue, in the desk's own words."""

    text: Bilingual
    when: str
    citations: tuple[Citation, ...]


class HealthState(StrEnum):
    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    SILENT = "silent"  # alive, but its newest entry is too old for its rhythm
    FAILED = "failed"
    NEVER = "never asked"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    source: str
    name: str
    state: HealthState
    message: Bilingual
    newest: datetime | None = None
    entries: int = 0  # since the last issue


@dataclass(frozen=True, slots=True)
class Counts:
    read: int = 0
    kept: int = 0
    folded: int = 0  # copies and revisions under a story
    left_out: int = 0
    figures_new: int = 0
    figures_changed: int = 0
    figures_conflicting: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """The truth of one edition."""

    id: str  # '2024-09-06' for a weekly; the folder name in the archive
    number: int  # 0 for previews and on-demand briefings
    topic: str
    topic_name: Bilingual
    edition: str  # '' for on demand
    slot: str  # local date of the slot
    made_at: datetime
    since: datetime | None  # articles first seen after this, up to `made_at`
    previous: str  # id of the issue before, or ''
    counts: Counts
    figures: tuple[KeyFigure, ...] = ()
    findings: tuple[Finding, ...] = ()  # every check, those that could not run as well
    developments: tuple[Development, ...] = ()
    brief: tuple[Development, ...] = ()  # too small for a story of their own
    timeline: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    source_health: tuple[SourceHealth, ...] = ()
    query: str = ""  # for on demand
    late: bool = False
    sample: bool = False  # invented articles: every page says so
    schema: int = SCHEMA
    headlines: tuple[Headline, ...] = ()  # at most three, the finding first
    start: tuple[Start, ...] = ()  # in a first issue: what the baseline says
    baseline: tuple[Citation, ...] = ()  # in a first issue: the articles that it was read from
    zone: str = "UTC"  # IANA name: the zone in which days are told

    @property
    def is_silent(self) -> bool:
        """Nothing new to tell."""
        return not (self.developments or self.brief or self.corrections)
