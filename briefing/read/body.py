"""An article's own page: text, date, title, address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cssselect import SelectorError
from lxml.html import HtmlElement

from briefing.model.entry import Failed, FailureReason, Fetched, Stamp
from briefing.model.source import Source
from briefing.model.text import Language
from briefing.read.bounds import fewer_tags, slim
from briefing.read.decode import decoded
from briefing.read.jsonfeed import Json, json_of, word
from briefing.read.links import absolute, canonical, host_of
from briefing.read.markup import fragment, line, text_of
from briefing.read.pagedate import page_date
from briefing.read.pagetext import readings
from briefing.read.paywall import is_paywalled
from briefing.read.text import language_of

MAX_PAGE = 3_000_000  # characters; a longer page is no article
SHORT = 120  # characters; a text this short may be a teaser, so the page's other accounts of it are asked
CONTAINERS = "article, main, [itemprop=articleBody], #content, .content, #UCAP-CONTENT, .TRS_Editor, #Zoom"


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's page says of it. `date` is the article's own, never that of a moving header."""

    title: str
    text: str
    date: Stamp
    canonical: str
    language: Language
    paywalled: bool = False
    author: str = ""


def page_of(fetched: Fetched, source: Source, now: datetime) -> Page | Failed:
    """The article on a page; what is no page of words is a `Failed`."""
    if fetched.body[:5] == b"%PDF-":
        return Failed(fetched.final_address, FailureReason.UNREADABLE, "the page is a PDF, which is not read")
    document = decoded(fetched.body, fetched.content_type)
    html = fewer_tags(slim(document.text[:MAX_PAGE]))
    root = fragment(html) if "<" in html else None
    if root is None:
        return Failed(fetched.final_address, FailureReason.UNREADABLE, "the answer is no web page")
    linked = list(_linked_data(root))
    title = _title(root, linked)
    text = _without_title(_text(root, html, source.body, linked), title)
    return Page(
        title=title,
        text=text,
        date=page_date(root, linked, fetched.final_address, source.zone, now),
        canonical=_canonical(root, fetched.final_address),
        language=language_of(f"{title}\n{text}", source.language),
        paywalled=source.paywalled or is_paywalled(text) or _is_closed(linked),
        author=_meta(root, "author", "article:author"),
    )


def _meta(root: HtmlElement, *names: str) -> str:
    """The first of these that the page declares, and with any words at all."""
    told = {
        (element.get(attribute) or "").lower(): line(element.get("content") or "")
        for attribute in ("name", "property")
        for element in reversed(list(root.iter("meta")))  # so that the first of a name stays
        if element.get(attribute) and element.get("content")
    }
    return next((told[name] for name in names if told.get(name)), "")


def _title(root: HtmlElement, linked: list[Mapping[str, Json]]) -> str:
    """The headline: as the page tells machines, else its only first heading, else the window's title."""
    told = next((word(data.get("headline")) for data in linked if word(data.get("headline"))), "")
    headings = [line(text_of(h)) for h in root.iter("h1")]
    first = headings[0] if len(headings) == 1 else ""
    return _meta(root, "og:title", "articletitle") or line(told) or first or line(root.findtext(".//title") or "")


def _text(root: HtmlElement, html: str, selector: str, linked: list[Mapping[str, Json]]) -> str:
    """By the source's own selector, else as the page is best read, else the longest of its accounts of the text."""
    if selector and (chosen := _selected(root, selector)):
        return chosen
    accounts: list[str] = []
    for text in readings(root, html):
        if len(text) >= SHORT:
            return text
        accounts.append(text)
    told = [word(data.get("articleBody")) for data in linked]
    return max([*accounts, *told, _selected(root, CONTAINERS)], key=len)


def _selected(root: HtmlElement, selector: str) -> str:
    try:
        found = root.cssselect(selector)
    except SelectorError:
        return ""
    outermost = [element for element in found if not any(parent in found for parent in element.iterancestors())]
    return "\n\n".join(words for words in map(text_of, outermost) if words)


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest.strip() if title and line(first) == title else text


def _linked_data(root: HtmlElement) -> Iterator[Mapping[str, Json]]:
    """What the page tells search engines of itself, every object on its own."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        waiting = [json_of((script.text or "").strip().rstrip(";"))]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                yield value
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)


def _is_closed(linked: list[Mapping[str, Json]]) -> bool:
    return any(str(data.get("isAccessibleForFree", "")).lower() in {"false", "no"} for data in linked)


def _canonical(root: HtmlElement, address: str) -> str:
    """The address that the page gives for itself, if it stays on its host and is more than its front page."""
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            stated = absolute(address, element.get("href") or "")
            if stated and host_of(stated) == host_of(address) and canonical(stated).count("/") > 3:  # noqa: PLR2004 - more than a host
                return canonical(stated)
    return canonical(address)
