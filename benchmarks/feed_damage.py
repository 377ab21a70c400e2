"""Eighteen ways in which the bytes of a Chinese feed arrive wrong, made from the feeds of a folder.

A title is right when the reader gives it exactly as the undamaged document has it. What lies behind a cut nobody can
read; a title with one bad byte can be read where it stands once more in its entry's text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bench  # noqa: F401 - makes the program importable
from lxml import etree

from briefing.model.entry import Fetched
from briefing.model.source import Source, SourceKind
from briefing.read.document import read_document
from briefing.read.markup import line
from briefing.read.parsed import Parsed

FEEDS = 9
TITLES = 17  # of each feed
NOW = datetime(2026, 11, 25, tzinfo=UTC)
DECLARATION = re.compile(r"<\?xml[^>]*\?>")
HAN = re.compile(r"[一-鿿]{4}")


@dataclass(frozen=True)
class Variant:
    name: str
    made: Callable[[str], bytes]
    header: str = ""


def _declared(text: str, encoding: str) -> str:
    named = f' encoding="{encoding}"' if encoding else ""
    return f'<?xml version="1.0"{named}?>\n' + DECLARATION.sub("", text, count=1).lstrip()


def _as(encoding: str, declared: str) -> Callable[[str], bytes]:
    return lambda text: _declared(text, declared).encode(encoding, "xmlcharrefreplace")


def _one_bad_byte(encoding: str, declared: str) -> Callable[[str], bytes]:
    """A byte of the middle title is overwritten."""

    def made(text: str) -> bytes:
        body = bytearray(_as(encoding, declared)(text))
        titles = [found.start() for found in re.finditer(rb"<title", bytes(body))]
        place = bytes(body).index(b">", titles[len(titles) // 2]) + 4
        while body[place] < 0x80:
            place += 1
        body[place] = 0xFF
        return bytes(body)

    return made


def _cut(text: str) -> bytes:
    """Two thirds of the bytes, ending within a character."""
    body = _as("utf-8", "UTF-8")(text)
    place = len(body) * 2 // 3
    while body[place] & 0xC0 != 0x80:
        place += 1
    return body[:place]


def _with_controls(text: str) -> bytes:
    return _as("utf-8", "UTF-8")(re.sub(r"<title>", "<title>\x08\x0b", text))


VARIANTS = (
    Variant("GBK, nothing declared", _as("gbk", "")),
    Variant("GBK declared UTF-8", _as("gbk", "UTF-8")),
    Variant("GBK declared GBK", _as("gbk", "GBK")),
    Variant("GBK, header says gbk", _as("gbk", ""), "application/xml; charset=gbk"),
    Variant("GBK declared GBK, header says gbk", _as("gbk", "GBK"), "text/xml; charset=gbk"),
    Variant("GBK declared GB2312", _as("gbk", "GB2312")),
    Variant("GB18030 declared GB18030", _as("gb18030", "GB18030")),
    Variant("UTF-8 declared GB2312", _as("utf-8", "GB2312")),
    Variant("UTF-8, header says gbk", _as("utf-8", "UTF-8"), "application/xml; charset=gbk"),
    Variant("UTF-8, header text/xml", _as("utf-8", ""), "text/xml"),
    Variant("UTF-8, header says iso-8859-1", _as("utf-8", ""), "text/xml; charset=iso-8859-1"),
    Variant("UTF-8 declared UTF-16", _as("utf-8", "UTF-16")),
    Variant("UTF-16 with a mark", _as("utf-16", "UTF-16")),
    Variant("UTF-16 without a mark", _as("utf-16-le", "UTF-16")),
    Variant("control characters", _with_controls),
    Variant("one bad byte in GB2312", _one_bad_byte("gbk", "GB2312")),
    Variant("one bad byte in UTF-8", _one_bad_byte("utf-8", "UTF-8")),
    Variant("cut in mid-character", _cut),
)


def measured(rows: list[dict[str, Any]], root: Path) -> tuple[list[tuple[str, int, int]], int, int]:
    """A line for each variant (name, right, all), and both sums."""
    feeds = list(_chinese(rows, root))
    lines = []
    for variant in VARIANTS:
        right = sum(_right(variant, text, titles) for text, titles in feeds)
        lines.append((variant.name, right, sum(len(titles) for _, titles in feeds)))
    return lines, sum(right for _, right, _ in lines), sum(total for _, _, total in lines)


def _chinese(rows: list[dict[str, Any]], root: Path) -> Iterator[tuple[str, list[str]]]:
    """The first feeds in UTF-8, by name, that have enough Chinese titles; shortened to the same number of items."""
    found = 0
    for row in sorted(rows, key=lambda row: str(row["file"])):
        if found == FEEDS:
            return
        if row.get("kind") != "capture" or row["bytes"] > 3_000_000 or "." in str(row["file"])[-6:-4]:
            continue
        try:
            text = (root / row["file"]).read_bytes().decode("utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        if "<item" not in text or len(HAN.findall(text)) < 50 or DECLARATION.match(text.lstrip()) is None:
            continue
        titles = _titles(text)
        if len(titles) >= TITLES and sum(bool(HAN.search(title)) for title in titles) * 10 > len(titles) * 8:
            found += 1
            text = _shortened(text)
            yield text, _titles(text)


def _shortened(text: str) -> str:
    ends = [found.end() for found in re.finditer("</item>", text)]
    return text[: ends[TITLES - 1]] + text[ends[-1] :]


def _titles(text: str) -> list[str]:
    try:
        root = etree.fromstring(text.lstrip().encode())
    except etree.XMLSyntaxError:
        return []
    return [line(item.findtext("{*}title") or item.findtext("title") or "") for item in root.iter("{*}item", "item")]


def _right(variant: Variant, text: str, titles: list[str]) -> int:
    address = "https://news.example/feed"
    fetched = Fetched(address, address, variant.made(text), variant.header)
    parsed = read_document(Source("damaged", address, SourceKind.FEED), fetched, NOW)
    given = Counter(entry.title for entry in parsed.entries) if isinstance(parsed, Parsed) else Counter()
    return sum((given & Counter(titles)).values())
