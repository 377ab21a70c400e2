"""What comes back: bounces and complaints, taken from bytes or a Maildir, and what they mean for a reader."""

import os
from collections import Counter
from datetime import datetime
from pathlib import Path

from briefing.deliver.answers import Meaning
from briefing.deliver.bounces import Kind, Report, Unread, report
from briefing.desk import readers
from briefing.desk.delivering import Bounce, count_bounce
from briefing.desk.readers import How, Register
from briefing.store import outbox, subscribers


def taken(register: Register, data: bytes, now: datetime) -> Report | Unread:
    """Reads one message and acts on it; the same message a second time changes nothing."""
    found = report(data, register.key, now)
    if isinstance(found, Unread):
        return found
    reader = subscribers.by_id(register.db, found.subscriber)
    if reader is None:
        return Unread("its reader is no longer known")
    if found.kind is Kind.COMPLAINT:
        readers.complain(register, reader, How("complaint", detail=found.detail), now)
    elif found.kind is Kind.BOUNCE:
        hard = found.meaning is Meaning.GONE
        bounce = Bounce(reader.id, Meaning.GONE if hard else Meaning.REFUSED, found.report, found.detail)
        with register.db.transaction():
            if found.meaning is not Meaning.LIMITED:  # a rate limit says nothing about the reader
                count_bounce(register.db, register.key, bounce, now)
            letter = outbox.by_message_id(register.db, found.message_id) if found.message_id else None
            if letter and letter.subscriber == reader.id:
                outbox.bounced(register.db, letter.id, found.detail, now)
    return found


def from_maildir(register: Register, folder: Path, now: datetime) -> tuple[tuple[str, int], ...]:
    """Everything new in a Maildir; each message is moved to 'cur' after it was acted on. Counts by kind."""
    counts: Counter[str] = Counter()
    (folder / "cur").mkdir(parents=True, exist_ok=True)
    for file in sorted((folder / "new").glob("*")):
        found = taken(register, file.read_bytes(), now)
        counts["unread" if isinstance(found, Unread) else found.kind.value] += 1
        os.replace(file, folder / "cur" / f"{file.name}:2,S")  # noqa: PTH105 - Path.replace would do the same
    return tuple(sorted(counts.items()))
