"""What comes back: bounces and complaints from a pipe, a Maildir or an IMAP box, and what they mean for a reader."""

import os
import ssl
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.deliver import imap
from briefing.deliver.answers import Meaning
from briefing.deliver.bounces import Farewell, Kind, Report, Unread, farewell, report
from briefing.desk import readers
from briefing.desk.delivering import Bounce, count_bounce
from briefing.desk.readers import How, Register
from briefing.errors import DeliveryError
from briefing.store import outbox, subscribers

# A rate limit, or a desk that is not trusted (its SPF, its key), says nothing about the reader.
NO_FAULT_OF_THE_READER = frozenset({Meaning.LIMITED, Meaning.DESK})

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where this desk's bounces come to."""

    maildir: Path | None
    imap: imap.Box | None
    tls: ssl.SSLContext

    @property
    def are_set(self) -> bool:
        return self.maildir is not None or self.imap is not None


def taken(register: Register, data: bytes, now: datetime) -> Report | Farewell | Unread:
    """Reads one message and acts on it; the same message a second time changes nothing."""
    goodbye = farewell(data, register.key, now)
    if goodbye:
        left = readers.leave(register, goodbye.token, How("mail"), now)
        return goodbye if left else Unread("its reader is no longer known")
    found = report(data, register.key, now)
    if isinstance(found, Unread):
        return found
    reader = subscribers.by_id(register.db, found.subscriber)
    if reader is None:
        return Unread("its reader is no longer known")
    if found.kind is Kind.COMPLAINT:
        readers.complain(register, reader, How("complaint", detail=found.detail), now)
    elif found.kind is Kind.BOUNCE:
        _bounced(register, found, now)
    return found


def _bounced(register: Register, found: Report, now: datetime) -> None:
    meaning = Meaning.GONE if found.meaning is Meaning.GONE else Meaning.REFUSED
    bounce = Bounce(found.subscriber, meaning, found.report, found.detail)
    with register.db.transaction():
        if found.meaning not in NO_FAULT_OF_THE_READER:
            count_bounce(register.db, register.key, bounce, now)
        letter = outbox.by_message_id(register.db, found.message_id) if found.message_id else None
        if letter and letter.subscriber == found.subscriber:
            outbox.bounced(register.db, letter.id, found.detail, now)


def kind_of(found: Report | Farewell | Unread) -> str:
    """What a message was, in a word: bounce, complaint, delay, delivered, farewell or unread."""
    if isinstance(found, Report):
        return found.kind.value
    return "farewell" if isinstance(found, Farewell) else "unread"


def collected(register: Register, boxes: Boxes, now: datetime) -> Counts:
    """Everything new in the desk's boxes, acted on and marked as read. Counts by kind."""
    counts = Counter(dict(from_maildir(register, boxes.maildir, now) if boxes.maildir else ()))
    if boxes.imap:
        counts.update(dict(from_imap(register, boxes.imap, boxes.tls, now)))
    return tuple(sorted(counts.items()))


def from_maildir(register: Register, folder: Path, now: datetime) -> Counts:
    """Everything new in a Maildir; each message is moved to 'cur' after it was acted on. Counts by kind."""
    counts: Counter[str] = Counter()
    if not (folder / "new").is_dir():
        raise DeliveryError(f"{folder} is no Maildir: it has no folder 'new'", hint="mend [mail] bounce_maildir")
    try:
        (folder / "cur").mkdir(exist_ok=True)
        for file in sorted((folder / "new").glob("[!.]*")):
            counts[kind_of(taken(register, file.read_bytes(), now))] += 1
            os.replace(file, folder / "cur" / f"{file.name}:2,S")  # noqa: PTH105 - Path.replace would do the same
    except OSError as fault:
        raise DeliveryError(f"{folder} cannot be read: {fault.strerror}") from fault
    return tuple(sorted(counts.items()))


def from_imap(register: Register, box: imap.Box, tls: ssl.SSLContext, now: datetime) -> Counts:
    """Everything unseen in an IMAP folder; each message is marked as seen after it was acted on. Counts by kind."""
    counts: Counter[str] = Counter()

    def act(data: bytes) -> None:
        counts[kind_of(taken(register, data, now))] += 1

    seen = imap.visited(box, tls, act)
    counts["unread"] += seen - counts.total()  # what was too large to be fetched
    return tuple(sorted((+counts).items()))
