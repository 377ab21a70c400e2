"""The outbox over a real store and a real server on loopback: everybody once, nobody else."""

import asyncio
import json
import os
import random
import signal
import ssl
import subprocess
import sys
import time as clock
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from briefing.deliver.addresses import Mailbox, identity
from briefing.deliver.dispatch import Tally
from briefing.deliver.hosts import Host, Security
from briefing.deliver.message import Letterhead
from briefing.deliver.outbox import Limit
from briefing.desk.delivering import Post, deliver, plan_deliveries
from briefing.model.issue import PERSONAL, Counts, Issue
from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    DeliveryState,
    Subscriber,
    SubscriberState,
    Subscription,
    UncertainRule,
)
from briefing.model.text import Bilingual
from briefing.store import outbox, subscribers
from briefing.store.connection import opened

KEY = b"0123456789abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ISSUE = Issue(
    "2026-11-25", 12, "t", Bilingual("Topic", "主题"), "daily", "2026-11-25", NOW, NOW - timedelta(days=1), "", Counts()
)


@pytest.fixture
def db(tmp_path):
    store = opened(tmp_path / "desk.db")
    yield store
    store.close()


def reader(n: int, **changes) -> Subscriber:
    base = Subscriber(
        f"reader{n:010d}", f"r{n}@example.net", NOW, SubscriberState.ACTIVE, subscriptions=(Subscription("t", "daily"),)
    )
    return replace(base, **changes)


def enrol(db, *readers):
    for one in readers:
        assert subscribers.add(db, one, identity(one.address), Consent(one.id, ConsentEvent.CONFIRMED, NOW))


def pages(topic, issue, language):
    subject = "更正" if language == "zh" else "Corrected"
    head = Letterhead(Mailbox("desk@example.org"), subject, unsubscribe=(f"https://d.example/unsubscribe/{PERSONAL}",))
    return head, f"{topic} {issue} https://d.example/unsubscribe/{PERSONAL}\n", f"<p>{subject}</p>{PERSONAL}"


def post(sink, **changes) -> Post:
    host = Host("127.0.0.1", sink.port, Security.NONE, connections=4, timeout_s=5, answer_timeout_s=5)
    base = Post(
        (host,),
        ssl.create_default_context(),
        KEY,
        "bounce@example.org",
        lambda: NOW,
        lambda: 0.5,
        "boot:one",
        per_second=1e6,
    )
    return replace(base, **changes)


def send(db, letters_of, stop=None) -> Tally:
    return asyncio.run(deliver(db, pages, letters_of, stop or asyncio.Event()))


def states(db) -> dict[str, int]:
    return {state.value: n for state, n in outbox.tally(db)}


def test_every_active_reader_of_the_edition_gets_the_issue_once_and_nobody_else_does(db, sink):
    enrol(
        db,
        *(reader(n) for n in range(30)),
        reader(90, state=SubscriberState.PENDING),
        reader(91, state=SubscriberState.LEFT),
        reader(92, state=SubscriberState.PAUSED),
        reader(93, subscriptions=(Subscription("t", "weekly"),)),
        reader(94, subscriptions=(Subscription("other", "daily"),)),
    )
    assert plan_deliveries(db, ISSUE, "example.org", NOW) == 30
    assert plan_deliveries(db, ISSUE, "example.org", NOW) == 30
    assert Tally(accepted=30) == send(db, post(sink))
    assert Tally() == send(db, post(sink))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert Tally() == send(db, post(sink))
    assert sorted(f"r{n}@example.net" for n in range(30)) == sink.recipients
    assert states(db) == {"accepted": 30}


