"""Asks DNS what a mail domain has published. The only door to dnspython."""

from dataclasses import dataclass

from dns.exception import DNSException
from dns.rdata import Rdata
from dns.rdtypes.ANY.TXT import TXT
from dns.resolver import NXDOMAIN, Resolver
from dns.reversename import from_address

from briefing.errors import LineLostError

PATIENCE_S = 5.0  # for one question, every server and try included


@dataclass(frozen=True, slots=True)
class Nameserver:
    """The system's own servers, or one that is named. Nothing published is (); no answer is a LineLostError."""

    server: str = ""
    port: int = 53
    patience_s: float = PATIENCE_S

    def texts(self, name: str) -> tuple[str, ...]:
        """TXT records, each with its strings joined."""
        found = (one.strings for one in self._asked(name, "TXT") if isinstance(one, TXT))
        return tuple(b"".join(strings).decode("utf-8", "replace") for strings in found)

    def addresses(self, name: str) -> tuple[str, ...]:
        return tuple(one.to_text() for kind in ("A", "AAAA") for one in self._asked(name, kind))

    def exchangers(self, name: str) -> tuple[str, ...]:
        """Servers that take mail for a domain, the first choice first; '.' alone (RFC 7505) is none."""
        found = sorted((int(weight), host) for weight, host in (r.to_text().split() for r in self._asked(name, "MX")))
        return tuple(host.rstrip(".") for _, host in found if host != ".")

    def names_of(self, address: str) -> tuple[str, ...]:
        """The PTR records of an address."""
        return tuple(one.to_text().rstrip(".") for one in self._asked(str(from_address(address)), "PTR"))

    def _asked(self, name: str, kind: str) -> list[Rdata]:
        try:
            resolver = Resolver(configure=not self.server)
            if self.server:
                resolver.nameservers = [self.server]
                resolver.port = self.port
            answer = resolver.resolve(name, kind, raise_on_no_answer=False, search=False, lifetime=self.patience_s)
        except NXDOMAIN:
            return []
        except (DNSException, OSError, ValueError) as fault:
            raise LineLostError(f"DNS gives no answer about {name} ({type(fault).__name__})") from fault
        return list(answer)
