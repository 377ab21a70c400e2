"""Copies: the same address, the same text, nearly the same text, a cut text. Copies are folded, never deleted."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.match import words
from briefing.match.figures import absent, is_twin, new_numbers
from briefing.match.furniture import body
from briefing.match.resurfacing import age_reason
from briefing.match.revision import changed_sentences
from briefing.model.article import Article
from briefing.model.figure import Figure
from briefing.model.judgement import Copy, Memory, Sketch
from briefing.model.story import Disposition
from briefing.model.text import Bilingual

RANGE = 2**64
SHARE = 16  # one hash in sixteen is kept for good: about 20 for a short Chinese report, 60 for a long English one
BY_CHANCE = 3  # hashes of a sample; fewer may agree by chance
FEWEST = 12  # shingles; a shorter text, or a title alone, never matches by itself
NEAR = 0.19  # Jaccard of the shingles of two texts of any length
EVEN, EVEN_NEAR = 0.8, 0.12  # texts of like length are copies from here, if the likeness is spread over all of them
SPREAD, TOUCHED = 0.7, 0.04  # share of sentences that share something, and how much of its shingles a sentence shares
SENTENCE = 6  # shingles of a sentence that can tell
CUT = 0.8  # share of the shorter text that stands in the longer one: a cut copy holds nearly all, a shared passage half
SAMPLED = 0.3  # a sample of a few dozen hashes must agree more clearly
SHOWN = 3  # numbers that a reason names
OWN = 0.1  # an outlet's own earlier report is preferred to a copy of it that is a little nearer


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

    @property
    def is_sample(self) -> bool:
        return len(self.hashes) < self.shingles


def hash_of(shingle: str) -> int:
    """64 bits, the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "big")


def sketch(article: Article) -> Sketch:
    """All distinct shingle hashes of an article's text, without the furniture of its page."""
    folded = words.joined(sentence.folded for sentence in body(article))
    hashes = tuple(sorted({hash_of(shingle) for shingle in words.shingles(folded)}))
    return Sketch(article.id, article.outlet, article.address, hashes, len(hashes), article.dates.first_seen)


def sample(full: Sketch) -> Sketch:
    """The part of a sketch that is kept for good: every hash in the lowest sixteenth of the range (FracMinHash)."""
    kept = sampled(full.hashes)
    return Sketch(full.article, full.outlet, full.address, kept, full.shingles, full.first_seen, full.issue)


