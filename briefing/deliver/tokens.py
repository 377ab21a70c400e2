"""Signed tokens for links and return addresses, and keyed hashes of mailboxes. Nothing here is kept anywhere.

A token is letters, digits and '-', in lower case: a bounce comes back with its case changed by some servers.
"""

import hashlib
import hmac
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LEAST_KEY = 32
MAC_BYTES = 10  # 80 bits: 16 characters, and a return address has 64 for all of its local part
SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
PAIRS = tuple(
    first + second for first in SIGNS for second in SIGNS
)  # base32 by ten bits: b32encode takes ten times as long
OPT_IN = timedelta(hours=72)
SUBSCRIBER = re.compile(r"[a-z0-9]{16}")
PARTS = re.compile(
    r"((?P<reader>[a-z0-9]{16})(?:-s(?P<topic>[a-z2-7]{8}))?(?:-(?P<expiry>[0-9a-f]{1,9}))?)-(?P<mac>[a-z2-7]{16})"
)


class Purpose(StrEnum):
    """What a token opens; one made for another purpose opens nothing."""

    READER = "reader"  # preferences and leaving; never expires, so that old letters can be left by
    CONFIRM = "confirm"  # the second half of a double opt-in
    BOUNCE = "bounce"  # in the return address


@dataclass(frozen=True, slots=True)
class Opened:
    """A token that is genuine; `expired` when its time is over."""

    subscriber: str
    expired: bool = False
    topic: str = ""  # the mark of the topic whose letter it stood in, see `is_about`

    def is_about(self, topic: str) -> bool:
        """Whether it was made for letters of that topic; one without a topic is about them all."""
        return self.topic in {"", topic_mark(topic)}


def checked_key(text: str) -> bytes:
    """The desk's signing key. Raises ValueError when it could be guessed."""
    key = text.encode()
    if len(key) < LEAST_KEY or len(set(key)) < 8:  # noqa: PLR2004 - fewer different characters are no key
        raise ValueError(f"the signing key should be at least {LEAST_KEY} random characters")
    return key


def topic_mark(topic: str) -> str:
    return b32encode(hashlib.sha256(topic.encode()).digest()[:5]).decode("ascii").lower()


def token(key: bytes, purpose: Purpose, subscriber: str, *, topic: str = "", expires: datetime | None = None) -> str:
    if not SUBSCRIBER.fullmatch(subscriber):
        raise ValueError("a subscriber's id is 16 lower-case letters and digits")
    body = subscriber
    if topic:
        body += f"-s{topic_mark(topic)}"
    if expires:
        body += f"-{int(expires.timestamp()):x}"
    return f"{body}-{_mac(key, purpose, body)}"


def opened(key: bytes, purpose: Purpose, text: str, now: datetime) -> Opened | None:
    """Whom a token speaks for; None when it was forged, cut, or made for something else."""
    found = PARTS.fullmatch(text.strip().lower()) if text.isascii() else None
    if found is None or not hmac.compare_digest(found["mac"], _mac(key, purpose, found[1])):
        return None
    expiry = found["expiry"]
    expired = bool(expiry) and now > datetime.fromtimestamp(int(expiry, 16), UTC)
    return Opened(found["reader"], expired, found["topic"] or "")


def keyed(key: bytes, identity: str) -> str:
    """What the suppression list keeps of a mailbox: useless without the key."""
    return hmac.new(key, f"mailbox\x00{identity}".encode(), hashlib.sha256).hexdigest()


def _mac(key: bytes, purpose: Purpose, body: str) -> str:
    number = int.from_bytes(hmac.digest(key, f"{purpose}\x00{body}".encode(), "sha256")[:MAC_BYTES])
    return "".join([PAIRS[number >> shift & 1023] for shift in range(70, -1, -10)])
