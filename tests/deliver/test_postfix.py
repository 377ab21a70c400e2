"""Genuine bounces: a private Postfix whose next hop refuses, defers, or is slow to take, on loopback."""

import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import time as clock
from datetime import UTC, datetime, timedelta

import pytest

from briefing.deliver.addresses import Mailbox
from briefing.deliver.answers import Meaning
from briefing.deliver.bounces import Kind, report
from briefing.deliver.hosts import Host, Security
from briefing.deliver.message import Letterhead
from briefing.desk import returns
from briefing.desk.delivering import Post, deliver, plan_deliveries
from briefing.desk.readers import Register
from briefing.model.issue import PERSONAL, Counts, Issue
from briefing.model.subscriber import Consent, ConsentEvent, DeliveryState, Subscriber, SubscriberState, Subscription
from briefing.model.text import Bilingual
from briefing.store import outbox, subscribers
from briefing.store.connection import opened

PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin"
POSTFIX, SINK = shutil.which("postfix", path=PATHS), shutil.which("smtp-sink", path=PATHS)
pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.skipif(
        not POSTFIX or not SINK or os.geteuid() != 0, reason="needs Debian's postfix, and root to run it"
    ),
]
KEY = b"0123456789abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ISSUE = Issue("i", 1, "t", Bilingual("T", "题"), "daily", "i", NOW, NOW - timedelta(days=1), "", Counts())
MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.example.com
mydestination =
relay_domains =
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = smtp:[127.0.0.1]:{next_hop}
transport_maps = inline:{{ {{ example.org = smtp:[127.0.0.1]:{back} }} }}
maximal_queue_lifetime = {lifetime}
bounce_queue_lifetime = 1d
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
maillog_file =
"""
MASTER_CF = """
127.0.0.1:{port} inet n - n - 100 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        clock.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}")


def bounced(folder, sink, manner, lifetime):
    """Sends an issue through Postfix to a next hop that misbehaves, and gives what comes back."""
    port, next_hop = free_port(), free_port()
    for part in ("queue", "data", "conf"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    settings = {"folder": folder, "next_hop": next_hop, "back": sink.port, "lifetime": lifetime}
    (folder / "conf" / "main.cf").write_text(MAIN_CF.format(**settings), encoding="utf-8")
    (folder / "conf" / "master.cf").write_text(MASTER_CF.format(port=port), encoding="utf-8")
    wall = subprocess.Popen([SINK, "-u", "nobody", *manner, f"127.0.0.1:{next_hop}", "10"])
    postfix = [POSTFIX, "-c", str(folder / "conf")]
    try:
        listens(next_hop)
        # On a busy machine it gives up waiting for its own start; whether it runs is seen at its port.
        subprocess.run([*postfix, "start"], check=False, capture_output=True)
        listens(port)
        db = opened(folder / "desk.db")
        one = Subscriber(
            "reader0000000001",
            "ann@example.net",
            NOW,
            SubscriberState.ACTIVE,
            subscriptions=(Subscription("t", "daily"),),
        )
        subscribers.add(db, one, one.address, Consent(one.id, ConsentEvent.CONFIRMED, NOW))
        plan_deliveries(db, ISSUE, "example.org", NOW)
        host = Host("127.0.0.1", port, Security.NONE, connections=1, timeout_s=10, answer_timeout_s=10)
        tls = ssl.create_default_context()
        post = Post((host,), tls, KEY, "bounce@example.org", lambda: NOW, lambda: 0.5, "boot:one", per_second=1e6)
        head = Letterhead(Mailbox("desk@example.org"), "更正", unsubscribe=(f"https://d.example/u/{PERSONAL}",))
        tally = asyncio.run(deliver(db, lambda *_: (head, "t", "<p>h"), post, asyncio.Event()))
        assert tally.accepted == 1
        deadline = clock.monotonic() + 30
        while not sink.letters and clock.monotonic() < deadline:
            clock.sleep(0.1)
    finally:
        subprocess.run([*postfix, "stop"], check=False, capture_output=True)
        wall.terminate()
        wall.wait()
    assert len(sink.letters) == 1
    recipient, content = sink.letters[0]
    assert recipient.startswith("bounce+reader0000000001-")
    return db, content


def test_a_next_hop_that_refuses_gives_a_permanent_bounce_for_its_reader(tmp_path, sink):
    db, content = bounced(tmp_path, sink, ["-f", "rcpt"], "1d")
    found = report(content, KEY, NOW)
    assert (found.subscriber, found.kind, found.meaning) == ("reader0000000001", Kind.BOUNCE, Meaning.REFUSED)
    returns.taken(Register(db, KEY, str), content, NOW)
    assert outbox.of_subscriber(db, "reader0000000001")[0].state == DeliveryState.FAILED
    assert subscribers.count_bounces(db, "reader0000000001", "soft") == 1
    db.close()


def test_a_next_hop_that_only_defers_gives_a_soft_bounce_in_the_end(tmp_path, sink):
    db, content = bounced(tmp_path, sink, ["-r", "rcpt"], "2s")
    found = report(content, KEY, NOW)
    assert (found.kind, found.meaning) == (Kind.BOUNCE, Meaning.LATER)
    returns.taken(Register(db, KEY, str), content, NOW)
    assert subscribers.by_id(db, "reader0000000001").state == SubscriberState.ACTIVE
    db.close()
