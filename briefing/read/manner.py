"""How a feed says that it wants to be followed: how rarely, not when, and who tells what is new."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from briefing.model.entry import Manner

HEAD = 20_000  # signs; a channel says so before its items, and what comes later is left
PERIODS_S = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SKIPS = re.compile(r"<skip(Hours|Days)\s*>(.{0,2000}?)</skip\1\s*>", re.DOTALL | re.IGNORECASE)
HOUR = re.compile(r"<hour\s*>\s*(\d{1,2})\s*<", re.IGNORECASE)
DAY = re.compile(r"<day\s*>\s*([a-z]{6,9})\s*<", re.IGNORECASE)
MOST_MINUTES = 6  # digits: two years

Fields = Mapping[str, object]


def manner_of(feed: Fields, text: str, address: str) -> Manner:
    """What a feed states of itself; `feed` are the fields that its parser found, `text` the document."""
    hours, days = _skips(text[:HEAD])
    return Manner(
        ttl_s=max(_ttl_s(feed), _period_s(feed)),
        skip_hours=hours,
        skip_days=days,
        hub=next(_links(feed, "hub", address), ""),
        own_address=next(_links(feed, "self", address), ""),
    )


def _word(fields: Fields, name: str) -> str:
    worth = fields.get(name)
    return worth.strip() if isinstance(worth, str) else ""


def _ttl_s(feed: Fields) -> int:
    minutes = _word(feed, "ttl")
    return int(minutes) * 60 if minutes.isascii() and minutes.isdigit() and len(minutes) <= MOST_MINUTES else 0


def _period_s(feed: Fields) -> int:
    """The syndication module: so many times a period."""
    period_s = PERIODS_S.get(_word(feed, "sy_updateperiod").lower(), 0)
    often = _word(feed, "sy_updatefrequency")
    times = int(often) if often.isascii() and often.isdigit() and len(often) <= MOST_MINUTES else 1
    return period_s // max(times, 1)


def _skips(head: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hours and weekdays, of Greenwich, at which nobody needs to ask; a feed that names all of them means none."""
    hours: set[int] = set()
    days: set[int] = set()
    for kind, inner in SKIPS.findall(head):
        if kind.lower() == "hours":
            hours |= {int(number) % 24 for number in HOUR.findall(inner) if int(number) <= 24}  # noqa: PLR2004 - some count from 1 to 24
        else:
            days |= {DAYS.index(name.lower()) for name in DAY.findall(inner) if name.lower() in DAYS}
    return (
        tuple(sorted(hours)) if len(hours) < 24 else (),  # noqa: PLR2004 - the hours of a day
        tuple(sorted(days)) if len(days) < len(DAYS) else (),
    )


def _links(feed: Fields, rel: str, address: str) -> Iterator[str]:
    links = feed.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, Mapping) and link.get("rel") == rel and isinstance(link.get("href"), str):
            yield joined(address, str(link["href"]))


def joined(address: str, link: str) -> str:
    """A link made whole; empty where there is none, or it leads nowhere on the web."""
    if not link.strip():
        return ""
    try:
        whole = urljoin(address, link.strip())
    except ValueError:
        return ""
    return whole if whole.lower().startswith(("http://", "https://")) else ""
