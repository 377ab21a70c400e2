"""For subscribers: ask, confirm, change, leave. All by links; no answer tells whether an address is known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

from briefing.deliver import tokens
from briefing.deliver.addresses import normalised
from briefing.desk import readers
from briefing.desk.making import make_briefing
from briefing.desk.occasions import on_demand
from briefing.desk.parts import Desk
from briefing.desk.readers import How, Wish
from briefing.model.subscriber import Subscriber, SubscriberState, Subscription
from briefing.model.topic import Topic
from briefing.web import letters
from briefing.web.faults import busy
from briefing.web.limits import DEMAND, SUBSCRIBE, SUBSCRIBE_ALL, in_rows, network
from briefing.web.pages import asking, page
from briefing.web.visit import Answer, BadRequest, NoPage, Outgoing, Visit, see

WORDING = "web-1"  # the version of what a subscriber agrees to: the words beside the button and in the letter
HOURS = tuple(f"{hour:02d}:00" for hour in range(24))
PERIODS = ("24h", "3d", "7d", "30d", "90d")
ONE_CLICK = "List-Unsubscribe"


def offered(desk: Desk) -> Iterator[tuple[Topic, str, str]]:
    """Every edition that can be subscribed to: its topic, name and rhythm."""
    for topic in desk.topics:
        for edition in topic.editions:
            if edition.enabled:
                yield topic, edition.name, edition.rhythm


def how(visit: Visit, what: str, detail: str = "") -> How:
    """For the consent log: a network, not a person, is noted."""
    return How(what, WORDING, network(visit.client), detail)


def subscribe_form(visit: Visit) -> Answer:
    """The form alone; every topic's page has it too."""
    _taking(visit)
    return page(visit, "subscribe.html", offers=tuple(offered(visit.desk)), fault="", address="")


def subscribe(visit: Visit) -> Answer:
    """The same answer for known and unknown addresses, before anything is looked up."""
    _taking(visit)
    database = visit.desk.database
    passes = in_rows(database, SUBSCRIBE, network(visit.client), visit.now)
    if not passes or not in_rows(database, SUBSCRIBE_ALL, "", visit.now):
        return busy(visit, SUBSCRIBE)
    wanted = Subscription(visit.sent("topic"), visit.sent("edition"))
    if wanted not in {Subscription(topic.key, name) for topic, name, _ in offered(visit.desk)}:
        raise BadRequest("bad")
    try:
        address = normalised(visit.sent("address"))
    except ValueError:
        offers, typed = tuple(offered(visit.desk)), visit.sent("address")
        return page(visit, "subscribe.html", status=400, offers=offers, fault="address", address=typed)
    answer = page(visit, "asked.html", topic=None)
    if visit.sent("website"):  # nobody sees this field: a program filled it
        return answer
    language = visit.sent("language") if visit.sent("language") in {"en", "zh"} else visit.language
    wish = Wish(address, (wanted,), language)
    return replace(answer, later=lambda desk: _asked(replace(visit, desk=desk), wish))


def _asked(visit: Visit, wish: Wish) -> tuple[Outgoing, ...]:
    reader = readers.ask(visit.register, wish, how(visit, "form"), visit.now)
    return (letters.confirmation(visit, reader),) if reader else ()


def _taking(visit: Visit) -> None:
    if not (visit.house.key and visit.house.sends):
        raise NoPage("closed")


def confirm_form(visit: Visit) -> Answer:
    """A button; mail programs that open links on their own confirm nothing."""
    return page(visit, "confirm_page.html", token=visit.places["token"])


def confirm(visit: Visit) -> Answer:
    """The button was pressed."""
    _keyed(visit)
    reader = readers.confirm(visit.register, visit.places["token"], how(visit, "link"), visit.now)
    if reader is None:
        return page(visit, "fault.html", status=404, key="link")
    token = tokens.token(visit.house.key, tokens.Purpose.READER, reader.id)
    names = _names(visit, reader.subscriptions)
    return page(visit, "confirmed.html", names=names, preferences=f"/preferences/{token}?ui={visit.language}")


def _keyed(visit: Visit) -> None:
    if not visit.house.key:
        raise NoPage


def _names(visit: Visit, subscriptions: tuple[Subscription, ...]) -> tuple[str, ...]:
    names = {topic.key: topic.name.written(visit.language) for topic in visit.desk.topics}
    return tuple(dict.fromkeys(names.get(s.topic, s.topic) for s in subscriptions))


