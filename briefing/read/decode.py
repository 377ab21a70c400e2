"""Bytes to text, for feeds, pages and JSON, before any parser sees them.

A declared encoding is a hint: a strict reading as UTF-8 outranks it, because a wrong label is far more common
than text in another encoding that happens to be valid UTF-8.
"""

import codecs
import re
import zlib
from dataclasses import dataclass

DECLARATION_BYTES = 4096  # a declaration further down is no declaration
MAX_UNPACKED = 12_000_000  # bytes
SAMPLE_BYTES = 100_000  # enough to tell two encodings apart

# What is declared is often a subset of what is sent: the wider encoding reads both.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-tw": "big5hkscs",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
}
GUESSES = ("gb18030", "big5hkscs", "cp1252")  # tried when nothing is declared or the declaration does not hold
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:-]+)|<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}?>", re.IGNORECASE)
# One unreadable byte between two whole Chinese characters was put there; a damaged character leaves two or three.
# Where a digit may have stood, the mark stays: a figure must not close up over a gap.
BYTE_TOO_MANY = re.compile(
    "(?<=[一-鿿，。、：；！？“”《》])�(?![年月日号亿万千百元个条名家份项件人次倍岁度届期号点时分])(?=[一-鿿，。、：；！？“”《》])"
)
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
COMMON_HANT = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without control characters, in the encoding that fitted, and whether anything had to be mended."""

    text: str
    encoding: str
    declared: str = ""  # as the document or the answer's header names it
    repaired: bool = False  # the declaration was wrong or missing, or some bytes were unreadable
    lost: int = 0  # characters that could not be read


def decoded(body: bytes, content_type: str = "") -> Decoded:
    """The text of a feed, a page or a JSON answer. Never raises."""
    body = _unpacked(body)
    declared = _declared(body, content_type)
    encoding, text = _read(body, declared)
    lost = text.count("�")
    cleaned = NOT_TEXT.sub("", BYTE_TOO_MANY.sub("", text) if lost else text).lstrip("\ufeff \t\r\n")
    cleaned = XML_DECLARATION.sub('<?xml version="1.0" encoding="utf-8"?>', cleaned, count=1)
    agrees = _codec(declared) == encoding or (encoding == "utf-8" and not declared)
    plain = encoding == "utf-8" and text.isascii()
    is_mended = lost > 0 or NOT_TEXT.search(text) is not None or not (agrees or plain)
    return Decoded(cleaned, encoding, declared, is_mended, lost)


def _unpacked(body: bytes) -> bytes:
    """A gzip file's content, within bounds: some servers send the file and do not say so."""
    if body[:3] != b"\x1f\x8b\x08":
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_UNPACKED)
    except zlib.error:
        return body


def _declared(body: bytes, content_type: str) -> str:
    """The encoding that the document names, else the one of the answer's header."""
    head = body[:DECLARATION_BYTES]
    found = DECLARED.search(head)
    if found:
        return (found[1] or found[2]).decode("ascii", "replace").lower()
    named = HTTP_CHARSET.search(content_type)
    return named[1].lower() if named else ""


def _codec(name: str) -> str:
    """The Python codec that reads everything sent under that name; '' when there is none."""
    try:
        info = codecs.lookup(WIDER.get(name, name))
    except (LookupError, ValueError):
        return ""
    if not info._is_text_encoding:  # noqa: SLF001 - the only mark by which codecs tells text encodings from base64 and its like
        return ""
    return WIDER.get(info.name, info.name)


def _read(body: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return encoding, body[len(mark) :].decode(encoding, "replace")
    if wide := _wide_without_mark(body):
        return wide, body.decode(wide, "replace")
    try:
        return "utf-8", body.decode("utf-8")
    except UnicodeDecodeError:
        return _best(body, _codec(declared))


def _wide_without_mark(body: bytes) -> str:
    """UTF-16 or UTF-32 betrays itself by its zero bytes: '<' is one byte and then nothing but zeros."""
    head = body[:400]
    if body[:4] in {b"<\0\0\0", b"{\0\0\0", b"[\0\0\0"}:
        return "utf-32-le"
    if body[:4] in {b"\0\0\0<", b"\0\0\0{", b"\0\0\0["}:
        return "utf-32-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = len(head) // 10  # markup and ASCII are a good part of any head
    if odd > enough and even * 4 < odd:
        return "utf-16-le"
    if even > enough and odd * 4 < even:
        return "utf-16-be"
    return ""


def _best(body: bytes, declared: str) -> tuple[str, str]:
    """The reading with the fewest faults, among the declared encoding, damaged UTF-8 and the usual others."""
    candidates = list(dict.fromkeys(name for name in (declared, "utf-8", *GUESSES) if name))
    sample = body[:SAMPLE_BYTES]
    scored = []
    for place, encoding in enumerate(candidates):
        try:
            text = sample.decode(encoding, "replace")
        except (UnicodeError, ValueError):
            continue  # a codec that knows no replacement (idna, punycode) cannot be meant
        trust = 0.5 if encoding == declared != "cp1252" else 1.0  # Latin is what servers claim of everything
        scored.append((_faults(text, encoding) * trust, place, encoding))
    encoding = min(scored)[2]
    return encoding, body.decode(encoding, "replace")


def _faults(text: str, encoding: str) -> float:
    """How unlike text this reads: unreadable and private characters, controls, and letters in unlikely company."""
    beyond = [c for c in text if c > "\x7f"]
    bad = sum(c == "�" or "\ue000" <= c <= "\uf8ff" or "\x80" <= c <= "\x9f" for c in beyond)
    han = [c for c in beyond if "\u3400" <= c <= "\u9fff" or c >= "\U00020000"]
    common = sum(c in COMMON_HAN or c in COMMON_HANT for c in han)
    # Text read in a wrong Chinese encoding is made of rare characters; text of Europe read as Chinese as well.
    rare = max(0.0, 0.08 * len(han) - common)
    # Mojibake in Latin is full of signs.
    odd = sum("\xa1" <= c <= "\xbf" or c in "×÷ðþÐÞ" for c in beyond) if encoding.startswith("cp125") else 0
    return bad * 2 + rare + odd * 0.5
