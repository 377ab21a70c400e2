"""The shipped topic on headlines of its kind, in both languages, with the near misses that must stay out."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.match.topic import relevance
from briefing.model.entry import Entry, Stamp
from briefing.model.source import Source, SourceKind
from briefing.read.article import articles_of
from briefing.read.text import fold
from briefing.settings.topicfile import load_topic

HEADLINES = tomllib.loads((Path(__file__).parent / "streams" / "headlines.toml").read_text())["headline"]
SOURCE = Source("wire", "https://wire.example/", SourceKind.FEED, "Wire")


@pytest.fixture(scope="module")
def topic():
    return load_topic(Path(__file__).parents[2] / "feeds" / "china-data-finance", fold)


@pytest.mark.parametrize("headline", HEADLINES, ids=[each["title"][:40] for each in HEADLINES])
def test_the_shipped_topic_tells_its_news_from_its_neighbours(topic, headline):
    entry = Entry(
        "wire",
        "1",
        "https://wire.example/1",
        headline["title"],
        headline["text"],
        Stamp(),
        datetime(2024, 9, 4, tzinfo=UTC),
    )
    found = [relevance(article, topic.relevance, topic.glossary) for article in articles_of(entry, SOURCE)]
    assert any(each.on_topic for each in found) == headline["on"], [each.reason.en for each in found]
