"""A mail server on loopback that keeps what it gets and misbehaves on demand."""

import asyncio
import re
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field

import pytest

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


@dataclass
class Sink:
    """Rules by name of the step: a rule gives the answer, or None for the usual one; '!' hangs up instead."""

    port: int = 0
    letters: list = field(default_factory=list)  # (recipient, content)
    ids: Counter = field(default_factory=Counter)
    log: list = field(default_factory=list)
    lines: int = 0
    writers: list = field(default_factory=list)
    open_lines: int = 0
    most_lines: int = 0
    extensions: tuple = ("PIPELINING", "SIZE 10000000", "SMTPUTF8", "8BITMIME")
    greeting: str = "220 sink"
    mail: object = lambda _sender: None
    rcpt: object = lambda _recipient: None
    data: object = lambda _recipient: None
    content: object = lambda _recipient, _n: None
    command: object = lambda _line: None
    tls: ssl.SSLContext | None = None
    delay_s: float = 0.0

    async def serve(self, reader, writer):
        self.lines += 1
        self.writers.append(writer)
        self.open_lines += 1
        self.most_lines = max(self.most_lines, self.open_lines)
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open_lines -= 1
            writer.close()

    async def _talk(self, reader, writer):
        recipient = ""
        writer.write(f"{self.greeting}\r\n".encode())
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            self.log.append(line)
            verb = line.partition(" ")[0].upper()
            answer = self.command(line) or self._usual(verb, line, recipient)
            if answer == "!":
                return
            writer.write(f"{answer}\r\n".encode())
            if verb in {"MAIL", "RSET", "RCPT"}:
                address = line.partition("<")[2].partition(">")[0]
                recipient = address if verb == "RCPT" and answer.startswith("2") else ""
            elif verb == "STARTTLS" and answer.startswith("220"):
                await writer.start_tls(self.tls)
            elif verb == "DATA" and answer.startswith("354") and not await self._taken(reader, writer, recipient):
                return
            if verb == "QUIT" or answer.startswith("421"):
                await writer.drain()
                return

    def _usual(self, verb, line, recipient):
        if verb == "EHLO":
            return "\r\n".join([*(f"250-{e}" for e in ("sink", *self.extensions)), "250 HELP"])
        special = {
            "MAIL": lambda: self.mail(line),
            "RCPT": lambda: self.rcpt(line.partition("<")[2].partition(">")[0]),
            "DATA": lambda: self.data(recipient) or ("354 go" if recipient else "503 no recipient"),
            "STARTTLS": lambda: "220 go",
            "QUIT": lambda: "221 bye",
        }
        return special.get(verb, lambda: None)() or "250 ok"

    async def _taken(self, reader, writer, recipient):
        """False when the server hangs up on the letter; with '!kept' it has it all the same."""
        lines = []
        while (line := await reader.readuntil(b"\n")) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        content = b"".join(lines)
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        answer = self.content(recipient, len(self.letters)) or "250 2.0.0 queued"
        if answer.startswith("2") or answer == "!kept":
            self.letters.append((recipient, content))
            found = MESSAGE_ID.search(content)
            self.ids[found.group(1).decode() if found else recipient] += 1
        if answer.startswith("!"):
            return False
        writer.write(f"{answer}\r\n".encode())
        return True

    @property
    def recipients(self):
        return sorted(recipient for recipient, _ in self.letters)


@pytest.fixture
def sink():
    """The sink, served from a thread of its own until the test is over."""
    box = Sink()
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def start():
        server = await asyncio.start_server(box.serve, "127.0.0.1", 0, limit=1 << 22)
        box.port = server.sockets[0].getsockname()[1]
        ready.set()
        return server

    def run():
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(start())
        loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        for writer in box.writers:
            writer.transport.abort()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    yield box
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
