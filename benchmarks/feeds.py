"""Every document of a folder of feeds: does each come through, with the right entries, titles and dates, and how fast.

    benchmarks/feeds.py PATH [--json FILE] [--only TEXT]

PATH is laid out as the corpus: MANIFEST.jsonl names the documents; `.tar.xz` holds a series of polls, `.opml` and the
listparser folder hold lists of feeds, caixin-style cassettes hold recorded JSON answers. Documents are read in two
processes, each bounded in time; one that raises, hangs or dies has crashed.
"""

import json
import signal
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feed_damage
from bench import Progress, arguments, report
from feed_presets import Recorded, exercised
from feed_series import Kept, compared

from briefing.model.entry import Failed, Fetched
from briefing.model.source import FieldMap, Source, SourceKind
from briefing.read.article import articles_of
from briefing.read.body import page_of
from briefing.read.dates import stamp
from briefing.read.discovery import lines_for
from briefing.read.document import read_document
from briefing.read.opml import sources_in
from briefing.read.parsed import Parsed

NOW = datetime(2026, 11, 25, tzinfo=UTC)
LIMIT_S = 20
NOWHERE = "https://feeds.example/"  # of documents whose address nobody noted
PROCESSES = 2
DATES = Path(__file__).resolve().parents[1] / "tests" / "read" / "dates.tsv"
MAPS = (
    FieldMap("data.articleList[]", "title", "url", "time", "summary", "contentId"),
    FieldMap("datas[]", "desc", "link", "time", "summ", "id"),
    FieldMap("data.list[]", "title", "url", "time", "summary", "id"),
    FieldMap("data.data[]", "title", "url", "time", "summary", "id"),
    FieldMap("data[]", "title", "url", "time", "summary", "id"),
)


@dataclass(frozen=True)
class Job:
    name: str
    body: bytes
    address: str
    kind: str  # feed, outlines or answers
    content_type: str = ""
    expected: int = -1


@dataclass(frozen=True)
class Reading:
    name: str
    seconds: float
    entries: int = 0
    left_out: int = 0
    failed: str = ""
    crashed: str = ""
    expected: int = -1
    after_s: float = 0.0  # articles out of the entries


def jobs(rows: list[dict[str, Any]], root: Path) -> Iterator[Job]:
    for row in rows:
        path = root / row["file"]
        address = row.get("feed_url") or f"{NOWHERE}{row['file']}"
        job = Job(row["file"], b"", address, "feed", expected=row.get("expected_entries", -1))
        if path.name.endswith(".tar.xz"):
            with tarfile.open(path) as archive:
                for member in sorted(archive.getmembers(), key=lambda member: member.name):
                    if (held := archive.extractfile(member)) is not None:
                        yield replace(job, name=f"{row['file']}:{member.name}", body=held.read())
        elif "cassettes" in row["file"] and path.suffix == ".json":
            yield from _answers(job, path)
        else:
            lists = path.suffix == ".opml" or "listparser" in row["file"]
            yield replace(job, body=path.read_bytes(), kind="outlines" if lists else "feed")


def _answers(job: Job, path: Path) -> Iterator[Job]:
    for number, pair in enumerate(json.loads(path.read_text("utf-8"))["interactions"]):
        answer = pair["response"]
        content_type = answer.get("headers", {}).get("Content-Type", "")
        body = str(answer.get("body", "")).encode()
        yield Job(f"{job.name}:{number}", body, pair["request"]["url"], "answers", content_type)


def read_job(job: Job) -> Reading:
    """One document, bounded in time. Anything raised is a crash, and is told."""
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(LIMIT_S)
    begin = time.process_time()
    try:
        return _read(job, begin)
    except Exception as fault:  # noqa: BLE001 - to find these is what this program is for
        return Reading(job.name, time.process_time() - begin, crashed=f"{type(fault).__name__}: {fault}"[:200])
    finally:
        signal.alarm(0)


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {LIMIT_S} s")


def _read(job: Job, begin: float) -> Reading:
    if job.kind == "outlines":
        found = sources_in(job.body)
        return Reading(job.name, time.process_time() - begin, entries=len(found))
    fetched = Fetched(job.address, job.address, job.body, job.content_type)
    source = Source("corpus", job.address, SourceKind.FEED, name="Corpus")
    result = read_document(source, fetched, NOW)
    if isinstance(result, Failed) and job.kind == "answers":
        result = _best(source, fetched) or result
    seconds = time.process_time() - begin
    if isinstance(result, Failed):
        if b"<html" in job.body[:5_000].lower():
            page_of(fetched, source, NOW)
            lines_for(fetched, NOW)
        return Reading(job.name, seconds, failed=f"{result.reason}: {result.detail}", expected=job.expected)
    articles = [article for entry in result.entries for article in articles_of(entry, source)]
    assert len(articles) >= len(result.entries)
    return Reading(
        job.name,
        seconds,
        len(result.entries),
        result.skipped,
        expected=job.expected,
        after_s=time.process_time() - begin - seconds,
    )


def _best(source: Source, fetched: Fetched) -> Parsed | None:
    """The recorded answer by the map that finds most; the desk's own sources name theirs."""
    tried = [read_document(replace(source, kind=SourceKind.RECORDS, fields=fields), fetched, NOW) for fields in MAPS]
    return max((one for one in tried if isinstance(one, Parsed)), key=lambda one: len(one.entries), default=None)


def read_all(todo: list[Job]) -> list[Reading]:
    """Every reading; a process that dies takes down the document it was reading and no other."""
    done: list[Reading] = []
    progress = Progress("documents", len(todo))
    waiting = todo
    while waiting:
        with ProcessPoolExecutor(PROCESSES) as pool:
            try:
                for reading in pool.map(read_job, waiting, chunksize=8):
                    done.append(reading)
                    progress(len(done), reading.name)
                waiting = []
            except BrokenProcessPool:
                fallen = todo[len(done)]
                done.append(Reading(fallen.name, 0.0, crashed="its process died"))
                waiting = todo[len(done) :]
    return done


