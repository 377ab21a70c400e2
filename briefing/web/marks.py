"""Excerpts around what was searched for, with signs around the hits: the template escapes, then marks them.

Without patterns: each search has words of its own, and to compile a pattern for each costs more than all the cutting.
"""

from collections.abc import Iterator

from briefing.compose.escaping import HIT
from briefing.store.search import sought

AROUND = 90  # characters on each side of the first hit

Span = tuple[int, int]


def runs(wanted: str) -> tuple[str, ...]:
    """The words of a search in lower case, longest first."""
    return tuple(sorted({_lower(run) for run in sought(wanted)}, key=len, reverse=True))


def marked(text: str, words: tuple[str, ...]) -> str:
    """The whole text, with signs around the words. Without the signs it is the text."""
    text = _unsigned(text, "[", "]")
    return _signed(text, spans(text, words))


def excerpt(text: str, words: tuple[str, ...]) -> str:
    """The text around its first hit, with an ellipsis where it was cut; from its beginning where there is no hit."""
    flat = " ".join(_unsigned(text, "[", "]").split())
    found = spans(flat, words)
    first, last = found[0] if found else (0, 0)
    start, end = max(0, first - AROUND), min(len(flat), last + AROUND)
    inside = [(begin - start, min(stop, end) - start) for begin, stop in found if begin < end]
    return f"{'…' if start else ''}{_signed(flat[start:end], inside)}{'…' if end < len(flat) else ''}"


def plain(text: str) -> str:
    """An excerpt for places that mark nothing."""
    return _unsigned(text, "", "")


def spans(text: str, words: tuple[str, ...]) -> list[Span]:
    """Where the words stand, in order; of two that overlap the earlier, and of two that begin together the longer."""
    low = _lower(text)
    found = [place for word in words for place in _places(low, word)]
    if len(words) == 1:
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