def _reader(visit: Visit) -> tuple[Subscriber, str]:
    """Whose link it is, and the topic's mark in it. Raises NoPage; a forged link is like none."""
    _keyed(visit)
    found = readers.reader_of(visit.register, visit.places["token"], visit.now)
    if found is None:
        raise NoPage
    return found[0], found[1].topic


def preferences(visit: Visit) -> Answer:
    """A reader's own settings, behind the link of each letter."""
    reader, _ = _reader(visit)
    if not visit.asked("ui"):
        visit = replace(visit, language=reader.language)
    chosen = {(s.topic, s.edition) for s in reader.subscriptions}
    return page(
        visit,
        "preferences.html",
        reader=reader,
        token=visit.places["token"],
        offers=tuple((topic, name, rhythm, (topic.key, name) in chosen) for topic, name, rhythm in offered(visit.desk)),
        zones=sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")),
        hours=HOURS,
        periods=PERIODS,
        saved=visit.asked("saved") in {"yes", "sent"} and visit.asked("saved"),
        paused=reader.state is SubscriberState.PAUSED,
        gone=reader.state is SubscriberState.LEFT,
    )


def change(visit: Visit) -> Answer:
    """What the buttons of the preferences page do."""
    reader, _ = _reader(visit)
    act = visit.sent("act")
    said = "yes"
    if act == "save":
        _prefer(visit, reader)
    elif act == "pause":
        readers.pause(visit.register, reader, how(visit, "link"), visit.now)
    elif act == "resume":
        readers.resume(visit.register, reader, how(visit, "link"), visit.now)
    elif act == "forget":
        readers.delete(visit.register, reader, visit.now)
        return page(visit, "forgotten.html")
    elif act == "briefing":
        return _to_oneself(visit, reader)
    else:
        raise BadRequest("bad")
    return see(asking(f"/preferences/{visit.places['token']}", saved=said, ui=visit.language))


def _prefer(visit: Visit, reader: Subscriber) -> None:
    known = {f"{topic.key}/{name}": Subscription(topic.key, name) for topic, name, _ in offered(visit.desk)}
    wanted = tuple(known[text] for text in dict.fromkeys(visit.form.get("edition", ())) if text in known)
    at = visit.sent("at")
    if at and at not in HOURS:
        raise BadRequest("bad")
    hour = time.fromisoformat(at) if at else None
    wish = Wish(reader.address, wanted, visit.sent("language"), visit.sent("zone") or "UTC", hour, reader.name)
    try:
        readers.prefer(visit.register, reader, wish, how(visit, "link"), visit.now)
    except ValueError as fault:
        raise BadRequest("bad") from fault


def _to_oneself(visit: Visit, reader: Subscriber) -> Answer:
    """A briefing on demand to the reader's own address: to no other, and only for those who confirmed it."""
    if reader.state not in {SubscriberState.ACTIVE, SubscriberState.PAUSED} or visit.sent("since") not in PERIODS:
        raise BadRequest("bad")
    if not in_rows(visit.desk.database, DEMAND, f"mail {reader.id}", visit.now):
        return busy(visit, DEMAND)
    topic = next((t for t in visit.desk.topics if t.key == visit.sent("topic")), None)
    if topic is None:
        raise BadRequest("bad")
    occasion = on_demand(topic, visit.sent("q"), visit.sent("since"), visit.now)
    answer = see(asking(f"/preferences/{visit.places['token']}", saved="sent", ui=visit.language))

    def later(desk: Desk) -> tuple[Outgoing, ...]:
        return (letters.briefing(replace(visit, desk=desk), reader, make_briefing(desk, occasion).issue),)

    return replace(answer, later=later)


def leave_form(visit: Visit) -> Answer:
    """A button; opening the link takes nobody off a list."""
    reader, mark = _reader(visit)
    if not visit.asked("ui"):
        visit = replace(visit, language=reader.language)
    about = tuple(s for s in reader.subscriptions if not mark or mark == tokens.topic_mark(s.topic))
    return page(
        visit,
        "leave.html",
        token=visit.places["token"],
        names=_names(visit, about),
        others=len(_names(visit, reader.subscriptions)) > len(_names(visit, about)),
    )


def leave(visit: Visit) -> Answer:
    """At once, without cookie, sign-in or another page; the one click of a mail provider comes here too."""
    _keyed(visit)
    way = "one click" if ONE_CLICK in visit.form or not visit.form else "link"
    everything = visit.sent("everything") == "yes"
    gone = readers.leave(visit.register, visit.places["token"], how(visit, way), visit.now, everything=everything)
    if gone is None:
        return page(visit, "fault.html", status=404, key="link")
    return page(visit, "left.html", preferences=f"/preferences/{visit.places['token']}?ui={visit.language}")
