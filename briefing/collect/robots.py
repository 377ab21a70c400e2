"""Whether a site lets its article pages be read by programs. The only door to protego.

Feeds and lists that the operator subscribed to are not asked about: they were put there for programs.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from briefing.collect.http import Request
from briefing.model.entry import Failed, FailureReason, Fetched, Outcome

MAX_BYTES = 500_000  # RFC 9309: at least this much is to be read, the rest may be left
DEADLINE_S = 10.0
MOST_SITES = 2_000  # kept at once; the oldest is asked again


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`."""

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome: ...


@dataclass(slots=True)
class Robots:
    """Remembers each site's rules as long as it lives: one collecting round."""

    client: Asker
    agent: str  # the product name in robots.txt, such as 'briefing'
    _known: dict[str, asyncio.Task[Protego | bool]] = field(default_factory=dict)

    async def allows(self, address: str) -> bool:
        """Whether the page may be read. A site without rules allows all, one in trouble nothing (RFC 9309)."""
        site = _site(address)
        if not site:
            return False
        if site not in self._known:
            while len(self._known) >= MOST_SITES:
                self._known.pop(next(iter(self._known)))
            self._known[site] = asyncio.create_task(self._rules(site))
        rules = await asyncio.shield(self._known[site])  # shared: one who gives up does not end it for the others
        return rules if isinstance(rules, bool) else bool(rules.can_fetch(address, self.agent))

    async def _rules(self, site: str) -> Protego | bool:
        request = Request(
            f"{site}/robots.txt", accept="text/plain, */*;q=0.8", max_bytes=MAX_BYTES, deadline_s=DEADLINE_S
        )
        return rules_of(await self.client.get(request))


def rules_of(outcome: Outcome) -> Protego | bool:
    """The rules in an answer; True or False where it has none and everything or nothing is allowed."""
    if isinstance(outcome, Fetched):
        return Protego.parse(outcome.body.decode("utf-8-sig", "replace"))
    if isinstance(outcome, Failed):
        is_absent = outcome.reason in {FailureReason.GONE, FailureReason.EMPTY, FailureReason.REDIRECT_LOOP}
        return is_absent or 400 <= outcome.status < 500  # noqa: PLR2004 - RFC 9110's classes
    return False  # 304 to a question without a condition


def _site(address: str) -> str:
    """Scheme and host, where the rules are kept; empty for what is no web address."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}" if host and parts.scheme in {"http", "https"} else ""
