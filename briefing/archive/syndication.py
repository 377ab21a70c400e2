"""Feeds of issues and of searches, as Atom and as JSON Feed; and the sitemaps."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
SITEMAP, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
UNFIT = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # may not stand in XML; a search may hold it
MOST_PLACES = 50_000  # the most that a sitemap may hold
NEWEST = 50  # issues in the feed; all of them stay in the archive


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One issue as the feed shows it."""

    id: str
    title: str
    address: str
    made_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class FeedHead:
    id: str
    title: str
    address: str  # of the archive page
    own_address: str  # of the feed itself
    language: str


def atom(head: FeedHead, entries: Iterable[FeedEntry]) -> bytes:
    """An Atom 1.0 document, newest issue first. Times are UTC to the second."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", head.language)
    shown = _newest(entries)
    _text(feed, "id", head.id)
    _text(feed, "title", head.title)
    _text(feed, "updated", _instant(shown[0].made_at) if shown else "1970-01-01T00:00:00Z")
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", head.title)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=head.address)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=head.own_address)
    for entry in shown:
        element = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(element, "id", entry.id)
        _text(element, "title", entry.title)
        _text(element, "updated", _instant(entry.made_at))
        etree.SubElement(element, f"{{{ATOM}}}link", rel="alternate", href=entry.address)
        _text(element, "summary", entry.summary)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def json_feed(head: FeedHead, entries: Iterable[FeedEntry]) -> bytes:
    """The same as a JSON Feed 1.1."""
    made = {
        "version": JSON_FEED,
        "title": head.title,
        "home_page_url": head.address,
        "feed_url": head.own_address,
        "language": head.language,
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": _instant(entry.made_at),
            }
            for entry in _newest(entries)
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True, slots=True)
class Place:
    """A page in each language, for those who look through a site."""

    addresses: tuple[tuple[str, str], ...]  # (language, address)
    changed: str = ""  # ISO day


def sitemap(places: Iterable[Place]) -> bytes:
    """A sitemap of pages, each with its other languages; no more than one file may hold."""
    made = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})
    urls = ((place, address) for place in places for _, address in place.addresses)
    for place, address in islice(urls, MOST_PLACES):
        element = etree.SubElement(made, f"{{{SITEMAP}}}url")
        etree.SubElement(element, f"{{{SITEMAP}}}loc").text = address
        if place.changed:
            etree.SubElement(element, f"{{{SITEMAP}}}lastmod").text = place.changed
        for language, other in place.addresses:
            etree.SubElement(element, f"{{{XHTML}}}link", rel="alternate", hreflang=language, href=other)
    return etree.tostring(made, xml_declaration=True, encoding="utf-8")


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """The sitemaps of a site."""
    made = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})
    for address in addresses:
        etree.SubElement(etree.SubElement(made, f"{{{SITEMAP}}}sitemap"), f"{{{SITEMAP}}}loc").text = address
    return etree.tostring(made, xml_declaration=True, encoding="utf-8")


def _newest(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    return sorted(entries, key=lambda entry: (entry.made_at, entry.id), reverse=True)[:NEWEST]


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = UNFIT.sub("", text)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
