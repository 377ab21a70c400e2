"""A source: one address that is watched, and how to read what it sends."""

from dataclasses import dataclass
from enum import StrEnum

from briefing.model.text import Language


class SourceKind(StrEnum):
    FEED = "feed"
    PAGE = "page"  # an HTML list page, read by selectors
    RECORDS = "records"  # a JSON list, read by a field map
    SITEMAP = "sitemap"
    SEARCH = "search"  # a feed that answers a query; off by default


class Tier(StrEnum):
    """How far a source is trusted as a witness; unknown hosts never enter the ledger."""

    OFFICIAL = "official"
    NEWSROOM = "newsroom"
    PARTISAN = "partisan"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where a list page keeps its items: CSS selectors; '@name' at the end takes an attribute."""

    item: str
    title: str = ""  # within the item; empty means the first link's title attribute, else its text
    link: str = ""  # within the item; empty means the first link
    date: str = ""  # within the item; empty means the item's text
    link_pattern: str = ""  # a regular expression that an address must match
    summary: str = ""


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Where a JSON list keeps its records: dotted paths, '[]' for the list."""

    items: str
    title: str
    link: str = ""
    date: str = ""
    summary: str = ""
    guid: str = ""
    link_template: str = ""  # 'https://host/path/{guid}' where records carry no address
    embedded: str = ""  # CSS selector of the script that holds the JSON, for JSON inside HTML


@dataclass(frozen=True, slots=True)
class Source:
    """One watched address. `key` is unique in its topic and stable for good."""

    key: str
    address: str
    kind: SourceKind
    name: str = ""
    outlet: str = ""  # who publishes; the name by which witnesses are counted
    language: Language = Language.OTHER
    zone: str = "UTC"  # IANA name, for dates that state no zone
    tier: Tier = Tier.UNKNOWN
    enabled: bool = True
    selectors: Selectors | None = None
    fields: FieldMap | None = None
    body: str = ""  # CSS selector of the text on an article page
    full_text: bool = False  # fetch the article page where the source gives only a summary
    paywalled: bool = False
    note: str = ""
