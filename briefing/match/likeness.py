"""How alike two texts are, by the shingles that both hold; exact, or measured on samples. Retellings keep the order."""

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from briefing.match import words
from briefing.match.furniture import body
from briefing.model.article import Article
from briefing.model.figure import Figure

RANGE = 2**64
SHARE = 16  # one hash in sixteen is kept for good: about 20 for a short Chinese report, 60 for a long English one
BY_CHANCE = 3  # hashes of a sample; fewer may agree by chance
FEWEST = 12  # shingles; a shorter text, or a title alone, never matches by itself
NEAR = 0.19  # Jaccard of the shingles of two texts of any length
EVEN, EVEN_NEAR = 0.8, 0.12  # texts of like length are copies from here, if the likeness is spread over all of them
SPREAD, TOUCHED = 0.7, 0.04  # share of sentences that share something, and how much of its shingles a sentence shares
SENTENCE = 6  # shingles of a sentence that can tell
CUT = 0.8  # share of the shorter text that stands in the longer one: a cut copy holds nearly all, a shared passage half
RETOLD = 0.03  # Jaccard of a retelling, which keeps the order of the sentences and changes their words
SENTENCES, LONG_SENTENCE = 10, 4  # sentences that are not in one order by chance, and terms of one that can tell
IN_ORDER, ALIGNED = 0.94, 0.2  # retellings: .953 and .215 at least; others that are aligned so far: .911 in order
SAMPLED = 0.3  # a sample of a few dozen hashes must agree more clearly


@dataclass(frozen=True, slots=True)
class Original:
    """A text that later ones may repeat. `hashes` may be a sample; then likeness is measured on the sample."""

    article: str
    outlet: str
    address: str
    hashes: frozenset[int]
    shingles: int
    first_seen: datetime
    issue: str
    root: str
    text: Article | None = None
    figures: tuple[Figure, ...] | None = None
    sample: frozenset[int] = field(init=False)  # the hashes that a sample keeps: it is compared with many others

    def __post_init__(self) -> None:
        object.__setattr__(self, "sample", self.hashes if self.is_sample else frozenset(sampled(self.hashes)))

    @property
    def is_sample(self) -> bool:
        return len(self.hashes) < self.shingles


def hash_of(shingle: str) -> int:
    """64 bits, the same in every process and on every machine."""
    return int.from_bytes(_digest_of(shingle), "big")


def _digest_of(shingle: str) -> bytes:
    return hashlib.blake2b(shingle.encode(), digest_size=8).digest()


@lru_cache(maxsize=256)
def hashes_of(folded: str) -> tuple[int, ...]:
    """The distinct shingle hashes of a text, sorted; asked for when copies are looked up, and when they are judged."""
    found = sorted({_digest_of(shingle) for shingle in words.shingles(folded)})
    return struct.unpack(f">{len(found)}Q", b"".join(found))


def sampled(hashes: Iterable[int]) -> tuple[int, ...]:
    """The hashes that every sample keeps; also those by which a store finds older copies of a new article."""
    return tuple(value for value in hashes if value < RANGE // SHARE)


def likeness_of(one: Original, other: Original) -> float:
    """Jaccard, or the share of the shorter text held by the longer one, when either is high enough; else 0.

    Where one side is a sample, both are compared within the sampled range.
    """
    least = min(one.shingles, other.shingles)
    if least < FEWEST:
        return 0.0
    is_sample = one.is_sample or other.is_sample
    mine, theirs = (s.sample if is_sample else s.hashes for s in (one, other))
    shared = len(mine & theirs)
    smaller = min(len(mine), len(theirs))
    if not shared or (is_sample and shared < BY_CHANCE):
        return 0.0
    jaccard = shared / (len(mine) + len(theirs) - shared)
    held = shared / smaller
    if held >= CUT:
        return max(jaccard, held * 0.99)  # a whole text outranks one that merely contains it
    if jaccard >= (SAMPLED if is_sample else NEAR):
        return jaccard
    even = jaccard >= EVEN_NEAR and least >= EVEN * max(one.shingles, other.shingles)
    if even and min(spread(one, other), spread(other, one)) >= SPREAD:
        return jaccard
    return jaccard if jaccard >= RETOLD and retells(one, other) else 0.0


def overlap_of(one: Original, other: Original) -> float:
    """Jaccard of two states of one text, however far apart; 1 where neither has a shingle."""
    is_sample = one.is_sample or other.is_sample
    mine, theirs = (s.sample if is_sample else s.hashes for s in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def spread(one: Original, other: Original) -> float:
    """The share of one text's sentences that share shingles with the other: an edit touches all, a quotation few."""
    told = touched = 0
    for sentence in body(one.text) if one.text else ():
        own = {hash_of(shingle) for shingle in words.shingles(sentence.folded)}
        if len(own) >= SENTENCE:
            told += 1
            touched += len(own & other.hashes) >= max(1, TOUCHED * len(own))
    return touched / told if told else 0.0


def retells(one: Original, other: Original) -> bool:
    """Whether two texts of like length say the same sentence after sentence, as two translations of one text do.

    Independent reports share sentences, but not their order throughout.
    """
    mine, theirs = _long_sentences(one), _long_sentences(other)
    if min(len(mine), len(theirs)) < SENTENCES or min(len(mine), len(theirs)) < EVEN * max(len(mine), len(theirs)):
        return False
    alike = [[2 * len(a & b) / (len(a) + len(b)) for b in theirs] for a in mine]
    free = (sum(map(max, alike)) + sum(map(max, zip(*alike, strict=True)))) / 2
    ordered = _in_order(alike)
    return ordered >= IN_ORDER * free and 2 * ordered >= ALIGNED * (len(mine) + len(theirs))


def _long_sentences(side: Original) -> list[frozenset[str]]:
    """The terms of each sentence that has enough of them."""
    found = [frozenset(words.term_list(s.folded)) for s in body(side.text)] if side.text else []
    return [terms for terms in found if len(terms) >= LONG_SENTENCE]


def _in_order(alike: list[list[float]]) -> float:
    """The most that sentences paired off without crossing are alike, summed."""
    best = [0.0] * (len(alike[0]) + 1)
    for row in alike:
        before, best = best, [0.0]
        for column, value in enumerate(row):
            best.append(max(before[column + 1], best[column], before[column] + value))
    return best[-1]
