"""What an outcome says about its source, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefing.model.entry import Entry, Failed, FailureReason, Stamp, Unchanged
from briefing.model.issue import HealthState
from briefing.model.source import Source, SourceKind
from briefing.read.health import FAILURES, SAID_IN_FULL, health, usual_gap
from briefing.read.parsed import Form, Parsed

NOW = datetime(2024, 9, 6, tzinfo=UTC)
SOURCE = Source("nanwan", "https://nanwan-daily.example/feed", SourceKind.FEED, name="南湾日报")
ENTRY = Entry("nanwan", "g", "", "t", "", Stamp(), NOW)


def every(gap, since=timedelta()):
    return [NOW - since - gap * n for n in range(12)]


def parsed(**more):
    return Parsed(**{"entries": (ENTRY, ENTRY), "form": Form.RSS} | more)


def test_a_source_in_order_is_ok():
    found = health(SOURCE, parsed(), every(timedelta(days=1)), NOW)
    assert (found.state, found.message.en, found.message.zh) == (HealthState.OK, "ok", "正常")
    assert (found.source, found.name, found.newest, found.entries) == ("nanwan", "南湾日报", NOW, 2)


def test_what_was_mended_or_assumed_is_said():
    mended = parsed(repaired=True, encoding="gb18030", malformed=True, dates_guessed=1, dates_missing=1, skipped=3)
    found = health(SOURCE, mended, [], NOW)
    for words in ("gb18030", "well-formed", "1 of 2 dates", "1 of 2 entries", "3 entries left out"):
        assert words in found.message.en
    assert "编码已修正" in found.message.zh


@pytest.mark.parametrize(
    ("gap", "age", "state", "words"),
    [
        (timedelta(days=1), timedelta(days=2.9), HealthState.OK, "ok"),
        (timedelta(days=1), timedelta(days=3.1), HealthState.SILENT, "every 24 hours"),
        (timedelta(days=7), timedelta(days=22), HealthState.SILENT, "every 7 days"),
        (timedelta(hours=1), timedelta(hours=30), HealthState.OK, "ok"),  # a night and a morning
        (timedelta(hours=1), timedelta(hours=40), HealthState.SILENT, "every hour"),
        (timedelta(minutes=5), timedelta(hours=40), HealthState.SILENT, "hour or oftener"),
        (timedelta(days=300), timedelta(days=500), HealthState.SILENT, "2023-"),
    ],
)
def test_a_source_is_silent_at_three_times_its_usual_gap(gap, age, state, words):
    found = health(SOURCE, parsed(), every(gap, age), NOW)
    assert found.state == state
    assert words in found.message.en


def test_an_answer_of_unchanged_does_not_hide_silence():
    assert health(SOURCE, Unchanged("x"), every(timedelta(days=1)), NOW).state is HealthState.UNCHANGED
    assert health(SOURCE, Unchanged("x"), every(timedelta(days=1), timedelta(days=9)), NOW).state is HealthState.SILENT


def test_a_source_without_a_rhythm_is_silent_after_a_year():
    assert health(SOURCE, parsed(), [NOW - timedelta(days=390)], NOW).state is HealthState.OK
    found = health(SOURCE, parsed(), [NOW - timedelta(days=2_500)], NOW)
    assert (found.state, "2017" in found.message.zh) == (HealthState.SILENT, True)
    assert usual_gap([NOW]) is None


def test_no_entries_are_said_with_the_likely_reason():
    assert "no entries" in health(SOURCE, parsed(entries=()), [], NOW).message.en
    page = health(SOURCE, parsed(entries=(), form=Form.LISTING), every(timedelta(days=1)), NOW)
    assert (page.state, "选择器" in page.message.zh) == (HealthState.EMPTY, True)


@pytest.mark.parametrize("reason", FailureReason)
def test_every_failure_has_words_in_both_languages(reason):
    found = health(SOURCE, Failed("x", reason, "details here"), [], NOW)
    assert found.state is HealthState.FAILED
    assert ("details here" in found.message.en) is (reason not in SAID_IN_FULL)
    assert FAILURES[reason].zh in found.message.zh


@pytest.mark.parametrize(
    ("status", "words"), [(403, "refuses"), (405, "405"), (406, "406"), (418, "error (418)"), (0, "error")]
)
def test_a_status_is_said_in_words(status, words):
    assert words in health(SOURCE, Failed("x", FailureReason.STATUS, status=status), [], NOW).message.en


@pytest.mark.parametrize(
    ("reason", "detail", "chinese"),
    [
        (FailureReason.TIMEOUT, "no whole answer within 30 seconds", "服务器响应过慢（30秒内未收到完整内容）"),
        (FailureReason.UNREACHABLE, "the name a.example is not known", "服务器无法连接（域名a.example无法解析）"),
        (FailureReason.UNREACHABLE, "no route to host", "服务器无法连接（no route to host）"),
    ],
)
def test_a_known_detail_is_said_in_chinese(reason, detail, chinese):
    assert health(SOURCE, Failed("x", reason, detail), [], NOW).message.zh == chinese


def test_entries_without_a_title_are_said():
    entries = (replace(ENTRY, title=""), ENTRY)
    assert health(SOURCE, parsed(entries=entries), [], NOW).message.zh == "2条中有1条没有标题"
