"""What the headers of an answer say: how long it may be kept, when to come back, where it moved."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

RETRY_CAP_S = 31 * 86_400  # nobody means longer; a slip of the pen must not silence a source for good
AGE_CAP_S = 366 * 86_400  # the most that HTTP lets a cache be told
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def retry_after_s(headers: Mapping[str, str]) -> int:
    """Seconds until the server wants to be asked again; 0 when it does not say. A date counts from its own clock."""
    written = headers.get("Retry-After", "").strip()
    if written.isascii() and written.isdigit():
        return min(int(written[:12]), RETRY_CAP_S)
    return min(_seconds_until(written, headers), RETRY_CAP_S)


def max_age_s(headers: Mapping[str, str]) -> int:
    """Seconds for which the answer stays fresh: Cache-Control, else Expires; 0 when it does not say."""
    written = headers.get("Cache-Control", "")
    directives = [part.strip().lower() for part in written.split(",")] if written else []
    if "no-store" in directives or "no-cache" in directives:
        return 0
    for directive in directives:
        name, _, number = directive.partition("=")
        number = number.strip('" ')
        if name.strip() == "max-age" and number.isascii() and number.isdigit():
            return min(max(0, int(number[:12]) - _age_s(headers)), AGE_CAP_S)
    return min(_seconds_until(headers.get("Expires", ""), headers), AGE_CAP_S)


def _age_s(headers: Mapping[str, str]) -> int:
    written = headers.get("Age", "").strip()
    return int(written[:12]) if written.isascii() and written.isdigit() else 0


def _seconds_until(written: str, headers: Mapping[str, str]) -> int:
    """From the answer's own Date to this date: right even where the server's clock is wrong."""
    if not written:
        return 0
    then, sent = _instant(written), _instant(headers.get("Date", ""))
    return max(0, int((then - sent).total_seconds())) if then and sent else 0


def _instant(written: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):  # its ways to say that it is no date
        return None
    try:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except OverflowError:  # a zone that leads before year 1
        return None


def validator(headers: Mapping[str, str], name: str) -> str:
    """A validator exactly as it was sent; empty when it could not be sent or stored again as it came."""
    written = headers.get(name, "")
    return written if written.isprintable() else ""  # bytes that are no UTF-8 arrive as lone surrogates


def location(headers: Mapping[str, str]) -> str:
    """Where a redirect leads, with raw bytes (as of a path in GBK) percent-encoded."""
    written = headers.get("Location", "").strip()
    return quote(written.encode("utf-8", "surrogateescape"), safe=PRINTABLE)
