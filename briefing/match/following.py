"""What goes on with a story of the topic is on the topic, though it uses few of the topic's own words."""

from collections.abc import Iterable
from dataclasses import replace

from briefing.match.topic import MIDDLE
from briefing.model.judgement import Grouping, Link, Relevant
from briefing.model.text import Bilingual

LEANING = 0.15  # of the score, at which the topic's own words say something, though not enough
ALIKE = 0.7  # strength of a link at which an article without a word of the topic would go on with another
WORDS = 0.4  # what the score of its own words counts for beside that strength


def leaning(relevant: Iterable[Relevant]) -> dict[str, float]:
    """The articles that may belong to the topic by the story which they go on with, and their scores."""
    return {one.article: one.score for one in relevant if not one.on_topic and one.score >= LEANING}


def followed(relevant: tuple[Relevant, ...], grouping: Grouping) -> tuple[Relevant, ...]:
    """The same, with every article on the topic that surely goes on with one that is, or was in an earlier issue.

    `grouping` is that of the articles on the topic and of those that lean to it.
    """
    leans = leaning(relevant)
    best: dict[str, Link] = {}
    for link in grouping.links:
        for article, other in ((link.article, link.other), (link.other, link.article)):
            if link.sure and article in leans and other not in leans and link.score + WORDS * leans[article] >= ALIKE:
                best[article] = max(best.get(article, link), link, key=lambda one: one.score)
    return tuple(_following(one, best) for one in relevant)


def _following(one: Relevant, best: dict[str, Link]) -> Relevant:
    link = best.get(one.article)
    if link is None:
        return one
    reason = Bilingual(
        f"It goes on with a story of the topic. {link.reason.en} {one.reason.en}",
        f"它是本专题一则报道的后续。{link.reason.zh}{one.reason.zh}",
    )
    return replace(one, on_topic=True, adjacent=False, score=MIDDLE, reason=reason)
