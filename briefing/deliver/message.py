"""Assembles a letter by hand: render once, cut at the reader's token, join for each reader.

The standard library encodes a long List-Unsubscribe away and takes a thousand times as long.
"""

import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from functools import lru_cache

from briefing.deliver.addresses import SPACE, Mailbox, encoded_words, written
from briefing.model.issue import PERSONAL

LINE = 76
WIDTH = 75  # of a header line that can be folded
TOKEN = re.compile(r"[A-Za-z0-9_-]{0,72}")  # alone on its line, with the soft break behind it
BLANKS = re.compile(rb"[ \t]+")
BEFORE_BREAK = re.compile(rb" (?=\r\n)")
# A blank before a line break is encoded after the line was measured, and makes it 77 or 78.
OVERLONG = re.compile(r"(?m)^(.{74,75})(=20|=09)$")
FULL = re.compile(r"(?<![^\n])([^\n]{73,75})(=[0-9A-F]{2}|(?<!=[0-9A-F])(?<!=)[^\n])\Z")
# A line that begins with a dot would have to be stuffed in every copy, and every copy searched for one.
DOTS = re.compile(r"(?m)^(\.+)([^\n]*)$")
CODED_DOTS = 24  # fit on one line
BREAKS = re.compile(r"\r\n|\r")
UNSAFE = re.compile(r"[\x00-\x20\x7f-\uffff<>,]")  # what may not stand inside an angle-bracketed address


class Occasion(StrEnum):
    """Why a letter is sent: decides Precedence and Auto-Submitted."""

    ISSUE = "issue"  # to a list
    ANSWER = "answer"  # a confirmation, or a briefing that was asked for
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every reader's copy carries alike; `PERSONAL` stands where the reader's token goes."""

    sender: Mailbox
    subject: str
    reply_to: Mailbox | None = None
    list_id: str = ""  # 'topic.desk.example.org'
    list_name: str = ""
    unsubscribe: tuple[str, ...] = ()  # https first, then mailto; one click needs the https one
    help: str = ""
    archive: str = ""
    archived_at: str = ""
    feedback_id: str = ""
    language: str = ""
    occasion: Occasion = Occasion.ISSUE


TEST_MARKS = {"en": "[Test]", "zh": "[测试]"}


def as_test(head: Letterhead) -> Letterhead:
    """The same for a copy that only tries the letter: its subject says so, in the letter's language."""
    mark = TEST_MARKS.get(head.language[:2], TEST_MARKS["en"])
    return replace(head, subject=f"{mark} {head.subject}", occasion=Occasion.TEST)


@dataclass(frozen=True, slots=True)
class Personal:
    """What differs from reader to reader."""

    to: Mailbox
    message_id: str  # with angle brackets, from `message_id`
    date: datetime
    token: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One reader's copy. The canonical forms are what DKIM signs; `names` are the signed fields in their order."""

    head: bytes  # every field, each with its CRLF, without the empty line
    body: bytes
    names: tuple[str, ...] = ()
    canonical_head: bytes = b""
    canonical_body: bytes = b""

    @property
    def whole(self) -> bytes:
        return b"%b\r\n%b" % (self.head, self.body)


@dataclass(frozen=True, slots=True)
class Plate:
    """A letter that was set once; `copy` prints it for one reader. No line of it begins with a dot."""

    head: tuple[bytes, ...]
    body: tuple[bytes, ...]
    canonical_head: tuple[bytes, ...]
    canonical_body: tuple[bytes, ...]
    names: tuple[str, ...]

    def copy(self, reader: Personal) -> Letter:
        """The reader's letter, ready to be signed."""
        own, token = _own(reader), reader.token.encode("ascii")
        return Letter(
            b"".join(_field(name, value) for name, value in own) + token.join(self.head),
            token.join(self.body),
            (*(name for name, _ in own), *self.names),
            b"".join(canonical_field(name, value) for name, value in own) + token.join(self.canonical_head),
            token.join(self.canonical_body),
        )

    def unsigned(self, reader: Personal) -> Letter:
        """The same without what a signature needs."""
        own, token = _own(reader), reader.token.encode("ascii")
        head = b"".join(_field(name, value) for name, value in own) + token.join(self.head)
        return Letter(head, token.join(self.body))


def _own(reader: Personal) -> tuple[tuple[str, str], ...]:
    if not TOKEN.fullmatch(reader.token):
        raise ValueError("a token is at most 72 letters, digits, '-' and '_'")
    return (
        ("To", written(reader.to)),
        ("Date", _date(reader.date)),
        ("Message-ID", _one_line(reader.message_id)),
    )


@lru_cache(maxsize=64)
def _date(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC))


def message_id(issue: str, subscriber: str, channel: str, domain: str) -> str:
    """The same for every try of one delivery, so that a mailbox may fold a letter sent twice."""
    digest = hashlib.sha256(f"{issue}\x00{subscriber}\x00{channel}".encode()).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def assembled(letterhead: Letterhead, reader: Personal, text: str, html: str) -> bytes:
    """One whole letter; for a file, a preview or a single answer."""
    return plate(letterhead, text, html).copy(reader).whole


