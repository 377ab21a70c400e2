"""What a request brought back, and one item as its source gave it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FailureReason(StrEnum):
    """Why a request or a reading came to nothing; shown in source health."""

    REFUSED_ADDRESS = "refused address"  # the guard does not let it be dialled
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too large"
    REDIRECT_LOOP = "redirect loop"
    CUT_OFF = "cut off"
    STATUS = "status"  # an answer other than 200, 304 or a redirect
    GONE = "gone"  # 410: never ask again
    NOT_A_FEED = "not a feed"  # HTML where XML or JSON was expected
    EMPTY = "empty"  # no bytes at all
    UNREADABLE = "unreadable"  # a parser gave up or ran out of its bounds
    NO_SUCH_FILE = "no such file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, whole and within bounds, with the validators exactly as they were sent."""

    address: str  # as asked
    final_address: str  # after redirects
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    max_age_s: int = 0
    moved_to: str = ""  # set when every hop was permanent (301 or 308)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304, or a local file that has not moved: nothing to read."""

    address: str
    max_age_s: int = 0
    moved_to: str = ""  # as in `Fetched`


@dataclass(frozen=True, slots=True)
class Failed:
    """An expected failure of one address; never stops the others."""

    address: str
    reason: FailureReason
    detail: str = ""  # in plain words, for source health
    retry_after_s: int = 0
    status: int = 0


Outcome = Fetched | Unchanged | Failed


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document says that it wants to be followed; empty where it does not say."""

    ttl_s: int = 0  # how long it asks to be left alone
    skip_hours: tuple[int, ...] = ()  # of Greenwich, 0 to 23
    skip_days: tuple[int, ...] = ()  # 0 is Monday
    hub: str = ""  # who tells of news: WebSub
    own_address: str = ""  # by which the hub knows it


UNSAID = Manner()


class Sureness(StrEnum):
    """How far a date can be trusted."""

    EXACT = "exact"  # instant and zone were stated
    ZONE_ASSUMED = "zone assumed"  # the source's zone was used
    DAY = "day"  # a day without a time of day; noon in the source's zone
    YEAR_ASSUMED = "year assumed"  # '[06-25]': the latest such day not in the future
    RELATIVE = "relative"  # 'yesterday', '3 hours ago'
    NONE = "none"  # absent, unreadable or impossible


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as it was written, what it means (aware, UTC), and how sure that is."""

    raw: str = ""
    instant: datetime | None = None
    sureness: Sureness = Sureness.NONE


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its source gave it. Texts are plain (no markup); paragraphs are parted by an empty line."""

    source: str  # Source.key
    guid: str  # as given, may be empty
    link: str  # absolute, as given; may be empty
    title: str
    summary: str
    published: Stamp
    first_seen: datetime
    content: str = ""  # the text, where the source carries it or its page was fetched
    updated: Stamp = Stamp()
    page_date: Stamp = Stamp()  # the date on the article's own page, when that was fetched
    author: str = ""
    revision: int = 0  # 0 for the first state; each change of title, summary or content adds one
    key: str = ""  # identity within the source, given by `read.links.identity`
