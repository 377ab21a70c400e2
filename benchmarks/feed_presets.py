"""The sources that come with the program, read from documents that were recorded at their sites."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from briefing.model.entry import Fetched
from briefing.model.source import Source, SourceKind
from briefing.read.document import read_document
from briefing.read.parsed import Parsed
from briefing.settings.topicfile import load_sources

TOPICS = Path(__file__).resolve().parents[1] / "feeds"
HOME = re.compile(rb"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)")  # a feed's own site, where nobody noted it
HEAD = 5_000  # bytes in which that stands
SECOND_LEVEL = frozenset({"co", "com", "gov", "org", "net"})  # below a country's ending
SHARED = frozenset({"feedburner.com", "substack.com"})  # many publishers each: only the very address counts


@dataclass(frozen=True)
class Recorded:
    """A document, and where it was recorded; '' where only the document itself can tell."""

    name: str
    body: bytes
    address: str = ""
    content_type: str = ""


@dataclass(frozen=True)
class Exercise:
    """What a preset made of the documents of its site."""

    key: str
    documents: int = 0
    entries: int = 0
    titled: int = 0
    linked: int = 0
    dated: int = 0

    @property
    def is_right(self) -> bool:
        """Each entry has title, link and date."""
        return self.entries > 0 and self.entries == self.titled == self.linked == self.dated


def presets() -> Iterator[Source]:
    for file in sorted(TOPICS.glob("*/sources.toml")):
        if file.parent.name != "sample":
            yield from load_sources(file)


def exercised(documents: Iterable[Recorded], now: datetime) -> list[Exercise]:
    """Every preset of which something was recorded: a feed by its site, a JSON list by the very path that it asks."""
    by_place = defaultdict(list)
    for document in documents:
        by_place[_place(document)].append(document)
    done = []
    for source in presets():
        found = by_place.get(_wanted(source), [])
        read = [_read(source, document, now) for document in found]
        if any(exercise.entries for exercise in read):
            done.append(_together(source.key, [exercise for exercise in read if exercise.entries]))
    return done


def _wanted(source: Source) -> str:
    return exact(source.address) if source.kind is SourceKind.RECORDS else site(source.address)


def _place(document: Recorded) -> str:
    if document.address and document.body.lstrip()[:1] in {b"{", b"["}:
        return exact(document.address)
    home = HOME.search(document.body[:HEAD])
    return site(document.address or (home[1].decode("ascii", "replace") if home else ""))


def exact(address: str) -> str:
    """Host and path: what a list in JSON is asked for stands behind them."""
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path}"


def site(address: str) -> str:
    """The name under which a whole site stands: bbc.co.uk, dw.com. Where many share a host, the very address."""
    labels = (urlsplit(address).hostname or "").split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2 else 2
    name = ".".join(labels[-kept:])
    return exact(address) if name in SHARED else name


def _read(source: Source, document: Recorded, now: datetime) -> Exercise:
    address = document.address or source.address
    result = read_document(source, Fetched(address, address, document.body, document.content_type), now)
    entries = result.entries if isinstance(result, Parsed) else ()
    return Exercise(
        source.key,
        1,
        len(entries),
        sum(bool(entry.title) for entry in entries),
        sum(urlsplit(entry.link).scheme in {"http", "https"} for entry in entries),
        sum(entry.published.instant is not None for entry in entries),
    )


def _together(key: str, many: list[Exercise]) -> Exercise:
    fields = ("documents", "entries", "titled", "linked", "dated")
    return Exercise(key, *(sum(getattr(one, name) for one in many) for name in fields))
