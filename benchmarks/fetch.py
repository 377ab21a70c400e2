"""What asking costs: requests a second against bare aiohttp, and one round of 10,000 sources. All on loopback.

    benchmarks/fetch.py [PATH] [--json FILE] [--quick]

PATH is a folder with feed documents to serve; without it documents of the same size are made up. The server is a
process of its own; the ratios compare processor time of the asking process, both sides in turn, the best turn of each.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import aiohttp
from aiohttp.abc import AbstractResolver

from briefing.codec import encoded
from briefing.collect.gather import gather
from briefing.collect.guard import Policy
from briefing.collect.http import Client, Request
from briefing.collect.politeness import Polling, after
from briefing.model.entry import Failed, Unchanged
from briefing.store.connection import Database, opened
from briefing.store.entries import Poll, save_polls

TOPIC = "china-data-finance"  # any would do: its sources are replaced
DOMAIN = "feeds.test"  # resolved here, to loopback
SOURCES, HOSTS = 2_000, 200
ROUND_SOURCES, ROUND_HOSTS = 10_000, 2_000
AT_ONCE = 100
ETAG = '"current"'
NOW = datetime(2024, 6, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where the server listens."""

    port: int
    authority: str = ""  # its certificate, for TLS

    def address(self, number: int, hosts: int) -> str:
        scheme = "https" if self.authority else "http"
        return f"{scheme}://h{number % hosts}.{DOMAIN}:{self.port}/{number}"


class Loopback(AbstractResolver):
    """Every name leads to this machine; the network is never asked."""

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> Any:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        return None


class Feeds(asyncio.Protocol):
    """Answers from memory: 304 to the current validator, else a packed document."""

    def __init__(self, answers: list[bytes]) -> None:
        self.answers = answers
        self.held = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self.held = (self.held + data).split(b"\r\n\r\n")
        for head in heads:
            if b"If-None-Match: " + ETAG.encode() in head:
                self.transport.write(b'HTTP/1.1 304 Not Modified\r\nETag: "current"\r\n\r\n')
            else:
                number = int(head.split(b" ", 2)[1][1:])
                self.transport.write(self.answers[number % len(self.answers)])
            if b"Connection: close" in head:
                self.transport.close()


def documents(path: Path | None) -> list[bytes]:
    """Real feeds of at least 10 kB below PATH, or made-up ones of the usual sizes."""
    if path is not None:
        files = sorted(file for file in path.rglob("*") if file.suffix in {".xml", ".rss", ".atom"})
        found = [file.read_bytes() for file in files if file.stat().st_size > 10_000]
        if found:
            return found
    dice = random.Random(5)
    words = ["audit", "office", "data", "审计", "数据", "资产", "report", "million", "2.48亿元", "<p>", "</p>"]
    return [" ".join(dice.choices(words, k=dice.randint(2_000, 50_000))).encode() for _ in range(20)]


def serve(path: Path | None, folder: str, ready: Any) -> None:
    """The whole life of the server's process."""
    head = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\nETag: "current"\r\nContent-Length: '
    packed = [gzip.compress(document, 6) for document in documents(path)]
    answers = [f"{head}{len(body)}\r\n\r\n".encode() + body for body in packed]

    async def run() -> None:
        loop = asyncio.get_running_loop()
        context = None
        if folder:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
        server = await loop.create_server(lambda: Feeds(answers), sock=loopback(), ssl=context, backlog=1000)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def loopback() -> socket.socket:
    """Listens on all of 127.0.0.0/8, so that there are many hosts, and on no other network."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    made.bind(("", 0))
    return made


@contextmanager
def server(path: Path | None, folder: str = "") -> Any:
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(path, folder, theirs), daemon=True)
    process.start()
    try:
        yield Place(ours.recv(), f"{folder}/cert.pem" if folder else "")
    finally:
        process.kill()
        process.join()


def certificate(folder: str) -> None:
    """A key and a certificate for the names of this run, valid for a day."""
    from cryptography import x509  # noqa: PLC0415 - only where TLS is measured
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - the same

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, DOMAIN)])
    today = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - timedelta(1)).not_valid_after(today + timedelta(1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(f"*.{DOMAIN}")]), critical=False)
    made = builder.sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    Path(folder, "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    Path(folder, "cert.pem").write_bytes(made.public_bytes(pem))


async def bare(addresses: list[str], etag: str) -> int:
    """aiohttp as its manual shows it: no guard, no bounds, no record."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(session: aiohttp.ClientSession, address: str) -> int:
        async with room, session.get(address, headers={"If-None-Match": etag}) as answer:
            return len(await answer.read())

    connector = aiohttp.TCPConnector(resolver=Loopback(), limit=0)
    async with aiohttp.ClientSession(connector=connector, headers={"Accept-Encoding": "gzip, deflate"}) as session:
        return sum(await asyncio.gather(*(one(session, address) for address in addresses)))


