"""Letters outside the outbox: a dry run into files, a test letter to any address, one answer to one reader."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from briefing.archive.shelf import replace_file
from briefing.deliver import tokens
from briefing.deliver.addresses import Mailbox
from briefing.deliver.answers import Answer
from briefing.deliver.dispatch import single
from briefing.deliver.dkim import signed
from briefing.deliver.message import Letterhead, Personal, as_test, message_id, plate
from briefing.deliver.smtp import Envelope
from briefing.desk.delivering import Pages, Post, Press
from briefing.errors import DeliveryError
from briefing.model.subscriber import Delivery
from briefing.store import outbox
from briefing.store.connection import Database

NOBODY = "x" * 16  # an id that no reader has: its links open nothing
PAGE = 500


def dry_run(db: Database, pages: Pages, post: Post, folder: Path, now: datetime) -> int:
    """Writes every letter that is owed as a file, and sends, claims and changes nothing. Gives the number."""
    press, count = Press(pages, post), 0
    for delivery in _owed(db, now):
        name = f"{delivery.topic}-{delivery.issue}-{delivery.id}.eml"
        replace_file(folder / name, press.parcel(delivery).content)
        count += 1
    return count


def _owed(db: Database, now: datetime) -> Iterator[Delivery]:
    after = 0
    while page := outbox.waiting(db, now, after, PAGE):
        yield from page
        after = page[-1].id


async def trial_letter(post: Post, letterhead: Letterhead, text: str, html: str, to: Mailbox) -> Answer:
    """An issue as a reader would get it, marked as a test, to an address that need not be subscribed."""
    return await answered(
        post, as_test(letterhead), (text, html), to, tokens.token(post.key, tokens.Purpose.READER, NOBODY)
    )


async def answered(post: Post, letterhead: Letterhead, body: tuple[str, str], to: Mailbox, token: str) -> Answer:
    """One letter to one address, now, over the first host that takes it; `body` is its text and its HTML.

    Raises DeliveryError when no host can be used.
    """
    now = post.clock()
    domain = letterhead.sender.address.rpartition("@")[2]
    identity = message_id(f"{letterhead.subject} {now.isoformat()}", to.address, "answer", domain)
    letter = plate(letterhead, *body).copy(Personal(to, identity, now, token))
    content = signed(letter, post.signers, now).whole
    envelope = Envelope(post.return_path, to.address, len(content))
    faults: list[str] = []
    for host in post.hosts:
        try:
            return await single(host, post.tls, envelope, content)
        except DeliveryError as fault:
            faults.append(str(fault))  # the content may have left: an answer is worth a second copy
    raise DeliveryError("; ".join(faults) or "no mail server is set")
