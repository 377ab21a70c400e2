"""From entries to an issue. Decides everything and keeps nothing: the same memory gives the same issue."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.codec import decoded
from briefing.compose.draft import Draft, Reading, ToldFigure
from briefing.compose.issue import compose
from briefing.desk import recall
from briefing.desk.parts import Desk
from briefing.figures import checks, extract, ledger, resolve
from briefing.match import decisions, duplicates, following, novelty, stories, verdicts
from briefing.match import topic as relevance
from briefing.match.feedback import reweighted
from briefing.match.hosts import imitated
from briefing.model.article import Article
from briefing.model.decision import Decision, standing
from briefing.model.figure import Figure
from briefing.model.issue import Issue, SourceHealth
from briefing.model.judgement import Judgement, LedgerUpdate, Memory, Relevant
from briefing.model.source import Tier
from briefing.model.story import Disposition
from briefing.model.topic import Topic
from briefing.read.article import articles_of
from briefing.store import decisions as rows
from briefing.store import entries, issues
from briefing.store.connection import Database

TOLD_ISSUES = 12  # earlier issues whose key figures a correction may concern
FOLDED = frozenset({Disposition.COPY, Disposition.REVISION})


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which issue is made, of which time. `number` 0 makes a preview or a briefing on demand."""

    topic: Topic
    id: str
    now: datetime
    since: datetime | None = None
    number: int = 0
    edition: str = ""  # '' for on demand: then only the baseline is remembered
    slot: str = ""
    zone: str = "UTC"
    previous: str = ""
    query: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An issue, and all that its publication would keep."""

    issue: Issue
    readings: tuple[Reading, ...]
    judgement: Judgement
    update: LedgerUpdate
    relevant: tuple[Relevant, ...]


def make_issue(desk: Desk, occasion: Occasion) -> Made:
    """The issue of everything first seen, or changed, after `since` and up to `now`."""
    stored = entries.changed_between(desk.database, occasion.topic.key, occasion.since, occasion.now)
    articles = read(occasion.topic, stored)
    return judge(desk, occasion, articles, lambda new, told: _memory(desk.database, occasion, new, told))


def make_briefing(desk: Desk, occasion: Occasion) -> Made:
    """A briefing on demand: what a period held on these words, against the baseline alone. Moves no watermark."""
    since = occasion.since or occasion.now - timedelta(days=30)
    words = tuple(occasion.query.split())
    stored = (
        entries.mentioning(desk.database, occasion.topic.key, words, since, occasion.now)
        if words
        else entries.changed_between(desk.database, occasion.topic.key, since, occasion.now)
    )
    articles = read(occasion.topic, stored)
    return judge(desk, occasion, articles, lambda _new, _told: recall.of_the_baseline(occasion.topic))


def read(topic: Topic, stored: Iterable[entries.Stored]) -> tuple[Article, ...]:
    """Articles in the order in which they were seen, and published. One address is one article, with the longest text.

    Another link to it is an article beside it, so that it has a verdict too. A host that imitates an official one is
    a host that nobody vouches for.
    """
    sources = {source.key: source for source in topic.sources}
    official = hosts_of(topic)
    found: dict[str, list[Article]] = {}
    for item in stored:
        source = sources.get(item.entry.source)
        for article in articles_of(item.entry, source) if source else ():
            trusted = not imitated(article.link or article.address, official)
            found.setdefault(article.id, []).append(article if trusted else replace(article, tier=Tier.UNKNOWN))
    every = (article for at_address in found.values() for article in _by_link(at_address))
    return tuple(sorted(every, key=lambda a: (a.dates.first_seen, a.dates.published, a.id)))


def hosts_of(topic: Topic) -> tuple[str, ...]:
    """The addresses of the official sources, whose hosts others imitate."""
    return tuple(source.address for source in topic.sources if source.tier is Tier.OFFICIAL)


def _by_link(at_address: list[Article]) -> Iterable[Article]:
    """The article with the longest text, and one more for each other link to it, seen no earlier."""
    first = max(at_address, key=lambda a: len(a.text))
    yield first
    links = {article.link: article for article in reversed(at_address) if article.link != first.link}
    for link, article in sorted(links.items()):
        mark = hashlib.blake2b(link.encode(), digest_size=4).hexdigest()
        seen = max(article.dates.first_seen, first.dates.first_seen)
        yield replace(article, id=f"{first.id}~{mark}", dates=replace(article.dates, first_seen=seen))


def judge(
    desk: Desk,
    occasion: Occasion,
    articles: tuple[Article, ...],
    remember: Callable[[tuple[Article, ...], Mapping[str, tuple[Figure, ...]]], Memory],
) -> Made:
    """Every stage in its order; each arrow of the flow is one call."""
    topic = occasion.topic
    weights, kept = weights_of(desk.database, topic), dict(issues.feedback(desk.database, topic.key))
    said = said_of(desk.database, occasion)
    scored = (relevance.relevance(a, topic.relevance, topic.glossary, weights) for a in articles)
    relevant = tuple(decisions.overruled(r, kept.get(a.address)) for a, r in zip(articles, scored, strict=True))
    leans = following.leaning(relevant)
    wanted = {r.article for r in relevant if r.on_topic} | leans.keys()
    near = tuple(a for a in articles if a.id in wanted)
    figures = {a.id: extract.figures_in(a, topic.glossary) for a in near}
    memory = remember(near, figures)
    if leans:
        relevant = following.followed(relevant, stories.assign(near, figures, (), memory, topic))
    wanted = {r.article for r in relevant if r.on_topic}
    on_topic = tuple(a for a in near if a.id in wanted)
    figures = {a.id: figures[a.id] for a in on_topic}
    copies = duplicates.copies(on_topic, figures, memory)
    findings = {a.id: checks.findings_in(a, figures[a.id]) for a in on_topic}
    linked = decisions.grouped(stories.assign(on_topic, figures, copies, memory, topic), memory, on_topic, said)
    folded = {copy.article: copy.original for copy in copies if copy.disposition in FOLDED}
    sheets = tuple(ledger.Sheet(a, figures[a.id], findings[a.id]) for a in on_topic)
    together = tuple(story.articles for story in linked.stories)
    entered = ledger.enter(memory.facts, sheets, folded, occasion.id, topic.glossary, stories=together)
    update = resolve.decided(entered, said, memory.facts)
    new = novelty.compared(on_topic, figures, update.sightings, copies, memory, glossary=topic.glossary)
    judgement = verdicts.verdicts(
        articles, relevant, copies, linked, new, sightings=update.sightings, memory=memory, official=hosts_of(topic)
    )
    readings = tuple(Reading(a, figures.get(a.id, ())) for a in articles)
    issue = compose(_draft(desk, occasion, (judgement, update), relevant, readings, memory=memory, said=said))
    return Made(issue, readings, judgement, update, relevant)


def _draft(
    desk: Desk,
    occasion: Occasion,
    decided: tuple[Judgement, LedgerUpdate],
    relevant: tuple[Relevant, ...],
    readings: tuple[Reading, ...],
    *,
    memory: Memory,
    said: tuple[Decision, ...],
) -> Draft:
    judgement, update = decided
    lines = {fact.key: fact for fact in memory.facts} | {fact.key: fact for fact in update.facts}
    return Draft(
        topic=occasion.topic,
        id=occasion.id,
        number=occasion.number,
        made_at=occasion.now,
        judgement=judgement,
        update=update,
        readings=readings,
        relevant=relevant,
        facts=tuple(lines.values()),
        edition=occasion.edition,
        slot=occasion.slot,
        since=occasion.since,
        previous=occasion.previous,
        told=_told_figures(desk.database, occasion),
        numbers=tuple((listed.id, listed.number) for listed in _line(desk.database, occasion)),
        source_health=health(desk.database, occasion),
        decisions=said,
        query=occasion.query,
        zone=occasion.zone,
        late=occasion.late,
        sample=desk.sample,
    )


def _memory(
    database: Database, occasion: Occasion, new: tuple[Article, ...], figures: Mapping[str, tuple[Figure, ...]]
) -> Memory:
    said = said_of(database, occasion)
    return recall.recalled(database, occasion.topic, occasion.edition, new, figures, now=occasion.now, said=said)


def said_of(database: Database, occasion: Occasion) -> tuple[Decision, ...]:
    """The editor's decisions that an issue heeds; a briefing on demand is made without."""
    if not occasion.edition:
        return ()
    return standing(rows.every(database, occasion.topic.key, occasion.edition), occasion.since)


