"""The editor's acts at the terminal, each with its line in the log."""

import json

import pytest
from command import run

from briefing.cli.stories import WHO
from briefing.demo.sample import load_sample
from briefing.errors import UsageError
from briefing.model.source import SourceKind
from briefing.settings.sourceswriting import with_sources
from briefing.store.connection import opened

TOPIC = "china-data-finance"


@pytest.fixture
def open_desk(desk):
    """The sample's sources, and nothing of them told yet, so that the next issue has stories."""
    sources = load_sample().sources("http://127.0.0.1:9")
    with_sources(desk, TOPIC, tuple(source for source in sources if source.kind is SourceKind.FEED))
    database = opened(desk / "desk.db")
    for table in ("issue", "story", "known", "told", "sketch", "fact"):
        database.connection.execute(f"DELETE FROM {table}")
    database.close()
    return desk


def stories(desk):
    return json.loads(run("stories", "--json", folder=desk))


def test_stories_are_listed_merged_ordered_noted_and_given_back(open_desk):
    first, second, third = [one["story"] for one in stories(open_desk)][:3]
    assert first in run("stories", "--language", "zh", folder=open_desk)
    assert "noted as decision 1" in run("stories", "merge", second, first, folder=open_desk)
    run("stories", "pin", third, folder=open_desk)
    run("stories", "note", third, "--zh", "待核", folder=open_desk)
    after = [one["story"] for one in stories(open_desk)]

    assert after[0] == third
    assert second not in after
    assert "待核" in run("run", "--preview", "--no-collect", "--language", "zh", folder=open_desk)
    assert "待核" in run("stories", "decisions", folder=open_desk)
    run("stories", "undo", "1", folder=open_desk)
    run("stories", "move", third, "down", folder=open_desk)
    run("stories", "release", folder=open_desk)
    assert [one["story"] for one in stories(open_desk)][:3] == [first, second, third]
    said = [line for line in json.loads(run("log", "--json", folder=open_desk)) if line["who"] == WHO]
    assert [line["action"] for line in said] == ["order", "order", "undo", "note", "order", "merge"]
    assert "待核" in run("log", "--most", "5", folder=open_desk)


def test_an_article_leaves_its_story(open_desk):
    whole = next(one for one in stories(open_desk) if len(one["articles"]) > 2)
    run("stories", "split", whole["story"], whole["articles"][1], folder=open_desk)

    assert whole["articles"][1] not in next(
        one["articles"] for one in stories(open_desk) if one["story"] == whole["story"]
    )


def test_an_issue_is_corrected_from_the_command_line(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    key = document["figures"][0]["key"]
    run("stories", "correct", "2024-08-30-weekly", key, "--en", "It was an estimate.", folder=desk)

    page = (desk / "archive" / TOPIC / "2024-08-30-weekly" / "index.html").read_text("utf-8")
    assert "It was an estimate." in page
    assert "It was an estimate." in run("run", "--preview", "--no-collect", folder=desk)
    with pytest.raises(UsageError, match="told no figure"):
        run("stories", "correct", "2024-08-30-weekly", "none", "--en", "x", folder=desk)


def test_keep_drop_and_resolve_stand_in_the_log(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    run("drop", document["developments"][0]["coverage"][0]["address"], folder=desk)
    fact = next(f for f in json.loads(run("figures", "--json", folder=desk)) if len(f["witnesses"]) > 1)
    run("figures", "resolve", fact["key"], "--confirm", fact["witnesses"][0]["surface"], folder=desk)
    said = [line for line in json.loads(run("log", "--json", folder=desk)) if line["who"] == WHO]

    assert [line["action"] for line in said] == ["confirm", "drop"]
