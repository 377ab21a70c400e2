"""Large bodies, few at a time: what all requests together hold in memory is bounded, not only what each one holds."""

import asyncio
from dataclasses import dataclass

SMALL_BYTES = 256_000  # nine of ten real feeds are smaller: each may always be held
LARGE_AT_ONCE = 8  # others wait for room; with 100 requests of at most 10 MB the whole stays below 110 MB


@dataclass(slots=True)
class Bulk:
    """One request's right to hold a large body: taken at most once, given back when the body was taken away."""

    room: asyncio.Semaphore
    is_held: bool = False

    async def hold(self) -> None:
        """Waits for room."""
        if not self.is_held:
            await self.room.acquire()
            self.is_held = True

    def give_back(self) -> None:
        if self.is_held:
            self.is_held = False
            self.room.release()
