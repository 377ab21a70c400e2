"""What the sample's outlets print: RSS, Atom, list pages and article pages, each marked as invented."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from briefing.demo.sample import Item, Outlet

MARK = "Sample: invented for demonstration"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ET.register_namespace("content", CONTENT)


def printed(outlet: Outlet, items: tuple[Item, ...], origin: str) -> bytes:
    """An outlet's feed or list, newest first."""
    if outlet.form == "list":
        return _list(outlet, items, origin)
    root = _atom(outlet, items, origin) if outlet.form == "atom" else _rss(outlet, items, origin)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="{outlet.declared}"?>\n{text}\n'.encode(outlet.encoding)


def page(outlet: Outlet, item: Item) -> bytes:
    """An article's own page. The mark stands outside the article's text."""
    root, body = _html(outlet, item.title)
    article = ET.SubElement(body, "article")
    ET.SubElement(article, "h1").text = item.title
    ET.SubElement(article, "time", datetime=item.page_published.isoformat()).text = _date(outlet, item.page_published)
    text = ET.SubElement(article, "div", {"class": "text"})
    for paragraph in item.paragraphs:
        ET.SubElement(text, "p").text = paragraph
    ET.SubElement(root[0], "meta", property="article:published_time", content=item.page_published.isoformat())
    return _written(root)


def address_of(outlet: Outlet, item: Item, origin: str) -> str:
    """Where an article is read: on this server, or at its invented host where the feed carries the whole text."""
    return f"{origin}/{outlet.key}{item.path}" if outlet.has_pages else f"https://{outlet.host}{item.path}"


def _date(outlet: Outlet, moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(outlet.zone))
    if outlet.dates == "rfc822":
        return format_datetime(local)
    return moment.isoformat() if outlet.dates == "iso" else local.strftime(outlet.dates)


def _text_html(item: Item) -> str:
    parts = []
    for paragraph in item.paragraphs:
        element = ET.Element("p")
        element.text = paragraph
        parts.append(ET.tostring(element, encoding="unicode"))
    return "".join(parts)


def _rss(outlet: Outlet, items: tuple[Item, ...], origin: str) -> ET.Element:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    ET.SubElement(channel, "title").text = f"{outlet.name} ({MARK})"
    ET.SubElement(channel, "link").text = f"https://{outlet.host}/"
    ET.SubElement(channel, "description").text = MARK
    ET.SubElement(channel, "language").text = outlet.language
    for item in items:
        entry = ET.SubElement(channel, "item")
        address = address_of(outlet, item, origin)
        ET.SubElement(entry, "title").text = item.title
        ET.SubElement(entry, "link").text = address
        ET.SubElement(entry, "guid", isPermaLink=str(not item.guid).lower()).text = item.guid or address
        ET.SubElement(entry, "pubDate").text = _date(outlet, item.published)
        ET.SubElement(entry, "description").text = item.summary
        if not outlet.has_pages:
            ET.SubElement(entry, f"{{{CONTENT}}}encoded").text = _text_html(item)
    return root


def _atom(outlet: Outlet, items: tuple[Item, ...], origin: str) -> ET.Element:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": outlet.language})
    ET.SubElement(root, "title").text = f"{outlet.name} ({MARK})"
    ET.SubElement(root, "subtitle").text = MARK
    ET.SubElement(root, "id").text = f"https://{outlet.host}/"
    newest = max((item.published for item in items), default=datetime(2024, 1, 1, tzinfo=UTC))
    ET.SubElement(root, "updated").text = newest.isoformat()
    for item in items:
        entry = ET.SubElement(root, "entry")
        address = address_of(outlet, item, origin)
        ET.SubElement(entry, "title").text = item.title
        ET.SubElement(entry, "link", rel="alternate", href=address)
        ET.SubElement(entry, "id").text = item.guid or address
        ET.SubElement(entry, "published").text = _date(outlet, item.published)
        ET.SubElement(entry, "updated").text = _date(outlet, item.published)
        ET.SubElement(entry, "summary").text = item.summary
        if not outlet.has_pages:
            ET.SubElement(entry, "content", type="html").text = _text_html(item)
    return root


def _list(outlet: Outlet, items: tuple[Item, ...], origin: str) -> bytes:
    root, body = _html(outlet, outlet.name)
    rows = ET.SubElement(body, "ul", {"class": "news"})
    for item in items:
        row = ET.SubElement(rows, "li")
        link = ET.SubElement(row, "a", href=address_of(outlet, item, origin).removeprefix(origin), title=item.title)
        link.text = item.title
        link.tail = " "
        ET.SubElement(row, "span", {"class": "date"}).text = _date(outlet, item.published)
        if outlet.carries == "summary":
            ET.SubElement(row, "p").text = item.summary
    return _written(root)


def _html(outlet: Outlet, title: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("html", lang=outlet.language)
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = f"{title} - {outlet.name}" if title != outlet.name else title
    body = ET.SubElement(root, "body")
    ET.SubElement(body, "aside", {"class": "mark"}).text = MARK
    return root, body


def _written(root: ET.Element) -> bytes:
    return f"<!doctype html>\n{ET.tostring(root, encoding='unicode', method='html')}\n".encode()
