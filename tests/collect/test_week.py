"""A week of polling against a real server whose clock, like ours, is only told: what was asked, when, and with what."""

import asyncio
import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from briefing.collect.http import Request
from briefing.collect.politeness import Polling, after
from briefing.model.entry import Failed, FailureReason, Fetched, Outcome, Unchanged

MONDAY = datetime(2024, 6, 24, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
HOURLY = [timedelta(hours=number) for number in range(1, 11)]  # ages of the last entries


@dataclass
class Asked:
    at: datetime
    path: str
    etag: str
    outcome: Outcome
    record: Polling


@dataclass
class Week:
    log: dict[str, list[Asked]] = field(default_factory=dict)
    now: datetime = MONDAY

    def hours(self, path):
        return [(asked.at - MONDAY) / HOUR for asked in self.log[path]]

    def gaps(self, path):
        return [later - earlier for earlier, later in pairwise(self.hours(path))]


def versioned(version, **fields):
    return "200 OK", f"<rss>{version}</rss>".encode(), {"ETag": f'"{version}"'} | fields


def hourly(now, seen):
    """A feed that gains an entry every hour and honours its validator."""
    version = int((now - MONDAY) / HOUR)
    if seen.headers.get("if-none-match") == f'"{version}"':
        return "304 Not Modified", b"", {}
    return versioned(version)


def between(now, first, last):
    return MONDAY + first * HOUR <= now < MONDAY + last * HOUR


TROUBLE = {  # from which hour of the week to which, and what is answered then
    "/moving": (24, 999, ("301 Moved Permanently", b"", {"Location": "/moved"})),
    "/gone": (48, 999, ("410 Gone", b"", {})),
    "/busy": (30, 31, ("429 Too Many Requests", b"", {"Retry-After": "21600"})),
    "/forbidden": (0, 999, ("403 Forbidden", b"", {})),
    "/unacceptable": (0, 999, ("406 Not Acceptable", b"", {})),
    "/repair": (24, 48, ("503 Service Unavailable", b"", {})),
    "/kept": (0, 999, versioned(1, **{"Cache-Control": "max-age=7200"})),
    "/slow": (24, 36, None),
    "/cut": (24, 36, b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\nETag: "half"\r\n\r\n<rss>'),
}
PATHS = ["/hourly", *TROUBLE]


async def played(week, seen, writer):
    """What the server does in that week."""
    first, last, answer = TROUBLE.get(seen.path, (0, 0, None))
    if not between(week.now, first, last):
        return hourly(week.now, seen)
    if seen.path == "/slow":
        await asyncio.sleep(30)
    if seen.path == "/cut":
        writer.write(answer)
        await writer.drain()
        writer.close()
        return None
    return answer


@pytest.fixture(scope="module")
def week(module_loopback):
    """The week is played once; each test reads another promise out of its log."""
    week = Week()

    async def play():
        async with (
            module_loopback.serving(lambda seen, writer: played(week, seen, writer)) as server,
            module_loopback.client_for(server) as client,
        ):
            due = [(MONDAY, number, path, Polling().at(server.at(path))) for number, path in enumerate(PATHS)]
            heapq.heapify(due)
            while due and due[0][0] < MONDAY + WEEK:
                week.now, number, path, record = heapq.heappop(due)
                assert record.is_due(week.now)
                address = record.new_address() or server.at(path)
                deadline_s = 0.05 if path == "/slow" and between(week.now, 24, 36) else 10
                outcome = await client.get(Request(address, record.etag, record.last_modified, deadline_s=deadline_s))
                recent = [week.now - age for age in HOURLY]
                jitter = (number * 7 % 10) / 10
                moved = after(record, outcome, week.now, recent=recent, jitter=jitter)
                week.log.setdefault(path, []).append(
                    Asked(week.now, address.removeprefix(server.at("")), record.etag, outcome, moved)
                )
                if moved.next_due is not None:
                    heapq.heappush(due, (moved.next_due, number, path, moved))

    asyncio.run(play())
    return week


def test_a_feed_with_an_entry_an_hour_is_asked_twice_an_hour_and_read_once_per_entry(week):
    fetched = [asked.outcome.body for asked in week.log["/hourly"] if isinstance(asked.outcome, Fetched)]
    assert fetched == [f"<rss>{hour}</rss>".encode() for hour in range(168)]
    assert set(week.gaps("/hourly")) == {0.5}
    assert len(week.log["/hourly"]) == 336


def test_nobody_is_asked_more_often_than_every_quarter_of_an_hour(week):
    assert min(gap for path in PATHS for gap in week.gaps(path)) >= 0.25


def test_every_question_carries_the_validator_of_the_last_whole_body(week):
    for path in PATHS:
        known = ""
        for asked in week.log[path]:
            assert asked.etag == known
            known = asked.outcome.etag if isinstance(asked.outcome, Fetched) else known


def test_a_moved_feed_is_asked_at_its_new_address_after_three_answers(week):
    paths = [asked.path for asked in week.log["/moving"]]
    first = next(number for number, asked in enumerate(week.log["/moving"]) if between(asked.at, 24, 999))
    assert set(paths[: first + 3]) == {"/moving"}
    assert set(paths[first + 3 :]) == {"/moved"}


def test_a_feed_that_is_gone_is_asked_once_more_and_never_again(week):
    last = week.log["/gone"][-1]
    assert last.outcome.reason is FailureReason.GONE
    assert (last.record.ended, last.record.next_due) == (True, None)
    assert week.hours("/gone")[-1] < 49


def test_retry_after_is_obeyed(week):
    refused = next(n for n, asked in enumerate(week.log["/busy"]) if isinstance(asked.outcome, Failed))
    assert week.gaps("/busy")[refused] >= 6
    assert all(not isinstance(asked.outcome, Failed) for asked in week.log["/busy"][refused + 1 :])


@pytest.mark.parametrize("path", ["/forbidden", "/unacceptable"])
def test_a_feed_that_refuses_is_asked_less_and_less(week, path):
    gaps = week.gaps(path)
    assert gaps == sorted(gaps)
    assert len(week.log[path]) < 27
    assert week.log[path][-1].record.errors == len(week.log[path])


@pytest.mark.parametrize(("path", "reason"), [("/repair", "status"), ("/slow", "timeout"), ("/cut", "cut off")])
def test_trouble_is_counted_and_forgotten_when_it_is_over(week, path, reason):
    failed = [asked for asked in week.log[path] if isinstance(asked.outcome, Failed)]
    assert 1 < len(failed) < 12
    assert {asked.outcome.reason.value for asked in failed} == {reason}
    assert [asked.record.errors for asked in failed] == list(range(1, len(failed) + 1))
    last = week.log[path][-1].record
    assert (last.errors, last.failure, last.last_good) == (0, None, last.last_asked)


def test_a_body_that_was_cut_leaves_no_validator(week):
    assert all(asked.record.etag != '"half"' for asked in week.log["/cut"])


def test_freshness_that_a_server_states_is_kept(week):
    assert min(week.gaps("/kept")) >= 2


def test_most_questions_are_answered_with_nothing_new(week):
    outcomes = [asked.outcome for asked in week.log["/hourly"]]
    assert sum(isinstance(outcome, Unchanged) for outcome in outcomes) == 168
