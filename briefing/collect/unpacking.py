"""Unpacks a body that was sent packed: never beyond the bound, and never half of it taken for the whole."""

import zlib

ACCEPTED = "gzip, deflate"
BOTH = zlib.MAX_WBITS | 32  # gzip or zlib, by its own first bytes
MOST_MEMBERS = 64  # real bodies have one; each costs a copy of the rest, so half a million empty ones would take hours
RAW = -zlib.MAX_WBITS  # what some servers send as 'deflate'


class DamagedError(ValueError):
    """The packed body is cut off or damaged."""


class UnknownPackingError(ValueError):
    """The body is packed in a way that was not asked for."""


def unpacked(body: bytes, encoding: str, max_bytes: int) -> bytes | None:
    """The body as it was before packing; None when that is larger than the bound."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise UnknownPackingError(encoding[:40])
    if not body:
        return body
    try:
        return _inflated(body, BOTH, max_bytes)
    except zlib.error as error:
        if encoding != "deflate":
            raise DamagedError from error
    try:
        return _inflated(body, RAW, max_bytes)
    except zlib.error as error:
        raise DamagedError from error


def stated_bytes(body: bytes, encoding: str) -> int:
    """How large the body says that it will be (the last four bytes of gzip); 0 where it does not. Never a promise."""
    return int.from_bytes(body[-4:], "little") if encoding == "gzip" else 0


def _inflated(body: bytes, window_bits: int, max_bytes: int) -> bytes | None:
    """All members one after the other, as gzip allows; zeros or rubbish after the last are left."""
    parts: list[bytes] = []
    room = max_bytes + 1
    while body:
        if len(parts) == MOST_MEMBERS:
            raise DamagedError
        stream = zlib.decompressobj(window_bits)
        try:
            parts.append(stream.decompress(body, room))
        except zlib.error:
            if parts:
                break
            raise
        room -= len(parts[-1])
        if room <= 0:
            return None
        if not stream.eof:
            raise DamagedError
        body = stream.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)
