"""The editor's gate: an issue that is held, and the word that lets it go out or pass."""

from datetime import date

from briefing.desk.editing import Chair
from briefing.model.slot import SlotState
from briefing.store import slots
from briefing.store.slots import Entered, Line

ACTS = {"approve": slots.approve, "skip": slots.skip}


def held(chair: Chair) -> Entered | None:
    """The slot of the chair's edition that waits for an editor, if one does."""
    slot = slots.last(chair.desk.database, chair.topic.key, chair.edition.name)
    return slot if slot and slot.state is SlotState.HELD else None


def decide(chair: Chair, act: str, day: date) -> bool:
    """Lets the issue of a day go out now ('approve'), or pass ('skip'). False when its deadline was faster."""
    line = Line(chair.topic.key, chair.edition.name, chair.who)
    done = ACTS[act](chair.desk.database, line, day, chair.now)
    chair.note(act if done else f"{act} (too late)", f"{chair.topic.key}/{chair.edition.name} {day}")
    return done
