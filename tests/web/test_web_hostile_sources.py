"""Hostile sources, from their raw bytes by way of the collector to the pages: markup, and redirects into the house."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lxml import html

from briefing.collect.guard import Policy
from briefing.desk.collecting import collect
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Fetching
from briefing.desk.publishing import publish
from briefing.desk.watching import watched
from briefing.settings.sourceswriting import with_sources

from .conftest import NOW, TOPIC, serving
from .test_web_attacks import assert_harmless
from .test_web_editor import EDITION, signed_in
from .test_web_watchlist import do

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><a href=javascript:alert(3)>x</a>{{7331*7}}{% x %}"
WORDS = "The audit office said that agencies charged 312 million yuan in fees for government data without approval."
RSS_FIELDS = ("title", "description", "author", "category", "guid", "link", "comments", "source", "content:encoded",
              "dc:creator", "enclosure")  # fmt: skip


def rss(wrapped):
    """A feed each of whose fields holds the markup, escaped or in CDATA, as XML may carry it."""
    said = f"{WORDS} {MARKUP}"
    rest = {name: wrapped(MARKUP) for name in RSS_FIELDS[2:] if name not in {"link", "enclosure"}}
    items = "".join(
        f"<item><title>{wrapped(f'Agencies charged data fees, audit {n} says {MARKUP}')}</title>"
        f"<description>{wrapped(f'{said} Report {n}.')}</description><link>{link}</link>"
        f'<enclosure url="{escape(MARKUP)}" type="{escape(MARKUP)}"/>'
        + "".join(f"<{name}>{value}</{name}>" for name, value in rest.items())
        + "<pubDate>Sat, 21 Sep 2024 08:00:00 GMT</pubDate></item>"
        for n, link in enumerate(
            (f"http://127.0.0.1/a?x={escape(MARKUP)}", "javascript:alert(4)", "http://127.0.0.1/plain")
        )
    )
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<title>{wrapped(MARKUP)}</title><link>javascript:alert(5)</link><description>{wrapped(MARKUP)}"
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{channel}</description>{items}</channel></rss>'


def atom(wrapped):
    entry = (
        f'<entry><title type="html">{wrapped(f"Data fees audit {MARKUP}")}</title><id>{wrapped(MARKUP)}</id>'
        f'<link href="javascript:alert(6)"/><author><name>{wrapped(MARKUP)}</name></author>'
        f'<summary type="html">{wrapped(f"{WORDS} {MARKUP}")}</summary><updated>2024-09-21T08:00:00Z</updated></entry>'
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{wrapped(MARKUP)}</title>{entry}</feed>'


def cdata(text):
    return f"<![CDATA[{text}]]>"


FORMS = {"rss-escaped": rss(escape), "rss-cdata": rss(cdata), "atom-escaped": atom(escape), "atom-cdata": atom(cdata)}


@contextmanager
def answering(status, headers, body=b""):
    """A server of this machine that answers everything alike, and how often it was asked."""
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def desk_that_asks(folder, port):
    """A desk with an editor signed in, which may dial that port of this machine and nothing else."""
    with_sources(folder, TOPIC, ())
    fetching = Fetching(Policy.for_loopback(port), user_agent="test", processes=0)
    with serving(folder, sample=False, fetching=fetching) as site:
        site.cookie = signed_in(site)
        yield site


@pytest.mark.parametrize("kind", FORMS)
def test_markup_in_the_raw_bytes_of_a_feed_is_text_on_every_page(own_desk, kind):
    feed = FORMS[kind].encode()
    with answering(200, {"Content-Type": "application/xml"}, feed) as (port, _), desk_that_asks(own_desk, port) as site:
        address = f"http://127.0.0.1:{port}/feed"
        tried = do(site, "test", address=address)
        assert tried.status == 200
        assert "would come in" in tried.text
        assert_harmless(tried)
        assert do(site, "add", address=address).status == 303
        assert_harmless(site.ask("/editor/sources", Cookie=site.cookie))
        later = NOW + timedelta(days=7)
        site.moments.append(later)
        topic = watched(site.desk, site.desk.topics[0])
        topic = replace(topic, sources=tuple(one for one in topic.sources if one.address == address))
        told = asyncio.run(collect(site.desk, topic, later, every=True))
        assert told
        assert_harmless(site.ask(EDITION, Cookie=site.cookie))
        made = make_issue(site.desk, next_occasion(site.desk, topic, topic.editions[0], later))
        texts = [one.gloss.en for one in (*made.issue.developments, *made.issue.brief)]
        texts += [one.title for one in made.issue.left_out]
        assert any("audit" in text for text in texts), texts
        assert publish(site.desk, made)
        pages = [f"/{TOPIC}/{made.issue.id}/index{tag}.html" for tag in ("", ".zh")]
        pages += [
            f"/{TOPIC}/index.html",
            "/search?q=alert&ui=en",
            "/search?q=fees&ui=zh",
            f"/{TOPIC}/archive/2024.html",
        ]
        pages += [f"/{TOPIC}/stories/{told.story}.html" for told in (*made.issue.developments, *made.issue.brief)]
        for path in pages:
            page = site.ask(path)
            assert page.status == 200, path
            assert_harmless(page)
        for path in (f"/{TOPIC}/feed.atom", "/search.atom?q=alert"):
            assert b"<script" not in site.ask(path).body


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_source_that_redirects_into_the_house_is_not_followed(own_desk, status):
    with answering(200, {"Content-Type": "application/xml"}, FORMS["rss-cdata"].encode()) as (inner, asked):
        away = {"Location": f"http://127.0.0.1:{inner}/secret"}
        with answering(status, away) as (port, outer), desk_that_asks(own_desk, port) as site:
            page = do(site, "test", address=f"http://127.0.0.1:{port}/feed")

    assert "Nothing would come in" in page.text
    assert not html.fromstring(page.body).xpath("//button[@value='add']")
    assert (len(outer), asked) == (1, [])
