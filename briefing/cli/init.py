"""`init`: a desk in a new folder, with a file that explains itself."""

from pathlib import Path

import click

from briefing.cli.output import say
from briefing.errors import UsageError

DESK_FILE = """\
# A briefing desk. Every key has a default: a line that is commented out shows it.
# Secrets never stand here; set BRIEFING_SMTP_URL and BRIEFING_SIGNING_KEY in the environment, or the same
# names with _FILE at the end for a file that holds them. `briefing doctor` says what is missing.

[desk]
name = "{name}"
# base_address = "http://127.0.0.1:8000"   # where readers reach the archive
# zone = "UTC"
# topics = ["china-data-finance"]          # empty: every topic that is found

[fetch]
# private_hosts = ["127.0.0.1:8080"]       # private addresses are refused but for these
# interval_minutes = 30

[mail]
# sender = "The Desk <desk@example.org>"
# postal_address = "Example Press, 1 Example Street, Example City"

# An edition of a topic, where this desk wants it otherwise:
# [[edition]]
# topic = "china-data-finance"
# name = "weekly"
# at = 07:30:00
# zone = "Europe/Berlin"
"""
IGNORED = "desk.db*\ndesk.key\narchive/*\npreview.*.html\n"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def init_command(folder: Path) -> None:
    """Make a desk in FOLDER: desk.toml, feeds/, templates/, archive/. Nothing that exists is touched."""
    if (folder / "desk.toml").exists():
        raise UsageError(f"{folder} is a desk already", hint="choose another folder, or change its desk.toml")
    try:
        for name in ("feeds", "templates", "archive"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "desk.toml").write_text(DESK_FILE.format(name=folder.resolve().name), encoding="utf-8")
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    except OSError as fault:
        raise UsageError(f"{folder}: a desk cannot be made here ({fault.strerror})") from fault
    say(f"made a desk in {folder}")
    say(f"  cd {folder}")
    say("  briefing sources list      what it watches")
    say("  briefing run               collect, make an issue, publish it")
    say("  briefing run --preview     the same, but nothing is published")
