"""A draft of an entry as any kind of document gives it, and the one place where drafts become entries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.source import Source
from briefing.read.dates import stamp
from briefing.read.gaps import filled
from briefing.read.links import absolute, canonical, identity
from briefing.read.markup import crude, line, plain
from briefing.read.parsed import MAX_ENTRIES

ASSUMED = frozenset((Sureness.ZONE_ASSUMED, Sureness.YEAR_ASSUMED, Sureness.RELATIVE))
MAX_GUID = 2_000
MAX_TAGS = 250_000  # of all texts of one document: about two seconds


@dataclass(frozen=True, slots=True)
class Draft:
    """One item, still in the source's own markup and words."""

    title: str = ""
    link: str = ""
    guid: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    stamp: Stamp | None = None  # where the reader of the document knows more than the raw date says


def entries_of(drafts: Iterable[Draft], source: Source, base: str, now: datetime) -> tuple[tuple[Entry, ...], int]:
    """Entries with their keys, and how many drafts were left out: beyond the bound, empty, or said twice."""
    found: list[Entry] = []
    skipped, tags = 0, 0
    for number, draft in enumerate(drafts):
        if number >= MAX_ENTRIES or not _says_anything(draft):
            skipped += 1
            continue
        tags += draft.summary.count("<") + draft.content.count("<")
        found.append(_entry(draft, source, base, now, crudely=tags > MAX_TAGS))
    keyed = _keyed(found)
    return keyed, skipped + len(found) - len(keyed)


def _says_anything(draft: Draft) -> bool:
    return any((draft.title, draft.link, draft.guid, draft.summary, draft.content))


def _entry(draft: Draft, source: Source, base: str, now: datetime, *, crudely: bool = False) -> Entry:
    words = crude if crudely else plain
    link = absolute(base, draft.link)
    if not link and draft.guid.strip().lower().startswith(("http://", "https://")):
        link = absolute(base, draft.guid)
    published = draft.stamp or stamp(draft.published, source.zone, now)
    updated = stamp(draft.updated, source.zone, now)
    summary, content = words(draft.summary), words(draft.content)
    title = filled(line(draft.title), summary, content)
    return Entry(
        source=source.key,
        guid=draft.guid.strip()[:MAX_GUID],
        link=link,
        title=title,
        summary=summary,
        content=content,
        published=published if published.instant or not updated.instant else replace(updated, raw=updated.raw),
        updated=updated,
        author=line(draft.author),
        first_seen=now,
        key=identity(draft.guid, link, title, draft.published),
    )


def _keyed(entries: list[Entry]) -> tuple[Entry, ...]:
    """Each key once. One key for several places is no identity: there the place joins it."""
    places: dict[str, set[str]] = {}
    for entry in entries:
        places.setdefault(entry.key, set()).add(_place(entry))
    kept: dict[str, Entry] = {}
    for entry in entries:
        key = entry.key if len(places[entry.key]) == 1 else f"{entry.key} {_place(entry)}"
        first = kept.get(key)
        if first is None or _newer(entry, first):
            kept[key] = replace(entry, key=key)
    return tuple(kept.values())


def _place(entry: Entry) -> str:
    """The address with its fragment: some sites keep all their items on one page."""
    fragment = entry.link.partition("#")[2]
    return canonical(entry.link) + (f"#{fragment}" if fragment else "")


def _newer(entry: Entry, than: Entry) -> bool:
    return bool(entry.published.instant and than.published.instant and entry.published.instant > than.published.instant)


def guessed(entries: Iterable[Entry]) -> tuple[int, int]:
    """How many entries have a date that was assumed in part, and how many have none."""
    sureness = Counter(entry.published.sureness for entry in entries)
    return sum(sureness[kind] for kind in ASSUMED), sureness[Sureness.NONE]
