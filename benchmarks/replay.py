"""Years of real items through the whole desk: served day by day as feeds over loopback, with weekly issues.

    benchmarks/replay.py PATH [--json FILE] [--weeks N] [--desk FOLDER]

PATH holds replay.jsonl and sources.json. Reports what was read, kept, folded and left out; precision and recall on
the labelled items (`topic` core against the rest); repeats that slipped through; items a second; peak memory.
"""

import asyncio
import hashlib
import json
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bench import Progress, arguments, peak_mb, report

from briefing.collect.guard import Policy
from briefing.desk.collecting import collect
from briefing.desk.making import Made, Occasion, make_issue
from briefing.desk.parts import Desk
from briefing.desk.publishing import publish
from briefing.model.issue import Role
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.story import Disposition
from briefing.model.text import Language
from briefing.read.text import fold
from briefing.settings import load_desk
from briefing.store import issues
from briefing.wiring import built, topics_of

SHOWN_DAYS = 3  # how long an item stays in its feed
KEPT = frozenset({Disposition.DEVELOPMENT, Disposition.UPDATE})
TARGETS = {"topic.precision": "target .90", "topic.recall": "target .90"}


@dataclass
class Stream:
    """The items by source, and the feeds as they stand on a day."""

    items: dict[str, list[dict[str, Any]]]
    day: datetime
    feeds: dict[str, bytes] = field(default_factory=dict)
    moves: Counter[str] = field(default_factory=Counter)

    def move(self, day: datetime) -> None:
        self.day = day
        since = day - timedelta(days=SHOWN_DAYS)
        self.feeds = {
            f"/{number}": rss(name, [row for row in rows if since < row["at"] <= day])
            for number, (name, rows) in enumerate(self.items.items())
        }


def rss(name: str, rows: list[dict[str, Any]]) -> bytes:
    items = (
        f"<item><title>{escape(row['title'])}</title><link>{escape(row['url'] or '')}</link>"
        f'<guid isPermaLink="false">{row["id"]}</guid>'
        f"<pubDate>{format_datetime(row['at'])}</pubDate><description>{escape(escape(row.get('text') or ''))}"
        "</description></item>"
        for row in reversed(rows)
    )
    return f'<rss version="2.0"><channel><title>{escape(name)}</title>{"".join(items)}</channel></rss>'.encode()


@contextmanager
def served(stream: Stream) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = stream.feeds.get(self.path, b"")
            tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            known = self.headers.get("If-None-Match") == tag
            stream.moves["304" if known else "200"] += 1
            self.send_response(304 if known else 200)
            self.send_header("ETag", tag)
            if not known:
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not known:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (path / "replay.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        row["at"] = datetime.fromisoformat(row["published"]).astimezone(UTC)
        found[row["src"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["at"], row["id"]))
    return dict(found)


def sources(path: Path, names: list[str], port: int) -> tuple[Source, ...]:
    described = {row["source_id"]: row for row in json.loads((path / "sources.json").read_text("utf-8"))}
    made = []
    for number, name in enumerate(names):
        spoken = described.get(name, {}).get("lang", {})
        language = Language.HANS if "zh" in spoken and "en" not in spoken else Language.EN
        partisan = "epoch" in name
        made.append(
            Source(
                key=f"s{number}",
                address=f"http://127.0.0.1:{port}/{number}",
                kind=SourceKind.FEED,
                name=described.get(name, {}).get("name", name),
                outlet=name,
                language=language,
                zone="Asia/Shanghai" if language is Language.HANS else "UTC",
                tier=Tier.PARTISAN if partisan else Tier.NEWSROOM,
            )
        )
    return tuple(made)


@dataclass
class Tally:
    """What the issues said of each item."""

    on_topic: dict[str, bool] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)  # folded words of a shown item: issue
    repeats: int = 0

    def add(self, made: Made) -> None:
        verdicts = {v.article: v for v in made.judgement.verdicts}
        told = {}
        for reading in made.readings:
            verdict, article = verdicts[reading.article.id], reading.article
            on_topic = verdict.disposition is not Disposition.OFF_TOPIC
            guid = article.entry.guid
            self.on_topic[guid] = self.on_topic.get(guid, False) or on_topic
            self.counts["read"] += 1
            self.counts[verdict.disposition] += 1
            if verdict.disposition in KEPT:
                words = fold(f"{article.title} {article.text or article.summary}")
                self.repeats += words in self.shown
                told[words] = made.issue.id
        self.shown |= told
        for development in made.issue.developments:
            self.counts["folded"] += sum(c.role is Role.COPY for c in development.coverage)


