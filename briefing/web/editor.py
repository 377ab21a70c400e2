"""For the editor: the next issue as it stands, what is left out and why, sources, letters, and who did what."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from briefing.deliver.addresses import mailbox
from briefing.deliver.message import Occasion
from briefing.desk.collecting import states
from briefing.desk.making import Made, make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.model.issue import Coverage, Development, LeftOut
from briefing.model.slot import SlotState
from briefing.model.topic import Edition, Topic
from briefing.read.links import canonical
from briefing.store import entries, issues, outbox, sessions, slots, subscribers
from briefing.store.sessions import Deed
from briefing.store.slots import Entered
from briefing.web.demand import written
from briefing.web.history import developments
from briefing.web.limits import SIGN_IN, SIGN_IN_ALL, in_rows, network
from briefing.web.pages import page
from briefing.web.sessions import EDITOR, begun, cookie_name, ended, form_token, is_own_form, is_password, is_signed_in
from briefing.web.visit import HTML, Answer, BadRequest, NoPage, Outgoing, Visit, see

View = Callable[[Visit], Answer]
LINES = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An edition, its last issue and its slot that waits, if one does."""

    topic: Topic
    edition: Edition
    last: issues.Mark | None
    held: Entered | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A story of the next issue, with the addresses that can be kept or dropped."""

    told: Development
    coverage: tuple[Coverage, ...]


def guarded(view: View) -> View:
    """Only for who is signed in; a form also has to come from the editor's own page."""

    def entered(visit: Visit) -> Answer:
        if not visit.house.password:
            raise NoPage
        if not is_signed_in(visit, visit.now):
            return page(visit, "sign_in.html", status=401 if visit.posted else 200, fault="")
        if visit.posted and not is_own_form(visit):
            return page(visit, "fault.html", status=403, key="foreign")
        return view(visit)

    return entered


def sign_in(visit: Visit) -> Answer:
    """The password, slowly, and not often."""
    if not visit.house.password:
        raise NoPage
    database = visit.desk.database
    passes = in_rows(database, SIGN_IN, network(visit.client), visit.now)
    if not passes or not in_rows(database, SIGN_IN_ALL, "", visit.now):
        return replace(page(visit, "fault.html", status=429, key="busy"), retry_s=60)
    if not is_password(visit.form.get("password", ("",))[0], visit.house.password):
        sessions.note(database, Deed(visit.now, "somebody", "was refused", visit.client))
        return page(visit, "sign_in.html", status=401, fault="password")
    return replace(see(f"/editor?ui={visit.language}"), cookie=begun(visit))


def sign_out(visit: Visit) -> Answer:
    return replace(see("/"), cookie=ended(visit))


def overview(visit: Visit) -> Answer:
    """Every edition, letters and readers."""
    database = visit.desk.database
    lines = []
    for topic in visit.desk.topics:
        for edition in topic.editions:
            slot = slots.last(database, topic.key, edition.name)
            held = slot if slot and slot.state is SlotState.HELD else None
            lines.append(Line(topic, edition, issues.last(database, topic.key, edition.name), held))
    return _page(
        visit,
        "editor.html",
        lines=lines,
        letters=outbox.tally(database),
        owed=outbox.owed(database, visit.now),
        stopped=outbox.stopped(database),
        readers=subscribers.tally(database),
    )


def _page(visit: Visit, template: str, **values: object) -> Answer:
    return page(visit, template, values={**values, "form": form_token(visit)})


def _edition(visit: Visit) -> tuple[Topic, Edition]:
    topic = visit.topic()
    for edition in topic.editions:
        if edition.name == visit.places["edition"]:
            return topic, edition
    raise NoPage


def _next(visit: Visit) -> Made:
    topic, edition = _edition(visit)
    return make_issue(visit.desk, next_occasion(visit.desk, topic, edition, visit.now))


