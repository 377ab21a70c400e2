"""Threads that each hold a database connection of their own, so that a slow query never stops the clock."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from briefing.desk.parts import Desk
from briefing.store.connection import Database, opened

T = TypeVar("T")


class Pool:
    """Runs work with the desk as one thread sees it. `most` bounds what may wait; beyond it `is_full`."""

    def __init__(self, desk: Desk, threads: int, most: int) -> None:
        self._desk = desk
        self._most = most
        self._waiting = 0
        self._own = threading.local()
        self._opened: list[Database] = []
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    @property
    def is_full(self) -> bool:
        return self._waiting >= self._most

    async def run(self, work: Callable[[Desk], T]) -> T:
        """The answer of `work`, from a thread of the pool."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._done, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Ends what is under way and closes every connection."""
        self._threads.shutdown()
        for database in self._opened:
            database.close()

    def _done(self, work: Callable[[Desk], T]) -> T:
        desk: Desk | None = getattr(self._own, "desk", None)
        if desk is None:
            database = opened(self._desk.database.path)
            self._opened.append(database)
            desk = replace(self._desk, database=database)
            self._own.desk = desk
        return work(desk)
