"""Barriers that axe-core finds on the pages of a served desk: for everyone, by personal link, and for the editor."""

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlencode

import uvicorn
from browser import dom
from digest import PROBE

from briefing.desk.parts import Desk
from briefing.store import archive
from briefing.web.app import Parts, opened
from briefing.web.visit import Outgoing
from briefing.web.wire import Wire

PASSWORD = "only for this measurement"  # the server lives for a minute, on loopback
READER = "reader@example.org"
FIGURE, STORY = r'/[^"]*/figures/[^"]*', r"stories/[^\"#]*"
STYLES = re.compile(r'<link rel="stylesheet" href="(/[^"]*)">')


def axe_faults(desk: Desk, modules: Path) -> int:
    """Violations on every page, light and dark, in both languages. Each is printed with the page it stands on."""
    script = (modules / "axe-core" / "axe.min.js").read_text("utf-8")
    faults = 0
    with served(desk) as site:
        for (path, page), dark in product(site.pages(), (False, True)):
            shown = dom(page.replace("</body>", f"<script>{script}</script>{PROBE}</body>"), dark=dark)
            for rule, nodes, example in json.loads(_told(shown) or '[["axe did not answer", 1, ""]]'):
                faults += nodes
                print(f"  axe: {path} {'dark' if dark else 'light'}: {rule} {nodes} {example[:160]}")
    return faults


class Report(HTMLParser):
    """The text of the element that axe-core's report stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self._is_inside = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "pre" and ("id", "axe") in attrs

    def handle_data(self, data: str) -> None:
        self.text += data if self._is_inside else ""


def _told(shown: str) -> str:
    report = Report()
    report.feed(shown)
    return report.text


class Site:
    """A running desk, asked as a browser asks."""

    def __init__(self, port: int, desk: Desk) -> None:
        self.port, self.desk, self.cookie = port, desk, ""
        self.letters: list[Outgoing] = []

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": self.cookie}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = line.getresponse()
        self.cookie = (answer.headers["set-cookie"] or "").partition(";")[0] or self.cookie
        text = answer.read().decode()
        line.close()
        return text

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every kind of page with its styles within, first as a visitor sees it, then as the editor does."""
        topic = self.desk.topics[0]
        place = f"/{quote(topic.key)}"
        issue = archive.of_topic(self.desk.database, topic.key)[0]
        for language, tag in (("en", ""), ("zh", ".zh")):
            home = self.ask(f"{place}/index{tag}.html")
            told = self.ask(f"{place}/{issue.id}/index{tag}.html")
            ui = f"?ui={language}"
            edition = f"/editor/{quote(topic.key)}/{quote(topic.editions[0].name)}"
            self.cookie = ""
            for path in (
                f"{place}/index{tag}.html", f"{place}/{issue.id}/index{tag}.html",
                f"{place}/archive/{issue.made_at.year}{tag}.html", _first(home, FIGURE),
                f"{place}/{_first(told, STORY)}", f"{place}/changes{tag}.html", f"/search{ui}",
                f"/search{ui}&q=data", f"/briefing{ui}", f"/briefing{ui}&q=data", f"/subscribe{ui}", f"/nothing{ui}",
                f"/editor{ui}", *self._personal(ui),
            ):  # fmt: skip
                yield path, self._dressed(path)
            self.ask("/editor/sign-in", {"password": PASSWORD})
            for path in ("/editor", "/editor/sources", "/editor/letters", "/editor/bounces", "/editor/log", edition,
                         f"{edition}/preview", f"{edition}/join", f"{edition}/correction"):  # fmt: skip
                asked = f"{path}{ui}&issue={issue.id}" if path.endswith("correction") else f"{path}{ui}"
                yield asked, self._dressed(asked)

    def _personal(self, ui: str) -> tuple[str, ...]:
        """The pages behind the links of a letter."""
        topic = self.desk.topics[0]
        form = {"address": READER, "topic": topic.key, "edition": topic.editions[0].name}
        self.ask(f"/subscribe{ui}", form)
        for _ in range(100):
            if self.letters:
                break
            time.sleep(0.05)
        links = dict.fromkeys(re.findall(r"(?:confirm|preferences)/[\w.-]+", self.letters[-1].text))
        return tuple(f"/{link}{ui}" for link in links)

    def _dressed(self, path: str) -> str:
        """A page that can be looked at as a file."""
        return STYLES.sub(lambda link: f"<style>{self.ask(link[1])}</style>", self.ask(path))


def _first(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    return found[0] if found else "/"


@contextmanager
def served(desk: Desk) -> Iterator[Site]:
    """The desk behind a server of its own, with an editor and a mailbox that is never read."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen(64)
        port = plug.getsockname()[1]
        site = Site(port, replace(desk, base_address=f"http://127.0.0.1:{port}"))

        async def send(letter: Outgoing) -> None:
            site.letters.append(letter)

        with opened(Parts(site.desk, key=b"a key of one measurement, for nobody", password=PASSWORD, send=send)) as app:
            server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, http=Wire))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [plug]}, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.01)
            try:
                yield site
            finally:
                server.should_exit = True
                thread.join()
