"""JSON Feed, versions 1 and 1.1."""

import json
from collections.abc import Mapping
from datetime import datetime

from briefing.model.entry import Failed, FailureReason, Fetched, Manner
from briefing.model.source import Source
from briefing.read.decode import Decoded
from briefing.read.drafts import Draft, entries_of, guessed
from briefing.read.manner import joined
from briefing.read.parsed import MAX_ENTRIES, Form, Parsed

Json = object  # what json gives: looked at before it is used


def looks_like_json(text: str) -> bool:
    return text[:1] in {"{", "["}


def json_of(text: str) -> Json:
    """The value of a JSON text, None where it is none."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def word(value: Json) -> str:
    """A JSON scalar as text: numbers without a point, nothing for lists, objects and null."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == value and abs(value) < 1e18 else ""  # noqa: PLR0124, PLR2004 - NaN and infinity
    return (
        value.strip()
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and abs(value) < 10**30
        else ""
    )


def read_json_feed(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    """The items of a JSON Feed; a JSON answer of another kind needs a field map."""
    value = json_of(document.text)
    if value is None:
        return Failed(fetched.final_address, FailureReason.UNREADABLE, "the JSON is cut off or damaged")
    items = value.get("items") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(items, list):
        return Failed(
            fetched.final_address,
            FailureReason.NOT_A_FEED,
            "the JSON is no JSON Feed; describe its fields for the source",
        )
    drafts = [_draft(item) for item in items[:MAX_ENTRIES] if isinstance(item, Mapping)]
    entries, skipped = entries_of(drafts, source, word(value.get("home_page_url")) or fetched.final_address, now)
    assumed, missing = guessed(entries)
    return Parsed(
        entries,
        Form.JSON_FEED,
        title=word(value.get("title"))[:500],
        link=word(value.get("home_page_url")),
        encoding=document.encoding,
        repaired=document.repaired,
        dates_guessed=assumed,
        dates_missing=missing,
        manner=Manner(
            hub=joined(fetched.final_address, _hub(value.get("hubs"))),
            own_address=joined(fetched.final_address, word(value.get("feed_url"))),
        ),
        skipped=skipped + len(items) - len(drafts),
        language=word(value.get("language")),
    )


def _draft(item: Mapping[str, Json]) -> Draft:
    return Draft(
        title=word(item.get("title")),
        link=word(item.get("url")) or word(item.get("external_url")),
        guid=word(item.get("id")),
        summary=word(item.get("summary")),
        content=word(item.get("content_html")) or word(item.get("content_text")),
        published=word(item.get("date_published")),
        updated=word(item.get("date_modified")),
        author=_author(item),
    )


def _author(item: Mapping[str, Json]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return word(first.get("name")) if isinstance(first, Mapping) else word(first)


def _hub(hubs: Json) -> str:
    for hub in hubs if isinstance(hubs, list) else []:
        if isinstance(hub, Mapping) and word(hub.get("type")).lower() == "websub":
            return word(hub.get("url"))
    return ""
