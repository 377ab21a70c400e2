"""What pins an article to one event, in any language: its figures, days and names."""

from collections.abc import Iterable
from decimal import Decimal

from briefing.match.days import days_in, own_days
from briefing.match.figures import COMPARED, figure_key, significant
from briefing.match.glossary import Lexis
from briefing.model.article import Article, Part
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.judgement import Memory
from briefing.model.text import Bilingual
from briefing.model.topic import EntityKind, Topic

DAY, YEAR = 0.5, 0.1  # a year alone is named by half of all articles
HEAD = {
    EntityKind.PLACE: 1.0,
    EntityKind.COMPANY: 1.0,
    EntityKind.LAW: 1.0,
    EntityKind.PERSON: 1.0,
    EntityKind.INSTITUTION: 0.5,
    EntityKind.CONCEPT: 0.2,
}  # what a name in the heading says; one in the text says a third of it
IN_TEXT = 0.35
BACKGROUND = frozenset({EntityKind.INSTITUTION, EntityKind.LAW, EntityKind.CONCEPT})
COMMON = 0.3  # the names that make an article on topic
STALE = 0.15  # figures of the baseline are quoted in every story


def anchors(
    article: Article, figures: Iterable[Figure], lexis: Lexis, stale: frozenset[str] = frozenset()
) -> dict[str, float]:
    """The anchors of an article and how much each says, before it is known how common each is."""
    found: dict[str, float] = {}
    for figure in figures:
        weight = _telling(figure.quantity)
        if weight:
            key = figure_key(figure.quantity)
            found[key] = max(found.get(key, 0.0), weight * (STALE if key in stale else 1.0))
    own = own_days(article)
    for sentence in article.sentences:
        for day in days_in(sentence.folded) - own:
            found[f"day {day}"] = DAY if "-" in day else YEAR
    names = _names(article, lexis)
    return found | {key: weight * (COMMON if key in stale else 1.0) for key, weight in names.items()}


def place_anchors(unlisted: Iterable[str]) -> dict[str, float]:
    """Places of a heading that no glossary has say as much as those that one has."""
    return {f"place {name.capitalize()}": HEAD[EntityKind.PLACE] for name in unlisted}


def stale_keys(memory: Memory) -> frozenset[str]:
    """The figures of the baseline."""
    return frozenset(
        figure_key(fact.quantity)
        for fact in memory.facts
        if any(witness.issue == "baseline" for witness in fact.witnesses)
    )


def common_names(topic: Topic) -> frozenset[str]:
    """The bodies and rules by which the topic itself is recognised: most of its articles name one, whatever they tell.

    Not its places and companies: those are what tells one event from another.
    """
    named = {word[1:] for term in topic.relevance.terms for word in term.words if word.startswith("@")}
    return frozenset(f"name {e.key}" for e in topic.glossary.entities if e.key in named and e.kind in BACKGROUND)


def described(key: str, figures: Iterable[Figure], lexis: Lexis) -> Bilingual:
    """An anchor in words: the name, the day, or the figure as one of the articles prints it."""
    kind, _, rest = key.partition(" ")
    if kind == "name":
        return lexis.entities[rest].name
    surface = next((figure.surface for figure in figures if figure_key(figure.quantity) == key), rest)
    return Bilingual(surface, surface)


def _telling(quantity: Quantity) -> float:
    """A number with three digits is rarely shared by chance, one with a single digit often."""
    if quantity.kind not in COMPARED or not quantity.amount:
        return 0.0
    digits = significant(Decimal(quantity.amount))
    weight = {1: 0.1, 2: 0.4}.get(digits, 1.0)
    return min(1.0, weight * 1.75) if quantity.kind is Kind.MONEY else weight


def _names(article: Article, lexis: Lexis) -> dict[str, float]:
    """Names of the heading and of the text; a place counts only where nothing within it is named as well."""
    head = _named((s.folded for s in article.sentences if s.part is not Part.TEXT), lexis)
    text = _named((s.folded for s in article.sentences if s.part is Part.TEXT), lexis)
    found = {f"name {key}": IN_TEXT * HEAD[lexis.entities[key].kind] for key in text}
    return found | {f"name {key}": HEAD[lexis.entities[key].kind] for key in head}


def _named(sentences: Iterable[str], lexis: Lexis) -> frozenset[str]:
    return lexis.innermost(lexis.names_in("\n".join(sentences)))
