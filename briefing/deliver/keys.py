"""Private keys that sign letters. The only door to cryptography, for desks that sign: it holds 7 MB."""

import hashlib
from base64 import b64encode
from collections.abc import Callable

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from briefing.deliver.dkim import Algorithm, Signer
from briefing.errors import DeliveryError

LEAST_BITS = 2048  # Gmail takes 1,024 as no signature at all
PADDING, DIGEST = PKCS1v15(), hashes.SHA256()


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
