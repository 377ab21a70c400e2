"""What the docs show is what the program prints; every shown command line is one that it understands."""

import itertools
import re
import shlex
from pathlib import Path

import click
import pytest

from briefing.cli import command_line

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
RUNNABLE = [page for page in PAGES if "<!-- runs" in page.read_text("utf-8")]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def lines_in_blocks(text: str):
    """Every command line of `briefing` in the shell blocks of a page, as its words, without comments and pipes."""
    for kind, block in re.findall(r"^```(sh|console|cron)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if kind != "console" or line.startswith("$ "):
                yield from (words for words in commands(line.removeprefix("$ ")) if words[:1] == ["briefing"])


def commands(line: str):
    """The commands of one line: what stands between pipes and `&&`."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    for is_mark, part in itertools.groupby(words, lambda word: set(word) <= set("&|;>")):
        if not is_mark:
            yield [*part]


def lines_in_text(text: str):
    """Every command that is named in running text."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from (shlex.split(found) for found in re.findall(r"`(briefing(?: [^`]+)?)`", prose))


def fault(words: list[str], *, whole: bool) -> str:
    """Why the program would not understand the words; '' if it would. If `whole`, nothing needed may be missing."""
    command, context, rest = command_line, None, words[1:]
    while isinstance(command, click.Group):
        context = click.Context(command, parent=context, info_name=command.name, **command.context_settings)
        why, rest = unread(command, context, rest, whole=whole)
        if why:
            return why
        if not rest:
            may_stand_alone = command is command_line or command.invoke_without_command or not whole
            return "" if may_stand_alone else "a command is missing"
        command = command.get_command(context, rest[0])
        if command is None:
            return f"there is no command {rest[0]!r}"
        rest = rest[1:]
    why, rest = unread(command, click.Context(command, parent=context), rest, whole=whole)
    return why or (f"{rest} is too much" if rest else "")


def unread(command: click.Command, context: click.Context, words: list[str], *, whole: bool) -> tuple[str, list[str]]:
    """What one command does not understand of the words, and what it leaves to the next."""
    try:
        given, rest, _ = command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.message, []
    for param in command.params:
        value = given.get(param.name)
        if isinstance(param.type, click.Choice) and isinstance(value, str) and value not in param.type.choices:
            return f"{value!r} is no {param.name}", []
        if whole and param.required and not (isinstance(value, str | tuple | list) and value):
            return f"{param.name} is missing", []
    return "", rest


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_shown_command_line_is_understood(page):
    text = page.read_text("utf-8")
    faults = {
        " ".join(line): why
        for whole, lines in ((True, lines_in_blocks(text)), (False, lines_in_text(text)))
        for line in lines
        if (why := fault(line, whole=whole))
    }

    assert faults == {}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("briefing run --previev", "No such option '--previev'"),
        ("briefing nothing", "there is no command 'nothing'"),
        ("briefing sources lists", "there is no command 'lists'"),
        ("briefing run --language fr", "'fr' is no language"),
        ("briefing explain", "address is missing"),
        ("briefing doctor now", "['now'] is too much"),
        ("briefing sources", "a command is missing"),
    ],
)
def test_a_command_line_that_is_wrong_would_be_seen(line, why):
    assert fault(shlex.split(line), whole=True).startswith(why)


def test_command_lines_are_found_in_blocks_and_in_text():
    text = """Say `briefing run --preview`.

```cron
0 8 * * 5  cd /srv && briefing run && briefing deliver --json > log # weekly
```

```console
$ briefing figures show "a|b c" | head
briefing is no command here
```
"""

    assert [*lines_in_blocks(text)] == [
        ["briefing", "run"],
        ["briefing", "deliver", "--json"],
        ["briefing", "figures", "show", "a|b c"],
    ]
    assert [*lines_in_text(text)] == [["briefing", "run", "--preview"]]


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=named)
def test_what_a_page_shows_is_what_the_program_prints(page, examples, demo, tmp_path):
    """Offline: `docs/examples.py PAGE` puts today's output in the place of what differs."""
    played = examples.play(page.read_text("utf-8"), tmp_path.resolve(), None if page == README else demo)
    differences = {one.step.command: one.differences for one in played if one.differences}

    assert played
    assert differences == {}


def test_an_example_may_not_ask_another_machine(examples, tmp_path):
    """The name is never looked up: the process ends before that."""
    line = "python -c \"import socket; socket.getaddrinfo('news.example', 80)\""
    (played,) = examples.play(f"<!-- runs -->\n```console\n$ {line}\n```\n", tmp_path.resolve())

    assert played.exit_code == 97
    assert played.printed == ("an example asked for news.example: examples talk to loopback only",)


PAGE = """\
<!-- writes: made.txt -->
```text
one
two  2026-11-25
three
four
```

<!-- runs -->
```console
$ cat made.txt
one
two 2024-01-01
…
```
"""


def test_a_shown_line_may_differ_in_what_changes_from_run_to_run(examples, tmp_path):
    (played,) = examples.play(PAGE, tmp_path.resolve())

    assert played.differences == ()


@pytest.mark.parametrize(
    ("shown", "difference"),
    [
        ("one\n…\n", ()),
        ("…\nfo…r\n", ()),
        ("…\n", ()),
        ("one\nthree\n…\n", ("not printed: three",)),
        ("one\n", ("printed and not shown: two  2026-11-25",)),
        ("one\n…\nfive\n", ("not printed: five",)),
    ],
)
def test_left_out_lines_are_marked(examples, tmp_path, shown, difference):
    page = PAGE.replace("one\ntwo 2024-01-01\n…\n", shown)
    (played,) = examples.play(page, tmp_path.resolve())

    assert played.differences == difference


def test_an_exit_code_is_part_of_what_is_shown(examples, tmp_path):
    (played,) = examples.play("<!-- runs: 1 -->\n```console\n$ exit 2\n```\n", tmp_path.resolve())

    assert played.differences == ("exit code 2",)


def test_a_page_is_renewed_with_the_nearest_lines(examples, tmp_path):
    page = PAGE.replace("one\ntwo 2024-01-01\n…\n", "one\nthre\n")

    assert page.replace("one\nthre\n", "one\n…\nthree\n…\n") == examples.renewed(
        page, examples.play(page, tmp_path.resolve())
    )
