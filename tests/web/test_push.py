"""WebSub from the feed that names a hub to the entry that was announced, with a hub on loopback."""

import asyncio
import hmac
import http.client
import socket
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))

from dataclasses import replace

from press import desk_of, open_press, watched

from briefing.collect.guard import Policy
from briefing.collect.websub import Seal, is_reachable, path_for
from briefing.desk.collecting import collect, states
from briefing.desk.pushing import subscribe
from briefing.store import pushes
from briefing.web import push as calls
from briefing.web.app import Parts, opened
from briefing.web.wire import Wire

KEY = b"a key for tests only: 0123456789 abcdefghij"
NOW = datetime(2024, 6, 25, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Hub:
    """A feed that names a hub, the hub, and the desk with its pages."""

    def __init__(self, press, desk, port):
        self.press, self.desk, self.port = press, desk, port
        self.now = NOW
        self.items = 1

    def publish(self):
        head = f"<link xmlns='http://www.w3.org/2005/Atom' rel='hub' href='{self.press.at('/hub')}'/>"
        head += f"<link xmlns='http://www.w3.org/2005/Atom' rel='self' href='{self.press.at('/nao')}'/>"
        rows = [(str(n), f"审计署公告{n}", self.press.at(f"/{n}"), self.now - n * HOUR) for n in range(self.items)]
        self.press.feed("/nao", rows, head)

    def collect(self):
        return asyncio.run(collect(self.desk, self.desk.topics[0], self.now)).asked

    def subscribe(self):
        return asyncio.run(subscribe(self.desk, self.desk.topics[0], KEY, self.now))

    @property
    def form(self):
        return {name: found[0] for name, found in parse_qs(self.press.posted[-1][1]).items()}

    @property
    def path(self):
        return self.form["hub.callback"].removeprefix(self.desk.base_address)

    def ask(self, method, path, body=b"", **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body or None, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def confirm(self, **given):
        asked = {
            "hub.mode": "subscribe",
            "hub.topic": self.press.at("/nao"),
            "hub.challenge": "七 & <b>",
            "hub.lease_seconds": "864000",
        }
        asked |= {f"hub.{name}": text for name, text in given.items()}
        return self.ask("GET", f"{self.path}?{urlencode(asked)}")

    def push(self, body=b"<rss/>", secret="", method="sha256"):
        seal = hmac.new((secret or self.form["hub.secret"]).encode(), body, method).hexdigest()
        return self.ask("POST", self.path, body, X_Hub_Signature=f"{method}={seal}", Content_Type="application/rss+xml")

    @property
    def known(self):
        return pushes.every(self.desk.database, self.desk.topics[0].key)["nao"]


@contextmanager
def pages_of(desk, clock):
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen(16)
        with opened(Parts(desk, key=KEY, clock=clock)) as app:
            server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, loop="asyncio", http=Wire))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [plug]}, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.01)
            try:
                yield plug.getsockname()[1]
            finally:
                server.should_exit = True
                thread.join()


@pytest.fixture
def hub(tmp_path):
    with open_press() as press, desk_of(press, tmp_path, watched(press, "/nao")) as made:
        desk = replace(made, base_address="https://desk.example.org")
        press.put("/hub", "", 202)
        running = Hub(press, desk, 0)
        with pages_of(desk, lambda: running.now) as port:
            running.port = port
            running.publish()
            running.collect()
            yield running


def test_a_hub_is_asked_confirms_and_its_push_brings_the_entry_at_once(hub):
    assert hub.subscribe() == 1
    assert (hub.form["hub.mode"], hub.form["hub.topic"]) == ("subscribe", hub.press.at("/nao"))
    assert hub.confirm() == (200, "七 & <b>")
    assert hub.known.until == NOW + 10 * DAY

    hub.now += timedelta(minutes=5)
    hub.items = 2
    hub.publish()
    assert hub.collect() == 0
    assert hub.push()[0] == 202
    hub.now += timedelta(minutes=1)
    assert (hub.collect(), hub.collect()) == (1, 0)
    record = states(hub.desk, hub.desk.topics[0])[0][2]
    assert record.next_due - hub.now >= timedelta(hours=2)  # half an hour without the hub


