"""Everything that a source may send, from one server to one desk in one round: each says what is wrong, none is missed.

The good source beside them loses nothing, and the issue is made and published.
"""

import asyncio
import resource
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefing.collect.guard import Policy
from briefing.desk.collecting import collect, states
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import edition_of
from briefing.desk.publishing import folder_of, publish
from briefing.errors import ArchiveError, StoreError
from briefing.model.issue import HealthState
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.settings import load_desk
from briefing.store import issues
from briefing.wiring import built, topics_of

NOW = datetime(2024, 8, 30, 8, 0, tzinfo=UTC)
DEADLINE_S = 1.5
BOUND = 1_000_000
TEXT = "审计署发现，四个中央部门所属单位利用政务数据违规收费2.48亿元，涉及13个信息系统。"
HTML = b"<!doctype html><html><head><title>Sign in</title></head><body><p>Please sign in.</p></body></html>"


def item(number, *, guid="", title="政务数据收费整改进展", link=True, date="Thu, 29 Aug 2024 08:00:00 +0800"):
    address = f"https://outlet-{number}.example/news/{number}"
    return (
        "<item>"
        + (f"<title>{title}{number}</title>" if title else "")
        + (f"<link>{address}</link>" if link else "")
        + f'<guid isPermaLink="false">{guid or number}</guid>'
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + f"<description>{TEXT}记者{number}。</description></item>"
    )


def feed(*items, encoding="utf-8", before="", tag="channel"):
    head = f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><{tag}><title>甲</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode(encoding)


BOMB = "<!DOCTYPE rss [<!ENTITY a0 'boom'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)
STEADY = {  # documents as they are sent, in whole
    "good": feed(item(1), item(2)),
    "html": HTML,
    "empty": b"",
    "wrong-encoding": feed(item(10), encoding="gb18030"),
    "control": feed(item(11, title="数据\x00\x08\x0b\x1b审计")),
    "bomb": feed(item(12, title="&a11;"), before=BOMB),
    "attributes": feed(item(13), tag="channel " + " ".join(f'a{n}="{n}"' for n in range(100_000))),
    "same-guid": feed(item(20, guid="one")),
    "same-guid-too": feed(item(21, guid="one")),
    "no-title": feed(item(30, title="")),
    "no-link": feed(item(31, link=False)),
    "no-date": feed(item(32, date="")),
    "future": feed(item(33, date="Thu, 29 Aug 2099 08:00:00 +0800")),
    "year-one": feed(item(34, date="Mon, 01 Jan 0001 00:00:00 +0000")),
}
FAILS = {  # what the health of a source says, in both languages
    "unreachable": ("its server cannot be reached", "服务器无法连接"),
    "slow": ("its server is too slow", "服务器响应过慢"),
    "endless": ("its answer is larger than the bound", "返回内容超过大小上限"),
    "huge": ("its answer is larger than the bound", "返回内容超过大小上限"),
    "cut": ("its answer broke off", "返回内容中途中断"),
    "loop": ("it redirects without end", "重定向陷入循环"),
    "html": ("it sent something else than a feed", "返回的不是订阅源"),
    "empty": ("its answer was empty", "返回内容为空"),
}
MENDED = {
    "wrong-encoding": ("its bytes were mended (read as gb18030)", "编码已修正（按gb18030读取）"),
    "control": ("its bytes were mended (read as utf-8)", "编码已修正（按utf-8读取）"),
    "bomb": (
        "its bytes were mended (read as utf-8); its markup is not well-formed",
        "编码已修正（按utf-8读取）；标记不规范",
    ),
    "attributes": ("its bytes were mended (read as utf-8)", "编码已修正（按utf-8读取）"),
    "no-title": ("1 of 1 entries have no title", "1条中有1条没有标题"),
    "no-date": ("1 of 1 entries have no date that can be right", "1条中有1条没有可信的日期"),
    "future": ("1 of 1 entries have no date that can be right", "1条中有1条没有可信的日期"),
    "year-one": ("1 of 1 entries have no date that can be right", "1条中有1条没有可信的日期"),
    "same-guid": ("ok", "正常"),
    "good": ("ok", "正常"),
}


