"""All that the desk keeps of one reader, for who has to answer for it."""

from dataclasses import dataclass

from briefing.desk import readers
from briefing.desk.readers import Register
from briefing.errors import UsageError
from briefing.model.subscriber import Consent, Subscriber, Suppressed, Tracked
from briefing.store import outbox, subscribers
from briefing.store.subscribers import Returned


@dataclass(frozen=True, slots=True)
class Dossier:
    """A reader, what they agreed to, what was sent to them, what came back, and whether their address is barred."""

    reader: Subscriber
    consents: tuple[Consent, ...]  # oldest first
    letters: tuple[Tracked, ...]  # oldest first
    bounces: tuple[Returned, ...]  # oldest first
    suppressed: Suppressed | None


def dossier(register: Register, reader: Subscriber) -> Dossier:
    """All that is kept of a reader."""
    return Dossier(
        reader,
        subscribers.consents(register.db, reader.id),
        outbox.of_subscriber(register.db, reader.id),
        subscribers.bounces(register.db, reader.id),
        subscribers.suppression(register.db, register.hash(reader.address)),
    )


def found(register: Register, name: str) -> Subscriber:
    """The reader with an address, or with the mark that the ledger shows in its stead. Raises UsageError."""
    if "@" in name:
        return readers.found(register, name)
    reader = subscribers.by_id(register.db, name)
    if reader is None:
        raise UsageError(f"{name} is no subscriber", hint="give an address, or a mark as the list of letters shows it")
    return reader
