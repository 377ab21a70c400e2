"""What was told before, sentence by sentence, and how much of a new sentence it covers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.match import words
from briefing.match.glossary import Lexis
from briefing.match.vectors import Rarity, Vector, rarity, vector, weighed
from briefing.model.judgement import Told

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOOSE = 16  # sentences that are added one by one before an array is made anew
LIKENESS = 0.6  # part of the overlap that is likeness to the nearest sentence; the rest is cover by the nearest three
NEAREST = 3  # what one sentence says now may have been told in two or three
ACROSS = 1.3  # glosses find less than words do: an overlap across languages is raised by this


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a sentence was told, 0 to 1, and the nearest sentence that told it."""

    overlap: float = 0.0
    nearest: Told | None = None


@dataclass
class Postings:
    """The sentences that hold one feature, and how much it says in each. Long lists are kept as arrays as well."""

    places: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    packed: "tuple[NDArray[np.intp], NDArray[np.float64]] | None" = None

    def add(self, place: int, value: float) -> None:
        self.places.append(place)
        self.values.append(value)

    def onto(self, scores: "NDArray[np.float64]", weight: float) -> None:
        """Adds what this feature says to the scores of its sentences."""
        import numpy as np  # noqa: PLC0415 -- only where articles are judged

        held = len(self.packed[0]) if self.packed else 0
        if len(self.places) > held + LOOSE:
            self.packed = np.array(self.places), np.array(self.values)
            held = len(self.places)
        if self.packed:
            scores[self.packed[0]] += weight * self.packed[1]
        for place, value in zip(self.places[held:], self.values[held:], strict=True):
            scores[place] += weight * value


@dataclass
class Shelf:
    """Told sentences, found by the features they share with a new one."""

    rare: Rarity
    told: list[Told] = field(default_factory=list)
    vectors: list[Vector] = field(default_factory=list)
    index: dict[str, Postings] = field(default_factory=dict)

    def add(self, told: Told, counts: Mapping[str, float]) -> None:
        place = len(self.told)
        made = vector(counts, self.rare)
        self.told.append(told)
        self.vectors.append(made)
        for feature, value in made.items():
            postings = self.index.get(feature)
            if postings is None:
                postings = self.index[feature] = Postings()
            postings.add(place, value)

    def cover(self, counts: Mapping[str, float]) -> Cover:
        import numpy as np  # noqa: PLC0415 -- as above

        mine = vector(counts, self.rare)
        scores = np.zeros(len(self.told))
        for feature, value in mine.items():
            if feature in self.index:
                self.index[feature].onto(scores, value)
        ranked = np.argsort(-scores, kind="stable")[:NEAREST]
        nearest = [int(place) for place in ranked if scores[place] > 0]
        if not nearest:
            return Cover()
        held = {feature for place in nearest for feature in self.vectors[place]}
        whole = sum(self.rare.of(feature) for feature in mine)
        covered = sum(self.rare.of(feature) for feature in mine if feature in held)
        overlap = LIKENESS * float(scores[nearest[0]]) + (1 - LIKENESS) * covered / (whole or 1.0)
        return Cover(overlap, self.told[nearest[0]])


class Earlier:
    """All that was told, in either language; what one article tells is told for the next."""

    def __init__(self, texts: Iterable[str], lexis: Lexis) -> None:
        """`texts` are all sentences that will be compared: rarity is counted over them."""
        self._lexis = lexis
        listed = tuple(texts)
        chinese = [words.is_chinese(text) for text in listed]
        self._two = any(chinese) and not all(chinese)
        self._own = Shelf(rarity(words.term_list(text) for text in listed))
        rare = rarity(self._stems(text) for text in listed) if self._two else Rarity(0, {})
        self._across = {True: Shelf(rare), False: Shelf(rare)}  # by whether the told sentence is Chinese

    def add(self, told: Told) -> None:
        self._own.add(told, Counter(words.term_list(told.folded)))
        if self._two:
            self._across[words.is_chinese(told.folded)].add(told, self._stems(told.folded))

    def cover(self, folded: str) -> Cover:
        """The better cover: in the sentence's own language, or in the other one."""
        own = self._own.cover(Counter(words.term_list(folded)))
        if not self._two:
            return own
        across = self._across[not words.is_chinese(folded)].cover(self._stems(folded))
        raised = min(1.0, across.overlap * ACROSS)
        return Cover(raised, across.nearest) if raised > own.overlap else own

    def _stems(self, folded: str) -> dict[str, float]:
        return weighed(self._lexis.rendered(folded))
