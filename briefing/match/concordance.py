"""Sentences as rows of numbered terms, each sentence once: what many comparisons of the same sentences share.

numpy is imported where a concordance is made, so that no command pays for it that judges nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Self

from briefing.match import words
from briefing.match.glossary import Lexis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Amounts = NDArray[np.float64]


class Concordance:
    """Which terms stand in which sentence, and how much each counts there."""

    def __init__(
        self, times: Mapping[str, int], names: Iterable[str], sizes: "Numbers", terms: "Numbers", counts: "Amounts"
    ) -> None:
        import numpy as np  # noqa: PLC0415 -- only where articles are judged

        self.rows = {text: row for row, text in enumerate(times)}
        self.names = tuple(names)
        self.times: Amounts = np.fromiter(times.values(), np.float64, len(times))
        self.sizes = sizes
        self.starts: Numbers = np.concatenate(([0], np.cumsum(sizes)))
        self.terms, self.counts = terms, counts

    @classmethod
    def of_words(cls, times: Mapping[str, int]) -> Self:
        """By the stems and pairs of each sentence."""
        import numpy as np  # noqa: PLC0415 -- as above

        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        found: list[int] = []
        ends = [0]
        for text in times:
            found += map(numbers.__getitem__, words.terms(text))
            ends.append(len(found))
        kinds = max(1, len(numbers))
        rows = np.repeat(np.arange(len(times)), np.diff(ends))
        both, counts = np.unique(rows * kinds + np.array(found, dtype=np.intp), return_counts=True)
        sizes = np.bincount(both // kinds, minlength=len(times))
        return cls(times, numbers, sizes, both % kinds, counts.astype(np.float64))

    @classmethod
    def of_glosses(cls, times: Mapping[str, int], lexis: Lexis, alone: Container[str]) -> Self:
        """By the English stems that each sentence may be rendered by."""
        import numpy as np  # noqa: PLC0415 -- as above

        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        terms: list[int] = []
        weights: list[float] = []
        sizes = []
        for text in times:
            found = {} if text in alone else lexis.rendered(text)
            sizes.append(len(found))
            terms += map(numbers.__getitem__, found)
            weights += found.values()
        rows, told = np.array(sizes, dtype=np.intp), np.array(terms, dtype=np.intp)
        return cls(times, numbers, rows, told, np.array(weights, dtype=np.float64))

    @cached_property
    def row_of(self) -> "Numbers":
        """The row that each entry of `terms` stands in."""
        import numpy as np  # noqa: PLC0415 -- as above

        return np.repeat(np.arange(len(self.rows)), self.sizes)

    def entries(self, rows: "Sequence[int] | Numbers") -> "Numbers":
        """Where the terms of some rows stand, one row after the other."""
        return ranges(self.starts[rows], self.sizes[rows])


def ranges(starts: "Numbers", sizes: "Numbers") -> "Numbers":
    """The whole numbers of several ranges, one range after the other."""
    import numpy as np  # noqa: PLC0415 -- as above

    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(total)


class Sentences:
    """All sentences that an issue compares: by their own words, and, where two languages meet, by their glosses."""

    def __init__(self, texts: Iterable[str], lexis: Lexis, alone: Container[str] = frozenset()) -> None:
        """`alone` are sentences that no sentence of the other language can meet: they are left unrendered."""
        times = Counter(iter(texts))  # a mapping would be taken for the counts themselves
        self.chinese = {text: words.is_chinese(text) for text in times}
        self.own = Concordance.of_words(times)
        two = len(set(self.chinese.values())) > 1
        self.glossed = Concordance.of_glosses(times, lexis, alone) if two else None


def alone(old: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """The old sentences that share no number and no Latin word with any new one of the other language."""
    met: dict[bool, set[str]] = {True: set(), False: set()}
    for text in new:
        met[words.is_chinese(text)].update(words.runs(text))
    telling = {side: {run for run in runs if len(run) > 1} - words.STOP for side, runs in met.items()}
    return frozenset(t for t in dict.fromkeys(old) if telling[not words.is_chinese(t)].isdisjoint(words.runs(t)))
