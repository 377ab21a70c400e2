"""Writing by programs: each shows a key of its own, of which the desk keeps a keyed hash, and does what it may."""

import re
from collections.abc import Callable
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
from briefing.web.finding import is_day
from briefing.web.visit import JSON, Answer, BadRequest, Visit

EDIT, RELEASE, ASK = "edit", "release", "ask"
SCOPES = {
    EDIT: "keep, drop, merge, split, order, note, correct, resolve and undo",
    RELEASE: "hold, approve and skip issues",
    ASK: "ask for briefings",
}
SLOT_ACTS = {"approve": slots.approve, "skip": slots.skip}
EVERY_ACT = (*ACTS, *SLOT_ACTS)
SPAN = re.compile("[1-9][0-9]{0,3}[hdw]")
SHAPES: tuple[tuple[str, Callable[[str], object], str], ...] = (  # what a field must be, beside a text
    ("act", frozenset(EVERY_ACT).__contains__, f"one of {', '.join(EVERY_ACT)}"),
    ("day", lambda text: not text or is_day(text), "a day such as 2024-09-06"),
    ("since", lambda text: not text or SPAN.fullmatch(text), "a period such as 36h, 30d or 4w"),
)


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
    for name, accepts, said in SHAPES:
        written = visit.form.get(name, ("",))
        if name in shape.__slots__ and not accepts(written[0]):
            return fault(400, f"`{name}` is {said}, and not {written[0][:80]!r}.")
    return replace(visit, who=f"program {found.name}")


def act(visit: Visit) -> Answer:
    """One act of an editor on the next issue, or on an issue that waits."""
    name = "".join(visit.form.get("act", ())[:1])
    admitted = _admitted(visit, RELEASE if name in {*SLOT_ACTS, "hold"} else EDIT, Wish)
    if isinstance(admitted, Answer):
        return admitted
    chair = chair_of(admitted)
    if name in SLOT_ACTS:
        return _release(admitted, name)
    try:
        ACTS[name](chair, admitted)
    except UsageError as trouble:
        return fault(409, f"{trouble}; {trouble.hint}" if trouble.hint else str(trouble))
    return _said(Done(name, done=True))


def _release(visit: Visit, name: str) -> Answer:
    chair = chair_of(visit)
    if not visit.sent("day"):
        return fault(400, "`day` is needed: the day of the slot, such as 2024-09-06.")
    day = date.fromisoformat(visit.sent("day"))
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


__all__ = ["EVERY_ACT", "SCOPES", "SLOT_ACTS", "SPAN", "act", "briefing", "hashed"]
