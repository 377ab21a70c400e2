"""Reads the mailbox that bounces come to; the only door to imaplib. A message is marked after it was acted on."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from briefing.deliver.bounces import LARGEST
from briefing.deliver.hosts import Security, is_loopback
from briefing.errors import DeliveryError, LineLostError

TIMEOUT_S = 20.0
AT_ONCE = 200  # messages in one visit; the rest waits for the next
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}


@dataclass(frozen=True, slots=True)
class Box:
    """One folder on an IMAP server: 'imaps://user:password@mail.example.org/INBOX'."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    timeout_s: float = TIMEOUT_S


def box(address: str) -> Box:
    """The mailbox of a setting. Raises DeliveryError; its message never shows a password."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as fault:
        raise DeliveryError(f"the address of the bounce mailbox cannot be read: {fault}") from None
    host = parts.hostname or ""
    if parts.scheme not in {"imap", "imaps"} or not host or not parts.username:
        raise DeliveryError("a bounce mailbox is written imaps://USER:PASSWORD@HOST/FOLDER")
    security = Security.TLS if parts.scheme == "imaps" else Security.STARTTLS
    if parts.query == "security=none" and is_loopback(host):
        security = Security.NONE
    elif parts.query:
        raise DeliveryError(f"{host}: a password is never sent without TLS; leave out ?{parts.query}")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not folder.isascii() or not folder.isprintable():
        raise DeliveryError(f"{host}: the name of the folder should be ASCII; a server shows it in modified UTF-7")
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Box(host, port or PORTS[security], security, user, password, folder)


def visited(where: Box, tls: ssl.SSLContext, act: Callable[[bytes], None]) -> int:
    """Hands every unseen message to `act`, then marks it seen; one too large is only marked. Gives the number.

    A visit that breaks off has marked nothing that was not acted on. Raises LineLostError where another visit may help,
    DeliveryError where an operator must look.
    """
    count = 0
    with _spoken_to(where, tls) as line:
        for number in _unseen(line)[:AT_ONCE]:
            data = _content(line, number)
            if data is not None:
                act(data)
            _done(line.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)"), "mark a message as read")
            count += 1
    return count


@contextmanager
def _spoken_to(where: Box, tls: ssl.SSLContext) -> Iterator[imaplib.IMAP4]:
    """A line that is logged in, with the folder open; what goes wrong on it is one of our own errors."""
    try:
        line = _opened(where, tls)
        try:
            _logged_in(line, where)
            _done(line.select(f'"{_quoted(where.folder)}"'), f"open {where.folder}")
            yield line
        finally:
            _left(line)
    except ssl.SSLError as fault:
        raise DeliveryError(f"{where.host}: TLS failed: {fault}") from fault
    except imaplib.IMAP4.abort as fault:
        raise LineLostError(f"{where.host} hung up: {fault}") from fault
    except imaplib.IMAP4.error as fault:
        raise DeliveryError(f"{where.host}: {_said(fault)}", hint="see BRIEFING_IMAP_URL") from fault
    except OSError as fault:
        raise LineLostError(f"{where.host}:{where.port} cannot be reached: {fault or 'no answer in time'}") from fault


def _opened(where: Box, tls: ssl.SSLContext) -> imaplib.IMAP4:
    if where.security is Security.TLS:
        return imaplib.IMAP4_SSL(where.host, where.port, ssl_context=tls, timeout=where.timeout_s)
    line = imaplib.IMAP4(where.host, where.port, timeout=where.timeout_s)
    if where.security is Security.STARTTLS:
        try:
            line.starttls(tls)
        except BaseException:
            with suppress(OSError):  # TLS that failed has closed it already
                line.shutdown()
            raise
    return line


def _logged_in(line: imaplib.IMAP4, where: Box) -> None:
    """By AUTH PLAIN where the server offers it, since LOGIN takes ASCII alone."""
    if "AUTH=PLAIN" in line.capabilities:
        secret = f"\x00{where.user}\x00{where.password}".encode()
        line.authenticate("PLAIN", lambda _: secret)
    elif (where.user + where.password).isascii():
        line.login(where.user, where.password)
    else:
        raise DeliveryError(f"{where.host} takes no log-in outside ASCII")


def _unseen(line: imaplib.IMAP4) -> list[str]:
    found = _done(line.uid("SEARCH", "UNSEEN"), "search for what is unread")
    numbers = found[0].decode("ascii", "replace").split() if found and isinstance(found[0], bytes) else []
    return [number for number in numbers if number.isdigit()]


def _content(line: imaplib.IMAP4, number: str) -> bytes | None:
    """The message, without marking it; None for one that is too large, or gone."""
    told = _done(line.uid("FETCH", number, "(RFC822.SIZE)"), "tell a message's size")
    size = SIZE.search(told[0]) if told and isinstance(told[0], bytes) else None
    if size is None or int(size[1]) > LARGEST:
        return None
    parts = _done(line.uid("FETCH", number, "(BODY.PEEK[])"), "give a message")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _done(answer: tuple[str, Sequence[object]], what: str) -> Sequence[object]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"the server does not {what}: {data}")
    return data


def _left(line: imaplib.IMAP4) -> None:
    try:
        line.logout()
    except (imaplib.IMAP4.error, OSError):
        with suppress(OSError):
            line.shutdown()


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _said(fault: Exception) -> str:
    """A server's refusal as text."""
    said = fault.args[0] if fault.args else fault
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
