"""What is new in an article: sentences, figures, names and dates that nobody told before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.match import words
from briefing.match.concordance import Sentences, alone
from briefing.match.days import days_in, days_of, own_days
from briefing.match.duplicates import in_order
from briefing.match.earlier import Cover, Earlier
from briefing.match.figures import RARE_DIGITS, figure_key, significant, states
from briefing.match.furniture import body
from briefing.match.genre import is_comment
from briefing.match.glossary import Lexis
from briefing.match.matters import Matters
from briefing.match.news import FEW, HEARSAY, WEIGHTS, counts_nothing, weight_of_day, weight_of_figure
from briefing.model.article import Article, Sentence
from briefing.model.fact import Status
from briefing.model.figure import Figure, Kind
from briefing.model.judgement import Copy, Memory, Sighting, Told
from briefing.model.story import Disposition, Nearest, NewKind, Novelty
from briefing.model.topic import Glossary

COVERED = 0.42  # overlap from which a sentence counts as told; balanced on 4,926 sentences of known novelty
NEWS = frozenset({Status.NEW, Status.CHANGED, Status.CONTRADICTED})
FOLDED_AWAY = frozenset({Disposition.COPY, Disposition.RESURFACED})
SHORTEST = 12  # characters; a shorter run is a heading or a name, not a statement
FULLEST = 24  # terms that a store is asked for; more find no more
BASELINE = "baseline"
QUOTED = 3  # earlier sentences that a verdict quotes


@dataclass(frozen=True, slots=True)
class Compared:
    """New articles against all that was told: what is new in each, and what of each is nearest to something told."""

    novelties: tuple[Novelty, ...]
    nearest: Mapping[str, tuple[Nearest, ...]] = field(default_factory=dict)  # by article, the nearest first


class _Known:
    """All that was told so far: sentences, names and days."""

    def __init__(self, memory: Memory, articles: Sequence[Article], glossary: Glossary) -> None:
        told = tuple(told_before(memory))
        self.lexis = Lexis(glossary)
        self._asked: dict[str, bool] = {}
        self.slipped: Mapping[str, frozenset[str]] = {}
        self.measures = {measure.key for measure in glossary.measures}
        self.comments = {article.id for article in articles if is_comment(article)}
        whole = {article.id: [s.folded for s in article.sentences] for article in articles}
        earlier: dict[str, list[str]] = {}
        for item in told:
            earlier.setdefault(_text_key(item), []).append(item.folded)
        texts = earlier | whole
        window = {item.article.id for item in memory.known}
        old = (s.folded for s in memory.told if s.article not in window and s.issue != BASELINE)
        unmet = alone(old, (s for text in whole.values() for s in text))
        sentences = Sentences((s for text in texts.values() for s in text), self.lexis, unmet)
        self.matters = Matters(texts, sentences)
        self.earlier = Earlier(sentences)
        self._whole = words.joined(dict.fromkeys(item.folded for item in told))
        for item in told:
            self.add(item)
            self.matters.add(_text_key(item), days_of(item.when))

    def add(self, told: Told) -> None:
        self.earlier.add(told)
        self.matters.add(_text_key(told), days_in(told.folded))

    def is_named(self, name: str) -> bool:
        """Whether a name was told. Few are asked for, so what was told is not read for all that it names."""
        if name not in self._asked:
            self._asked[name] = self.lexis.is_named(name, self._whole)
        return self._asked[name]

    def add_article(self, article: Article, figures: Iterable[Figure]) -> None:
        """What a new article tells is told for the next one; so is the day on which it stood."""
        self.matters.add(article.id, _amounts(figures))
        for sentence in body(article):
            self.add(Told(sentence.text, sentence.folded, "", article=article.id))
            self._asked.update(dict.fromkeys(self.lexis.names_in(sentence.folded), True))
        self.matters.add(article.id, own_days(article))


def compared(
    articles: tuple[Article, ...],
    figures: Mapping[str, tuple[Figure, ...]],
    sightings: tuple[Sighting, ...],
    copies: tuple[Copy, ...],
    memory: Memory,
    *,
    glossary: Glossary = Glossary(),
) -> Compared:
    """New things by article, in the order the articles are judged: what one has told is told for the next.

    Copies bring nothing of their own, but for the figures that their original lacks.
    """
    ordered = in_order(articles)
    known = _Known(memory, ordered, glossary)
    for item in memory.known:
        known.matters.add(item.article.id, own_days(item.article))
        known.matters.add(item.article.id, _amounts(item.figures))
    known.slipped = slipped_days(sightings, figures)
    fresh = fresh_figures(sightings)
    folded = {copy.article: copy for copy in copies if copy.disposition in FOLDED_AWAY}
    found: list[Novelty] = []
    nearest: dict[str, tuple[Nearest, ...]] = {}
    for article in ordered:
        places = fresh.get(article.id, frozenset())
        if article.id in folded:
            places &= frozenset(folded[article.id].new_figures)
        listed = {n: figure for n, figure in enumerate(figures.get(article.id, ())) if n in places}
        covers = _covers(article, listed, known, is_copy=article.id in folded)
        found += _of_article(article, listed, known, covers, is_copy=article.id in folded)
        nearest[article.id] = _nearest(covers, article)
        known.add_article(article, figures.get(article.id, ()))
    return Compared(tuple(found), nearest)


def _text_key(told: Told) -> str:
    """A fact that is told in two languages is two texts."""
    return f"{told.article}|{told.language}" if told.language else told.article


def told_before(memory: Memory) -> Iterable[Told]:
    """Everything told: the given sentences, and those of the known articles."""
    yield from memory.told
    for item in memory.known:
        for sentence in body(item.article):
            yield Told(sentence.text, sentence.folded, item.issue, item.story, item.article.id)


def fresh_figures(sightings: Iterable[Sighting]) -> dict[str, frozenset[int]]:
    """By article, the positions of bound figures that say something new. A slip or an unbound figure is no news."""
    found: dict[str, set[int]] = {}
    for sighting in sightings:
        if sighting.status in NEWS:
            found.setdefault(sighting.article, set()).add(sighting.figure)
    return {article: frozenset(places) for article, places in found.items()}


def slipped_days(sightings: Iterable[Sighting], figures: Mapping[str, tuple[Figure, ...]]) -> dict[str, frozenset[str]]:
    """By article, the days of figures that are off by a power of ten: those of the figures that they misstate."""
    found: dict[str, frozenset[str]] = {}
    for sighting in sightings:
        if sighting.status is Status.SCALE_SLIP:
            days = days_of(figures[sighting.article][sighting.figure].period)
            found[sighting.article] = found.get(sighting.article, frozenset()) | days
    return found


def _covers(article: Article, figures: Mapping[int, Figure], known: _Known, *, is_copy: bool) -> dict[int, Cover]:
    """How much of each sentence was told; of a copy only those with a figure of its own, and its first statement."""
    wanted = {f.sentence for f in figures.values()}
    said = [s.number for s in statements(article)] if is_copy else [s.number for s in body(article)]
    wanted.update(said[:1] if is_copy else said)
    listed = [s for s in article.sentences if s.number in wanted]
    covers = known.earlier.covers([s.folded for s in listed])
    return {s.number: cover for s, cover in zip(listed, covers, strict=True)}


def _nearest(covers: Mapping[int, Cover], article: Article) -> tuple[Nearest, ...]:
    """The statements most of which was told, with the sentence that told each."""
    said = {s.number for s in statements(article)}
    held = [(article.sentences[n].text, c, c.nearest) for n, c in covers.items() if n in said]
    quoted = [
        Nearest(text, told.text, told.issue, told.article, round(cover.overlap, 3))
        for text, cover, told in held
        if told is not None
    ]
    return tuple(sorted(quoted, key=lambda item: -item.overlap)[:QUOTED])


def _of_article(
    article: Article,
    figures: Mapping[int, Figure],
    known: _Known,
    covers: Mapping[int, Cover],
    *,
    is_copy: bool,
) -> list[Novelty]:
    found: list[Novelty] = []
    dateline = own_days(article) | known.slipped.get(article.id, frozenset())
    inside = {s.number for s in body(article)}
    for number, cover in covers.items():
        sentence = article.sentences[number]
        here = [f for f in figures.values() if f.sentence == number]
        things = [(NewKind.FIGURE, f.surface, _weight(f, article, known, cover)) for f in here]
        if not is_copy and number in inside:
            told = days_in(cover.nearest.folded) if cover.nearest else frozenset()
            things += _beside_figures(article, sentence, known, dateline | told)
            if cover.overlap < COVERED and _is_statement(sentence):
                things.append((NewKind.SENTENCE, sentence.text, WEIGHTS[NewKind.SENTENCE]))
        found += [_novelty(thing, article, sentence, cover) for thing in things]
    return found


def statements(article: Article) -> tuple[Sentence, ...]:
    """The sentences that say something: neither furniture nor a bare name."""
    return tuple(sentence for sentence in body(article) if _is_statement(sentence))


def _is_statement(sentence: Sentence) -> bool:
    return sum(map(len, words.runs(sentence.folded))) >= SHORTEST


def _weight(figure: Figure, article: Article, known: _Known, cover: Cover) -> float:
    """An amount that a text on the same matter stated is hardly new, though it may be bound to another measure.

    Nor is talk that nobody stands behind, nor a number to be dialled, nor one that a comment ties to nothing known.
    """
    weight = weight_of_figure(figure)
    sentence = article.sentences[figure.sentence]
    is_talk = HEARSAY.search(sentence.folded) or counts_nothing(figure, sentence.text[: figure.start - sentence.start])
    is_loose = article.id in known.comments and figure.measure not in known.measures
    is_told = cover.nearest is not None and states(cover.nearest.folded, figure)
    return (
        min(FEW, weight)
        if is_talk or is_loose or is_told or any(known.matters.has(key, article.id) for key in _amounts([figure]))
        else weight
    )


def _amounts(figures: Iterable[Figure]) -> Iterator[str]:
    """The keys of amounts; one with three digits is the same without its unit: 'it stood at 221.9 million'."""
    for figure in figures:
        kind, currency, number = figure_key(figure.quantity).split(" ")
        yield f"amount {kind} {currency} {number}"
        if significant(figure.quantity.amount) >= RARE_DIGITS and kind in {Kind.MONEY, Kind.COUNT, Kind.OTHER}:
            yield f"amount {number}"


def _beside_figures(
    article: Article, sentence: Sentence, known: _Known, dateline: frozenset[str]
) -> list[tuple[NewKind, str, float]]:
    """New names and days of one sentence."""
    names = sorted(name for name in known.lexis.names_in(sentence.folded) if not known.is_named(name))
    forms = [known.lexis.entities[name].name.written(article.language) for name in names]
    days = known.matters.unknown(days_in(sentence.folded) - dateline, article.id)
    return [
        *((NewKind.ENTITY, form, WEIGHTS[NewKind.ENTITY]) for form in forms),
        *((NewKind.DATE, day, weight_of_day(day)) for day in days),
    ]


def _novelty(thing: tuple[NewKind, str, float], article: Article, sentence: Sentence, cover: Cover) -> Novelty:
    kind, text, weight = thing
    nearest = cover.nearest
    return Novelty(
        kind=kind,
        text=text,
        article=article.id,
        sentence=sentence.number,
        closest=nearest.text if nearest else "",
        closest_issue=nearest.issue if nearest else "",
        overlap=round(cover.overlap, 3),
        weight=weight,
    )


def lookup_terms(sentence: Sentence, most: int = FULLEST) -> tuple[str, ...]:
    """What a store searches for to find told sentences near this one: words, and pairs of Chinese characters."""
    found = [term for term in dict.fromkeys(words.raw_terms(sentence.folded)) if len(term) > 1]
    step = max(1, len(found) // most)
    return tuple(found[::step][:most])
