"""Excerpts around what was searched for, with signs around the hits: the template escapes, then marks them.

Without patterns: each search has words of its own, and to compile a pattern for each costs more than all the cutting.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.compose.escaping import HIT
from briefing.store.search import sought

AROUND = 90  # characters on each side of the first hit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Runs:
    """The words of a search in lower case, longest first."""

    words: tuple[str, ...]
    has_capitals: bool  # whether a text may have them otherwise; Chinese has one case

    def folded(self, text: str) -> str:
        """The text as the words are looked for in it."""
        return _lower(text) if self.has_capitals else text


def runs(wanted: str) -> Runs:
    """The words of a search."""
    words = sorted({_lower(run) for run in sought(wanted)}, key=len, reverse=True)
    return Runs(tuple(words), any(map(str.islower, words)))


def marked(text: str, wanted: Runs) -> str:
    """The whole text, with signs around the words. Without the signs it is the text."""
    text = _unsigned(text, "[", "]")
    return _signed(text, spans(text, wanted))


def excerpt(text: str, wanted: Runs) -> str:
    """The text around its first hit, with signs around the words."""
    return marked(cut(text, wanted), wanted)


def cut(text: str, wanted: Runs) -> str:
    """The text around its first hit, with an ellipsis where it was cut; from its beginning where there is no hit."""
    low = wanted.folded(text)
    hits = [(place, word) for word in wanted.words if (place := low.find(word)) >= 0]
    first, word = min(hits, key=lambda hit: hit[0]) if hits else (0, "")
    start, end = max(0, first - AROUND), min(len(text), first + len(word) + AROUND)
    return f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"


def plain(text: str) -> str:
    """An excerpt for places that mark nothing."""
    return _unsigned(text, "", "")


def spans(text: str, wanted: Runs) -> list[Span]:
    """Where the words stand, in order; of two that overlap the earlier, and of two that begin together the longer."""
    low = wanted.folded(text)
    found = [place for word in wanted.words for place in _places(low, word)]
    if len(wanted.words) == 1:
        return found
    kept: list[Span] = []
    for begin, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    return kept


def _places(low: str, word: str) -> Iterator[Span]:
    place = low.find(word)
    while place >= 0:
        yield place, place + len(word)
        place = low.find(word, place + len(word))


def _lower(text: str) -> str:
    """In lower case, letter by letter: 'İ' would become two, and every place behind it be wrong."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)


def _unsigned(text: str, begin: str, end: str) -> str:
    return text.replace(HIT[0], begin).replace(HIT[1], end)


def _signed(text: str, found: list[Span]) -> str:
    if not found:
        return text
    begin, end = HIT
    parts: list[str] = []
    place = 0
    for start, stop in found:
        parts += (text[place:start], begin, text[start:stop], end)
        place = stop
    parts.append(text[place:])
    return "".join(parts)
