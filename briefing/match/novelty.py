"""What is new in an article: sentences, figures, names and dates that nobody told before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.match import words
from briefing.match.furniture import body
from briefing.match.glossary import names_in
from briefing.match.vectors import Rarity, Vector, counted, rarity, vector
from briefing.model.article import Article, Part, Sentence
from briefing.model.fact import Status
from briefing.model.figure import Figure
from briefing.model.judgement import Copy, Memory, Sighting, Told
from briefing.model.story import Disposition, NewKind, Novelty
from briefing.model.topic import Glossary

COVERED = 0.385  # character TF-IDF with the nearest told sentence; measured best on 7,833 sentences
NEW_FIGURE = frozenset({Status.NEW, Status.CHANGED, Status.CONTRADICTED, Status.SCALE_SLIP})
FOLDED_AWAY = frozenset({Disposition.COPY, Disposition.RESURFACED})
SHORTEST = 12  # characters; a shorter run is a heading or a name, not a statement


@dataclass
class _Earlier:
    """The sentences told so far, found by the features they share with a new one."""

    rare: Rarity
    told: list[Told] = field(default_factory=list)
    vectors: list[Vector] = field(default_factory=list)
    index: dict[str, list[int]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(self, told: Told, glossary: Glossary) -> None:
        made = vector(counted(words.grams(told.folded)), self.rare)
        place = len(self.told)
        self.told.append(told)
        self.vectors.append(made)
        self.names |= names_in(told.folded, glossary)
        for feature in made:
            self.index.setdefault(feature, []).append(place)

    def nearest(self, folded: str) -> tuple[float, Told | None]:
        mine = vector(counted(words.grams(folded)), self.rare)
        scores: dict[int, float] = {}
        for feature, value in mine.items():
            for place in self.index.get(feature, ()):
                scores[place] = scores.get(place, 0.0) + value * self.vectors[place][feature]
        if not scores:
            return 0.0, None
        best = max(scores, key=lambda place: (scores[place], -place))
        return scores[best], self.told[best]


def novelties(
    articles: tuple[Article, ...],
    figures: Mapping[str, tuple[Figure, ...]],
    sightings: tuple[Sighting, ...],
    copies: tuple[Copy, ...],
    memory: Memory,
    *,
    glossary: Glossary = Glossary(),
) -> tuple[Novelty, ...]:
    """New things by article, in the order the articles were seen: what one has told is told for the next."""
    told = _told(memory)
    ordered = sorted(articles, key=lambda a: (a.dates.first_seen, a.id))
    texts = [*(t.folded for t in told), *(s.folded for a in ordered for s in body(a))]
    earlier = _Earlier(rarity(words.grams(text) for text in texts))
    for item in told:
        earlier.add(item, glossary)
    fresh_figures = _fresh(sightings)
    repeated = {copy.article: copy for copy in copies}
    found: list[Novelty] = []
    for article in ordered:
        copy = repeated.get(article.id)
        if copy is None or copy.disposition not in FOLDED_AWAY or copy.new_figures:
            found += _of_article(
                article, figures.get(article.id, ()), fresh_figures.get(article.id, frozenset()), earlier, glossary
            )
        for sentence in body(article):
            earlier.add(Told(sentence.text, sentence.folded, "", article=article.id), glossary)
    return tuple(found)


def _told(memory: Memory) -> list[Told]:
    """Everything told: the given sentences, and those of the known articles."""
    told = list(memory.told)
    for item in memory.known:
        told += [Told(s.text, s.folded, item.issue, item.story, item.article.id) for s in body(item.article)]
    return told


def _fresh(sightings: tuple[Sighting, ...]) -> dict[str, frozenset[int]]:
    by_article: dict[str, set[int]] = {}
    for sighting in sightings:
        if sighting.status in NEW_FIGURE:
            by_article.setdefault(sighting.article, set()).add(sighting.figure)
    return {article: frozenset(places) for article, places in by_article.items()}


def _of_article(
    article: Article, figures: tuple[Figure, ...], fresh: frozenset[int], earlier: _Earlier, glossary: Glossary
) -> list[Novelty]:
    found: list[Novelty] = []
    numbers = {n: figures[n] for n in sorted(fresh) if n < len(figures)}
    for sentence in body(article):
        overlap, closest = earlier.nearest(sentence.folded)
        where = (closest.text, closest.issue, round(overlap, 3)) if closest else ("", "", 0.0)
        inside = [f for f in numbers.values() if f.sentence == sentence.number]
        found += [Novelty(NewKind.FIGURE, f.surface, article.id, sentence.number, *where) for f in inside]
        strange = sorted(names_in(sentence.folded, glossary) - earlier.names)
        found += [
            Novelty(NewKind.ENTITY, _name(name, article, glossary), article.id, sentence.number, *where)
            for name in strange
        ]
        if overlap < COVERED and len(words.characters(sentence.folded)) >= SHORTEST:
            found.append(Novelty(NewKind.SENTENCE, sentence.text, article.id, sentence.number, *where))
    return found


def _name(key: str, article: Article, glossary: Glossary) -> str:
    entity = next(entity for entity in glossary.entities if entity.key == key)
    return entity.name.written(article.language)


def lookup_terms(sentence: Sentence, most: int = 24) -> tuple[str, ...]:
    """What a store searches for to find told sentences near this one: words, and pairs of Chinese characters."""
    found: dict[str, None] = {}
    for run in words.RUN.findall(sentence.folded):
        if words.HAN_CHARACTER.match(run):
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
        elif run not in words.STOP and len(run) > 1:
            found[run] = None
    listed = tuple(found)
    step = max(1, len(listed) // most)
    return listed[::step][:most]


def is_head(sentence: Sentence) -> bool:
    """Whether a sentence stands in the heading."""
    return sentence.part is not Part.TEXT
