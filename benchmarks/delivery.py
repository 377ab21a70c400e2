"""Delivery, measured with real parts: letters a second beside smtp-source and smtplib, memory, and kill -9.

The sender is the whole path: outbox in SQLite with every step on disk, letters printed, signed where it says so.
Postfix's smtp-sink takes the letters; where Postfix is not installed those rows are left out.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from briefing.deliver.addresses import Mailbox
from briefing.deliver.dkim import Signer
from briefing.deliver.hosts import Host, Security
from briefing.deliver.keys import signer
from briefing.deliver.message import Letterhead, Personal, assembled
from briefing.desk.delivering import Post, deliver, plan_deliveries
from briefing.model.issue import PERSONAL, Counts, Issue
from briefing.model.subscriber import DeliveryState
from briefing.model.text import Bilingual
from briefing.store import outbox
from briefing.store.connection import Database, opened

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
KEY = b"0123456789abcdefghijklmnopqrstuv"
LINES = 8
PARAGRAPH = (
    f"<p>Audit office: 248.37 million yuan. 审计署 {PERSONAL}</p>" + "<td style='padding:0 8px'>one figure</td>" * 40
)
HTML = PARAGRAPH * 32
TEXT = ("The parts add up to 248.37 million yuan, and not to 2.48 billion.\n" * 60) + PERSONAL


def issue(number: int = 1) -> Issue:
    """An issue that nobody has planned yet."""
    name = f"issue-{number}"
    return Issue(name, number, "t", Bilingual("T", "题"), "daily", name, NOW, NOW - timedelta(days=1), "", Counts())


def pages(topic: str, name: str, language: str) -> tuple[Letterhead, str, str]:
    head = Letterhead(
        Mailbox("desk@example.org", "The Desk"),
        f"{topic} {name} {language}",
        list_id="t.example.org",
        unsubscribe=(f"https://desk.example/unsubscribe/{PERSONAL}", f"mailto:leave+{PERSONAL}@example.org"),
    )
    return head, TEXT, HTML


def letter() -> bytes:
    return assembled(
        pages("t", "i", "en")[0], Personal(Mailbox("r@example.net"), "<a@b.example>", NOW, "x" * 43), TEXT, HTML
    )


def post(port: int, holder: str, later: timedelta = timedelta(), signers: tuple[Signer, ...] = ()) -> Post:
    host = Host("127.0.0.1", port, Security.NONE, connections=LINES, letters=10**6, timeout_s=30, answer_timeout_s=30)
    tls = ssl.create_default_context()
    chance = random.Random(1).random
    return Post(
        (host,), tls, KEY, "bounce@example.org", lambda: NOW + later, chance, holder, signers, per_second=1e6, limits=()
    )


def enrol(db: Database, count: int) -> None:
    """Readers, written in bulk: what is measured begins after them."""
    db.connection.execute("BEGIN")
    rows = ((f"reader{n:010d}", f"r{n}@example{n % 50}.net") for n in range(count))
    db.connection.executemany(
        "INSERT INTO subscriber VALUES (?, ?2, ?2, '', 'active', 'en', 'UTC', '', '', '2026-01-01T00:00:00.000000Z')",
        rows,
    )
    ids = ((f"reader{n:010d}",) for n in range(count))
    db.connection.executemany("INSERT INTO subscription VALUES ('t', 'daily', ?)", ids)
    db.connection.execute("COMMIT")


@contextmanager
def sink(program: str) -> Iterator[int]:
    """Postfix's smtp-sink on a free port."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    child = subprocess.Popen([program, *user, f"127.0.0.1:{port}", "1000"], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        child.terminate()
        child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


