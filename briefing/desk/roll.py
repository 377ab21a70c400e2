"""The roll of readers as a CSV file, in and out, each line with the evidence of its consent."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TextIO

from briefing.deliver.addresses import identity, normalised
from briefing.desk.readers import How, Register, Wish, checked, logged
from briefing.errors import UsageError
from briefing.model.subscriber import ConsentEvent, Subscriber, SubscriberState, Subscription
from briefing.store import subscribers
from briefing.store.connection import Database

COLUMNS = (
    "address",
    "name",
    "language",
    "zone",
    "at",
    "state",
    "subscriptions",
    "joined_at",
    "consent_at",
    "consent_how",
    "consent_wording",
)
EVIDENCE = frozenset({ConsentEvent.CONFIRMED, ConsentEvent.IMPORTED})


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: how many were added, were known, are suppressed; and each line that was refused."""

    added: int = 0
    known: int = 0
    suppressed: int = 0
    refused: tuple[str, ...] = ()


def imported(register: Register, lines: Iterable[str], how: How, now: datetime) -> Imported:
    """Readers out of a CSV with a header line. Each line needs its consent: when, and how it was given."""
    table = csv.DictReader(lines, strict=True)
    missing = {"address", "consent_at", "consent_how"} - set(table.fieldnames or ())
    if missing:
        raise UsageError(
            f"the file lacks the columns {', '.join(sorted(missing))}", hint=f"known: {', '.join(COLUMNS)}"
        )
    total = {"added": 0, "known": 0, "suppressed": 0}
    refused: list[str] = []
    for number, row in _rows(table, refused):
        try:
            total[_import_one(register, row, how, now)] += 1
        except ValueError as fault:
            refused.append(f"line {number}: {fault}")
    return Imported(**total, refused=tuple(refused))


def _rows(table: "csv.DictReader[str]", refused: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    while True:
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as fault:
            refused.append(f"line {table.line_num}: {fault}")
            return
        yield table.line_num, {name: (row.get(name) or "").strip() for name in COLUMNS}


def _import_one(register: Register, row: dict[str, str], how: How, now: datetime) -> str:
    address = normalised(row["address"])
    if not row["consent_at"] or not row["consent_how"]:
        raise ValueError("says not when and how consent was given")
    given = datetime.fromisoformat(row["consent_at"])
    if given.tzinfo is None or given > now:
        raise ValueError("consent_at should be a past time with its zone: 2026-01-31T08:00:00+00:00")
    wish = _wish(row, address)
    checked(wish)
    if not wish.subscriptions:
        raise ValueError("subscriptions should be topic/edition, several parted by spaces")
    if subscribers.suppression(register.db, register.hash(address)):
        return "suppressed"
    state = SubscriberState(row["state"] or SubscriberState.ACTIVE)
    reader = Subscriber(
        register.fresh_id(), address, now, state, wish.language, wish.zone, wish.subscriptions, wish.at, wish.name
    )
    log = replace(
        logged(reader, ConsentEvent.IMPORTED, how, now),
        wording=row["consent_wording"],
        detail=f"given {given.isoformat()}: {row['consent_how']}",
    )
    return "added" if subscribers.add(register.db, reader, identity(address), log) else "known"


def _wish(row: dict[str, str], address: str) -> Wish:
    subscriptions = tuple(Subscription(*pair.split("/", 1)) for pair in row["subscriptions"].split() if "/" in pair)
    at = time.fromisoformat(row["at"]) if row["at"] else None
    return Wish(address, subscriptions, row["language"] or "en", row["zone"] or "UTC", at, row["name"])


def export(db: Database, target: TextIO) -> int:
    """All readers as CSV, each with the evidence of consent. Gives the number."""
    table = csv.writer(target)
    table.writerow(COLUMNS)
    count = 0
    for reader in subscribers.every(db):
        given = [c for c in subscribers.consents(db, reader.id) if c.event in EVIDENCE]
        consent = given[-1] if given else None
        table.writerow(
            [
                reader.address,
                _plain(reader.name),
                reader.language,
                reader.zone,
                reader.at.isoformat("minutes") if reader.at else "",
                reader.state,
                " ".join(f"{s.topic}/{s.edition}" for s in reader.subscriptions),
                reader.joined_at.isoformat(),
                consent.at.isoformat() if consent else "",
                (consent.detail or consent.how) if consent else "",
                consent.wording if consent else "",
            ]
        )
        count += 1
    return count


def _plain(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
