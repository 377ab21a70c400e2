"""Which sources are pushed by a hub, until when, and when the last push came."""

from dataclasses import dataclass
from datetime import datetime

from briefing.store.connection import Database, Row, as_instant, as_text


@dataclass(frozen=True, slots=True)
class Push:
    """One source at its hub. Without `until` the hub has not confirmed it, or said no."""

    path: str  # of our callback; nobody else can know it
    source: str
    hub: str
    address: str  # by which the hub knows the source
    asked_at: datetime
    until: datetime | None = None
    pushed_at: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        """Whether the hub has promised to tell."""
        return self.until is not None and now < self.until


def every(db: Database, topic: str) -> dict[str, Push]:
    """By source."""
    found = [_push(row) for row in db.rows("pushes_of", topic=topic)]
    return {push.source: push for push in found}


def at(db: Database, path: str) -> Push | None:
    row = db.row("push_at", path=path)
    return _push(row) if row else None


def ask(db: Database, topic: str, push: Push) -> None:
    """Notes that a hub is being asked, before it is: it may answer meanwhile."""
    db.number(
        "ask_push",
        path=push.path,
        topic=topic,
        source=push.source,
        hub=push.hub,
        address=push.address,
        asked_at=as_text(push.asked_at),
    )


def lease(db: Database, path: str, until: datetime | None) -> None:
    db.number("lease_push", path=path, until=as_text(until) if until else "")


def note(db: Database, path: str, now: datetime) -> None:
    """Something new was announced."""
    db.number("note_push", path=path, at=as_text(now))


def _push(row: Row) -> Push:
    path, source, hub, address, asked_at, until, pushed_at = row
    return Push(path, source, hub, address, as_instant(asked_at), _time(until), _time(pushed_at))


def _time(text: str) -> datetime | None:
    return as_instant(text) if text else None
