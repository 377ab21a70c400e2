"""`bounces`: what came back, read and acted on."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, say
from briefing.desk import returns
from briefing.errors import UsageError
from briefing.wiring import boxes, desk_at, register


@click.command("bounces")
@click.argument("message", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--maildir", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Read this Maildir.")
@click.option("--json", "json_", is_flag=True, help="Print the counts as JSON.")
@click.pass_obj
def bounces_command(folder: str, message: str | None, maildir: Path | None, *, json_: bool) -> None:
    """Read bounces and complaints, and act on them: one MESSAGE ('-' takes it from a pipe), or the desk's mailboxes.

    The mailboxes are [mail] bounce_maildir and BRIEFING_IMAP_URL; `serve` reads them by itself. A mailbox that is gone
    is paused at once, one that refuses three letters in a row too, and who complains gets no more.
    """
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


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
