"""The cost of judging new on-topic articles against an archive of invented ones, half of them Chinese.

    benchmarks/memory.py [--articles N] [--json FILE] [--store FILE]

Fills a store through the door that publishing uses, spread over ten years, and judges issues of new articles at each
size: what is recalled, which are copies, what is new. One in three new articles is a copy, one
takes a stored story on, one is new. `judge_ms.N` is the median of whole issues divided by their articles,
`recall_ms.N` the part of it that asks the archive, `alone_ms.N` an issue of one article. `enter_ms.N` is the processor
time of setting an article's figures against a ledger in which every figure of the archive has a line of its own.
"""

import argparse
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from bench import Progress, peak_mb, report

from briefing.desk import recall
from briefing.figures import extract, ledger
from briefing.match import duplicates, novelty
from briefing.model.article import Article, Dates, Part
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.fact import Fact
from briefing.model.judgement import Known, Told
from briefing.model.source import Tier
from briefing.model.story import Disposition, Story
from briefing.model.text import Language
from briefing.model.topic import Topic
from briefing.read.text import sentences
from briefing.settings import load_desk
from briefing.store.connection import Database, opened
from briefing.store.memory import Remembered
from briefing.wiring import topics_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
YEARS = 10
STORED, NEW, PER_ISSUE, ISSUES = 3, 6, 30, 7  # sentences of a stored article and of a new one; articles; issues
LEDGERS = 3  # issues that are entered into a long ledger
OUTLETS = 60
NOW = datetime(2026, 1, 2, tzinfo=UTC)
FILLING = ("synchronous = OFF", "cache_size = -200000", "wal_autocheckpoint = 20000")  # a store may be filled fast
JUDGING = ("synchronous = FULL", "cache_size = -2000", "wal_autocheckpoint = 1000")  # and is judged as it is opened
TARGETS = {"judge_ms.100000": "target < 5", "judge_ms.1000000": "target < 10"}
CITIES, VOCABULARY = 300, 30_000
WITH_FIGURES = 50  # one article in fifty brings lines of the ledger: finding them takes most of the time
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


@dataclass(frozen=True, slots=True)
class Words:
    """Invented words, as frequent as words are."""

    english: list[str]
    chinese: list[str]
    weights: list[float]

    @classmethod
    def drawn(cls) -> "Words":
        draw = random.Random(7)
        english = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(VOCABULARY)]
        chinese = ["".join(draw.choices(HAN, k=2)) for _ in range(VOCABULARY)]
        return cls(english, chinese, list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY))))

    def text(self, number: int, lines: int) -> list[str]:
        """The lines of an article, the same whenever they are asked for: one city, its words, its amounts."""
        chance = random.Random(number)
        city = chance.randrange(CITIES)
        return [self._sentence(chance, city, chinese=bool(number % 2)) for _ in range(lines)]

    def _sentence(self, chance: random.Random, city: int, *, chinese: bool) -> str:
        words = chance.choices(self.chinese if chinese else self.english, cum_weights=self.weights, k=14)
        amount = chance.randint(1_001, 99_999)
        if chinese:
            return f"{self.chinese[-city - 1]}市公共数据{''.join(words)}收入{amount / 100}亿元。"
        return f"{self.english[-city - 1].title()} public data {' '.join(words)} earned {amount / 10} million yuan."


def article_of(name: str, lines: list[str], seen: datetime, outlet: int) -> Article:
    chinese = lines[0].endswith("。")
    title, text = lines[0], ("" if chinese else " ").join(lines[1:])
    found = sentences(title, Part.TITLE)
    found += sentences(text, Part.TEXT, len(found))
    stamp = Stamp(seen.isoformat(), seen, Sureness.EXACT)
    address = f"https://paper{outlet}.example/{name}"
    return Article(
        id=name,
        entry=Entry("s", name, address, title, "", stamp, seen, content=text),
        source="s",
        outlet=f"paper{outlet}",
        tier=Tier.NEWSROOM,
        language=Language.HANS if chinese else Language.EN,
        title=title,
        summary="",
        text=text,
        sentences=found,
        dates=Dates(Stamp(), stamp, seen),
        address=address,
        link=address,
    )


