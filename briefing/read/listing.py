"""List pages: rows of links with titles and dates, by CSS selectors and a pattern of addresses.

The sources that matter most have no feed, only such pages; their rows often name a day and no year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cssselect import SelectorError
from lxml.html import HtmlElement

from briefing.model.entry import Failed, FailureReason, Fetched, Stamp, Sureness
from briefing.model.source import Selectors, Source
from briefing.read.bounds import fewer_tags
from briefing.read.dates import stamp
from briefing.read.decode import Decoded
from briefing.read.drafts import Draft, entries_of, guessed
from briefing.read.jsonfeed import looks_like_json
from briefing.read.links import absolute, canonical
from briefing.read.markup import fragment, line, text_of
from briefing.read.parsed import MAX_ENTRIES, Form, Parsed
from briefing.read.records import longest_markup

LINK_LIMIT = 5_000  # links of one page; a page with more is no list
ADDRESS_DATE = re.compile(r"(?<!\d)(20[0-4]\d)([-/_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d(?!\d))")
FULL_DATE = re.compile(r"(?<!\d)\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?")
MONTH_AND_DAY = r"(\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2})?)"
ROW_DATE = re.compile(
    rf"[\[(（【]\s*{MONTH_AND_DAY}\s*[\])）】]|^\W*{MONTH_AND_DAY}(?=\s|$)|(?<![\d.-]){MONTH_AND_DAY}\s*$"
)
OTHER_DATE = re.compile(
    r"(?:昨天|今天|前天|刚刚)(?:\s*\d{1,2}:\d{2})?|\d{1,3}\s*(?:分钟|小时|天)前"
    r"|\d{1,2}\s+(?:minutes?|hours?|days?) ago",
    re.IGNORECASE,
)
NAMED_DATE = re.compile(r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s+\d{4}")
ANNEX = re.compile(r"\.(?:pdf|docx?|xlsx?|ofd|wps|zip)(?:[?#]|$)", re.IGNORECASE)
CUT = re.compile(r"(?:…|\.{3})\s*$")
SLACK = timedelta(days=20)  # an address may be stamped some days before its row is dated


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the page, as its elements."""

    item: HtmlElement
    anchor: HtmlElement
    address: str


