"""The pages, measured: issue pages and searches over HTTP with 32 connections, on one core; memory; Chinese recall.

A desk is made with copies of the sample's issues and with stored articles whose texts come from PATH; the server is a
process of its own, bound to one core where the system allows it. `--full` measures 1,000 issues and 1,000,000 articles.
"""

import asyncio
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

import uvicorn
from barriers import axe_faults
from bench import Progress, arguments, report
from browser import chromium
from click.testing import CliRunner

from briefing.cli import command_line
from briefing.desk.parts import Desk
from briefing.serve import settle
from briefing.settings import load_desk
from briefing.store import issues, search
from briefing.store.issues import Published
from briefing.store.search import Document
from briefing.web import app
from briefing.web.limits import Limit
from briefing.web.wire import Wire
from briefing.wiring import built, topics_of

CONNECTIONS = 32
HAN = re.compile("[\u4e00-\u9fff]{2}")
WORD = re.compile("[A-Za-z]{4,12}")
WORDS_FOR_RECALL = 60
TARGETS = {
    "web.p95_ms": "under 25",
    "web.pages_per_s": "at least 1,500",
    "web.peak_mb": "under 120",
    "search.p95_ms": "under 25",
    "search.recall_two_characters": "1.0",
    "web.axe_faults": "target 0",
}


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--issues", type=int, default=100)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each kind of page")
    parser.add_argument("--full", action="store_true", help="1,000 issues and 1,000,000 articles")
    parser.add_argument("--npm", type=Path, help="folder whose node_modules has axe-core: looks for barriers too")
    parser.add_argument("--serve", metavar="PORT", type=int, help="serve the desk in PATH; the benchmark calls itself")
    given = parser.parse_args()
    if given.serve:
        serve(given.path, given.serve)
        return
    if given.full:
        given.issues, given.articles = 1_000, 1_000_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        texts = texts_of(given.path)
        prepared(folder, texts, given.issues, given.articles)
        measures = measured(folder, texts, given)
        if given.npm and chromium():
            sample = Path(place) / "sample"
            prepared(sample, texts, 0, 0)
            desk = desk_in(sample, 8000)
            measures["web.axe_faults"] = axe_faults(desk, given.npm / "node_modules")
            desk.database.close()
        else:
            print("web.axe_faults is left out: it needs Chromium and axe-core (--npm FOLDER)", file=sys.stderr)
        report(measures, given.json, TARGETS)


def texts_of(path: Path) -> list[tuple[str, str, str]]:
    """(language, title, text) of articles in the data: long enough to search, short enough for an excerpt."""
    found: list[tuple[str, str, str]] = []
    for file in sorted(path.rglob("*.jsonl")):
        for line in file.open(encoding="utf-8", errors="replace"):
            record = json.loads(line) if line.startswith("{") else {}
            text = record.get("text") or record.get("zh")
            if isinstance(text, str) and len(text) > 20:
                language = "zh-Hans" if HAN.search(text) else "en"
                found.append((language, str(record.get("title") or text[:40]), text[:600]))
    random.Random(8).shuffle(found)
    if not found:
        raise SystemExit(f"{path} holds no .jsonl with texts")
    return found[:20_000]


def prepared(folder: Path, texts: Sequence[tuple[str, str, str]], many: int, articles: int) -> None:
    """The sample's desk, its issues copied day by day, and the articles as what issues left out."""
    CliRunner().invoke(command_line, ["demo", "--folder", str(folder)], catch_exceptions=False)
    desk = desk_in(folder, 8000)
    topic = desk.topics[0].key
    first = issues.every(desk.database)[1]
    issue = issues.document(desk.database, topic, first.id)
    assert issue
    tell = Progress("issues", many)
    for number in range(many):
        day = (datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=number)).date().isoformat()
        made = replace(issue, id=f"{day}-daily", slot=day, number=number + 10, edition="daily",
                       made_at=datetime.fromisoformat(f"{day}T06:00:00+00:00"))  # fmt: skip
        issues.publish(desk.database, Published(issue=made))
        shutil.copytree(
            folder / "archive" / topic / first.id, folder / "archive" / topic / made.id, copy_function=os.link
        )
        tell(number + 1)
    stored(desk, texts, articles, topic, first.id)
    desk.database.close()


def stored(desk: Desk, texts: Sequence[tuple[str, str, str]], articles: int, topic: str, issue: str) -> None:
    tell, source = Progress("articles", articles), cycle(texts)
    first = datetime(2015, 1, 1, tzinfo=UTC)
    for start in range(0, articles, 5_000):
        made = []
        for number in range(start, min(articles, start + 5_000)):
            language, title, text = next(source)
            day = (first + timedelta(days=number % 3000)).date().isoformat()
            made.append(
                Document(topic, "left out", f"a{number}", issue, language, day, title, text, "repeat", "Outlet")
            )
        with desk.database.transaction():
            search.add(desk.database, *made)
        tell(min(articles, start + 5_000))


