"""The way from a site to a source: its feeds, else the selectors of its list page, guessed and shown."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from briefing.model.entry import Fetched
from briefing.model.source import Selectors, Source, SourceKind
from briefing.model.text import Language
from briefing.read.decode import decoded
from briefing.read.links import absolute, host_of, short_name
from briefing.read.listing import date_text, read_listing
from briefing.read.mapping import embedded_lines, records_lines
from briefing.read.markup import fragment, line, text_of
from briefing.read.parsed import Parsed
from briefing.read.text import language_of

FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"))
FEED_ADDRESS = re.compile(
    r"(?:/(?:rss|feed|atom)(?:[/.?]|$)|\.(?:rss|atom|rdf)(?:\?|$)|(?:rss|feed|atom)\.xml)", re.IGNORECASE
)
ZONES = {
    Language.HANS: "Asia/Shanghai",
    Language.HANT: "Asia/Taipei",
}  # both the same hour
LEAST_ROWS = 4  # fewer alike are a menu
LEAST_TITLE = 6  # characters that a headline has at the least, on average
SHOWN = 5


@dataclass(frozen=True, slots=True)
class FoundFeed:
    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """Selectors that a page may be read by, and what they would bring in."""

    selectors: Selectors
    titles: tuple[str, ...]
    dated: int
    rows: int


def feeds_in(fetched: Fetched) -> tuple[FoundFeed, ...]:
    """The feeds that a page names, declared ones first."""
    root = _root(fetched)
    if root is None:
        return ()
    found: dict[str, FoundFeed] = {}
    for element in root.iter("link"):
        if "alternate" in (element.get("rel") or "").lower().split() and _feed_type(element):
            address = absolute(fetched.final_address, element.get("href") or "")
            if address:
                found.setdefault(address, FoundFeed(address, line(element.get("title") or "")))
    for element in root.iter("a"):
        address = absolute(fetched.final_address, element.get("href") or "")
        if address and FEED_ADDRESS.search(address) and host_of(address) == host_of(fetched.final_address):
            found.setdefault(address, FoundFeed(address, line(text_of(element))))
    return tuple(found.values())


def guess(fetched: Fetched, now: datetime) -> Guess | None:
    """The best reading of an unknown list page; None where nothing on it looks like a list."""
    root = _root(fetched)
    if root is None:
        return None
    tried = [_tried(fetched, selectors, now) for selectors in _candidates(root)]
    return max((one for one in tried if one), key=_worth, default=None)


def lines_for(fetched: Fetched, now: datetime) -> tuple[str, ...]:
    """The lines to paste into sources.toml, with what they would bring in as comments."""
    if records := records_lines(fetched, short_name(fetched.final_address)):
        return records
    best = guess(fetched, now)
    if best is None:
        embedded = embedded_lines(fetched, short_name(fetched.final_address))
        return embedded or ("# nothing here looks like a list of articles",)
    shown = [f"#   {title}" for title in best.titles[:SHOWN]]
    chosen = best.selectors
    fields = [("item", chosen.item), ("date", chosen.date), ("link_pattern", chosen.link_pattern)]
    inner = ", ".join(f"{name} = {_toml(worth)}" for name, worth in fields if worth)
    return (
        f"# {best.rows} rows, {best.dated} of them dated, for example",
        *shown,
        "[[source]]",
        f"key = {_toml(short_name(fetched.final_address))}",
        f"address = {_toml(fetched.final_address)}",
        'kind = "page"',
        *_spoken(best.titles),
        f"selectors = {{ {inner} }}",
    )


def _spoken(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Language and zone where the titles are Chinese: its dates would be read as those of Greenwich otherwise."""
    language = language_of(" ".join(titles))
    if language not in {Language.HANS, Language.HANT}:
        return ()
    return (f'language = "{language}"', f'zone = "{ZONES[language]}"')


def _toml(text: str) -> str:
    if '"' in text or "\\" in text:
        return f"'{text}'" if "'" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f'"{text}"'


