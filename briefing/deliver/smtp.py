"""The one door to SMTP: a pipelined client, one recipient a transaction, the connection kept.

A letter's content leaves only in `carry`: whoever calls it has noted before that it goes.
"""

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.deliver.answers import Answer, Stage
from briefing.deliver.hosts import Host, Security
from briefing.errors import DeliveryError, LineLostError

REPLY = re.compile(rb"^(\d{3})([ -]?)(.*)$", re.DOTALL)
MOST_LINES = 100  # of one answer
LONGEST_LINE = 65_536
BREAKING = re.compile(r"[\x00-\x20\x7f<>]")
READY, DONE, GO_ON, CHALLENGE = 220, 250, 354, 334


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a letter comes from (where bounces go) and whom it is for."""

    sender: str
    recipient: str
    size: int

    @property
    def needs_utf8(self) -> bool:
        return not (self.sender.isascii() and self.recipient.isascii())


@dataclass(slots=True)
class Line:
    """One open connection. `offer`, then `invited`, then `carry`; nothing else is in between."""

    host: Host
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    extensions: Mapping[str, str] = field(default_factory=dict)
    carried: int = 0
    _offered: Envelope | None = None
    _dirty: bool = False  # a transaction was begun that must be reset
    _sent: tuple[Stage, ...] = ()  # commands whose answers are still to be read

    @property
    def pipelines(self) -> bool:
        return "PIPELINING" in self.extensions

    @property
    def is_at_its_last(self) -> bool:
        """Whether the next letter is the last one before a new connection is due."""
        return self.carried + 1 >= self.host.letters

    def unfit(self, envelope: Envelope) -> Answer | None:
        """Why this server can never take such a letter, in the words of an answer."""
        limit = self.extensions.get("SIZE", "")
        if envelope.needs_utf8 and "SMTPUTF8" not in self.extensions:
            return Answer(553, "5.6.7 the server takes no addresses outside ASCII", Stage.RECIPIENT)
        if limit.isdigit() and 0 < int(limit) < envelope.size:
            return Answer(552, f"5.3.4 the letter has {envelope.size} bytes, the server takes {limit}", Stage.SENDER)
        return None

    def offer(self, envelope: Envelope) -> None:
        """Begins a transaction; all of its commands leave together where the server can take that."""
        self._offered = envelope
        self.writer.write(self._commands(envelope))

    def _commands(self, envelope: Envelope) -> bytes:
        if BREAKING.search(envelope.sender) or BREAKING.search(envelope.recipient):
            raise ValueError("an address holds a character that would end the command")
        commands = b"RSET\r\n" if self._dirty else b""
        stages = [Stage.OPENING] if self._dirty else []
        commands += self._mail(envelope)
        stages.append(Stage.SENDER)
        if self.pipelines:
            commands += f"RCPT TO:<{envelope.recipient}>\r\nDATA\r\n".encode()
            stages += [Stage.RECIPIENT, Stage.CONTENT]
        self._dirty = True
        self._sent = tuple(stages)
        return commands

    def _mail(self, envelope: Envelope) -> bytes:
        size = f" SIZE={envelope.size}" if "SIZE" in self.extensions else ""
        utf8 = " SMTPUTF8" if envelope.needs_utf8 else ""
        return f"MAIL FROM:<{envelope.sender}>{size}{utf8}\r\n".encode()

    async def invited(self) -> Answer | None:
        """None when the server now waits for the content, else its refusal; the line can be used further."""
        assert self._offered is not None
        refusal = await self._refused(self._offered)
        if refusal:
            self._offered = None
        return refusal

    async def _refused(self, envelope: Envelope) -> Answer | None:
        refusal = None
        last: Answer | None = None
        for last in await self._answers(self._sent, self.host.timeout_s):
            refusal = refusal or _refusal(last, last.stage)
        if self.pipelines:
            if refusal and last and last.code == GO_ON:
                self.writer.write(b".\r\n")  # the server waits although it refused everyone: an empty letter to nobody
                await self._answer(Stage.CONTENT, self.host.timeout_s)
            return refusal
        steps = ((f"RCPT TO:<{envelope.recipient}>\r\n", Stage.RECIPIENT), ("DATA\r\n", Stage.CONTENT))
        for command, stage in () if refusal else steps:
            self.writer.write(command.encode())
            refusal = _refusal(await self._answer(stage, self.host.timeout_s), stage)
            if refusal:
                break
        return refusal

    async def carry(self, content: bytes, following: Envelope | None = None, *, is_dotless: bool = False) -> Answer:
        """Sends the content and gives the server's last word on it; begins the next transaction meanwhile.

        `is_dotless` spares the search for lines that begin with a dot.
        Raises LineLostError when the answer did not come: then nobody knows whether the letter arrived.
        """
        stuffed = content if is_dotless else content.replace(b"\r\n.", b"\r\n..")
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        self._dirty = False
        ahead = following if self.pipelines else None
        self.writer.write(b"".join((stuffed, end, self._commands(ahead) if ahead else b"")))
        answer = await self._answer(Stage.CONTENT, self.host.answer_timeout_s)
        self.carried += 1
        self._offered = ahead
        if following and not ahead:
            self.offer(following)
        return answer

    async def close(self) -> None:
        """Says goodbye where that is possible; never waits for long."""
        if self._offered:
            self.writer.transport.abort()  # the server may wait for content, and would take QUIT for it
            return
        try:
            async with asyncio.timeout(1):
                self.writer.write(b"QUIT\r\n")
                await self.writer.drain()
                self.writer.close()
                await self.writer.wait_closed()
        except (OSError, TimeoutError):
            self.writer.transport.abort()

    async def command(self, text: str, stage: Stage = Stage.OPENING) -> Answer:
        self.writer.write(f"{text}\r\n".encode())
        return await self._answer(stage, self.host.timeout_s)

    async def _answer(self, stage: Stage, timeout_s: float) -> Answer:
        return (await self._answers((stage,), timeout_s))[0]

    async def _answers(self, stages: tuple[Stage, ...], timeout_s: float) -> list[Answer]:
        """One answer for each command that is under way."""
        try:
            async with asyncio.timeout(timeout_s):
                await self.writer.drain()
                return [await self._read(stage) for stage in stages]
        except TimeoutError as fault:
            raise LineLostError(f"{self.host.name} did not answer within {timeout_s:g} s") from fault
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as fault:
            raise LineLostError(f"{self.host.name} hung up: {fault}") from fault

    async def _read(self, stage: Stage) -> Answer:
        lines: list[str] = []
        for _ in range(MOST_LINES):
            line = await self.reader.readuntil(b"\n")
            found = REPLY.match(line.rstrip(b"\r\n"))
            if not found:
                raise LineLostError(f"{self.host.name} does not speak SMTP")
            lines.append(found.group(3).decode("utf-8", "replace"))
            if found.group(2) != b"-":
                return Answer(int(found.group(1)), "\n".join(lines), stage)
        raise LineLostError(f"{self.host.name} answers without an end")


def _refusal(answer: Answer, stage: Stage) -> Answer | None:
    wanted = answer.code == GO_ON if stage is Stage.CONTENT else answer.code // 100 == DONE // 100
    if wanted or answer.code >= 400:  # noqa: PLR2004 - RFC 5321: a refusal is 4yz or 5yz
        return None if wanted else answer
    # Neither what was asked nor a refusal: such a server is left, and a letter that it never took is no letter sent.
    return Answer(421, f"4.5.0 the server said {answer.code} where another answer was due", stage)


def verified() -> ssl.SSLContext:
    """TLS as it should be: the certificate is checked against the system's authorities and the host's name."""
    return ssl.create_default_context()


async def opened(host: Host, tls: ssl.SSLContext) -> Line:
    """A line that is ready for letters.

    Raises LineLostError where another try may help, DeliveryError where an operator must look.
    """
    secure = tls if host.security is Security.TLS else None
    try:
        async with asyncio.timeout(host.timeout_s):
            reader, writer = await asyncio.open_connection(host.name, host.port, ssl=secure, limit=LONGEST_LINE)
    except ssl.SSLError as fault:
        raise DeliveryError(f"{host.name}: TLS failed: {fault}") from fault
    except (OSError, TimeoutError) as fault:
        raise LineLostError(f"{host.name}:{host.port} cannot be reached: {fault or 'no answer in time'}") from fault
    line = Line(host, reader, writer)
    try:
        await _greeted(line, tls)
    except BaseException:
        writer.transport.abort()
        raise
    return line


async def _greeted(line: Line, tls: ssl.SSLContext) -> None:
    host = line.host
    greeting = await line._answer(Stage.OPENING, host.timeout_s)  # noqa: SLF001 - the greeting has no command
    if greeting.code != READY:
        raise LineLostError(f"{host.name} takes no letters now: {greeting}")
    await _hello(line)
    if host.security is Security.STARTTLS:
        if "STARTTLS" not in line.extensions:
            raise DeliveryError(f"{host.name} offers no STARTTLS", hint="use smtps://, or another server")
        answer = await line.command("STARTTLS")
        if answer.code != READY:
            raise LineLostError(f"{host.name} does not start TLS: {answer}")
        if await _is_ahead(line):
            raise DeliveryError(f"{host.name} said something between STARTTLS and TLS: someone may be in between")
        try:
            await line.writer.start_tls(tls, server_hostname=host.name, ssl_handshake_timeout=host.timeout_s)
        except ssl.SSLError as fault:
            raise DeliveryError(f"{host.name}: TLS failed: {fault}") from fault
        except OSError as fault:
            raise LineLostError(f"{host.name} hung up while TLS began: {fault}") from fault
        await _hello(line)
    if host.user:
        await _logged_in(line)


async def _is_ahead(line: Line) -> bool:
    """Whether words are waiting that were sent before the line was secret; they would pass for secret ones."""
    try:
        async with asyncio.timeout(0):
            return bool(await line.reader.read(1))
    except TimeoutError:
        return False


async def _hello(line: Line) -> None:
    answer = await line.command(f"EHLO {line.host.hello}")
    if answer.code != DONE:
        answer = await line.command(f"HELO {line.host.hello}")
        if answer.code != DONE:
            raise LineLostError(f"{line.host.name} does not take our greeting: {answer}")
    words = (text.partition(" ") for text in answer.text.split("\n")[1:])
    line.extensions = {name.upper(): value.upper() for name, _, value in words}


async def _logged_in(line: Line) -> None:
    host = line.host
    ways = line.extensions.get("AUTH", "").split()
    if "PLAIN" in ways:
        answer = await line.command("AUTH PLAIN " + _base64(f"\x00{host.user}\x00{host.password}"))
    elif "LOGIN" in ways:
        answer = await line.command("AUTH LOGIN")
        for secret in (host.user, host.password):
            if answer.code == CHALLENGE:
                answer = await line.command(_base64(secret))
    else:
        raise DeliveryError(f"{host.name} offers neither AUTH PLAIN nor AUTH LOGIN")
    if answer.code // 100 == 4:  # noqa: PLR2004 - RFC 5321: 4yz may be tried again
        raise LineLostError(f"{host.name} cannot check the log-in now: {answer}")
    if answer.code // 100 != DONE // 100:
        raise DeliveryError(f"{host.name} refuses the log-in of {host.user}: {answer}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