def dates() -> tuple[int, int, list[str]]:
    """How many forms are read right under the clocks of all twelve months and in two zones of the machine."""
    rows = [row.split("\t") for row in DATES.read_text("utf-8").splitlines() if not row.startswith("#")]
    wrong = set()
    for zone in ("UTC", "Asia/Shanghai"):
        with _machine_in(zone):
            for month in range(1, 13):
                now = datetime(2025, month, 28, 18, 45, tzinfo=UTC)
                for raw, at, sure in rows:
                    found = stamp("" if raw == "-" else raw, "Asia/Shanghai", now)
                    meant = None if at == "-" else datetime.fromisoformat(at)
                    if (found.instant, found.sureness) != (meant, sure):
                        wrong.add(raw)
    return len(rows) - len(wrong), len(rows), sorted(wrong)


class _machine_in:  # noqa: N801 - reads as what it does
    def __init__(self, zone: str) -> None:
        self.zone = zone

    def __enter__(self) -> None:
        import os  # noqa: PLC0415 - only here

        self.before = os.environ.get("TZ")
        os.environ["TZ"] = self.zone
        time.tzset()

    def __exit__(self, *_: object) -> None:
        import os  # noqa: PLC0415 - only here

        if self.before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = self.before
        time.tzset()


def series(todo: list[Job]) -> tuple[Kept, Kept]:
    """Over the polls of each archive: what a plain count finds in them, and what a store keeps of them."""
    archives: dict[str, list[bytes]] = {}
    for job in todo:
        if job.kind == "feed" and ":" in job.name:
            archives.setdefault(job.name.partition(":")[0], []).append(job.body)
    counted, stored = Kept(), Kept()
    progress = Progress("series", len(archives))
    with ProcessPoolExecutor(PROCESSES) as pool:
        for done, (name, pair) in enumerate(zip(archives, pool.map(compared, archives.values()), strict=True), 1):
            counted, stored = counted + pair[0], stored + pair[1]
            progress(done, name)
    return counted, stored


def recorded(todo: list[Job]) -> Iterator[Recorded]:
    for job in todo:
        if job.kind != "outlines":
            yield Recorded(job.name, job.body, "" if NOWHERE in job.address else job.address, job.content_type)


def main() -> None:
    parser = arguments(__doc__ or "", path="a folder laid out as the corpus, with MANIFEST.jsonl")
    parser.add_argument("--only", default="", metavar="TEXT", help="only documents whose name holds TEXT")
    args = parser.parse_args()
    rows = [json.loads(row) for row in (args.path / "MANIFEST.jsonl").read_text("utf-8").splitlines() if row.strip()]
    todo = [job for job in jobs(rows, args.path) if args.only in job.name]
    begin = time.perf_counter()
    readings = read_all(todo)
    wall = time.perf_counter() - begin
    crashed = [r for r in readings if r.crashed]
    wrong = [r for r in readings if r.expected >= 0 and r.entries + r.left_out != r.expected]
    slowest = max(readings, key=lambda r: r.seconds, default=Reading("none", 0.0))
    lines, titles_right, titles_all = feed_damage.measured(rows, args.path)
    dates_right, dates_all, unread = dates()
    counted, stored = series(todo)
    exercises = exercised(recorded(todo), NOW)
    for told, sort in ((crashed, "crashed"), (wrong, "count wrong")):
        for r in told:
            print(f"{sort}: {r.name} {r.crashed or f'{r.entries} and {r.left_out} left out, stated {r.expected}'}")
    for name, right, total in lines:
        print(f"titles  {name:<36} {right:>5} of {total}")
    for raw in unread:
        print(f"date read wrong: {raw}")
    print(f"slowest: {slowest.name}")
    for e in exercises:
        told = f"{e.documents:>2} documents, {e.entries} entries: {e.titled} titled, {e.linked} linked, {e.dated} dated"
        print(f"preset  {e.key:<20} {told}")
    failures = Counter(r.failed.partition(":")[0] for r in readings if r.failed)
    print("no feed:", ", ".join(f"{count} {reason}" for reason, count in failures.most_common()) or "none")
    per_1000 = 1000 / max(len(readings), 1)
    report(
        {
            "counts stated": sum(r.expected >= 0 for r in readings),
            "entries": sum(r.entries for r in readings),
            "left out": sum(r.left_out for r in readings),
            "wall s per 1000": round(wall * per_1000, 3),
            "articles s per 1000": round(sum(r.after_s for r in readings) * per_1000, 3),
            "series items": stored.items,
            "series repeats": stored.items - counted.items,
            "series revisions": stored.revisions,
            "series revisions lost": counted.revisions - stored.revisions,
            "presets exercised": len(exercises),
            "presets right": sum(exercise.is_right for exercise in exercises),
        },
        None,
        {"wall s per 1000": "on this machine now; s_per_1000 is processor time over two cores"},
    )
    report(
        {
            "documents": len(readings),
            "crashed": len(crashed),
            "counts_wrong": len(wrong),
            "s_per_1000": round(sum(r.seconds for r in readings) / PROCESSES * per_1000, 3),
            "slowest_s": round(slowest.seconds, 3),
            "titles.right": titles_right,
            "titles.all": titles_all,
            "dates.right": dates_right,
            "dates.all": dates_all,
        },
        args.json,
        {"crashed": "target 0", "counts_wrong": "target 0", "s_per_1000": "target 20", "slowest_s": "target 2"},
    )


if __name__ == "__main__":
    main()
