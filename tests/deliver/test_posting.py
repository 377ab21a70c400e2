import asyncio
import email
import email.policy
import ssl
from datetime import UTC, datetime, timedelta

import pytest

from briefing.deliver.addresses import Mailbox
from briefing.deliver.hosts import Host, Security
from briefing.deliver.message import Letterhead, Occasion
from briefing.desk.delivering import Post, plan_deliveries
from briefing.desk.posting import answered, dry_run, trial_letter
from briefing.errors import DeliveryError
from briefing.model.issue import PERSONAL, Counts, Issue
from briefing.model.subscriber import Consent, ConsentEvent, DeliveryState, Subscriber, SubscriberState, Subscription
from briefing.model.text import Bilingual
from briefing.store import outbox, subscribers
from briefing.store.connection import opened

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ISSUE = Issue("i", 1, "t", Bilingual("T", "题"), "daily", "i", NOW, NOW - timedelta(days=1), "", Counts())
HEAD = Letterhead(Mailbox("desk@example.org"), "更正", unsubscribe=(f"https://d.example/unsubscribe/{PERSONAL}",))


def post(*ports):
    hosts = tuple(Host("127.0.0.1", port, Security.NONE, timeout_s=2, answer_timeout_s=2) for port in ports)
    key = b"0123456789abcdefghijklmnopqrstuv"
    return Post(hosts, ssl.create_default_context(), key, "bounce@example.org", lambda: NOW, lambda: 0.5, "boot:one")


def test_a_dry_run_writes_the_letters_and_changes_nothing(tmp_path):
    db = opened(tmp_path / "desk.db")
    for n in range(3):
        one = Subscriber(
            f"reader{n:010d}",
            f"r{n}@example.net",
            NOW,
            SubscriberState.ACTIVE,
            subscriptions=(Subscription("t", "daily"),),
        )
        subscribers.add(db, one, one.address, Consent(one.id, ConsentEvent.CONFIRMED, NOW))
    plan_deliveries(db, ISSUE, "example.org", NOW)
    folder = tmp_path / "out"
    assert dry_run(db, lambda *_: (HEAD, "text " + PERSONAL, "<p>"), post(), folder, NOW) == 3
    files = sorted(folder.glob("*.eml"))
    letters = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert [letter["To"] for letter in letters] == ["r0@example.net", "r1@example.net", "r2@example.net"]
    assert outbox.tally(db) == ((DeliveryState.PLANNED, 3),)
    db.close()


def test_a_test_letter_is_marked_and_its_links_open_nothing(sink):
    answer = asyncio.run(trial_letter(post(sink.port), HEAD, "t " + PERSONAL, "<p>", Mailbox("any@example.net")))
    assert answer.code == 250
    recipient, content = sink.letters[0]
    letter = email.message_from_bytes(content, policy=email.policy.default)
    assert (recipient, letter["Subject"], letter["Precedence"]) == ("any@example.net", "[Test] 更正", None)
    assert PERSONAL.encode() not in content
    assert b"xxxxxxxxxxxxxxxx" in content


def test_an_answer_takes_the_next_host_when_one_is_down(sink):
    head = Letterhead(HEAD.sender, "Confirm", occasion=Occasion.ANSWER)
    answer = asyncio.run(answered(post(1, sink.port), head, ("t", "<p>"), Mailbox("ann@example.net"), "tok"))
    assert (answer.code, sink.recipients) == (250, ["ann@example.net"])
    with pytest.raises(DeliveryError, match="cannot be reached"):
        asyncio.run(answered(post(1), head, ("t", "<p>"), Mailbox("ann@example.net"), "tok"))
    with pytest.raises(DeliveryError, match="no mail server"):
        asyncio.run(answered(post(), head, ("t", "<p>"), Mailbox("ann@example.net"), "tok"))