def keep(db: Database, polls: list[Poll]) -> None:
    """Moves the bookmarks in one transaction, as a desk does for all that had nothing new."""
    save_polls(db, "benchmark", polls)
    polls.clear()


@contextmanager
def store() -> Iterator[Database]:
    """A desk's store, opened before anything is measured: a desk opens its own once."""
    with tempfile.TemporaryDirectory() as folder:
        db = opened(Path(folder, "desk.db"))
        try:
            yield db
        finally:
            db.close()


async def polled(records: dict[str, Polling], db: Database) -> tuple[int, int]:
    """The desk's way: guarded, bounded, one connection a host, a stored record of each. Bodies and their bytes."""
    bodies = size = 0
    polls: list[Poll] = []
    async with Client(Policy.for_loopback(), user_agent="briefing-benchmark", resolver=Loopback()) as client:
        requests = ((address, Request(address, etag=record.etag)) for address, record in records.items())
        async for address, outcome in gather(requests, client, at_once=AT_ONCE, pause_s=0):
            assert not isinstance(outcome, Failed), outcome
            if not isinstance(outcome, Unchanged):
                bodies += 1
                size += len(outcome.body)
            record = after(records[address], outcome, NOW)
            polls.append(Poll(address, encoded(record), "", record.next_due))
            if len(polls) == AT_ONCE:
                keep(db, polls)
    keep(db, polls)
    return bodies, size


async def ours(addresses: list[str], etag: str, db: Database) -> int:
    return (await polled(dict.fromkeys(addresses, Polling(etag=etag)), db))[1]


def processor_s(asking: Coroutine[Any, Any, int]) -> tuple[float, int]:
    begun = time.process_time()
    size = asyncio.run(asking)
    return time.process_time() - begun, size


