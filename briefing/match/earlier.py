"""What was told before, sentence by sentence, and how much of a new sentence it covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from briefing.match.concordance import Concordance, Sentences, ranges
from briefing.model.judgement import Told

if TYPE_CHECKING:
    from briefing.match.concordance import Amounts, Numbers

LIKENESS = 0.6  # part of the overlap that is likeness to the nearest sentence; the rest is cover by the nearest three
NEAREST = 3  # what one sentence says now may have been told in two or three
ACROSS = 1.3  # glosses find less than words do: an overlap across languages is raised by this
TOGETHER = 32  # sentences whose likeness to all others is worked out at once
LEAST = 1e-9
OFTEN = 4  # one sentence in so many holds a term that is common
DIGITS = 12  # places after which two sums of the same parts may differ


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a sentence was told, 0 to 1, and the nearest sentence that told it."""

    overlap: float = 0.0
    nearest: Told | None = None


class Shelf:
    """Sentences found by the terms they share with another one, rare terms counting most (TF-IDF, cosine)."""

    def __init__(self, held: Concordance) -> None:
        import numpy as np  # noqa: PLC0415 -- only where articles are judged

        self._held = held
        kinds = len(held.names)
        times = np.bincount(held.terms, weights=held.times[held.row_of], minlength=kinds)
        self._rare = np.maximum(0.0, np.log((held.times.sum() + 1) / (times + 0.5)))
        damped = np.where(held.counts >= 1, 1 + np.log(np.maximum(held.counts, 1.0)), held.counts)
        raw = damped * self._rare[held.terms]
        length = np.sqrt(np.bincount(held.row_of, weights=raw * raw, minlength=len(held.rows)))
        self._values = raw / np.maximum(length, LEAST)[held.row_of]
        order = np.argsort(held.terms, kind="stable")
        self._holders, self._said = held.row_of[order], self._values[order]
        self._sizes = np.bincount(held.terms, minlength=kinds)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._often = self._block()
        self._weights: list[float] = self._rare.tolist()
        self._read: dict[int, list[int]] = {}

    def cover(self, row: int, scores: "Amounts") -> tuple[float, int]:
        """How much of a sentence those it is like cover, and the nearest of them; 0 and -1 where none is near."""
        nearest = _best(scores)
        if not nearest:
            return 0.0, -1
        told = set[int]().union(*map(self._terms, nearest))
        mine = self._terms(row)
        covered = sum(self._weights[term] for term in mine if term in told)
        whole = sum(map(self._weights.__getitem__, mine)) or 1.0
        return LIKENESS * float(scores[nearest[0]]) + (1 - LIKENESS) * covered / whole, nearest[0]

    def _terms(self, row: int) -> list[int]:
        if row not in self._read:
            self._read[row] = self._held.terms[self._held.starts[row] : self._held.starts[row + 1]].tolist()
        return self._read[row]

    def _block(self) -> "Amounts":
        """The terms that many sentences hold, as a table of all sentences: it is multiplied, not looked up."""
        import numpy as np  # noqa: PLC0415 -- as above

        held = self._held
        often = np.flatnonzero(self._sizes * OFTEN > len(held.rows))
        line = np.full(len(held.names), -1)
        line[often] = np.arange(len(often))
        where = np.flatnonzero(line[held.terms] >= 0)
        block = np.zeros((len(often), len(held.rows)))
        block[line[held.terms[where]], held.row_of[where]] = self._values[where]
        self._sizes[often] = 0
        return block

    def likeness(self, rows: "Numbers") -> "Amounts":
        """The likeness of some sentences to every one, a line for each."""
        import numpy as np  # noqa: PLC0415 -- as above

        held = self._held
        entries = held.entries(rows)
        mine = held.terms[entries]
        line = np.repeat(np.arange(len(rows)), held.sizes[rows])
        where = ranges(self._starts[mine], self._sizes[mine])
        said = self._said[where] * np.repeat(self._values[entries], self._sizes[mine])
        places = self._holders[where] + np.repeat(line, self._sizes[mine]) * len(held.rows)
        found = np.bincount(places, weights=said, minlength=len(rows) * len(held.rows))
        said_often = self._often[:, rows].T @ self._often
        return np.round(found.reshape(len(rows), -1) + said_often, DIGITS)


def _best(scores: "Amounts") -> list[int]:
    """The rows of the highest scores above nothing, the earlier of two equals first."""
    found: list[int] = []
    left = scores.copy()
    for _ in range(min(NEAREST, len(left))):
        row = int(left.argmax())
        if left[row] < LEAST:
            break
        found.append(row)
        left[row] = 0.0
    return found


class Earlier:
    """All that was told, in either language; what one article tells is told for the next."""

    def __init__(self, sentences: Sentences) -> None:
        """`sentences` are all that will be told or judged: rarity is counted over them."""
        import numpy as np  # noqa: PLC0415 -- as above

        self._rows = sentences.own.rows
        self._own = Shelf(sentences.own)
        self._across = Shelf(sentences.glossed) if sentences.glossed else None
        self._chinese = np.array(list(sentences.chinese.values()), dtype=bool)
        self._told: dict[int, Told] = {}
        self._is_told = np.zeros(len(self._rows), dtype=bool)

    def add(self, told: Told) -> None:
        """A sentence is told by whoever told it first."""
        row = self._rows[told.folded]
        self._told.setdefault(row, told)
        self._is_told[row] = True

    def cover(self, folded: str) -> Cover:
        """How much of one sentence was told."""
        return self.covers([folded])[0]

    def covers(self, texts: Sequence[str]) -> list[Cover]:
        """The better cover of each: in the sentence's own language, or in the other one."""
        parts = (texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER))
        return [cover for part in parts for cover in self._covers(part)]

    def _covers(self, texts: Sequence[str]) -> list[Cover]:
        import numpy as np  # noqa: PLC0415 -- as above

        rows = np.array([self._rows[folded] for folded in texts], dtype=np.intp)
        own = np.where(self._is_told, self._own.likeness(rows), 0.0)
        found = [self._own.cover(row, line) for row, line in zip(rows.tolist(), own, strict=True)]
        if self._across:
            other = self._is_told & (self._chinese != self._chinese[rows][:, None])
            across = np.where(other, self._across.likeness(rows), 0.0)
            raised = [self._across.cover(row, line) for row, line in zip(rows.tolist(), across, strict=True)]
            found = [
                max(one, (min(1.0, two * ACROSS), place), key=itemgetter(0))
                for one, (two, place) in zip(found, raised, strict=True)
            ]
        return [Cover(overlap, self._told.get(nearest)) for overlap, nearest in found]
