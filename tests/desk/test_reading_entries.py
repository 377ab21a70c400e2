"""Every entry that was read has a verdict, and a host that imitates an official one vouches for nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.desk.making import read
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.settings import load_desk
from briefing.store.entries import Stored
from briefing.wiring import topics_of

SEEN = datetime(2024, 9, 4, 12, tzinfo=UTC)
SHORT, LONG = "Tide tables are sold.", "Tide tables are sold. Pilots had asked for them free."


def source(key: str, host: str, tier: Tier) -> Source:
    return Source(
        key=key,
        address=f"https://{host}/feed",
        kind=SourceKind.FEED,
        name=key,
        outlet=key,
        language=Language.EN,
        zone="UTC",
        tier=tier,
        full_text=True,
    )


@pytest.fixture
def topic(tmp_path: Path):
    made = topics_of(load_desk(tmp_path, {}))[0]
    sources = (source("nda", "www.nda.gov.cn", Tier.OFFICIAL), source("post", "post.example", Tier.NEWSROOM))
    return replace(made, sources=sources)


def stored(key: str, link: str, text: str) -> Stored:
    stamp = Stamp("", SEEN, Sureness.EXACT)
    return Stored(0, Entry(key, link, link, "Tide tables", "", stamp, SEEN, content=text))


def test_two_entries_at_one_link_are_one_article_with_the_longer_text(topic):
    link = "https://post.example/a"
    (article,) = read(topic, [stored("post", link, SHORT), stored("post", link, LONG)])

    assert article.text == LONG


def test_another_link_to_a_page_is_an_article_beside_it(topic):
    plain, mobile = "https://post.example/a", "https://post.example/a?utm_source=feed"
    for order in ((plain, mobile), (mobile, plain)):
        first, second = read(topic, [stored("post", link, LONG) for link in order])
        assert (first.link, second.link) == order
        assert first.address == second.address
        assert second.id.startswith(f"{first.id}~")


@pytest.mark.parametrize(
    ("link", "tier"),
    [
        ("https://www-nda-gov-cn.post.example/a", Tier.UNKNOWN),
        ("https://post.example/a", Tier.NEWSROOM),
        ("https://wap.nda.gov.cn/a", Tier.NEWSROOM),
    ],
)
def test_an_article_at_a_lookalike_host_loses_its_tier(topic, link, tier):
    (article,) = read(topic, [stored("post", link, LONG)])

    assert article.tier is tier
