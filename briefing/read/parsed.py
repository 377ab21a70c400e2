"""What one document came to."""

from dataclasses import dataclass
from enum import StrEnum

from briefing.model.entry import UNSAID, Entry, Manner

MAX_ENTRIES = 2_000  # more in one document is an archive or an attack


class Form(StrEnum):
    """How a document was written, whatever its source was said to be."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON_FEED = "json feed"
    RECORDS = "records"
    LISTING = "list page"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The entries of one document, newest or oldest first as it gave them, and what had to be mended or assumed."""

    entries: tuple[Entry, ...]
    form: Form
    title: str = ""
    link: str = ""  # the site's page, where the document names it
    encoding: str = "utf-8"
    repaired: bool = False  # wrong or missing encoding, unreadable bytes, markup cut away
    malformed: bool = False  # not well-formed, read all the same
    dates_guessed: int = 0  # entries whose zone or year was assumed
    dates_missing: int = 0
    manner: Manner = UNSAID
    skipped: int = 0  # beyond the bound, said twice, or without anything to show
    language: str = ""  # as declared
    annexes: int = 0  # links to PDF and office files among the entries