class Answers(BaseHTTPRequestHandler):
    """One path for each kind of harm."""

    def do_GET(self):
        name = self.path.strip("/")
        try:
            self.answer(name)
        except OSError:
            self.close_connection = True  # the desk has heard enough

    def answer(self, name):
        if name == "loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        body = STEADY.get(name)
        self.send_response(200 if body is not None or name in FAILS else 404)
        length = {"huge": 100_000_000, "cut": 5000}.get(name, len(body) if body is not None else None)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body or b"")
        self.misbehave(name)

    def misbehave(self, name):
        if name == "cut":
            self.wfile.write(b"<rss><channel>")
        if name == "slow":
            time.sleep(DEADLINE_S + 1)
        while name in {"endless", "huge"}:
            self.wfile.write(b"<item/>" * 9000)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def origin():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def closed_port():
    with socket.socket() as held:  # bound and never listening: nobody answers, and nobody else can take it
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture(scope="module")
def round_of_all(tmp_path_factory, origin, closed_port):
    """A desk that asks all of them once, and what came of it."""
    folder = tmp_path_factory.mktemp("bad input 坏输入")
    settings = load_desk(folder, {})
    addresses = {name: f"{origin}/{name}" for name in {**STEADY, **FAILS}}
    addresses["unreachable"] = f"http://127.0.0.1:{closed_port}/"
    sources = tuple(
        Source(
            name,
            address,
            SourceKind.FEED,
            name=name,
            outlet=f"Outlet {name}",
            tier=Tier.NEWSROOM,
            language=Language.HANS,
            zone="Asia/Shanghai",
            full_text=False,
        )
        for name, address in addresses.items()
    )
    topic = replace(topics_of(settings)[0], sources=sources)
    desk = built(settings, (topic,))
    fetching = replace(
        desk.fetching,
        policy=Policy.for_loopback(int(origin.rpartition(":")[2]), closed_port),
        max_bytes=BOUND * 3,
        deadline_s=DEADLINE_S,
        per_host=8,
    )
    desk = replace(desk, fetching=fetching)
    begin = time.perf_counter()
    done = asyncio.run(collect(desk, topic, NOW, every=True))
    took = time.perf_counter() - begin
    made = make_issue(desk, next_occasion(desk, topic, edition_of(topic, ""), NOW))
    yield desk, topic, done, made, took
    desk.database.close()


def test_each_source_says_what_was_wrong_with_it_in_both_languages(round_of_all):
    desk, topic, done, made, _ = round_of_all
    found = {source.key: health for source, health, _ in states(desk, topic)}
    assert {key for key, health in found.items() if health.state is HealthState.FAILED} == set(FAILS)
    assert {key for key, _ in done.failed} == set(FAILS)
    for key, (english, chinese) in FAILS.items():
        assert found[key].message.en.startswith(english)
        assert found[key].message.zh.startswith(chinese)
    for key, (english, chinese) in MENDED.items():
        assert (found[key].state, found[key].message.en) == (HealthState.OK, english)
        assert found[key].message.zh == chinese
    assert {health.source: health for health in made.issue.source_health} == found


def test_good_sources_beside_the_bad_ones_lose_nothing(round_of_all):
    _, _, _, made, took = round_of_all
    read = sorted((r.article.outlet.removeprefix("Outlet "), r.article.title[-2:]) for r in made.readings)
    expected = [
        ("attributes", "13"), ("bomb", "12"), ("control", "11"), ("future", "33"), ("good", "展1"), ("good", "展2"),
        ("no-date", "32"), ("no-link", "31"), ("no-title", ""), ("same-guid", "20"), ("same-guid-too", "21"),
        ("wrong-encoding", "10"), ("year-one", "34"),
    ]  # fmt: skip
    assert read == expected
    assert took < 5 * DEADLINE_S


def test_a_date_that_cannot_be_right_gives_way_to_the_time_of_reading(round_of_all):
    _, _, _, made, _ = round_of_all
    published = {r.article.outlet.removeprefix("Outlet "): r.article.dates.published for r in made.readings}
    assert {published[name] for name in ("no-date", "future", "year-one")} == {NOW}
    assert published["good"] == datetime(2024, 8, 29, tzinfo=UTC)


def test_control_characters_and_entities_reach_no_reader(round_of_all):
    desk, _, _, made, _ = round_of_all
    titles = {r.article.outlet: r.article.title for r in made.readings}
    assert titles["Outlet control"] == "数据审计11"
    assert all("boom" not in title for title in titles.values())
    verdicts = {v.article for v in made.judgement.verdicts}
    assert verdicts == {r.article.id for r in made.readings}
    assert desk.name


def test_a_full_disk_stops_before_anything_is_told_and_the_next_run_tells_it(round_of_all):
    desk, topic, _, made, _ = round_of_all
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(ArchiveError, match="nothing was marked as told"):
            publish(desk, made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert issues.every(desk.database) == ()

    pages = desk.database.connection.execute("PRAGMA page_count").get
    desk.database.connection.execute(f"PRAGMA max_page_count = {int(pages)}")
    try:
        with pytest.raises(StoreError, match="full"):
            publish(desk, made)
    finally:
        desk.database.connection.execute("PRAGMA max_page_count = 4294967294")
    assert issues.every(desk.database) == ()
    assert not folder_of(desk, made.issue).exists()

    again = make_issue(desk, next_occasion(desk, topic, edition_of(topic, ""), NOW))
    assert again.issue == made.issue
    assert publish(desk, again)
    assert (folder_of(desk, made.issue) / "index.html").exists()
    assert [listed.id for listed in issues.every(desk.database)] == [made.issue.id]
