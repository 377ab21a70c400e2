"""The examples of the docs: finds them, runs them offline, and holds what they print against what the page shows.

docs/examples.py PAGE...  runs the pages' examples and puts what is printed today in the place of what differs

A block after `<!-- runs -->` is run line by line (lines after `$ `), all blocks of a page in one folder;
`<!-- runs: 1 -->` expects that exit code. A block after `<!-- writes: PATH -->` is written there first. In what is
shown, a line `…` stands for lines left out, and `…` within a line for anything.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = "/home/you"  # stands in the pages for the folder in which they run
GAP = "…"
DEMO = "briefing demo"
BLOCK = re.compile(
    r"<!-- (?P<what>runs|writes)(?:: (?P<how>\S+))? -->\n+(?P<fence>```+)\w*\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
CHANGING = (  # what differs from run to run, and what it is read as
    (re.compile(r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{4}-\d\d-\d\d( \d\d:\d\d)?"), "DAY"),
    (re.compile(r"\w+day,? \d{1,2} \w+ \d{4}"), "DAY"),
    (re.compile(r"127\.0\.0\.1:\d{4,5}"), "LOOPBACK"),
    (re.compile(r"^\d+\.\d s\."), "SECONDS"),
    (re.compile(r"\d+ GB are free"), "ROOM"),
    (re.compile(r"\b\d+(\.\d)? kB"), "SIZE"),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that the page gives in full."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a page, and what the page shows below it."""

    command: str
    shown: tuple[str, ...]
    exit_code: int
    start: int  # of the shown lines, in the page's text
    end: int


@dataclass(frozen=True, slots=True)
class Played:
    """A command that was run."""

    step: Step
    printed: tuple[str, ...]
    exit_code: int

    @property
    def differences(self) -> tuple[str, ...]:
        """What the page shows and the program does not print; empty where they agree."""
        found = list(_differences(self.step.shown, self.printed)) if self.step.shown else []
        if self.exit_code != self.step.exit_code:
            found.append(f"exit code {self.exit_code}")
        return tuple(found)


def steps(text: str) -> Iterator[Writing | Step]:
    """The examples of a page, in their order."""
    for block in BLOCK.finditer(text):
        if block["what"] == "writes":
            yield Writing(block["how"], block["text"])
        else:
            yield from _commands(block["text"], block.start("text"), int(block["how"] or 0))


def _commands(text: str, offset: int, code: int) -> Iterator[Step]:
    parts = [*re.finditer(r"^\$ (.*)\n", text, re.MULTILINE)]
    for place, part in enumerate(parts):
        last = place + 1 == len(parts)
        end = len(text) if last else parts[place + 1].start()
        shown = tuple(text[part.end() : end].splitlines())
        yield Step(part[1], shown, code if last else 0, offset + part.end(), offset + end)


def play(text: str, folder: Path, demo: Path | None = None) -> list[Played]:
    """Runs the examples of a page in a folder, without a way to any other machine.

    `demo` is a folder in which `briefing demo` was run before: it is copied, as running it takes long.
    """
    where, done = folder, []
    for step in steps(text):
        if isinstance(step, Writing):
            place = folder / step.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(step.text, encoding="utf-8")
        elif step.command.startswith("cd "):
            where = (where / step.command.removeprefix("cd ")).resolve()
        elif demo and step.command == DEMO:
            shutil.copytree(demo, folder, dirs_exist_ok=True)
        else:
            done.append(_run(step, where, folder))
    return done


def _run(step: Step, where: Path, folder: Path) -> Played:
    keep = {key: value for key, value in os.environ.items() if not key.startswith("BRIEFING_")}
    paths = [str(HERE / "offline"), *filter(None, [keep.get("PYTHONPATH")])]
    environment = keep | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{keep.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(paths),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    ended = subprocess.run(  # noqa: S602 - the page's own command, which may hold a pipe
        step.command,
        shell=True,
        cwd=where,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    printed = ended.stdout.decode("utf-8", "replace").replace(str(folder.resolve()), HOME)
    return Played(step, tuple(line for line in printed.splitlines() if line.strip()), ended.returncode)


def _differences(shown: tuple[str, ...], printed: tuple[str, ...]) -> Iterator[str]:
    place, gap = 0, False
    for line in filter(str.strip, shown):
        if line.strip() == GAP:
            gap = True
            continue
        found = _found(line, printed, place, gap=gap)
        if found is None:
            yield f"not printed: {line}"
            gap = True
        else:
            place, gap = found + 1, False
    if not gap and place < len(printed):
        yield f"printed and not shown: {printed[place]}"


def _found(line: str, printed: tuple[str, ...], place: int, *, gap: bool) -> int | None:
    """Where a shown line is printed: here, or anywhere below after a gap."""
    wanted = re.compile(".*".join(re.escape(part) for part in _plain(line).split(GAP)))
    below = range(place, len(printed) if gap else min(place + 1, len(printed)))
    return next((at for at in below if wanted.fullmatch(_plain(printed[at]))), None)


def _plain(line: str) -> str:
    for changing, name in CHANGING:
        line = changing.sub(name, line)
    return line.strip()


def renewed(text: str, played: list[Played]) -> str:
    """The page with what is printed today, line for line where the page shows something alike."""
    for one in reversed(played):
        if one.step.shown and any(_differences(one.step.shown, one.printed)):
            block = "".join(f"{line}\n" for line in _alike(one.step.shown, one.printed))
            tail = "\n" if text[one.step.start : one.step.end].endswith("\n\n") else ""
            text = text[: one.step.start] + block + tail + text[one.step.end :]
    return text


def _alike(shown: tuple[str, ...], printed: tuple[str, ...]) -> Iterator[str]:
    """The printed lines that are nearest to those shown, with a gap where something lies between."""
    place = 0
    for line in shown:
        if line.strip() in {"", GAP}:
            continue
        at = _found(line, printed, place, gap=True)
        if at is None:
            near = difflib.get_close_matches(line, printed[place:], n=1, cutoff=0.5)
            if not near:
                continue
            at = printed.index(near[0], place)
            line = re.sub(r"\t+", "  ", printed[at])  # noqa: PLW2901 - the printed line takes the shown one's place
        if at > place:
            yield GAP
        yield line
        place = at + 1
    if place < len(printed):
        yield GAP


def main() -> None:
    """Renews the pages that are named."""
    for name in sys.argv[1:]:
        page = Path(name)
        text = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            played = play(text, Path(folder).resolve())
        for one in played:
            for difference in one.differences:
                sys.stderr.write(f"{name}: $ {one.step.command}: {difference}\n")
        page.write_text(renewed(text, played), encoding="utf-8")


if __name__ == "__main__":
    main()
