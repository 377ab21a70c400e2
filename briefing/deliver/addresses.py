"""Mail addresses: what is accepted, how one is normalised, how it is written. The only door to idna."""

import re
from dataclasses import dataclass

import idna

LONGEST = 254  # RFC 5321: a path is 256 with its angle brackets
LONGEST_LOCAL = 64
LOCAL = re.compile(r"[^\x00-\x20\x7f-\xa0\"(),:;<>@\[\\\]]+")
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
WORD_BYTES = 39  # make 52 of base64, 64 with '=?utf-8?b?' and '?=': a line has 76, with its field's name before it


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address, the domain in its ASCII form, with an optional name."""

    address: str
    name: str = ""

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server with SMTPUTF8 can take it."""
        return not self.address.isascii()


def normalised(text: str) -> str:
    """The address as stored: domain in lower-case ASCII (IDNA 2008), local part as given. Raises ValueError."""
    local, at, domain = text.strip().rpartition("@")
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not at or not LOCAL.fullmatch(local) or dots or len(local.encode("utf-8")) > LONGEST_LOCAL:
        raise ValueError(f"{shown(text)} is no mail address")
    try:
        host = idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as fault:
        raise ValueError(f"{shown(text)} has no domain that can exist") from fault
    if "." not in host or host.rpartition(".")[2].isdigit() or len(local.encode("utf-8")) + 1 + len(host) > LONGEST:
        raise ValueError(f"{shown(text)} is no mail address")
    return f"{local}@{host}"


def identity(address: str) -> str:
    """What makes two spellings one mailbox for suppression: the whole address in lower case."""
    return normalised(address).casefold()


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def mailbox(text: str) -> Mailbox:
    """'The Desk <desk@example.org>' or a bare address. Raises ValueError."""
    name, bracket, rest = text.strip().rpartition("<")
    if bracket and rest.endswith(">"):
        return Mailbox(normalised(rest[:-1]), SPACE.sub(" ", name).strip().strip('"'))
    return Mailbox(normalised(text))


def shown(text: str) -> str:
    """A text from outside, short and on one line, for a message."""
    flat = SPACE.sub(" ", text).strip()
    return repr(flat if len(flat) <= LONGEST_LOCAL else flat[: LONGEST_LOCAL - 1] + "…")


def encoded_words(text: str) -> list[str]:
    """RFC 2047 words, each whole in characters and at most 75 long."""
    from base64 import b64encode  # noqa: PLC0415 - needed for names and subjects outside ASCII alone

    words: list[str] = []
    run = b""
    for character in text:
        piece = character.encode("utf-8", "replace")
        if len(run) + len(piece) > WORD_BYTES:
            words.append(f"=?utf-8?b?{b64encode(run).decode('ascii')}?=")
            run = b""
        run += piece
    if run:
        words.append(f"=?utf-8?b?{b64encode(run).decode('ascii')}?=")
    return words


def written(box: Mailbox) -> str:
    """The mailbox as a header carries it; a newline in a name is a space."""
    name = SPACE.sub(" ", box.name).strip()
    if not name:
        return f"<{box.address}>" if box.address else ""
    if not name.isascii():
        return "\r\n ".join([*encoded_words(name), f"<{box.address}>"])
    if not ATOM.fullmatch(name) or "=?" in name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{name}\r\n <{box.address}>"
