"""Brings out what is due: takes the slot, makes its issue, publishes it, and plans its letters.

Every step can be repeated: a run that is killed is taken up by the next one, which finds what was done.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.desk import slots
from briefing.desk.announcing import plan_posts
from briefing.desk.delivering import plan_deliveries
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.desk.publishing import complete, publish
from briefing.model.decision import Act, standing
from briefing.model.issue import Issue
from briefing.model.slot import Slot, SlotState
from briefing.model.topic import Edition, QuietRule, ReviewRule, Topic
from briefing.store import decisions, issues
from briefing.store import slots as rows
from briefing.store.slots import Line


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a slot."""

    slot: Slot
    state: SlotState
    issue: str = ""
    letters: int = 0
    articles: tuple[tuple[str, int], ...] = ()  # ('articles_off_topic', 12): what became of those that were read


def is_due(desk: Desk, topic: Topic, edition: Edition, now: datetime) -> bool:
    """Whether `bring_out` has anything to do; asks a few rows of the store."""
    return slots.due_now(desk.database, topic.key, edition, now).is_any


def bring_out(desk: Desk, topic: Topic, edition: Edition, holder: str, now: datetime) -> Brought | None:
    """The edition's issue, if a slot of it is due and nobody else is at it; None when there is nothing to do.

    What fails is tried again when the slot's lease is over; until then it is TAKEN, by this holder.
    """
    line = Line(topic.key, edition.name, holder)
    due = slots.due_now(desk.database, topic.key, edition, now)
    if not due.is_any:
        return failed_before(desk, line)
    if not slots.taken(desk.database, line, due, now) or due.make is None:
        return None
    reviewed = replace(edition, review=review_of(desk, topic, edition))
    if reviewed.review is not ReviewRule.NONE:
        waits = _before_the_editor(desk, reviewed, line, due.make, now=now)
        if waits:
            return Brought(due.make, waits)
    return _publish(desk, topic, edition, line, due.make, now=now)


def review_of(desk: Desk, topic: Topic, edition: Edition) -> ReviewRule:
    """What the next issue waits for: an editor who holds it by hand has to let it go."""
    last = issues.last(desk.database, topic.key, edition.name)
    said = standing(decisions.every(desk.database, topic.key, edition.name), last.made_at if last else None)
    return ReviewRule.HOLD_THEN_SKIP if any(d.act is Act.HOLD for d in said) else edition.review


def failed_before(desk: Desk, line: Line) -> Brought | None:
    """The slot that this holder took and did not bring out, while it waits for the next try."""
    last = rows.last(desk.database, line.topic, line.edition)
    is_ours = last is not None and last.state is SlotState.TAKEN and last.holder == line.holder
    return Brought(last.slot, SlotState.TAKEN) if last and is_ours else None


def _before_the_editor(desk: Desk, edition: Edition, line: Line, slot: Slot, *, now: datetime) -> SlotState | None:
    """None when the slot may go out. The editor's word stands in its row, whoever died over it."""
    last = rows.last(desk.database, line.topic, line.edition)
    said = last.detail if last and last.slot.day == slot.day else ""
    if said not in {rows.WAITS, rows.APPROVED}:
        slots.held(desk.database, line, slot, edition, now)
        return SlotState.HELD
    if edition.review is ReviewRule.HOLD_THEN_SKIP and said != rows.APPROVED:
        slots.ended(desk.database, line, slot, SlotState.SKIPPED, now)
        return SlotState.SKIPPED
    return None


def _publish(desk: Desk, topic: Topic, edition: Edition, line: Line, slot: Slot, *, now: datetime) -> Brought:
    day = slot.day.isoformat()
    issue = _published(desk, topic, edition, day)
    if issue is None:
        made = make_issue(desk, next_occasion(desk, topic, edition, now, day=slot.day, late=slot.late))
        # False: another took this slot for abandoned, and was faster. Its issue counts, and its letters are planned.
        issue = made.issue if publish(desk, made) else _published(desk, topic, edition, day) or made.issue
    quiet = issue.is_silent and edition.quiet is QuietRule.SKIP
    letters = 0 if quiet else send_out(desk, issue, now)
    state = SlotState.QUIET if quiet else SlotState.MADE
    slots.ended(desk.database, line, slot, state, now, issue=issue.id)
    return Brought(slot, state, issue.id, letters, _articles(issue))


def _articles(issue: Issue) -> tuple[tuple[str, int], ...]:
    """What became of the articles of an issue, those that were left out by their reason."""
    why = Counter(f"articles_{left.disposition.value.replace(' ', '_')}" for left in issue.left_out)
    counts = issue.counts
    kept = (("articles_read", counts.read), ("articles_kept", counts.kept), ("articles_merged", counts.folded))
    return (*kept, ("articles_dropped", counts.left_out), *sorted(why.items()))


def _published(desk: Desk, topic: Topic, edition: Edition, day: str) -> Issue | None:
    """The issue that the slot has already, its folder in its place whoever died before that."""
    name = issues.in_slot(desk.database, topic.key, edition.name, day)
    if not name:
        return None
    complete(desk)
    return issues.document(desk.database, topic.key, name)


def keeps_quiet(desk: Desk, issue: Issue) -> bool:
    """Whether an issue has nothing new, and its edition mails nothing on such a day."""
    editions = (e for topic in desk.topics if topic.key == issue.topic for e in topic.editions)
    return issue.is_silent and any(e.name == issue.edition and e.quiet is QuietRule.SKIP for e in editions)


def send_out(desk: Desk, issue: Issue, now: datetime) -> int:
    """Plans a letter for every reader of an issue's edition; those planned before stay as they are."""
    plan_posts(desk.database, issue, desk.places, desk.renderer.domain, now)
    return plan_deliveries(desk.database, issue, desk.renderer.domain, now)
