"""Looks names up, many at once: the six threads that asyncio has on two cores are soon taken by a few dead names."""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from aiohttp.abc import AbstractResolver, ResolveResult

THREADS = 64  # a lookup cannot be cancelled and may take half a minute to fail
Found = list[tuple[int, int, int, str, tuple[str | int | bytes, ...]]]  # as getaddrinfo gives it


def system_lookup(host: str, port: int, family: int) -> Found:
    """What the system knows about a name: addresses of the kinds that this machine can reach."""
    found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [(int(kind), int(sort), proto, name, tuple(address)) for kind, sort, proto, name, address in found]


class Names(AbstractResolver):
    """The system's own lookup, in threads of its own. Which address may be dialled is the guard's matter."""

    def __init__(self, lookup: Callable[[str, int, int], Found] = system_lookup, threads: int = THREADS) -> None:
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(threads, "names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        look = partial(self._lookup, host, port, family)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, proto, _, address in found
        ]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