@dataclass
class Archive:
    """A store that grows."""

    database: Database
    topic: Topic
    words: Words
    stored: int = 0

    def grow(self, size: int, tell: Progress) -> None:
        memory = Remembered(self.database, self.topic.key, "weekly")
        for pragma in FILLING:
            self.database.connection.execute(f"PRAGMA {pragma}")
        while self.stored < size:
            last = min(size, self.stored + 5_000)
            with self.database.transaction():
                told = [line for number in range(self.stored, last) for line in self._keep(memory, number)]
                memory.keep_told(*told)
            self.stored = last
            tell(last)
        for pragma in JUDGING:
            self.database.connection.execute(f"PRAGMA {pragma}")

    @staticmethod
    def seen(number: int) -> datetime:
        """Spread over ten years, whatever the size."""
        return NOW - timedelta(days=1) - timedelta(days=365 * YEARS * ((number * 0.618034) % 1))

    def _keep(self, memory: Remembered, number: int) -> list[Told]:
        """Keeps all of an article but its sentences, which are given back to be kept together."""
        name, seen = f"a{number}", self.seen(number)
        article = article_of(name, self.words.text(number, STORED), seen, number % OUTLETS)
        figures = extract.figures_in(article, self.topic.glossary) if number % WITH_FIGURES == 0 else ()
        story = Story(f"s{name}", article.title, article.language, (name,), seen, seen)
        memory.keep_known(Known(article, figures, Disposition.DEVELOPMENT, story.id, issue="1"))
        memory.keep_sketch(duplicates.sample(duplicates.sketch(article)))
        memory.keep_story(story)
        if figures:
            update = ledger.enter((), (ledger.Sheet(article, figures),), {}, "1", self.topic.glossary)
            for fact in update.facts:
                memory.keep_fact(fact, "1")
        return [Told(s.text, s.folded, "1", story.id, name, article.language) for s in article.sentences]

    def issue(self, chance: random.Random) -> tuple[Article, ...]:
        """New articles: one in three repeats a stored one, one in three takes a stored story on, one is new."""
        made = []
        for place in range(PER_ISSUE):
            old = chance.randrange(self.stored)
            lines = self.words.text(old, STORED)
            kept = (STORED, STORED - 1, 0)[place % 3]
            fresh = self.words.text(10**9 + chance.randrange(10**8) * 2 + old % 2, NEW - STORED * (place % 3 == 0))
            seen = NOW - timedelta(minutes=PER_ISSUE - place)
            made.append(article_of(f"n{place}-{old}", lines[:kept] + fresh, seen, place))
        return tuple(made)


def judged(archive: Archive, new: tuple[Article, ...]) -> tuple[float, float, int]:
    """Seconds of all comparing with what was told (not of an issue's own figures), of recalling, and the copies."""
    topic = archive.topic
    figures = {article.id: extract.figures_in(article, topic.glossary) for article in new}
    sheets = tuple(ledger.Sheet(article, figures[article.id]) for article in new)
    begin = time.perf_counter()
    memory = recall.recalled(archive.database, topic, "weekly", new, figures, now=NOW)
    recalling = time.perf_counter() - begin
    copies = duplicates.copies(new, figures, memory)
    seconds = time.perf_counter() - begin
    update = ledger.enter(memory.facts, sheets, {c.article: c.original for c in copies}, "2", topic.glossary)
    begin = time.perf_counter()
    novelty.compared(new, figures, update.sightings, copies, memory, glossary=topic.glossary)
    return seconds + time.perf_counter() - begin, recalling, len(copies)


def written(archive: Archive) -> tuple[Fact, ...]:
    """The ledger of the stored articles that have figures: a line for each, the longest that it can be."""
    lines: list[Fact] = []
    for number in range(0, archive.stored, WITH_FIGURES):
        text = archive.words.text(number, STORED)
        article = article_of(f"a{number}", text, archive.seen(number), number % OUTLETS)
        sheet = ledger.Sheet(article, extract.figures_in(article, archive.topic.glossary))
        update = ledger.enter((), (sheet,), {}, "1", archive.topic.glossary)
        lines += [replace(fact, key=f"{fact.key}#{number}") for fact in update.facts]
    return tuple(lines)


def entered(facts: tuple[Fact, ...], archive: Archive, new: tuple[Article, ...]) -> float:
    """Seconds of processor time that an issue's figures take against a ledger."""
    sheets = tuple(ledger.Sheet(article, extract.figures_in(article, archive.topic.glossary)) for article in new)
    begin = time.process_time()
    ledger.enter(facts, sheets, {}, "2", archive.topic.glossary)
    return time.process_time() - begin


def measured(archive: Archive) -> dict[str, float]:
    size = archive.stored
    chance = random.Random(size)
    judged(archive, archive.issue(chance))  # opens dictionaries and pages once
    found = [judged(archive, archive.issue(chance)) for _ in range(ISSUES)]
    alone = [judged(archive, archive.issue(chance)[place : place + 1])[0] for place in range(ISSUES)]
    lines = written(archive)
    entering = [entered(lines, archive, archive.issue(chance)) for _ in range(LEDGERS)]
    return {
        f"judge_ms.{size}": 1000 * statistics.median(seconds / PER_ISSUE for seconds, _, _ in found),
        f"recall_ms.{size}": 1000 * statistics.median(recalling / PER_ISSUE for _, recalling, _ in found),
        f"alone_ms.{size}": 1000 * statistics.median(alone),
        f"enter_ms.{size}": 1000 * statistics.median(seconds / PER_ISSUE for seconds in entering),
        f"ledger_lines.{size}": len(lines),
        f"copies_found.{size}": sum(copies for _, _, copies in found) / (ISSUES * PER_ISSUE / 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=2_000, help="how many are stored at the end (2000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write one flat object of measures")
    parser.add_argument("--store", type=Path, help="keep the filled store here, or grow the one that is here")
    chosen = parser.parse_args()
    measures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.store or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        topic = replace(topics_of(load_desk(home, {}))[0], key="invented")
        database = opened(home / "memory.db")
        stored = int(next(iter(database.connection.execute("SELECT count(*) FROM known")))[0])
        archive = Archive(database, topic, Words.drawn(), stored)
        tell = Progress("articles", chosen.articles)
        for size in sorted({size for size in SIZES if stored <= size < chosen.articles} | {chosen.articles}):
            archive.grow(size, tell)
            measures |= measured(archive)
        database.close()
        measures["store_mb"] = round((home / "memory.db").stat().st_size / 1e6)
    report({**measures, "peak_mb": peak_mb()}, chosen.json, TARGETS)


if __name__ == "__main__":
    main()
