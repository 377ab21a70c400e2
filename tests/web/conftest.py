"""The sample desk, made once, and its pages behind a real server on loopback."""

import http.client
import re
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote, urlencode

import pytest
import uvicorn
from click.testing import CliRunner

from briefing.cli import command_line
from briefing.demo.sample import load_sample
from briefing.settings import load_desk
from briefing.store.connection import opened as store_at
from briefing.web.app import Parts, opened
from briefing.web.wire import Wire
from briefing.wiring import built, topics_of

TOPIC = "china-data-finance"
KEY = b"a key for tests only: 0123456789 abcdefghij"
PASSWORD = "a long pass phrase for the editor"
NOW = datetime(2024, 9, 21, 12, 0, tzinfo=UTC)


@dataclass
class Got:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    def link(self, pattern):
        """The first address on the page that matches."""
        return next(
            a
            for a in re.findall(r'(?:href|action)="([^"]*)"', self.text.replace("&amp;", "&"))
            if re.search(pattern, a)
        )

    def value(self, name):
        return re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.text)[1]


@dataclass
class Site:
    """A running server, asked as a browser asks."""

    port: int
    desk: object
    letters: list = field(default_factory=list)
    moments: list = field(default_factory=lambda: [NOW])

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path, method="GET", body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(
                method, quote(path, safe="/?&=%.:~+#-"), body, {k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = line.getresponse()
            return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            line.close()

    def send(self, path, form=None, **headers):
        """A form, as a browser sends it from one of our own pages."""
        base = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
        }
        base |= {k.replace("_", "-"): v for k, v in headers.items()}
        return self.ask(
            path, "POST", urlencode(form or {}, doseq=True), **{k: v for k, v in base.items() if v is not None}
        )

    def rows(self, statement):
        """What stands in the store, over a connection of its own."""
        database = store_at(self.desk.database.path)
        try:
            return list(database.connection.execute(statement))
        finally:
            database.close()

    def letter(self, within=3.0):
        """The next letter that left."""
        end = time.monotonic() + within
        while not self.letters:
            assert time.monotonic() < end, "no letter left"
            time.sleep(0.01)
        return self.letters.pop(0)


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web") / "desk"
    made = CliRunner().invoke(command_line, ["demo", "--folder", str(folder)], catch_exceptions=False)
    assert made.exit_code == 0
    return folder


@contextmanager
def serving(folder, **given):
    """The pages of a desk, on a free port."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
        settings = load_desk(folder, {"BRIEFING_DESK_BASE_ADDRESS": f"http://127.0.0.1:{port}"})
        sources = load_sample().sources("http://127.0.0.1:9")  # the sample's own; nobody asks them here
        topics = (replace(topics_of(settings)[0], sources=sources),)
        desk = built(settings, topics, sample=True)
        desk = replace(
            desk, **{k: given.pop(k) for k in list(given) if k in {"topics", "base_address", "sample", "fetching"}}
        )
        site = Site(port, desk)
        ids = count(1)
        plug.listen(128)

        async def send(letter):
            site.letters.append(letter)

        usual = {
            "key": KEY,
            "password": PASSWORD,
            "send": send,
            "clock": lambda: site.moments[-1],
            "fresh_id": lambda: f"reader{next(ids):010d}",
        }
        with opened(Parts(desk, **{**usual, **given})) as app:
            server = uvicorn.Server(
                uvicorn.Config(app, lifespan="off", log_config=None, loop="asyncio", proxy_headers=False, http=Wire)
            )
            thread = threading.Thread(target=server.run, kwargs={"sockets": [plug]}, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.01)
            try:
                yield site
            finally:
                server.should_exit = True
                thread.join()
                desk.database.close()


@pytest.fixture(scope="session")
def site(sample, tmp_path_factory):
    """The pages for everyone; nothing here is changed by a test, but for the buckets of visitors."""
    minutes = count()
    folder = tmp_path_factory.mktemp("shared") / "desk"
    shutil.copytree(sample, folder)
    with serving(folder, clock=lambda: NOW + timedelta(minutes=next(minutes))) as running:  # no limit is met here
        yield running


@pytest.fixture
def own_desk(sample, tmp_path):
    """The folder of a desk of the test's own, which it may change."""
    return shutil.copytree(sample, tmp_path / "desk")


@pytest.fixture
def own_site(own_desk):
    """The pages of a desk of the test's own."""
    with serving(own_desk) as running:
        yield running
