"""One verdict for each article: in or out, and why, in words that can be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.model.article import Article
from briefing.model.fact import Evidence, Status
from briefing.model.judgement import Copy, Grouping, Judgement, Memory, Relevant, Sighting
from briefing.model.story import Disposition, NewKind, Novelty, Story, Verdict
from briefing.model.text import Bilingual

WEIGHTS = {NewKind.FIGURE: 1.0, NewKind.DATE: 0.5, NewKind.ENTITY: 0.5, NewKind.SENTENCE: 0.25}
ENOUGH = 1.0


@dataclass(frozen=True, slots=True)
class _Facts:
    relevant: Relevant | None
    copy: Copy | None
    story: Story | None
    novelties: tuple[Novelty, ...]
    sightings: tuple[Sighting, ...]
    is_known: bool


def verdicts(
    articles: tuple[Article, ...],
    relevant: tuple[Relevant, ...],
    copies: tuple[Copy, ...],
    grouping: Grouping,
    novelties: tuple[Novelty, ...],
    *,
    sightings: tuple[Sighting, ...] = (),
    memory: Memory = Memory(),  # noqa: B008 -- frozen
) -> Judgement:
    """Judge every article; the order of the verdicts is that of the articles."""
    by_article = {r.article: r for r in relevant}
    copied = {c.article: c for c in copies}
    stories = {a: story for story in grouping.stories for a in story.articles}
    old = {story.id for story in memory.stories} | {item.story for item in memory.known}
    fresh = _novelties_of(novelties)
    seen = _sightings_of(sightings)
    judged = tuple(
        _verdict(
            article,
            _Facts(
                by_article.get(article.id),
                copied.get(article.id),
                stories.get(article.id),
                fresh.get(article.id, ()),
                seen.get(article.id, ()),
                bool(stories.get(article.id)) and stories[article.id].id in old,
            ),
        )
        for article in articles
    )
    return Judgement(judged, grouping.stories, novelties, copies, grouping.links)


def _novelties_of(items: tuple[Novelty, ...]) -> Mapping[str, tuple[Novelty, ...]]:
    articles = dict.fromkeys(item.article for item in items)
    return {article: tuple(item for item in items if item.article == article) for article in articles}


def _sightings_of(items: tuple[Sighting, ...]) -> Mapping[str, tuple[Sighting, ...]]:
    articles = dict.fromkeys(item.article for item in items)
    return {article: tuple(item for item in items if item.article == article) for article in articles}


def _verdict(article: Article, facts: _Facts) -> Verdict:
    story = facts.story.id if facts.story else ""
    score = facts.relevant.score if facts.relevant else 0.0
    if facts.relevant is None or not facts.relevant.on_topic:
        reason = facts.relevant.reason if facts.relevant else Bilingual("It was not judged.", "未经判断。")
        adjacent = facts.relevant.adjacent if facts.relevant else False
        return Verdict(article.id, Disposition.OFF_TOPIC, reason, _evidence(facts), score=score, adjacent=adjacent)
    disposition, reason, against = _decided(facts)
    return Verdict(article.id, disposition, reason, _evidence(facts), story, against, score)


def _decided(facts: _Facts) -> tuple[Disposition, Bilingual, str]:
    copy = facts.copy
    if copy and copy.disposition is not Disposition.REVISION:
        return copy.disposition, copy.reason, copy.original or copy.issue
    amount = sum(WEIGHTS[item.kind] for item in facts.novelties)
    if copy:
        return Disposition.REVISION, copy.reason, copy.original
    if amount >= ENOUGH:
        kind = Disposition.UPDATE if facts.is_known else Disposition.DEVELOPMENT
        return kind, _news(facts), ""
    closest = next((item for item in facts.novelties if item.closest_issue), None)
    issue = closest.closest_issue if closest else ""
    if any(s.status is Status.CONFIRMED for s in facts.sightings) and facts.is_known:
        return (
            Disposition.CONFIRMATION,
            Bilingual("Nothing new; it confirms figures already told.", "没有新内容，印证了已报道的数字。"),
            issue,
        )
    return Disposition.REPEAT, Bilingual("All of it was told before.", "内容此前均已报道。"), issue


def _news(facts: _Facts) -> Bilingual:
    figures = [item.text for item in facts.novelties if item.kind is NewKind.FIGURE]
    if figures:
        return Bilingual(f"New figures: {', '.join(figures[:3])}.", f"新数字：{'、'.join(figures[:3])}。")
    count = len(facts.novelties)
    return Bilingual(f"{count} statements that were not told before.", f"有{count}处此前未报道的内容。")


def _evidence(facts: _Facts) -> tuple[Evidence, ...]:
    return facts.relevant.evidence if facts.relevant else ()
