"""Sentences as rows of numbered terms, each sentence once: what many comparisons of the same sentences share.

numpy is imported where a concordance is made, so that no command pays for it that judges nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from briefing.match import words
from briefing.match.glossary import Lexis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Amounts = NDArray[np.float64]


class Concordance:
    """Which terms stand in which sentence, and how much each counts there."""

    def __init__(self, texts: Iterable[str], read: Callable[[str], Mapping[str, float]]) -> None:
        import numpy as np  # noqa: PLC0415 -- only where articles are judged

        times = Counter(texts)
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        terms: list[int] = []
        counts: list[float] = []
        sizes = [0]
        for text in times:
            found = read(text)
            terms += map(numbers.__getitem__, found)
            counts += found.values()
            sizes.append(len(found))
        self.rows = {text: row for row, text in enumerate(times)}
        self.names = tuple(numbers)
        self.times: Amounts = np.array(list(times.values()), dtype=np.float64)
        self.starts: Numbers = np.cumsum(np.array(sizes, dtype=np.intp))
        self.terms: Numbers = np.array(terms, dtype=np.intp)
        self.counts: Amounts = np.array(counts, dtype=np.float64)

    @cached_property
    def row_of(self) -> "Numbers":
        """The row that each entry of `terms` stands in."""
        import numpy as np  # noqa: PLC0415 -- as above

        return np.repeat(np.arange(len(self.rows)), np.diff(self.starts))

    def entries(self, rows: "Sequence[int] | Numbers") -> "Numbers":
        """Where the terms of some rows stand, one row after the other."""
        import numpy as np  # noqa: PLC0415 -- as above

        return ranges(self.starts[np.asarray(rows, dtype=np.intp)], np.diff(self.starts)[np.asarray(rows, np.intp)])


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
        listed = tuple(texts)
        self.chinese = {text: words.is_chinese(text) for text in listed}
        self.own = Concordance(listed, lambda text: Counter(words.term_list(text)))
        languages = set(self.chinese.values())
        self.glossed = (
            Concordance(listed, lambda text: {} if text in alone else lexis.rendered(text))
            if len(languages) > 1
            else None
        )


def alone(old: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """The old sentences that share no number and no Latin word with any new one of the other language."""
    met: dict[bool, set[str]] = {True: set(), False: set()}
    for text in new:
        met[words.is_chinese(text)].update(words.runs(text))
    listed = dict.fromkeys(old)
    shared = {text: met[not words.is_chinese(text)].intersection(words.runs(text)) for text in listed}
    return frozenset(text for text, runs in shared.items() if not any(len(run) > 1 for run in runs - words.STOP))