def desk_in(folder: Path, port: int) -> Desk:
    settings = load_desk(folder, {"BRIEFING_DESK_BASE_ADDRESS": f"http://127.0.0.1:{port}"})
    return built(settings, topics_of(settings)[:1], sample=True)


def serve(folder: Path, port: int) -> None:
    app.SEARCH = Limit("search", 10**9, 1.0)  # one client stands for all readers here
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    pages = app.application(app.Parts(desk_in(folder, port)))
    settle()
    uvicorn.run(
        pages,
        host="127.0.0.1",
        port=port,
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # as the desk serves
        http=Wire,
    )


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """The port and the process id of a server."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, str(folder), "--serve", str(port)])
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def measured(folder: Path, texts: Sequence[tuple[str, str, str]], given: object) -> dict[str, float]:
    seconds = float(getattr(given, "seconds", 5.0))
    desk = desk_in(folder, 8000)
    topic = desk.topics[0].key
    ids = [one.id for one in issues.every(desk.database)]
    pages = [f"/{topic}/{one}/index{tag}.html" for one in ids for tag in ("", ".zh")]
    dice = random.Random(32)
    dice.shuffle(pages)
    recall = recall_of(desk, texts, int(getattr(given, "articles", 0)))
    searches = [f"/search?q={quote(word)}&ui=en" for word in words_of(texts, dice)]
    desk.database.close()
    with server(folder) as (port, process):
        asyncio.run(asked(port, pages[:200], 1.0))  # what visitors read is at hand
        page_times, page_rate = asyncio.run(asked(port, pages[:200], seconds))
        search_times, search_rate = asyncio.run(asked(port, searches, seconds))
        print(f"searches a second, each with words of its own: {search_rate:,.0f}", file=sys.stderr)
        peak = peak_of(process)
    return {
        "web.p95_ms": percentile(page_times),
        "web.pages_per_s": round(page_rate, 1),
        "web.peak_mb": peak,
        "search.p95_ms": percentile(search_times),
        "search.recall_two_characters": recall,
    }


def words_of(texts: Sequence[tuple[str, str, str]], dice: random.Random) -> list[str]:
    """Words that stand in the articles, half of them Chinese of two characters."""
    chinese = sorted({w for _, _, text in texts for w in HAN.findall(text)})
    english = sorted({w.lower() for _, _, text in texts for w in WORD.findall(text)})
    kept = [dice.sample(found, min(len(found), 3_000)) for found in (chinese, english)]
    mixed = [word for pair in zip(*kept, strict=False) for word in pair]
    dice.shuffle(mixed)
    return mixed


def recall_of(desk: Desk, texts: Sequence[tuple[str, str, str]], articles: int) -> float:
    """Of all articles that hold a word of two characters, how many a search for it finds."""
    dice = random.Random(2)
    words = [word for word in words_of(texts, dice) if HAN.fullmatch(word)][:WORDS_FOR_RECALL]
    whole, rest = divmod(articles, len(texts))
    wanted = found = 0
    for word in words:
        holding = [n for n, (_, title, text) in enumerate(texts) if word in title or word in text]
        expected = sum(whole + (n < rest) for n in holding)
        hits = search.find(desk.database, word, kind="left out", until="2023-04-01", most=10**7)
        wanted += expected
        found += sum(word in hit.document.title or word in hit.document.text for hit in hits)
    return round(found / wanted, 4) if wanted else 0.0


async def asked(port: int, paths: Sequence[str], seconds: float) -> tuple[list[float], float]:
    """Time of every answer, in ms, and answers a second, over 32 connections that each ask again at once."""
    end = time.perf_counter() + seconds
    turns = cycle(paths)
    times: list[float] = []

    async def visitor() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            writer.write(f"GET {next(turns)} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head[:16]:
                raise SystemExit(head.decode())
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            times.append((time.perf_counter() - begin) * 1000)
        writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(visitor() for _ in range(CONNECTIONS)))
    return times, len(times) / (time.perf_counter() - begin)


def percentile(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return round(sorted(times)[int(len(times) * 0.95)], 2) if times else 0.0


def peak_of(process: int) -> float:
    status = Path(f"/proc/{process}/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return round(int(peak[1]) / 1000, 1) if peak else 0.0


if __name__ == "__main__":
    main()
