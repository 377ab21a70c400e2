"""A loopback server for the sample: the same requests as to real outlets, at a clock that the caller sets."""

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

from briefing.demo.papers import page, printed
from briefing.demo.sample import Sample
from briefing.model.source import Source

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as it stands at a moment."""

    body: bytes
    content_type: str
    changed: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class SampleServer:
    """Serves the sample while its `with` block runs; `move(now)` sets its clock."""

    def __init__(self, sample: Sample, now: datetime, port: int = 0) -> None:
        self.sample = sample
        self.now = now
        self.asked: list[tuple[str, int]] = []  # (path, status), in order
        self._server = _Server((LOOPBACK, port), _Handler)
        self._server.desk = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def origin(self) -> str:
        return f"http://{LOOPBACK}:{self._server.server_port}"

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.sample.sources(self.origin)

    def move(self, now: datetime) -> None:
        """Sets the clock; what came out since then appears."""
        self.now = now

    def paper(self, path: str) -> Paper | None:
        """The document at a path, as it stands now; None where there is none. Raises for an outlet that is down."""
        key = path.lstrip("/").partition("/")[0]
        outlet = next((outlet for outlet in self.sample.outlets if outlet.key == key), None)
        if outlet is None:
            return None
        if outlet.broken:
            raise OutletDown
        items = self.sample.items_of(outlet, self.now)
        if path == outlet.path:
            changed = max((item.changed(self.now) for item in items), default=self.sample.days[0])
            kind = {"rss": "application/rss+xml", "atom": "application/atom+xml", "list": "text/html; charset=utf-8"}
            return Paper(printed(outlet, items, self.origin), kind[outlet.form], changed)
        item = next((item for item in items if outlet.has_pages and path == f"/{outlet.key}{item.path}"), None)
        if item is None:
            return None
        return Paper(page(outlet, item), "text/html; charset=utf-8", item.changed(self.now))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class OutletDown(Exception):  # noqa: N818 -- a state of the sample, not an error of the desk
    """The outlet answers 503."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    desk: SampleServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        try:
            paper = self.server.desk.paper(path)
        except OutletDown:
            self._answer(path, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        if paper is None:
            self._answer(path, HTTPStatus.NOT_FOUND)
        elif self._knows(paper):
            self._answer(path, HTTPStatus.NOT_MODIFIED, paper)
        else:
            self._answer(path, HTTPStatus.OK, paper)

    def _knows(self, paper: Paper) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return paper.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and parsedate_to_datetime(since) >= paper.changed.replace(microsecond=0)
        except (TypeError, ValueError):  # a date that is none, or has no zone
            return False

    def _answer(self, path: str, status: HTTPStatus, paper: Paper | None = None) -> None:
        self.server.desk.asked.append((path, status.value))  # first: the asker may look as soon as it has its answer
        body = paper.body if paper and status is HTTPStatus.OK else b""
        self.send_response(status)
        if paper:
            self.send_header("Content-Type", paper.content_type)
            self.send_header("ETag", paper.etag)
            self.send_header("Last-Modified", format_datetime(paper.changed.astimezone(UTC), usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the signature of http.server
        """Says nothing: the desk itself reports what it asked."""