def test_a_push_that_is_not_signed_by_the_hub_is_answered_alike_and_not_heard(hub):
    hub.subscribe()
    hub.confirm()
    hub.now += timedelta(minutes=5)
    assert hub.push(secret="guessed")[0] == 202
    assert hub.push(method="sha1")[0] == 202
    assert hub.ask("POST", hub.path, b"<rss/>")[0] == 202
    assert (hub.known.pushed_at, hub.collect()) == (None, 0)


def test_what_is_longer_than_its_bound_is_not_heard(hub, monkeypatch):
    monkeypatch.setattr(calls, "MOST_BYTES", 1_000)
    hub.subscribe()
    hub.confirm()
    assert hub.push(b"x" * 1_001)[0] == 202
    assert hub.known.pushed_at is None
    assert hub.push(b"x" * 1_000)[0] == 202
    assert hub.known.pushed_at == hub.now


@pytest.mark.parametrize(
    "given",
    [{"topic": "http://evil.example/"}, {"mode": "unsubscribe"}, {"lease_seconds": ""}, {"lease_seconds": "soon"}],
)
def test_what_the_desk_did_not_ask_for_is_not_confirmed(hub, given):
    hub.subscribe()
    assert hub.confirm(**given)[0] == 404
    assert hub.known.until is None


def test_nobody_guesses_a_path(hub):
    hub.subscribe()
    other = path_for(b"another key that nobody knows of here", hub.desk.topics[0].key, "nao", "https://hub.example/")
    assert len(other) == 32
    assert hub.ask("POST", f"/push/{other}", b"x")[0] == 410
    assert hub.ask("POST", "/push/short", b"x")[0] == 404
    assert hub.ask("GET", f"/push/{other}?hub.mode=subscribe&hub.challenge=x")[0] == 404


def test_a_lease_is_renewed_in_time_and_a_hub_that_says_no_is_asked_daily(hub):
    hub.subscribe()
    hub.confirm(lease_seconds="172800")
    asked = []
    for hours in (1, 20, 25, 26, 30):
        hub.now = NOW + hours * HOUR
        asked.append(hub.subscribe())
    assert asked == [0, 0, 1, 0, 1]
    hub.confirm(mode="denied")
    assert hub.known.until is None
    asked = []
    for hours in (31, 53, 54):
        hub.now = NOW + hours * HOUR
        asked.append(hub.subscribe())
    assert asked == [0, 0, 1]


def test_a_lease_is_never_longer_than_a_month(hub):
    hub.subscribe()
    hub.confirm(lease_seconds="9" * 40)
    assert hub.known.until == NOW + 30 * DAY


def test_a_hub_inside_somebodys_network_is_never_dialled(hub):
    guarded = replace(hub.desk, fetching=replace(hub.desk.fetching, policy=Policy()))
    assert asyncio.run(subscribe(guarded, guarded.topics[0], KEY, hub.now)) == 0
    assert hub.press.posted == []


def test_without_a_key_there_is_no_such_page(tmp_path):
    with open_press() as press, desk_of(press, tmp_path, ()) as desk, opened(Parts(desk)) as app:
        assert not [route for route in app.routes if "/push/" in route.path]


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("https://desk.example.org", True),
        ("http://93.184.216.34:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://10.0.0.5", False),
        ("https://desk.local", False),
        ("https://desk", False),
        ("", False),
    ],
)
def test_hubs_are_asked_only_by_a_desk_that_they_can_reach(address, is_public):
    assert is_reachable(address) == is_public


@pytest.mark.parametrize("header", ["", "sha256", "md5=00", "sha256=é", "=", "sha256=" + "0" * 64])
def test_a_header_that_is_no_signature_proves_nothing(header):
    seal = Seal(header, "secret")
    seal.add(b"x")
    assert not seal.is_right
