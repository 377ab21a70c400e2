"""Mail domains that wait: because they asked us to slow down, or because they were fed fast enough."""

from datetime import datetime

from briefing.store.connection import Database, as_instant, as_text


def hold(db: Database, domain: str, until: datetime) -> None:
    db.number("hold_domain", domain=domain, until=as_text(until))


def rest(db: Database, domain: str, until: datetime) -> None:
    """A domain waits because it was fed fast enough; it has not complained."""
    db.number("rest_domain", domain=domain, until=as_text(until))


def free(db: Database, domain: str) -> None:
    db.number("free_domain", domain=domain)


def holds(db: Database) -> tuple[tuple[str, datetime, int], ...]:
    """Domains that wait or have waited: (domain, until, how often in a row they have asked us to slow down)."""
    return tuple((domain, as_instant(until), int(n)) for domain, until, n in db.rows("domain_holds"))
