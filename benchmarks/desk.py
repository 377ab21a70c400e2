"""The whole desk on a labelled stream: served over loopback, collected, judged, composed issue by issue, scored.

    benchmarks/desk.py PATH [--json FILE] [--out FILE] [--report]

PATH holds articles.jsonl, labels.jsonl, issues.jsonl and outlets.jsonl; make_feeds.py and score.py stand beside it or
in a folder above it.
"""

import asyncio
import importlib.util
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from bench import Progress, arguments, report

from briefing.collect.guard import Policy
from briefing.desk.collecting import collect
from briefing.desk.making import Made, Occasion, make_issue
from briefing.desk.parts import Desk
from briefing.desk.publishing import publish
from briefing.model.fact import Outcome, Rule, Status
from briefing.model.figure import Quantity
from briefing.model.source import Selectors, Source, SourceKind, Tier
from briefing.model.story import Disposition
from briefing.model.text import Language
from briefing.settings import load_desk
from briefing.store import issues
from briefing.wiring import built, topics_of

POLLS_A_DAY = 4
CODE = 3  # letters of a currency
TARGETS = {
    "desk.topic_f1": "target .95",
    "desk.story_b3_f1": "target .95",
    "desk.redundancy": "target .03",
    "desk.new_lost": "target .03",
    "desk.ndcg10": "target .95",
    "desk.false_merges": "target 0",
    "desk.slip_precision": "target .95",
    "desk.slip_recall": "target .95",
}
REASONS = {
    Disposition.OFF_TOPIC: "off_topic",
    Disposition.COPY: "duplicate",
    Disposition.REVISION: "duplicate",
    Disposition.REPEAT: "nothing_new",
    Disposition.CONFIRMATION: "nothing_new",
    Disposition.RESURFACED: "resurfaced",
}


def beside(path: Path, name: str) -> Path:
    """A file beside PATH's content or in a folder above it."""
    for folder in (path, *path.parents):
        if (folder / name).exists():
            return folder / name
    raise SystemExit(f"{name} stands neither in {path} nor above it")


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


@contextmanager
def served(path: Path, at: str) -> Iterator[str]:
    """The stream on loopback; its clock is moved by a request."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, str(beside(path, "make_feeds.py")), str(path), "--serve", str(port), "--at", at]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def rows(path: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (path / f"{name}.jsonl").read_text("utf-8").splitlines()]


def zone_name(offset: str) -> str:
    hours = int(offset[:3])
    return "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"


def sources(path: Path, base: str) -> tuple[Source, ...]:
    """What an operator would write down for the stream's outlets."""
    return tuple(
        Source(
            key=outlet["outlet_id"],
            address=f"{base}/{outlet['host']}{outlet['path']}",
            kind=SourceKind.PAGE if outlet["format"] == "html" else SourceKind.FEED,
            name=outlet["name"],
            outlet=outlet["name"],
            language=Language(outlet["lang"]),
            zone=zone_name(outlet["zone"]),
            tier=Tier.NEWSROOM,
            selectors=Selectors(item=outlet["item_selector"], date=".date") if outlet["format"] == "html" else None,
            full_text=True,
        )
        for outlet in rows(path, "outlets")
    )


def unit(quantity: Quantity) -> str:
    """A currency, or what is counted: in the plural where the scorer would take three letters for a currency."""
    name = quantity.currency or quantity.unit
    return name if quantity.currency or len(name) != CODE else f"{name}s"


def scored(day: str, made: Made, links: dict[str, str]) -> dict[str, Any]:
    """One issue in the layout that score.py reads. `links` grows: a copy names an original of an earlier issue."""
    issue = made.issue
    figures = {reading.article.id: (reading.article.link, reading.figures) for reading in made.readings}
    seen = []
    for sighting in made.update.sightings:
        link, found = figures[sighting.article]
        quantity = found[sighting.figure].quantity
        status = "confirmed" if sighting.status is Status.AGAIN else sighting.status
        value = {"value": f"{quantity.amount:f}", "currency": unit(quantity), "status": status}
        seen.append({"article_id": link, **value})
    checks = [
        {"article_id": figures[f.evidence[0].article][0], "kind": "sum", "holds": f.outcome is Outcome.HOLDS}
        for f in made.update.findings
        if f.rule in {Rule.SUM, Rule.COUNT} and f.outcome is not Outcome.NOT_RUN and f.evidence[0].article in figures
    ]
    links |= {reading.article.id: reading.article.link for reading in made.readings}
    copies = {c.article: links.get(c.original, "") for c in made.judgement.copies}
    return {
        "issue_date": day,
        "developments": [
            {
                "article_ids": [c.address for c in d.coverage if not copies.get(c.article)],
                "status": d.status,
                "story": d.story,
                "duplicates": [
                    {"article_id": c.address, "duplicate_of": copies[c.article]}
                    for c in d.coverage
                    if copies.get(c.article)
                ],
            }
            for d in (*issue.developments, *issue.brief)
        ],
        "left_out": [
            {
                "article_id": item.address,
                "reason": "adjacent" if item.adjacent else REASONS.get(item.disposition, item.disposition),
                "story": item.story or None,
                "duplicate_of": copies.get(item.article) or None,
            }
            for item in issue.left_out
        ],
        "figures": seen,
        "checks": checks,
    }


