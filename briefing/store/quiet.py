"""Hosts that want to be left alone, and until when: kept, so that a restart is no excuse."""

from datetime import datetime

from briefing.store.connection import Database, as_instant, as_text


def hosts(db: Database, now: datetime) -> dict[str, datetime]:
    """All that still want it; the others are forgotten."""
    db.number("forget_quiet_hosts", now=as_text(now))
    return {str(host): as_instant(until) for host, until in db.rows("quiet_hosts")}


def add(db: Database, host: str, until: datetime) -> None:
    """The longest wish of a host holds."""
    db.number("add_quiet_host", host=host, until=as_text(until))
