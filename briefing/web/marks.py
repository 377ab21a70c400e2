"""Excerpts around what was searched for, as pieces: the template marks them, so that no markup is built here."""

import re
from dataclasses import dataclass

from briefing.store.search import RUN

AROUND = 90  # characters on each side of the first hit


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool = False


def pieces(text: str, wanted: str) -> tuple[Piece, ...]:
    """The whole text, parted where the words stand. Joined again it is the text."""
    pattern = _pattern(wanted)
    if pattern is None or not text:
        return (Piece(text),) if text else ()
    found: list[Piece] = []
    place = 0
    for hit in pattern.finditer(text):
        if hit.start() > place:
            found.append(Piece(text[place : hit.start()]))
        found.append(Piece(hit.group(), is_hit=True))
        place = hit.end()
    if place < len(text):
        found.append(Piece(text[place:]))
    return tuple(found)


def excerpt(text: str, wanted: str) -> tuple[Piece, ...]:
    """The text around its first hit, with an ellipsis where it was cut; from its beginning where there is no hit."""
    flat = " ".join(text.split())
    pattern = _pattern(wanted)
    hit = pattern.search(flat) if pattern else None
    start = max(0, hit.start() - AROUND) if hit else 0
    end = min(len(flat), (hit.end() if hit else 0) + AROUND)
    cut = pieces(flat[start:end], wanted)
    before = (Piece("…"),) if start else ()
    return (*before, *cut, Piece("…")) if end < len(flat) else (*before, *cut)


def _pattern(wanted: str) -> re.Pattern[str] | None:
    runs = sorted(set(RUN.findall(wanted)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, runs)), re.IGNORECASE) if runs else None