def weights_of(database: Database, topic: Topic) -> dict[str, float]:
    """What the editor's keep and drop have taught: a multiplier for each term that stood in those articles."""
    kept: list[list[str]] = []
    dropped: list[list[str]] = []
    for address, keep in issues.feedback(database, topic.key):
        stored = [entries.Stored(0, entry) for key, entry in entries.at_address(database, address) if key == topic.key]
        for article in read(topic, stored):
            found = relevance.relevance(article, topic.relevance, topic.glossary, {}).terms
            (kept if keep else dropped).append([term for term, _ in found])
    return reweighted(topic.relevance, kept, dropped)


def _line(database: Database, occasion: Occasion) -> list[issues.Listed]:
    """The issues of the edition, oldest first; a briefing on demand stands in no line."""
    if not occasion.edition:
        return []
    return [i for i in issues.every(database) if (i.topic, i.edition) == (occasion.topic.key, occasion.edition)]


def _told_figures(database: Database, occasion: Occasion) -> tuple[ToldFigure, ...]:
    told: list[ToldFigure] = []
    for listed in _line(database, occasion)[-TOLD_ISSUES:]:
        issue = issues.document(database, listed.topic, listed.id)
        told += [ToldFigure(listed.id, listed.number, figure) for figure in (issue.figures if issue else ())]
    return tuple(told)


def health(database: Database, occasion: Occasion) -> tuple[SourceHealth, ...]:
    """How each source stands, as its last request left it, with what it gave since the last issue."""
    new = entries.counts(database, occasion.topic.key, occasion.since, occasion.now)
    polls = entries.polls(database, occasion.topic.key)
    states: list[SourceHealth] = []
    for source in occasion.topic.sources:
        if source.enabled and source.key in polls:
            last = decoded(SourceHealth, polls[source.key].health)
            states.append(replace(last, entries=new.get(source.key, 0)))
    return tuple(states)
