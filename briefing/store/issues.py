"""Published issues, and the one transaction that publishes: issue, verdicts, memory and watermark together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing.codec import decoded, encoded
from briefing.model.fact import Fact
from briefing.model.issue import Issue
from briefing.model.judgement import Known, Sketch, Told
from briefing.model.story import Story, Verdict
from briefing.store.connection import Database, as_instant, as_text
from briefing.store.memory import Remembered
from briefing.store.search import Document, add


@dataclass(frozen=True, slots=True)
class Published:
    """All that becomes true at once when an issue is published."""

    issue: Issue
    verdicts: tuple[tuple[str, Verdict], ...] = ()  # with the canonical address of the article
    known: tuple[Known, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    told: tuple[Told, ...] = ()
    stories: tuple[Story, ...] = ()
    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An issue as its line remembers it: where the next one begins."""

    id: str
    number: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    topic: str
    id: str
    edition: str
    slot: str
    number: int
    made_at: datetime


def publish(db: Database, published: Published) -> bool:
    """Keeps everything in one transaction. False when the slot already has its issue, and then nothing changes."""
    issue = published.issue
    with db.transaction():
        if db.text("issue_in_slot", topic=issue.topic, edition=issue.edition, slot=issue.slot):
            return False
        db.number(
            "add_issue",
            topic=issue.topic,
            id=issue.id,
            edition=issue.edition,
            slot=issue.slot,
            number=issue.number,
            made_at=as_text(issue.made_at),
            document=encoded(issue),
        )
        _keep_verdicts(db, issue, published.verdicts)
        _keep_memory(db, published)
        add(db, *published.documents)
    return True


def _keep_verdicts(db: Database, issue: Issue, verdicts: Iterable[tuple[str, Verdict]]) -> None:
    for address, verdict in verdicts:
        db.number(
            "add_verdict",
            topic=issue.topic,
            issue=issue.id,
            article=verdict.article,
            address=address,
            disposition=verdict.disposition,
            record=encoded(verdict),
        )


def _keep_memory(db: Database, published: Published) -> None:
    memory = Remembered(db, published.issue.topic, published.issue.edition)
    for known in published.known:
        memory.keep_known(known)
    for sketch in published.sketches:
        memory.keep_sketch(sketch)
    memory.keep_told(*published.told)
    for story in published.stories:
        memory.keep_story(story)
    for fact in published.facts:
        memory.keep_fact(fact, published.issue.id)


def last(db: Database, topic: str, edition: str) -> Mark | None:
    """The latest issue of an edition: the watermark."""
    row = db.row("last_issue", topic=topic, edition=edition)
    return Mark(row[0], row[1], as_instant(row[2])) if row else None


def in_slot(db: Database, topic: str, edition: str, slot: str) -> str:
    """The id of the issue that a slot already has, or ''."""
    return db.text("issue_in_slot", topic=topic, edition=edition, slot=slot)


def document(db: Database, topic: str, issue: str) -> Issue | None:
    text = db.text("issue_document", topic=topic, id=issue)
    return decoded(Issue, text) if text else None


def every(db: Database) -> tuple[Listed, ...]:
    """All published issues, oldest first."""
    return tuple(Listed(t, i, e, s, n, as_instant(at)) for t, i, e, s, n, at in db.rows("all_issues"))


def verdicts_at(db: Database, address: str) -> tuple[tuple[str, str, Verdict], ...]:
    """(topic, issue, verdict) for a canonical address, oldest issue first."""
    rows = db.rows("verdicts_at", address=address)
    return tuple((topic, issue, decoded(Verdict, record)) for topic, issue, record in rows)


def give_feedback(db: Database, topic: str, address: str, *, keep: bool, at: datetime) -> None:
    """Notes the editor's word on one address; the last word counts."""
    with db.transaction():
        db.number("add_feedback", topic=topic, address=address, keep=int(keep), at=as_text(at))


def feedback(db: Database, topic: str) -> tuple[tuple[str, bool], ...]:
    rows = db.rows("feedback_on", topic=topic)
    return tuple((address, bool(keep)) for address, keep in rows)