def sampled(hashes: Iterable[int]) -> tuple[int, ...]:
    """The hashes that every sample keeps; also those by which a store finds older copies of a new article."""
    return tuple(value for value in hashes if value < RANGE // SHARE)


def copies(
    articles: tuple[Article, ...], figures: Mapping[str, tuple[Figure, ...]], memory: Memory
) -> tuple[Copy, ...]:
    """The articles that repeat an earlier one: of this issue (in the order they were seen), or of `memory`.

    Articles that carry an old date without being a copy are given too, as RESURFACED with no original.
    """
    shelf = _Shelf()
    for original in _remembered(memory):
        shelf.add(original)
    found = []
    for article in sorted(articles, key=lambda a: (a.dates.first_seen, a.id)):
        mine = _original(article, figures.get(article.id))
        copy = shelf.judged(article, mine) or _resurfaced(article)
        if copy:
            found.append(copy)
        root = shelf.root_of(copy.original) if copy and copy.original else article.id
        shelf.add(_original(article, figures.get(article.id), root=root, hashes=mine.hashes))
    return tuple(found)


def _original(
    article: Article,
    figures: tuple[Figure, ...] | None,
    *,
    root: str = "",
    issue: str = "",
    hashes: frozenset[int] | None = None,
) -> Original:
    own = frozenset(sketch(article).hashes) if hashes is None else hashes
    return Original(
        article.id,
        article.outlet,
        article.address,
        own,
        len(own),
        article.dates.first_seen,
        issue,
        root or article.id,
        article,
        figures,
    )


def _remembered(memory: Memory) -> Iterable[Original]:
    """What is remembered, oldest first; an article that is known in full is preferred to its sketch."""
    known = {item.article.id: item for item in memory.known}
    for old in memory.sketches:
        if old.article not in known:
            yield Original(
                old.article,
                old.outlet,
                old.address,
                frozenset(old.hashes),
                old.shingles,
                old.first_seen,
                old.issue,
                old.article,
            )
    for item in memory.known:
        yield _original(item.article, item.figures, root=item.copy_of, issue=item.issue)


class _Shelf:
    """Originals by address and by shingle: an article is compared only with those that share something with it."""

    def __init__(self) -> None:
        self._originals: list[Original] = []
        self._by_hash: dict[int, list[int]] = defaultdict(list)
        self._by_address: dict[str, int] = {}
        self._by_id: dict[str, Original] = {}

    def add(self, original: Original) -> None:
        place = len(self._originals)
        self._originals.append(original)
        self._by_id[original.article] = original
        if original.address:
            self._by_address.setdefault(original.address, place)
        for value in original.hashes:
            self._by_hash[value].append(place)

    def root_of(self, article: str) -> str:
        known = self._by_id.get(article)
        return known.root if known else article

    def judged(self, article: Article, mine: Original) -> Copy | None:
        """The article as a copy of the nearest earlier one, if it is one."""
        at_address = self._by_address.get(article.address) if article.address else None
        if at_address is not None:
            return _as_copy(article, mine, self._originals[at_address], 1.0)
        nearest = self._nearest(mine)
        if nearest is None:
            return None
        likeness, original = nearest
        return _as_copy(article, mine, original, likeness)

    def _nearest(self, mine: Original) -> tuple[float, Original] | None:
        if mine.shingles < FEWEST:
            return None
        shared = Counter(place for value in mine.hashes for place in self._by_hash.get(value, ()))
        best: tuple[float, Original] | None = None
        rank_of_best = 0.0
        for place, _count in sorted(shared.items()):
            other = self._originals[place]
            likeness = likeness_of(mine, other)
            rank = likeness + (OWN if likeness and mine.outlet and mine.outlet == other.outlet else 0.0)
            if rank > rank_of_best and not is_twin(mine.figures, other.figures):
                best, rank_of_best = (likeness, other), rank
        return best


def likeness_of(one: Original, other: Original) -> float:
    """Jaccard, or the share of the shorter text held by the longer one, when either is high enough; else 0.

    Where one side is a sample, both are compared within the sampled range.
    """
    least = min(one.shingles, other.shingles)
    if least < FEWEST:
        return 0.0
    is_sample = one.is_sample or other.is_sample
    mine, theirs = (frozenset(sampled(s.hashes)) if is_sample else s.hashes for s in (one, other))
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
    return jaccard if even and min(spread(one, other), spread(other, one)) >= SPREAD else 0.0


def spread(one: Original, other: Original) -> float:
    """The share of one text's sentences that share shingles with the other: an edit touches all, a quotation few."""
    told = touched = 0
    for sentence in body(one.text) if one.text else ():
        own = {hash_of(shingle) for shingle in words.shingles(sentence.folded)}
        if len(own) >= SENTENCE:
            told += 1
            touched += len(own & other.hashes) >= max(1, TOUCHED * len(own))
    return touched / told if told else 0.0


def _as_copy(article: Article, mine: Original, original: Original, likeness: float) -> Copy:
    numbers = new_numbers(article, original.text) if original.text else ()
    new_figures = absent(mine.figures or (), original.figures, numbers) if original.figures is not None else ()
    same_outlet = bool(article.outlet) and article.outlet == original.outlet
    changes = changed_sentences(original.text, article) if same_outlet and original.text else ()
    disposition = Disposition.COPY
    if same_outlet and (changes or numbers):
        disposition = Disposition.REVISION
    aged = age_reason(article)
    if aged and original.issue and disposition is Disposition.COPY:
        disposition = Disposition.RESURFACED
    return Copy(
        article=article.id,
        original=original.article,
        disposition=disposition,
        likeness=round(likeness, 3),
        reason=_reason(disposition, original, likeness, numbers),
        issue=original.issue,
        new_figures=new_figures,
        new_numbers=numbers,
        changed=changes,
    )


def _reason(disposition: Disposition, original: Original, likeness: float, numbers: tuple[str, ...]) -> Bilingual:
    share = f"{likeness:.0%}"
    outlet = original.outlet or original.address
    listed = numbers[:SHOWN]
    guard = (f"; not in it: {', '.join(listed)}", f"；其中没有：{'、'.join(listed)}") if listed else ("", "")
    if disposition is Disposition.REVISION:
        return Bilingual(
            f"{outlet} changed its own report ({share} the same){guard[0]}.",
            f"{outlet}修改了自己的报道（{share}相同）{guard[1]}。",
        )
    if disposition is Disposition.RESURFACED:
        return Bilingual(
            f"An old report of {outlet} with a new date ({share} the same).",
            f"{outlet}的旧报道换了新日期（{share}相同）。",
        )
    return Bilingual(f"The text of {outlet}, {share} the same{guard[0]}.", f"与{outlet}的文字{share}相同{guard[1]}。")


def _resurfaced(article: Article) -> Copy | None:
    reason = age_reason(article)
    if reason is None:
        return None
    return Copy(article.id, "", Disposition.RESURFACED, 0.0, reason)


def lookup_hashes(full: Sketch) -> Sequence[int]:
    """What a store is asked for to fill `Memory.sketches`: any sketch that shares one of these may be an original."""
    return sampled(full.hashes)
