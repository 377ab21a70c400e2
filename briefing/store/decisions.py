"""The editor's decisions on one edition, each with its line in the log of who did what."""

from dataclasses import replace

from briefing.codec import decoded, encoded
from briefing.model.decision import Decision
from briefing.store import sessions
from briefing.store.connection import Database
from briefing.store.sessions import Deed


def add(db: Database, topic: str, edition: str, decision: Decision) -> int:
    """Keeps a decision and tells who took it; gives its number."""
    detail = " ".join((*decision.others, *dict.fromkeys((decision.text.en, decision.text.zh)))).strip()
    with db.transaction():
        number = db.number("add_decision", topic=topic, edition=edition, record=encoded(decision))
        sessions.note(db, Deed(decision.at, decision.who, decision.act, decision.subject, detail))
    return number


def every(db: Database, topic: str, edition: str) -> tuple[Decision, ...]:
    """All decisions ever taken, oldest first."""
    rows = db.rows("decisions_on", topic=topic, edition=edition)
    return tuple(replace(decoded(Decision, record), id=int(number)) for number, record in rows)
