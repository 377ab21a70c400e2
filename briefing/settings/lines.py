"""Where each key of a TOML file stands: `tomllib` says what a file holds, but not on which line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Step = str | int
Path = tuple[Step, ...]

TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')
      | (?P<mark>\[\[|\]\]|[\[\]{}=,.\n])
      | (?P<bare>[^\s\#\[\]{}=,."']+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    line: int


@dataclass(slots=True)
class Walk:
    """One reading of a file that tomllib has accepted; a file that it refuses has no lines here."""

    tokens: list[Token]
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    table: Path = ()
    counts: dict[Path, int] = field(default_factory=dict)

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def note(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)

    def blank(self, since: int = -1) -> None:
        """Goes on to the next token that means something, and at least one past `since`: broken text has an end too."""
        self.at += self.at == since
        while self.peek() in {"\n", ","}:
            self.at += 1


@lru_cache(maxsize=8)  # a file with many faults is asked about many times
def lines_in(text: str) -> Mapping[Path, int]:
    """The line of every table, key and element: {('edition', 0, 'name'): 12, ...}."""
    walk = Walk(list(_tokens(text)))
    walk.blank()
    while walk.peek():
        since = walk.at
        if walk.peek() in {"[", "[["}:
            _header(walk)
        else:
            _pair(walk, walk.table)
        walk.blank(since)
    return walk.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a key, or of the nearest table around it; 1 where nothing is nearer."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    line = 1
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            found.append(Token(kind, match.group(), line))
        line += match.group().count("\n")
    return found


def _dotted(walk: Walk) -> Path:
    steps: list[Step] = []
    while walk.peek() not in {"=", "]", "]]", ""}:
        token = walk.take()
        if token.text != ".":
            steps.append(token.text[1:-1] if token.kind == "text" else token.text)
    return tuple(steps)


def _header(walk: Walk) -> None:
    opening = walk.take()
    table: Path = ()
    written = _dotted(walk)
    for number, step in enumerate(written):
        table = (*table, step)
        last = number == len(written) - 1
        if last and opening.text == "[[":
            walk.counts[table] = walk.counts.get(table, -1) + 1
        walk.note(table, opening.line)
        if table in walk.counts:  # inside an array of tables: its latest element
            table = (*table, walk.counts[table])
            walk.note(table, opening.line)
    walk.table = table
    while walk.peek() in {"]", "]]"}:
        walk.at += 1


def _pair(walk: Walk, table: Path) -> None:
    line = walk.tokens[walk.at].line
    path = table
    for step in _dotted(walk):
        path = (*path, step)
        walk.note(path, line)
    if walk.peek() == "=":
        walk.at += 1
    _value(walk, path)


def _value(walk: Walk, path: Path) -> None:
    if walk.peek() == "{":
        walk.at += 1
        walk.blank()
        while walk.peek() not in {"}", ""}:
            since = walk.at
            _pair(walk, path)
            walk.blank(since)
        walk.at += 1
    elif walk.peek() in {"[", "[["}:
        _elements(walk, path)
    else:
        while walk.peek() not in {"\n", ",", "]", "]]", "}", ""}:  # '1.5' and '08:00' are several tokens
            walk.at += 1


def _elements(walk: Walk, path: Path) -> None:
    """An array. The tokens '[[' and ']]' are two brackets here."""
    _split(walk)
    walk.at += 1
    walk.blank()
    number = 0
    while walk.peek() not in {"]", "]]", ""}:
        element = (*path, number)
        walk.note(element, walk.tokens[walk.at].line)
        since = walk.at
        _value(walk, element)
        number += 1
        walk.blank(since)
    if walk.peek():
        _split(walk)
    walk.at += 1


def _split(walk: Walk) -> None:
    token = walk.tokens[walk.at]
    if token.text in {"[[", "]]"}:
        half = Token(token.kind, token.text[0], token.line)
        walk.tokens[walk.at : walk.at + 1] = [half, half]
