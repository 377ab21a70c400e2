"""Looking back over published issues: which told of a story or figure, and how a figure's line stands now."""

from dataclasses import dataclass

from briefing.codec import decoded
from briefing.model.fact import Fact
from briefing.model.story import Story
from briefing.store.connection import Database, as_instant
from briefing.store.issues import Listed
from briefing.store.search import Document


@dataclass(frozen=True, slots=True)
class State:
    """Changes exactly when something that the public pages show has changed."""

    issue: int
    resolution: int
    decision: int


def state(db: Database) -> State:
    row = db.row("archive_state")
    return State(*map(int, row)) if row else State(0, 0, 0)


def of_topic(db: Database, topic: str) -> tuple[Listed, ...]:
    """The issues of one topic, oldest first."""
    return tuple(Listed(t, i, e, s, n, as_instant(at)) for t, i, e, s, n, at in db.rows("issues_of_topic", topic=topic))


def told_of(db: Database, topic: str, kind: str, ref: str) -> tuple[str, ...]:
    """The ids of the issues that told of a story, a figure or a left-out article, oldest first."""
    return tuple(str(issue) for (issue,) in db.rows("issues_told_of", topic=topic, kind=kind, ref=ref))


def refs(db: Database, topic: str, kind: str) -> tuple[str, ...]:
    return tuple(str(ref) for (ref,) in db.rows("refs_of_kind", topic=topic, kind=kind))


def story(db: Database, topic: str, number: str) -> Story | None:
    """A story as it stands; one that was merged is found under the id of the story it went into."""
    for (record,) in db.rows("story_record", topic=topic, id=number):
        return decoded(Story, record)
    for _, record in db.rows("story_records", topic=topic):
        if f'"{number}"' in record and number in (found := decoded(Story, record)).redirects:
            return found
    return None


def fact(db: Database, topic: str, key: str) -> Fact | None:
    """A line of the ledger as the latest issue left it, whichever edition that was."""
    rows = sorted(db.rows("fact_records", topic=topic, key=key), key=lambda row: str(row[1]))
    return decoded(Fact, rows[-1][0]) if rows else None


def documents(db: Database, topic: str) -> tuple[Document, ...]:
    """Everything of a topic that search can find, in the order in which it was published."""
    rows = db.rows("documents_of", topic=topic)
    return tuple(
        Document(topic, k, ref, i, lang, day, title, text, s, o) for k, ref, i, lang, day, s, o, title, text in rows
    )