def rate(count: int, act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return count / (time.perf_counter() - start)


def by_smtp_source(program: str, port: int, count: int, size: int) -> float:
    command = [
        program,
        "-s",
        str(LINES),
        "-m",
        str(count),
        "-l",
        str(size),
        "-f",
        "a@example.org",
        "-t",
        "b@example.net",
    ]
    return rate(count, lambda: subprocess.run([*command, f"127.0.0.1:{port}"], check=True) and None)


def by_smtplib(port: int, count: int, data: bytes) -> float:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost.localdomain") as server:
            for n in range(count):
                server.sendmail("a@example.org", [f"r{n}@example.net"], data)

    return rate(count, send)


def by_us(port: int, count: int, signers: tuple[Signer, ...] = ()) -> float:
    with tempfile.TemporaryDirectory() as folder:
        db = opened(Path(folder) / "desk.db")
        enrol(db, count)
        plan_deliveries(db, issue(), "example.org", NOW)
        speed = rate(count, lambda: all_sent(db, port, count, signers))
        db.close()
        return speed


def all_sent(db: Database, port: int, count: int, signers: tuple[Signer, ...]) -> None:
    tally = asyncio.run(deliver(db, pages, post(port, "boot:one", signers=signers), asyncio.Event()))
    if tally.accepted != count:
        raise SystemExit(f"only {tally.accepted} of {count} were accepted: {tally}")


def throughput(count: int, rounds: int) -> dict[str, float]:
    """Every sender against one sink, in turn, so that a slow minute of the machine hits all alike."""
    program, source = shutil.which("smtp-sink", path=PATHS), shutil.which("smtp-source", path=PATHS)
    if not program or not source:
        say("smtp-sink is not installed (Debian: postfix): throughput is left out")
        return {}
    pem = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = signer("example.org", "s1", pem)
    data = letter()
    found: dict[str, list[float]] = {"source": [], "smtplib": [], "ours": [], "dkim": []}
    with sink(program) as port:
        for number in range(rounds):
            say(f"throughput, round {number + 1} of {rounds}, letters of {len(data):,} bytes")
            found["source"].append(by_smtp_source(source, port, count, len(data)))
            found["smtplib"].append(by_smtplib(port, count, data))
            found["ours"].append(by_us(port, count))
            found["dkim"].append(by_us(port, count, (key,)))
    speeds = {name: median(values) for name, values in found.items()}
    return {
        "send.per_s": speeds["ours"],
        "send.dkim_per_s": speeds["dkim"],
        "send.ratio_smtp_source": speeds["ours"] / speeds["source"],
        "send.ratio_smtplib": speeds["ours"] / speeds["smtplib"],
        "send.dkim_ratio_smtplib": speeds["dkim"] / speeds["smtplib"],
        "send.smtp_source_per_s": speeds["source"],
        "send.smtplib_per_s": speeds["smtplib"],
    }


PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = sink.example.net
mydestination =
relay_domains =
default_transport = discard:
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
message_size_limit = 20000000
maillog_file =
syslog_name = briefing-bench
"""
MASTER_CF = """
127.0.0.1:{port} inet n - n - 100 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


def real_postfix(count: int, rounds: int) -> dict[str, float]:
    """A private Postfix with its queue on disk; it throws away what it has queued."""
    program = shutil.which("postfix", path=PATHS)
    if not program or os.geteuid() != 0:
        say("Postfix is not installed, or this is not root: its row is left out")
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = free_port()
        for part in ("queue", "data", "conf"):
            (folder / part).mkdir()
        shutil.chown(folder / "data", "postfix")
        (folder / "conf" / "main.cf").write_text(MAIN_CF.format(folder=folder), encoding="utf-8")
        (folder / "conf" / "master.cf").write_text(MASTER_CF.format(port=port), encoding="utf-8")
        started = subprocess.run(
            [program, "-c", str(folder / "conf"), "start"], capture_output=True, text=True, check=False
        )
        if started.returncode:
            say(f"a private Postfix does not start: {started.stderr.strip()[-200:]}")
            return {}
        try:
            wait_for(port)
            data = letter()
            ours, plain = [], []
            for number in range(rounds):
                say(f"Postfix with its queue on disk, round {number + 1} of {rounds}")
                plain.append(by_smtplib(port, count, data))
                ours.append(by_us(port, count))
        finally:
            subprocess.run([program, "-c", str(folder / "conf"), "stop"], capture_output=True, check=False)
    return {
        "postfix.ratio_smtplib": median(ours) / median(plain),
        "postfix.per_s": median(ours),
        "postfix.smtplib_per_s": median(plain),
    }


async def keep(server_log: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A small server that writes down each letter before it answers, so that a kill can come between."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-sink\r\n250 PIPELINING\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go\r\n")
            content = await reader.readuntil(b"\r\n.\r\n")
            os.write(server_log, content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] + b"\n")
            await asyncio.sleep(0.001)
            writer.write(b"250 ok\r\n")
        elif verb == b"QUIT":
            break
        else:
            writer.write(b"250 ok\r\n")
    writer.close()


def keep_for_ever(port: int, log: Path) -> None:
    async def run() -> None:
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await keep(handle, reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 22) as server:
            await server.serve_forever()

    asyncio.run(run())


def in_child(act: Callable[[], None]) -> int:
    """A process of its own without a second start of Python."""
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        except BaseException as fault:  # noqa: BLE001 - a child ends here whatever happened
            print(f"child: {fault!r}", file=sys.stderr)
            os._exit(1)
    return child


