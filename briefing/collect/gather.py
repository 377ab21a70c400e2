"""Many sources, one outcome each: hosts side by side, one host slowly."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from ipaddress import ip_address
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from briefing.collect import files
from briefing.collect.http import Request
from briefing.model.entry import Outcome

PAUSE_S = 2.0  # between two requests to one host
Keyed = tuple[str, Request]
Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`, or a test's own."""

    async def get(self, request: Request, *, keep_alive: bool = True) -> Outcome: ...


class Stream(Generic[Result]):
    """What several tasks bring, taken one by one; who brings something holds `room` until it is taken."""

    def __init__(self, most: int) -> None:
        self.room = asyncio.Semaphore(most)
        self._brought: deque[Result] = deque()
        self._is_news = asyncio.Event()

    def put(self, result: Result) -> None:
        self._brought.append(result)
        self._is_news.set()

    async def taken_from(self, work: Callable[[], Coroutine[None, None, None]]) -> AsyncGenerator[Result, None]:
        """Runs the work and gives what it brings. A fault in it is raised after what had been brought before."""
        running = asyncio.create_task(work())
        running.add_done_callback(lambda _: self._is_news.set())
        try:
            while self._brought or not running.done():
                if not self._brought:
                    self._is_news.clear()
                    await self._is_news.wait()
                while self._brought:
                    self.room.release()
                    yield self._brought.popleft()
            await running
        finally:
            running.cancel()
            await asyncio.wait([running])


def gather(
    requests: Iterable[Keyed],
    client: Asker,
    *,
    per_host: int = 1,
    at_once: int = 100,
    pause_s: float = PAUSE_S,
) -> AsyncGenerator[tuple[str, Outcome], None]:
    """Each key with its outcome, in the order in which they arrive.

    No more than `at_once` answers are under way or waiting to be taken, so a slow reader slows the
    asking and memory stays bounded. Leaving the loop early cancels what is still running.
    """
    stream: Stream[tuple[str, Outcome]] = Stream(at_once)

    async def ask_all() -> None:
        async with asyncio.TaskGroup() as group:
            for host, waiting in by_host(requests).items():
                for _ in range(min(per_host, len(waiting))):
                    group.create_task(_lane(waiting, client, stream, pause_s=pause_of(host, pause_s)))

    return stream.taken_from(ask_all)


def alongside(
    answers: AsyncIterator[Answer], step: Callable[[Answer], Awaitable[Result]], *, at_once: int = 4
) -> AsyncGenerator[tuple[Answer, Result], None]:
    """Each answer with what `step` makes of it, several at a time: for reading in more than one process.

    Pairs come as they are ready, bounded and cancelled as in `gather`.
    """
    stream: Stream[tuple[Answer, Result]] = Stream(at_once)
    turn = asyncio.Lock()

    async def pull() -> None:
        while True:
            await stream.room.acquire()
            async with turn:  # one at a time may wait for the next answer
                try:
                    answer = await anext(answers)
                except StopAsyncIteration:
                    stream.room.release()
                    return
            stream.put((answer, await step(answer)))

    async def pull_all() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(pull())
        finally:
            if isinstance(answers, AsyncGenerator):
                await answers.aclose()

    return stream.taken_from(pull_all)


async def _lane(waiting: deque[Keyed], client: Asker, stream: Stream[tuple[str, Outcome]], *, pause_s: float) -> None:
    """One host's requests, one after the other."""
    while waiting:
        await stream.room.acquire()
        if not waiting:  # another lane of this host took the last one meanwhile
            stream.room.release()
            return
        key, request = waiting.popleft()
        stream.put((key, await client.get(request, keep_alive=bool(waiting))))
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
