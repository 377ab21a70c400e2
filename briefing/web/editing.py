"""The editor's hand on the next issue: each button is one act of the desk, kept with who pressed it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from briefing.desk import editing
from briefing.desk.editing import Chair, every_line, ledger_of
from briefing.desk.likeness import MOST, alike, named
from briefing.desk.watching import watched
from briefing.errors import UsageError
from briefing.model.fact import Fact
from briefing.model.text import Bilingual
from briefing.store import archive, issues
from briefing.store.issues import Listed
from briefing.web.pages import page
from briefing.web.sessions import form_token
from briefing.web.visit import Answer, BadRequest, NoPage, Visit, see

CORRECTABLE = 60  # issues that a correction may be about, newest first


def chair_of(visit: Visit) -> Chair:
    """The chair of the edition that the address names. Raises NoPage."""
    topic = watched(visit.desk, visit.topic())
    for edition in topic.editions:
        if edition.name == visit.places["edition"]:
            return Chair(visit.desk, topic, edition, visit.who, visit.now)
    raise NoPage


def _judge(chair: Chair, visit: Visit, *, keep: bool) -> None:
    editing.judge(chair, visit.long("address", 2000), keep=keep)


def _words(visit: Visit) -> Bilingual:
    return Bilingual(visit.long("en", editing.LONGEST), visit.long("zh", editing.LONGEST))


ACTS: dict[str, Callable[[Chair, Visit], object]] = {
    "keep": lambda chair, visit: _judge(chair, visit, keep=True),
    "drop": lambda chair, visit: _judge(chair, visit, keep=False),
    "first": lambda chair, visit: editing.move(chair, visit.sent("story"), "first"),
    "up": lambda chair, visit: editing.move(chair, visit.sent("story"), "up"),
    "down": lambda chair, visit: editing.move(chair, visit.sent("story"), "down"),
    "hold": lambda chair, _: editing.hold(chair),
    "release": lambda chair, _: editing.release(chair),
    "merge": lambda chair, visit: editing.merge(chair, visit.sent("story"), visit.sent("into")),
    "split": lambda chair, visit: editing.split(chair, visit.sent("story"), visit.long("address", 2000)),
    "note": lambda chair, visit: editing.annotate(chair, visit.sent("story"), _words(visit)),
    "undo": lambda chair, visit: editing.undo(chair, visit.sent("decision")),
    "confirm": lambda chair, visit: editing.confirm(
        chair, visit.sent("key"), visit.sent("surface"), visit.sent("note")
    ),
    "join": lambda chair, visit: editing.join_lines(chair, visit.sent("key"), visit.sent("into"), visit.sent("note")),
    "part": lambda chair, visit: editing.part_line(
        chair, visit.sent("key"), visit.form.get("outlet", ()), visit.sent("name")
    ),
    "correct": lambda chair, visit: editing.correct(chair, visit.sent("issue"), visit.sent("key"), _words(visit)),
}
SETTLED = frozenset({"merge", "join", "correct"})  # shown among the decisions, where they can be taken back


def act(visit: Visit) -> Answer:
    """Does what the button says, and shows the issue as it stands then."""
    chair, name = chair_of(visit), visit.sent("act")
    if name not in ACTS:
        raise BadRequest("bad")
    try:
        ACTS[name](chair, visit)
    except UsageError as fault:
        raise BadRequest("undone") from fault
    anchor = "decisions" if name in SETTLED else visit.sent("story")
    mark = f"#{quote(anchor, safe='')}" if anchor else ""
    return see(f"/editor/{chair.topic.key}/{chair.edition.name}?ui={visit.language}{mark}")


@dataclass(frozen=True, slots=True)
class Correctable:
    """A figure of an issue as it was told."""

    key: str
    label: Bilingual
    surface: str


def correction(visit: Visit) -> Answer:
    """Writes a correction: choose the issue, then the figure, then the words."""
    chair = chair_of(visit)
    database, topic = visit.desk.database, chair.topic.key
    listed: list[Listed] = [one for one in archive.of_topic(database, topic) if one.edition == chair.edition.name]
    wanted = visit.asked("issue")
    found = issues.document(database, topic, wanted) if wanted in {one.id for one in listed} else None
    figures = tuple(Correctable(line.key, line.label, line.surface) for line in found.figures) if found else ()
    values = {
        "form": form_token(visit),
        "topic": chair.topic,
        "edition": chair.edition,
        "listed": tuple(reversed(listed[-CORRECTABLE:])),
        "issue": found,
        "figures": figures,
    }
    return page(visit, "correction.html", values=values)


def joining(visit: Visit) -> Answer:
    """Joins two lines of the ledger: choose the one, then the other among the likest or by words."""
    chair, key, words = chair_of(visit), visit.asked("key"), visit.asked("q")
    ledger = ledger_of(chair)
    lines = every_line(ledger, chair.made().update.facts)
    line = next((one for one in lines if one.key == key), None)
    found = alike(line, ledger if line in ledger else lines) if line else lines
    listed = named(found, words)
    values = {
        "form": form_token(visit),
        "topic": chair.topic,
        "edition": chair.edition,
        "line": line,
        "outlets": _outlets(line) if line in ledger else (),
        "words": words,
        "listed": listed[:MOST],
        "hidden": max(0, len(listed) - MOST),
    }
    return page(visit, "join.html", values=values)


def _outlets(line: Fact) -> tuple[str, ...]:
    """Those that may mean another figure; one alone leaves nothing to part."""
    outlets = tuple(dict.fromkeys(witness.outlet for witness in line.witnesses))
    return outlets if len(outlets) > 1 else ()
