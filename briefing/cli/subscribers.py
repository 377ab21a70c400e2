"""`subscribers`: who gets an issue, and what they agreed to."""

import csv
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, note, say, table
from briefing.desk import readers, roll
from briefing.desk.dossier import Dossier, dossier, found
from briefing.desk.parts import edition_of
from briefing.desk.readers import How
from briefing.errors import UsageError
from briefing.model.subscriber import Subscriber
from briefing.store import subscribers
from briefing.wiring import desk_at, register

COMMAND = How("command", detail="by the operator")


@click.group("subscribers")
def subscribers_command() -> None:
    """Add, list, import, export and erase subscribers."""


@subscribers_command.command("add")
@click.argument("address")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the letters.")
@click.option("--zone", default="UTC", show_default=True, help="The reader's time zone.")
@click.option("--at", default="", metavar="HH:MM", help="The reader's own hour for letters; at once by default.")
@click.option("--consent", required=True, help="When and how the reader agreed: it is kept as evidence.")
@click.pass_obj
def add_command(
    folder: str, address: str, *, topic: str, edition: str, language: str, zone: str, at: str, consent: str
) -> None:
    """Add a reader who has agreed already; --consent says when and how.

    Readers who come by themselves use the form of the topic's page and confirm by mail.
    """
    now = datetime.now(UTC)
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        row = {
            "address": address,
            "subscriptions": f"{chosen.key}/{edition_of(chosen, edition).name}",
            "language": language,
            "zone": zone,
            "at": at,
            "consent_at": now.isoformat(),
            "consent_how": consent,
        }
        done = roll.imported(register(desk), _lines(row), COMMAND, now)
    if done.refused:
        raise UsageError(done.refused[0].partition(": ")[2] or done.refused[0])
    if done.suppressed:
        raise UsageError(f"{address} is on the suppression list", hint="it bounced, complained or left")
    say(f"{address} {'is a subscriber' if done.added else 'was one already'}")


def _lines(row: dict[str, str]) -> list[str]:
    """A file of one reader."""
    from io import StringIO  # noqa: PLC0415 - for this one command

    out = StringIO()
    table_ = csv.DictWriter(out, list(row))
    table_.writeheader()
    table_.writerow(row)
    return out.getvalue().splitlines(keepends=True)


@subscribers_command.command("list")
@click.option("--state", default="", help="Only those who are pending, active, paused or left.")
@click.option("--json", "json_", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(folder: str, state: str, *, json_: bool) -> None:
    """List subscribers with what they get."""
    with desk_at(folder) as desk:
        readers_ = tuple(subscribers.every(desk.database, state))
    if json_:
        as_json([{"address": s.address, "state": s.state, "language": s.language, "gets": _gets(s)} for s in readers_])
        return
    rows = [(s.address, s.state, s.language, s.zone, _gets(s), s.reason) for s in readers_]
    table(("address", "state", "language", "zone", "gets", "why"), rows)
    say(counted(len(readers_), "subscriber"))


def _gets(reader: Subscriber) -> str:
    return ", ".join(f"{s.topic}/{s.edition}" for s in reader.subscriptions)


@subscribers_command.command("show")
@click.argument("address")
@click.option("--json", "json_", is_flag=True, help="Print all that is kept of the reader, for the reader.")
@click.pass_obj
def show_command(folder: str, address: str, *, json_: bool) -> None:
    """Show one reader: consent log, letters, bounces, and whether the address is suppressed.

    ADDRESS may be the mark by which the editor's pages and `briefing bounces --list` name a reader.
    """
    with desk_at(folder) as desk:
        held = register(desk)
        kept = dossier(held, found(held, address))
    if json_:
        as_json(_as_data(kept))
    else:
        _tell(kept)


def _as_data(kept: Dossier) -> dict[str, object]:
    return {
        "reader": asdict(kept.reader),
        "consent": list(map(asdict, kept.consents)),
        "letters": list(map(asdict, kept.letters)),
        "bounces": [{"at": one.at, "kind": one.kind, "detail": one.detail} for one in kept.bounces],
        "suppressed": kept.suppressed or "",
    }


def _tell(kept: Dossier) -> None:
    reader = kept.reader
    say(f"{reader.address}: {reader.state}, {reader.language}, {reader.zone}, {_gets(reader) or 'gets nothing'}")
    say(f"  mark {reader.id}")
    if reader.reason:
        say(f"  {reader.state} because: {reader.reason}")
    if kept.suppressed:
        say(f"  suppressed: {kept.suppressed}")
    for entry in kept.consents:
        say(f"  {entry.at:%Y-%m-%d %H:%M} {entry.event} by {entry.how} {entry.detail}".rstrip())
    for letter in kept.letters:
        tried = counted(letter.attempts, "try", "tries")
        say(f"  {letter.issue}: {letter.state} after {tried} {letter.detail}".rstrip())
    for one in kept.bounces:
        say(f"  {one.at:%Y-%m-%d} {one.kind} bounce: {one.detail}")


@subscribers_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_command(folder: str, file: Path) -> None:
    """Add readers from a CSV with a header line; each line needs consent_at and consent_how."""
    with desk_at(folder) as desk, file.open(encoding="utf-8-sig", newline="") as lines:
        done = roll.imported(register(desk), lines, How("import", detail=file.name), datetime.now(UTC))
    say(f"{done.added} added, {done.known} known already, {done.suppressed} suppressed, {len(done.refused)} refused")
    for line in done.refused:
        note(f"  {line}")
    if done.refused:
        raise SystemExit(1)


@subscribers_command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.pass_obj
def export_command(folder: str, file: str) -> None:
    """Write all readers as CSV with their consent ('-' prints it)."""
    with desk_at(folder) as desk:
        if file == "-":
            roll.export(desk.database, sys.stdout)
            return
        with Path(file).open("w", encoding="utf-8", newline="") as out:
            number = roll.export(desk.database, out)
    say(f"wrote {counted(number, 'reader')} to {file}")


@subscribers_command.command("erase")
@click.argument("address")
@click.pass_obj
def erase_command(folder: str, address: str) -> None:
    """Forget a reader for good; one keyed hash stays, so that an old list does not bring them back."""
    with desk_at(folder) as desk:
        held = register(desk)
        readers.delete(held, readers.found(held, address), datetime.now(UTC))
    say(f"{address} is forgotten")


@subscribers_command.command("pause")
@click.argument("address")
@click.pass_obj
def pause_command(folder: str, address: str) -> None:
    """Send a reader nothing until `resume`."""
    with desk_at(folder) as desk:
        held = register(desk)
        readers.pause(held, readers.found(held, address), COMMAND, datetime.now(UTC))
    say(f"{address} is paused")


@subscribers_command.command("resume")
@click.argument("address")
@click.pass_obj
def resume_command(folder: str, address: str) -> None:
    """Send a paused reader letters again, from the next issue on."""
    with desk_at(folder) as desk:
        held = register(desk)
        readers.resume(held, readers.found(held, address), COMMAND, datetime.now(UTC))
    say(f"{address} gets letters again")
