"""Who is signed in, by the hash of a token that only the browser has; and the log of who did what."""

from dataclasses import dataclass
from datetime import datetime

from briefing.store.connection import Database, as_instant, as_text

NEWEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the audit log. Lines are added, never changed."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: str = ""
    id: int = 0


def begin(db: Database, hashed: str, now: datetime, until: datetime, deed: Deed) -> None:
    """A new session, and the line that says so; sessions that are over go."""
    with db.transaction():
        db.number("sweep_sessions", now=as_text(now))
        db.number("add_session", hash=hashed, made_at=as_text(now), until=as_text(until), who=deed.who)
        note(db, deed)


def whose(db: Database, hashed: str, now: datetime) -> str:
    """Who is signed in by this; '' when nobody is, or no more."""
    row = db.row("session_of", hash=hashed)
    return str(row[0]) if row and as_instant(row[1]) > now else ""


def offer(db: Database, hashed: str, who: str, now: datetime, until: datetime) -> None:
    """A link by which somebody can sign in once; those that are over go."""
    with db.transaction():
        db.number("sweep_sign_in", now=as_text(now))
        db.number("add_sign_in", hash=hashed, who=who, until=as_text(until))


def taken(db: Database, hashed: str, now: datetime) -> str:
    """Who signs in by a link, which works no second time; '' where it never did, or is over."""
    with db.transaction():
        row = db.row("take_sign_in", hash=hashed)
    return str(row[0]) if row and as_instant(row[1]) > now else ""


def end(db: Database, hashed: str, deed: Deed) -> None:
    with db.transaction():
        if db.number("end_session", hash=hashed):
            note(db, deed)


def note(db: Database, deed: Deed) -> None:
    """One line for the log; inside a transaction of the caller, or alone."""
    db.number(
        "add_audit", at=as_text(deed.at), who=deed.who, action=deed.action, subject=deed.subject, detail=deed.detail
    )


def log(db: Database, most: int = 100, before: int = NEWEST) -> tuple[Deed, ...]:
    """The newest lines first, from before a line on."""
    rows = db.rows("audit_before", before=before, most=most)
    return tuple(
        Deed(as_instant(at), who, action, subject, detail, number) for number, at, who, action, subject, detail in rows
    )
