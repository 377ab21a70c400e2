"""Keys by which programs may write: the keyed hash of each, what it may do, and when it was used last."""

from dataclasses import dataclass
from datetime import datetime

from briefing.store import sessions
from briefing.store.connection import Database, Row, as_instant, as_text
from briefing.store.sessions import Deed


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    scopes: frozenset[str]
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def add(db: Database, name: str, hashed: str, scopes: frozenset[str], deed: Deed) -> bool:
    """False where a program has that name already, revoked or not: the log speaks of it."""
    with db.transaction():
        if db.row("program_named", name=name):
            return False
        db.number("add_program", name=name, hash=hashed, scopes=" ".join(sorted(scopes)), made_at=as_text(deed.at))
        sessions.note(db, deed)
    return True


def using(db: Database, hashed: str, now: datetime) -> Program | None:
    """The program whose key this is, unless it was revoked; notes that it was used."""
    row = db.row("program_of", hash=hashed)
    if row is None:
        return None
    with db.transaction():
        db.number("use_program", name=row[0], now=as_text(now))
    return _program(row)


def every(db: Database) -> tuple[Program, ...]:
    return tuple(_program(row) for row in db.rows("all_programs"))


def revoke(db: Database, name: str, deed: Deed) -> bool:
    """False where no program of that name has a key that works."""
    with db.transaction():
        done = bool(db.text("revoke_program", name=name, now=as_text(deed.at)))
        if done:
            sessions.note(db, deed)
    return done


def _program(row: Row) -> Program:
    name, scopes, made, used, revoked = row
    return Program(
        name,
        frozenset(scopes.split()),
        as_instant(made),
        as_instant(used) if used else None,
        as_instant(revoked) if revoked else None,
    )
