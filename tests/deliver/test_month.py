"""A month of the whole clockwork: two editions, three zones, crashes, outages, bounces, leavers, quiet days."""

import asyncio
import ssl
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from briefing.deliver import tokens
from briefing.deliver.addresses import Mailbox
from briefing.deliver.hosts import Host, Security
from briefing.deliver.message import Letterhead
from briefing.desk import readers, returns, slots
from briefing.desk.delivering import Post, deliver, plan_deliveries
from briefing.desk.readers import How, Register
from briefing.model.issue import PERSONAL, Counts, Issue
from briefing.model.slot import SlotState
from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    DeliveryState,
    Subscriber,
    SubscriberState,
    Subscription,
)
from briefing.model.text import Bilingual
from briefing.model.topic import Edition, Rhythm
from briefing.store import issues, outbox, subscribers
from briefing.store import slots as slot_rows
from briefing.store.connection import opened
from briefing.store.issues import Published
from briefing.store.slots import Line

KEY = b"0123456789abcdefghijklmnopqrstuv"
START = datetime(2026, 10, 10, 0, 0, tzinfo=UTC)  # the clocks change on 25 October in Berlin, 1 November in New York
END = datetime(2026, 11, 10, 0, 0, tzinfo=UTC)
TICK = timedelta(hours=1)
EDITIONS = (
    Edition("daily", Rhythm.DAILY, time(8), "Europe/Berlin"),
    Edition("weekly", Rhythm.WEEKLY, time(17), "Asia/Shanghai", weekday=4),
)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Shanghai")
QUIET = {date(2026, 10, 14), date(2026, 10, 28)}
STOPPED = (datetime(2026, 10, 17, 3, tzinfo=UTC), datetime(2026, 10, 20, 9, tzinfo=UTC))  # the desk is off
OUTAGE = (datetime(2026, 10, 23, 5, tzinfo=UTC), datetime(2026, 10, 23, 20, tzinfo=UTC))  # the mail server is off
BOUNCES_FROM, LEAVES_AT = datetime(2026, 10, 26, tzinfo=UTC), datetime(2026, 10, 30, 12, tzinfo=UTC)
RETURNS_AT = datetime(2026, 10, 28, 12, tzinfo=UTC)  # a letter that was accepted comes back
CUT_FROM = datetime(2026, 11, 3, tzinfo=UTC)  # once the server hangs up on a letter that it has
BOUNCER, LEAVER, RETURNED, CUT = 3, 5, 7, 9
REPORT = """To: bounce+{token}@example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; r7@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--cut--
"""


def reader(n):
    at = time(7, 30) if n % 4 == 0 else None
    both = tuple(Subscription("t", edition.name) for edition in EDITIONS)
    return Subscriber(
        f"reader{n:010d}", f"r{n}@example.net", START, SubscriberState.ACTIVE, "en", ZONES[n % 3], both, at
    )


class Month:
    def __init__(self, db, sink):
        self.db, self.sink, self.now = db, sink, START
        self.issues = {}
        self.register = Register(db, KEY, str)

    def make(self, edition, name):
        """One issue, if one is due; some makers die on the way, and are followed by others."""
        line = Line("t", edition.name, name)
        due = slots.due_now(self.db, "t", edition, self.now)
        if not slots.taken(self.db, line, due, self.now) or due.make is None:
            return
        day = due.make.day
        if day.day % 9 == 0 and not due.make.late:
            return  # dies before anything was made
        if day in QUIET and edition.rhythm is Rhythm.DAILY:
            slots.ended(self.db, line, due.make, SlotState.QUIET, self.now)
            return
        issue = Issue(
            f"{day}-{edition.name}",
            1,
            "t",
            Bilingual("T", "题"),
            edition.name,
            day.isoformat(),
            self.now,
            None,
            "",
            Counts(),
            late=due.make.late,
        )
        issues.publish(self.db, Published(issue))
        if day.day % 7 == 0 and not due.make.late:
            return  # dies after the issue was published and before its letters were planned
        plan_deliveries(self.db, issue, "example.org", self.now)
        slots.ended(self.db, line, due.make, SlotState.MADE, self.now, issue=issue.id)
        self.issues[issue.id] = self.now

    def send(self, name):
        if name % 5 == 0 and outbox.take(self.db, f"boot:dead{name}", self.now, self.now + timedelta(minutes=1)):
            outbox.claim(self.db, f"boot:dead{name}", self.now, 50)  # dies with letters in its hands
            return
        port = 1 if OUTAGE[0] <= self.now < OUTAGE[1] else self.sink.port
        host = Host("127.0.0.1", port, Security.NONE, connections=2, timeout_s=2, answer_timeout_s=2)
        post = Post(
            (host,), TLS, KEY, "bounce@example.org", lambda: self.now, lambda: 0.5, f"boot:run{name}", per_second=1e6
        )
        head = Letterhead(Mailbox("desk@example.org"), "x")
        asyncio.run(deliver(self.db, lambda *_: (head, "t " + PERSONAL, "<p>"), post, asyncio.Event()))


