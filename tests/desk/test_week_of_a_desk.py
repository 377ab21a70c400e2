"""A simulated week of the real desk: a feed that moves its dates and titles, and others in every kind of trouble."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from press import desk_of, open_press, watched

from briefing.codec import decoded
from briefing.desk.collecting import collect, states
from briefing.model.entry import Entry, FailureReason
from briefing.store import sessions

MONDAY = datetime(2024, 6, 24, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(minutes=20)  # how often the desk looks for what is due
WEEK = 168
SHOWN = 20  # items that the feed shows at a time
EDITED = 12  # every twelfth item gets another title three hours later
PATHS = ("/moving", "/moved", "/gone", "/forbidden", "/unacceptable", "/busy", "/repair", "/slow", "/cut")


def title_of(number, hour):
    return f"审计署第{number}号公告{'（更正）' if number % EDITED == 0 and hour >= number + 3 else ''}"


def items(press, hour, *, dates_move=False):
    """What the feed shows at an hour: each seventh item is missing for five hours, and comes back."""
    moved = timedelta(minutes=hour) if dates_move else timedelta()
    return [
        (f"item-{n}", title_of(n, hour), press.at(f"/{n}?utm_source=rss"), MONDAY + n * HOUR + moved)
        for n in range(max(0, hour - SHOWN), hour + 1)
        if not (n % 7 == 3 and 5 <= hour - n < 10)
    ]


def set_up(press, hour):
    """What stands at each path in that hour of the week."""
    press.feed("/moving", items(press, hour, dates_move=True), ETag=f'"{hour}"')
    for path in PATHS[1:]:
        press.feed(path, [(f"{path}{i[0]}", f"{path} {i[1]}", f"{i[2]}&{path[1:]}", i[3]) for i in items(press, hour)])
    press.pages["/new"] = press.pages["/moved"]
    trouble = {
        "/moved": (24, WEEK, 301, {"Location": "/new"}),
        "/gone": (48, WEEK, 410, {}),
        "/forbidden": (0, WEEK, 403, {}),
        "/unacceptable": (0, WEEK, 406, {}),
        "/busy": (30, 31, 429, {"Retry-After": "21600"}),
        "/repair": (24, 48, 503, {}),
    }
    for path, (first, last, status, fields) in trouble.items():
        if first <= hour < last:
            press.put(path, "", status, **{name.replace("-", "_"): text for name, text in fields.items()})
    if 24 <= hour < 36:
        press.put("/cut", "<rss><channel>", 200, Content_Length="999")
        press.put("/slow", "slow", 200)


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """Played once: when each path was asked, and the desk's store and log at the end."""
    asked, found = Counter(), {}
    with open_press() as press:
        sources = watched(press, *PATHS)
        with desk_of(press, tmp_path_factory.mktemp("week"), sources) as made:
            how = replace(made.fetching, deadline_s=0.25, per_host=9)
            press.slow = {"/slow": 0.4}
            topic, now = made.topics[0], MONDAY
            changed = 0
            while now < MONDAY + WEEK * HOUR:
                hour = int((now - MONDAY) / HOUR)
                set_up(press, hour)
                before = len(press.asked)
                busy = replace(made, fetching=how)
                done = asyncio.run(collect(busy, topic, now))
                changed += done.changed
                asked.update((path, hour) for path in press.asked[before:])
                now += TICK
            rows = made.database.rows("entries_changed", topic=topic.key, after="", until="9999")
            found = {
                "asked": asked,
                "entries": [decoded(Entry, record) for _, record in rows],
                "records": {s.key: (health, record) for s, health, record in states(made, topic)},
                "deeds": [f"{d.action} {d.subject.rpartition('/')[2]}" for d in sessions.log(made.database)],
                "revisions": made.database.connection.execute("SELECT count(*) FROM revision").get,
                "changed": changed,
            }
    return found


def times(week, path):
    return sum(number for (asked, _), number in week["asked"].items() if asked == path)


def test_each_item_of_a_moving_feed_is_kept_once_with_its_revisions_and_no_new_date_is_news(week):
    kept = [entry for entry in week["entries"] if entry.source == "moving"]
    numbers = sorted(int(entry.guid.removeprefix("item-")) for entry in kept)
    assert numbers == list(range(WEEK))
    edited = {entry.guid for entry in kept if entry.revision}
    assert edited == {f"item-{n}" for n in range(0, WEEK - 3, EDITED)}
    assert {entry.revision for entry in kept} == {0, 1}
    assert all("更正" in entry.title for entry in kept if entry.revision)


def test_nothing_else_changed_in_the_store_than_what_was_edited(week):
    assert week["changed"] == week["revisions"] == sum(entry.revision for entry in week["entries"])


def test_a_moved_source_is_asked_at_its_new_address_after_three_answers(week):
    record = week["records"]["moved"][1]
    assert record.address.endswith("/new")
    assert sum(number for (path, hour), number in week["asked"].items() if path == "/moved" and hour >= 24) == 3
    assert len([e for e in week["entries"] if e.source == "moved"]) == WEEK


def test_a_source_that_is_gone_is_asked_once_more(week):
    assert sum(number for (path, hour), number in week["asked"].items() if path == "/gone" and hour >= 48) == 1
    assert week["records"]["gone"][1].ended


@pytest.mark.parametrize("path", ["/forbidden", "/unacceptable"])
def test_a_source_that_refuses_is_asked_less_and_less(week, path):
    assert 10 <= times(week, path) <= 20
    health, record = week["records"][path[1:]]
    assert record.next_due - record.last_asked > 12 * HOUR
    assert str(health.state) == "failed"


def test_a_host_that_says_too_often_is_left_alone_for_as_long_as_it_wants(week):
    quiet = [number for (_, hour), number in week["asked"].items() if 31 <= hour < 36]
    assert sum(quiet) == 0
    assert sum(number for (_, hour), number in week["asked"].items() if 37 <= hour < 40) > 3


@pytest.mark.parametrize(("path", "lost"), [("/repair", 12), ("/slow", 0), ("/cut", 0)])
def test_trouble_that_is_over_is_forgotten_and_costs_only_what_left_the_feed_meanwhile(week, path, lost):
    _, record = week["records"][path[1:]]
    assert (record.errors, record.failure, record.told) == (0, None, False)
    assert WEEK - lost <= len([e for e in week["entries"] if e.source == path[1:]]) <= WEEK


def test_the_editor_heard_of_lasting_trouble_once_each_way(week):
    found = Counter(week["deeds"])
    assert set(found.values()) == {1}
    assert found["found a source in trouble: gone"] == 1
    assert found["found a source in trouble: repair"] == found["found a source back: repair"] == 1
    assert "found a source back: forbidden" not in found


def test_why_a_source_failed_is_in_its_record(week):
    assert week["records"]["forbidden"][1].failure is FailureReason.STATUS
    assert week["records"]["unacceptable"][1].detail.startswith("406")