def kills(moments: int, readers: int) -> dict[str, float]:
    """kill -9 at random moments of a send, until it is through; then the next send, until all moments are used."""
    chance = random.Random(7)
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        server = in_child(lambda: keep_for_ever(port, folder / "log"))
        wait_for(port)
        try:
            while total["moments"] < moments:
                path = folder / f"desk{total['sends']}.db"
                db = opened(path)
                enrol(db, readers)
                plan_deliveries(db, issue(total["sends"]), "example.org", NOW)
                db.close()
                total["rounds"] += kill_one_send(path, port, chance, moments - total["moments"], total)
                total["sends"] += 1
                say(f"killed {total['moments']} of {moments} times, {total['sends']} sends")
        finally:
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
        seen = Counter((folder / "log").read_text("ascii").split())
        for path in sorted(folder.glob("desk*.db")):
            db = opened(path)
            states = dict(outbox.tally(db))
            total["uncertain"] += states.get(DeliveryState.UNCERTAIN, 0)
            rows = db.connection.execute("SELECT message_id, state FROM delivery")
            total["lost"] += sum(
                state not in {"accepted", "uncertain"} or (state == "accepted" and not seen[m]) for m, state in rows
            )
            db.close()
        total["twice"] = sum(number > 1 for number in seen.values())
    return {
        "kill.moments": total["moments"],
        "kill.lost": total["lost"],
        "kill.twice": total["twice"],
        "kill.uncertain": total["uncertain"],
        "kill.uncertain_per_kill_most": total["most"],
        "kill.letters": sum(seen.values()),
    }


def kill_one_send(path: Path, port: int, chance: random.Random, left: int, total: Counter[str]) -> int:
    for attempt in range(10_000):
        before = uncertain(path)
        later = timedelta(minutes=2 * attempt)

        def run(later: timedelta = later, attempt: int = attempt) -> None:
            db = opened(path)
            asyncio.run(deliver(db, pages, post(port, f"boot:run{attempt}", later), asyncio.Event()))

        child = in_child(run)
        if attempt < left:
            time.sleep(chance.uniform(0.02, 0.5))
            ended, _ = os.waitpid(child, os.WNOHANG)
            if not ended:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                total["moments"] += 1
                total["most"] = max(total["most"], uncertain(path) - before)
                continue
        else:
            os.waitpid(child, 0)
        return attempt + 1
    raise SystemExit("a send never ended")


def uncertain(path: Path) -> int:
    """Letters whose answer is open, or never came."""
    db = opened(path)
    states = dict(outbox.tally(db))
    db.close()
    return states.get(DeliveryState.UNCERTAIN, 0) + states.get(DeliveryState.HANDED_OVER, 0)


def memory(readers: int, seconds: float) -> dict[str, float]:
    """Peak memory of a process that plans an issue for that many readers and sends it for a while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say(f"memory: writing {readers:,} readers")
        db = opened(folder / "desk.db")
        enrol(db, readers)
        db.close()
        port = free_port()
        server = in_child(lambda: keep_for_ever(port, folder / "log"))
        wait_for(port)
        say("memory: planning and sending")
        arguments = [str(Path(__file__)), "--memory-of", str(folder / "desk.db"), "--port", str(port)]
        done = subprocess.run(
            [sys.executable, *arguments, "--seconds", str(seconds)], capture_output=True, text=True, check=False
        )
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    planned, plan_s, sent, peak = map(float, done.stdout.split())
    return {"memory_1m_mb": peak, "memory.readers": planned, "memory.plan_s": plan_s, "memory.sent": sent}


def measured_memory(path: Path, port: int, seconds: float) -> None:
    """The child of `memory`: its peak is its own."""
    db = opened(path)
    start = time.perf_counter()
    planned = plan_deliveries(db, issue(), "example.org", NOW)
    plan_s = time.perf_counter() - start

    async def run() -> int:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(seconds, stop.set)
        return (await deliver(db, pages, post(port, "boot:one"), stop)).accepted

    sent = asyncio.run(run())
    print(planned, plan_s, sent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", help="the data folder; not needed, for one way of calling all benchmarks")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--letters", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--readers", type=int, default=2000)
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory_of:
        measured_memory(asked.memory_of, asked.port, asked.seconds)
        return
    measures: dict[str, float] = {}
    if asked.moments:
        measures |= kills(asked.moments, asked.readers)
    if asked.rounds:
        measures |= throughput(asked.letters, asked.rounds) | real_postfix(asked.letters // 2, asked.rounds)
    if asked.subscribers:
        measures |= memory(asked.subscribers, asked.seconds)
    for name, value in measures.items():
        print(f"{name:32} {value:>14,.2f}")
    if asked.json:
        asked.json.write_text(json.dumps(measures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
