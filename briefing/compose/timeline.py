"""How we got here: what the baseline dates, what this issue adds, and what is ahead."""

import re

from briefing.compose.draft import Draft
from briefing.compose.extracts import cut
from briefing.compose.wording import local
from briefing.model.article import Article, Sentence
from briefing.model.figure import Kind
from briefing.model.issue import Development, Event, EventStatus
from briefing.model.text import Bilingual
from briefing.model.topic import BaselineArticle

KNOWN = 6  # dated facts of the baseline in a later issue; the first tells them all
ADDED = 8
COMING = 6
ISO = re.compile(r"\d{4}-\d\d(-\d\d)?")


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
    ahead += announced(draft, developments, today)
    past = tuple(event for event in known if event.status is EventStatus.KNOWN)
    added = tuple(_event(development, draft.zone) for development in developments[:ADDED])
    kept = past[-KNOWN:] if draft.previous else past
    return tuple(sorted((*kept, *added, *ahead), key=lambda event: event.when))


def announced(draft: Draft, developments: tuple[Development, ...], today: str) -> tuple[Event, ...]:
    """Coming days and months that the stories of this issue name, each once a story, in the words that name it."""
    readings = {reading.article.id: reading for reading in draft.readings}
    found: dict[tuple[str, str], list[tuple[Article, Sentence]]] = {}
    for development in developments:
        for coverage in development.coverage:
            reading = readings[coverage.article]
            for figure in reading.figures:
                if figure.quantity.kind is Kind.DATE and _is_coming(figure.period, today):
                    place = (figure.period, development.story)
                    found.setdefault(place, []).append((reading.article, _sentence(reading.article, figure.sentence)))
    events = (_coming(when, story, said) for (when, story), said in sorted(found.items()))
    once = {(event.when, event.text): event for event in events}  # two authorities may say it in the same words
    return tuple(once.values())[:COMING]


def _is_coming(when: str, today: str) -> bool:
    """A day or a month after today; a year alone announces nothing."""
    return bool(ISO.fullmatch(when)) and when > today[: len(when)]


def _sentence(article: Article, number: int) -> Sentence:
    return next(s for s in article.sentences if s.number == number)


def _coming(when: str, story: str, said: list[tuple[Article, Sentence]]) -> Event:
    """In each language the first report in it that names the day, else the first of all."""
    english = next((one for one in said if not one[0].language.is_chinese), said[0])
    chinese = next((one for one in said if one[0].language.is_chinese), said[0])
    text = Bilingual(cut(*english).text, cut(*chinese).text)
    return Event(when, text, EventStatus.AHEAD, story, said[0][0].outlet, said[0][0].link)


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
