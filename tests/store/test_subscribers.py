"""Readers as rows."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from briefing.model.subscriber import Consent, ConsentEvent, Subscriber, SubscriberState, Subscription, Suppressed
from briefing.store import subscribers
from briefing.store.connection import opened

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
DAILY = Subscription("t", "daily")


@pytest.fixture
def db(tmp_path):
    store = opened(tmp_path / "desk.db")
    yield store
    store.close()


def reader(n, **more):
    return replace(
        Subscriber(f"reader{n:010d}", f"r{n}@a.net", NOW, SubscriberState.ACTIVE, subscriptions=(DAILY,)), **more
    )


def log(n, event=ConsentEvent.CONFIRMED):
    return Consent(reader(n).id, event, NOW, "form", "2026-11", "192.0.2.7", "备注")


def test_a_reader_comes_back_as_stored_and_one_mailbox_is_one_reader(db):
    one = reader(1, language="zh", zone="Asia/Shanghai", at=time(7, 30), name="安", reason="x")
    assert subscribers.add(db, one, "r1@a.net", log(1))
    assert not subscribers.add(db, reader(2), "r1@a.net", log(2))
    assert one == subscribers.by_id(db, one.id) == subscribers.by_identity(db, "r1@a.net")
    assert subscribers.by_id(db, reader(2).id) is None
    assert subscribers.consents(db, reader(2).id) == ()
    assert (log(1),) == subscribers.consents(db, one.id)


def test_a_list_of_any_length_is_read_a_page_at_a_time(db):
    for n in range(25):
        subscribers.add(db, reader(n), f"r{n}@a.net", log(n))
    subscribers.change(db, reader(3, state=SubscriberState.LEFT), log(3, ConsentEvent.LEFT))
    subscribers.PAGE, before = 10, subscribers.PAGE
    try:
        pages = [len(page) for page in subscribers.readers(db, "t", "daily")]
        everyone = [one.id for one in subscribers.every(db)]
    finally:
        subscribers.PAGE = before
    assert pages == [10, 10, 4]
    assert [reader(n).id for n in range(25)] == everyone
    assert subscribers.count_readers(db, "t", "daily") == 24
    assert subscribers.tally(db) == ((SubscriberState.ACTIVE, 24), (SubscriberState.LEFT, 1))
    assert [reader(3).id] == [one.id for one in subscribers.every(db, "left")]


def test_a_bounce_counts_once_and_soft_ones_are_forgotten(db):
    subscribers.add(db, reader(1), "r1@a.net", log(1))
    assert [subscribers.add_bounce(db, log(1), "soft", name) for name in ("a", "a", "b")] == [True, False, True]
    assert subscribers.count_bounces(db, reader(1).id, "soft") == 2
    assert frozenset({reader(1).id}) == subscribers.soft_bounced(db)
    subscribers.forget_soft_bounces(db, reader(1).id)
    assert subscribers.count_bounces(db, reader(1).id, "soft") == 0


def test_a_suppression_keeps_its_last_reason_until_it_is_lifted(db):
    subscribers.suppress(db, "hash", Suppressed.LEFT, NOW)
    subscribers.suppress(db, "hash", Suppressed.COMPLAINED, NOW)
    assert subscribers.suppression(db, "hash") == Suppressed.COMPLAINED
    subscribers.lift(db, "hash")
    assert subscribers.suppression(db, "hash") is None
