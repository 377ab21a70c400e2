import json
from datetime import timedelta

import pytest
from lxml import html

from briefing.store import entries, issues

from .conftest import NOW, TOPIC


def test_a_briefing_on_demand_is_a_page_without_a_number(own_site):
    page = own_site.ask("/briefing?since=30d&q=衡阳&ui=zh")
    tree = html.fromstring(page.body)

    assert page.status == 200
    assert tree.get("lang") == "zh-Hans"
    assert any("衡阳" in story.text_content() for story in tree.xpath("//*[starts-with(@id, 'story-')]"))
    assert "unsafe-inline" in page.headers["content-security-policy"]
    assert "script" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


def test_it_moves_no_watermark_and_keeps_nothing(own_site):
    database = own_site.desk.database
    before = issues.every(database), issues.last(database, TOPIC, "weekly"), entries.polls(database, TOPIC)
    own_site.ask("/briefing?since=90d")

    assert (issues.every(database), issues.last(database, TOPIC, "weekly"), entries.polls(database, TOPIC)) == before


@pytest.mark.parametrize(
    ("ui", "told"), [("en", "No article of that period holds"), ("zh", "该时段没有文章含有这些词语")]
)
def test_words_that_no_article_holds_are_said_to_be_in_none(own_site, ui, told):
    assert told in own_site.ask(f"/briefing?since=30d&q=zebra&ui={ui}").text
    assert told not in own_site.ask(f"/briefing?since=30d&q=衡阳&ui={ui}").text


def test_the_same_as_json(own_site):
    got = own_site.ask(f"/briefing.json?since=30d&topic={TOPIC}")

    assert got.headers["content-type"].startswith("application/json")
    assert json.loads(got.body)["number"] == 0


@pytest.mark.parametrize("wrong", ["since=9999d", "since=-1d", "since=7d&topic=none", "since=7d%00"])
def test_a_period_or_topic_that_cannot_be_is_refused(own_site, wrong):
    assert own_site.ask(f"/briefing?{wrong}").status == 400


def test_who_asks_too_often_waits(own_site):
    statuses = [own_site.ask("/briefing?since=24h&q=zzz").status for _ in range(8)]

    assert statuses == [200] * 6 + [429] * 2
    assert own_site.ask("/briefing.json?since=24h").status == 429
    own_site.moments.append(NOW + timedelta(minutes=1))
    assert own_site.ask("/briefing?since=24h&q=zzz").status == 200


def test_words_come_back_as_text_never_as_markup(own_site):
    page = own_site.ask("/briefing?since=7d&q=<script>alert(1)</script>")

    assert page.status == 200
    assert "<script" not in page.text


def test_a_long_period_needs_words_and_finds_what_is_old(own_site):
    own_site.moments.append(NOW + timedelta(days=700))

    assert own_site.ask("/briefing?since=3650d&ui=zh").status == 409
    assert "衡阳" in own_site.ask("/briefing?since=3650d&q=衡阳&ui=zh").text
    assert json.loads(own_site.ask("/briefing.json?since=90d&q=衡阳").body)["developments"] == []
    assert json.loads(own_site.ask("/briefing.json?since=3650d&q=衡阳").body)["developments"]
