"""Relevance: whether an article is on the topic, with the words that decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.match import words
from briefing.model.article import Article, Part, Sentence
from briefing.model.fact import Evidence
from briefing.model.judgement import Relevant
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary, Relevance, Term

NAMED = 4  # how many terms a reason names: enough to see why, short enough to read
MIDDLE = 0.5  # the score at the threshold; scores below it are off topic


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that was found: what it adds, and where it stands first."""

    key: str
    surface: str
    weight: float
    sentence: Sentence


def key_of(term: Term) -> str:
    """The name by which feedback and reasons know a term: its first words."""
    return term.words[0] if term.words else ""


def relevance(
    article: Article,
    rules: Relevance,
    glossary: Glossary = Glossary(),
    weights: Mapping[str, float] = {},
) -> Relevant:
    """Judge one article. `weights` are the multipliers that feedback has learned, by term key.

    A name of the glossary may stand in `words`, `contexts` or `required` as '@key': it means all of its forms.
    """
    forms = _forms(glossary)
    found = _hits(article, rules.terms, rules.title_factor, (forms, weights))
    against = _hits(article, rules.exclusions, 1.0, (forms, weights))
    beside = _hits(article, rules.neighbours, 1.0, (forms, weights))
    missing = _missing(article, rules.required, forms)
    total = sum(hit.weight for hit in found) - sum(abs(hit.weight) for hit in against)
    score = _scaled(total, rules.threshold)
    on_topic = total >= rules.threshold and not missing
    adjacent = not on_topic and not missing and total + sum(hit.weight for hit in beside) >= rules.adjacent
    if not on_topic:
        score = min(score, MIDDLE - 0.01)
    return Relevant(
        article=article.id,
        on_topic=on_topic,
        adjacent=adjacent,
        score=score,
        reason=_reason(_Scores(on_topic, adjacent, total, rules.threshold), (found, against, beside), missing),
        terms=(*((hit.key, hit.weight) for hit in found), *((hit.key, -abs(hit.weight)) for hit in against)),
        evidence=tuple(_evidence(article, hit) for hit in (found or beside)[:NAMED]),
    )


@dataclass(frozen=True, slots=True)
class _Scores:
    on_topic: bool
    adjacent: bool
    total: float
    threshold: float


def _scaled(total: float, threshold: float) -> float:
    """The sum on a scale where the threshold is the middle and twice the threshold the end."""
    if threshold <= 0:
        return 1.0 if total >= threshold else 0.0
    return round(min(1.0, max(0.0, MIDDLE * total / threshold)), 4)


def _forms(glossary: Glossary) -> dict[str, tuple[str, ...]]:
    return {
        f"@{entity.key}": tuple(form.lower() for form in (entity.name.en, entity.name.zh, *entity.aliases) if form)
        for entity in glossary.entities
    }


