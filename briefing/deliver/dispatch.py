"""Sends what is owed over several lines at once. What leaves is noted before it leaves.

Each line has one letter whose answer is open; the notes of all lines are written together, in one transaction.
"""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from briefing.deliver.addresses import domain_of
from briefing.deliver.answers import Answer, Meaning
from briefing.deliver.hosts import Host
from briefing.deliver.outbox import Pace, Verdict, judged, lost
from briefing.deliver.smtp import Envelope, Line, opened
from briefing.errors import DeliveryError, LineLostError
from briefing.model.subscriber import Delivery, DeliveryState

BATCH = 200
HEARTBEAT_S = 15.0
GATHER_S = 0.001  # lines that are ready together share one transaction
TRIES = 3  # to open a line, before its worker gives up
REST = timedelta(minutes=2)  # until what could not leave is tried again


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery ready to leave."""

    delivery: Delivery
    envelope: Envelope
    content: bytes = field(repr=False)
    is_dotless: bool = False  # no line begins with a dot, so that none has to be searched for


class Ledger(Protocol):
    """Where every step is noted. Called from the event loop: a note must be quick, a claim may wait for the disk."""

    def claimed(self, most: int) -> tuple[Delivery, ...]: ...

    def noted(self, settled: Sequence[tuple[Delivery, Verdict]], leaving: Sequence[Delivery]) -> frozenset[int] | None:
        """Which of those about to leave may; None when nothing may any more."""
        ...

    def released(
        self, waiting: Sequence[tuple[Delivery, datetime]], resting: tuple[str, datetime] | None = None
    ) -> None:
        """Given back for later; `resting` is a domain from which nothing is claimed until then."""
        ...

    def strikes(self, domain: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What a dispatch works with; clock, chance and sleep come from outside."""

    hosts: tuple[Host, ...]
    tls: ssl.SSLContext
    press: Callable[[Delivery], Parcel]  # raises ValueError for what can never be sent
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    pace: Pace
    progress: Callable[[], None] = lambda: None  # after each letter


@dataclass(frozen=True, slots=True)
class Tally:
    """What one run did."""

    accepted: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0
    withdrawn: int = 0  # posts to a channel that the desk no longer has
    faults: tuple[str, ...] = ()  # of hosts, for the operator
    halted: bool = False  # stopped by the switch, or another sender took over

    def plus(self, state: DeliveryState) -> "Tally":
        name = state.value
        return replace(self, **{name: getattr(self, name) + 1})


@dataclass(slots=True)
class _Note:
    settled: list[tuple[Delivery, Verdict]] = field(default_factory=list)
    leaving: list[tuple[Delivery, asyncio.Future[bool]]] = field(default_factory=list)


