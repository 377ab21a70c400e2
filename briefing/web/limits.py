"""Token buckets: how often one visitor may ask for something. One rule, kept in rows or in memory."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network

from briefing.store import buckets
from briefing.store.buckets import Level
from briefing.store.connection import Database

MOST_KEPT = 10_000  # visitors remembered in memory


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` at once, then one every `every_s` seconds."""

    name: str
    burst: int
    every_s: float


SUBSCRIBE = Limit("subscribe", 5, 720.0)
SUBSCRIBE_ALL = Limit("subscribe, everyone", 200, 2.0)  # a flood from many networks fills no outbox either
DEMAND = Limit("briefing", 6, 20.0)
SIGN_IN = Limit("sign in", 5, 60.0)
SIGN_IN_ALL = Limit("sign in, everyone", 30, 10.0)
LETTER = Limit("sign-in letter", 3, 300.0)  # to one editor, however many networks ask
SEARCH = Limit("search", 60, 0.5)
LINK = Limit("link", 60, 2.0)  # opening personal links: nobody guesses tokens at speed


def spent(level: Level | None, limit: Limit, now: datetime) -> tuple[Level, bool]:
    """The bucket after one more request, and whether that request may pass."""
    if level is None:
        filled = float(limit.burst)
    else:
        gained = max(0.0, (now - level.at).total_seconds()) / limit.every_s
        filled = min(float(limit.burst), level.tokens + gained)
    passes = filled >= 1.0
    return Level(filled - 1.0 if passes else filled, now), passes


@lru_cache(maxsize=1024)
def network(client: str) -> str:
    """Whom a bucket is for: an IPv4 address, or the /64 of an IPv6 one, which one visitor has whole."""
    try:
        found = ip_address(client)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped:
        return str(mapped)
    return str(found) if found.version == 4 else str(ip_network(f"{found}/64", strict=False))  # noqa: PLR2004 - IPv4


def in_rows(db: Database, limit: Limit, who: str, now: datetime) -> bool:
    """Takes one token from a bucket that outlives a restart; True when the request may pass."""
    return buckets.take(db, f"{limit.name}\x00{who}", lambda level: spent(level, limit, now))


class InMemory:
    """Buckets for what is asked often and harms little. The least lately used are forgotten first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._levels: OrderedDict[tuple[str, str], Level] = OrderedDict()

    def passes(self, limit: Limit, who: str) -> bool:
        key = (limit.name, who)
        level, passes = spent(self._levels.pop(key, None), limit, self._clock())
        self._levels[key] = level
        if len(self._levels) > MOST_KEPT:
            self._levels.popitem(last=False)
        return passes
