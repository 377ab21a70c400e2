"""Search over what was published: what its page, its feeds and the API are made of."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import quote, quote_plus

from briefing.compose.context import anchor
from briefing.compose.links import figure_slug
from briefing.compose.standing import DOUBTED, ELSEWHERE, KNOWN
from briefing.model.fact import Status
from briefing.model.issue import DevelopmentStatus
from briefing.model.story import Disposition
from briefing.store.search import Document, Filters, narrowed
from briefing.web.moulds import is_free
from briefing.web.pages import asking
from briefing.web.visit import BadRequest, Visit

SHOWN = 10
# Fifty pages of hits at most: who looks further needs other words.
KINDS = {"story": "story", "figure": "figure", "left-out": "left out"}
FILTERS = ("topic", "kind", "language", "since", "until", "status", "outlet")
LONG = ("365d", "3650d")  # only with words: nobody reads a year of everything, and it takes long to make
PERIODS = ("24h", "3d", "7d", "30d", "90d", *LONG)
TONGUES = ("en", "zh")  # of the pages
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
STATUSES = tuple(dict.fromkeys(map(str, [*DevelopmentStatus, *Status, ELSEWHERE, DOUBTED, KNOWN, *Disposition])))
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
PAGE = re.compile("[1-9]|[1-4][0-9]|50")


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

    @property
    def query(self) -> dict[str, str]:
        """The search as an address has it."""
        named = {name: value for name in FILTERS if (value := str(getattr(self, name)))}
        number = {"page": str(self.page)} if self.page > 1 else {}
        return {"q": self.words, **named, **number} if self.words else {**named, **number}

    @property
    def in_address(self) -> str:
        """The words as they stand in an address."""
        return quote_plus(self.words)

    def address(self, path: str, number: int = 1, ui: str = "") -> str:
        """The same search at another path or page."""
        return asking(path, **{**self.query, "page": str(number) if number > 1 else "", "ui": ui})


def wanted(visit: Visit) -> Wanted:
    """The search in an address. Raises BadRequest for a filter that cannot be."""
    asked = {name: visit.query.get(name, "") for name in FILTERS} | {"outlet": visit.asked("outlet")}
    number = visit.query.get("page", "1")
    topics = {topic.key for topic in visit.desk.topics}
    allowed = {"topic": topics, "kind": KINDS.keys(), "language": set(LANGUAGES), "status": set(STATUSES)}
    if any(asked[name] and asked[name] not in values for name, values in allowed.items()):
        raise BadRequest("bad")
    if not all(asked[name] == "" or is_day(asked[name]) for name in ("since", "until")):
        raise BadRequest("bad_day")
    if not is_free(asked["outlet"]) or not PAGE.fullmatch(number):
        raise BadRequest("bad")
    return Wanted(visit.asked("q"), **asked, page=int(number))


def tongue(visit: Visit) -> None:
    """A program must name a language that there is; a page shows the visitor's instead. Raises BadRequest."""
    if visit.query.get("ui", "") not in {"", *TONGUES}:
        raise BadRequest


def is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def found(visit: Visit, search: Wanted, most: int = SHOWN) -> tuple[Document, ...]:
    """The hits of one page, and one more where there is another page."""
    topic = search.topic if len(visit.desk.topics) > 1 else ""  # the only topic narrows nothing
    filters = Filters(
        topic, KINDS.get(search.kind, ""), search.language, search.since, search.until or "9999", search.status,
        search.outlet,
    )  # fmt: skip
    return narrowed(visit.desk.database, search.words, filters, most + 1, (search.page - 1) * most)


def place(document: Document, tag: str) -> tuple[str, str]:
    """Where a hit can be read: its own page, and its issue."""
    topic, issue = _base(document.topic), f"{_base(document.topic, document.issue)}/index{tag}.html"
    if document.kind == "story":
        return f"{topic}/stories/{quote(document.ref, safe='')}{tag}.html", f"{issue}#story-{anchor(document.ref)}"
    if document.kind == "figure":
        return f"{topic}/figures/{figure_slug(document.ref)}{tag}.html", f"{issue}#figure-{anchor(document.ref)}"
    return f"{issue}#left-out", f"{issue}#left-out"


@lru_cache(maxsize=4096)
def _base(*names: str) -> str:
    """The path of a topic, or of an issue of it."""
    return "".join(f"/{quote(name, safe='')}" for name in names)


def text_of(document: Document, language: str) -> str:
    """What a hit is shown by: why it was left out, in the page's language; else as it was published."""
    if document.kind != KINDS["left-out"]:
        return document.text
    lines = document.text.split("\n")
    return lines[-1] if language == "zh" else lines[0]


def title_of(document: Document, language: str) -> str:
    """Titles are kept in both languages, English first, in lines of their own."""
    lines = document.title.split("\n")
    return lines[-1] if language == "zh" else lines[0]
