"""Signs letters (RFC 6376, RFC 8463), relaxed/relaxed, from canonical forms that were made once for all readers."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from briefing.deliver.message import Letter, canonical_field

ONCE = ("From", "To", "Subject", "Date", "Message-ID")  # named twice in h=, so that a second one breaks the signature


class Algorithm(StrEnum):
    RSA = "rsa-sha256"
    ED25519 = "ed25519-sha256"


@dataclass(frozen=True, slots=True)
class Signer:
    """One key of one domain. `record` is the text to publish at `place`."""

    domain: str
    selector: str
    algorithm: Algorithm
    sign: Callable[[bytes], bytes]
    record: str

    @property
    def place(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"


def signed(letter: Letter, signers: Iterable[Signer], at: datetime) -> Letter:
    """The letter with one signature for each key; the body is hashed once."""
    body_hash = b64encode(hashlib.sha256(letter.canonical_body).digest()).decode("ascii")
    names = [*letter.names, *(name for name in ONCE if name in letter.names)]
    fields = []
    for key in signers:
        tags = _tags(key, names, body_hash, at)
        unsigned = letter.canonical_head + canonical_field("DKIM-Signature", tags).removesuffix(b"\r\n")
        fields.append(f"DKIM-Signature: {tags}{_folded(b64encode(key.sign(unsigned)).decode('ascii'))}\r\n".encode())
    return replace(letter, head=b"".join(fields) + letter.head)


def _tags(key: Signer, names: list[str], body_hash: str, at: datetime) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > 70:  # noqa: PLR2004 - the width of a header line
            lines.append("")
        lines[-1] += f"{name.lower()}:"
    listed = "\r\n  ".join(lines).removesuffix(":")
    return (
        f"v=1; a={key.algorithm}; c=relaxed/relaxed;\r\n d={key.domain}; s={key.selector}; t={int(at.timestamp())};"
        f"\r\n h={listed};\r\n bh={body_hash};\r\n b="
    )


def _folded(text: str) -> str:
    return "\r\n  ".join(text[i : i + 72] for i in range(0, len(text), 72))
