"""Days and amounts that were told, each with its matter: another story's deadline does not make this one old."""

from collections.abc import Iterable, Mapping, Sequence

from briefing.match import words
from briefing.match.glossary import Lexis
from briefing.match.vectors import Rarity, rarity

SAME_MATTER = 0.2  # share of rare words in common: .25 and more for reports of one event, .17 and less for others


class Matters:
    """Keys of days and amounts by the texts that stated them. Texts are compared whole, across languages by glosses."""

    def __init__(self, texts: Mapping[str, Sequence[str]], lexis: Lexis) -> None:
        """`texts` are the folded sentences of all texts that will be compared; rarity is counted over the texts."""
        self._lexis = lexis
        chinese = {article: words.is_chinese(words.joined(text)) for article, text in texts.items()}
        self._two = any(chinese.values()) and not all(chinese.values())
        self._chinese = chinese
        self._terms = {
            article: frozenset(term for sentence in text for term in words.term_list(sentence))
            for article, text in texts.items()
        }
        self._stems = {article: self._stems_of(text) for article, text in texts.items()} if self._two else {}
        self._rare = {True: rarity(self._terms.values()), False: rarity(self._stems.values())}
        self._told: dict[str, set[str]] = {}
        self._same: dict[tuple[str, str], bool] = {}

    def _stems_of(self, text: Sequence[str]) -> frozenset[str]:
        return frozenset(stem for sentence in text for stem, _ in self._lexis.rendered(sentence))

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
            one_language = self._chinese[one] is self._chinese[other]
            words_of = self._terms if one_language else self._stems
            self._same[pair] = common(words_of[one], words_of[other], self._rare[one_language]) >= SAME_MATTER
        return self._same[pair]


def common(one: frozenset[str], other: frozenset[str], rare: Rarity) -> float:
    """The share of rare words that two texts have in common, of those of the smaller; numbers aside."""
    weight = {word: rare.of(word) for word in one | other if not word.isdecimal()}
    shared = sum(weight.get(word, 0.0) for word in one & other)
    smaller = min(sum(weight.get(word, 0.0) for word in side) for side in (one, other))
    return shared / smaller if smaller else 0.0