def read_listing(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    """The rows of a list page, in the order of the page."""
    text = longest_markup(document.text) if looks_like_json(document.text) else document.text
    root = fragment(fewer_tags(text)) if "<" in text else None
    if root is None:
        return Failed(fetched.final_address, FailureReason.UNREADABLE, "the answer is no web page")
    selectors = source.selectors or Selectors(item="a[href]")
    base = _base(root, fetched.final_address)
    try:
        rows = list(_rows(root, selectors, base))
        drafts = [_draft(row, selectors, source.zone, now) for row in rows]
    except (SelectorError, re.error, SyntaxError) as fault:
        return Failed(fetched.final_address, FailureReason.UNREADABLE, f"a selector or pattern cannot be used: {fault}")
    entries, skipped = entries_of(drafts, source, base, now)
    assumed, missing = guessed(entries)
    return Parsed(
        entries,
        Form.LISTING,
        title=line(root.findtext(".//title") or "")[:500],
        link=fetched.final_address,
        encoding=document.encoding,
        repaired=document.repaired,
        dates_guessed=assumed,
        dates_missing=missing,
        skipped=skipped,
        language=root.get("lang") or "",
        annexes=sum(bool(ANNEX.search(entry.link)) for entry in entries),
    )


def _base(root: HtmlElement, address: str) -> str:
    stated = root.find(".//base[@href]")
    return (absolute(address, stated.get("href") or "") if stated is not None else "") or address


def _rows(root: HtmlElement, selectors: Selectors, base: str) -> Iterator[Row]:
    """Each item with its link; the same address once, the first time it has words."""
    pattern = re.compile(selectors.link_pattern) if selectors.link_pattern else None
    seen: set[str] = set()
    items = root.cssselect(selectors.item)[:LINK_LIMIT]
    inner = set(items)
    for item in items:
        for anchor in _anchors(item, selectors):
            if next(each for each in (anchor, *anchor.iterancestors()) if each in inner) is not item:
                continue  # it belongs to an item within this one
            address = absolute(base, anchor.get("href") or "")
            if not address or (pattern and not pattern.search(address)):
                continue
            key = canonical(address)
            if key in seen or not _words(anchor, item, selectors):
                continue
            seen.add(key)
            yield Row(item, anchor, address)
            if pattern is None:
                break
        if len(seen) > MAX_ENTRIES:
            return


def _anchors(item: HtmlElement, selectors: Selectors) -> list[HtmlElement]:
    if selectors.link:
        return item.cssselect(selectors.link.partition("@")[0].strip() or "a[href]")
    return [item] if item.tag == "a" else item.cssselect("a[href]")


def _words(anchor: HtmlElement, item: HtmlElement, selectors: Selectors) -> str:
    """The title: as selected, else the link's title attribute, else its text, else its picture's."""
    if selectors.title and (chosen := _chosen(item, selectors.title)):
        return chosen
    attribute, shown = line(anchor.get("title") or ""), line(text_of(anchor))
    if attribute and (
        not shown or CUT.search(shown) or attribute.startswith(shown[:4]) or len(attribute) >= len(shown)
    ):
        return attribute
    pictures = [line(picture.get("alt") or "") for picture in anchor.iter("img")]
    return shown or attribute or next((alt for alt in pictures if alt), "")


def _chosen(item: HtmlElement, selector: str) -> str:
    """The text, or with '@name' the attribute, of the first element that the selector finds in the item."""
    path, _, attribute = selector.partition("@")
    found = item.cssselect(path.strip()) if path.strip() else [item]
    for element in found:
        words = element.get(attribute.strip()) or "" if attribute else text_of(element)
        if line(words):
            return line(words)
    return ""


def _draft(row: Row, selectors: Selectors, zone: str, now: datetime) -> Draft:
    title = _words(row.anchor, row.item, selectors)
    return Draft(
        title=title,
        link=row.address,
        summary=_chosen(row.item, selectors.summary) if selectors.summary else _teaser(row, title),
        stamp=_date(row, selectors, zone, now),
    )


def _teaser(row: Row, title: str) -> str:
    """The paragraph beside a row's link, where there is one."""
    paragraphs = [line(text_of(element)) for element in row.item.iter("p")] if row.item.tag != "a" else []
    return next((words for words in paragraphs if len(words) > len(title) and title not in words), "")


def _date(row: Row, selectors: Selectors, zone: str, now: datetime) -> Stamp:
    """The row's date, with the year that the address betrays; else the address's own date."""
    stamped = address_date(row.address, now)
    upto = min(now, stamped + SLACK) if stamped else now
    selected = _chosen(row.item, selectors.date) if selectors.date else ""
    before, after = _beside(row)
    for written in (selected, date_text(after), date_text(before)):
        found = stamp(written, zone, upto if _lacks_year(written) else now)
        if found.instant:
            return found
    if stamped:
        return Stamp(
            raw=stamped.date().isoformat(),
            instant=stamp(stamped.date().isoformat(), zone, now).instant,
            sureness=Sureness.DAY,
        )
    return Stamp(raw=selected)


def _lacks_year(written: str) -> bool:
    return re.search(r"\d{4}", written) is None


def _beside(row: Row) -> tuple[str, str]:
    """The row's text before and after its title; for a bare link, that of what stands around it alone."""
    item = row.item
    parent = item.getparent()
    if item.tag == "a" and parent is not None and len(parent.findall(".//a")) == 1:
        item = parent
    if item is row.anchor:
        return text_of(item), ""
    before, _, after = text_of(item).partition(text_of(row.anchor) or "\0")
    return before, after


def date_text(words: str) -> str:
    """The date in the words of a row; '' where there is none."""
    words = re.sub(r"\s+", " ", words).strip()
    for pattern in (FULL_DATE, NAMED_DATE, ROW_DATE, OTHER_DATE):
        if found := pattern.search(words):
            return next((group for group in found.groups() if group), found[0])
    return ""


def address_date(address: str, now: datetime) -> datetime | None:
    """The end of the day that an address carries: /202406/t20240625_1.htm, /2024-06-25/, /2024/06/25/."""
    for found in ADDRESS_DATE.finditer(address):
        try:
            day = datetime(int(found[1]), int(found[3]), int(found[4]), 23, 59, tzinfo=UTC)
        except ValueError:
            continue  # a 31st of June is a number that looks like a day
        if day <= now + timedelta(days=2):
            return day
    return None
