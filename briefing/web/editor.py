"""For the editor: the next issue as it stands, what is left out and why, sources, letters, and who did what."""

import re
from dataclasses import dataclass, replace
from datetime import date

from briefing.compose.wording import Words
from briefing.deliver.addresses import mailbox
from briefing.deliver.message import Occasion
from briefing.desk import gate, proof
from briefing.desk.bringing import review_of
from briefing.desk.editing import Chair, told_in
from briefing.desk.parts import Desk
from briefing.desk.suggesting import lacking, suggestions
from briefing.model.fact import Fact, Status
from briefing.model.issue import Issue, KeyFigure, LeftOut
from briefing.model.slot import Slot, next_slots
from briefing.model.subscriber import DeliveryState
from briefing.model.topic import Edition, ReviewRule, Topic
from briefing.read.links import canonical
from briefing.read.text import fold
from briefing.store import issues, outbox, sessions, subscribers
from briefing.store.sessions import Deed
from briefing.store.slots import Entered
from briefing.web.demand import written
from briefing.web.editing import chair_of
from briefing.web.pages import page, wording
from briefing.web.readership import veiled
from briefing.web.sessions import form_token
from briefing.web.visit import HTML, TEXT, Answer, BadRequest, Outgoing, Visit, see

BY = "by "  # before who stopped the letters on a page; at the terminal a reason stands alone
PROGRAM = "program "
LINES = 100
LEFT_SHOWN = 300  # of what was left out; words and reasons find the rest
FORMS = ("page", "mail", "dark", "narrow", "text")
DARK = re.compile(r"\(prefers-color-scheme:\s*dark\)")
TROUBLED = (DeliveryState.FAILED, DeliveryState.UNCERTAIN, DeliveryState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Line:
    """An edition, its last issue and its slot that waits, if one does."""

    topic: Topic
    edition: Edition
    last: issues.Mark | None
    held: Entered | None
    next: Slot | None
    review: ReviewRule  # as it is now: an issue may be held by hand


def overview(visit: Visit) -> Answer:
    """Every edition, letters and readers."""
    database = visit.desk.database
    stopped, said = outbox.stopped(database), wording(visit.language, visit.desk.renderer.folders)
    lines = []
    for topic in visit.desk.topics:
        for edition in topic.editions:
            mark = issues.last(database, topic.key, edition.name)
            coming = next_slots(edition, visit.now, 1)
            lines.append(
                Line(
                    topic,
                    edition,
                    mark,
                    _held(visit, topic, edition),
                    coming[0] if coming else None,
                    review_of(visit.desk, topic, edition),
                )
            )
    return _page(
        visit,
        "editor.html",
        lines=lines,
        letters=outbox.tally(database),
        owed=outbox.owed(database, visit.now),
        stopped=stopped,
        stopper=_who(stopped.removeprefix(BY), said) if stopped.startswith(BY) else "",
        readers=subscribers.tally(database),
    )


def _page(visit: Visit, template: str, **values: object) -> Answer:
    return page(visit, template, values={**values, "form": form_token(visit)})


def _held(visit: Visit, topic: Topic, edition: Edition) -> Entered | None:
    return gate.held(Chair(visit.desk, topic, edition, visit.who, visit.now))


def coming(visit: Visit) -> Answer:
    """The next issue: what would stop it, its stories, and everything left out with its reason. Nothing is kept."""
    chair = chair_of(visit)
    made = chair.made()
    issue, topic, edition = made.issue, chair.topic, chair.edition
    said = {address: "keep" if keep else "drop" for address, keep in issues.feedback(visit.desk.database, topic.key)}
    flaws = proof.flaws(visit.desk, issue, frozenset(r.article.link for r in made.readings))
    left = _wanted(visit, issue)
    groups: dict[str, list[LeftOut]] = {}
    for item in left[:LEFT_SHOWN]:
        groups.setdefault(item.disposition, []).append(item)
    facts = {fact.key: fact for fact in made.update.facts}
    doubts = tuple(_Doubt.of(line, facts[line.key]) for line in issue.figures if line.key in facts and _is_open(line))
    return _page(
        visit, "coming.html", topic=topic, edition=edition, issue=issue, stories=told_in(issue), groups=groups,
        perhaps=suggestions(chair, made), lacking=lacking(visit.desk),
        said=said, place=canonical, flaws=flaws, held=_held(visit, topic, edition), decisions=chair.standing(),
        review=review_of(visit.desk, topic, edition),
        doubts=doubts, dispositions=tuple(dict.fromkeys(item.disposition for item in issue.left_out)),
        hidden=max(0, len(left) - LEFT_SHOWN),
        words=visit.asked("q"), why=visit.asked("why"), found=len(left),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A figure on which witnesses disagree, with each reading once and who wrote it."""

    line: KeyFigure
    readings: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, line: KeyFigure, fact: Fact) -> "_Doubt":
        found: dict[str, tuple[str, ...]] = {}
        for witness in fact.witnesses:
            found[witness.figure.surface] = (*found.get(witness.figure.surface, ()), witness.outlet)
        return cls(line, tuple((surface, tuple(dict.fromkeys(outlets))) for surface, outlets in found.items()))


def _is_open(line: KeyFigure) -> bool:
    return line.status in {Status.CONTRADICTED, Status.SCALE_SLIP, Status.CHANGED}


def _wanted(visit: Visit, issue: Issue) -> tuple[LeftOut, ...]:
    """What was left out, as far as the words and the reason asked for go."""
    words, why = fold(visit.asked("q")).split(), visit.asked("why")
    return tuple(
        item
        for item in issue.left_out
        if why in {"", item.disposition}
        and all(
            word in fold(f"{item.title} {item.outlet} {item.address} {item.reason.written(visit.language)}")
            for word in words
        )
    )


def preview(visit: Visit) -> Answer:
    """The next issue in a form that readers get: page, letter, letter in the dark, on a phone, or as text."""
    form = visit.asked("form") or "page"
    if form not in FORMS:
        raise BadRequest("bad")
    chair = chair_of(visit)
    if form == "narrow":
        return replace(_page(visit, "narrow.html", topic=chair.topic, edition=chair.edition), framed=True)
    issue = chair.made().issue
    if form == "page":
        return Answer(written(visit, issue).encode(), HTML, inline_styles=True)
    forms = visit.desk.renderer.forms(issue, visit.language)
    if form == "text":
        return Answer(forms.text.encode(), TEXT)
    html = DARK.sub("(min-width:0)", forms.html) if form == "dark" else forms.html
    return Answer(html.encode(), HTML, inline_styles=True, framed=True)


def decide(visit: Visit) -> Answer:
    """Lets a held issue go out now, or pass. The button names the day, so that it is not pressed for another."""
    chair = chair_of(visit)
    act, day = visit.sent("act"), visit.sent("day")
    try:
        wanted = date.fromisoformat(day)
    except ValueError as fault:
        raise BadRequest("bad_day") from fault
    if act not in gate.ACTS:
        raise BadRequest("bad")
    gate.decide(chair, act, wanted)
    return see(f"/editor?ui={visit.language}")


def post(visit: Visit) -> Answer:
    """Stops all letters, or lets them go again."""
    act = visit.sent("act")
    if act not in {"stop", "resume"}:
        raise BadRequest("bad")
    if act == "stop":
        outbox.stop(visit.desk.database, f"{BY}{visit.who}")
    else:
        outbox.resume(visit.desk.database)
    _note(visit, f"{act} letters", "outbox")
    return see(f"/editor?ui={visit.language}")


def trial(visit: Visit) -> Answer:
    """Sends the next issue to one address, marked as a test; nobody is subscribed by it."""
    chair = chair_of(visit)
    try:
        to = mailbox(visit.sent("address"))
    except ValueError as fault:
        raise BadRequest("bad_form") from fault
    _note(visit, "sent a test", to.address)
    language = visit.language

    def later(desk: Desk) -> tuple[Outgoing, ...]:
        issue = replace(chair, desk=desk).made().issue
        forms = desk.renderer.forms(issue, language)
        return (
            Outgoing(to, desk.renderer.letterhead(issue, language, occasion=Occasion.TEST), forms.text, forms.html),
        )

    return replace(see(f"/editor/{chair.topic.key}/{chair.edition.name}?ui={language}"), later=later)


def letters(visit: Visit) -> Answer:
    """Letters in trouble, and what came of all; a reader is a mark, whose address only the command line shows."""
    database = visit.desk.database
    asked = [state for state in DeliveryState if state == visit.asked("state")] or list(TROUBLED)
    found = [(state, outbox.in_state(database, state, most=LINES)) for state in asked]
    return _page(visit, "letters.html", tally=outbox.tally(database), found=found, veiled=veiled)


def log(visit: Visit) -> Answer:
    """Who did what, the newest first."""
    before = visit.asked("before")
    start = int(before) if before.isascii() and before.isdecimal() else sessions.NEWEST
    lines = sessions.log(visit.desk.database, LINES, min(start, sessions.NEWEST))
    said = wording(visit.language, visit.desk.renderer.folders)
    told = tuple(_told(line, said, visit.language) for line in lines)
    return _page(visit, "log.html", lines=told, more=str(lines[-1].id) if len(lines) == LINES else "")


def _told(deed: Deed, said: Words, language: str) -> Deed:
    """A line of the log in the language of the page: what was done, who did it if that is no name, and why."""
    action = _worded(said, f"deed.{_slug(deed.action)}", deed.action)
    why = deed.detail.split("\n")
    return replace(deed, who=_who(deed.who, said), action=action, detail=why[-1] if language == "zh" else why[0])


def _who(name: str, said: Words) -> str:
    if name.startswith(PROGRAM):
        return f"{said.say('deed.program')} {name.removeprefix(PROGRAM)}"
    return _worded(said, f"deed.by_{_slug(name)}", name)


def _slug(words: str) -> str:
    return "_".join(re.findall(r"\w+", words))


def _worded(said: Words, key: str, otherwise: str) -> str:
    return said.say(key) if key in said.entries else otherwise


def _note(visit: Visit, action: str, subject: str) -> None:
    sessions.note(visit.desk.database, Deed(visit.now, visit.who, action, subject))


__all__ = ["coming", "decide", "letters", "log", "overview", "post", "preview", "trial"]
