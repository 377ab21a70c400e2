"""What stands between published text and MJML: illegal characters out, markup escaped, the rest as references.

The MJML engine writes attributes in a debugging notation, panics on '年>' and glues words at line ends; notes on each
case are in docs/why/digest-escaping.md.
"""

import re
import unicodedata
from html import escape as quoted
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from briefing.model.issue import PERSONAL

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
PLANES = re.compile("|".join(f"[{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}]" for p in range(1, 17)))
# Bidirectional overrides can turn '248' into '842' on the screen: a figure must read as it was written.
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
FILLERS = frozenset("\u115f\u1160\u3164")
MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\\": "&#92;", "{": "&#123;"}
PLAIN = re.compile(r"[\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x5b\x5d-\x7a\x7c-\x7e\u3001\u3002\u4e00-\u9fff\uff0c\uff1a]*")
NOT_ASCII = re.compile("[^\x00-\x7e\u2190-\u21ff\u4e00-\u9fff]+")
SCHEMES = frozenset({"http", "https", "mailto"})
HIT = ("⟦", "⟧")  # stand around a hit until the text is escaped
LONGEST = 2_000  # characters of an address; browsers and mail programs cut longer ones
LINK_SAFE = "%/:=&?~#+!$,;@()*-._"


def clean(text: str) -> str:
    """Text that XML and every mail client takes: one line, nothing illegal, no order of reading but its own."""
    if text.isprintable():  # no control, no half of a pair, no separator but the blank, no order of reading
        return text.replace(PERSONAL, "")
    text = OVERRIDES.sub("", PLANES.sub("", ILLEGAL.sub("", text)))
    return (
        " ".join(text.replace("\u2028", " ").replace("\u2029", " ").splitlines())
        .replace("\t", " ")
        .replace(PERSONAL, "")
    )


def markup(value: object) -> Markup:
    """The finalize step of every HTML and MJML template."""
    if isinstance(value, Markup):
        return value
    text = clean(str(value))
    if PLAIN.fullmatch(text):
        return Markup(text)  # noqa: S704 -- nothing in it can be read as markup
    return Markup(text.translate(REFERENCES))  # noqa: S704 -- each character was escaped


def line(value: object) -> Markup:
    """The finalize step of plain text: one line and nothing illegal; there is no markup to escape."""
    return value if isinstance(value, Markup) else Markup(clean(str(value)))  # noqa: S704 -- never shown as HTML


def is_fragile(character: str) -> bool:
    """Marks, separators and control characters: the engine spells their code out inside attributes."""
    if character == " " or "!" <= character <= "~":
        return False
    return unicodedata.category(character)[0] in "MZC" or character in FILLERS


class References(dict[int, str]):
    """How each character is written; worked out once for those of the first plane, which texts are made of."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        made = MARKUP.get(character) or (f"&#{code};" if is_fragile(character) else character)
        if code <= FIRST_PLANE:
            self[code] = made
        return made


FIRST_PLANE = 0xFFFF
REFERENCES = References()


def marked(text: str) -> Markup:
    """Text for a page of the web, its hits as `<mark>`; they stand between the two signs of HIT until it is escaped."""
    return Markup(marked_lines(clean(text))[0])  # noqa: S704 -- escaped before


def marked_lines(lines: str) -> list[str]:
    """The same for clean lines; to escape them as one text costs a third of one by one."""
    begin, end = HIT
    return quoted(lines).replace(begin, "<mark>").replace(end, "</mark>").split("\n")


def sturdy(source: str) -> str:
    """MJML source with the fragile characters of the templates' own wording as references, and no loose line ends."""
    made: list[str] = []
    for row in filter(None, map(str.strip, source.splitlines())):
        made.append("" if not made or (made[-1].endswith(">") and row.startswith("<")) else " ")
        made.append(row if row.isascii() else NOT_ASCII.sub(_kept, row))
    return "".join(made)


def _kept(run: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" if is_fragile(character) else character for character in run[0])


def link(published: str) -> Markup:
    """An address fit for `href`; empty when it is none that a reader should follow."""
    return Markup(str(plain_link(published)).replace("&", "&amp;"))  # noqa: S704 -- percent-encoded


def plain_link(published: str) -> Markup:
    """The same, for plain text."""
    published = clean(published).strip()
    try:
        parts = urlsplit(published)
    except ValueError:
        return Markup()
    if len(published) > LONGEST:
        return Markup()
    followed = parts.scheme.casefold() in SCHEMES and (parts.netloc or parts.scheme.casefold() == "mailto")
    return address(published) if followed else Markup()


def address(own: str) -> Markup:
    """One of the desk's own addresses: may be relative, and may hold the place of the reader's token."""
    return Markup(quote(own, safe=LINK_SAFE))  # noqa: S704 -- percent-encoded


def own(own: str) -> Markup:
    """The same, for an attribute."""
    return Markup(str(address(own)).replace("&", "&amp;"))  # noqa: S704 -- percent-encoded