class Dispatch:
    """One run: claims in batches, feeds the lines, ends when nothing is owed, or when `stop` is set."""

    def __init__(self, ledger: Ledger, tools: Tools, stop: asyncio.Event) -> None:
        self.ledger = ledger
        self.tools = tools
        self.stop = stop
        self.tally = Tally()
        self._queue: list[Delivery] = []
        self._resting: dict[str, datetime] = {}
        self._note = _Note()
        self._wake = asyncio.Event()
        self._notes: asyncio.Task[None]

    async def run(self) -> Tally:
        """Everything that is owed, over every host; one bad letter or host never stops the others."""
        self._notes = asyncio.create_task(self._keep_notes())
        try:
            async with asyncio.TaskGroup() as lines:
                for host in self.tools.hosts:
                    for _ in range(host.connections):
                        lines.create_task(self._worker(host))
            if self._notes.done():
                self._notes.result()
        finally:
            self._wake.set()
            self._flush()
            self._notes.cancel()
            self._release([(d, self.tools.clock()) for d in self._queue])
        return self.tally

    async def _next(self) -> Parcel | None:
        """The next letter, printed; None when there is none, or when the run is over."""
        while not self.stop.is_set() and not self.tally.halted:
            delivery = self._taken()
            if delivery is None:
                return None
            now = self.tools.clock()
            opens = self._opens(domain_of(delivery.address), now)
            if opens:
                self._rest(delivery, opens)
                continue
            pause_s = self.tools.pace.pause_s(now)
            if pause_s > 0:
                await asyncio.sleep(pause_s)
            try:
                return self.tools.press(delivery)
            except ValueError as fault:
                self._settle(delivery, Verdict(DeliveryState.FAILED, str(fault), meaning=Meaning.REFUSED))
        return None

    def _opens(self, domain: str, now: datetime) -> datetime | None:
        """When a domain may have its next letter; None: now. One that has just complained gets no more of a batch."""
        asked = self._resting.get(domain, now)
        return asked if asked > now else self.tools.pace.opens(domain, now)

    def _rest(self, delivery: Delivery, until: datetime) -> None:
        """A domain that is fed fast enough waits, with all of its letters."""
        domain = domain_of(delivery.address)
        waiting = [delivery, *(d for d in self._queue if domain_of(d.address) == domain)]
        self._queue = [d for d in self._queue if domain_of(d.address) != domain]
        self.ledger.released([(d, until) for d in waiting], (domain, until))

    def _taken(self) -> Delivery | None:
        if not self._queue:
            self._queue = list(reversed(self.ledger.claimed(BATCH)))
        return self._queue.pop() if self._queue else None

    async def _worker(self, host: Host) -> None:
        """One place for a line to a host; opens a new line when the old one is worn or lost."""
        parcel = await self._next()
        tries = 0
        while parcel is not None and tries < TRIES:
            try:
                line = await opened(host, self.tools.tls)
            except DeliveryError as fault:
                self._fault(str(fault))
                tries = tries + 1 if isinstance(fault, LineLostError) else TRIES
                if tries < TRIES:
                    await asyncio.sleep(0.2 * 2**tries)
                continue
            parcel, healthy = await self._feed(line, parcel)
            tries = 0 if healthy or line.carried else tries + 1
            await line.close()
            if parcel is None and not healthy:
                parcel = await self._next()
        if parcel is not None:
            self._release([(parcel.delivery, self.tools.clock() + REST)])

    async def _feed(self, line: Line, parcel: Parcel) -> tuple[Parcel | None, bool]:
        """Letters over one line until it is worn, lost, or nothing is left; gives what it could not begin."""
        current: Parcel | None = await self._fit(line, parcel)
        if current:
            line.offer(current.envelope)
        try:
            while current:
                refusal = await line.invited()
                if refusal:
                    self._judge(current.delivery, refusal)
                    if refusal.code == 421:  # noqa: PLR2004 - RFC 5321: the server closes the line
                        return None, False
                    current = await self._fit(line, await self._next())
                    if current:
                        line.offer(current.envelope)
                    continue
                following = await self._fit(line, await self._next())
                if not await self._may_leave(current.delivery):
                    return following, True
                ahead = None if line.is_at_its_last else following
                arrived = await self._carried(line, current, ahead)
                current = following
                if not arrived or ahead is None:
                    return current, arrived
        except LineLostError as fault:
            self._fault(str(fault))
            return current, False
        return None, True

    async def _carried(self, line: Line, parcel: Parcel, ahead: Parcel | None) -> bool:
        """False when the line broke: then the letter is uncertain."""
        try:
            answer = await line.carry(parcel.content, ahead.envelope if ahead else None, is_dotless=parcel.is_dotless)
        except LineLostError as fault:
            self._fault(str(fault))
            self._settle(parcel.delivery, lost(str(fault)))
            return False
        self._judge(parcel.delivery, answer)
        return True

    async def _fit(self, line: Line, parcel: Parcel | None) -> Parcel | None:
        """The next letter that this server can take; what it never can has failed."""
        while parcel:
            unfit = line.unfit(parcel.envelope)
            if unfit is None:
                return parcel
            self._judge(parcel.delivery, unfit)
            parcel = await self._next()
        return None

    def _judge(self, delivery: Delivery, answer: Answer) -> None:
        strikes = self.ledger.strikes(domain_of(delivery.address)) if answer.code >= 400 else 0  # noqa: PLR2004
        self._settle(delivery, judged(delivery, answer, self.tools.clock(), self.tools.chance(), strikes))

    def _settle(self, delivery: Delivery, verdict: Verdict) -> None:
        if verdict.hold_until:
            self._resting[domain_of(delivery.address)] = verdict.hold_until
        self._note.settled.append((delivery, verdict))
        self._wake.set()
        self.tally = self.tally.plus(verdict.state)
        self.tools.progress()

    async def _may_leave(self, delivery: Delivery) -> bool:
        """Noted, and safe on disk, together with all that was settled before."""
        if self._notes.done():
            self._notes.result()  # raises what kept the notes from being written
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._note.leaving.append((delivery, answer))
        self._wake.set()
        return await answer

    async def _keep_notes(self) -> None:
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._wake.wait()
            except TimeoutError:
                self.ledger.noted((), ())  # a slow server must not cost the lease
            await asyncio.sleep(GATHER_S)
            self._wake.clear()
            self._flush()

    def _flush(self) -> None:
        note, self._note = self._note, _Note()
        if not note.settled and not note.leaving:
            return
        try:
            going = [delivery for delivery, _ in note.leaving]
            allowed = self.ledger.noted(note.settled, going)
        except BaseException:
            for _, answer in note.leaving:
                answer.cancel()
            raise
        if allowed is None and note.leaving:
            self.tally = replace(self.tally, halted=True)
            self._release([(delivery, self.tools.clock()) for delivery in going])
        for delivery, answer in note.leaving:
            if not answer.done():
                answer.set_result(allowed is not None and delivery.id in allowed)

    def _release(self, waiting: Sequence[tuple[Delivery, datetime]]) -> None:
        if waiting:
            self.ledger.released(waiting)

    def _fault(self, text: str) -> None:
        if text not in self.tally.faults:
            self.tally = replace(self.tally, faults=(*self.tally.faults, text))


async def single(host: Host, tls: ssl.SSLContext, envelope: Envelope, content: bytes) -> Answer:
    """One letter outside the outbox: a test, or a confirmation. Raises DeliveryError when there is no line."""
    line = await opened(host, tls)
    try:
        unfit = line.unfit(envelope)
        if unfit:
            return unfit
        line.offer(envelope)
        return await line.invited() or await line.carry(content)
    finally:
        await line.close()