def _spelled(listed: tuple[str, ...], forms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words with every '@key' replaced by the forms of that name."""
    return tuple(form for word in listed for form in forms.get(word, (word.lower(),)) if not form.startswith("@"))


def _hits(
    article: Article,
    terms: tuple[Term, ...],
    title_factor: float,
    lookup: tuple[Mapping[str, tuple[str, ...]], Mapping[str, float]],
) -> list[Hit]:
    forms, weights = lookup
    hits = []
    for term in terms:
        found = _first(article, term, forms)
        if found:
            surface, sentence = found
            factor = title_factor if sentence.part is Part.TITLE else 1.0
            weight = round(term.weight * weights.get(key_of(term), 1.0) * factor, 4)
            hits.append(Hit(key_of(term), surface, weight, sentence))
    return sorted(hits, key=lambda hit: -abs(hit.weight))


def _first(article: Article, term: Term, forms: Mapping[str, tuple[str, ...]]) -> tuple[str, Sentence] | None:
    """The first sentence, title first, in which a term truly counts."""
    wanted = words.pattern(_spelled(term.words, forms))
    places = [place for place, sentence in enumerate(article.sentences) if wanted.search(sentence.folded)]
    if not places:  # as nearly always: the other lists are not looked at
        return None
    hidden = words.pattern(_spelled(term.unless, forms))
    void = words.pattern(_spelled(term.without, forms))
    groups = [words.pattern(_spelled(group, forms)) for group in _groups(term)]
    for place in places:
        sentence = article.sentences[place]
        surface = _shown(sentence.folded, wanted, hidden if term.unless else None)
        if not surface or (term.without and void.search(sentence.folded)):
            continue
        near = article.sentences[max(0, place - term.near) : place + term.near + 1]
        if all(any(group.search(other.folded) for other in near) for group in groups):
            return surface, sentence
    return None


def _shown(folded: str, wanted: words.Pattern, hidden: words.Pattern | None) -> str:
    """The first hit that does not stand inside one of the hiding words."""
    covers = [match.span() for match in hidden.finditer(folded)] if hidden else []
    for match in wanted.finditer(folded):
        if not any(start <= match.start() and match.end() <= end for start, end in covers):
            return match.group()
    return ""


def _groups(term: Term) -> tuple[tuple[str, ...], ...]:
    """The contexts of a term: it counts where each group has a word near it."""
    return (term.contexts, *term.also) if term.contexts else term.also


def _missing(
    article: Article, required: tuple[tuple[str, ...], ...], forms: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The first group that nothing in the article meets."""
    for group in required:
        wanted = words.pattern(_spelled(group, forms))
        if not any(wanted.search(sentence.folded) for sentence in article.sentences):
            return group
    return ()


def _evidence(article: Article, hit: Hit) -> Evidence:
    at = hit.sentence
    return Evidence(article.id, article.outlet, article.address, at.text, at.start, at.end)


def _reason(scores: _Scores, hits: tuple[list[Hit], list[Hit], list[Hit]], missing: tuple[str, ...]) -> Bilingual:
    found, against, beside = hits
    listed_en = ", ".join(f"'{word}' {weight:+.2g}" for word, weight in _by_word(found))
    listed_zh = "、".join(f"“{word}”{weight:+.2g}" for word, weight in _by_word(found))
    minus_en = ", ".join(f"'{word}' -{abs(weight):.2g}" for word, weight in _by_word(against))
    minus_zh = "、".join(f"“{word}”-{abs(weight):.2g}" for word, weight in _by_word(against))
    if not found and scores.adjacent:
        return _beside(beside)
    if not found:
        return Bilingual("None of the topic's terms was found.", "没有出现本专题的任何词语。")
    if missing:
        one = missing[0].removeprefix("@")
        return Bilingual(
            f"It has {listed_en}, but nothing ties it to the topic: no '{one}' or the like.",
            f"虽有{listed_zh}，但没有“{one}”之类的词与本专题相连。",
        )
    tail_en = f", against it {minus_en}" if against else ""
    tail_zh = f"；反对：{minus_zh}" if against else ""
    head = ("On the topic", "属于本专题") if scores.on_topic else ("A neighbouring subject", "相邻话题")
    if not (scores.on_topic or scores.adjacent):
        head = ("Too little about the topic", "与本专题关系太少")
    return Bilingual(
        f"{head[0]}: {listed_en}{tail_en} ({scores.total:.2g} of {scores.threshold:.2g} needed).",
        f"{head[1]}：{listed_zh}{tail_zh}（得分{scores.total:.2g}，需要{scores.threshold:.2g}）。",
    )


def _by_word(hits: list[Hit]) -> list[tuple[str, float]]:
    """The words that decided, each once with all that it added, the heaviest first."""
    sums: dict[str, float] = {}
    for hit in hits:
        sums[hit.surface] = sums.get(hit.surface, 0.0) + hit.weight
    return sorted(sums.items(), key=lambda each: -abs(each[1]))[:NAMED]


def _beside(beside: list[Hit]) -> Bilingual:
    """Why an article without any term of the topic is its neighbour."""
    en = ", ".join(f"'{hit.surface}'" for hit in beside[:NAMED])
    zh = "、".join(f"“{hit.surface}”" for hit in beside[:NAMED])
    return Bilingual(
        f"A neighbouring subject, by {en}; none of the topic's own terms was found.",
        f"相邻话题：文中有{zh}，但没有本专题的词语。",
    )
