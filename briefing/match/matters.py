"""Days and amounts that were told, each with its matter: another story's deadline does not make this one old."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from briefing.match import words
from briefing.match.concordance import Concordance, Sentences

if TYPE_CHECKING:
    from briefing.match.concordance import Numbers

SAME_MATTER = 0.2  # share of rare words in common: .25 and more for reports of one event, .17 and less for others


class Matters:
    """Keys of days and amounts by the texts that stated them. Texts are compared whole, across languages by glosses."""

    def __init__(self, texts: Mapping[str, Sequence[str]], sentences: Sentences) -> None:
        """`texts` are the folded sentences of all texts that will be compared; rarity is counted over the texts."""
        self._texts = texts
        self._own = _Wholes(texts, sentences.own)
        self._across = _Wholes(texts, sentences.glossed) if sentences.glossed else self._own
        self._told: dict[str, set[str]] = {}
        self._same: dict[tuple[str, str], bool] = {}

    def add(self, article: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._told.setdefault(key, set()).add(article)

    def has(self, key: str, article: str) -> bool:
        """Whether a text on the same matter as this article has stated it."""
        return any(self._is_same(article, other) for other in sorted(self._told.get(key, ())))

    def unknown(self, keys: Iterable[str], article: str) -> list[str]:
        """The keys that no text on the same matter has stated."""
        return [key for key in sorted(keys) if not self.has(key, article)]

    def _is_same(self, one: str, other: str) -> bool:
        pair = (one, other)
        if pair not in self._same:
            wholes = self._own if self._is_chinese(one) is self._is_chinese(other) else self._across
            self._same[pair] = wholes.common(one, other) >= SAME_MATTER
        return self._same[pair]

    def _is_chinese(self, article: str) -> bool:
        return words.is_chinese(words.joined(self._texts[article]))


class _Wholes:
    """Whole texts as sets of terms, each term weighed by how few of the texts hold it; numbers weigh nothing."""

    def __init__(self, texts: Mapping[str, Sequence[str]], held: Concordance) -> None:
        import numpy as np  # noqa: PLC0415 -- only where articles are judged

        self._places = {article: place for place, article in enumerate(texts)}
        rows = np.array([held.rows[s] for text in texts.values() for s in text], dtype=np.intp)
        owner = np.repeat(np.arange(len(texts)), np.array([len(text) for text in texts.values()], dtype=np.intp))
        kinds = max(1, len(held.names))
        terms = held.terms[held.entries(rows)]
        both = np.sort(np.repeat(owner, held.sizes[rows]) * kinds + terms)  # half the time of `unique`
        both = both[np.diff(both, prepend=-1) > 0]
        self._terms = both % kinds
        self._starts = np.searchsorted(both, np.arange(len(texts) + 1) * kinds)
        times = np.bincount(self._terms, minlength=kinds)
        self._rare = np.maximum(0.0, np.log((len(texts) + 1) / (times + 0.5)))
        self._names = held.names

    def common(self, one: str, other: str) -> float:
        """The share of rare words that two texts have in common, of those of the smaller."""
        import numpy as np  # noqa: PLC0415 -- as above

        mine, theirs = self._terms_of(one), self._terms_of(other)
        shared = self._weight(np.intersect1d(mine, theirs, assume_unique=True))
        smaller = min(self._weight(mine), self._weight(theirs))
        return shared / smaller if smaller else 0.0

    def _weight(self, terms: "Numbers") -> float:
        return sum(float(self._rare[term]) for term in terms if not self._names[term].isdecimal())

    def _terms_of(self, article: str) -> "Numbers":
        place = self._places[article]
        return self._terms[self._starts[place] : self._starts[place + 1]]
