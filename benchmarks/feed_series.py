"""Polls of one feed over time: what a store keeps of them, against a count that shares no code with the program."""

import html
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from briefing.model.entry import Fetched
from briefing.model.source import Source, SourceKind
from briefing.read.document import read_document
from briefing.read.links import canonical
from briefing.read.parsed import Parsed
from briefing.store import entries
from briefing.store.connection import Database, opened
from briefing.store.entries import Arrival

TAGS = re.compile(r"<[^>]*>")
TOPIC = "series"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Kept:
    """How many items there were, and how often title or summary of one really changed."""

    items: int = 0
    revisions: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.items + other.items, self.revisions + other.revisions)


def compared(bodies: list[bytes]) -> tuple[Kept, Kept]:
    """The plain count, and the store's, of the polls that a plain parser understands."""
    polls = [body for body in bodies if _is_plain(body)]
    return plainly_counted(polls), stored(polls)


def _is_plain(body: bytes) -> bool:
    try:
        return ET.fromstring(body).find(".//item") is not None
    except ET.ParseError:
        return False


def plainly_counted(polls: Iterable[bytes]) -> Kept:
    """By a parser of XML alone: an item is its guid; a revision is a title or summary other than the last one seen."""
    states: dict[str, tuple[str, str]] = {}
    revisions = 0
    for body in polls:
        for item in ET.fromstring(body).iter("item"):
            guid = (item.findtext("guid") or item.findtext("link") or "").strip()
            state = (_plain(item.findtext("title") or ""), _plain(item.findtext("description") or ""))
            revisions += guid in states and states[guid] != state
            states[guid] = state
    return Kept(len(states), revisions)


def _plain(text: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", text)).split())


def stored(polls: Iterable[bytes]) -> Kept:
    """By the program: each poll is read and saved as a desk does it, then the store is asked."""
    source = Source("series", "https://feeds.example/series", SourceKind.FEED, name="Series")
    with tempfile.TemporaryDirectory() as folder:
        database = opened(Path(folder, "desk.db"))
        database.connection.execute("PRAGMA synchronous = OFF")  # thousands of commits; nothing here is to last
        for body in polls:
            result = read_document(source, Fetched(source.address, source.address, body), NOW)
            if isinstance(result, Parsed):
                arrivals = [Arrival(entry, canonical(entry.link)) for entry in result.entries]
                entries.save(database, TOPIC, arrivals, None, NOW)
        kept = _asked(database)
        database.close()
    return kept


def _asked(database: Database) -> Kept:
    """What is in the store: all entries, and every earlier state that was kept."""
    found = list(database.connection.execute("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM revision)"))
    return Kept(*(int(number) for number in found[0]))