def _root(fetched: Fetched) -> HtmlElement | None:
    text = decoded(fetched.body, fetched.content_type).text
    return fragment(text) if "<" in text else None


def _feed_type(element: HtmlElement) -> bool:
    stated = (element.get("type") or "").lower().partition(";")[0].strip()
    return stated in FEED_TYPES or (
        stated in {"application/json", "text/xml", "application/xml"} and bool(element.get("title"))
    )


def _candidates(root: HtmlElement) -> list[Selectors]:
    """Groups of links that sit alike: the same path of tags and classes above them."""
    groups: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for anchor in root.iter("a"):
        if not anchor.get("href") or len(line(text_of(anchor))) < LEAST_TITLE // 2:
            continue
        row = _row(anchor)
        groups[_path(row)].append(row)
    big = sorted((rows for rows in groups.values() if len(rows) >= LEAST_ROWS), key=len, reverse=True)[:12]
    found = []
    for rows in big:
        outer, inner = _path(rows[0])
        found.append(Selectors(item=f"{outer} > {inner}" if outer else inner, date=_date_selector(rows)))
    return found


def _row(anchor: HtmlElement) -> HtmlElement:
    """The element that holds one link and what stands beside it."""
    row, parent = anchor, anchor.getparent()
    while parent is not None and not _holds_rows(parent):
        row, parent = parent, parent.getparent()
        if row.tag in {"li", "tr", "article", "dd"}:
            return row
    return row


def _holds_rows(element: HtmlElement) -> bool:
    """A row may have a picture's link beside its title's; more links are more rows."""
    return element.tag in {"body", "html", "ul", "ol", "tbody", "table"} or len(element.findall(".//a[@href]")) > 2  # noqa: PLR2004 - as said


def _path(row: HtmlElement) -> tuple[str, str]:
    parent = row.getparent()
    return ("" if parent is None or parent.tag in {"body", "html"} else _step(parent), _step(row))


def _step(element: HtmlElement) -> str:
    tag = str(element.tag)
    names = [name for name in (element.get("class") or "").split() if re.fullmatch(r"[A-Za-z][\w-]*", name)]
    ident = element.get("id") or ""
    steady = [name for name in names if not re.search(r"\d|odd|even|first|last|active|current", name)]
    if tag in {"ul", "ol", "div", "table", "section"} and re.fullmatch(r"[A-Za-z][\w-]*", ident):
        return f"{tag}#{ident}"
    return f"{tag}.{steady[0]}" if steady else tag


def _date_selector(rows: list[HtmlElement]) -> str:
    """The tag within a row that holds a date and nothing else, where most rows have one."""
    seen: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for element in row.iter("span", "em", "i", "time", "td", "p", "div", "b"):
            words = line(text_of(element))
            if element is not row and words and len(words) < 30 and date_text(words):  # noqa: PLR2004 - a date with its time and brackets
                seen[_step(element)] += 1
                break
    best = max(seen, key=lambda name: seen[name], default="")
    return best if best and seen[best] * 2 >= len(rows) else ""


def _tried(fetched: Fetched, selectors: Selectors, now: datetime) -> Guess | None:
    source = Source("guess", fetched.final_address, SourceKind.PAGE, selectors=selectors)
    parsed = read_listing(source, fetched, decoded(fetched.body, fetched.content_type), now)
    if not isinstance(parsed, Parsed) or len(parsed.entries) < LEAST_ROWS:
        return None
    titles = tuple(entry.title for entry in parsed.entries)
    return Guess(selectors, titles, len(titles) - parsed.dates_missing, len(titles))


def _worth(one: Guess) -> float:
    """Dated rows with long titles are articles; undated short ones are a menu."""
    length = sum(min(len(title), 40) for title in one.titles) / one.rows
    return (one.dated * 3 + one.rows) * (length if length >= LEAST_TITLE else 1)
