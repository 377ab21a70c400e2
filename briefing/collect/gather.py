"""Many sources, one outcome each: hosts side by side, one host slowly."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from briefing.collect.bulk import LARGE_AT_ONCE, Bulk
from briefing.collect.http import Request
from briefing.collect.pace import PAUSE_S, Pace, host_of
from briefing.collect.politeness import is_too_often
from briefing.model.entry import Fetched, Outcome

Keyed = tuple[str, Request]
Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Asker(Protocol):
    """Asks for one address and never raises for it: `http.Client`, or a test's own."""

    async def get(self, request: Request, *, keep_alive: bool = True, bulk: Bulk | None = None) -> Outcome: ...


class Stream(Generic[Result]):
    """What several tasks bring, taken one by one; who brings something holds `room` until it is taken."""

    def __init__(self, most: int) -> None:
        self.room = asyncio.Semaphore(most)
        self._brought: deque[tuple[Result, Bulk | None]] = deque()
        self._is_news = asyncio.Event()

    def put(self, result: Result, bulk: Bulk | None = None) -> None:
        """Leaves a result to be taken; what it holds in `bulk` is given back then."""
        self._brought.append((result, bulk))
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
                    result, bulk = self._brought.popleft()
                    self.room.release()
                    if bulk is not None:
                        bulk.give_back()
                    yield result
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
    pace: Pace | None = None,
) -> AsyncGenerator[tuple[str, Outcome], None]:
    """Each key with its outcome, in the order in which they arrive.

    No more than `at_once` answers are under way or waiting to be taken, and few of them large, so a slow reader slows
    the asking and memory stays bounded. A host that says 'too often' is not asked for the rest: those keys get no
    outcome. `pace` keeps the pauses beyond this call. Leaving the loop early cancels what is still running.
    """
    stream: Stream[tuple[str, Outcome]] = Stream(at_once)
    asking = Asking(client, stream, pace or Pace(), pause_s, asyncio.Semaphore(LARGE_AT_ONCE))

    async def ask_all() -> None:
        async with asyncio.TaskGroup() as group:
            for host, waiting in by_host(requests).items():
                for _ in range(min(per_host, len(waiting))):
                    group.create_task(asking.lane(host, waiting))

    return stream.taken_from(ask_all)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the lanes of one call share."""

    client: Asker
    stream: Stream[tuple[str, Outcome]]
    pace: Pace
    pause_s: float
    large: asyncio.Semaphore

    async def lane(self, host: str, waiting: deque[Keyed]) -> None:
        """One host's requests, one after the other."""
        running = asyncio.get_running_loop()
        while waiting:
            wait_s = self.pace.turn(host, running.time(), self.pause_s)
            if wait_s:
                await asyncio.sleep(wait_s)
            await self.stream.room.acquire()
            if not waiting:  # another lane of this host took the last one meanwhile
                self.stream.room.release()
                return
            key, request = waiting.popleft()
            bulk = Bulk(self.large)
            outcome = await self.client.get(request, keep_alive=bool(waiting), bulk=bulk)
            self.pace.rest(host, running.time(), self.pause_s)
            if not isinstance(outcome, Fetched):
                bulk.give_back()
            self.stream.put((key, outcome), bulk)
            if is_too_often(outcome):
                waiting.clear()


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


def by_host(requests: Iterable[Keyed]) -> dict[str, deque[Keyed]]:
    """The requests under the host that they ask; files of this machine under ''."""
    hosts: dict[str, deque[Keyed]] = {}
    for key, request in requests:
        hosts.setdefault(host_of(request.address), deque()).append((key, request))
    return hosts