def played(path: Path, desk: Desk, base: str) -> list[dict[str, Any]]:
    """The stream issue by issue, polled four times a day."""
    days = rows(path, "issues")
    topic = desk.topics[0]
    edition = topic.editions[0]
    tell = Progress("issues", len(days))
    clock = datetime.fromisoformat(days[0]["at"]) - timedelta(days=7)
    out = []
    links: dict[str, str] = {}
    for number, day in enumerate(days):
        at = datetime.fromisoformat(day["at"])
        while clock < at:
            clock = min(clock + timedelta(hours=24 / POLLS_A_DAY), at)
            urlopen(f"{base}/__clock?at={quote(clock.isoformat())}").read()
            asyncio.run(collect(desk, topic, clock, every=True))
        last = issues.last(desk.database, topic.key, edition.name)
        made = make_issue(
            desk,
            Occasion(
                topic,
                f"{day['issue']}-{edition.name}",
                at,
                since=last.made_at if last else None,
                number=number + 1,
                edition=edition.name,
                slot=day["issue"],
                zone=edition.zone,
                previous=last.id if last else "",
            ),
        )
        publish(desk, made)
        out.append(scored(day["issue"], made, links))
        tell(number + 1, day["issue"])
    return out


def measures(result: dict[str, Any]) -> dict[str, float]:
    figures = result["figures"]
    return {
        "desk.topic_f1": result["topic"]["strict"]["f1"],
        "desk.duplicate_f1": result["duplicates"]["f1"],
        "desk.story_b3_f1": result["stories"]["stream"]["f1"],
        "desk.false_merges": result["stories"]["false merge pairs"],
        "desk.redundancy": result["novelty"]["redundancy let through"],
        "desk.new_lost": result["novelty"]["new facts lost"],
        "desk.ndcg10": result["digest"]["mean"],
        "desk.slip_precision": figures["slip precision"],
        "desk.slip_recall": figures["slip recall"],
        "desk.status_accuracy": figures["status right of all"],
        "desk.false_alarms_per_100": figures["false alarms per 100 articles"],
    }


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--out", type=Path, help="keep the desk's output in the layout of score.py")
    parser.add_argument("--report", action="store_true", help="print the scorer's whole report")
    parser.add_argument("--desk", type=Path, help="keep the desk in this folder, to look into")
    chosen = parser.parse_args()
    score = module(beside(chosen.path, "score.py"))
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, served(chosen.path, rows(chosen.path, "issues")[0]["at"]) as base:
        home = chosen.desk or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        settings = load_desk(home, {})
        topic = replace(topics_of(settings)[0], sources=sources(chosen.path, base))
        desk = built(settings, (topic,))
        port = int(re.sub(r".*:", "", base))
        fetching = replace(desk.fetching, policy=Policy.for_loopback(port), pause_s=0.0, processes=0)
        out = played(chosen.path, replace(desk, fetching=fetching), base)
    gold = score.Gold(str(chosen.path.resolve()))
    tidied, unknown = score.tidy(json.loads(json.dumps(out)), gold)
    if unknown:
        print(f"{len(unknown)} names that the stream does not know: {unknown[:5]}", file=sys.stderr)
    result = score.score(gold, tidied)
    if chosen.out:
        chosen.out.write_text(json.dumps(out, ensure_ascii=False, indent=1), encoding="utf-8")
    if chosen.report:
        print("\n".join(score.report(result)))
    report({**measures(result), "seconds": round(time.perf_counter() - begin, 1)}, chosen.json, TARGETS)


if __name__ == "__main__":
    main()
