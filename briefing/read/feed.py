"""RSS, RDF and Atom. The only door to feedparser, trusted with structure but neither with bytes nor with dates."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from briefing.model.entry import Failed, FailureReason, Fetched
from briefing.model.source import Source
from briefing.read.bounds import bounded_feed
from briefing.read.decode import Decoded
from briefing.read.drafts import Draft, entries_of, guessed
from briefing.read.manner import manner_of
from briefing.read.parsed import MAX_ENTRIES, Form, Parsed

ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|channel|item|entry)[\s>/]", re.IGNORECASE)
# What feedparser is known to let through on damaged documents, instead of a result.
GAVE_UP = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    NotImplementedError,
)

Fields = Mapping[str, object]


def looks_like_feed(text: str) -> bool:
    """Whether the document's beginning names a feed's elements."""
    return ROOT.search(text[:20_000]) is not None or ROOT.search(text, text.find("]>", 0, 2_000_000) + 1) is not None


def read_feed(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    """The entries of an RSS, RDF or Atom document, well-formed or not."""
    import feedparser  # noqa: PLC0415 - 4 MB, where a feed is read: in the processes for untrusted bytes

    within = bounded_feed(document.text, MAX_ENTRIES)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": fetched.final_address}
    try:
        parsed = feedparser.parse(
            io.BytesIO(within.text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except GAVE_UP as fault:
        detail = f"the feed is too damaged to read ({type(fault).__name__})"
        return Failed(fetched.final_address, FailureReason.UNREADABLE, detail)
    drafts = [_draft(dict(item)) for item in parsed.entries]  # as plain dicts: feedparser's own make things up
    feed: Fields = dict(parsed.feed)
    entries, skipped = entries_of(drafts, source, fetched.final_address, now)
    assumed, missing = guessed(entries)
    return Parsed(
        entries,
        _form(str(parsed.get("version", ""))),
        title=_word(feed, "title")[:500],
        link=_word(feed, "link"),
        encoding=document.encoding,
        repaired=document.repaired or within.cut,
        malformed=bool(parsed.bozo),
        dates_guessed=assumed,
        dates_missing=missing,
        manner=manner_of(feed, document.text, fetched.final_address),
        skipped=skipped + within.items_beyond,
        language=_word(feed, "language"),
    )


def _form(version: str) -> Form:
    if version.startswith("atom"):
        return Form.ATOM
    return Form.RDF if version in {"rss10", "rss090"} else Form.RSS


def _word(fields: Fields, name: str) -> str:
    worth = fields.get(name)
    return worth.strip() if isinstance(worth, str) else ""


def _draft(item: Fields) -> Draft:
    summary, content = _texts(item)
    return Draft(
        title=_word(item, "title") or _word(item, "media_title"),
        link=_link(item),
        guid=_word(item, "id"),
        summary=summary,
        content=content,
        published=_first(item, "published", "created"),
        updated=_word(item, "updated"),
        author=_word(item, "author"),
    )


def _first(item: Fields, *names: str) -> str:
    return next((word for word in (_word(item, name) for name in names) if word), "")


def _link(item: Fields) -> str:
    """The item's own page: the original behind a redirecting feed service where it is named."""
    link = _word(item, "feedburner_origlink") or _word(item, "link")
    if link.lower().startswith("http"):
        return link
    return next(_alternates(item), link)  # an id that is no address stands where a link is missing


def _alternates(item: Fields) -> Iterator[str]:
    links = item.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, Mapping) and link.get("rel") in {"alternate", "related"} and link.get("href"):
            yield str(link["href"])


def _texts(item: Fields) -> tuple[str, str]:
    """Summary and full text; a text that stands in the summary's place alone stays the summary."""
    summary = _word(item, "summary")
    contents = item.get("content")
    texts = [
        text
        for part in (contents if isinstance(contents, list) else [])
        if isinstance(part, Mapping) and isinstance(text := part.get("value"), str) and text.strip()
    ]
    content = max(texts, key=len, default="")
    return ("" if summary == content else summary), content
