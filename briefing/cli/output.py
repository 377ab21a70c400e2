"""How commands speak: tables for people, JSON for programs, progress on a terminal and plain lines in a log."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import click


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


class Progress(Protocol):
    """What long work reports to: how far it has come, and on what."""

    def __call__(self, done: int, total: int, what: str) -> None: ...


def say(text: str = "") -> None:
    """A line for the person at the terminal."""
    click.echo(text)


def note(text: str) -> None:
    """A line beside the result: progress, warnings."""
    click.echo(text, err=True)


def as_json(value: object) -> None:
    """A result for a program: plain data as JSON, one document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def counted(number: int, noun: str, plural: str = "") -> str:
    """'1 source', '3 sources'."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table as wide as the terminal; in a pipe, columns parted by tabs."""
    lines = list(rows)
    if not sys.stdout.isatty():
        for line in [heads, *lines]:
            click.echo("\t".join(str(cell).replace("\t", " ").replace("\n", " ") for cell in line))
        return
    from rich.console import Console  # noqa: PLC0415 - only where a table is shown to a person
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for place, head in enumerate(heads):
        drawn.add_column(head, justify="right" if place in right else "left", overflow="fold")
    for line in lines:
        drawn.add_row(*[Text(str(cell)) for cell in line])
    Console().print(drawn)


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Progress]:
    """A bar on a terminal; nothing in a log, where the last line says it all."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 - only where a bar is shown
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[what]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, what="")
        yield lambda done, total, what: bar.update(task, completed=done, total=total, what=what)
