"""The editor's sources: how each does, what a new one would bring, adding, pausing."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.desk.collecting import states
from briefing.desk.watching import added, found_at, paused, unnamed, watched
from briefing.errors import UsageError
from briefing.model.entry import Failed
from briefing.model.source import Source
from briefing.model.text import Bilingual
from briefing.model.topic import Topic
from briefing.read.health import health
from briefing.read.parsed import Parsed
from briefing.store import sessions
from briefing.store.sessions import Deed
from briefing.web.pages import page
from briefing.web.sessions import form_token
from briefing.web.visit import Answer, BadRequest, Visit, see

SHOWN = 12  # entries of a source that is tried
LONGEST = 2000
NO_ADDRESS = Bilingual("the address of a source begins with https:// or http://", "来源的地址须以https://或http://开头")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of asking an address."""

    source: Source
    result: Parsed | None
    why: Bilingual | None = None  # nothing came


def sources(visit: Visit) -> Answer:
    """Every source with its health, those in trouble first."""
    return _shown(visit)


def _shown(visit: Visit, topic: Topic | None = None, tried: Tried | None = None, status: int = 200) -> Answer:
    found = [(one, tuple(states(visit.desk, watched(visit.desk, one)))) for one in visit.desk.topics]
    values = {"form": form_token(visit), "found": found, "tried": tried, "tried_for": topic, "shown": SHOWN}
    return page(visit, "sources.html", status=status, values=values)


def act(visit: Visit) -> Answer:
    """Tests an address or a source, adds what was tested, pauses or wakes one."""
    topic, name = visit.topic(), visit.sent("act")
    if name in {"pause", "wake"}:
        try:
            paused(visit.desk, topic, visit.sent("key"), pause=name == "pause")
        except UsageError as fault:
            raise BadRequest("undone") from fault
        _note(visit, f"{name} source", f"{topic.key}/{visit.sent('key')}")
        return see(f"/editor/sources?ui={visit.language}")
    if name not in {"test", "add"}:
        raise BadRequest("bad")
    tried = _tried(visit, topic)
    if name == "add" and tried.result:
        try:
            named, _ = added(visit.desk, topic, tried.source, tried.result)
        except UsageError as fault:
            raise BadRequest("undone") from fault
        _note(visit, "add source", f"{topic.key}/{named.key}", named.address)
        return see(f"/editor/sources?ui={visit.language}")
    return _shown(visit, topic, tried)


def _tried(visit: Visit, topic: Topic) -> Tried:
    """Asks as the collector would. An address from a form is never a file, and the guard decides what is dialled."""
    key, address = visit.sent("key"), visit.long("address", LONGEST)
    known = {source.key: source for source in watched(visit.desk, topic).sources}
    source = known.get(key) or unnamed(address)
    if not key and urlsplit(address).scheme not in {"http", "https"}:
        return Tried(source, None, NO_ADDRESS)
    source, _, result = asyncio.run(found_at(visit.desk, source, visit.now, is_ours=key in known))
    if isinstance(result, Failed) or not result.entries:
        return Tried(source, None, health(source, result, (), visit.now).message)
    return Tried(source, result)


def _note(visit: Visit, action: str, subject: str, detail: str = "") -> None:
    sessions.note(visit.desk.database, Deed(visit.now, visit.who, action, subject, detail))


__all__ = ["act", "sources"]
