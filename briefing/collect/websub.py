"""WebSub as its subscriber: what a hub is sent, what its signature proves. A push says only that there is news.

Its content is not used: the source itself is asked, by the one way in which everything comes in.
"""

import hmac
from base64 import b32encode
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

LEASE_S = 10 * 86_400  # what is asked for; the hub decides
PATH_BYTES = 20
HASHES = frozenset({"sha256", "sha384", "sha512"})  # SHA-1 is allowed by the standard and by nobody who cares


def path_for(key: bytes, topic: str, source: str, hub: str) -> str:
    """Where a hub calls back: the same for the same source and hub, and not to be guessed without the key."""
    made = hmac.digest(key, f"push\x00{topic}\x00{source}\x00{hub}".encode(), sha256)
    return b32encode(made[:PATH_BYTES]).decode("ascii").lower()


def secret_for(key: bytes, path: str) -> str:
    """What the hub signs with."""
    return hmac.new(key, f"push secret\x00{path}".encode(), sha256).hexdigest()


def request_for(address: str, callback: str, secret: str) -> dict[str, str]:
    """The form that asks a hub to tell."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": address,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(LEASE_S),
    }


class Seal:
    """Checks a signature while the body comes in, so that it is never held."""

    def __init__(self, header: str, secret: str) -> None:
        method, _, self._given = header.strip().partition("=")
        is_known = method.lower() in HASHES
        self._made = hmac.new(secret.encode(), digestmod=method.lower()) if is_known else None

    def add(self, part: bytes) -> None:
        if self._made is not None:
            self._made.update(part)

    @property
    def is_right(self) -> bool:
        given = self._given.strip().lower().encode("utf-8", "replace")
        return self._made is not None and hmac.compare_digest(self._made.hexdigest().encode(), given)


def is_reachable(base_address: str) -> bool:
    """Whether hubs can call this desk: its pages stand under a public address."""
    parts = urlsplit(base_address)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or "." not in host or host.endswith((".localhost", ".local", ".invalid")):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return True
