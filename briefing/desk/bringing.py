"""Brings out what is due: takes the slot, makes its issue, publishes it, and plans its letters.

Every step can be repeated: a run that is killed is taken up by the next one, which finds what was done.
"""

from dataclasses import dataclass
from datetime import datetime

from briefing.desk import slots
from briefing.desk.delivering import plan_deliveries
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.desk.publishing import publish
from briefing.model.issue import Issue
from briefing.model.slot import Slot, SlotState
from briefing.model.topic import Edition, QuietRule, ReviewRule, Topic
from briefing.store import issues
from briefing.store import slots as rows
from briefing.store.slots import Line


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a slot."""

    slot: Slot
    state: SlotState
    issue: str = ""
    letters: int = 0


def bring_out(desk: Desk, topic: Topic, edition: Edition, holder: str, now: datetime) -> Brought | None:
    """The edition's issue, if a slot of it is due and nobody else is at it; None when there is nothing to do."""
    line = Line(topic.key, edition.name, holder)
    last = rows.last(desk.database, topic.key, edition.name)
    was_held = last is not None and last.state is SlotState.HELD
    was_approved = was_held and last is not None and last.detail == rows.APPROVED
    due = slots.due_now(desk.database, topic.key, edition, now)
    if (due.make is None and not due.missed) or not slots.taken(desk.database, line, due, now) or due.make is None:
        return None
    if edition.review is not ReviewRule.NONE and not was_held:
        slots.held(desk.database, line, due.make, edition, now)
        return Brought(due.make, SlotState.HELD)
    if edition.review is ReviewRule.HOLD_THEN_SKIP and not was_approved:
        slots.ended(desk.database, line, due.make, SlotState.SKIPPED, now)
        return Brought(due.make, SlotState.SKIPPED)
    return _publish(desk, topic, edition, line, due.make, now=now)


def _publish(desk: Desk, topic: Topic, edition: Edition, line: Line, slot: Slot, *, now: datetime) -> Brought:
    day = slot.day.isoformat()
    name = issues.in_slot(desk.database, topic.key, edition.name, day)
    issue = issues.document(desk.database, topic.key, name) if name else None
    if issue is None:
        made = make_issue(desk, next_occasion(desk, topic, edition, now, day=slot.day, late=slot.late))
        publish(desk, made)
        issue = made.issue
    quiet = issue.is_silent and edition.quiet is QuietRule.SKIP
    letters = 0 if quiet else send_out(desk, issue, now)
    state = SlotState.QUIET if quiet else SlotState.MADE
    slots.ended(desk.database, line, slot, state, now, issue=issue.id)
    return Brought(slot, state, issue.id, letters)


def send_out(desk: Desk, issue: Issue, now: datetime) -> int:
    """Plans a letter for every reader of an issue's edition; those planned before stay as they are."""
    return plan_deliveries(desk.database, issue, desk.renderer.domain, now)
