"""Politeness beyond one round: from one round to the next, and through a restart."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from press import desk_of, open_press, watched

from briefing.collect import pace
from briefing.desk.collecting import collect, states
from briefing.store import entries

NOW = datetime(2024, 6, 25, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def press():
    with open_press() as opened:
        yield opened


def rounds(desk, *times, every=False):
    return [asyncio.run(collect(desk, desk.topics[0], now, every=every)).asked for now in times]


def test_the_pause_holds_between_rounds_and_through_a_restart(tmp_path, press, monkeypatch):
    monkeypatch.setattr(pace, "pause_of", lambda _host, pause_s: pause_s)  # this machine is spared as others are
    press.feed("/a", [("1", "审计署公告", press.at("/1"), NOW - HOUR)])
    sources = watched(press, "/a")

    def asked_again(desk, now):
        begun = time.monotonic()
        assert rounds(desk, now, every=True) == [1]
        return time.monotonic() - begun

    with desk_of(press, tmp_path, sources) as desk:
        paced = replace(desk, fetching=replace(desk.fetching, pause_s=0.4))
        asked_again(paced, NOW)
        assert asked_again(paced, NOW) >= 0.3
    with desk_of(press, tmp_path, sources) as desk:
        paced = replace(desk, fetching=replace(desk.fetching, pause_s=0.4))
        assert asked_again(paced, NOW + timedelta(seconds=0.1)) >= 0.25
    with desk_of(press, tmp_path, sources) as desk:
        paced = replace(desk, fetching=replace(desk.fetching, pause_s=0.4))
        assert asked_again(paced, NOW + timedelta(seconds=30)) < 0.3


def test_a_host_that_was_asked_too_often_is_left_alone_as_a_whole_and_through_a_restart(tmp_path, press):
    for path in ("/a", "/b", "/c"):
        press.feed(path, [("1", f"Audit {path}", press.at(f"/1{path}"), NOW - HOUR)])
    press.put("/a", "", 429, Retry_After="7200")
    sources = watched(press, "/a", "/b", "/c")
    with desk_of(press, tmp_path, sources) as desk:
        assert rounds(replace(desk, fetching=replace(desk.fetching, per_host=1)), NOW, NOW + HOUR) == [1, 0]
    with desk_of(press, tmp_path, sources) as desk:
        assert rounds(desk, NOW + HOUR) == [0]
        press.feed("/a", [("1", "Audit a", press.at("/1/a"), NOW - HOUR)])
        assert rounds(desk, NOW + 2 * HOUR + timedelta(seconds=1)) == [2]  # '/a' waits its own back-off too
        assert rounds(desk, NOW + 3 * HOUR) == [1]
    assert sorted(press.asked) == ["/a", "/a", "/b", "/c"]


def test_an_article_page_that_was_asked_too_often_is_asked_when_its_host_has_rested(tmp_path, press):
    press.feed("/a", [("1", "审计署公布结果", press.at("/1.html"), NOW - HOUR)])
    press.put("/1.html", "", 429, Retry_After="1800")
    with desk_of(press, tmp_path, watched(press, "/a", full_text=True)) as desk:
        asyncio.run(collect(desk, desk.topics[0], NOW))
        text = "审计署今天公布对三个省的审计结果，共涉及2.48亿元，问题已移送有关部门处理。" * 5
        press.put("/1.html", f"<html><body><article><p>{text}</p></article></body></html>", Content_Type="text/html")
    with desk_of(press, tmp_path, watched(press, "/a", full_text=True)) as desk:  # a restart is no excuse
        for minutes in (1, 29, 31):
            asyncio.run(collect(desk, desk.topics[0], NOW + timedelta(minutes=minutes)))
        pages = [path for path in press.asked if path == "/1.html"]
    assert len(pages) == 2


TEXT = "审计署今天公布对三个省的审计结果，共涉及2.48亿元，问题已移送有关部门处理。" * 5
PAGE = f"<html><body><article><p>{TEXT}</p></article></body></html>"


def pages_after(press, folder, minutes, mend):
    """What is asked for but the feed in rounds at these minutes, mended after the first; and the entry's text."""
    press.feed("/a", [("1", "审计署公布结果", press.at("/1.html"), NOW - HOUR)])
    with desk_of(press, folder, watched(press, "/a", full_text=True)) as desk:
        for number, minute in enumerate(minutes):
            asyncio.run(collect(desk, desk.topics[0], NOW + timedelta(minutes=minute)))
            if number == 0:
                mend()
        (stored,) = entries.changed_between(desk.database, desk.topics[0].key, None, NOW + timedelta(days=9))
    return [path for path in press.asked if path != "/a"], stored.entry.content


