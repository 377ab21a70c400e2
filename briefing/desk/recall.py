"""What the desk calls to mind before it judges: the story window, near copies, sentences told, the ledger."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from briefing.figures import ledger
from briefing.match import duplicates, novelty
from briefing.model.article import Article
from briefing.model.fact import Fact
from briefing.model.judgement import Known, Memory, Sketch, Told
from briefing.model.story import Story
from briefing.model.topic import Baseline, Topic
from briefing.read.text import fold
from briefing.store.connection import Database
from briefing.store.memory import Remembered

STORY_DAYS = 120  # a story that rested longer than this begins anew
BASELINE = "baseline"


def recalled(database: Database, topic: Topic, edition: str, articles: Iterable[Article], now: datetime) -> Memory:
    """The memory of one edition, as far as these articles may touch it."""
    remembered = Remembered(database, topic.key, edition)
    since = now - timedelta(days=STORY_DAYS)
    new = tuple(articles)
    known = remembered.known_since(since)
    return Memory(
        known=known + _older(remembered, new, known),
        sketches=_sketches(remembered, new) + baseline_sketches(topic.baseline),
        told=remembered.told_near(_terms(new)) + baseline_told(topic.baseline),
        stories=remembered.stories_since(since),
        facts=facts(remembered, topic.baseline),
    )


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


def _older(remembered: Remembered, new: tuple[Article, ...], known: tuple[Known, ...]) -> tuple[Known, ...]:
    """Articles judged before the window that stand at an address which now comes again."""
    near = {k.article.id for k in known}
    again = (remembered.known(article.id) for article in new if article.id not in near)
    return tuple(k for k in again if k)


def _sketches(remembered: Remembered, new: tuple[Article, ...]) -> tuple[Sketch, ...]:
    found: dict[str, Sketch] = {}
    for article in new:
        for sketch in remembered.sketches_sharing(duplicates.lookup_hashes(duplicates.sketch(article))):
            found.setdefault(sketch.article, sketch)
    return tuple(found.values())


def _terms(new: tuple[Article, ...]) -> tuple[str, ...]:
    terms = (term for article in new for sentence in article.sentences for term in novelty.lookup_terms(sentence))
    return tuple(dict.fromkeys(terms))


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
        Told(text, fold(text), BASELINE, story=BASELINE, article=fact.key, language=language)
        for fact in baseline.facts
        for language, text in (("en", fact.text.en), ("zh", fact.text.zh))
    )


def stories_by_article(stories: Iterable[Story]) -> dict[str, str]:
    """Which story each article belongs to."""
    return {article: story.id for story in stories for article in story.articles}
