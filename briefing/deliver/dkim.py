"""Signs letters (RFC 6376, RFC 8463), relaxed/relaxed, from canonical forms that were made once for all readers."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from briefing.deliver.message import Letter, canonical_field
from briefing.errors import DeliveryError

LEAST_BITS = 2048  # Gmail takes 1,024 as no signature at all
ONCE = ("From", "To", "Subject", "Date", "Message-ID")  # named twice in h=, so that a second one breaks the signature
PADDING, DIGEST = PKCS1v15(), hashes.SHA256()


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


def signer(domain: str, selector: str, pem: bytes) -> Signer:
    """A signer from a private key in PEM. Raises DeliveryError that says what is wrong with the key."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise DeliveryError(f"the DKIM key of {domain} is no private key in PEM without a password: {fault}") from fault
    if isinstance(key, RSAPrivateKey):
        if key.key_size < LEAST_BITS:
            raise DeliveryError(f"the DKIM key of {domain} has {key.key_size} bits; {LEAST_BITS} are the least")
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return Signer(domain, selector, Algorithm.RSA, _rsa(key), _record("rsa", public))
    if isinstance(key, Ed25519PrivateKey):
        public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return Signer(domain, selector, Algorithm.ED25519, _ed25519(key), _record("ed25519", public))
    raise DeliveryError(f"the DKIM key of {domain} is neither RSA nor Ed25519")


def _rsa(key: RSAPrivateKey) -> Callable[[bytes], bytes]:
    return lambda data: key.sign(data, PADDING, DIGEST)


def _ed25519(key: Ed25519PrivateKey) -> Callable[[bytes], bytes]:
    return lambda data: key.sign(hashlib.sha256(data).digest())


def _record(kind: str, public: bytes) -> str:
    return f"v=DKIM1; k={kind}; p={b64encode(public).decode('ascii')}"


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