def weeks(stream: dict[str, list[dict[str, Any]]]) -> list[datetime]:
    """Fridays, 08:00 in Beijing, over the whole stream."""
    first = min(rows[0]["at"] for rows in stream.values())
    last = max(rows[-1]["at"] for rows in stream.values())
    friday = (first + timedelta(days=(4 - first.weekday()) % 7)).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [friday]
    while days[-1] <= last:
        days.append(days[-1] + timedelta(days=7))
    return days


def played(desk: Desk, stream: Stream, days: list[datetime], tally: Tally) -> None:
    topic = desk.topics[0]
    edition = topic.editions[0]
    tell = Progress("weeks", len(days) - 1)
    for number, (begin, end) in enumerate(pairwise([days[0] - timedelta(days=7), *days])):
        for day in range(7):
            clock = min(begin + timedelta(days=day + 1), end)
            stream.move(clock)
            asyncio.run(collect(desk, topic, clock, every=True))
        last = issues.last(desk.database, topic.key, edition.name)
        slot = end.date().isoformat()
        made = make_issue(
            desk,
            Occasion(
                topic,
                f"{slot}-{edition.name}",
                end,
                since=last.made_at if last else None,
                number=number + 1,
                edition=edition.name,
                slot=slot,
                zone=edition.zone,
                previous=last.id if last else "",
            ),
        )
        publish(desk, made)
        tally.add(made)
        tell(number + 1, f"{slot}, {tally.counts['read']} items")


def labelled(stream: dict[str, list[dict[str, Any]]], tally: Tally) -> dict[str, float]:
    """Precision and recall of 'on topic' over the labelled items that were read."""
    found: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for row in (row for rows in stream.values() for row in rows if row.get("topic")):
        said, core = tally.on_topic.get(row["id"]), row["topic"] == "core"
        if said is None:
            continue
        found[said, core] += 1
        if said != core:
            wrong.append((row["topic"], "said on" if said else "said off", row["title"][:70]))
    for line in wrong:
        print("  wrong:", *line)
    precision = found[True, True] / max(1, found[True, True] + found[True, False])
    recall = found[True, True] / max(1, found[True, True] + found[False, True])
    return {"topic.precision": precision, "topic.recall": recall, "labelled": sum(found.values())}


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--weeks", type=int, default=10_000, help="only the last N weeks")
    parser.add_argument("--desk", type=Path, help="keep the desk in this folder, to read its issues")
    chosen = parser.parse_args()
    items = read(chosen.path)
    days = weeks(items)[-chosen.weeks :]
    stream, tally = Stream(items, days[0]), Tally()
    with tempfile.TemporaryDirectory() as folder, served(stream) as port:
        home = chosen.desk or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        settings = load_desk(home, {})
        topic = replace(topics_of(settings)[0], sources=sources(chosen.path, list(items), port))
        desk = built(settings, (topic,))
        fetching = replace(desk.fetching, policy=Policy.for_loopback(port), pause_s=0.0, processes=0)
        begin = time.perf_counter()
        played(replace(desk, fetching=fetching), stream, days, tally)
        seconds = time.perf_counter() - begin
    kept = sum(tally.counts[d] for d in KEPT)
    measures = {
        **labelled(items, tally),
        "repeats": tally.repeats,
        "items_per_s": tally.counts["read"] / seconds,
        "peak_mb": peak_mb(),
        "items": tally.counts["read"],
        "kept": kept,
        "folded": tally.counts[Disposition.COPY] + tally.counts[Disposition.REVISION],
        "left_out": tally.counts["read"] - kept,
        "issues": len(days),
        "requests": sum(stream.moves.values()),
        "not_modified": stream.moves["304"],
        "seconds": round(seconds, 1),
    }
    report(measures, chosen.json, TARGETS)


if __name__ == "__main__":
    main()
