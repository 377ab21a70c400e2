"""Subscribers, their consent log, and the suppression list that outlives them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from briefing.codec import decoded, encoded
from briefing.model.subscriber import Consent, Subscriber, SubscriberState, Subscription, Suppressed
from briefing.store.connection import Database, Row, as_instant, as_text

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Reader:
    """What planning needs of a subscriber."""

    id: str
    address: str
    zone: str
    at: time | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that came back and counts against its reader's address."""

    subscriber: str
    at: datetime
    kind: str  # 'hard' or 'soft'
    detail: str


def add(db: Database, subscriber: Subscriber, identity: str, consent: Consent) -> bool:
    """A new subscriber with the first line of the consent log; False when the mailbox is known already."""
    with db.transaction():
        if not db.number("add_subscriber", **_columns(subscriber), address=subscriber.address, identity=identity):
            return False
        _subscribe(db, subscriber)
        note(db, consent)
    return True


def change(db: Database, subscriber: Subscriber, consent: Consent) -> None:
    """The subscriber's new state with the line that says how it came about."""
    with db.transaction():
        write(db, subscriber, consent)


def write(db: Database, subscriber: Subscriber, consent: Consent) -> None:
    """The same, inside a transaction of the caller."""
    db.number("change_subscriber", **_columns(subscriber))
    db.number("forget_subscriptions", subscriber=subscriber.id)
    _subscribe(db, subscriber)
    note(db, consent)


def paused(subscriber: Subscriber, reason: str) -> Subscriber:
    return replace(subscriber, state=SubscriberState.PAUSED, reason=reason)


def _subscribe(db: Database, subscriber: Subscriber) -> None:
    rows: list[dict[str, object]] = [
        {"topic": s.topic, "edition": s.edition, "subscriber": subscriber.id} for s in subscriber.subscriptions
    ]
    db.many("add_subscription", rows)


def note(db: Database, consent: Consent) -> None:
    """One more line of the consent log; inside a transaction of the caller, or alone."""
    db.number("add_consent", subscriber=consent.subscriber, at=as_text(consent.at), record=encoded(consent))


def _columns(subscriber: Subscriber) -> dict[str, object]:
    return {
        "id": subscriber.id,
        "name": subscriber.name,
        "state": subscriber.state,
        "language": subscriber.language,
        "zone": subscriber.zone,
        "at": subscriber.at.isoformat("minutes") if subscriber.at else "",
        "reason": subscriber.reason,
        "joined_at": as_text(subscriber.joined_at),
    }


def delete(db: Database, subscriber: str) -> None:
    """Forgets a subscriber: address, subscriptions, consent log, deliveries, bounces; overwritten in the file too."""
    db.connection.execute("PRAGMA secure_delete = ON")
    with db.transaction():
        for statement in ("bounces", "deliveries", "consents", "subscriptions", "subscriber"):
            db.number(f"forget_{statement}", subscriber=subscriber)
    db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def by_id(db: Database, number: str) -> Subscriber | None:
    return _found(db, db.row("subscriber_by_id", id=number))


def by_identity(db: Database, identity: str) -> Subscriber | None:
    return _found(db, db.row("subscriber_by_identity", identity=identity))


def _found(db: Database, row: Row | None) -> Subscriber | None:
    if row is None:
        return None
    number, address, name, state, language, zone, at, reason, joined_at = row
    return Subscriber(
        number,
        address,
        as_instant(joined_at),
        SubscriberState(state),
        language,
        zone,
        tuple(Subscription(t, e) for t, e in db.rows("subscriptions_of", subscriber=number)),
        time.fromisoformat(at) if at else None,
        name,
        reason,
    )


def every(db: Database, state: str = "") -> Iterator[Subscriber]:
    """All subscribers, or those in one state, a page at a time: a list of a million is never in memory."""
    after = ""
    while rows := db.rows("subscribers_after", after=after, state=state, most=PAGE):
        for row in rows:
            found = _found(db, row)
            if found:
                yield found
        after = str(rows[-1][0])


def readers(db: Database, topic: str, edition: str) -> Iterator[tuple[Reader, ...]]:
    """Active readers of an edition, a page at a time."""
    after = ""
    while rows := db.rows("readers_after", topic=topic, edition=edition, after=after, most=PAGE):
        yield tuple(Reader(n, address, zone, time.fromisoformat(at) if at else None) for n, address, zone, at in rows)
        after = str(rows[-1][0])


def count_readers(db: Database, topic: str, edition: str) -> int:
    return db.number("count_readers", topic=topic, edition=edition)


def tally(db: Database) -> tuple[tuple[SubscriberState, int], ...]:
    return tuple((SubscriberState(state), int(count)) for state, count in db.rows("count_subscribers"))


def consents(db: Database, subscriber: str) -> tuple[Consent, ...]:
    """The consent log of one subscriber, oldest first."""
    return tuple(decoded(Consent, record) for (record,) in db.rows("consents_of", subscriber=subscriber))


def suppress(db: Database, keyed: str, reason: Suppressed, at: datetime) -> None:
    """`keyed` is a keyed hash of a mailbox, never the address."""
    db.number("suppress", hash=keyed, reason=reason, at=as_text(at))


def suppression(db: Database, keyed: str) -> Suppressed | None:
    reason = db.text("suppression_of", hash=keyed)
    return Suppressed(reason) if reason else None


def lift(db: Database, keyed: str) -> None:
    """The reader asked again and confirmed."""
    db.number("lift_suppression", hash=keyed)


def bounces(db: Database, subscriber: str) -> tuple[Returned, ...]:
    """What came back of one reader's letters, oldest first."""
    return tuple(map(_returned, db.rows("bounces_of", subscriber=subscriber)))


def newest_bounces(db: Database, most: int) -> tuple[Returned, ...]:
    """What came back of anybody's letters, newest first."""
    return tuple(map(_returned, db.rows("newest_bounces", most=most)))


def _returned(row: Row) -> Returned:
    subscriber, at, kind, detail = row
    return Returned(subscriber, as_instant(at), kind, detail)


def add_bounce(db: Database, bounce: Consent, kind: str, report: str) -> bool:
    """Counts one bounce; False when this report was counted before."""
    return bool(
        db.number(
            "add_bounce",
            subscriber=bounce.subscriber,
            at=as_text(bounce.at),
            kind=kind,
            report=report,
            detail=bounce.detail,
        )
    )


def count_bounces(db: Database, subscriber: str, kind: str) -> int:
    return db.number("count_bounces", subscriber=subscriber, kind=kind)


def soft_bounced(db: Database) -> frozenset[str]:
    """Those whose letters were refused lately; few."""
    return frozenset(subscriber for (subscriber,) in db.rows("soft_bounced"))


def forget_soft_bounces(db: Database, subscriber: str) -> None:
    """A letter was taken: what went wrong before no longer counts."""
    db.number("forget_soft_bounces", subscriber=subscriber)
