"""One verdict for each article: in or out, and why, in words that can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefing.match.genre import is_comment
from briefing.match.hosts import imitated
from briefing.match.news import is_news, reason_of_news, reason_of_repeat
from briefing.match.novelty import BASELINE, COVERED, Compared, statements
from briefing.model.article import Article
from briefing.model.fact import Evidence, Status
from briefing.model.judgement import Copy, Grouping, Judgement, Memory, Relevant, Sighting
from briefing.model.source import Tier
from briefing.model.story import Disposition, Nearest, NewKind, Novelty, Story, Verdict
from briefing.model.text import Bilingual

SHOWN = 3  # pieces of evidence that a verdict carries


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one article when it is judged."""

    article: Article
    relevant: Relevant | None
    copy: Copy | None
    story: Story | None
    novelties: tuple[Novelty, ...]
    sightings: tuple[Sighting, ...]
    is_told: bool  # the story was told in an earlier issue
    nearest: tuple[Nearest, ...] = ()
    imitates: str = ""  # the official host whose name the article's own host carries


def verdicts(
    articles: tuple[Article, ...],
    relevant: tuple[Relevant, ...],
    copies: tuple[Copy, ...],
    grouping: Grouping,
    news: Compared,
    *,
    sightings: tuple[Sighting, ...] = (),
    memory: Memory = Memory(),  # noqa: B008 -- frozen
    official: tuple[str, ...] = (),
) -> Judgement:
    """Judge every article; the order of the verdicts is that of the articles.

    `official` are addresses whose hosts others imitate: such an article is marked, and never confirms.
    """
    by_article = {r.article: r for r in relevant}
    copied = {c.article: c for c in copies}
    stories = {a: story for story in grouping.stories for a in story.articles}
    old = {story.id for story in memory.stories} | {item.story for item in memory.known}
    fresh = _novelties_of(news.novelties)
    seen = _sightings_of(sightings)
    judged = []
    for article in articles:
        story = stories.get(article.id)
        case = Case(
            article=article,
            relevant=by_article.get(article.id),
            copy=copied.get(article.id),
            story=story,
            novelties=fresh.get(article.id, ()),
            sightings=seen.get(article.id, ()),
            is_told=story is not None and story.id in old,
            nearest=news.nearest.get(article.id, ()),
            imitates=imitated(article.link or article.address, official),
        )
        judged.append(verdict(case))
    return Judgement(tuple(_settled(judged, seen)), grouping.stories, news.novelties, copies, grouping.links)


def _settled(judged: list[Verdict], seen: Mapping[str, tuple[Sighting, ...]]) -> Iterator[Verdict]:
    """A further witness is kept beside the news of its story; alone, or of nothing but the start, it only repeats."""
    moving = {v.story for v in judged if v.disposition in {Disposition.DEVELOPMENT, Disposition.UPDATE}}
    for one in judged:
        told = [s for s in seen.get(one.article, ()) if s.status not in {Status.UNBOUND, Status.AGAIN}]
        recalls = all(s.against is not None and s.against.issue == BASELINE for s in told)
        alone = one.disposition is Disposition.CONFIRMATION and (recalls or one.story not in moving)
        yield replace(one, disposition=Disposition.REPEAT) if alone else one


def verdict(case: Case) -> Verdict:
    """The disposition of one article, with its reason."""
    relevant = case.relevant
    if relevant is None or not relevant.on_topic:
        reason = relevant.reason if relevant else Bilingual("It was not judged.", "未经判断。")
        return Verdict(
            article=case.article.id,
            disposition=Disposition.OFF_TOPIC,
            reason=reason,
            evidence=relevant.evidence if relevant else (),
            score=relevant.score if relevant else 0.0,
            adjacent=bool(relevant and relevant.adjacent),
            terms=relevant.terms if relevant else (),
        )
    disposition, reason, against = _decided(case)
    if case.imitates:
        reason = Bilingual(
            f"{reason.en} Its host imitates {case.imitates} and counts as no witness.",
            f"{reason.zh}其网址冒用{case.imitates}的名称，不作旁证。",
        )
    return Verdict(
        article=case.article.id,
        disposition=disposition,
        reason=reason,
        evidence=_evidence(case),
        story=case.story.id if case.story else "",
        against=against,
        score=relevant.score,
        terms=relevant.terms,
        nearest=case.nearest,
        changed=case.copy.changed if case.copy else (),
    )


def _decided(case: Case) -> tuple[Disposition, Bilingual, str]:
    copy = case.copy
    if copy and copy.disposition is Disposition.RESURFACED:
        return copy.disposition, copy.reason, copy.original
    made = len(statements(case.article))
    if is_news(
        case.novelties,
        case.sightings,
        is_told=case.is_told,
        is_copy=copy is not None,
        is_comment=is_comment(case.article),
        statements=made,
    ):
        kind = Disposition.UPDATE if case.is_told else Disposition.DEVELOPMENT
        return kind, reason_of_news(case.novelties), copy.original if copy else ""
    if copy:
        return copy.disposition, copy.reason, copy.original
    issue = _told_in(case)
    fresh = len({item.sentence for item in case.novelties if item.kind is NewKind.SENTENCE})
    reason = reason_of_repeat(case.sightings, issue, fresh)
    confirms = any(sighting.status is Status.CONFIRMED for sighting in case.sightings)
    if confirms and case.article.tier is not Tier.UNKNOWN:
        return Disposition.CONFIRMATION, reason, issue
    beside = case.nearest[0].article if case.nearest and not issue else ""
    return Disposition.REPEAT, reason, issue or beside


def _told_in(case: Case) -> str:
    """The issue that told what is covered, else the one with the nearest sentence; '' for another article of this."""
    covered = next((item for item in case.nearest if item.issue and item.overlap >= COVERED), None)
    closest = max(case.novelties, key=lambda item: item.overlap, default=None)
    return covered.issue if covered else closest.closest_issue if closest else ""


def _evidence(case: Case) -> tuple[Evidence, ...]:
    """The sentences that carry what is new, hard facts first; without any, those that put it on the topic."""
    order = {NewKind.FIGURE: 0, NewKind.DATE: 1, NewKind.ENTITY: 2, NewKind.SENTENCE: 3}
    numbers = dict.fromkeys(item.sentence for item in sorted(case.novelties, key=lambda item: order[item.kind]))
    sentences = [case.article.sentences[number] for number in list(numbers)[:SHOWN]]
    at = case.article
    quoted = tuple(Evidence(at.id, at.outlet, at.address, s.text, s.start, s.end) for s in sentences)
    return quoted or (case.relevant.evidence if case.relevant else ())


def _novelties_of(items: tuple[Novelty, ...]) -> Mapping[str, tuple[Novelty, ...]]:
    articles = dict.fromkeys(item.article for item in items)
    return {article: tuple(item for item in items if item.article == article) for article in articles}


def _sightings_of(items: tuple[Sighting, ...]) -> Mapping[str, tuple[Sighting, ...]]:
    articles = dict.fromkeys(item.article for item in items)
    return {article: tuple(item for item in items if item.article == article) for article in articles}
