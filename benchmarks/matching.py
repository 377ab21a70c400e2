"""Measures matching against labelled sets: copies, same story, Chinese-English links, clusters, events, novelty.

    .venv/bin/python benchmarks/matching.py PATH [--json FILE] [--semantic]

PATH is a folder of set folders, each with dev.jsonl or heldout.jsonl; a set that is absent is skipped. No threshold
is fitted here: copies are those that the desk would fold, and clusters are cut where the desk's own calibration says.
`--semantic` measures the same story with the extra `semantic` as well.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from briefing.figures.extract import figures_in
from briefing.match import duplicates, meaning, stories
from briefing.match.clusters import calibrated, joined, merges
from briefing.match.concordance import Sentences
from briefing.match.earlier import Earlier
from briefing.match.glossary import Lexis
from briefing.match.profiles import profiles, text_likeness
from briefing.match.vectors import strength
from briefing.model.article import Article, Dates, Part
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.figure import Figure
from briefing.model.judgement import Memory, Told
from briefing.model.source import Tier
from briefing.model.text import Language
from briefing.model.topic import Glossary
from briefing.read.text import fold, sentences

Row = dict[str, Any]
START = datetime(2024, 1, 1, tzinfo=UTC)
WINDOW = timedelta(days=3)  # how far apart two headlines of one event may be
EVENT_WINDOW = timedelta(days=4)
ENGLISH_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(0-9])")


def rows(path: Path, name: str) -> list[Row]:
    for half in ("dev.jsonl", "heldout.jsonl"):
        file = path / name / half
        if file.is_file():
            return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return []


def article(name: str, title: str, text: str, when: datetime = START, language: Language = Language.EN) -> Article:
    """An article as the desk would hold it, from a title and a text."""
    titled = sentences(title, Part.TITLE) if title else ()
    stamp = Stamp(when.isoformat(), when, Sureness.EXACT)
    return Article(
        id=name,
        entry=Entry("set", name, "", title, "", stamp, when),
        source="set",
        outlet=name,
        tier=Tier.NEWSROOM,
        language=language,
        title=title,
        summary="",
        text=text,
        sentences=titled + sentences(text, Part.TEXT, len(titled)),
        dates=Dates(Stamp(), stamp, when),
        address=f"https://set.example/{name}",
        link="",
    )


def language_of(tag: str) -> Language:
    return Language.HANS if tag.startswith("zh") else Language.EN


def figures_of(articles: Iterable[Article]) -> dict[str, tuple[Figure, ...]]:
    return {a.id: figures_in(a, Glossary()) for a in articles}


def bcubed(gold: Sequence[str], found: Sequence[int]) -> float:
    """F1 of B-cubed precision and recall."""
    true, made = defaultdict(set), defaultdict(set)
    for place, (label, group) in enumerate(zip(gold, found, strict=True)):
        true[label].add(place)
        made[group].add(place)
    shares = [
        (len(true[g] & made[f]) / len(made[f]), len(true[g] & made[f]) / len(true[g]))
        for g, f in zip(gold, found, strict=True)
    ]
    precision, recall = (sum(side) / len(shares) for side in zip(*shares, strict=True))
    return 2 * precision * recall / (precision + recall)


def area(labels: Sequence[int], scores: Sequence[float]) -> float:
    """Area under the ROC curve, ties counted half."""
    order = np.argsort(np.array(scores), kind="stable")
    ranked, sorted_scores = np.zeros(len(scores)), np.array(scores)[order]
    _, first, count = np.unique(sorted_scores, return_index=True, return_counts=True)
    ranked[order] = np.repeat(first + (count + 1) / 2, count)
    truth = np.array(labels, dtype=bool)
    positive, negative = truth.sum(), (~truth).sum()
    return float((ranked[truth].sum() - positive * (positive + 1) / 2) / (positive * negative))


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    ordered = [labels[n] for n in sorted(range(len(scores)), key=lambda n: -scores[n])]
    hits, total = 0, 0.0
    for rank, hit in enumerate(ordered, start=1):
        if hit:
            hits += 1
            total += hits / rank
    return total / max(1, hits)


def copies(path: Path) -> dict[str, float]:
    """Pairs of one original against the pairs that the desk folds; the figure guard on changed and on cut copies."""
    listed = sorted(rows(path, "neardup_made"), key=lambda r: r["kind"] != "original")
    if not listed:
        return {}
    made = [
        article(r["id"], r["title"], r["text"], START + timedelta(minutes=n), language_of(r["lang"]))
        for n, r in enumerate(listed)
    ]
    found = duplicates.copies(tuple(made), figures_of(made), Memory())
    root = {r["id"]: r["id"] for r in listed}
    for copy in found:
        root[copy.article] = root.get(copy.original, copy.original)
    wanted = pairs_of({r["id"]: r["dup_of"] for r in listed})
    got = pairs_of(root)
    hits = len(wanted & got)
    guarded = {copy.article for copy in found if copy.new_figures or copy.new_numbers}
    kinds: dict[str, list[str]] = defaultdict(list)
    for r in listed:
        kinds[r["kind"]].append(r["id"])
    for kind, names in kinds.items():
        missed = sum(frozenset((n, r["dup_of"])) not in got for r in listed for n in [r["id"]] if r["kind"] == kind)
        missed = 0 if kind == "original" else missed
        print(f"  {kind:14} {len(names):4} missed {missed:3} guarded {len(guarded & set(names))}")
    clean = [*kinds["cut"], *kinds["drop_reorder"]]
    print(f"  precision {hits / max(1, len(got)):.3f} recall {hits / max(1, len(wanted)):.3f}")
    return {
        "neardup.f1": 2 * hits / (len(wanted) + len(got)),
        "neardup.guard_flagged": share(kinds["figure_change"], guarded),
        "neardup.guard_false": share(clean, guarded),
    }


def share(names: Sequence[str], chosen: set[str]) -> float:
    return sum(name in chosen for name in names) / max(1, len(names))


def pairs_of(root: dict[str, str]) -> set[frozenset[str]]:
    groups = defaultdict(list)
    for member, first in root.items():
        groups[first].append(member)
    return {frozenset(pair) for members in groups.values() for pair in combinations(members, 2)}


def with_meaning(path: Path) -> dict[str, float]:
    """The same story by words alone, and beside it by words and meaning, as suggestions to the editor are found."""
    return story_pairs(path) | story_pairs(path, semantic=True)


def story_pairs(path: Path, *, semantic: bool = False) -> dict[str, float]:
    """Pearson of the strength of a link with the human grade, for English, Chinese and mixed pairs."""
    listed = rows(path, "semeval22t8_sample")
    found = {}
    for key, wanted in (("en", {"en"}), ("zh", {"zh"}), ("zh_en", {"zh", "en"})):
        pairs = [r for r in listed if {r["lang1"], r["lang2"]} == wanted]
        if not pairs:
            continue
        made = [
            article(f"{r['id']}-{side}", "", r[f"text{side}"], START, language_of(r[f"lang{side}"]))
            for r in pairs
            for side in (1, 2)
        ]
        alike = text_likeness(profiles(made, {}, Lexis()))
        likeness = [float(alike[2 * n, 2 * n + 1]) for n in range(len(pairs))]
        texts = [meaning.text_of(one) for one in made] if semantic else []
        scores = [
            meaning.blended(own, texts[2 * n], texts[2 * n + 1]) if semantic else strength(own)
            for n, own in enumerate(likeness)
        ]
        name = f"story.pearson.{'semantic.' if semantic else ''}{key}"
        found[name] = float(np.corrcoef(scores, [4 - r["overall"] for r in pairs])[0, 1])
    return found


def links(path: Path) -> dict[str, float]:
    """Accuracy at 1 of finding the other language's version, both ways."""
    listed = rows(path, "zh_en_parallel_news")
    found = {}
    for key, most in (("first_sentence", 1), ("text", None)):
        if not listed:
            continue
        english = [article(f"en{n}", "", " ".join(r["en"][:most])) for n, r in enumerate(listed)]
        chinese = [
            article(f"zh{n}", "", "".join(r["zh_cn"][:most]), START, Language.HANS) for n, r in enumerate(listed)
        ]
        made = profiles([*english, *chinese], figures_of([*english, *chinese]), Lexis())
        size = len(listed)
        alike = (text_likeness(made))[:size, size:]
        hits = (alike.argmax(1) == np.arange(size)).mean() + (alike.argmax(0) == np.arange(size)).mean()
        found[f"link.{key}"] = float(hits / 2)
    return found


