"""A baseline record out of an article: its citation, its figures, its sketch. No sentence of it is kept."""

import re
from dataclasses import replace
from datetime import date, datetime

from briefing.figures import extract
from briefing.match import duplicates
from briefing.model.article import Article
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.fact import Witness
from briefing.model.figure import Figure
from briefing.model.source import Source, SourceKind
from briefing.model.topic import BaselineArticle, Topic
from briefing.read.article import articles_of


def article_of(text: str, title: str, link: str, published: datetime, outlet: str) -> Article:
    """An article out of plain text, read by the same path as one that a source gave."""
    source = Source(key="baseline", address=link, kind=SourceKind.FEED, name=outlet, outlet=outlet)
    stamp = Stamp(published.isoformat(), published, Sureness.EXACT)
    entry = Entry("baseline", link, link, title, "", stamp, published, content=text, key=link)
    return articles_of(entry, source)[0]


def record_of(article: Article, topic: Topic, key: str, published: date) -> BaselineArticle:
    """The record that `baseline.toml` keeps: every figure with its exact span, and a sample of the text's shingles."""
    figures = extract.figures_in(article, topic.glossary)
    sketch = duplicates.sketch(article)
    return BaselineArticle(
        key=key,
        title=article.title,
        outlet=article.outlet,
        address=article.link,
        published=published,
        language=article.language,
        sketch=duplicates.sample(sketch).hashes,
        shingles=sketch.shingles,
        witnesses=tuple(_witness(article, figure) for figure in figures),
        keys=tuple(_key(figure) for figure in figures),
    )


def resketched(known: BaselineArticle, article: Article) -> BaselineArticle:
    """The same record with the sketch of this text; its figures stay as its editor left them."""
    sketch = duplicates.sketch(article)
    return replace(known, sketch=duplicates.sample(sketch).hashes, shingles=sketch.shingles)


def slug(title: str) -> str:
    """A key for a record, out of its title."""
    words = re.findall(r"[a-z0-9]+", title.lower())[:5]
    return "-".join(words) or "article"


def _witness(article: Article, figure: Figure) -> Witness:
    """A figure as its own witness; the quote is the figure alone, for the text is not kept."""
    return Witness(
        article=article.id,
        outlet=article.outlet,
        tier=article.tier,
        address=article.link,
        published=article.dates.published,
        figure=figure,
        quote=figure.surface,
        issue="baseline",
    )


def _key(figure: Figure) -> str:
    return f"{figure.measure}|{figure.subject}|{figure.period}" if figure.measure else ""
