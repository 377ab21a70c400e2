"""Plain text wrapped by what it looks like: a Chinese character is two wide, and no line opens with a full stop."""

import re
import unicodedata

from markupsafe import Markup

from briefing.compose.escaping import clean

WIDTH = 76
CLOSING = "，。！？；：、）》」』”’…,.!?;:)]}%"
OPENING = "（《「『“‘([{"
PIECES = re.compile(
    r"\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]+"
)
INDENT = re.compile(r"\s*(?:[-+Δ✓≠›·*!]\s+|\S.{0,18}?\s{2,})?")  # a sign, or the first column of a table


def width(text: str) -> int:
    """Columns on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns(label: str, digits: str, bar: int, label_width: int = 30) -> Markup:
    """One line of a table: label, number to the right, and a bar of up to twenty signs. A long label gets its own."""
    label = clean(label)
    room = label_width - width(label)
    line = label + " " * max(2, room)
    if not digits:
        return Markup(line)  # noqa: S704 -- plain text
    number = digits.replace("\u2007", " ").replace("\u2008", " ")
    start = line if room >= 2 else f"{label}\n{' ' * label_width}"  # noqa: PLR2004 -- two spaces part two columns
    return Markup(f"{start}{' ' * max(0, 12 - width(number))}{number}  {'#' * (bar // 5)}".rstrip())  # noqa: S704


def wrapped(text: str, columns: int = WIDTH) -> str:
    """Each line wrapped with its own indentation; at most one empty line in a row; addresses stay whole."""
    lines: list[str] = []
    for line in text.splitlines():
        lines.extend(_lines(line.rstrip(), columns))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _lines(line: str, columns: int) -> list[str]:
    if width(line) <= columns:
        return [line]
    lead = INDENT.match(line)
    hanging = " " * width(lead[0]) if lead else ""
    made, now = [], lead[0] if lead else ""
    for piece in PIECES.findall(line[len(now) :]):
        if piece.isspace():
            now += " " if now.strip() else ""
        elif width(now) + width(piece) <= columns or not now.strip() or piece in CLOSING:
            now += piece
        else:
            stays, goes = _opening(now.rstrip())
            made.append(stays)
            now = hanging + goes + piece
    return [*made, now.rstrip()]


def _opening(line: str) -> tuple[str, str]:
    """An opening bracket goes with what follows it."""
    return (line[:-1].rstrip(), line[-1]) if len(line) > 1 and line[-1] in OPENING else (line, "")