def clusters(path: Path) -> dict[str, float]:
    """B-cubed F1 of average-link clusters, cut where the calibration says."""
    found = {}
    headlines = [r for r in rows(path, "og2021_titles") if r["lang"] == "eng"]
    if headlines:
        times = [datetime.fromisoformat(r["time"]).replace(tzinfo=UTC) for r in headlines]
        found["cluster.og2021_en.b3_f1"] = clustered(headlines, times, "title")
    stream = rows(path, "uci_headlines")
    if stream:
        times = [datetime.fromtimestamp(float(r["time"]) / 1000, UTC) for r in stream]
        found["cluster.uci.b3_f1"] = clustered(stream, times, "title")
    texts = rows(path, "ecbplus_docs")
    if texts:
        found["cluster.ecb.b3_f1"] = clustered(texts, [START] * len(texts), "text")
    return found


def clustered(listed: list[Row], times: list[datetime], field: str) -> float:
    made = profiles(
        [
            article(f"{n}", r[field] if field == "title" else "", r[field] if field == "text" else "", when)
            for n, (r, when) in enumerate(zip(listed, times, strict=True))
        ],
        {},
        Lexis(),
    )
    days = np.array([when.timestamp() for when in times])
    near = np.exp(-(((days[:, None] - days[None, :]) / WINDOW.total_seconds()) ** 2) / 2)
    alike = text_likeness(made) * near
    least = calibrated(alike)
    alone = [[n] for n in range(len(made))]
    group_of = [0] * len(made)
    for number, members in enumerate(joined(alone, merges(alike, alone, least), least)):
        for n in members:
            group_of[n] = number
    print(f"  {len(made)} texts, threshold {least}, {len(set(group_of))} clusters", flush=True)
    return bcubed([r["cluster"] for r in listed], group_of)


