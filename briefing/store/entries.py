"""Entries as their sources gave them, with every earlier state; saved with the bookmark that brought them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.codec import decoded, encoded
from briefing.model.entry import Entry
from briefing.store.connection import Database, as_instant, as_text
from briefing.store.sessions import Deed, note


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry to be saved, with its canonical address and whether its page shall be fetched."""

    entry: Entry
    address: str
    page_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored entry. `before` is its last state when it changed after `since`, for the difference."""

    id: int
    entry: Entry
    before: Entry | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Poll:
    """The bookmark of one source, as text that `collect` understands, and its health as text."""

    source: str
    record: str
    health: str
    next_due: datetime | None


def digest(entry: Entry) -> str:
    """What makes a change: title, summary, content. A new date under an old guid is no news."""
    parts = f"{entry.title}\x00{entry.summary}\x00{entry.content}"
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def save(
    db: Database, topic: str, arrivals: Iterable[Arrival], poll: Poll | None, now: datetime, *, deed: Deed | None = None
) -> Saved:
    """Entries and the bookmark that brought them, in one transaction: neither without the other, nor without `deed`."""
    new = changed = 0
    with db.transaction():
        for arrival in arrivals:
            state = db.row("entry_state", topic=topic, source=arrival.entry.source, key=arrival.entry.key)
            if state is None:
                _add(db, topic, arrival, now)
                new += 1
            else:
                changed += _change(db, arrival, state, now)
        if poll:
            db.many("save_polling", [_row(topic, poll)])
        if deed:
            note(db, deed)
    return Saved(new, changed)


def _add(db: Database, topic: str, arrival: Arrival, now: datetime) -> None:
    entry = arrival.entry
    db.number(
        "add_entry",
        topic=topic,
        source=entry.source,
        key=entry.key,
        address=arrival.address,
        first_seen=as_text(entry.first_seen),
        changed_at=as_text(now),
        published=as_text(entry.published.instant) if entry.published.instant else None,
        digest=digest(entry),
        page="wanted" if arrival.page_wanted else "none",
        record=encoded(entry),
    )


def _change(db: Database, arrival: Arrival, state: tuple[int, str, str, str], now: datetime) -> int:
    """1 when title, summary or content really changed; the old state is kept for good."""
    number, old_digest, record, first_seen = state
    old = decoded(Entry, record)
    entry = replace(
        arrival.entry,
        first_seen=as_instant(first_seen),
        content=arrival.entry.content or old.content,
        page_date=arrival.entry.page_date if arrival.entry.page_date.raw else old.page_date,
        revision=old.revision + 1,
    )
    if digest(entry) == old_digest:
        return 0
    db.number("keep_revision", entry=number, number=old.revision, replaced_at=as_text(now), record=record)
    db.number(
        "change_entry",
        id=number,
        address=arrival.address,
        changed_at=as_text(now),
        published=as_text(entry.published.instant) if entry.published.instant else None,
        digest=digest(entry),
        page="wanted" if arrival.page_wanted else "none",
        record=encoded(entry),
    )
    return 1


def changed_between(db: Database, topic: str, after: datetime | None, until: datetime) -> tuple[Stored, ...]:
    """Entries first seen, or changed, after one time and up to another; oldest change first."""
    since = as_text(after) if after else ""
    rows = list(db.rows("entries_changed", topic=topic, after=since, until=as_text(until)))
    return tuple(_stored(db, number, record, since) for number, record in rows)


def _stored(db: Database, number: int, record: str, since: str) -> Stored:
    entry = decoded(Entry, record)
    if entry.revision and as_text(entry.first_seen) <= since:
        states = [r for _, at, r in db.rows("revisions_of", entry=number) if at > since]
        if states:
            return Stored(number, entry, decoded(Entry, states[0]))
    return Stored(number, entry)


def mentioning(
    db: Database, topic: str, words: tuple[str, ...], after: datetime, until: datetime, *, most: int = 5000
) -> tuple[Stored, ...]:
    """Entries of a period that hold all of the words, for a briefing on demand."""
    first = max(words, key=len, default="")
    quoted = json.dumps(first, ensure_ascii=False)[1:-1]
    pattern = "%" + quoted.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    rows = db.rows(
        "entries_matching", topic=topic, after=as_text(after), until=as_text(until), pattern=pattern, most=most
    )
    found = [Stored(number, decoded(Entry, record)) for number, record in rows]
    return tuple(s for s in found if _holds(s.entry, words))


def _holds(entry: Entry, words: tuple[str, ...]) -> bool:
    text = f"{entry.title}\n{entry.summary}\n{entry.content}".lower()
    return all(word.lower() in text for word in words)


def at_address(db: Database, address: str) -> tuple[tuple[str, Entry], ...]:
    """(topic, entry) of everything stored under a canonical address."""
    rows = db.rows("entries_at", address=address)
    return tuple((topic, decoded(Entry, record)) for _, topic, record in rows)


def pages_wanted(db: Database, topic: str, now: datetime, most: int) -> tuple[Stored, ...]:
    """Entries whose article page is to be fetched now."""
    rows = db.rows("pages_wanted", topic=topic, now=as_text(now), most=most)
    return tuple(Stored(number, decoded(Entry, record)) for number, _, record in rows)


def page_put_off(db: Database, stored: Stored, due: datetime) -> None:
    """The page could not be had, and is to be asked for again then."""
    db.number("page_put_off", id=stored.id, due=as_text(due))


def page_read(db: Database, stored: Stored, *, found: bool) -> None:
    """Keeps what the page gave; it belongs to the entry's first state and makes no revision."""
    db.number(
        "page_read",
        id=stored.id,
        page="read" if found else "failed",
        digest=digest(stored.entry),
        record=encoded(stored.entry),
    )


def counts(db: Database, topic: str, after: datetime | None, until: datetime) -> dict[str, int]:
    """New entries by source."""
    rows = db.rows("entry_counts", topic=topic, after=as_text(after) if after else "", until=as_text(until))
    return {str(source): int(number) for source, number in rows}


def newest(db: Database, topic: str, source: str, most: int = 10) -> tuple[datetime, ...]:
    """The latest publication times of a source, newest first: its rhythm."""
    rows = db.rows("newest_of", topic=topic, source=source, most=most)
    return tuple(as_instant(text) for (text,) in rows)


def polls(db: Database, topic: str) -> dict[str, Poll]:
    """The bookmark of every source that was ever asked."""
    rows = db.rows("polling_of", topic=topic)
    return {source: Poll(source, record, health, None) for source, record, health in rows}


def save_polls(db: Database, topic: str, many: Iterable[Poll]) -> None:
    """Moves the bookmarks of sources that had nothing new, all in one transaction."""
    rows = [_row(topic, poll) for poll in many]
    with db.transaction():
        db.many("save_polling", rows)


def _row(topic: str, poll: Poll) -> dict[str, object]:
    return {
        "topic": topic,
        "source": poll.source,
        "next_due": as_text(poll.next_due) if poll.next_due else None,
        "record": poll.record,
        "health": poll.health,
    }