def test_nobody_sees_another_address_or_token(db, sink):
    enrol(db, *(reader(n, address=f"secret{n}@example.net") for n in range(8)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    send(db, post(sink))
    for recipient, content in sink.letters:
        others = [f"secret{n}@" for n in range(8) if f"secret{n}@example.net" != recipient]
        assert not any(other.encode() in content for other in others)
        assert PERSONAL.encode() not in content
    tokens = {content.partition(b"unsubscribe/")[2].partition(b">")[0] for _, content in sink.letters}
    assert len(tokens) == 8


def test_a_reader_gets_the_letter_in_their_language(db, sink):
    enrol(db, reader(1), reader(2, language="zh"))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    send(db, post(sink))
    found = {recipient: b"Subject: Corrected" in content for recipient, content in sink.letters}
    assert found == {"r1@example.net": True, "r2@example.net": False}


def test_a_letter_waits_for_the_readers_own_time(db, sink):
    enrol(db, reader(1, at=time(8, 0), zone="Asia/Shanghai"), reader(2, at=time(8, 0), zone="Europe/Berlin"))
    plan_deliveries(db, ISSUE, "example.org", NOW)  # 06:30 UTC is 14:30 in Shanghai and 07:30 in Berlin
    send(db, post(sink))
    assert sink.recipients == []
    send(db, post(sink, clock=lambda: NOW + timedelta(minutes=30)))
    assert sink.recipients == ["r2@example.net"]
    send(db, post(sink, clock=lambda: NOW + timedelta(hours=17, minutes=30)))
    assert sink.recipients == ["r1@example.net", "r2@example.net"]


def test_one_bad_address_never_stops_the_rest_and_costs_only_its_own_reader(db, sink):
    sink.rcpt = lambda address: "550 5.1.1 no such user" if address == "r7@example.net" else None
    enrol(db, *(reader(n) for n in range(50)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert Tally(accepted=49, failed=1) == send(db, post(sink))
    assert len(set(sink.recipients)) == 49
    gone = subscribers.by_id(db, reader(7).id)
    assert gone.state == SubscriberState.PAUSED
    assert "5.1.1" in gone.reason
    assert subscribers.count_readers(db, "t", "daily") == 49


def test_a_rate_limit_that_looks_permanent_slows_the_domain_and_costs_nobody(db, sink):
    sink.content = lambda address, _: "550 Domain frequency limited" if address.endswith("@qq.example") else None
    enrol(db, *(reader(n, address=f"r{n}@qq.example") for n in range(40)), *(reader(n) for n in range(50, 60)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    first = send(db, post(sink, hosts=(replace(post(sink).hosts[0], connections=1),)))
    assert first.accepted == 10
    assert first.failed == 0
    assert subscribers.count_readers(db, "t", "daily") == 50
    assert send(db, post(sink)).accepted == 0
    sink.content = lambda _address, _: None
    assert send(db, post(sink, clock=lambda: NOW + timedelta(hours=3))).accepted == 40
    assert states(db) == {"accepted": 50}


def test_a_temporary_refusal_is_tried_again_later_with_the_same_message_id(db, sink):
    sink.rcpt = lambda _address: "451 4.3.0 later"
    enrol(db, reader(1))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert Tally(deferred=1) == send(db, post(sink))
    assert Tally() == send(db, post(sink, clock=lambda: NOW + timedelta(minutes=1, seconds=59)))
    before = outbox.in_state(db, DeliveryState.DEFERRED)[0]
    sink.rcpt = lambda _address: None
    assert Tally(accepted=1) == send(db, post(sink, clock=lambda: NOW + timedelta(minutes=2, seconds=1)))
    assert list(sink.ids.values()) == [1]
    assert outbox.by_message_id(db, next(iter(sink.ids))).id == before.id


def test_what_is_refused_for_a_whole_day_is_given_up_and_the_reader_kept(db, sink):
    sink.rcpt = lambda _address: "451 4.3.0 later"
    enrol(db, reader(1))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    for hour in range(30):
        send(db, post(sink, clock=lambda hour=hour: NOW + timedelta(hours=hour)))
    assert states(db) == {"failed": 1}
    assert subscribers.count_readers(db, "t", "daily") == 1


def test_a_server_that_drops_after_the_content_leaves_one_uncertain_letter_that_is_not_sent_again(db, sink):
    sink.content = lambda address, _: "!kept" if address == "r3@example.net" else None
    enrol(db, *(reader(n) for n in range(10)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    first = send(db, post(sink))
    assert (first.accepted, first.uncertain) == (9, 1)
    assert Tally() == send(db, post(sink))
    listed = outbox.in_state(db, DeliveryState.UNCERTAIN)
    assert [reader(3).id] == [one.subscriber for one in listed]
    assert {1} == set(sink.ids.values())


def test_an_uncertain_letter_goes_again_with_its_message_id_where_the_operator_chose_that(db, sink):
    sink.content = lambda _address, _: "!kept"
    enrol(db, reader(1))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    send(db, post(sink))
    sink.content = lambda _address, _: None
    assert send(db, post(sink, uncertain=UncertainRule.RESEND)).accepted == 1
    assert list(sink.ids.values()) == [2]


def test_421_in_the_middle_loses_and_doubles_nobody(db, sink):
    count = iter(range(10**6))
    sink.mail = lambda _line: "421 4.7.0 closing" if next(count) % 5 == 4 else None
    enrol(db, *(reader(n) for n in range(40)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    for hour in range(12):
        send(db, post(sink, clock=lambda hour=hour: NOW + timedelta(hours=hour)))
    assert states(db) == {"accepted": 40}
    assert sorted(f"r{n}@example.net" for n in range(40)) == sink.recipients


def test_a_host_that_is_down_leaves_its_work_to_the_others(db, sink):
    enrol(db, *(reader(n) for n in range(20)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    down = Host("127.0.0.1", 1, Security.NONE, connections=2, timeout_s=1)
    found = send(db, post(sink, hosts=(down, *post(sink).hosts)))
    late = send(db, post(sink, clock=lambda: NOW + timedelta(minutes=3)))
    assert found.accepted + late.accepted == 20
    assert "127.0.0.1:1 cannot be reached" in found.faults[0]
    assert 20 == len(set(sink.recipients)) == len(sink.recipients)


def test_without_any_host_everything_stays_owed(db, sink):
    enrol(db, *(reader(n) for n in range(5)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    found = send(db, post(sink, hosts=(Host("127.0.0.1", 1, Security.NONE, connections=2, timeout_s=1),)))
    assert (found.accepted, outbox.owed(db, NOW + timedelta(hours=1))) == (0, 5)


def test_a_server_that_demands_nothing_but_gives_no_starttls_gets_no_letter(db, sink):
    enrol(db, reader(1))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    found = send(db, post(sink, hosts=(replace(post(sink).hosts[0], security=Security.STARTTLS),)))
    assert found.faults == ("127.0.0.1 offers no STARTTLS",)
    assert sink.letters == []
    assert outbox.owed(db, NOW + timedelta(hours=1)) == 1


def test_the_kill_switch_stops_the_next_letter_and_nothing_is_lost(db, sink):
    enrol(db, *(reader(n) for n in range(50)))
    plan_deliveries(db, ISSUE, "example.org", NOW)

    def stop_at_ten(_address, n):
        if n == 10:
            other = opened(db.path)
            outbox.stop(other, "wrong figure")
            other.close()

    sink.content = stop_at_ten
    found = send(db, post(sink))
    assert found.halted
    assert 10 < len(sink.letters) <= 10 + 2 * 4
    assert "wrong figure" in send(db, post(sink)).faults[0]
    outbox.resume(db)
    sink.content = lambda _address, _: None
    assert found.accepted + send(db, post(sink)).accepted == 50
    assert {1} == set(sink.ids.values())


def test_a_second_sender_does_nothing(db, sink):
    enrol(db, reader(1))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert outbox.take(db, "boot:other", NOW, NOW + timedelta(minutes=1))
    assert Tally(halted=True, faults=("another sender is at work",)) == send(db, post(sink))
    assert sink.letters == []


def test_after_the_machine_went_down_what_was_claimed_is_in_doubt_too(db, sink):
    """The last notes may be lost with the power; the claims are on disk."""
    enrol(db, *(reader(n) for n in range(6)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    outbox.take(db, "boot:one", NOW, NOW)
    assert len(outbox.claim(db, "boot:one", NOW, 4)) == 4
    later = NOW + timedelta(minutes=5)
    assert Tally(accepted=2) == send(db, post(sink, holder="next boot:one", clock=lambda: later))
    assert states(db) == {"accepted": 2, "uncertain": 4}
    assert outbox.close_uncertain(db, DeliveryState.ACCEPTED, later) == 4


def test_two_senders_at_once_send_each_letter_once(db, sink):
    sink.delay_s = 0.005
    enrol(db, *(reader(n) for n in range(60)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    second = opened(db.path)

    async def both():
        return await asyncio.gather(
            deliver(db, pages, post(sink), asyncio.Event()),
            deliver(second, pages, post(sink, holder="boot:two"), asyncio.Event()),
        )

    found = asyncio.run(both())
    second.close()
    assert sorted(one.accepted for one in found) == [0, 60]
    assert {1} == set(sink.ids.values())


def test_who_leaves_while_letters_are_going_out_gets_none_from_that_moment(db, sink):
    enrol(db, *(reader(n) for n in range(40)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    left = set()

    def leave(_address, n):
        if n == 5:
            other = opened(db.path)
            gone = {address for address, _ in sink.letters}
            with other.transaction():
                for one in (reader(k) for k in range(40)):
                    if one.address not in gone and len(left) < 20 and outbox_claimed(other, one.id):
                        left.add(one.address)
                        state = replace(one, state=SubscriberState.LEFT)
                        subscribers.write(other, state, Consent(one.id, ConsentEvent.LEFT, NOW, "one click"))
            other.close()

    sink.content = leave
    found = send(db, post(sink))
    assert len(left) == 20
    assert found.accepted == len(sink.letters) == len(set(sink.recipients))
    assert states(db)["withdrawn"] == 20
    assert not left & set(sink.recipients)


def outbox_claimed(db, subscriber) -> bool:
    """Claimed and not yet under way."""
    return outbox.of_subscriber(db, subscriber)[0].state == DeliveryState.CLAIMED


def test_a_domain_is_not_fed_faster_than_its_limit(db, sink):
    enrol(db, *(reader(n, address=f"r{n}@qq.example") for n in range(30)), *(reader(n) for n in range(50, 60)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    slow = (("qq.example", Limit(60)),)
    assert send(db, post(sink, limits=slow)).accepted == 10 + 7
    assert send(db, post(sink, limits=slow)).accepted == 0
    for second in range(1, 60):
        send(db, post(sink, limits=slow, clock=lambda second=second: NOW + timedelta(seconds=second)))
    assert states(db) == {"accepted": 40}


def test_a_connection_is_renewed_after_its_letters(db, sink):
    enrol(db, *(reader(n) for n in range(20)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    send(db, post(sink, hosts=(replace(post(sink).hosts[0], connections=1, letters=5),)))
    assert (sink.lines, len(sink.letters)) == (4, 20)


def test_a_stop_ends_after_the_letter_in_hand(db, sink):
    enrol(db, *(reader(n) for n in range(30)))
    plan_deliveries(db, ISSUE, "example.org", NOW)

    async def stopped():
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        sink.content = lambda _address, n: (n == 5 and loop.call_soon_threadsafe(stop.set)) and None
        return await deliver(db, pages, post(sink), stop)

    found = asyncio.run(stopped())
    assert 5 < found.accepted < 30
    assert {"accepted": found.accepted, "planned": 30 - found.accepted} == states(db)


def test_a_server_without_pipelining_is_served_step_by_step(db, sink):
    sink.extensions = ()
    sink.rcpt = lambda address: "550 5.1.1 no such user" if address == "r2@example.net" else None
    enrol(db, *(reader(n) for n in range(10)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert Tally(accepted=9, failed=1) == send(db, post(sink))


def test_an_address_outside_ascii_needs_a_server_that_takes_it(db, sink):
    enrol(db, reader(1, address="用户@xn--fsqu00a.example"))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    assert Tally(accepted=1) == send(db, post(sink))
    assert any("SMTPUTF8" in line for line in sink.log if line.startswith("MAIL"))
    assert sink.recipients == ["用户@xn--fsqu00a.example"]


def run_child(path: Path, port: int, holder: str, later_s: float) -> subprocess.Popen:
    return subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("sender.py")),
            json.dumps({"db": str(path), "port": port, "holder": holder, "later_s": later_s}),
        ],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.mark.parametrize("seed", [1])
def test_kill_9_at_any_moment_loses_and_doubles_nobody(db, sink, seed):
    """13 of 13 letters went out again in a well-known program after this."""
    chance = random.Random(seed)
    sink.delay_s = 0.002
    enrol(db, *(reader(n) for n in range(300)))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    kills = 0
    for attempt in range(60):
        child = run_child(db.path, sink.port, f"boot:run{attempt}", attempt * 3600.0)
        start = len(sink.letters)
        wanted = start + chance.randrange(1, 60)
        deadline = clock.monotonic() + 20
        while child.poll() is None and len(sink.letters) < wanted and clock.monotonic() < deadline:
            clock.sleep(0.0005)
        if child.poll() is not None:
            break
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        kills += 1
    assert kills >= 3
    found = states(db)
    assert {1} == set(sink.ids.values())  # none twice
    assert found["accepted"] <= len(sink.letters) <= found["accepted"] + found.get("uncertain", 0)
    assert found["accepted"] + found.get("uncertain", 0) == 300  # none lost without being listed
    assert found.get("uncertain", 0) <= 4 * kills  # at most one for each connection


@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
def test_a_server_that_says_250_to_everything_has_accepted_nothing(db, sink, extensions):
    enrol(db, reader(1))
    sink.extensions = extensions
    sink.data = lambda _recipient: "250 ok"
    plan_deliveries(db, ISSUE, "example.org", NOW)
    send(db, post(sink))
    assert sink.letters == []
    assert [line.state for line in outbox.of_subscriber(db, reader(1).id)] == [DeliveryState.DEFERRED]
    sink.data = lambda _recipient: None
    send(db, post(sink, clock=lambda: NOW + timedelta(hours=1)))
    assert len(sink.letters) == 1
