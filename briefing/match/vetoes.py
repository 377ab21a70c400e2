"""What says that two alike articles tell of two events: another place, year or number of a series, other figures."""

import re
from dataclasses import dataclass

from briefing.match.figures import is_twin
from briefing.match.glossary import names_in
from briefing.model.article import Article, Part
from briefing.model.figure import Figure
from briefing.model.text import Bilingual
from briefing.model.topic import EntityKind, Glossary

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年度|年第|\s*(?:annual|audit|report|edition|budget))")
SERIES = re.compile(
    r"(?:day|round|phase|part|week|no\.|number|issue|batch)\s*(\d{1,4})(?!\d)|第\s*([\d一二三四五六七八九十百]{1,4})\s*(?:天|日|期|批|轮|号|届|次|集|季)"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The identifying marks of an article that vetoes look at."""

    places: frozenset[str]
    years: frozenset[str]
    numbers: frozenset[str]
    figures: tuple[Figure, ...]


def marks(article: Article, figures: tuple[Figure, ...], glossary: Glossary) -> Marks:
    """Places and numbers of the heading (title and summary): what an article is about, not what it mentions."""
    places = Glossary(tuple(entity for entity in glossary.entities if entity.kind is EntityKind.PLACE))
    head = "\n".join(s.folded for s in article.sentences if s.part is not Part.TEXT)
    title = "\n".join(s.folded for s in article.sentences if s.part is Part.TITLE)
    return Marks(
        places=names_in(head, places),
        years=frozenset(YEAR.findall(title)),
        numbers=frozenset(a or b for a, b in SERIES.findall(title)),
        figures=figures,
    )


def veto(one: Marks, other: Marks) -> Bilingual | None:
    """Why the two cannot be one event, or None."""
    if _differ(one.places, other.places):
        return Bilingual("They tell of different places.", "两文所说的地点不同。")
    if _differ(one.years, other.years):
        return Bilingual("They tell of different years.", "两文所说的年度不同。")
    if _differ(one.numbers, other.numbers):
        return Bilingual("They are different numbers of one series.", "两文属于同一系列的不同期次。")
    if is_twin(one.figures, other.figures):
        return Bilingual("Their figures are different throughout.", "两文的数字几乎全部不同。")
    return None


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other
