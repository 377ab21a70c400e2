"""`tokens`: keys by which programs may write to this desk."""

import re
from datetime import UTC, datetime
from secrets import token_urlsafe

import click

from briefing.cli.output import as_json, note, say, table
from briefing.cli.stories import WHO
from briefing.errors import UsageError
from briefing.store import programs
from briefing.store.sessions import Deed
from briefing.web.programs import SCOPES, hashed
from briefing.wiring import desk_at, signing_key

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@click.group("tokens")
def tokens_command() -> None:
    """Make, list and revoke keys by which programs may write."""


@tokens_command.command("make")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(list(SCOPES)), help="What it may do; repeatable.")
@click.pass_obj
def make_command(folder: str, name: str, scopes: tuple[str, ...]) -> None:
    """Make a key for the program NAME and print it, this once: the desk keeps only a keyed hash of it."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name", hint="small letters, digits and '-', at most 40")
    if not scopes:
        raise UsageError("a key needs a --scope", hint="; ".join(f"{key}: {what}" for key, what in SCOPES.items()))
    key = token_urlsafe(32)
    with desk_at(folder) as desk:
        deed = Deed(datetime.now(UTC), WHO, "made a key", name, " ".join(sorted(scopes)))
        if not programs.add(desk.database, name, hashed(signing_key(desk.settings), key), frozenset(scopes), deed):
            raise UsageError(f"a program {name!r} was given a key before", hint="choose another name")
    say(key)
    note("Keep it now; it is shown once. Programs send it as `Authorization: Bearer KEY`.")


@tokens_command.command("list")
@click.option("--json", "json_", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(folder: str, *, json_: bool) -> None:
    """List every program that was given a key."""
    with desk_at(folder) as desk:
        found = programs.every(desk.database)
    heads = ("name", "scopes", "made", "used", "revoked")
    rows = [
        (
            p.name,
            " ".join(sorted(p.scopes)),
            *(f"{at:%Y-%m-%d %H:%M}" if at else "" for at in (p.made_at, p.used_at, p.revoked_at)),
        )
        for p in found
    ]
    if json_:
        as_json([dict(zip(heads, row, strict=True)) for row in rows])
        return
    table(heads, rows)


@tokens_command.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke_command(folder: str, name: str) -> None:
    """The key of the program NAME opens nothing from now on."""
    with desk_at(folder) as desk:
        if not programs.revoke(desk.database, name, Deed(datetime.now(UTC), WHO, "revoked a key", name)):
            raise UsageError(f"no program {name!r} has a key that works", hint="`briefing tokens list`")
    say(f"revoked {name}")
