"""Sitemaps, and news sitemaps with titles and dates."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from briefing.model.entry import Failed, FailureReason, Fetched
from briefing.model.source import Source
from briefing.read.decode import Decoded
from briefing.read.drafts import Draft, entries_of, guessed
from briefing.read.parsed import MAX_ENTRIES, Form, Parsed

ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)[\s>/]", re.IGNORECASE)


def looks_like_sitemap(text: str) -> bool:
    return ROOT.search(text[:4_000]) is not None


def read_sitemap(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    """The pages of a sitemap; an index of sitemaps is no source, its parts are."""
    found = ROOT.search(document.text[:4_000])
    if found is None:
        return Failed(fetched.final_address, FailureReason.NOT_A_FEED, "the answer is no sitemap")
    if found[1].lower() == "sitemapindex":
        first = re.search(r"<loc>\s*([^<\s]{1,500})", document.text)
        hint = f", for example {first[1]}" if first else ""
        return Failed(
            fetched.final_address, FailureReason.NOT_A_FEED, f"this is an index of sitemaps; watch one of them{hint}"
        )
    entries, skipped = entries_of(_drafts(document.text), source, fetched.final_address, now)
    assumed, missing = guessed(entries)
    return Parsed(
        entries,
        Form.SITEMAP,
        encoding=document.encoding,
        repaired=document.repaired,
        dates_guessed=assumed,
        dates_missing=missing,
        skipped=skipped,
    )


def _drafts(text: str) -> Iterator[Draft]:
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    body = text.encode("utf-8", "replace")
    count = 0
    for start in range(0, len(body), 65_536):
        try:
            parser.feed(body[start : start + 65_536])
        except etree.XMLSyntaxError:
            return
        for _, element in parser.read_events():
            if _name(element) == "url":
                yield _draft(element)
                element.clear()
                count += 1
        if count > MAX_ENTRIES:
            return


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _draft(url: etree._Element) -> Draft:
    words = {_name(element): (element.text or "").strip() for element in url.iter() if isinstance(element.tag, str)}
    return Draft(
        title=words.get("title", ""),
        link=words.get("loc", ""),
        published=words.get("publication_date", ""),
        updated=words.get("lastmod", ""),
    )
