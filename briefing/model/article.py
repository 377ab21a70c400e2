"""An entry that has been read: canonical address, language, sentences, dates."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model.entry import Entry, Stamp
from briefing.model.source import Tier
from briefing.model.text import Language


class Part(StrEnum):
    """Where in an article a span stands."""

    TITLE = "title"
    SUMMARY = "summary"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of published text. `text == article.part(part)[start:end]`; offsets are code points."""

    part: Part
    number: int  # position in `Article.sentences`
    paragraph: int
    start: int
    end: int
    text: str
    folded: str  # for comparing only: NFKC, lower case, simplified script, furniture of print removed


@dataclass(frozen=True, slots=True)
class Dates:
    """The three dates of an article; an old page date with a new first sight means it came back."""

    page: Stamp
    feed: Stamp
    first_seen: datetime

    @property
    def published(self) -> datetime:
        """The best known publication time: page, else feed, else first seen."""
        return self.page.instant or self.feed.instant or self.first_seen


@dataclass(frozen=True, slots=True)
class Article:
    """An entry read. Texts are as published; `folded` forms are made where they are compared."""

    id: str  # stable: from the canonical address; '#n' for the nth item of a bundle
    entry: Entry
    source: str  # Source.key
    outlet: str
    tier: Tier
    language: Language
    title: str  # without ' - Outlet'
    summary: str
    text: str  # full text where known, else empty
    sentences: tuple[Sentence, ...]  # title, then summary (unless the text repeats it), then text
    dates: Dates
    address: str  # canonical: the key by which copies at one place are recognised
    link: str  # as published: what readers are sent to
    paywalled: bool = False

    def part(self, part: Part) -> str:
        """The published text of one part."""
        return {Part.TITLE: self.title, Part.SUMMARY: self.summary, Part.TEXT: self.text}[part]
