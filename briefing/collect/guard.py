"""Which addresses may be dialled. Every socket is made here, so names, literals and redirects are checked alike."""

import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from briefing.collect.ranges import GLOBAL_V6, NAT64, REFUSED_V4, REFUSED_V6

# What aiohttp hands to a socket factory: family, type, protocol, canonical name, socket address
AddressInfo = tuple[socket.AddressFamily | int, socket.SocketKind | int, int, str, tuple[object, ...]]

PORTS = frozenset({80, 443, 8000, 8080, 8443})  # where the web is served; others lead to mail, databases and printers
SCHEMES = frozenset({"http", "https"})
REFUSAL = "the guard refuses"  # how every refusal begins, also after asyncio has merged several errors into one


class RefusedAddressError(OSError):
    """A socket was asked for that the policy does not allow. An OSError: a name's other addresses are tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EACCES, f"{REFUSAL} {reason}")


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be dialled. `private` are single exceptions that an operator makes.

    Each is an address or a network, with a port if only that port is meant: '192.168.1.5',
    '10.0.0.0/24', '127.0.0.1:8001', '[::1]:8001', 'localhost:8001'. Names are not accepted
    (but localhost): a name can be pointed elsewhere by whoever serves it.
    """

    schemes: frozenset[str] = SCHEMES
    ports: frozenset[int] = PORTS
    private: tuple[str, ...] = ()
    exceptions: tuple["Exemption", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = tuple(exemption for text in self.private for exemption in exemptions(text))
        object.__setattr__(self, "exceptions", found)

    @classmethod
    def for_loopback(cls, *ports: int) -> Self:
        """The usual policy, and these ports of this machine; no port given means all of them."""
        hosts = ("127.0.0.0/8", "[::1]")
        return cls(private=tuple(f"{host}:{port}" for host in hosts for port in ports) or hosts)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A network that may be dialled although it is private; port 0 stands for every port."""

    network: IPv4Network | IPv6Network
    port: int = 0

    def covers(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        return self.port in {0, port} and address in self.network


def exemptions(text: str) -> tuple[Exemption, ...]:
    """The networks that one line of an operator allows. Raises ValueError with what is wrong."""
    host, port = _host_and_port(text.strip())
    hosts = ("127.0.0.1", "::1") if host == "localhost" else (host,)
    try:
        return tuple(Exemption(ip_network(each), port) for each in hosts)
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no address or network, such as 192.168.1.5, 10.0.0.0/24 or [::1]:8001"
        ) from error


def _host_and_port(text: str) -> tuple[str, int]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    else:
        host, port = text, ""
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise ValueError(f"{text!r} has no port between 1 and 65535")
    return host, int(port or 0)


def refusal(host: str, port: int, policy: Policy) -> str:
    """Why this numeric address may not be dialled, in words; empty when it may."""
    try:
        address = ip_address(host.partition("%")[0])  # a zone such as %eth0 does not change where it leads
    except ValueError:
        return f"{host}: no numeric address"
    if any(exemption.covers(address, port) for exemption in policy.exceptions):
        return ""
    if port not in policy.ports:
        return f"port {port} of {host}"
    kind = forbidden_kind(address)
    return f"{host}: {kind}" if kind else ""


def is_allowed(host: str, port: int, policy: Policy) -> bool:
    """Whether this numeric address may be dialled."""
    return not refusal(host, port, policy)


def forbidden_kind(address: IPv4Address | IPv6Address) -> str:
    """What sort of address it is, when it does not lead to the public internet; else empty."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in REFUSED_V4 if address in network), "")
    inner = _inner(address)
    if inner is not None:
        kind = forbidden_kind(inner)
        return f"{kind}, written as IPv6" if kind else ""
    if address not in GLOBAL_V6:
        named = next((kind for network, kind in REFUSED_V6 if address in network), "")
        return named or "not a global address"
    return next((kind for network, kind in REFUSED_V6 if address in network), "")


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is really reached: mapped, or through NAT64 (as on networks with IPv6 only)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


def guarded_socket(policy: Policy) -> Callable[[AddressInfo], socket.socket]:
    """A socket factory for aiohttp's connector: it is called with the address that is really dialled."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        reason = refusal(str(address[0]), int(str(address[1])), policy)
        if reason:
            raise RefusedAddressError(reason)
        return socket.socket(family, kind, protocol)

    return make
