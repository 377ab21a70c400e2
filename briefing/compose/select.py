"""What goes in, and in which order: importance in one number, from what was found and who says it."""

from collections.abc import Iterable
from decimal import Decimal
from math import log2, log10

from briefing.compose.lookup import Lookup
from briefing.model.article import Article
from briefing.model.fact import Status
from briefing.model.figure import Kind
from briefing.model.judgement import Sighting
from briefing.model.source import Tier
from briefing.model.story import Disposition, NewKind

STORIES = 60  # more than this in one issue are told in brief; the templates cut further to fit
TIER_WEIGHT = {Tier.OFFICIAL: 3.0, Tier.NEWSROOM: 2.0, Tier.PARTISAN: 1.0, Tier.UNKNOWN: 0.5}
# A figure that does not hold is the most useful thing that a desk can tell; one more confirmation the least.
STATUS_WEIGHT = {
    Status.CONTRADICTED: 4.0,
    Status.SCALE_SLIP: 4.0,
    Status.CHANGED: 3.0,
    Status.NEW: 1.0,
    Status.CONFIRMED: 0.5,
}
MOST_BY_FIGURES = 8.0  # a table of forty amounts does not outweigh everything else
BROUGHT = frozenset({Status.NEW, Status.CHANGED})
SMALL_SUM = Decimal(10_000_000)  # below, the size of a sum says nothing of its weight
MOST_BY_SIZE = 2.0
SENTENCE_WEIGHT = 0.25
MOST_BY_SENTENCES = 2.0
ALWAYS = 3  # stories are told in full however small they are
BRIEF_BELOW = 3.5  # one outlet with a sentence or two and no figure


def score(articles: Iterable[Article], found: Lookup) -> float:
    """How much a story of these articles matters to a reader today."""
    kept = tuple(articles)
    figures: dict[str, float] = {}
    for article in kept:
        for number, sighting in enumerate(found.sightings.get(article.id, ())):
            name = sighting.key or f"{article.id}#{number}"
            figures[name] = max(figures.get(name, 0.0), STATUS_WEIGHT.get(sighting.status, 0.0))
    sums = (_size(s, found) for a in kept for s in found.sightings.get(a.id, ()))
    sentences = sum(n.kind is NewKind.SENTENCE for a in kept for n in found.novelties.get(a.id, ()))
    verdicts = [found.verdicts[a.id] for a in kept]
    return (
        max((TIER_WEIGHT[a.tier] for a in kept), default=0.0)
        + min(sum(figures.values()), MOST_BY_FIGURES)
        + min(sentences * SENTENCE_WEIGHT, MOST_BY_SENTENCES)
        + max(sums, default=0.0)
        + log2(1 + len({a.outlet for a in kept}))
        + max((v.score for v in verdicts), default=0.0)
        + any(v.disposition is Disposition.DEVELOPMENT for v in verdicts)
    )


def _size(sighting: Sighting, found: Lookup) -> float:
    """What a sum that the issue brings adds by its size: a hundred million outweighs ten."""
    figures = found.readings[sighting.article].figures
    if sighting.status not in BROUGHT or sighting.figure >= len(figures):
        return 0.0
    quantity = figures[sighting.figure].quantity
    is_large = quantity.kind is Kind.MONEY and quantity.amount > SMALL_SUM
    return min(MOST_BY_SIZE, log10(quantity.amount / SMALL_SUM)) if is_large else 0.0


def is_news(articles: Iterable[Article], found: Lookup) -> bool:
    """Whether it brings more than a further witness."""
    return bool(found.of(Disposition.DEVELOPMENT, Disposition.UPDATE, among=articles))
