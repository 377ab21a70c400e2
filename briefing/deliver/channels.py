"""Tells webhooks, Slack, Telegram and the rest that an issue is out. The only door to apprise, an extra."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefing.model.subscriber import DeliveryState

PATIENCE_S = 30.0
ANSWERED = re.compile(r"error=(\d{3})")  # how apprise tells an HTTP status
UNREACHED = "Max retries exceeded"  # how requests tells that no connection came about; a broken one is told otherwise


@dataclass(frozen=True, slots=True)
class Place:
    """Where one edition is announced, once an issue, in one language."""

    name: str
    topic: str
    edition: str
    language: str
    address: str = field(repr=False)  # as apprise writes it; holds the service's token


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one post; `detail` shows no address."""

    state: DeliveryState
    detail: str = ""


def posted(place: Place, title: str, body: str) -> Posted:
    """Posts, and says what is known of it: taken, not taken (to be tried again), or in doubt. Blocks, never raises."""
    fault = unfit(place)
    if fault:
        return Posted(DeliveryState.DEFERRED, fault)
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - an extra, and slow to load

    service = Apprise()
    with _overheard() as lines:
        service.add(place.address)
        taken = bool(service.notify(body=body, title=title, body_format=NotifyFormat.TEXT, timeout=PATIENCE_S))
    if taken:
        return Posted(DeliveryState.ACCEPTED, "posted")
    text = "\n".join(lines)
    status = ANSWERED.search(text)
    if status:
        return Posted(DeliveryState.DEFERRED, f"the service answered {status[1]}")
    if UNREACHED in text:
        return Posted(DeliveryState.DEFERRED, "the service cannot be reached")
    return Posted(DeliveryState.UNCERTAIN, "the service did not answer")


def unfit(place: Place) -> str:
    """Why nothing can be posted there, or ''; the address is not shown."""
    try:
        from apprise import Apprise  # noqa: PLC0415 - as above
    except ImportError:
        return "channels need the extra `channels`: pip install 'briefing[channels]'"
    with _overheard():
        known = Apprise.instantiate(place.address)
    return "" if known else f"the address of the channel {place.name} is none that apprise knows"


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What apprise says meanwhile, kept from the log: it names addresses with their tokens, and alone tells why."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    log, listener = logging.getLogger("apprise"), Listener()
    before = log.level, log.propagate
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(listener)
    try:
        yield heard
    finally:
        log.removeHandler(listener)
        log.setLevel(before[0])
        log.propagate = before[1]
