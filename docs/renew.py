"""Renews the pages that are made: commands and the shape of issue.json from the program, the list of decisions.

docs/renew.py          writes them
docs/renew.py --check  says which are out of date, and exits with 1
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from briefing.cli import COMMANDS, command_line  # noqa: E402 - the path is set first
from briefing.codec import schema  # noqa: E402 - as above
from briefing.model.issue import Issue  # noqa: E402 - as above


def commands() -> str:
    """Every command with its help, as it is printed."""
    root = click.Context(command_line, info_name="briefing", **{**command_line.context_settings, "terminal_width": 100})
    parts = ["# Commands", "", "Made from the program by `make docs`.", "", _block(command_line.get_help(root))]
    for name in COMMANDS:
        command = command_line.get_command(root, name)
        assert command
        parts += list(_pages(command, root, name))
    return "\n".join(parts).rstrip() + "\n"


def _pages(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield f"\n## {context.command_path}\n"
    yield _block(command.get_help(context))
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found
            yield from _pages(found, context, inner)


def _block(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(["```text", *lines, "```"])


def decisions() -> str:
    """Every page of docs/why, by its heading."""
    folder = HERE / "why"
    lines = [
        f"- [{path.read_text('utf-8').splitlines()[0].removeprefix('# ')}]({path.name})"
        for path in sorted(folder.glob("*.md"))
        if path.name != "index.md"
    ]
    head = "Each page has the problem, what was chosen, what was given up, and how we would know that we were wrong."
    return "\n".join(["# Decisions", "", head, "", *lines, ""])


def pages() -> dict[Path, str]:
    """Each made page with its text."""
    return {
        HERE / "reference" / "commands.md": commands(),
        HERE / "why" / "index.md": decisions(),
        HERE / "reference" / "issue.schema.json": json.dumps(schema(Issue), ensure_ascii=False, indent=1) + "\n",
    }


def main() -> None:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(HERE.parent)} is out of date; `make docs` renews it\n")
        sys.exit(bool(stale))
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
