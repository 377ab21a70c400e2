"""The memory of `briefing serve` before, while and after an issue is made, all on loopback.

    benchmarks/serve.py [--json FILE]

A desk in a folder of its own, with the sample's sources, a reader for each language, a mail server, and an edition that
is due in some seconds. `serve.before_mb` is what the process holds while it waits for the slot, `serve.while_mb` and
`serve.child_mb` the most that it and the process that makes the issue hold until the letters have left, and
`serve.after_mb` what is held when its pages and the health page have been asked for and nothing is to be done.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from bench import report

from briefing.cli import serve
from briefing.collect.guard import Policy
from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer
from briefing.model.subscriber import Consent, ConsentEvent, Subscriber, SubscriberState, Subscription
from briefing.model.topic import Edition, QuietRule, Rhythm
from briefing.settings import load_desk
from briefing.store import subscribers
from briefing.wiring import built, desk_at, topics_of

WAITS_S = 20  # until the slot; by then its sources are read
SETTLED_S = 5
PATIENCE_S = 90


def served(folder: Path, origin: str, due: datetime) -> None:
    """The process that is measured: `briefing serve` on a desk whose sources are the sample's."""
    serve.COLLECT_S = 5.0
    edition = Edition("weekly", Rhythm.DAILY, due.time(), "UTC", quiet=QuietRule.NOTE)
    settings = load_desk(folder, os.environ)
    topic = replace(topics_of(settings)[0], sources=load_sample().sources(origin), editions=(edition,))
    desk = built(settings, (topic,), sample=True)
    policy = Policy.for_loopback(urlsplit(origin).port or 80)
    serve.run(replace(desk, fetching=replace(desk.fetching, policy=policy)), "127.0.0.1", 0)


def enrol(folder: Path) -> None:
    """A reader for each language."""
    with desk_at(folder) as desk:
        for number, language in enumerate(("en", "zh")):
            wants = Subscription(desk.topics[0].key, "weekly")
            since = datetime(2026, 1, 1, tzinfo=UTC)
            address = f"reader{number}@example.net"
            one = Subscriber(f"{number}" * 16, address, since, SubscriberState.ACTIVE, language, subscriptions=(wants,))
            subscribers.add(desk.database, one, address, Consent(one.id, ConsentEvent.CONFIRMED, since, "form"))


def held_mb(process: int) -> float:
    """What a process holds now; 0 for one that has ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    return 0.0


def children(process: int) -> list[int]:
    """Whom any of its threads has started."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text("ascii").split())
    return found


def measured(process: subprocess.Popen[str], address: str, due: datetime) -> dict[str, float]:
    """What the process holds at each time, until its issue is out."""
    own, child = 0.0, 0.0
    while datetime.now(UTC) < due - timedelta(seconds=1):
        time.sleep(0.2)
    before = held_mb(process.pid)
    end = time.monotonic() + PATIENCE_S
    while b"briefing_accepted_total 2" not in asked(f"{address}metrics"):
        if time.monotonic() > end:
            sys.exit("the letters of the issue did not leave")
        for _ in range(10):
            own = max(own, held_mb(process.pid))
            child = max([child, *map(held_mb, children(process.pid))])
            time.sleep(0.02)
    for path in ("", "health", "metrics"):
        asked(f"{address}{path}")
    time.sleep(SETTLED_S)
    after = held_mb(process.pid)
    found = {"before": before, "while": own, "child": child, "after": after}
    return {f"serve.{name}_mb": round(mb, 1) for name, mb in found.items()}


def asked(address: str) -> bytes:
    with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())
    return b""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("path", nargs="?", help="the data folder; not needed, for one way of calling all benchmarks")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write one flat object of measures")
    parser.add_argument("--served", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.served:
        folder, origin, due_text = options.served
        served(Path(folder), origin, datetime.fromisoformat(due_text))
        return
    sample = load_sample()
    due = (datetime.now(UTC) + timedelta(seconds=WAITS_S)).replace(microsecond=0)
    with tempfile.TemporaryDirectory() as folder, SampleServer(sample, sample.days[0]) as server:
        enrol(Path(folder))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        box = Controller(Sink(), hostname="127.0.0.1", port=port)
        box.start()
        known = {**os.environ, "BRIEFING_SMTP_URL": f"smtp://127.0.0.1:{port}?security=none"}
        line = [sys.executable, __file__, "--served", folder, server.origin, due.isoformat()]
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=known) as process:
            assert process.stdout
            address = re.search(r"http://\S+/", process.stdout.readline())
            try:
                figures = measured(process, address[0] if address else "", due)
            finally:
                process.send_signal(signal.SIGTERM)
        box.stop()
    report(figures, options.json, {"serve.before_mb": "100", "serve.after_mb": "100"})


if __name__ == "__main__":
    main()
