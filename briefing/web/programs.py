"""Writing by programs: each shows a key of its own, of which the desk keeps a keyed hash, and does what it may."""

from dataclasses import replace
from datetime import date

from briefing.codec import encoded
from briefing.deliver.tokens import keyed
from briefing.desk.making import make_briefing
from briefing.desk.occasions import on_demand
from briefing.errors import UsageError
from briefing.store import programs, slots
from briefing.web.api import Done, Question, Wish, fault
from briefing.web.editing import ACTS, chair_of
from briefing.web.visit import JSON, Answer, BadRequest, Visit

EDIT, RELEASE, ASK = "edit", "release", "ask"
SCOPES = {
    EDIT: "keep, drop, merge, split, order, note, correct, resolve and undo",
    RELEASE: "hold, approve and skip issues",
    ASK: "ask for briefings",
}
SLOT_ACTS = {"approve": slots.approve, "skip": slots.skip}


def hashed(key: bytes, token: str) -> str:
    """What the store keeps of a program's key."""
    return keyed(key, f"program\x00{token}")


def _admitted(visit: Visit, scope: str, shape: type[Wish | Question]) -> Visit | Answer:
    found = (
        programs.using(visit.desk.database, hashed(visit.house.key, visit.bearer), visit.now)
        if visit.bearer and visit.house.key
        else None
    )
    if found is None:
        return fault(401, "A key is needed: Authorization: Bearer KEY. `briefing tokens make` gives one.")
    if scope not in found.scopes:
        return fault(403, f"This key may not do that; it lacks the scope {scope!r}.")
    unknown = sorted(visit.form.keys() - set(shape.__slots__))
    if unknown:
        return fault(400, f"{unknown[0][:80]!r} is not known here; {', '.join(shape.__slots__)} are.")
    return replace(visit, who=f"program {found.name}")


def act(visit: Visit) -> Answer:
    """One act of an editor on the next issue, or on an issue that waits."""
    name = visit.sent("act")
    admitted = _admitted(visit, RELEASE if name in {*SLOT_ACTS, "hold"} else EDIT, Wish)
    if isinstance(admitted, Answer):
        return admitted
    chair = chair_of(admitted)
    if name in SLOT_ACTS:
        return _release(admitted, name)
    if name not in ACTS:
        return fault(400, f"There is no act {name!r}; there are {', '.join((*ACTS, *SLOT_ACTS))}.")
    try:
        ACTS[name](chair, admitted)
    except UsageError as trouble:
        return fault(400, f"{trouble}; {trouble.hint}" if trouble.hint else str(trouble))
    return _said(Done(name, done=True))


def _release(visit: Visit, name: str) -> Answer:
    chair = chair_of(visit)
    try:
        day = date.fromisoformat(visit.sent("day"))
    except ValueError:
        return fault(400, "`day` is the day of the slot: 2024-09-06.")
    line = slots.Line(chair.topic.key, chair.edition.name, visit.who)
    done = SLOT_ACTS[name](visit.desk.database, line, day, visit.now)
    chair.note(name if done else f"{name} (too late)", f"{chair.topic.key}/{chair.edition.name} {day}")
    return _said(Done(name, done=bool(done)))


def briefing(visit: Visit) -> Answer:
    """A briefing on demand, as JSON; nothing is kept of it."""
    admitted = _admitted(visit, ASK, Question)
    if isinstance(admitted, Answer):
        return admitted
    try:
        occasion = on_demand(visit.topic(), visit.sent("words"), visit.sent("since"), visit.now)
    except UsageError as trouble:
        raise BadRequest("bad") from trouble
    return Answer(encoded(make_briefing(visit.desk, occasion).issue).encode(), JSON)


def _said(done: Done) -> Answer:
    return Answer(encoded(done).encode(), JSON)


__all__ = ["SCOPES", "act", "briefing", "hashed"]
