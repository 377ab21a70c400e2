"""What the editor is told of sources: once when one falls silent or fails for long, and once when it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.collect.politeness import Polling
from briefing.compose.templates import fill
from briefing.deliver.addresses import mailbox
from briefing.deliver.message import Letterhead, Occasion
from briefing.desk.parts import Desk
from briefing.model.issue import HealthState, SourceHealth
from briefing.model.source import Source, SourceKind
from briefing.model.text import Bilingual
from briefing.model.topic import Topic
from briefing.store.search import both
from briefing.store.sessions import Deed

FAILURES = 3  # in a row: a server that is down for an hour is no news
BACK = Bilingual("it is back", "已恢复")


@dataclass(frozen=True, slots=True)
class Notice:
    """One source that went, or came back."""

    source: str
    name: str
    is_back: bool
    message: Bilingual

    def deed(self, topic: Topic, now: datetime) -> Deed:
        """Its line in the editor's log."""
        action = "found a source back:" if self.is_back else "found a source in trouble:"
        return Deed(now, "the desk", action, f"{topic.key}/{self.source}", both(self.message))


def noticed(source: Source, record: Polling, told: bool, state: SourceHealth) -> tuple[Polling, Notice | None]:  # noqa: FBT001 - what the last record said
    """The record with what the editor knows now, and what there is to tell."""
    in_trouble = _is_trouble(source, record, state)
    if in_trouble and not told:
        return replace(record, told=True), Notice(source.key, state.name, is_back=False, message=state.message)
    if told and not in_trouble and state.state is not HealthState.FAILED:
        return replace(record, told=False), Notice(source.key, state.name, is_back=True, message=BACK)
    return replace(record, told=told), None


def _is_trouble(source: Source, record: Polling, state: SourceHealth) -> bool:
    if state.state is HealthState.FAILED:
        return record.ended or record.errors >= FAILURES
    if state.state is HealthState.EMPTY:
        return source.kind is not SourceKind.SEARCH  # a search may find nothing
    return state.state is HealthState.SILENT


def letter(desk: Desk, topic: Topic, notices: Sequence[Notice]) -> tuple[Letterhead, str, str]:
    """One letter for all that a round found: its head, its text and its HTML."""
    values = {
        "desk_name": desk.name,
        "topic": topic.name,
        "gone": [notice for notice in notices if not notice.is_back],
        "back": [notice for notice in notices if notice.is_back],
        "pages": f"{desk.base_address}/editor/sources",
    }
    folders = desk.renderer.folders
    subject = " ".join(fill("notice-subject.txt", values, folders, is_markup=False).split())
    head = Letterhead(sender=mailbox(desk.renderer.sender), subject=subject, language="en", occasion=Occasion.ANSWER)
    text = fill("notice-body.txt", values, folders, is_markup=False)
    return head, text, fill("notice.html", values, folders)
