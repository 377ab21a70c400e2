"""`backup`: one whole copy of the store, while the desk runs."""

from pathlib import Path

import click

from briefing.cli.output import say
from briefing.store.connection import backed_up
from briefing.wiring import desk_at


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup_command(folder: str, file: Path) -> None:
    """Write the store into one new FILE, whole, while the desk runs.

    The archive folder and the files that you wrote are copied as they are.
    """
    with desk_at(folder) as desk:
        backed_up(desk.database, file)
    say(f"wrote {file}, {file.stat().st_size / 1e6:.1f} MB")
