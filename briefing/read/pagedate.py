"""When an article was published, as its own page tells it.

Pages show today's date in their header, the time of the last build in their footer and other articles' dates beside
the text: only what is tied to the article counts.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml.html import HtmlElement

from briefing.model.entry import Stamp
from briefing.read.dates import stamp
from briefing.read.jsonfeed import Json, word
from briefing.read.listing import address_date
from briefing.read.markup import text_of

META = (
    "article:published_time",
    "og:published_time",
    "firstpublishedtime",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "datepublished",
    "article:create_at",
    "apub:time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "weibo: article:create_at",
)
OUTSIDE = frozenset(("header", "nav", "footer", "aside"))
ASIDE = re.compile(
    r"today|header|topbar|top-bar|nav|footer|sidebar|related|recommend|current|weather|clock", re.IGNORECASE
)
SCRIPTED = re.compile(
    r"""(?:fbrq|publish(?:ed)?_?(?:time|date)|pub_?(?:time|date)|datePublished|ptime)["']?\s*[:=]\s*["']([^"']{6,40})["']""",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:发布时间|发布日期|發佈時間|發布日期|成文日期|印发日期|发表时间|时间|日期|時間|published(?:\s+on)?|posted(?:\s+on)?"
    r"|publication date|date)\s*[：:\]】]?\s*"
    r"((?:\d{4}|[A-Z][a-z]{2,8}\.?\s\d|\d{1,2}\s[A-Z][a-z]{2,8}).{3,40})",
    re.IGNORECASE,
)
LABELLED = 6_000  # characters of a page in which a label of the article stands
CLASSED = re.compile(r"(?:^|[\s_-])(?:date|time|pub(?:lish)?(?:ed)?|info|meta|source|ly|sj)(?:[\s_-]|$)", re.IGNORECASE)
CLASSED_LONGEST = 120


def page_date(root: HtmlElement, linked: list[Mapping[str, Json]], address: str, zone: str, now: datetime) -> Stamp:
    """The first account that can be read, the surest kind first; the address's own day last."""
    for raw in _accounts(root, linked):
        found = stamp(raw, zone, now)
        if found.instant is not None:
            return found
    day = address_date(address, now)
    return stamp(day.date().isoformat(), zone, now) if day else Stamp()


def _accounts(root: HtmlElement, linked: list[Mapping[str, Json]]) -> Iterator[str]:
    yield from (word(data.get("datePublished")) for data in linked if "datePublished" in data)
    yield from _metas(root)
    yield from _times(root)
    for script in root.iter("script"):
        yield from (found[1] for found in SCRIPTED.finditer((script.text or "")[:200_000]))
    words = text_of(root)[:LABELLED]
    yield from (found[1] for found in LABEL.finditer(words))
    yield from _classed(root)


def _metas(root: HtmlElement) -> Iterator[str]:
    told: dict[str, str] = {}
    for element in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if name := (element.get(attribute) or "").lower():
                told.setdefault(name, element.get("content") or "")
    yield from (told[name] for name in META if told.get(name))


def _times(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("time"):
        if not _is_outside(element):
            yield element.get("datetime") or text_of(element)


def _classed(root: HtmlElement) -> Iterator[str]:
    """Short lines whose class says that they hold the date, above or below the text."""
    for element in root.iter("span", "p", "div", "em", "i", "td", "li"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if CLASSED.search(marks) and not _is_outside(element):
            words = text_of(element)
            if len(words) <= CLASSED_LONGEST and re.search(r"\d{4}", words):
                yield words


def _is_outside(element: HtmlElement) -> bool:
    return any(
        each.tag in OUTSIDE or ASIDE.search(f"{each.get('class') or ''} {each.get('id') or ''}")
        for each in (element, *element.iterancestors())
        if each.tag not in {"body", "html"}
    )
