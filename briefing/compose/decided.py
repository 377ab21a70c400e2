"""What the editor decided about this issue: which stories come first, a note under one, a correction in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefing.compose.wording import both
from briefing.model.decision import Act, Decision
from briefing.model.issue import Correction, Development


def places(decisions: Iterable[Decision]) -> Mapping[str, int]:
    """Where stories stand that the editor put in order; the last word counts."""
    orders = [d.others for d in decisions if d.act is Act.ORDER]
    return {story: place for place, story in enumerate(orders[-1])} if orders else {}


def noted(told: Development, decisions: Iterable[Decision]) -> Development:
    """The story with what the editor adds to it, marked as the editor's."""
    notes = tuple(
        both("caveat.editor", text=d.text) for d in decisions if d.act is Act.NOTE and d.subject == told.story
    )
    return replace(told, caveats=(*notes, *told.caveats)) if notes else told


def corrections(decisions: Iterable[Decision]) -> tuple[Correction, ...]:
    """Corrections in the editor's own words."""
    return tuple(Correction(d.subject, "".join(d.others), d.text) for d in decisions if d.act is Act.CORRECT)
