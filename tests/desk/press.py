"""A desk on loopback pages that a test changes as it goes: what is asked is remembered."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.collect.guard import Policy
from briefing.collect.pace import Pace
from briefing.desk.parts import Desk
from briefing.model.source import Source, SourceKind
from briefing.settings import load_desk
from briefing.wiring import built, topics_of


@dataclass
class Press:
    """What stands at each path: (status, body, headers). A path may be asked with a query."""

    pages: dict[str, tuple[int, str, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[tuple[str, str]] = field(default_factory=list)
    slow: dict[str, float] = field(default_factory=dict)  # seconds before the body of a page whose text is 'slow'
    port: int = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str, status: int = 200, **fields: str) -> None:
        self.pages[path] = (status, body, {name.replace("_", "-"): text for name, text in fields.items()})

    def feed(self, path: str, items, head: str = "", **fields: str) -> None:
        """(guid, title, link, time) of each item."""
        rows = "".join(
            f"<item><guid isPermaLink='false'>{escape(guid)}</guid><title>{escape(title)}</title>"
            f"<link>{escape(link)}</link><pubDate>{format_datetime(at)}</pubDate></item>"
            for guid, title, link, at in items
        )
        self.put(path, f"<rss version='2.0'><channel><title>Press</title>{head}{rows}</channel></rss>", **fields)


@contextmanager
def open_press() -> Iterator[Press]:
    press = Press()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            press.asked.append(self.path)
            status, body, fields = press.pages.get(self.path, (404, "", {}))
            if body and fields.get("ETag") and self.headers.get("If-None-Match") == fields["ETag"]:
                status, body = 304, ""
            time.sleep(press.slow.get(self.path, 0.0) if body == "slow" else 0.0)
            self.answer(status, body, fields)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            press.posted.append((self.path, sent))
            status, body, fields = press.pages.get(self.path, (404, "", {}))
            self.answer(status, body, fields)

        def answer(self, status: int, body: str, fields: dict[str, str]) -> None:
            self.send_response(status)
            for name, text in fields.items():
                self.send_header(name, text)
            self.close_connection = "Content-Length" in fields  # a body that is cut off
            if status != 304 and "Content-Length" not in fields:
                self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            with suppress(ConnectionError):  # who waits no longer has left
                self.wfile.write(body.encode() if status != 304 else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    press.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()


def watched(press: Press, *paths: str, **options) -> tuple[Source, ...]:
    """A source for each path, named after it."""
    return tuple(
        Source(path.strip("/"), press.at(path), SourceKind.FEED, name=path.strip("/").title(), **options)
        for path in paths
    )


@contextmanager
def desk_of(press: Press, folder: Path, sources: tuple[Source, ...]) -> Iterator[Desk]:
    """A desk as after a start: its store is kept in the folder, its pace is new."""
    settings = load_desk(folder, {})
    made = built(settings, (replace(topics_of(settings)[0], sources=sources),))
    policy = Policy.for_loopback(press.port)
    try:
        yield replace(made, fetching=replace(made.fetching, policy=policy, processes=0, pace=Pace()))
    finally:
        made.database.close()
