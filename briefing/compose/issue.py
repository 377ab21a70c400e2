"""Makes an issue of what was read and decided. Pure: the same draft gives the same issue."""

from dataclasses import replace

from briefing.compose import decided
from briefing.compose.corrections import corrections
from briefing.compose.draft import Draft
from briefing.compose.headlines import headlines
from briefing.compose.keyfigures import is_measured, key_figures
from briefing.compose.lookup import FOLDED, KEPT, Lookup, lookup
from briefing.compose.select import ALWAYS, BRIEF_BELOW, STORIES, is_news
from briefing.compose.standing import CONFLICTS
from briefing.compose.stories import development
from briefing.compose.timeline import timeline
from briefing.model.fact import Finding, Outcome, Rule, Status
from briefing.model.issue import Citation, Counts, Development, Issue, LeftOut, Start
from briefing.model.topic import Topic


def compose(draft: Draft) -> Issue:
    """The issue: selected, ordered, and every sentence of it either quoted or composed from the ledger."""
    found = lookup(draft)
    stories, brief = _developments(found)
    figures = key_figures(found)
    findings = tuple(_with_names(finding, draft.topic) for finding in _findings(draft))
    events = timeline(draft, stories)
    start, baseline = _start(draft)
    corrected = (*decided.corrections(draft.decisions), *corrections(found))
    has_news = bool(stories or brief or corrected or not draft.previous)
    return Issue(
        draft.id,
        draft.number,
        draft.topic.key,
        draft.topic.name,
        draft.edition,
        draft.slot,
        draft.made_at,
        draft.since,
        draft.previous,
        _counts(found),
        figures=figures,
        findings=findings,
        developments=stories,
        brief=brief,
        timeline=events,
        corrections=corrected,
        left_out=_left_out(found),
        source_health=draft.source_health,
        query=draft.query,
        late=draft.late,
        sample=draft.sample,
        headlines=headlines(figures, findings, stories or brief, events, found.conflicts_told) if has_news else (),
        start=start,
        baseline=baseline,
        zone=draft.zone,
    )


def _developments(found: Lookup) -> tuple[tuple[Development, ...], tuple[Development, ...]]:
    """Stories and briefs, each the most important first, those that the editor put first before all.

    On a thin day small news is told as a story.
    """
    said = found.draft.decisions
    first = decided.places(said)
    told = (development(story, found) for story in found.draft.judgement.stories)
    made = [decided.noted(d, said) for d in told if d is not None]
    made.sort(key=lambda d: (first.get(d.story, len(first)), -d.score, d.published, d.story))
    news = [
        d for d in made if d.story in first or is_news((found.readings[c.article].article for c in d.coverage), found)
    ]
    stories = tuple(d for place, d in enumerate(news) if place < ALWAYS or d.score >= BRIEF_BELOW or d.story in first)[
        :STORIES
    ]
    shown = {d.story for d in stories}
    return stories, tuple(d for d in made if d.story not in shown)


def _findings(draft: Draft) -> tuple[Finding, ...]:
    """Every check of this issue, once; a first issue also tells what the baseline's own figures gave."""
    known = () if draft.previous else tuple(f for fact in draft.facts for f in fact.findings)
    found: dict[tuple[Rule, str], Finding] = {}
    for finding in (*draft.update.findings, *known):  # a copy's figures give what those of its original gave
        found.setdefault((finding.rule, finding.statement.en), finding)
    return tuple(found.values())


def _with_names(finding: Finding, topic: Topic) -> Finding:
    """The finding with its parts called in both languages, as far as the glossary knows them."""
    names = {entity.name.en: entity.name for entity in topic.glossary.entities}
    return replace(finding, parts=tuple((names.get(label.en, label), quantity) for label, quantity in finding.parts))


def _start(draft: Draft) -> tuple[tuple[Start, ...], tuple[Citation, ...]]:
    """Where we start: only a first issue tells it."""
    if draft.previous:
        return (), ()
    cited = {
        a.key: Citation(a.key, a.title, a.outlet, a.address, a.published, a.language)
        for a in draft.topic.baseline.articles
    }
    facts = tuple(
        Start(fact.text, fact.when, tuple(cited[key] for key in fact.articles if key in cited))
        for fact in draft.topic.baseline.facts
    )
    return facts, tuple(cited.values())


def _left_out(found: Lookup) -> tuple[LeftOut, ...]:
    """Every article that is not shown, newest first; copies and revisions with the story they were folded under."""
    hidden = [
        (found.readings[v.article].article, v)
        for v in found.draft.judgement.verdicts
        if v.disposition not in KEPT and v.article in found.readings
    ]
    hidden.sort(key=lambda pair: (pair[0].dates.published, pair[0].id), reverse=True)
    return tuple(
        LeftOut(
            article.id,
            article.title,
            article.language,
            article.outlet,
            article.link,
            verdict.disposition,
            verdict.reason,
            verdict.against,
            verdict.adjacent,
            verdict.story,
        )
        for article, verdict in hidden
    )


def _counts(found: Lookup) -> Counts:
    dispositions = [found.verdicts[a].disposition for a in found.readings if a in found.verdicts]
    kept = sum(d in KEPT for d in dispositions)
    folded = sum(d in FOLDED for d in dispositions)
    by_status: dict[Status, set[str]] = {status: set() for status in Status}
    for sighting in found.draft.update.sightings:
        if sighting.key in found.facts and is_measured(found.facts[sighting.key], found):
            by_status[sighting.status].add(sighting.key)
    failed = {f.key for f in found.draft.update.findings if f.outcome is Outcome.FAILS and f.key}
    conflicts = by_status[Status.CONTRADICTED] | by_status[Status.SCALE_SLIP] | failed
    if not found.draft.previous:
        conflicts |= {fact.key for fact in found.draft.facts if fact.status in CONFLICTS}
    return Counts(
        read=len(found.readings),
        kept=kept,
        folded=folded,
        left_out=len(found.readings) - kept - folded,
        figures_new=len(by_status[Status.NEW]),
        figures_changed=len(by_status[Status.CHANGED]),
        figures_conflicting=len(conflicts),
    )


__all__ = ["Draft", "compose"]