def coming(visit: Visit) -> Answer:
    """The next issue: its stories, and everything left out with its reason. Nothing is kept of it."""
    topic, edition = _edition(visit)
    issue = _next(visit).issue
    said = {address: "keep" if keep else "drop" for address, keep in issues.feedback(visit.desk.database, topic.key)}
    stories = tuple(Shown(told, told.coverage) for told in developments(issue))
    groups: dict[str, list[LeftOut]] = {}
    for item in issue.left_out:
        groups.setdefault(item.disposition, []).append(item)
    return _page(
        visit, "coming.html", topic=topic, edition=edition, issue=issue, stories=stories, groups=groups, said=said,
        place=canonical,
    )  # fmt: skip


def preview(visit: Visit) -> Answer:
    """The next issue as its page will be."""
    return Answer(written(visit, _next(visit).issue).encode(), HTML, inline_styles=True)


def judge(visit: Visit) -> Answer:
    """Keep or drop one article: the terms in it weigh more, or less, from now on."""
    topic, edition = _edition(visit)
    act, address = visit.sent("act"), visit.form.get("address", ("",))[0][:2000]
    place = canonical(address)
    if act not in {"keep", "drop"} or not entries.at_address(visit.desk.database, place):
        raise BadRequest("bad")
    issues.give_feedback(visit.desk.database, topic.key, place, keep=act == "keep", at=visit.now)
    _note(visit, act, place)
    return see(f"/editor/{topic.key}/{edition.name}?ui={visit.language}")


def decide(visit: Visit) -> Answer:
    """Lets a held issue go out now, or pass."""
    topic, edition = _edition(visit)
    act, day = visit.sent("act"), visit.sent("day")
    try:
        wanted = date.fromisoformat(day)
    except ValueError as fault:
        raise BadRequest("bad_day") from fault
    acts = {"approve": slots.approve, "skip": slots.skip}
    if act not in acts:
        raise BadRequest("bad")
    line = slots.Line(topic.key, edition.name, EDITOR)
    done = acts[act](visit.desk.database, line, wanted, visit.now)
    _note(visit, act if done else f"{act} (too late)", f"{topic.key}/{edition.name} {day}")
    return see(f"/editor?ui={visit.language}")


def post(visit: Visit) -> Answer:
    """Stops all letters, or lets them go again."""
    act = visit.sent("act")
    if act not in {"stop", "resume"}:
        raise BadRequest("bad")
    if act == "stop":
        outbox.stop(visit.desk.database, "by the editor")
    else:
        outbox.resume(visit.desk.database)
    _note(visit, f"{act} letters", "outbox")
    return see(f"/editor?ui={visit.language}")


def trial(visit: Visit) -> Answer:
    """Sends the next issue to one address, marked as a test; nobody is subscribed by it."""
    topic, edition = _edition(visit)
    try:
        to = mailbox(visit.sent("address"))
    except ValueError as fault:
        raise BadRequest("bad_form") from fault
    _note(visit, "sent a test", to.address)
    language = visit.language

    def later(desk: Desk) -> tuple[Outgoing, ...]:
        issue = _next(replace(visit, desk=desk)).issue
        forms, head = desk.renderer.forms(issue, language), desk.renderer.letterhead(issue, language)
        marked = replace(head, subject=f"[TEST] {head.subject}", occasion=Occasion.TEST)
        return (Outgoing(to, marked, forms.text, forms.html),)

    return replace(see(f"/editor/{topic.key}/{edition.name}?ui={language}"), later=later)


def sources(visit: Visit) -> Answer:
    """Every source with its health, those in trouble first."""
    found = [(topic, tuple(states(visit.desk, topic))) for topic in visit.desk.topics]
    return _page(visit, "sources.html", found=found)


def log(visit: Visit) -> Answer:
    """Who did what, the newest first."""
    before = visit.asked("before")
    start = int(before) if before.isascii() and before.isdecimal() else sessions.NEWEST
    lines = sessions.log(visit.desk.database, LINES, min(start, sessions.NEWEST))
    return _page(visit, "log.html", lines=lines, more=str(lines[-1].id) if len(lines) == LINES else "")


def _note(visit: Visit, action: str, subject: str) -> None:
    sessions.note(visit.desk.database, Deed(visit.now, EDITOR, action, subject))


__all__ = [
    "coming", "cookie_name", "decide", "guarded", "judge", "log", "overview", "post", "preview", "sign_in",
    "sign_out", "sources", "trial",
]  # fmt: skip
