"""What the desk calls to mind before it judges: the story window, near copies, sentences told, the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import starmap

from briefing.figures import ledger
from briefing.match import decisions, duplicates, novelty
from briefing.model.article import Article
from briefing.model.decision import Act, Decision
from briefing.model.fact import Fact
from briefing.model.figure import Figure
from briefing.model.judgement import Known, Memory, Sketch, Told
from briefing.model.story import Story
from briefing.model.topic import Baseline, Topic
from briefing.read.text import fold
from briefing.store.connection import Database
from briefing.store.memory import Remembered

STORY_DAYS = 120  # a story that rested longer than this begins anew
WHOLE = 200  # articles of the window that are called to mind whole; of more, those near a new one
LINES = 2_000  # facts of a ledger that is read whole; of a longer one, those that a new figure may touch
TOGETHER = 40  # new articles whose earlier ones are asked for at once
NEAREST = 6  # earlier articles called to mind for each new one
BASELINE = "baseline"


def recalled(
    database: Database,
    topic: Topic,
    edition: str,
    articles: Iterable[Article],
    figures: Mapping[str, tuple[Figure, ...]],
    *,
    now: datetime,
    said: tuple[Decision, ...] = (),
) -> Memory:
    """The memory of one edition, as far as these articles and their figures may touch it."""
    remembered = Remembered(database, topic.key, edition)
    since = now - timedelta(days=STORY_DAYS)
    new = tuple(articles)
    parts = (new[at : at + TOGETHER] for at in range(0, len(new), TOGETHER))
    found = [near for part in parts for near in _Near.of_each(remembered, part)]
    known = _known(remembered, new, found, since)
    memory = Memory(
        known=known,
        sketches=tuple({s.article: s for near in found for s in near.sketches}.values())
        + baseline_sketches(topic.baseline),
        told=tuple(dict.fromkeys(t for near in found for t in near.told)) + baseline_told(topic.baseline),
        stories=_stories(remembered, known, said),
        facts=facts_near(remembered, topic.baseline, [f for listed in figures.values() for f in listed], said),
    )
    return decisions.remembered(memory, said)


@dataclass(frozen=True, slots=True)
class _Near:
    """What was kept of earlier articles that share words with a new one."""

    sketches: tuple[Sketch, ...]
    told: tuple[Told, ...]

    @classmethod
    def of_each(cls, remembered: Remembered, articles: Iterable[Article]) -> "list[_Near]":
        """Asked for together: a question for many costs little more than one for a single article."""
        listed = tuple(articles)
        sketches = remembered.sketches_sharing(duplicates.lookup_hashes(duplicates.sketch(a)) for a in listed)
        told = remembered.told_near([novelty.lookup_terms(s) for s in a.sentences] for a in listed)
        return list(starmap(cls, zip(sketches, told, strict=True)))

    def articles(self) -> list[str]:
        """The nearest articles: copies first, then those of which most sentences are like one of the new article."""
        told = Counter(item.article for item in self.told if item.article)
        return list(dict.fromkeys((*(s.article for s in self.sketches), *(a for a, _ in told.most_common(NEAREST)))))


def _known(remembered: Remembered, new: tuple[Article, ...], found: list[_Near], since: datetime) -> tuple[Known, ...]:
    """The articles of the story window, whole or as far as they are near; and any that stood at a new one's address."""
    if not remembered.holds_more(since, WHOLE):
        whole = remembered.known_since(since)
        near = {k.article.id for k in whole}
        return whole + remembered.known_among({article.id for article in new} - near)
    own = remembered.known_among({article.id for article in new})
    beside = remembered.known_among({article for near in found for article in near.articles()[:NEAREST]}, since)
    kept = {k.article.id: k for k in own + beside}.values()
    return tuple(sorted(kept, key=lambda k: (k.article.dates.first_seen, k.article.id)))


def _stories(remembered: Remembered, known: tuple[Known, ...], said: tuple[Decision, ...]) -> tuple[Story, ...]:
    """The stories of the articles called to mind and those that an editor merged, each once, under its id of now."""
    merged = [name for d in said if d.act is Act.MERGE for name in (d.subject, *d.others)]
    names = dict.fromkeys([item.story for item in known if item.story] + merged)
    found = (remembered.story(name) for name in names)
    return tuple({story.id: story for story in found if story}.values())


def of_the_baseline(topic: Topic) -> Memory:
    """What a briefing on demand is judged against: the baseline alone, so that it tells the whole period."""
    return Memory(
        sketches=baseline_sketches(topic.baseline),
        told=baseline_told(topic.baseline),
        facts=ledger.of_baseline(topic.baseline),
    )


def facts(remembered: Remembered, baseline: Baseline) -> tuple[Fact, ...]:
    """The ledger: what the baseline gave at the start, and over it what issues made of it."""
    lines = {fact.key: fact for fact in ledger.of_baseline(baseline)}
    lines |= {fact.key: fact for fact in remembered.facts()}
    forgotten = remembered.forgotten()
    return tuple(fact for fact in lines.values() if fact.key not in forgotten)


def facts_near(
    remembered: Remembered, baseline: Baseline, figures: Iterable[Figure], said: Iterable[Decision] = ()
) -> tuple[Fact, ...]:
    """The ledger as far as these figures may touch it: all of a short one; the baseline always.

    Lines that an editor joined others to are among them.
    """
    if not remembered.has_more_facts(LINES):
        return facts(remembered, baseline)
    listed = tuple(figures)
    heads = {f"{f.measure}|{subject}|" for f in listed if f.measure for subject in (f.subject, "")}
    heads |= {f"{d.others[0].rpartition('|')[0]}|" for d in said if d.act is Act.JOIN}
    lines = {fact.key: fact for fact in ledger.of_baseline(baseline)}
    lines |= {fact.key: fact for fact in remembered.facts_near(sorted(heads), [f.quantity for f in listed])}
    forgotten = remembered.forgotten()
    return tuple(fact for fact in lines.values() if fact.key not in forgotten)


def baseline_sketches(baseline: Baseline) -> tuple[Sketch, ...]:
    """The baseline's articles as sketches, so that a copy of either is recognised."""
    return tuple(
        Sketch(
            article=article.key,
            outlet=article.outlet,
            address=article.address,
            hashes=article.sketch,
            shingles=article.shingles,
            first_seen=datetime.combine(article.published, time(), UTC),
            issue=BASELINE,
        )
        for article in baseline.articles
    )


def baseline_told(baseline: Baseline) -> tuple[Told, ...]:
    """The baseline's facts, in both languages, as sentences that readers know."""
    return tuple(
        Told(text, fold(text), BASELINE, story=BASELINE, article=fact.key, language=language, when=fact.when)
        for fact in baseline.facts
        for language, text in (("en", fact.text.en), ("zh", fact.text.zh))
    )


def stories_by_article(stories: Iterable[Story]) -> dict[str, str]:
    """Which story each article belongs to."""
    return {article: story.id for story in stories for article in story.articles}
