"""Copies: the same address, the same text, nearly the same text, a cut text. Copies are folded, never deleted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.match import words
from briefing.match.figures import absent, is_twin, new_numbers
from briefing.match.furniture import body
from briefing.match.likeness import BY_CHANCE, EVEN_NEAR, FEWEST, Original, hashes_of, likeness_of, overlap_of, sampled
from briefing.match.resurfacing import age_reason
from briefing.match.revision import changed_sentences
from briefing.model.article import Article
from briefing.model.figure import Figure
from briefing.model.judgement import Copy, Memory, Sketch
from briefing.model.source import Tier
from briefing.model.story import Disposition
from briefing.model.text import Bilingual

SHOWN = 3  # numbers that a reason names
OWN = 0.1  # an outlet's own earlier report is preferred to a copy of it that is a little nearer


def sketch(article: Article) -> Sketch:
    """All distinct shingle hashes of an article's text, without the furniture of its page."""
    hashes = hashes_of(words.joined(sentence.folded for sentence in body(article)))
    return Sketch(article.id, article.outlet, article.address, hashes, len(hashes), article.dates.first_seen)


def sample(full: Sketch) -> Sketch:
    """The part of a sketch that is kept for good: every hash in the lowest sixteenth of the range (FracMinHash)."""
    kept = sampled(full.hashes)
    return Sketch(full.article, full.outlet, full.address, kept, full.shingles, full.first_seen, full.issue)


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
    for article in in_order(articles):
        mine = _original(article, figures.get(article.id))
        copy = shelf.judged(article, mine) or _resurfaced(article)
        if copy:
            found.append(copy)
        root = shelf.root_of(copy.original) if copy and copy.original else article.id
        shelf.add(_original(article, figures.get(article.id), root=root, hashes=mine.hashes))
    return tuple(found)


def in_order(articles: Iterable[Article]) -> list[Article]:
    """As they were seen, and as they were published where one poll brought several.

    A host that nobody vouches for comes last, so that nothing is judged by what it copied.
    """
    return sorted(articles, key=lambda a: (a.tier is Tier.UNKNOWN, a.dates.first_seen, a.dates.published, a.id))


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
            original = self._originals[at_address]
            return _as_copy(article, mine, original, overlap_of(mine, original))
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
        for place, count in sorted(shared.items()):
            other = self._originals[place]
            if other.is_sample and count < BY_CHANCE:
                continue
            likeness = likeness_of(mine, other)
            rank = likeness + (OWN if likeness and mine.outlet and mine.outlet == other.outlet else 0.0)
            if rank > rank_of_best and not is_twin(mine.figures, other.figures, likeness) and _may_lend(other, mine):
                best, rank_of_best = (likeness, other), rank
        return best


def _may_lend(original: Original, copy: Original) -> bool:
    """A known outlet does not copy a host that nobody vouches for: it is the other way round."""
    unknown = [bool(side.text) and side.text.tier is Tier.UNKNOWN for side in (original, copy) if side.text]
    return unknown != [True, False]


def _as_copy(article: Article, mine: Original, original: Original, likeness: float) -> Copy:
    numbers = new_numbers(article, original.text) if original.text else ()
    new_figures = absent(mine.figures or (), original.figures, numbers) if original.figures is not None else ()
    same_outlet = bool(article.outlet) and article.outlet == original.outlet
    changes = changed_sentences(original.text, article) if same_outlet and original.text else ()
    disposition = Disposition.COPY
    if _is_other_link(article, original):
        return _second_link(article, original)
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


def _is_other_link(article: Article, original: Original) -> bool:
    """Whether both came for one issue and name one page as theirs, each at a link of its own."""
    here = original.text if original.text and not original.issue else None
    return here is not None and here.address == article.address and here.link != article.link


def _second_link(article: Article, original: Original) -> Copy:
    outlet = original.outlet or original.address
    return Copy(
        article=article.id,
        original=original.article,
        disposition=Disposition.COPY,
        likeness=1.0,
        reason=Bilingual(f"The same page of {outlet} at another link.", f"{outlet}同一页面的另一链接。"),
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
    if likeness < EVEN_NEAR:
        return Bilingual(
            f"{outlet} said the same, sentence after sentence, in other words{guard[0]}.",
            f"与{outlet}逐句内容相同，仅措辞不同{guard[1]}。",
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
