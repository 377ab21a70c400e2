"""Feeds of a topic's issues and of every search, as Atom and as JSON Feed."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from urllib.parse import quote

from briefing.archive.syndication import FeedEntry, FeedHead, atom, json_feed
from briefing.store import archive
from briefing.web.documents import Documents
from briefing.web.finding import found, place, text_of, title_of, wanted
from briefing.web.marks import excerpt, plain, runs
from briefing.web.public import FRESH, lines
from briefing.web.visit import ATOM, FEED, MINUTE, Answer, Visit

NEWEST = 50
Form = Callable[[FeedHead, Iterable[FeedEntry]], bytes]
FORMS: dict[str, tuple[Form, str]] = {"atom": (atom, ATOM), "json": (json_feed, FEED)}


class Feeds:
    """The feeds, over what is kept at hand."""

    def __init__(self, kept: Documents) -> None:
        self.kept = kept

    def issues_as_atom(self, visit: Visit) -> Answer:
        return self._issues(visit, "atom")

    def issues_as_json(self, visit: Visit) -> Answer:
        return self._issues(visit, "json")

    def _issues(self, visit: Visit, kind: str) -> Answer:
        """A topic that has published nothing yet has an empty feed."""
        topic = visit.topic()
        address = f"{visit.base}/{topic.key}/feed{visit.tag}.{kind}"
        page = f"{visit.base}/{topic.key}/index{visit.tag}.html"
        head = FeedHead(address, topic.name.written(visit.language), page, address, visit.language)
        every = archive.of_topic(visit.desk.database, topic.key)
        entries = [
            FeedEntry(
                f"{visit.base}/{topic.key}/{line.listed.id}/{visit.tag}",
                line.told.title,
                f"{visit.base}{line.address}",
                line.listed.made_at,
                line.told.summary,
            )
            for line in lines(visit, self.kept, topic.key, every[-NEWEST:])
        ]
        form, media = FORMS[kind]
        return Answer(form(head, entries), media, fresh_s=FRESH)


def search_as_atom(visit: Visit) -> Answer:
    return _search(visit, "atom", "/search.atom")


def search_as_json(visit: Visit) -> Answer:
    return _search(visit, "json", "/search.feed.json")


def _search(visit: Visit, kind: str, path: str) -> Answer:
    """Everything that meets a search, newest issue first: a feed to be told of what comes."""
    asked = wanted(visit)
    words = runs(asked.words)
    address, page = (f"{visit.base}{asked.address(where, ui=visit.language)}" for where in (path, "/search"))
    head = FeedHead(address, asked.words or visit.desk.name, page, address, visit.language)
    entries = [
        FeedEntry(
            f"{visit.base}{place(one, visit.tag)[1]}~{one.kind}~{quote(one.ref, safe='')}",
            title_of(one, visit.language),
            f"{visit.base}{place(one, visit.tag)[0]}",
            datetime.combine(date.fromisoformat(one.day), time(), UTC),
            plain(excerpt(text_of(one, visit.language), words)),
        )
        for one in found(visit, asked, most=NEWEST)
    ]
    form, media = FORMS[kind]
    return Answer(form(head, entries), media, fresh_s=MINUTE)
