"""Feeds are Atom and JSON that a feed reader takes as they are, and say the same."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import feedparser

from briefing.archive.syndication import FeedEntry, FeedHead, atom, json_feed

HEAD = FeedHead(
    "urn:briefing:data",
    "数据财政 Data finance",
    "https://desk.example/data/",
    "https://desk.example/data/feed.atom",
    "en",
)


def entry(day: int) -> FeedEntry:
    made = datetime(2024, 8, day, tzinfo=UTC)
    return FeedEntry(
        f"urn:briefing:data:{day}", f"<Issue> {day} & 第{day}期", f"https://desk.example/{day}/", made, "2亿 > 1亿"
    )


def test_titles_in_both_languages_and_markup_survive():
    feed = feedparser.parse(atom(HEAD, [entry(2)]))

    assert feed.bozo == 0
    assert feed.feed.title == "数据财政 Data finance"
    assert feed.entries[0].summary == "2亿 > 1亿"
    assert feed.entries[0].link == "https://desk.example/2/"


def test_the_newest_issue_comes_first_and_dates_the_feed():
    feed = feedparser.parse(atom(HEAD, [entry(2), entry(9), entry(5)]))

    assert [item.id.rsplit(":", 1)[1] for item in feed.entries] == ["9", "5", "2"]
    assert feed.feed.updated == "2024-08-09T00:00:00Z"


def test_a_feed_without_issues_is_still_a_feed():
    feed = feedparser.parse(atom(HEAD, []))

    assert feed.bozo == 0
    assert feed.entries == []


def test_the_json_feed_says_what_the_atom_feed_says():
    entries = [entry(2), entry(9), entry(5)]
    made, feed = json.loads(json_feed(HEAD, entries)), feedparser.parse(atom(HEAD, entries))

    assert [(i["id"], i["title"], i["url"], i["content_text"]) for i in made["items"]] == [
        (i.id, i.title, i.link, i.summary) for i in feed.entries
    ]
    assert made["title"] == HEAD.title
    assert json.loads(json_feed(HEAD, []))["items"] == []


def test_words_that_no_xml_may_hold_are_left_out_and_the_rest_stays():
    feed = feedparser.parse(atom(replace(HEAD, title="data\x00 数\x0b据\ud800\ufffe"), [entry(2)]))

    assert feed.bozo == 0
    assert feed.feed.title == "data 数据"
