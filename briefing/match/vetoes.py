"""What says that two alike articles tell of two events: another place, year or number of a series, other figures."""

import re
from dataclasses import dataclass

from briefing.match import words
from briefing.match.figures import is_twin
from briefing.match.furniture import body
from briefing.match.glossary import Lexis
from briefing.match.places import is_named, own_places
from briefing.model.article import Article, Part
from briefing.model.figure import Figure
from briefing.model.text import Bilingual
from briefing.model.topic import EntityKind

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年度|年第|\s*(?:annual|audit|report|edition|budget))")
SERIES = re.compile(
    r"(?:day|round|phase|part|week|no\.|number|issue|batch)\s*(\d{1,4})(?!\d)|第\s*([\d一二三四五六七八九十百]{1,4})\s*(?:天|日|期|批|轮|号|届|次|集|季)"
)
WORK = re.compile(r"《([^《》]+)》")

SHARED = 0.1  # of the words of the shorter of two texts under one heading: by chance they share a few in a hundred
TEMPLATE = 0.4  # likeness of the texts from which they are forms of one template; reports of one event differ more


@dataclass(frozen=True, slots=True)
class Marks:
    """The identifying marks of an article that vetoes look at."""

    places: frozenset[str]  # of the heading, with all that they lie within
    mentioned: frozenset[str]  # places anywhere
    years: frozenset[str]
    numbers: frozenset[str]
    figures: tuple[Figure, ...]
    title: str = ""
    terms: frozenset[str] = frozenset()  # of the text below the title
    unlisted: frozenset[str] = frozenset()  # its own places that the glossary lacks
    folded: str = ""  # all that it says


def marks(article: Article, figures: tuple[Figure, ...], lexis: Lexis) -> Marks:
    """Places and numbers of the heading (title and summary): what an article is about, not what it mentions."""
    head = "\n".join(s.folded for s in article.sentences if s.part is not Part.TEXT)
    title = "\n".join(s.folded for s in article.sentences if s.part is Part.TITLE)
    everywhere = "\n".join(s.folded for s in article.sentences)
    return Marks(
        places=lexis.outward(_places(head, lexis)),
        mentioned=_places(everywhere, lexis),
        years=frozenset(YEAR.findall(title)),
        numbers=frozenset(a or b for a, b in SERIES.findall(title)),
        figures=figures,
        title=title,
        terms=frozenset(t for s in body(article) if s.part is not Part.TITLE for t in words.term_list(s.folded)),
        unlisted=own_places(article, lexis),
        folded=everywhere,
    )


def _places(folded: str, lexis: Lexis) -> frozenset[str]:
    named = lexis.names_in(folded)
    return frozenset(key for key in named if lexis.entities[key].kind is EntityKind.PLACE)


def veto(one: Marks, other: Marks, likeness: float) -> Bilingual | None:
    """Why the two cannot be one event, or None. `likeness` is that of their texts."""
    if _elsewhere(one, other):
        return Bilingual("They tell of different places.", "两文所说的地点不同。")
    if _differ(one.years, other.years):
        return Bilingual("They tell of different years.", "两文所说的年度不同。")
    if _differ(one.numbers, other.numbers):
        return Bilingual("They are different numbers of one series.", "两文属于同一系列的不同期次。")
    if one.title and one.title == other.title and _are_two_items(one, other):
        return Bilingual("One heading stands over different items.", "同一标题下是不同的内容。")
    if likeness >= TEMPLATE and not one.unlisted & other.unlisted and is_twin(one.figures, other.figures):
        return Bilingual("Their figures are different throughout.", "两文的数字几乎全部不同。")
    return None


def _are_two_items(one: Marks, other: Marks) -> bool:
    """Whether texts under one heading are of two things: hardly a word in common, or other documents named."""
    named = (frozenset(WORK.findall(marks.folded)) for marks in (one, other))
    return _share_nothing(one.terms, other.terms) or _differ(*named)


def _share_nothing(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts have next to no words in common: 'News in brief' heads a thousand different items."""
    return bool(one and other) and len(one & other) < SHARED * min(len(one), len(other))


def _elsewhere(one: Marks, other: Marks) -> bool:
    """Whether the headings name different places, and neither text knows the other's."""
    if _differ(one.places, other.places):
        return not (one.places & other.mentioned or other.places & one.mentioned)
    sides = ((one, other), (other, one))
    return _differ(one.unlisted, other.unlisted) and not any(
        is_named(place, there.folded) for here, there in sides for place in here.unlisted
    )


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other
