"""The ledger of deliveries as rows."""

from datetime import UTC, datetime, timedelta

import pytest

from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    DeliveryState,
    Subscriber,
    SubscriberState,
    Subscription,
)
from briefing.store import domains, outbox, subscribers
from briefing.store.connection import opened
from briefing.store.outbox import Planned, Settled

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
ME = "boot:me"


@pytest.fixture
def db(tmp_path):
    store = opened(tmp_path / "desk.db")
    for n in range(4):
        one = Subscriber(
            f"reader{n:010d}", f"r{n}@a.net", NOW, SubscriberState.ACTIVE, subscriptions=(Subscription("t", "daily"),)
        )
        assert subscribers.add(store, one, one.address, Consent(one.id, ConsentEvent.CONFIRMED, NOW))
    outbox.plan(store, "t", "i", [Planned(f"reader{n:010d}", "a.net", NOW, f"<{n}>") for n in range(4)], NOW)
    assert outbox.take(store, ME, NOW, LATER)
    yield store
    store.close()


def test_what_one_sender_has_claimed_no_other_can_claim_or_settle(db):
    mine = outbox.claim(db, ME, NOW, 3)
    assert len(mine) == 3
    assert len(outbox.claim(db, "boot:other", NOW, 3)) == 1
    outbox.record(db, "boot:other", [Settled(mine[0].id, DeliveryState.ACCEPTED)], [], (NOW, LATER))
    assert len([one for one in outbox.in_state(db, DeliveryState.CLAIMED) if one.id in {d.id for d in mine}]) == 3


def test_only_the_holder_of_the_lease_hands_over(db):
    mine = outbox.claim(db, ME, NOW, 1)
    assert frozenset({mine[0].id}) == outbox.record(db, ME, [], [mine[0].id], (NOW, LATER))
    assert outbox.record(db, "boot:other", [], [mine[0].id], (NOW, LATER)) is None
    assert outbox.sender(db) == (ME, LATER)
    outbox.end(db, ME)
    assert outbox.sender(db) is None
    assert outbox.record(db, ME, [], [mine[0].id], (NOW, LATER)) is None


def test_a_lease_is_taken_over_only_when_it_has_run_out(db):
    assert not outbox.take(db, "boot:other", NOW, LATER)
    assert outbox.take(db, ME, NOW, LATER)
    assert outbox.take(db, "boot:other", LATER, LATER + timedelta(minutes=1))


def test_planning_again_never_changes_what_has_become_of_a_delivery(db):
    one = outbox.claim(db, ME, NOW, 1)[0]
    outbox.record(db, ME, [Settled(one.id, DeliveryState.ACCEPTED, "250 ok")], [], (NOW, LATER))
    outbox.plan(db, "t", "i", [Planned(one.subscriber, "a.net", NOW, "<new>")], NOW)
    assert outbox.count(db, "t", "i") == 4
    line = outbox.of_subscriber(db, one.subscriber)[0]
    assert (line.state, line.detail, line.attempts) == (DeliveryState.ACCEPTED, "250 ok", 1)


def test_a_released_delivery_counts_no_try_and_waits_for_its_time(db):
    one = outbox.claim(db, ME, NOW, 1)[0]
    outbox.release(db, ME, [(one.id, LATER)], NOW)
    assert outbox.owed(db, NOW) == 3
    assert outbox.next_owed(db) == NOW
    assert outbox.of_subscriber(db, one.subscriber)[0].attempts == 0
    assert len(outbox.waiting(db, LATER, 0, 9)) == 4


def test_a_domain_that_waits_gets_nothing_and_its_strikes_are_kept(db):
    domains.hold(db, "a.net", LATER)
    domains.hold(db, "a.net", LATER)
    domains.rest(db, "a.net", NOW)
    assert domains.holds(db) == (("a.net", LATER, 2),)
    assert outbox.claim(db, ME, NOW, 9) == ()
    domains.free(db, "a.net")
    assert len(outbox.claim(db, ME, NOW, 9)) == 4
    assert outbox.next_owed(db) is None


def test_doubt_is_resolved_by_a_person_for_one_or_all(db):
    mine = outbox.claim(db, ME, NOW, 4)
    outbox.record(db, ME, [Settled(d.id, DeliveryState.UNCERTAIN, "lost") for d in mine], [], (NOW, LATER))
    assert outbox.resend_uncertain(db, NOW, mine[0].id) == 1
    assert outbox.close_uncertain(db, DeliveryState.ACCEPTED, NOW) == 3
    assert outbox.tally(db, "t", "i") == ((DeliveryState.ACCEPTED, 3), (DeliveryState.DEFERRED, 1))
    assert mine[0].message_id == outbox.claim(db, ME, NOW, 1)[0].message_id


def test_disk_waits_are_as_before_after_a_quick_run(db):
    def synchronous():
        return next(db.connection.execute("PRAGMA synchronous"))[0]

    with outbox.quick(db):
        assert synchronous() == 1
        outbox.claim(db, ME, NOW, 1)
        assert synchronous() == 1
    assert synchronous() == 2


def test_a_letter_is_found_by_its_message_id(db):
    assert outbox.by_message_id(db, "<2>").subscriber == "reader0000000002"
    assert outbox.by_message_id(db, "<none>") is None


@pytest.mark.parametrize("statement", ["addressees", "hand_over"])
def test_one_letter_asks_for_its_own_reader_and_not_for_all_of_the_topic(db, statement):
    sql = getattr(db.statements.sqlite, statement).sql
    plan = db.connection.execute(f"EXPLAIN QUERY PLAN {sql}", {"ids": "[1]", "holder": "a:b", "now": "x"})
    steps = [str(step[3]) for step in plan if "subscription" in str(step[3])]
    assert steps == [step for step in steps if "(subscriber=? AND topic=?)" in step] != []
