"""Search over what was published: a page, JSON, and a feed of every search."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from briefing.archive.syndication import FeedEntry, FeedHead, atom
from briefing.compose.context import anchor
from briefing.compose.templates import fill
from briefing.model.fact import Status
from briefing.model.issue import DevelopmentStatus
from briefing.model.story import Disposition
from briefing.model.topic import Topic
from briefing.store.search import Filters, Hit, narrowed
from briefing.web.documents import figure_slug
from briefing.web.marks import Piece, excerpt, pieces
from briefing.web.pages import asking, page, spoken, wording
from briefing.web.visit import ATOM, MINUTE, Answer, BadRequest, Visit

SHOWN = 10
DEEPEST = 50  # pages of hits; who looks further needs other words
KINDS = {"story": "story", "figure": "figure", "left-out": "left out"}
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
STATUSES = tuple(dict.fromkeys([*map(str, DevelopmentStatus), *map(str, Status), *map(str, Disposition)]))
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it was asked for, checked."""

    words: str = ""
    topic: str = ""
    kind: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    status: str = ""
    outlet: str = ""
    page: int = 1

    def address(self, path: str, number: int = 1, ui: str = "") -> str:
        """The same search at another path or page."""
        return asking(
            path,
            q=self.words,
            topic=self.topic,
            kind=self.kind,
            language=self.language,
            since=self.since,
            until=self.until,
            status=self.status,
            outlet=self.outlet,
            page=str(number) if number > 1 else "",
            ui=ui,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it."""

    hit: Hit
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    tongue: str  # of the title, where it is not the page's
    address: str  # of the story, the figure, or the issue that left it out
    issue: str  # the address of the issue


def wanted(visit: Visit) -> Wanted:
    """The search in an address. Raises BadRequest for a filter that cannot be."""
    asked = {name: visit.asked(name) for name in ("topic", "kind", "language", "status", "outlet", "since", "until")}
    number = visit.asked("page") or "1"
    topics = {topic.key for topic in visit.desk.topics}
    allowed = {"topic": topics, "kind": KINDS.keys(), "language": set(LANGUAGES), "status": set(STATUSES)}
    if any(asked[name] and asked[name] not in values for name, values in allowed.items()):
        raise BadRequest("bad")
    if not all(asked[name] == "" or _is_day(asked[name]) for name in ("since", "until")):
        raise BadRequest("bad_day")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= DEEPEST):
        raise BadRequest("bad")
    return Wanted(visit.asked("q"), **asked, page=int(number))


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def found(visit: Visit, search: Wanted, most: int = SHOWN) -> tuple[Hit, ...]:
    """The hits of one page, and one more where there is another page."""
    filters = Filters(
        search.topic, KINDS.get(search.kind, ""), search.language, search.since, search.until or "9999",
        search.status, search.outlet,
    )  # fmt: skip
    return narrowed(visit.desk.database, search.words, filters, most + 1, (search.page - 1) * most)


def place(hit: Hit, tag: str) -> tuple[str, str]:
    """Where a hit can be read: its own page, and its issue."""
    document = hit.document
    topic = quote(document.topic, safe="")
    issue = f"/{topic}/{quote(document.issue, safe='')}/index{tag}.html"
    if document.kind == "story":
        return f"/{topic}/stories/{quote(document.ref, safe='')}{tag}.html", f"{issue}#story-{anchor(document.ref)}"
    if document.kind == "figure":
        return f"/{topic}/figures/{figure_slug(document.ref)}{tag}.html", f"{issue}#figure-{anchor(document.ref)}"
    return f"{issue}#left-out", f"{issue}#left-out"


def title_of(hit: Hit, language: str) -> str:
    """Titles are kept in both languages, English first, in lines of their own."""
    lines = hit.document.title.split("\n")
    return lines[-1] if language == "zh" else lines[0]


def shown(hit: Hit, visit: Visit, words: str) -> Shown:
    own, issue = place(hit, visit.tag)
    title = title_of(hit, visit.language)
    tongue = spoken(visit.language)(title)
    return Shown(hit, pieces(title, words), excerpt(hit.document.text, words), tongue, own, issue)


def search(visit: Visit) -> Answer:
    """The search page; without words, the form alone."""
    asked = wanted(visit)
    hits = found(visit, asked)
    bare = replace(asked, words="", page=1)
    return page(
        visit,
        "search.html",
        fresh_s=MINUTE,
        asked=asked,
        hits=tuple(shown(hit, visit, asked.words) for hit in hits[:SHOWN]),
        more=asked.address("/search", asked.page + 1, visit.language) if len(hits) > SHOWN else "",
        before=asked.address("/search", asked.page - 1, visit.language) if asked.page > 1 else "",
        search_feed=asked.address("/search.atom", ui=visit.language) if asked.words else "",
        filters=_filters(visit.language, visit.desk.topics, visit.desk.renderer.folders, bare),
        kind_words={stored: name for name, stored in KINDS.items()},
    )


@lru_cache(maxsize=64)
def _filters(language: str, topics: tuple[Topic, ...], folders: tuple[Path, ...], asked: Wanted) -> Markup:
    """The filters of the form; most searches have none, and then this part is always the same."""
    values = {
        "asked": asked,
        "say": wording(language, folders).say,
        "topics": topics,
        "names": {topic.key: topic.name.written(language) for topic in topics},
        "kinds": tuple(KINDS),
        "languages": LANGUAGES,
        "statuses": STATUSES,
    }
    return Markup(fill("web/search_filters.html", values, folders))  # noqa: S704 -- a filled template, escaped there


def search_feed(visit: Visit) -> Answer:
    """Everything that meets a search, newest issue first: a feed to be told of what comes."""
    asked = wanted(visit)
    hits = found(visit, asked, most=50)
    address = f"{visit.base}{asked.address('/search.atom', ui=visit.language)}"
    head = FeedHead(
        address, asked.words or visit.desk.name, f"{visit.base}{asked.address('/search', ui=visit.language)}", address,
        visit.language,
    )  # fmt: skip
    entries = [
        FeedEntry(
            f"{visit.base}{place(hit, visit.tag)[1]}~{hit.document.kind}~{quote(hit.document.ref, safe='')}",
            title_of(hit, visit.language),
            f"{visit.base}{place(hit, visit.tag)[0]}",
            datetime.combine(date.fromisoformat(hit.document.day), time(), UTC),
            "".join(piece.text for piece in excerpt(hit.document.text, asked.words)),
        )
        for hit in hits
    ]
    return Answer(atom(head, entries), ATOM, fresh_s=MINUTE)