def plate(letterhead: Letterhead, text: str, html: str) -> Plate:
    """Sets a letter for all of its readers."""
    boundary = "=_" + hashlib.sha256(f"{text}\x00{html}".encode("utf-8", "replace")).hexdigest()[:32]
    fields = [*_fields(letterhead), ("Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"')]
    body = _cut(
        f"--{boundary}\r\n{_part_head('plain')}\r\n",
        quoted(text),
        f"\r\n--{boundary}\r\n{_part_head('html')}\r\n",
        quoted(html),
        f"\r\n--{boundary}--\r\n",
    )
    return Plate(
        _split(b"".join(_field(name, value) for name, value in fields)),
        body,
        _split(b"".join(canonical_field(name, value) for name, value in fields)),
        tuple(canonical_body(part) for part in body),
        tuple(name for name, _ in fields),
    )


def _fields(head: Letterhead) -> list[tuple[str, str]]:
    """The fields that all copies share; what is empty is left out."""
    one_click = any(address.startswith("https:") for address in head.unsubscribe)
    found = (
        ("From", written(head.sender)),
        ("Subject", _subject(head.subject)),
        ("Reply-To", written(head.reply_to) if head.reply_to else ""),
        ("List-Id", f"{_phrase(head.list_name)}<{_address(head.list_id)}>" if head.list_id else ""),
        ("List-Unsubscribe", ",\r\n ".join(map(_linked, head.unsubscribe))),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click" if one_click else ""),
        ("List-Help", _linked(head.help)),
        ("List-Archive", _linked(head.archive)),
        ("Archived-At", _linked(head.archived_at)),
        ("Feedback-ID", _one_line(head.feedback_id)),
        ("Precedence", "bulk" if head.occasion is Occasion.ISSUE else ""),
        ("Auto-Submitted", "" if head.occasion is Occasion.TEST else "auto-generated"),
        ("Content-Language", _one_line(head.language)),
        ("MIME-Version", "1.0"),
    )
    return [(name, value) for name, value in found if value or name == "Subject"]


def _linked(address: str) -> str:
    return f"<{_address(address)}>" if address else ""


def _part_head(kind: str) -> str:
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"


def _address(text: str) -> str:
    """An address for angle brackets, never encoded and never folded: a mail reader must find it whole."""
    if UNSAFE.search(text):
        raise ValueError(f"an address in a header holds a character that breaks it: {text!r}")
    return text


def _one_line(text: str) -> str:
    if SPACE.sub(" ", text) != text or not text.isascii():
        raise ValueError(f"a header value holds a line break or a character outside ASCII: {text!r}")
    return text


def _phrase(name: str) -> str:
    return written(Mailbox("", name)).removesuffix("<>") if name else ""


def _subject(text: str) -> str:
    """Titles come from outside: white space of any kind is one space, so no line can be added."""
    flat = SPACE.sub(" ", text).strip()
    if not flat.isascii() or "=?" in flat or any(len(word) > WIDTH for word in flat.split(" ")):
        return "\r\n ".join(encoded_words(flat))
    lines = [""]
    for word in flat.split(" "):
        room = WIDTH - (len("Subject: ") if len(lines) == 1 else 1)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _field(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode()


def canonical_field(name: str, value: str) -> bytes:
    """RFC 6376 relaxed: name in lower case, unfolded, one space for white space, none at the ends."""
    flat = BLANKS.sub(b" ", value.replace("\r\n", "").encode()).strip()
    return b"%b:%b\r\n" % (name.lower().encode("ascii"), flat)


def canonical_body(part: bytes) -> bytes:
    """RFC 6376 relaxed, for a body that ends in one line break, as ours does."""
    return BEFORE_BREAK.sub(b"", BLANKS.sub(b" ", part))


def quoted(text: str) -> str:
    """Quoted-printable with CRLF and lines of at most 76; each token stands alone between two soft breaks."""
    *before, last = (_quoted_run(run) for run in text.split(PERSONAL))
    return "".join(f"{FULL.sub(_broken, run)}=\r\n{PERSONAL}=\r\n" for run in before) + last


def _broken(found: re.Match[str]) -> str:
    """A last line that is full, cut before its last character, so that a soft break fits behind it."""
    return f"{found[1]}=\r\n{found[2]}"


def _quoted_run(text: str) -> str:
    data = BREAKS.sub("\n", text).encode("utf-8", "replace")
    lines = binascii.b2a_qp(data, istext=True).decode("ascii")
    return DOTS.sub(_coded, OVERLONG.sub("\\1=\n\\2", lines)).replace("\n", "\r\n")


def _coded(found: re.Match[str]) -> str:
    """A line without dots at its beginning, or two where one would be too long."""
    dots, rest = len(found[1]), found[2]
    if 3 * dots + len(rest) <= LINE:
        return "=2E" * dots + rest
    runs = ["=2E" * min(CODED_DOTS, dots - at) for at in range(0, dots, CODED_DOTS)]
    return "=\n".join([*runs, rest])


def _split(data: bytes) -> tuple[bytes, ...]:
    return tuple(data.split(PERSONAL.encode("ascii")))


def _cut(*pieces: str) -> tuple[bytes, ...]:
    return _split("".join(pieces).encode("ascii"))
