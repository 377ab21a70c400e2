"""The editor's gate at the terminal: hold, then send or skip, each with its line in the log."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from command import run

from briefing.cli.stories import WHO
from briefing.desk import slots as desk_slots
from briefing.desk.bringing import bring_out
from briefing.errors import UsageError
from briefing.model.slot import Slot, SlotState
from briefing.model.topic import ReviewRule
from briefing.store import slots
from briefing.wiring import desk_at


@pytest.fixture
def waiting(desk):
    """A slot of the first edition that waits for an editor for an hour; gives a look at it."""
    return desk, _held(desk, datetime.now(UTC).replace(microsecond=0))


def _held(folder, now):
    with desk_at(str(folder)) as opened:
        topic, edition = opened.topics[0], opened.topics[0].editions[0]
        line, slot = slots.Line(topic.key, edition.name, "maker"), Slot(now.date(), now)
        slots.take(opened.database, line, slot, now, now + timedelta(minutes=3))
        desk_slots.held(opened.database, line, slot, edition, now)
    return slot


def last(folder):
    with desk_at(str(folder)) as opened:
        topic = opened.topics[0]
        return slots.last(opened.database, topic.key, topic.editions[0].name)


def brought(folder, now):
    with desk_at(str(folder)) as opened:
        topic = opened.topics[0]
        return bring_out(opened, topic, topic.editions[0], "next maker", now)


def deeds(folder):
    return [line["action"] for line in json.loads(run("log", "--json", folder=folder)) if line["who"] == WHO]


def test_an_approved_issue_goes_out_at_once(waiting):
    folder, slot = waiting
    assert "goes out within a minute" in run("approve", folder=folder)
    assert last(folder).until <= datetime.now(UTC)
    assert brought(folder, datetime.now(UTC)).state in {SlotState.MADE, SlotState.QUIET}
    assert deeds(folder) == ["approve"]
    assert str(slot.day) in run("log", folder=folder)


def test_a_skipped_issue_does_not_appear(waiting):
    folder, _ = waiting
    assert "does not appear" in run("skip", folder=folder)
    assert last(folder).state is SlotState.SKIPPED
    assert brought(folder, datetime.now(UTC) + timedelta(hours=2)) is None
    assert deeds(folder) == ["skip"]


def test_a_held_issue_waits_and_without_a_word_does_not_appear(desk):
    said = run("hold", folder=desk)
    assert "will wait" in said
    with desk_at(str(desk)) as opened:
        topic = opened.topics[0]
        edition = topic.editions[0]
    assert f"{edition.review_minutes} minutes" in said
    assert edition.review is ReviewRule.NONE
    now = datetime.now(UTC).replace(microsecond=0)
    _held(desk, now)
    assert brought(desk, now + timedelta(minutes=edition.review_minutes + 1)).state is SlotState.SKIPPED
    assert deeds(desk) == ["hold"]


@pytest.mark.parametrize("act", ["approve", "skip"])
def test_where_nothing_waits_the_commands_say_so(desk, act):
    with pytest.raises(UsageError, match="no issue of china-data-finance/weekly waits for an editor"):
        run(act, folder=desk)


def test_a_word_that_comes_when_another_was_faster_is_refused_and_noted(waiting, monkeypatch):
    folder, _ = waiting
    there = last(folder)
    run("skip", folder=folder)
    monkeypatch.setattr("briefing.desk.gate.held", lambda _chair: there)  # as this editor saw it a moment ago
    with pytest.raises(UsageError, match="no longer waits"):
        run("approve", folder=folder)
    assert last(folder).state is SlotState.SKIPPED
    assert deeds(folder)[0] == "approve (too late)"
