"""How we got here: what the baseline dates, what this issue adds, and what is ahead."""

from briefing.compose.draft import Draft
from briefing.compose.wording import local
from briefing.model.issue import Development, Event, EventStatus
from briefing.model.topic import BaselineArticle

KNOWN = 6  # dated facts of the baseline in a later issue; the first tells them all
ADDED = 8


def timeline(draft: Draft, developments: tuple[Development, ...]) -> tuple[Event, ...]:
    """Oldest first."""
    today = local(draft.made_at, draft.zone).isoformat()
    articles = {article.key: article for article in draft.topic.baseline.articles}
    known = sorted(
        (
            Event(
                fact.when,
                fact.text,
                EventStatus.AHEAD if fact.when[: len(today)] > today else EventStatus.KNOWN,
                **_source(articles, fact.articles),
            )
            for fact in draft.topic.baseline.facts
            if fact.when
        ),
        key=lambda event: event.when,
    )
    ahead = tuple(event for event in known if event.status is EventStatus.AHEAD)
    past = tuple(event for event in known if event.status is EventStatus.KNOWN)
    added = tuple(_event(development, draft.zone) for development in developments[:ADDED])
    kept = past[-KNOWN:] if draft.previous else past
    return tuple(sorted((*kept, *added, *ahead), key=lambda event: event.when))


def _source(articles: dict[str, BaselineArticle], keys: tuple[str, ...]) -> dict[str, str]:
    first = next((articles[key] for key in keys if key in articles), None)
    return {"outlet": first.outlet, "address": first.address} if first else {}


def _event(development: Development, zone: str) -> Event:
    lead = development.coverage[0]
    return Event(
        local(development.published, zone).isoformat(),
        development.gloss,
        EventStatus.NEW,
        development.story,
        lead.outlet,
        lead.address,
    )
