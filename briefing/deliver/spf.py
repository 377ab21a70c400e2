"""Whether a domain's SPF record (RFC 7208) lets an address send for it."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

MOST_LOOKUPS = 10  # RFC 7208: a record that needs more is an error for every receiver
PASS, FAIL, NEUTRAL = "+", "-", "?"
SIGNS = "+-~?"


class SpfError(ValueError):
    """The record is an error to receivers: as if there was none."""


class Names(Protocol):
    def texts(self, name: str) -> tuple[str, ...]: ...

    def addresses(self, name: str) -> tuple[str, ...]: ...

    def exchangers(self, name: str) -> tuple[str, ...]: ...


@dataclass(slots=True)
class Asking:
    """One evaluation: it may ask so often and no more."""

    names: Names
    lookups: int = 0
    seen: list[str] = field(default_factory=list)

    def count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise SpfError(f"it needs more than {MOST_LOOKUPS} look-ups")


def records(names: Names, domain: str) -> tuple[str, ...]:
    """Every record of a domain that calls itself SPF."""
    return tuple(text for text in names.texts(domain) if text.lower().partition(" ")[0] == "v=spf1")


def result(names: Names, domain: str, address: str) -> str:
    """'+' where the address may send for the domain, '-', '~' or '?' where it may not. Raises SpfError."""
    return _result(Asking(names), domain, ipaddress.ip_address(address))


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _result(asking: Asking, domain: str, address: Address) -> str:
    found = records(asking.names, domain)
    if len(found) != 1:
        raise SpfError(f"{domain} has {len(found)} SPF records, and should have one")
    redirect = ""
    for term in found[0].split()[1:]:
        name, equals, value = term.partition("=")
        if equals and ":" not in name and "/" not in name:
            redirect = value if name.lower() == "redirect" else redirect
        elif _matches(asking, domain, term.lstrip(SIGNS), address):
            return term[0] if term[0] in SIGNS else PASS
    if redirect:
        asking.count()
        return _result(asking, redirect, address)
    return NEUTRAL


def _matches(asking: Asking, domain: str, mechanism: str, address: Address) -> bool:
    kind, _, rest = mechanism.partition(":")
    kind, slash, width = kind.partition("/")
    kind = kind.lower()
    if kind == "all":
        return True
    if kind in {"ip4", "ip6"}:
        return _within(rest, address)
    asking.count()
    if kind == "include":
        return _result(asking, rest, address) == PASS
    if kind in {"a", "mx"}:
        host, slash, width = rest.partition("/") if rest else (domain, slash, width)
        hosts = (host or domain,) if kind == "a" else asking.names.exchangers(host or domain)[:MOST_LOOKUPS]
        return any(_within(f"{one}{_width(slash, width, one)}", address) for one in _addresses(asking, hosts))
    if kind in {"exists", "ptr"}:
        return False  # depends on who asks; such a record is not judged by it
    raise SpfError(f"{mechanism!r} is no mechanism")


def _addresses(asking: Asking, hosts: tuple[str, ...]) -> Iterator[str]:
    for host in hosts:
        yield from asking.names.addresses(host)


def _width(slash: str, width: str, address: str) -> str:
    """'/24//64' says one width for each kind of address."""
    four, _, six = width.partition("//")
    wanted = six if ":" in address else four
    return f"{slash}{wanted}" if wanted else ""


def _within(network: str, address: Address) -> bool:
    try:
        return address in ipaddress.ip_network(network, strict=False)
    except ValueError as fault:
        raise SpfError(f"{network!r} is no address") from fault
