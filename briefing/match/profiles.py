"""What an article is compared by when stories are told apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing.match import words
from briefing.match.figures import distinct, is_rare
from briefing.match.furniture import is_furniture
from briefing.match.glossary import names_in, rendered
from briefing.match.vectors import Rarity, Vector, counted, rarity, vector, weighed
from briefing.match.vetoes import Marks, marks
from briefing.model.article import Article, Part
from briefing.model.figure import Figure
from briefing.model.topic import Glossary

TITLE_TIMES = 2  # a heading says what the text is about


@dataclass(frozen=True, slots=True)
class Profile:
    article: Article
    chinese: bool
    own: Vector  # words and character n-grams, for texts of one language
    common: Vector  # English stems, for texts of two; empty where all articles are of one language
    rare: tuple[Figure, ...]
    names: frozenset[str]
    marks: Marks
    when: datetime


def profiles(
    articles: Iterable[Article], figures: Mapping[str, tuple[Figure, ...]], glossary: Glossary
) -> tuple[Profile, ...]:
    """Profiles, with rarities counted over these articles. The dictionary is opened only when two languages meet."""
    listed = tuple(articles)
    texts = [_text(article) for article in listed]
    chinese = [words.is_chinese(text) for text in texts]
    own_counts = [counted(words.features(text)) for text in texts]
    own_rarity = {
        side: rarity(c for c, zh in zip(own_counts, chinese, strict=True) if zh is side) for side in (True, False)
    }
    both = any(chinese) and not all(chinese)
    common_counts = [weighed(rendered(text, glossary)) if both else {} for text in texts]
    common_rarity = {
        side: rarity(c for c, zh in zip(common_counts, chinese, strict=True) if zh is side) for side in (True, False)
    }
    return tuple(
        Profile(
            article=article,
            chinese=zh,
            own=vector(own, own_rarity[zh]),
            common=_common(common, common_rarity, zh=zh),
            rare=distinct(filter(is_rare, figures.get(article.id, ()))),
            names=names_in(text, glossary),
            marks=marks(article, figures.get(article.id, ()), glossary),
            when=article.dates.published,
        )
        for article, text, zh, own, common in zip(listed, texts, chinese, own_counts, common_counts, strict=True)
    )


def _text(article: Article) -> str:
    sentences = [s for s in article.sentences if not is_furniture(s)]
    title = [s.folded for s in sentences if s.part is Part.TITLE]
    return words.joined([*title * (TITLE_TIMES - 1), *(s.folded for s in sentences)])


def _common(counts: Mapping[str, float], rarities: Mapping[bool, Rarity], *, zh: bool) -> Vector:
    return vector(counts, rarities[zh]) if counts else {}
