"""From a fetched body to entries, whatever kind of document it is. Never raises: what cannot be read is a `Failed`."""

from datetime import datetime

from briefing.model.entry import Failed, FailureReason, Fetched
from briefing.model.source import Source, SourceKind
from briefing.read.decode import Decoded, decoded
from briefing.read.feed import looks_like_feed, read_feed
from briefing.read.jsonfeed import looks_like_json, read_json_feed
from briefing.read.listing import read_listing
from briefing.read.parsed import Parsed
from briefing.read.records import read_records
from briefing.read.sitemap import looks_like_sitemap, read_sitemap


def read_document(source: Source, fetched: Fetched, now: datetime) -> Parsed | Failed:
    """The entries of one answer, by the kind of its source and by what it really is."""
    if not fetched.body.strip(b"\0 \t\r\n"):
        return Failed(fetched.final_address, FailureReason.EMPTY, "the answer had no content at all")
    document = decoded(fetched.body, fetched.content_type)
    if source.kind is SourceKind.PAGE:
        return read_listing(source, fetched, document, now)
    if source.kind is SourceKind.RECORDS:
        return read_records(source, fetched, document, now)
    if source.kind is SourceKind.SITEMAP or looks_like_sitemap(document.text):
        return read_sitemap(source, fetched, document, now)
    return _feed(source, fetched, document, now)


def _feed(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    if looks_like_json(document.text):
        return read_json_feed(source, fetched, document, now)
    if looks_like_feed(document.text):
        return read_feed(source, fetched, document, now)
    return Failed(fetched.final_address, FailureReason.NOT_A_FEED, _instead(document.text))


def _instead(text: str) -> str:
    head = text[:2_000].lower()
    if "<html" in head or "<!doctype html" in head or "<body" in head:
        return "a web page came where a feed was expected"
    if "<" in head:
        return "the XML is no feed: it names neither a channel nor a feed nor an item"
    return "the answer is neither XML nor JSON"
