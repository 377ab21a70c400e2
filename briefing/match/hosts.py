"""Hosts that dress up as another: 'www-nda-gov-cn.evil.example' shows an official name that it does not own."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

TELLING = 2  # labels; a name of one label alone proves nothing
SEPARATORS = re.compile(r"[.\-_]+")
EASILY_MISREAD = str.maketrans("0135", "oies")  # 'nda.g0v.cn' reads as 'nda.gov.cn'


def host_of(address: str) -> str:
    """The host of an address, lower case, without port, 'www.' and a closing dot; empty when there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def belongs_to(host: str, owner: str) -> bool:
    """Whether a host is the owner's or below it."""
    return host == owner or host.endswith(f".{owner}")


def imitated(address: str, official: Iterable[str]) -> str:
    """The official host whose name an address carries without belonging to it; '' for an honest host."""
    host = host_of(address)
    owners = [owner for name in official if (owner := host_of(name))]
    if not host or any(belongs_to(host, owner) for owner in owners):
        return ""
    labels = _labels(host)
    return next((owner for owner in owners if _carries(labels, _labels(owner))), "")


def _labels(host: str) -> list[str]:
    return [part.translate(EASILY_MISREAD) for part in SEPARATORS.split(host) if part and part != "www"]


def _carries(labels: list[str], owner: list[str]) -> bool:
    """Whether the owner's labels stand in a row among the others."""
    if len(owner) < TELLING:
        return False
    return any(labels[at : at + len(owner)] == owner for at in range(len(labels) - len(owner) + 1))
