"""How soon one host may be asked again, over all rounds of a process. The running clock and the given one are told."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from briefing.collect import files
from briefing.collect.http import Request
from briefing.model.entry import Outcome

PAUSE_S = 2.0  # between two requests to one host
MOST_HOSTS = 20_000  # remembered at once; those whose pause is over are forgotten first
PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]+)?(?:[/?#]|\Z)")  # nearly all: a twelfth of the cost of `urlsplit`


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`."""

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome: ...


@dataclass(slots=True)
class Pace:
    """When each host is free again: in seconds of the running clock, and until when it wants to be left alone."""

    is_new: bool = True  # nothing is known yet of what an earlier process asked
    _free_s: dict[str, float] = field(default_factory=dict)
    _quiet: dict[str, datetime] = field(default_factory=dict)

    def turn(self, host: str, now_s: float, pause_s: float) -> float:
        """Takes the next turn at a host; gives the seconds until it comes."""
        if not pause_of(host, pause_s):
            return 0.0
        if len(self._free_s) >= MOST_HOSTS:
            self._free_s = {host: free_s for host, free_s in self._free_s.items() if free_s > now_s}
        begin_s = max(now_s, self._free_s.get(host, 0.0))
        self._free_s[host] = begin_s + pause_s
        return begin_s - now_s

    def rest(self, host: str, now_s: float, pause_s: float) -> None:
        """A host was asked just now, or a part of the pause ago: the pause begins here."""
        if pause_of(host, pause_s):
            self._free_s[host] = max(now_s + pause_s, self._free_s.get(host, 0.0))

    def leave_alone(self, host: str, until: datetime) -> None:
        """A host said that it is asked too often."""
        self._quiet[host] = max(until, self._quiet.get(host, until))

    def quiet_until(self, host: str) -> datetime | None:
        """Until when a host wants to be left alone, as far as it is known."""
        return self._quiet.get(host)

    def wants_quiet(self, host: str, now: datetime) -> bool:
        until = self._quiet.get(host)
        if until is not None and until <= now:
            del self._quiet[host]
        return until is not None and now < until


@dataclass(frozen=True, slots=True)
class Paced:
    """Asks each host at its pace, where somebody asks one address at a time."""

    client: Asker
    pace: Pace
    pause_s: float

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome:
        running = asyncio.get_running_loop()
        host = host_of(request.address)
        await asyncio.sleep(self.pace.turn(host, running.time(), self.pause_s))
        outcome = await self.client.get(request, keep_alive=keep_alive)
        self.pace.rest(host, running.time(), self.pause_s)
        return outcome


def host_of(address: str) -> str:
    """The host, in lower case; empty for a file or for what is no address."""
    plain = PLAIN.match(address)
    if plain:
        return plain[1]
    if files.is_local(address):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


@lru_cache(MOST_HOSTS)
def pause_of(host: str, pause_s: float) -> float:
    """No pause for this machine: nobody else is spared by it."""
    if host in {"", "localhost"}:
        return 0.0
    try:
        return 0.0 if ip_address(host).is_loopback else pause_s
    except ValueError:
        return pause_s
