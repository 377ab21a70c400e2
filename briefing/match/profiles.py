"""What articles are compared by when stories are told apart, and how alike they are."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.match import words
from briefing.match.anchors import anchors, place_anchors
from briefing.match.furniture import is_furniture
from briefing.match.glossary import Lexis
from briefing.match.places import spellings
from briefing.match.spellings import spelled
from briefing.match.vectors import bm25, commoner, products, rarity, vector
from briefing.match.vetoes import Marks, marks
from briefing.model.article import Article, Part
from briefing.model.figure import Figure

if TYPE_CHECKING:
    from briefing.match.vectors import Matrix

TITLE_TIMES = 3  # how often a heading counts: it says what the text is about
SHORT = 60  # terms; short texts share too few words, and are compared by their n-grams as well
NAMES = 0.2  # what capitalised names and numbers weigh beside all words of an English text


@dataclass(frozen=True, slots=True)
class Profile:
    article: Article
    chinese: bool
    terms: Mapping[str, int]
    features: Mapping[str, int]  # of short texts only
    capitals: Mapping[str, int]  # of English texts only
    common: Mapping[str, float]  # English stems of either language
    anchors: Mapping[str, float]  # figures, days and names
    marks: Marks
    when: datetime

    @property
    def is_short(self) -> bool:
        return sum(self.terms.values()) < SHORT


def profiles(
    articles: Iterable[Article],
    figures: Mapping[str, tuple[Figure, ...]],
    lexis: Lexis,
    stale: frozenset[str] = frozenset(),
) -> tuple[Profile, ...]:
    """One profile for each article. The dictionary is opened only when two languages meet."""
    listed = tuple(articles)
    texts = [_text(article) for article in listed]
    chinese = [words.is_chinese(text) for text in texts]
    two = any(chinese) and not all(chinese)
    made = [
        _profile(article, text, figures.get(article.id, ()), _Setting(zh, two, lexis, stale))
        for article, text, zh in zip(listed, texts, chinese, strict=True)
    ]
    named = {name.partition("'")[0] for profile in made for name in profile.capitals} if two else set()
    return tuple(
        replace(profile, common=_with_names(profile.common, text, named)) if two and profile.chinese else profile
        for profile, text in zip(made, texts, strict=True)
    )


def _with_names(common: Mapping[str, float], text: str, named: Container[str]) -> dict[str, float]:
    """The stems of a Chinese text, with its names that an English text spells."""
    return dict(common) | {name: float(times) for name, times in spelled(text).items() if name in named}


@dataclass(frozen=True, slots=True)
class _Setting:
    chinese: bool
    two_languages: bool
    lexis: Lexis
    stale: frozenset[str]


def _profile(article: Article, text: str, figures: tuple[Figure, ...], setting: _Setting) -> Profile:
    terms = Counter(words.terms(text))
    short = sum(terms.values()) < SHORT
    seen = marks(article, figures, setting.lexis)
    places = spellings(seen.unlisted) if setting.two_languages else seen.unlisted
    return Profile(
        article=article,
        chinese=setting.chinese,
        terms=terms,
        features=Counter(words.features(text)) if short else {},
        capitals={} if setting.chinese else Counter(_capitals(article)),
        common=setting.lexis.rendered(text) if setting.two_languages else {},
        anchors=anchors(article, figures, setting.lexis, setting.stale) | place_anchors(places),
        marks=seen,
        when=article.dates.published,
    )


def _text(article: Article) -> str:
    sentences = [s for s in article.sentences if not is_furniture(s)]
    title = [s.folded for s in sentences if s.part is Part.TITLE]
    return words.joined([*title * (TITLE_TIMES - 1), *(s.folded for s in sentences)])


def _capitals(article: Article) -> list[str]:
    return [name for s in article.sentences if s.part is not Part.TITLE for name in words.names(s.text)]


def text_likeness(made: Sequence[Profile]) -> "Matrix":
    """How alike the texts are, 0 to 1: by words within a language, by dictionary glosses across two."""
    import numpy as np  # noqa: PLC0415 -- only where texts are compared in bulk

    result = np.zeros((len(made), len(made)))
    sides = {side: [n for n, profile in enumerate(made) if profile.chinese is side] for side in (True, False)}
    for members in sides.values():
        if members:
            result[np.ix_(members, members)] = _within([made[n] for n in members])
    if all(sides.values()):
        across = _across([made[n] for n in sides[True]], [made[n] for n in sides[False]])
        result[np.ix_(sides[True], sides[False])] = across
        result[np.ix_(sides[False], sides[True])] = across.T
    return result


def _within(made: Sequence[Profile]) -> "Matrix":
    import numpy as np  # noqa: PLC0415 -- as above

    rare = rarity(profile.terms for profile in made)
    vectors = [vector(profile.terms, rare) for profile in made]
    alike = products(vectors, vectors)
    short = np.array([profile.is_short for profile in made])
    if short.any():
        by_grams = bm25([profile.features for profile in made], rarity(profile.features for profile in made))
        both = short[:, None] & short[None, :]
        alike = np.where(both, (alike + by_grams) / 2, alike)
    capitals = rarity(profile.capitals for profile in made)
    named = [vector(profile.capitals, capitals) for profile in made]
    has = np.array([bool(profile.capitals) for profile in made])
    mixed = (1 - NAMES) * alike + NAMES * products(named, named)
    blended: Matrix = np.where(has[:, None] & has[None, :], mixed, alike)
    return blended


def _across(chinese: Sequence[Profile], english: Sequence[Profile]) -> "Matrix":
    """Chinese rows, English columns. A stem is as rare as in the language where it is more common."""
    rare = commoner(rarity(p.common for p in chinese), rarity(p.common for p in english))
    return products([vector(p.common, rare) for p in chinese], [vector(p.common, rare) for p in english])
