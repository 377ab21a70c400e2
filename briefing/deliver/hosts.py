"""Smart hosts as an operator names them: 'smtp://user:password@mail.example.org:587?security=starttls'."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from briefing.errors import DeliveryError


class Security(StrEnum):
    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # demanded: a server without it is not used
    NONE = "none"


CONNECTIONS = 4
LETTERS = 200  # on one connection, then a new one: NetEase answers 450 MI:DMC to more
TIMEOUT_S = 60.0
ANSWER_TIMEOUT_S = 600.0  # after the last byte: RFC 5321 asks for ten minutes, a shorter wait sends twice


@dataclass(frozen=True, slots=True)
class Host:
    """One server that takes letters. Bounds hold for each connection."""

    name: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    hello: str = "localhost.localdomain"
    connections: int = CONNECTIONS
    letters: int = LETTERS
    timeout_s: float = TIMEOUT_S
    answer_timeout_s: float = ANSWER_TIMEOUT_S

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.name)


def is_loopback(name: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


DEFAULT_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
NUMBERS = {"connections": int, "letters": int, "timeout_s": float, "answer_timeout_s": float}


def hosts(text: str, hello: str, connections: int = CONNECTIONS) -> tuple[Host, ...]:
    """Every host of a setting, parted by spaces; `connections` to each that names no number of its own.

    Raises DeliveryError; its message never shows a password.
    """
    found = tuple(_host(address, hello, connections) for address in text.split())
    if not found:
        raise DeliveryError("no mail server is set", hint="set BRIEFING_SMTP_URL, for example smtps://mail.example.org")
    return found


def _host(address: str, hello: str, connections: int) -> Host:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as fault:
        raise DeliveryError(f"the address of a mail server cannot be read: {fault}") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise DeliveryError("a mail server is written smtp://HOST:PORT or smtps://HOST:PORT")
    options = dict(parse_qsl(parts.query))
    default = Security.TLS if parts.scheme == "smtps" else Security.STARTTLS
    asked = options.pop("security", default)
    if asked not in set(Security):
        raise DeliveryError(f"{parts.hostname}: security is one of {', '.join(Security)}, not {asked!r}")
    security = Security(asked)
    numbers = _numbers(parts.hostname, options)
    host = Host(
        parts.hostname,
        port or DEFAULT_PORTS[security],
        security,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        hello,
        int(numbers.get("connections", connections)),
        int(numbers.get("letters", LETTERS)),
        float(numbers.get("timeout_s", TIMEOUT_S)),
        float(numbers.get("answer_timeout_s", ANSWER_TIMEOUT_S)),
    )
    if host.user and security is Security.NONE and not host.is_loopback:
        raise DeliveryError(f"{host.name}: a password is never sent without TLS; use smtps:// or security=starttls")
    return host


def _numbers(name: str, options: dict[str, str]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for key, text in options.items():
        kind = NUMBERS.get(key)
        if kind is None:
            raise DeliveryError(f"{name}: unknown option {key!r}; known are security, {', '.join(NUMBERS)}")
        try:
            numbers[key] = kind(text)
        except ValueError:
            raise DeliveryError(f"{name}: {key} should be a number, not {text!r}") from None
        if not 0 < numbers[key] < float("inf"):
            raise DeliveryError(f"{name}: {key} should be above 0")
    return numbers
