"""How we got here: what the baseline dates, what this issue adds, and what is ahead."""

import re

from briefing.compose.draft import Draft, Reading
from briefing.compose.extracts import cut
from briefing.compose.gloss import gloss, known_in
from briefing.compose.wording import both, local
from briefing.model.article import Article, Sentence
from briefing.model.figure import Kind
from briefing.model.issue import Development, DevelopmentStatus, Event, EventStatus
from briefing.model.text import Bilingual
from briefing.model.topic import BaselineArticle, Glossary

KNOWN = 6  # dated facts of the baseline in a later issue; the first tells them all
ADDED = 8
COMING = 6
Said = tuple[Reading, Sentence]
MONTH = len("2024-12")
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
                "",
                *_source(articles, fact.articles),
            )
            for fact in draft.topic.baseline.facts
            if fact.when
        ),
        key=lambda event: event.when,
    )
    ahead = tuple(event for event in known if event.status is EventStatus.AHEAD)
    ahead += tuple(e for e in announced(draft, developments, today) if not _is_known(e, ahead, draft.topic.glossary))
    past = tuple(event for event in known if event.status is EventStatus.KNOWN)
    # a story that only brings a figure back which does not hold is no event
    events = tuple(d for d in developments if d.status is not DevelopmentStatus.CORRECTION)
    added = tuple(_event(development, draft.zone) for development in events[:ADDED])
    kept = past[-KNOWN:] if draft.previous else past
    return tuple(sorted((*kept, *added, *ahead), key=lambda event: event.when))


def announced(draft: Draft, developments: tuple[Development, ...], today: str) -> tuple[Event, ...]:
    """Coming days and months that the stories of this issue name, each once a story, in the words that name it."""
    readings = {reading.article.id: reading for reading in draft.readings}
    found: dict[tuple[str, str], list[Said]] = {}
    for development in developments:
        for coverage in development.coverage:
            reading = readings[coverage.article]
            for figure in reading.figures:
                if figure.quantity.kind is Kind.DATE and _is_coming(figure.period, today):
                    place = (figure.period, development.story)
                    found.setdefault(place, []).append((reading, _sentence(reading.article, figure.sentence)))
    glossary = draft.topic.glossary
    headings = {development.story: development.gloss for development in developments}
    events = (_coming(when, (story, headings[story]), said, glossary) for (when, story), said in sorted(found.items()))
    once = {(event.when, event.text): event for event in events}  # two authorities may say it in the same words
    days = {(event.story, event.when[:MONTH]) for event in once.values() if len(event.when) > MONTH}
    # 'by the end of December' and '31 December' are one date, told twice
    finest = (e for e in once.values() if len(e.when) > MONTH or (e.story, e.when) not in days)
    return tuple(finest)[:COMING]


def _is_known(event: Event, known: tuple[Event, ...], glossary: Glossary) -> bool:
    """Whether the baseline dates the same thing: on that day, with a name in common."""
    names = known_in(f"{event.text.en} {event.text.zh} {' '.join(e.text for e in event.said)}", glossary)
    return any(e.when == event.when and names & known_in(f"{e.text.en} {e.text.zh}", glossary) for e in known)


def _is_coming(when: str, today: str) -> bool:
    """A day or a month after today; a year alone announces nothing."""
    return bool(ISO.fullmatch(when)) and when > today[: len(when)]


def _sentence(article: Article, number: int) -> Sentence:
    return next(s for s in article.sentences if s.number == number)


def _coming(when: str, story: tuple[str, Bilingual], said: list[Said], glossary: Glossary) -> Event:
    """In each language the first report in it that names the day, else what is known of the first of all."""
    reading, sentence = said[0]
    undated = tuple(figure for figure in reading.figures if figure.quantity.kind is not Kind.DATE)
    quoted = {r.article.language.is_chinese: cut(r.article, s) for r, s in reversed(said)}

    def text(*, chinese: bool) -> str:
        if chinese in quoted:
            return quoted[chinese].text
        language = "zh" if chinese else "en"
        made = gloss(sentence, undated, glossary, language)
        return made or both("timeline.of", story=story[1]).written(language)

    article = reading.article
    words = Bilingual(text(chinese=False), text(chinese=True))
    extracts = tuple(quoted[key] for key in sorted(quoted, key=lambda key: key is not article.language.is_chinese))
    return Event(when, words, EventStatus.AHEAD, story[0], article.outlet, article.link, extracts)


def _source(articles: dict[str, BaselineArticle], keys: tuple[str, ...]) -> tuple[str, str]:
    """Outlet and address of the first that states it."""
    first = next((articles[key] for key in keys if key in articles), None)
    return (first.outlet, first.address) if first else ("", "")


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
