"""A server on loopback that answers as a test tells it to, byte for byte."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from aiohttp.abc import AbstractResolver

from briefing.collect.guard import Policy
from briefing.collect.http import Client, Request


@dataclass
class Seen:
    """One request as the server received it."""

    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """Runs `answer` for every request; remembers what it was asked and how many spoke at once."""

    answer: Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]
    port: int = 0
    asked: list[Seen] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
                seen = Seen(lines[0].split(" ")[1], {name.lower(): text for name, text in fields.items()})
                self.asked.append(seen)
                self.at_once += 1
                self.most_at_once = max(self.at_once, self.most_at_once)
                try:
                    await self.answer(seen, writer)
                    await writer.drain()
                finally:
                    self.at_once -= 1
                if writer.is_closing() or seen.headers.get("connection") == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


def reply(status: str, body: bytes = b"", fields: dict[str, str] | None = None) -> bytes:
    """An answer, with its right length unless the fields say how it ends."""
    fields = fields or {}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {text}" for name, text in fields.items())]
    if not {"Content-Length", "Transfer-Encoding"} & fields.keys() and not status.startswith("304"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


@asynccontextmanager
async def serving(answer) -> AsyncIterator[Server]:
    """A server for the length of a test.

    `answer` is bytes to send as they are, or (status, body, fields), or a dict of such by path,
    or a coroutine that is given what was asked and the writer, and writes or returns such.
    """

    async def answered(seen: Seen, writer: asyncio.StreamWriter) -> None:
        given = await answer(seen, writer) if callable(answer) else answer
        given = given[seen.path] if isinstance(given, dict) else given
        if given is not None:
            writer.write(given if isinstance(given, bytes) else reply(*given))

    server = Server(answered)
    tasks: set[asyncio.Task] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(server.handle(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listener = await asyncio.start_server(begin, "127.0.0.1", 0, limit=2**20)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        running = list(tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def client_for(server: Server, **options) -> Client:
    options = {"policy": Policy.for_loopback(server.port), "user_agent": "briefing-test"} | options
    return Client(options.pop("policy"), **options)


class Names(AbstractResolver):
    """Resolves names as told, for tests; never asks the network. An answer list is used up one by one."""

    def __init__(self, addresses: dict[str, list[str]]) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError(f"{host} is not known")
        known = self.addresses[host]
        address = known.pop(0) if len(known) > 1 else known[0]
        return [
            {"hostname": host, "host": each, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
            for each in address.split(",")
        ]

    async def close(self):
        pass


@pytest.fixture
def loopback():
    """The server, its client and its names, for tests that need more than one question."""
    return SimpleNamespace(serving=serving, client_for=client_for, Names=Names)


@pytest.fixture(scope="module")
def module_loopback():
    """The same for a fixture that a whole module shares."""
    return SimpleNamespace(serving=serving, client_for=client_for)


@pytest.fixture
def ask():
    """Asks one path of a server that answers as given; gives the outcome and the server."""

    def asked(answer, path="/", **options):
        async def run():
            async with serving(answer) as server, client_for(server) as client:
                return await client.get(Request(server.at(path), **({"deadline_s": 5.0} | options))), server

        return asyncio.run(run())

    return asked
