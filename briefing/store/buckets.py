"""Token buckets as rows, so that a restart gives nobody a fresh start. The rule is the caller's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.store.connection import Database, as_instant, as_text

IDLE = timedelta(days=2)  # a bucket left alone so long is full again, and its row can go


@dataclass(frozen=True, slots=True)
class Level:
    """How full a bucket was, and when."""

    tokens: float
    at: datetime


def take(db: Database, key: str, rule: Callable[[Level | None], tuple[Level, bool]]) -> bool:
    """Applies the rule to one bucket; two visitors at once are counted one after the other."""
    with db.transaction():
        row = db.row("bucket_level", key=key)
        level, passes = rule(Level(float(row[0]), as_instant(row[1])) if row else None)
        db.number("set_bucket", key=key, tokens=level.tokens, at=as_text(level.at))
    return passes


def sweep(db: Database, now: datetime) -> int:
    """Forgets idle buckets. Gives how many."""
    with db.transaction():
        return db.number("sweep_buckets", before=as_text(now - IDLE))
