"""What an issue is composed from: everything that was read and decided, and nothing of how."""

from dataclasses import dataclass
from datetime import datetime

from briefing.model.article import Article
from briefing.model.decision import Decision
from briefing.model.fact import Fact
from briefing.model.figure import Figure
from briefing.model.issue import KeyFigure, SourceHealth
from briefing.model.judgement import Judgement, LedgerUpdate, Relevant
from briefing.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Reading:
    """An article of this issue with its figures, in the order in which sightings count them."""

    article: Article
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A key figure as an earlier issue told it."""

    issue: str
    number: int
    figure: KeyFigure


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one issue is made from. Values only: composing twice gives the same issue."""

    topic: Topic
    id: str
    number: int  # 0 for previews and on-demand briefings
    made_at: datetime
    judgement: Judgement
    update: LedgerUpdate
    readings: tuple[Reading, ...]  # every article that was read since the last issue, off topic or not
    facts: tuple[Fact, ...] = ()  # the whole ledger, as it stands with `update`
    edition: str = ""
    slot: str = ""  # local date, ISO
    since: datetime | None = None
    previous: str = ""  # id of the issue before; empty makes a first issue, which tells the baseline
    told: tuple[ToldFigure, ...] = ()  # key figures of earlier issues, oldest first
    numbers: tuple[tuple[str, int], ...] = ()  # of the issues before this one, by their ids
    source_health: tuple[SourceHealth, ...] = ()
    relevant: tuple[Relevant, ...] = ()  # the terms that put an article on topic: those sentences are quoted first
    decisions: tuple[Decision, ...] = ()  # the editor's on this issue, oldest first
    query: str = ""
    zone: str = "UTC"
    late: bool = False
    sample: bool = False
