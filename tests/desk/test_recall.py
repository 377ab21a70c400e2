"""A long memory is called to mind as far as the new articles touch it, and no further."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.desk import recall
from briefing.figures import extract, ledger
from briefing.match import duplicates
from briefing.model.article import Article, Dates, Part
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.judgement import Known, Told
from briefing.model.source import Tier
from briefing.model.story import Disposition, Story
from briefing.model.text import Language
from briefing.read.text import sentences
from briefing.settings import load_desk
from briefing.store.connection import opened
from briefing.store.memory import Remembered
from briefing.wiring import topics_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)
HARBOUR = "The harbour office of Quay sold its tide tables for 48.7 million yuan. Pilots had asked for them free."
QUAY_ZH = "码头市档案局把潮汐表卖了4870万元。引航员曾要求免费开放。"


def article(name: str, text: str, *, days: int = 1, outlet: str = "gazette") -> Article:
    seen = NOW - timedelta(days=days)
    stamp = Stamp("", seen, Sureness.EXACT)
    address = f"https://{outlet}.example/{name}"
    chinese = "。" in text
    return Article(
        id=name,
        entry=Entry("s", name, address, "", "", stamp, seen),
        source="s",
        outlet=outlet,
        tier=Tier.NEWSROOM,
        language=Language.HANS if chinese else Language.EN,
        title="",
        summary="",
        text=text,
        sentences=sentences(text, Part.TEXT),
        dates=Dates(Stamp(), stamp, seen),
        address=address,
        link=address,
    )


@pytest.fixture
def topic(tmp_path: Path):
    return topics_of(load_desk(tmp_path, {}))[0]


@pytest.fixture
def store(tmp_path: Path, topic):
    database = opened(tmp_path / "desk.db")
    yield database, Remembered(database, topic.key, "weekly")
    database.close()


def keep(memory: Remembered, topic, *articles: Article) -> None:
    with memory.db.transaction():
        for one in articles:
            figures = extract.figures_in(one, topic.glossary)
            seen = one.dates.first_seen
            memory.keep_known(Known(one, figures, Disposition.DEVELOPMENT, f"s{one.id}", issue="1"))
            memory.keep_story(Story(f"s{one.id}", one.text[:9], one.language, (one.id,), seen, seen))
            memory.keep_sketch(duplicates.sample(duplicates.sketch(one)))
            memory.keep_told(*(Told(s.text, s.folded, "1", f"s{one.id}", one.id) for s in one.sentences))
            for fact in ledger.enter((), (ledger.Sheet(one, figures),), {}, "1", topic.glossary).facts:
                memory.keep_fact(fact, "1")


def recalled(store, topic, *new: Article):
    figures = {one.id: extract.figures_in(one, topic.glossary) for one in new}
    return recall.recalled(store[0], topic, "weekly", new, figures, now=NOW)


def others(number: int) -> list[Article]:
    return [article(f"o{n}", f"Orchard {n} counted pears number{n} and plums number{n}.") for n in range(number)]


def test_a_short_window_is_called_to_mind_whole(store, topic):
    keep(store[1], topic, *others(3), article("old", HARBOUR, days=300))

    memory = recalled(store, topic, article("new", "Nothing like it was ever said."))

    assert [item.article.id for item in memory.known] == ["o0", "o1", "o2"]
    assert {story.id for story in memory.stories} == {"so0", "so1", "so2"}


@pytest.mark.parametrize("text", [HARBOUR, QUAY_ZH])
def test_of_a_long_window_only_the_near_articles_are_called_to_mind(store, topic, monkeypatch, text):
    monkeypatch.setattr(recall, "WHOLE", 2)
    keep(store[1], topic, *others(4), article("first", text, days=9), article("old", text, days=300))

    memory = recalled(store, topic, article("new", text, outlet="courier"))

    assert [item.article.id for item in memory.known] == ["first"]
    assert [story.id for story in memory.stories] == ["sfirst"]
    assert {told.article for told in memory.told if told.issue == "1"} == {"first", "old"}


def test_an_article_that_stood_at_the_address_is_called_to_mind_however_old(store, topic, monkeypatch):
    old = article("same", HARBOUR, days=300)
    keep(store[1], topic, *others(4), old)

    whole = recalled(store, topic, replace(old, text="Other words."))
    monkeypatch.setattr(recall, "WHOLE", 2)
    near = recalled(store, topic, replace(old, text="Other words."))

    assert "same" in {item.article.id for item in whole.known}
    assert [item.article.id for item in near.known] == ["same"]


def test_of_a_long_ledger_the_lines_are_read_that_a_figure_may_touch(store, topic, monkeypatch):
    report = "The National Audit Office found that fees of 31.4 million yuan were charged for government data."
    keep(store[1], topic, article("fees", report))
    new = article("new", report.replace("31.4 million", "314 million"), outlet="courier")
    every = recalled(store, topic, new).facts
    monkeypatch.setattr(recall, "LINES", 0)

    near = recalled(store, topic, new).facts

    assert [fact for fact in every if fact.first_issue == "1"] == [fact for fact in near if fact.first_issue == "1"]
    assert recalled(store, topic, article("none", "No figure here.")).facts == ledger.of_baseline(topic.baseline)


def test_the_days_of_the_baseline_are_told_with_its_facts(topic):
    told = recall.baseline_told(topic.baseline)

    assert {item.when for item in told} == {fact.when for fact in topic.baseline.facts}
