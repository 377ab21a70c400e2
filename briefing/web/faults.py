"""What went wrong, in plain words: a page, or JSON where a program asks. Who must wait is told how long."""

from dataclasses import replace
from math import ceil

from briefing.web.api import fault
from briefing.web.limits import Limit
from briefing.web.pages import page, wording
from briefing.web.visit import MINUTE, Answer, Visit

WAITING = frozenset({429, 503})


def fault_page(visit: Visit, status: int, key: str, wait_s: float = 0) -> Answer:
    """A fault by the key of its words."""
    retry_s = max(MINUTE, ceil(wait_s)) if status in WAITING else 0
    if visit.path.startswith("/api/") or visit.path.endswith(".json"):
        said = wording(visit.language, visit.desk.renderer.folders).say(f"fault.{key}")
        return replace(fault(status, said), retry_s=retry_s)
    return replace(page(visit, "fault.html", status=status, key=key, minutes=ceil(retry_s / MINUTE)), retry_s=retry_s)


def busy(visit: Visit, limit: Limit) -> Answer:
    """Too often: after this time one more will pass."""
    return fault_page(visit, 429, "busy", limit.every_s)


__all__ = ["busy", "fault_page"]
