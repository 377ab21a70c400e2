"""Politeness beyond one round: from one round to the next, and through a restart."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from press import desk_of, open_press, watched

from briefing.collect import pace
from briefing.desk.collecting import collect, states

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
