"""`bounces`: what came back, read and acted on."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, say, table
from briefing.desk import returns
from briefing.errors import UsageError
from briefing.store import subscribers
from briefing.store.subscribers import newest_bounces as newest
from briefing.wiring import boxes, desk_at, register


@click.command("bounces")
@click.argument("message", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--maildir", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Read this Maildir.")
@click.option("--list", "list_", is_flag=True, help="Read nothing: list what came back, the newest first.")
@click.option(
    "--most", default=100, show_default=True, metavar="N", type=click.IntRange(1, 100_000), help="With --list."
)
@click.option("--json", "json_", is_flag=True, help="Print the counts, or the list, as JSON.")
@click.pass_obj
def bounces_command(
    folder: str, message: str | None, maildir: Path | None, *, list_: bool, most: int, json_: bool
) -> None:
    """Read bounces and complaints, and act on them: one MESSAGE ('-' takes it from a pipe), or the desk's mailboxes.

    The mailboxes are [mail] bounce_maildir and BRIEFING_IMAP_URL; `serve` reads them by itself. A mailbox that is gone
    is paused at once, one that refuses three letters in a row too, and who complains gets no more. With --list it shows
    what came back; `briefing subscribers show ADDRESS` tells all about one reader.
    """
    if list_:
        _listed(folder, most, json_=json_)
        return
    now = datetime.now(UTC)
    with desk_at(folder) as desk:
        held = register(desk)
        if message:
            counts: returns.Counts = ((returns.kind_of(returns.taken(held, _bytes(message), now)), 1),)
        elif maildir:
            counts = returns.from_maildir(held, maildir, now)
        else:
            ours = boxes(desk)
            if not ours.are_set:
                raise UsageError(
                    "no mailbox for bounces is set",
                    hint="set [mail] bounce_maildir or BRIEFING_IMAP_URL, or give a message or --maildir",
                )
            counts = returns.collected(held, ours, now)
    if json_:
        as_json(dict(counts))
    else:
        say(", ".join(f"{number} {kind}" for kind, number in counts) or "nothing came back")


def _listed(folder: str, most: int, *, json_: bool) -> None:
    """Hard bounces stay for good; soft ones until a letter gets through."""
    with desk_at(folder) as desk:
        found = [(one, subscribers.by_id(desk.database, one.subscriber)) for one in newest(desk.database, most)]
    if json_:
        as_json(
            [
                {"at": b.at, "address": reader.address, "state": reader.state, "kind": b.kind, "detail": b.detail}
                for b, reader in found
                if reader
            ]
        )
        return
    rows = [(f"{b.at:%Y-%m-%d %H:%M}", r.address, r.state.value, b.kind, b.detail) for b, r in found if r]
    table(("when", "address", "state", "kind", "answer"), rows)
    say(counted(len(rows), "bounce"))


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
