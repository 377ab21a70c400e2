"""Letters that answer one reader: the confirmation of a subscription, a briefing that was asked for."""

from briefing.compose.templates import fill
from briefing.deliver import tokens
from briefing.deliver.addresses import Mailbox, mailbox
from briefing.deliver.message import Letterhead, Occasion
from briefing.desk.readers import opt_in_token
from briefing.model.issue import Issue
from briefing.model.subscriber import Subscriber
from briefing.web.pages import HREFLANG, wording
from briefing.web.sessions import link_for
from briefing.web.visit import Outgoing, Visit


def confirmation(visit: Visit, reader: Subscriber) -> Outgoing:
    """The one letter that an address gets before its owner has agreed."""
    said = wording(reader.language, visit.desk.renderer.folders)
    names = {topic.key: topic.name.written(reader.language) for topic in visit.desk.topics}
    values = {
        "language": HREFLANG[reader.language],
        "say": said.say,
        "desk_name": visit.desk.name,
        "topics": [names[s.topic] for s in reader.subscriptions if s.topic in names],
        "address": f"{visit.base}/confirm/{opt_in_token(visit.register, reader, visit.now)}?ui={reader.language}",
        "base": visit.base,
        "postal": visit.desk.renderer.postal_address,
    }
    folders = visit.desk.renderer.folders
    return Outgoing(
        Mailbox(reader.address, reader.name),
        _head(visit, " ".join(fill("web/confirm-subject.txt", values, folders, is_markup=False).split()), reader),
        fill("web/confirm-body.txt", values, folders, is_markup=False),
        fill("web/confirm.html", values, folders),
    )


def briefing(visit: Visit, reader: Subscriber, issue: Issue) -> Outgoing:
    """A briefing on demand, for the reader whose link asked for it."""
    forms = visit.desk.renderer.forms(issue, reader.language)
    token = tokens.token(visit.house.key, tokens.Purpose.READER, reader.id, topic=issue.topic)
    subject = visit.desk.renderer.subject(issue, reader.language)
    return Outgoing(Mailbox(reader.address, reader.name), _head(visit, subject, reader), forms.text, forms.html, token)


def sign_in_link(visit: Visit, address: str) -> Outgoing:
    """The letter that lets an editor in."""
    said = wording(visit.language, visit.desk.renderer.folders)
    values = {
        "language": HREFLANG[visit.language],
        "say": said.say,
        "desk_name": visit.desk.name,
        "address": f"{link_for(visit, address)}?ui={visit.language}",
        "base": visit.base,
    }
    folders, renderer = visit.desk.renderer.folders, visit.desk.renderer
    head = Letterhead(
        sender=mailbox(renderer.sender),
        subject=said.say("enter.subject", desk=visit.desk.name),
        language=visit.language,
        occasion=Occasion.ANSWER,
    )
    return Outgoing(
        Mailbox(address),
        head,
        fill("web/enter-body.txt", values, folders, is_markup=False),
        fill("web/enter_letter.html", values, folders),
    )


def _head(visit: Visit, subject: str, reader: Subscriber) -> Letterhead:
    renderer = visit.desk.renderer
    return Letterhead(
        sender=mailbox(renderer.sender),
        subject=subject,
        reply_to=mailbox(renderer.reply_to) if renderer.reply_to else None,
        language=reader.language,
        occasion=Occasion.ANSWER,
    )


__all__ = ["briefing", "confirmation", "sign_in_link"]
