"""Measures the ledger on a labelled stream of articles: the status of every figure, scale slips, sums, false alarms.

    .venv/bin/python benchmarks/ledger.py PATH [--json FILE] [--topic FOLDER]

PATH is a folder with articles.jsonl and labels.jsonl. Articles come in the order in which they were first seen; the labelled
copies are told to the ledger as copies. Percentages are on the scale of 100.
"""

# ruff: noqa: E501 - tables and texts stay whole

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from briefing.figures import checks, extract, ledger
from briefing.model.article import Article
from briefing.model.entry import Entry, Stamp
from briefing.model.fact import Fact, Outcome, Status
from briefing.model.figure import Figure
from briefing.model.judgement import LedgerUpdate, Sighting
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.model.topic import Topic
from briefing.read.article import articles_of
from briefing.read.text import fold
from briefing.settings.topicfile import load_topic

ALARMS = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED})
TELLING = [
    Status.SCALE_SLIP,
    Status.CONTRADICTED,
    Status.CHANGED,
    Status.NEW,
    Status.CONFIRMED,
    Status.AGAIN,
    Status.UNBOUND,
]


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def articles(row: dict) -> tuple[Article, ...]:
    published, seen = (datetime.fromisoformat(row[k]).astimezone(UTC) for k in ("published", "first_seen"))
    stamp = Stamp("", published)
    entry = Entry(
        row["outlet_id"],
        row["guid"] or "",
        row["url"],
        row["title"],
        row["summary"],
        stamp,
        seen,
        content=row["text"],
        key=row["id"],
    )
    language = Language.EN if row["lang"] == "en" else Language(row["lang"])
    source = Source(
        row["outlet_id"],
        "https://bench.example/",
        SourceKind.FEED,
        outlet=row["outlet"],
        tier=Tier.NEWSROOM,
        language=language,
    )
    return articles_of(entry, source)


@dataclass
class Score:
    counts: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def play(folder: Path, topic: Topic, score: Score) -> None:
    labels = {row["id"]: row for row in rows(folder / "labels.jsonl")}
    facts: dict[str, Fact] = {fact.key: fact for fact in ledger.of_baseline(topic.baseline)}
    for number, row in enumerate(rows(folder / "articles.jsonl"), 1):
        label = labels[row["id"]]
        score.counts["articles"] += 1
        if label["topic"] == "off":
            continue
        sheets = tuple(sheet(a, topic) for a in articles(row))
        original = label["duplicate_of"] or {}
        copies = {s.article.id: original["id"] for s in sheets} if original.get("kind") in {"copy", "repost"} else {}
        update = ledger.enter(tuple(facts.values()), sheets, copies, label["issue"], topic.glossary)
        facts |= {fact.key: fact for fact in update.facts}
        judge(label, sheets, update, score)
        print(f"\r{number} articles, {len(facts)} facts", end="", file=sys.stderr)
    print(file=sys.stderr)


def sheet(article: Article, topic: Topic) -> ledger.Sheet:
    figures = extract.figures_in(article, topic.glossary)
    return ledger.Sheet(article, figures, checks.findings_in(article, figures))


def judge(label: dict, sheets: tuple[ledger.Sheet, ...], update: LedgerUpdate, score: Score) -> None:
    by_article = {s.article.id: s.figures for s in sheets}
    told = [(by_article[s.article][s.figure], s) for s in update.sightings]
    for gold in label["figures"]:
        score.counts["gold"] += 1
        score.counts["gold_slips"] += gold["status"] == "scale-slip"
        found = matching(gold, told)
        if found is None:
            score.counts["not_found"] += 1
            continue
        status = "confirmed" if found.status is Status.AGAIN else found.status.value
        score.counts["right"] += status == gold["status"]
        score.counts["slips_right"] += status == gold["status"] == "scale-slip"
    alarms(label, told, update, score)


def matching(gold: dict, told: list[tuple[Figure, Sighting]]) -> Sighting | None:
    """The most telling sighting of the figure's amount; those with its very words first."""
    value = Decimal(gold["value"])
    fits = [
        (f, s)
        for f, s in told
        if f.quantity.low == value and (gold["kind"] != "money" or f.quantity.currency == gold["unit"])
    ]
    surfaces = [m["surface"] for m in gold["mentions"]]
    close = [(f, s) for f, s in fits if any(f.surface in t or t in f.surface for t in surfaces)]
    return min((s for _, s in close or fits), key=lambda s: TELLING.index(s.status), default=None)


def alarms(label: dict, told: list[tuple[Figure, Sighting]], update: LedgerUpdate, score: Score) -> None:
    for amount, status in {(f.quantity.low, s.status) for f, s in told if s.status in ALARMS}:
        is_right = any(g["status"] == status.value and Decimal(g["value"]) == amount for g in label["figures"])
        score.counts["slips_told"] += status is Status.SCALE_SLIP
        score.counts["slips_told_right"] += status is Status.SCALE_SLIP and is_right
        score.counts["false_alarms"] += not is_right
    broken = [c for c in label["checks"] if not c["holds"]]
    said = [f for f in update.findings if f.parts and f.outcome is Outcome.FAILS and f.factor is None]
    score.counts["sums_broken"] += len(broken)
    score.counts["sums_broken_said"] += min(len(broken), len(said))
    score.counts["false_alarms"] += max(0, len(said) - len(broken))


def share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def measured(folder: Path, topic: Topic) -> dict[str, float]:
    score, start = Score(), time.perf_counter()
    play(folder, topic, score)
    c = score.counts
    return {
        "figures_found": share(c["gold"] - c["not_found"], c["gold"]),
        "status_right_of_all": share(c["right"], c["gold"]),
        "status_right_of_found": share(c["right"], c["gold"] - c["not_found"]),
        "slip_precision": share(c["slips_told_right"], c["slips_told"]),
        "slip_recall": share(c["slips_right"], c["gold_slips"]),
        "broken_sums_said": share(c["sums_broken_said"], c["sums_broken"]),
        "false_alarms_per_100": round(100 * c["false_alarms"] / c["articles"], 2),
        "seconds": round(time.perf_counter() - start, 2),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--topic", type=Path, default=Path(__file__).parent.parent / "feeds" / "china-data-finance")
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    measures = measured(given.path, load_topic(given.topic, fold))
    for name, value in measures.items():
        print(f"{name:24} {value:>8}")
    if given.json:
        given.json.write_text(json.dumps(measures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