def compared(place: Place, etag: str, *, quick: bool) -> tuple[float, float]:
    """Our rate as a part of bare aiohttp's, and our requests a second. The best turn of each: the rest is noise."""
    addresses = [place.address(number, HOSTS) for number in range(SOURCES // 10 if quick else SOURCES)]
    turns = 1 if quick else 5
    theirs_s, ours_s = [], []
    with store() as db:
        asyncio.run(bare(addresses[:50], etag))  # imports and caches are no part of a request
        asyncio.run(ours(addresses[:50], etag, db))
        for turn in range(turns):
            print(f"  turn {turn + 1} of {turns}", file=sys.stderr)
            used_s, size = processor_s(bare(addresses, etag))
            theirs_s.append(used_s)
            used_s, ours_size = processor_s(ours(addresses, etag, db))
            ours_s.append(used_s)
            assert size == ours_size, "both read the same bytes"
    return min(theirs_s) / min(ours_s), len(addresses) / min(ours_s)


def host(number: int) -> str:
    """One of 2,000 hosts, all of them this machine: the network 127.0.0.0/8."""
    return f"127.1.{number % ROUND_HOSTS // 200}.{number % 200 + 1}"


def desk(folder: Path, place: Place, sources: range) -> None:
    """A desk in the folder that watches these sources. Nine in ten have nothing new since it last asked."""
    shutil.copytree(ROOT / "feeds" / TOPIC, folder / "feeds" / TOPIC)
    bounds = f"at_once = {AT_ONCE}\nprivate_hosts = ['127.0.0.0/8:{place.port}']"
    (folder / "desk.toml").write_text(f"[desk]\nname = 'Round'\n[fetch]\n{bounds}\n", "utf-8")
    addresses = {f"s{n}": f"http://{host(n)}:{place.port}/{n // 10}" for n in sources}
    lines = [f"[[source]]\nkey = '{key}'\nkind = 'feed'\naddress = '{at}'\n" for key, at in addresses.items()]
    (folder / "feeds" / TOPIC / "sources.toml").write_text("\n".join(lines), "utf-8")
    with closing(opened(folder / "desk.db")) as db:
        known = [Polling(given=at, etag=ETAG if n % 10 else '"old"') for n, at in enumerate(addresses.values())]
        records = zip(addresses, known, strict=True)
        save_polls(db, TOPIC, [Poll(key, encoded(record), "", None) for key, record in records])


def held_mb(number: int) -> float:
    """What a process and those it started hold of the memory, each shared page counted once."""
    try:
        text = Path(f"/proc/{number}/smaps_rollup").read_text("ascii")
        started = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        threads = [path.read_text("ascii").split() for path in Path(f"/proc/{number}/task").glob("*/children")]
    except (OSError, ValueError):  # it ended meanwhile
        return 0.0
    children = {int(child) for many in (started, *threads) for child in many}
    found = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
    return int(found[1] if found else 0) / 1024 + sum(held_mb(child) for child in children)


def whole_round(place: Place, *, quick: bool) -> tuple[float, float]:
    """`briefing collect` on 10,000 sources: settings, asking, reading, store. Its seconds, and its peak of memory."""
    sources = range(ROUND_SOURCES // 10 if quick else ROUND_SOURCES)
    with tempfile.TemporaryDirectory() as folder:
        desk(Path(folder), place, sources)
        command = [sys.executable, "-m", "briefing", "--desk", folder, "collect", "--json"]
        begun, peak = time.perf_counter(), 0.0
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            told: list[str] = []
            reader = threading.Thread(target=lambda: told.append(running.stdout.read() if running.stdout else ""))
            reader.start()
            while running.poll() is None:
                peak = max(peak, held_mb(running.pid))
                time.sleep(0.5)
            seconds = time.perf_counter() - begun
            reader.join()
    done = json.loads(told[0])
    assert done["asked"] == len(sources), "every source is asked"
    print(f"  {done['new']:,} entries, {len(done['failed'])} sources failed", file=sys.stderr)
    return seconds, peak


def part(name: str, place: Place, quick: bool, result: Any) -> None:  # noqa: FBT001 - handed to a process
    """One measure in a process of its own, so that its peak of memory is its own."""
    if name == "round":
        result.send(whole_round(place, quick=quick))
    else:
        result.send(compared(place, ETAG if name.startswith("304") else '"old"', quick=quick))


def measured(name: str, place: Place, *, quick: bool) -> tuple[float, float]:
    print(f"{name} ...", file=sys.stderr)
    spawning = get_context("spawn")
    mine, theirs = spawning.Pipe()
    process = spawning.Process(target=part, args=(name, place, quick, theirs))
    process.start()
    theirs.close()
    first, second = mine.recv()
    process.join()
    return first, second


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("path", nargs="?", type=Path, help="a folder with feed documents to serve")
    parser.add_argument("--json", type=Path, help="write the measures to this file")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, once: to see that it runs")
    given = parser.parse_args()
    rates: dict[str, tuple[float, float]] = {}
    with server(given.path) as place:
        for name in ("full", "304"):
            rates[name] = measured(name, place, quick=given.quick)
        seconds, peak = measured("round", place, quick=given.quick)
    with tempfile.TemporaryDirectory() as folder:
        certificate(folder)
        os.environ["SSL_CERT_FILE"] = f"{folder}/cert.pem"  # before the measuring process loads aiohttp
        with server(given.path, folder) as place:
            for name in ("full over TLS", "304 over TLS"):
                rates[name] = measured(name, place, quick=given.quick)
    print(f"{'':28}of bare aiohttp   requests/s of one core")
    for name, (ratio, rate) in rates.items():
        print(f"{name:28}{ratio:15.2f}{rate:25,.0f}")
    print(f"{'round of 10,000, 90 % 304':28}{seconds:13.1f} s{peak:22.0f} MB")
    if given.json:
        measures = {
            "fetch.full_ratio": rates["full"][0],
            "fetch.not_modified_ratio": rates["304"][0],
            "round_10000.seconds": seconds,
            "round_10000.peak_mb": peak,
        }
        given.json.write_text(json.dumps({key: round(number, 3) for key, number in measures.items()}), "utf-8")


if __name__ == "__main__":
    main()
