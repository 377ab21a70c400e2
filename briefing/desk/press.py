"""Issues made in a process of their own, which ends with them: what judging holds in memory goes with it.

The process that is served asks only whether a slot is due. All that the two share is the store and its rows: the child
takes the slot in the name of the process that sent it, and what kills either of them is taken up as it would be in one.
"""

import asyncio
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from briefing.desk.bringing import Brought, bring_out, failed_before, is_due
from briefing.desk.parts import Desk
from briefing.errors import BriefingError
from briefing.model.topic import Edition, Topic
from briefing.store.slots import Line


@dataclass(frozen=True, slots=True)
class Press:
    """One issue at a time."""

    desk: Desk
    holder: str
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def bring_out(self, topic: Topic, edition: Edition, now: datetime) -> Brought | None:
        """`bringing.bring_out`, in a new process where anything is due.

        Raises what it raises, and BriefingError where the process is ended.
        """
        if not is_due(self.desk, topic, edition, now):
            return failed_before(self.desk, Line(topic.key, edition.name, self.holder))
        async with self._turn:
            return await asyncio.to_thread(self._brought, topic, edition, now)

    def _brought(self, topic: Topic, edition: Edition, now: datetime) -> Brought | None:
        spawning = get_context("spawn")  # forking a process with threads and open connections is unsafe
        with ProcessPoolExecutor(1, mp_context=spawning, initializer=_apart) as process:
            try:
                return process.submit(bring_out, self.desk, topic, edition, self.holder, now).result()
            except BrokenProcessPool as fault:
                raise BriefingError("the process that made the issue was ended; it is made again") from fault


def _apart() -> None:
    """The child's first step: it lets no signal stop it halfway, and does not outlive its parent."""
    for number in (signal.SIGTERM, signal.SIGINT):  # a terminal and a service manager send them to both
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """As if kill -9 had hit both: the next process would take what this one is at for abandoned."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
