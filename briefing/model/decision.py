"""What an editor decided. Rows that are added and never changed; an issue heeds them whenever it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model.fact import Fact
from briefing.model.text import Bilingual

EMPTY = Bilingual("", "")


class Act(StrEnum):
    MERGE = "merge"  # the story is a part of another
    SPLIT = "split"  # these articles are a story of their own
    ORDER = "order"  # these stories come first, as they stand here
    NOTE = "note"  # a line of the editor's under a story
    CORRECT = "correct"  # an earlier issue was wrong about a figure
    CONFIRM = "confirm"  # this reading of a figure is trusted
    JOIN = "join"  # a line of the ledger is the same figure as another
    HOLD = "hold"  # the next issue waits for the editor
    UNDO = "undo"  # an earlier decision no longer stands


ONCE = frozenset({Act.ORDER, Act.NOTE, Act.CORRECT, Act.CONFIRM, Act.HOLD})  # for the next issue; the others hold on


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: on what, with what, in which words."""

    at: datetime
    who: str
    act: Act
    subject: str  # a story, a figure, an issue, or the number of a decision
    others: tuple[str, ...] = ()  # a story, articles, stories in order, a figure, or a reading as it was written
    text: Bilingual = EMPTY
    id: int = 0
    lines: tuple[Fact, ...] = ()  # of a join: both as they were before


def standing(decisions: Iterable[Decision], since: datetime | None = None) -> tuple[Decision, ...]:
    """The decisions that an issue heeds, oldest first: not undone, and those for one issue only if it is this one."""
    every = tuple(decisions)
    undone = {d.subject for d in every if d.act is Act.UNDO}
    return tuple(
        d
        for d in every
        if d.act is not Act.UNDO and str(d.id) not in undone and (d.act not in ONCE or since is None or d.at > since)
    )
