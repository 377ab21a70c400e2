"""Whether a site lets its article pages be read by programs. The only door to protego.

Feeds and lists that the operator subscribed to are not asked about: they were put there for programs.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from briefing.collect.http import Request
from briefing.collect.politeness import is_too_often
from briefing.model.entry import Failed, FailureReason, Fetched, Outcome

MAX_BYTES = 500_000  # RFC 9309: at least this much is to be read, the rest may be left
DEADLINE_S = 10.0
MOST_SITES = 2_000  # kept at once; the oldest is asked again
ABSENT = frozenset({FailureReason.GONE, FailureReason.EMPTY, FailureReason.REDIRECT_LOOP})
NEVER = frozenset({FailureReason.REFUSED_ADDRESS, FailureReason.TOO_LARGE})  # it will be no better tomorrow


class Leave(StrEnum):
    """Whether a page may be read."""

    GIVEN = "given"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # the site is in trouble: nothing may be read until it is well


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`."""

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome: ...


@dataclass(slots=True)
class Robots:
    """Remembers each site's rules as long as it lives: one collecting round."""

    client: Asker
    agent: str  # the product name in robots.txt, such as 'briefing'
    heard: Callable[[Outcome], None] = lambda _: None  # told each answer
    _known: dict[str, asyncio.Task[Protego | Leave]] = field(default_factory=dict)

    async def leave(self, address: str) -> Leave:
        """Whether the page may be read. A site without rules allows all, one in trouble nothing (RFC 9309)."""
        site = _site(address)
        if not site:
            return Leave.REFUSED
        if site not in self._known:
            while len(self._known) >= MOST_SITES:
                self._known.pop(next(iter(self._known)))
            self._known[site] = asyncio.create_task(self._rules(site))
        rules = await asyncio.shield(self._known[site])  # shared: one who gives up does not end it for the others
        if isinstance(rules, Leave):
            return rules
        return Leave.GIVEN if rules.can_fetch(address, self.agent) else Leave.REFUSED

    async def _rules(self, site: str) -> Protego | Leave:
        request = Request(
            f"{site}/robots.txt", accept="text/plain, */*;q=0.8", max_bytes=MAX_BYTES, deadline_s=DEADLINE_S
        )
        outcome = await self.client.get(request)
        self.heard(outcome)
        return rules_of(outcome)


def rules_of(outcome: Outcome) -> Protego | Leave:
    """The rules in an answer; where it has none, what that says of every page.

    RFC 9309 would have 429 allow all, as 404 does: but who is asked too often has not said that there are no rules.
    """
    if isinstance(outcome, Fetched):
        return Protego.parse(outcome.body.decode("utf-8-sig", "replace"))
    if not isinstance(outcome, Failed):
        return Leave.UNKNOWN  # 304 to a question without a condition
    if outcome.reason in NEVER:
        return Leave.REFUSED
    is_answer = 200 <= outcome.status < 500 and not is_too_often(outcome)  # noqa: PLR2004 - RFC 9110's classes
    return Leave.GIVEN if is_answer or outcome.reason in ABSENT else Leave.UNKNOWN


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
