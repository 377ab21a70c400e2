"""Markup within bounds, before any parser sees it: what would cost far more than it tells is taken out.

Parsers are quadratic in the attributes of a tag and slow on deep nesting; honest documents have neither.
Everything here is one pass over the text.
"""

import re
from dataclasses import dataclass

MAX_CHARACTERS = 12_000_000
MAX_ATTRIBUTES = 64  # of one tag; the root of a feed names some 30 namespaces
MAX_TAGS = 60_000  # outside of CDATA; 2,000 items have about fifteen each
MAX_DEPTH = 400  # of elements within one item; naked markup without end tags reaches some 100
LONG_TAG = 250  # characters; a shorter tag cannot hold so many attributes
MANY_STRAYS = 5_000

_ATTRIBUTE = r"(?:[\s/]++[^\s=<>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)"
CROWDED = re.compile(rf"(/?[A-Za-z][^\s/>]{{0,80}}+){_ATTRIBUTE}{{{MAX_ATTRIBUTES + 1},}}+[\s/]*+")
TOKEN = re.compile(r"<!\[CDATA\[|<!--|</?[A-Za-z][^\s/>]{0,80}")
ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>/]", re.IGNORECASE)
VOID = frozenset(("br", "hr", "img", "input", "wbr", "col", "source", "area", "embed", "param", "track"))
NUMBER = re.compile(r"&#(x[0-9a-fA-F]*+|\d*+);?+")
STRAY_OPEN = re.compile(r"<(?![A-Za-z/!?])")
STRAY_AND = re.compile(r"&(?![A-Za-z#])")
SUBSET = re.compile(r"<!DOCTYPE[^\[<>]{0,500}\[")
ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,60})\s+(?:\"([^\"<&%]{0,400})\"|'([^'<&%]{0,400})')\s*>")
MAX_ENTITIES = 300  # HTML's own table has 252


@dataclass(frozen=True, slots=True)
class Bounded:
    """The text that is left, and how much had to go."""

    text: str
    cut: bool = False
    items_beyond: int = 0


def slim(html: str) -> str:
    """A page whose every tag has a bearable number of attributes."""
    if len(html) < LONG_TAG:
        return html
    pieces = html.split("<")
    crowded = False
    for number, piece in enumerate(pieces):
        if len(piece) > LONG_TAG and (found := CROWDED.match(piece)):
            rest = piece[found.end() :]
            pieces[number] = found[1] + ("" if rest.startswith(">") else ">") + rest
            crowded = True
    return "<".join(pieces) if crowded else html


def bounded_feed(text: str, max_items: int) -> Bounded:
    """A feed without what no honest feed has, and not more items than may be read."""
    whole = text
    text = _without_subset(text[:MAX_CHARACTERS])
    text, beyond = _first_items(text, max_items)
    text = _sound_references(slim(text))
    text = _shallow(text)
    return Bounded(text, cut=len(text) * 100 < len(whole) * 98 and text != whole, items_beyond=beyond)


def fewer_tags(html: str, most: int = MAX_TAGS) -> str:
    """The page up to a number of tags."""
    if html.count("<") <= most:
        return html
    place = -1
    for _ in range(most + 1):
        place = html.find("<", place + 1)
    return html[:place]


def _without_subset(text: str) -> str:
    """The document type's own entities: few, each for plain words, none nested and none from outside."""
    found = SUBSET.search(text[:20_000])
    if found is None:
        return text
    end = text.find("]", found.end())
    subset = text[found.end() : end if end >= 0 else len(text)]
    close = text.find(">", end) if end >= 0 else -1
    if close < 0 or close - end > 100:  # noqa: PLR2004 - only space stands between ']' and '>'
        return text[: found.start()] + text[found.end() :]
    entities = [(name, double or single) for name, double, single in ENTITY.findall(subset[:100_000])][:MAX_ENTITIES]
    kept = "".join(f'<!ENTITY {name} "{words}">' for name, words in entities if '"' not in words)
    return f"{text[: found.end()]}{kept}{text[end:]}"


def _first_items(text: str, most: int) -> tuple[str, int]:
    last, count = -1, 0
    for count, found in enumerate(ITEM.finditer(text), 1):
        if count == most + 1:
            last = found.start()
    return (text, 0) if last < 0 else (text[:last], count - most)


def _sound_references(text: str) -> str:
    """Without references to characters that do not exist; masses of stray signs written out."""
    if "&#" in text:
        text = NUMBER.sub(_reference, text)
    if "<![CDATA[" not in text and len(STRAY_OPEN.findall(text)) > MANY_STRAYS:
        text = STRAY_OPEN.sub("&lt;", text)
    return (
        STRAY_AND.sub("&amp;", text)
        if text.count("&") > MANY_STRAYS and len(STRAY_AND.findall(text)) > MANY_STRAYS
        else text
    )


def _reference(found: re.Match[str]) -> str:
    digits = found[1]
    number = int(digits[1:] or "0", 16) if digits[:1] == "x" else int(digits[:12] or "0")
    if number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number <= 0x10FFFF:  # noqa: PLR2004 - what XML allows
        return found[0]
    return ""


def _shallow(text: str) -> str:
    """An item that nests too deep ends there, and the document ends at its most tags."""
    if text.count("<") <= MAX_DEPTH:
        return text
    kept: list[str] = []
    start = depth = tags = place = 0
    while found := TOKEN.search(text, place):
        token, place = found[0], found.end()
        if token in {"<![CDATA[", "<!--"}:
            end = text.find("]]>" if token[2] == "[" else "-->", place)
            if end < 0:
                break  # the rest is all one section, and parsers take it so
            place = end + 3
            continue
        tags += 1
        if tags > MAX_TAGS:
            return "".join((*kept, text[start : found.start()]))
        depth = _depth(depth, token, text, found)
        if depth > MAX_DEPTH:
            kept.append(text[start : found.start()])
            following = ITEM.search(text, place)
            if following is None:
                return "".join(kept)
            start = place = following.start()
            depth = 0
    return "".join((*kept, text[start:])) if kept else text


def _depth(depth: int, token: str, text: str, found: re.Match[str]) -> int:
    name = token.lstrip("</").rpartition(":")[2].lower()
    if name in {"item", "entry"}:
        return min(depth, 8) if token[1] != "/" else 4
    if token[1] == "/":
        return max(depth - 1, 0)
    if name in VOID:
        return depth
    close = text.find(">", found.end(), found.end() + 2_000)
    return depth if close > 0 and text[close - 1] == "/" else depth + 1
