"""A slot that was taken over brings out one issue, and letters of the issue that is really out."""

import importlib.util
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from briefing.desk.bringing import bring_out
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.publishing import folder_of, publish
from briefing.model.slot import SlotState
from briefing.model.subscriber import Consent, ConsentEvent, Subscriber, SubscriberState, Subscription
from briefing.model.topic import Edition, QuietRule, ReviewRule, Rhythm
from briefing.store import issues, slots, subscribers

spec = importlib.util.spec_from_file_location("sample_run", Path(__file__).parents[1] / "desk" / "sample_run.py")
sample_run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample_run)

DAILY = Edition("weekly", Rhythm.DAILY, time(8), "UTC", quiet=QuietRule.NOTE)
BEFORE, DUE = datetime(2026, 11, 25, 7, 59, tzinfo=UTC), datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    made = sample_run.sample_desk(tmp_path, "http://127.0.0.1:9")
    made = replace(made, topics=(replace(made.topics[0], editions=(DAILY,)),))
    assert bring_out(made, made.topics[0], DAILY, "boot:one", BEFORE) is None
    yield made
    made.database.close()


def test_an_issue_that_another_was_faster_with_is_the_one_whose_letters_go_out(desk):
    topic = desk.topics[0]

    def interrupted(name):
        """Another process publishes while this one draws its pages."""
        if name == "render":
            publish(replace(desk, step=lambda _: None), make_issue(desk, occasion(desk, DUE - timedelta(seconds=5))))

    brought = bring_out(replace(desk, step=interrupted), topic, DAILY, "boot:one", DUE)
    assert brought.state is SlotState.MADE
    assert [one.made_at for one in issues.every(desk.database)] == [DUE - timedelta(seconds=5)]


def occasion(desk, now):
    return next_occasion(desk, desk.topics[0], DAILY, now, day=now.date())


def test_what_fails_stays_taken_and_is_tried_again_when_its_lease_is_over(desk):
    topic = desk.topics[0]

    def failing(name):
        if name == "staged":
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        bring_out(replace(desk, step=failing), topic, DAILY, "boot:one", DUE)
    assert bring_out(desk, topic, DAILY, "boot:one", DUE + timedelta(minutes=1)).state is SlotState.TAKEN
    assert bring_out(desk, topic, DAILY, "boot:two", DUE + timedelta(minutes=1)) is None
    brought = bring_out(desk, topic, DAILY, "boot:one", DUE + timedelta(minutes=4))
    assert (brought.state, len(issues.every(desk.database))) == (SlotState.MADE, 1)


def test_a_maker_that_died_between_store_and_archive_leaves_an_issue_that_the_next_one_puts_in_its_place(desk):
    topic = desk.topics[0]

    def killed(name):
        if name == "committed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_out(replace(desk, step=killed), topic, DAILY, "boot:one", DUE)
    brought = bring_out(desk, topic, DAILY, "boot:two", DUE + timedelta(minutes=4))
    issue = issues.document(desk.database, topic.key, brought.issue)
    assert (folder_of(desk, issue) / "issue.json").exists()
    assert issue.made_at == DUE


@pytest.mark.parametrize(
    ("rule", "approved", "state"),
    [
        (ReviewRule.HOLD_THEN_SEND, False, SlotState.MADE),
        (ReviewRule.HOLD_THEN_SKIP, False, SlotState.SKIPPED),
        (ReviewRule.HOLD_THEN_SKIP, True, SlotState.MADE),
    ],
)
def test_the_editors_word_outlives_the_process_that_was_to_act_on_it(desk, rule, approved, state):
    topic, held = desk.topics[0], replace(DAILY, review=rule)
    assert bring_out(desk, topic, held, "boot:one", DUE).state is SlotState.HELD
    later = DUE + timedelta(minutes=held.review_minutes)
    if approved:
        line = slots.Line(topic.key, held.name, "editor")
        assert slots.approve(desk.database, line, DUE.date(), later)

    def killed(_name):
        raise KeyboardInterrupt

    if state is SlotState.MADE:
        with pytest.raises(KeyboardInterrupt):
            bring_out(replace(desk, step=killed), topic, held, "boot:one", later)
        later += timedelta(minutes=4)
    assert bring_out(desk, topic, held, "boot:two", later).state is state


def test_a_quiet_day_is_published_and_mailed_to_nobody_and_a_note_is_mailed_where_the_edition_says_so(desk):
    topic = desk.topics[0]
    reader = Subscriber(
        "a" * 16, "ada@example.net", BEFORE, SubscriberState.ACTIVE, subscriptions=(Subscription(topic.key, "weekly"),)
    )
    log = Consent(reader.id, ConsentEvent.CONFIRMED, BEFORE, "form")
    assert subscribers.add(desk.database, reader, "ada@example.net", log)
    bring_out(desk, topic, DAILY, "boot:one", DUE)
    for days, rule, wanted in ((1, QuietRule.SKIP, (SlotState.QUIET, 0)), (2, QuietRule.NOTE, (SlotState.MADE, 1))):
        brought = bring_out(desk, topic, replace(DAILY, quiet=rule), "boot:one", DUE + timedelta(days=days))
        assert issues.document(desk.database, topic.key, brought.issue).is_silent
        assert (brought.state, brought.letters) == wanted