def events(path: Path) -> dict[str, float]:
    """Average precision of all pairs of Chinese reports inside a window of four days."""
    listed = rows(path, "cec_zh_events")
    if not listed:
        return {}
    times = [report_time(r) for r in listed]
    made = [
        article(r["id"], r["title"], r["text"], when or START, Language.HANS)
        for r, when in zip(listed, times, strict=True)
    ]
    seen = profiles(made, figures_of(made), Lexis())
    alike = stories.event_likeness(seen, timedelta())
    labels, scores = [], []
    for a, b in combinations(range(len(made)), 2):
        first, second = times[a], times[b]
        if first is None or second is None or abs(first - second) <= EVENT_WINDOW:
            labels.append(listed[a]["cluster"] == listed[b]["cluster"])
            scores.append(float(alike[a, b]))
    print(f"  {len(labels)} pairs in the window, {sum(labels)} of one event")
    return {"events_zh.ap": average_precision(labels, scores)}


def report_time(row: Row) -> datetime | None:
    found = re.search(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})", row.get("time_text") or "")
    try:
        return datetime(*(int(part) for part in found.groups()), tzinfo=UTC) if found else None  # type: ignore[misc] # three numbers
    except ValueError:
        return None


def news(path: Path) -> dict[str, float]:
    """AUC of novelty: one annotator has written the history, the next one's sentences are judged against it."""
    listed = rows(path, "novelty_timelines")
    by_step: dict[tuple[str, int], dict[int, Row]] = defaultdict(dict)
    for r in listed:
        by_step[r["event"], r["annotator"]][r["step"]] = r
    labels: list[int] = []
    scores: list[float] = []
    for event in sorted({r["event"] for r in listed}):
        every = [
            fold(s) for r in listed if r["event"] == event for key in ("update", "background") for s in split(r[key])
        ]
        annotators = sorted(who for name, who in by_step if name == event)
        for place, who in enumerate(annotators):
            judged = by_step[event, annotators[(place + 1) % len(annotators)]]
            for label, cover in against(by_step[event, who], judged, dict.fromkeys(every)):
                labels.append(label)
                scores.append(-cover)
        print(f"  {event}: {len(labels)} sentences", flush=True)
    return {"novelty.auc": area(labels, scores)} if labels else {}


def against(told: dict[int, Row], judged: dict[int, Row], every: Iterable[str]) -> Iterable[tuple[int, float]]:
    earlier = Earlier(Sentences(every, Lexis()))
    seen: set[tuple[str, int]] = set()
    is_empty = True
    for step in sorted(told):
        for text in split(told[step]["background"]) if not is_empty else ():
            earlier.add(Told(text, fold(text), ""))
        for label, key in ((1, "update"), (0, "background")) if not is_empty and step in judged else ():
            for text in map(fold, split(judged[step][key])):
                if (text, label) not in seen:
                    seen.add((text, label))
                    yield label, earlier.cover(text).overlap
        for text in split(told[step]["update"]):
            earlier.add(Told(text, fold(text), ""))
            is_empty = False


def split(text: str) -> list[str]:
    lines = text.replace("\\n", "\n").split("\n")
    return [s.strip() for line in lines for s in ENGLISH_END.split(line) if len(s.strip()) >= 15]


PARTS: tuple[tuple[str, Callable[[Path], dict[str, float]]], ...] = (
    ("near-duplicates", copies),
    ("same story", story_pairs),
    ("Chinese-English links", links),
    ("clusters", clusters),
    ("Chinese events", events),
    ("novelty", news),
)
TARGETS = {
    "neardup.f1": 0.99, "neardup.guard_flagged": 0.97, "neardup.guard_false": 0.0,
    "story.pearson.en": 0.80, "story.pearson.zh": 0.80, "story.pearson.zh_en": 0.84,
    "story.pearson.semantic.en": 0.83, "story.pearson.semantic.zh": 0.85, "story.pearson.semantic.zh_en": 0.87,
    "link.first_sentence": 0.96, "link.text": 1.0,
    "cluster.og2021_en.b3_f1": 0.77, "cluster.uci.b3_f1": 0.84, "cluster.ecb.b3_f1": 0.90,
    "events_zh.ap": 0.86, "novelty.auc": 0.92,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", default="", help="parts whose name holds this")
    parser.add_argument("--semantic", action="store_true", help="measure with the extra `semantic` as well")
    options = parser.parse_args()
    if options.semantic and meaning.missing():
        parser.error(f"{meaning.missing()}: pip install 'briefing[semantic]'")
    measured: dict[str, float] = {}
    for name, measure in PARTS:
        if options.only in name:
            print(f"{name} ...", file=sys.stderr, flush=True)
            measured |= (
                with_meaning(options.path) if options.semantic and measure is story_pairs else measure(options.path)
            )
    print(f"\n{'measure':28}{'found':>8}{'target':>8}")
    for key, value in measured.items():
        print(f"{key:28}{value:8.3f}{TARGETS[key]:8.2f}")
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
