"""For the editor: one reader's file, and what came back. A reader is a mark here; no page shows an address."""

import re

from briefing.desk import readers
from briefing.desk.dossier import dossier
from briefing.desk.readers import How
from briefing.errors import UsageError
from briefing.model.subscriber import Subscriber
from briefing.store import sessions, subscribers
from briefing.store.sessions import Deed
from briefing.web.pages import page
from briefing.web.sessions import form_token
from briefing.web.visit import Answer, BadRequest, NoPage, Visit, see

LINES = 200
ADDRESS = re.compile(r"[^\s<>\"'()\[\],;:]+(?=@[\w-]+\.)")
ACTS = {"pause": readers.pause, "resume": readers.resume}


def bounces(visit: Visit) -> Answer:
    """What came back, the newest first, and a form that finds a reader by the address."""
    return _bounces(visit)


def _bounces(visit: Visit, *, unknown: bool = False) -> Answer:
    found = subscribers.newest_bounces(visit.desk.database, LINES)
    values = {"form": form_token(visit), "found": found, "unknown": unknown, "veiled": veiled}
    return page(visit, "bounces.html", status=404 if unknown else 200, values=values)


def find(visit: Visit) -> Answer:
    """From an address that somebody wrote in to the reader's mark: the address itself stands in no link and no log."""
    try:
        reader = readers.found(visit.register, visit.sent("address"))
    except UsageError:
        return _bounces(visit, unknown=True)
    return see(f"/editor/readers/{reader.id}?ui={visit.language}")


def reader(visit: Visit) -> Answer:
    """State, consent log, editions, letters, bounces and suppression of one reader."""
    kept = dossier(visit.register, _reader(visit))
    domain = kept.reader.address.rpartition("@")[2]
    letters = kept.letters[: -LINES - 1 : -1]
    values = {"form": form_token(visit), "kept": kept, "domain": domain, "letters": letters, "veiled": veiled}
    return page(visit, "reader.html", values=values)


def act(visit: Visit) -> Answer:
    """Pauses a reader's letters, or lets them go again."""
    found, name = _reader(visit), visit.sent("act")
    if name not in ACTS:
        raise BadRequest("bad")
    sessions.note(visit.desk.database, Deed(visit.now, visit.who, f"{name} reader", found.id))
    ACTS[name](visit.register, found, How("editor"), visit.now)
    return see(f"/editor/readers/{found.id}?ui={visit.language}")


def _reader(visit: Visit) -> Subscriber:
    found = subscribers.by_id(visit.desk.database, visit.places["reader"])
    if found is None:
        raise NoPage
    return found


def veiled(text: str) -> str:
    """What a mail server said, without the address that it said it about."""
    return ADDRESS.sub("…", text)