TLS = ssl.create_default_context()


def hanging_up_once(month, cut):
    def content(address, _number):
        if address != f"r{CUT}@example.net" or month.now < CUT_FROM or cut:
            return None
        cut.append(month.now)
        return "!kept"

    return content


def check_who_stopped(db, month, got):
    """Who left, whose mailbox refused, whose letter came back: nothing after that day, all before it once."""
    leaver = outbox.of_subscriber(db, reader(LEAVER).id)
    assert all(month.issues[line.issue] <= LEAVES_AT for line in leaver)
    assert sum(line.state is DeliveryState.ACCEPTED for line in leaver) == got["r5@example.net"]
    bouncer = [line.state for line in outbox.of_subscriber(db, reader(BOUNCER).id)]
    assert bouncer.count(DeliveryState.FAILED) == 1
    assert SubscriberState.PAUSED is subscribers.by_id(db, reader(BOUNCER).id).state
    assert SubscriberState.PAUSED is subscribers.by_id(db, reader(RETURNED).id).state
    sent = [line for line in outbox.of_subscriber(db, reader(RETURNED).id) if line.state is DeliveryState.ACCEPTED]
    assert all(month.issues[line.issue] <= RETURNS_AT for line in sent)
    assert len(sent) == got[f"r{RETURNED}@example.net"]


@pytest.mark.slow
def test_after_a_month_of_everything_each_reader_has_each_issue_exactly_once(tmp_path, sink, monkeypatch):
    monkeypatch.setattr("briefing.deliver.dispatch.TRIES", 1)  # an outage is waited for once, not three times
    db = opened(tmp_path / "desk.db")
    for n in range(12):
        one = reader(n)
        subscribers.add(db, one, one.address, Consent(one.id, ConsentEvent.CONFIRMED, START))
    month = Month(db, sink)
    sink.rcpt = lambda address: (
        "550 5.1.1 no such user" if address == f"r{BOUNCER}@example.net" and month.now >= BOUNCES_FROM else None
    )
    cut = []
    sink.content = hanging_up_once(month, cut)
    tick = 0
    while month.now < END:
        tick += 1
        if not STOPPED[0] <= month.now < STOPPED[1]:
            for edition in EDITIONS:
                month.make(edition, f"maker{tick}")
            if outbox.owed(db, month.now):
                month.send(tick)
        if month.now == RETURNS_AT:
            token = tokens.token(KEY, tokens.Purpose.BOUNCE, reader(RETURNED).id)
            returns.taken(month.register, REPORT.format(token=token).encode(), month.now)
        if month.now == LEAVES_AT:
            wish = readers.Wish("r5@example.net", ())
            readers.prefer(
                month.register, readers.found(month.register, "r5@example.net"), wish, How("link"), month.now
            )
        month.now += TICK

    daily = [one for one in month.issues if one.endswith("daily")]
    assert 31 - len(QUIET) - 3 == len(daily)  # three slots passed while the desk was off: one late issue for the last
    assert len(month.issues) - len(daily) == 4
    missed = [one.slot.day.day for one in slot_rows.since(db, "t", "daily", START) if one.state is SlotState.MISSED]
    assert missed == [17, 18, 19]

    got = Counter(recipient for recipient, _ in sink.letters)
    assert {1} == set(sink.ids.values())
    assert len(cut) == 1
    for n in set(range(12)) - {BOUNCER, LEAVER, RETURNED}:
        ledger = outbox.of_subscriber(db, reader(n).id)
        assert sorted(month.issues) == sorted(line.issue for line in ledger)
        doubtful = [line.issue for line in ledger if line.state is DeliveryState.UNCERTAIN]
        assert len(doubtful) == (n == CUT)  # it had arrived, and did not go again
        there = {DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN}
        open_ = [line for line in ledger if line.state not in there]
        assert all(line.next_try and line.next_try >= END - TICK for line in open_)  # waits for the reader's own time
        assert len(ledger) - len(open_) == got[f"r{n}@example.net"]
    check_who_stopped(db, month, got)
    db.close()