@pytest.mark.parametrize(
    ("path", "status", "fields"),
    [
        ("/robots.txt", 503, {}),
        ("/robots.txt", 429, {}),
        ("/robots.txt", 200, {"Content_Length": "999"}),
        ("/1.html", 500, {}),
        ("/1.html", 503, {"Retry_After": "600"}),
        ("/1.html", 200, {"Content_Length": "999"}),
    ],
)
def test_a_page_whose_site_is_in_trouble_is_asked_for_again_when_it_is_well(tmp_path, press, path, status, fields):
    press.put("/1.html", PAGE, Content_Type="text/html")
    press.put(path, "User-agent: *", status, **fields)

    def mend():
        press.put("/robots.txt", "User-agent: *\nDisallow: /no")
        press.put("/1.html", PAGE, Content_Type="text/html")

    asked, text = pages_after(press, tmp_path, (0, 1, 14, 16, 17), mend)
    first = ["/robots.txt"] if path == "/robots.txt" else ["/robots.txt", "/1.html"]
    assert asked == [*first, "/robots.txt", "/1.html"]
    assert text == TEXT


@pytest.mark.parametrize(("path", "status"), [("/1.html", 404), ("/1.html", 403), ("/1.html", 410)])
def test_a_page_that_is_refused_or_gone_is_not_asked_for_again(tmp_path, press, path, status):
    press.put(path, "", status)
    asked, text = pages_after(press, tmp_path, (0, 16, 2000), lambda: None)
    assert (asked, text) == (["/robots.txt", path], "")


def test_a_site_that_stays_in_trouble_is_asked_less_and_less_and_given_up_after_days(tmp_path, press):
    press.put("/robots.txt", "", 500)
    asked, text = pages_after(press, tmp_path, range(0, 4 * 24 * 60, 15), lambda: None)
    assert (len(asked), set(asked), text) == (10, {"/robots.txt"}, "")


def test_pages_of_a_source_that_is_watched_no_longer_are_given_up(tmp_path, press):
    press.put("/robots.txt", "", 500)
    pages_after(press, tmp_path, (0,), lambda: None)
    with desk_of(press, tmp_path, watched(press, "/b")) as desk:
        asyncio.run(collect(desk, desk.topics[0], NOW + HOUR))
        assert entries.pages_wanted(desk.database, desk.topics[0].key, NOW + 90 * 24 * HOUR, 9) == ()


def test_hours_that_a_feed_names_are_kept_after_a_304_too(tmp_path, press):
    sleep = "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(4, 12)) + "</skipHours>"
    press.feed("/a", [("1", "Audit", press.at("/1"), NOW - HOUR)], sleep, ETag='"1"')
    with desk_of(press, tmp_path, watched(press, "/a")) as desk:
        rounds(desk, NOW)
        press.put("/a", "", 304)
        due = [states(desk, desk.topics[0])[0][2].next_due]
        rounds(desk, NOW.replace(hour=13))
        rounds(desk, (NOW + timedelta(days=1)).replace(hour=3, minute=30))
        due.append(states(desk, desk.topics[0])[0][2].next_due)
    assert [(at.day, at.hour) for at in due] == [(25, 12), (26, 12)]
