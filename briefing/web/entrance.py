"""Who may sit down at the desk: signing in by a mailed link or the operator's password, and out again."""

from collections.abc import Callable
from dataclasses import replace

from briefing.desk.parts import Desk
from briefing.store import sessions
from briefing.store.sessions import Deed
from briefing.web.faults import busy
from briefing.web.letters import sign_in_link
from briefing.web.limits import LETTER, SIGN_IN, SIGN_IN_ALL, in_rows, network
from briefing.web.pages import page
from briefing.web.sessions import begun, ended, entered, form_token, is_own_form, is_password, signed_in
from briefing.web.visit import Answer, NoPage, Outgoing, Visit, see

View = Callable[[Visit], Answer]


def guarded(view: View) -> View:
    """Only for who is signed in; a form also has to come from the editor's own page."""

    def admitted(visit: Visit) -> Answer:
        if not visit.house.has_editor:
            raise NoPage
        who = signed_in(visit)
        if not who:
            return _door(visit, status=401 if visit.posted else 200)
        if visit.posted and not is_own_form(visit):
            return page(visit, "fault.html", status=403, key="foreign")
        return view(replace(visit, who=who))

    return admitted


def _door(visit: Visit, *, status: int = 200, fault: str = "", sent: bool = False) -> Answer:
    house = visit.house
    return page(
        visit, "sign_in.html", status=status, fault=fault, sent=sent, by_link=bool(house.editors and house.sends),
        by_password=bool(house.password),
    )  # fmt: skip


def _passes(visit: Visit) -> bool:
    database = visit.desk.database
    return in_rows(database, SIGN_IN, network(visit.client), visit.now) and in_rows(
        database, SIGN_IN_ALL, "", visit.now
    )


def sign_in(visit: Visit) -> Answer:
    """The password, slowly, and not often."""
    if not visit.house.password:
        raise NoPage
    if not _passes(visit):
        return busy(visit, SIGN_IN)
    if not is_password(visit.form.get("password", ("",))[0], visit.house.password):
        sessions.note(visit.desk.database, Deed(visit.now, "somebody", "was refused", visit.client))
        return _door(visit, status=401, fault="password")
    return replace(see(f"/editor?ui={visit.language}"), cookie=begun(visit))


def ask_link(visit: Visit) -> Answer:
    """A link by mail. The answer, and the time it takes, are the same for an editor's address and any other."""
    if not (visit.house.editors and visit.house.sends):
        raise NoPage
    if not _passes(visit):
        return busy(visit, SIGN_IN)
    wanted = visit.sent("address").casefold()

    def later(desk: Desk) -> tuple[Outgoing, ...]:
        here = replace(visit, desk=desk)
        known = [address for address in visit.house.editors if address.casefold() == wanted]
        if not known or not in_rows(desk.database, LETTER, known[0], visit.now):
            return ()
        sessions.note(desk.database, Deed(visit.now, known[0], "asked for a link", visit.client))
        return (sign_in_link(here, known[0]),)

    return replace(_door(visit, sent=True), later=later)


def enter_form(visit: Visit) -> Answer:
    """A button: programs that open every link in a letter use up nothing."""
    if not visit.house.editors:
        raise NoPage
    return page(visit, "enter.html", token=visit.places["token"])


def enter(visit: Visit) -> Answer:
    """Signs in by a link, once."""
    who = entered(visit, visit.places["token"]) if visit.house.editors else ""
    if not who:
        return page(visit, "fault.html", status=410, key="link_over")
    return replace(see(f"/editor?ui={visit.language}"), cookie=begun(visit, who))


def sign_out(visit: Visit) -> Answer:
    return replace(see("/"), cookie=ended(visit))


__all__ = ["ask_link", "enter", "enter_form", "form_token", "guarded", "sign_in", "sign_out"]
