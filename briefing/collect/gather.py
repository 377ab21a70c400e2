"""Many sources, one outcome each: hosts side by side, one host slowly."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from briefing.collect import files
from briefing.collect.http import Request
from briefing.model.entry import Outcome

PAUSE_S = 2.0  # between two requests to one host
Keyed = tuple[str, Request]


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`, or a test's own."""

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome: ...


async def gather(
    requests: Iterable[Keyed],
    client: Asker,
    *,
    per_host: int = 1,
    at_once: int = 100,
    pause_s: float = PAUSE_S,
) -> AsyncIterator[tuple[str, Outcome]]:
    """Each key with its outcome, in the order in which they arrive.

    No more than `at_once` answers are under way or waiting to be taken, so a slow reader slows the
    asking and memory stays bounded. Leaving the loop early cancels what is still running.
    """
    answers: asyncio.Queue[tuple[str, Outcome] | None] = asyncio.Queue()
    room = asyncio.Semaphore(at_once)
    lanes = [
        (waiting, pause_of(host, pause_s))
        for host, waiting in by_host(requests).items()
        for _ in range(min(per_host, len(waiting)))
    ]

    async def ask_all() -> None:
        async with asyncio.TaskGroup() as group:
            for waiting, pause in lanes:
                group.create_task(_lane(waiting, client, answers, room, pause_s=pause))

    running = asyncio.create_task(ask_all())
    running.add_done_callback(lambda _: answers.put_nowait(None))
    try:
        while (answer := await answers.get()) is not None:
            room.release()
            yield answer
        await running  # a fault in the program itself is raised here, after what had been answered
    finally:
        running.cancel()
        await asyncio.wait([running])


async def _lane(
    waiting: deque[Keyed],
    client: Asker,
    answers: asyncio.Queue[tuple[str, Outcome] | None],
    room: asyncio.Semaphore,
    *,
    pause_s: float,
) -> None:
    """One host's requests, one after the other."""
    while waiting:
        await room.acquire()
        if not waiting:  # another lane of this host took the last one meanwhile
            room.release()
            return
        key, request = waiting.popleft()
        answers.put_nowait((key, await client.get(request, keep_alive=bool(waiting))))
        if waiting and pause_s:
            await asyncio.sleep(pause_s)


def by_host(requests: Iterable[Keyed]) -> dict[str, deque[Keyed]]:
    """The requests under the host that they ask; files of this machine under ''."""
    hosts: dict[str, deque[Keyed]] = {}
    for key, request in requests:
        hosts.setdefault(host_of(request.address), deque()).append((key, request))
    return hosts


def host_of(address: str) -> str:
    """The host, in lower case; empty for a file or for what is no address."""
    if files.is_local(address):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def pause_of(host: str, pause_s: float) -> float:
    """No pause for this machine: nobody else is spared by it."""
    if host in {"", "localhost"}:
        return 0.0
    try:
        return 0.0 if ip_address(host).is_loopback else pause_s
    except ValueError:
        return pause_s
