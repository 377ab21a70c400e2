"""TF-IDF and BM25: how much two texts say in common, rare words counting most. numpy is imported where it is used."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

Vector = Mapping[str, float]
BACKGROUND = 10  # texts that are thought beside a small collection: in one report no word is common
SATURATION, BY_LENGTH = 1.2, 0.6  # BM25's k1 and b


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each feature is among the texts at hand; one that was never seen is as rare as can be."""

    documents: int
    seen: Mapping[str, float]
    known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)  # each is worked out once

    def of(self, feature: str) -> float:
        """Smoothed inverse document frequency, never below zero."""
        found = self.known.get(feature)
        if found is None:
            found = max(0.0, math.log((self.documents + 1) / (self.seen.get(feature, 0) + 0.5)))
            self.known[feature] = found
        return found


def rarity(texts: Iterable[Iterable[str]]) -> Rarity:
    """Document frequencies of the features of some texts."""
    seen: Counter[str] = Counter()
    documents = 0
    for features in texts:
        documents += 1
        seen.update(set(features))
    return Rarity(documents, seen)


def commoner(one: Rarity, other: Rarity) -> Rarity:
    """The rarity of two collections side by side: each feature counts as in the one where it is more common."""
    documents = max(one.documents, other.documents)
    seen: dict[str, float] = {}
    for rare in (one, other):
        for feature, count in rare.seen.items():
            share = count / (rare.documents + BACKGROUND)
            seen[feature] = max(seen.get(feature, 0.0), share * documents)
    return Rarity(documents, seen)


def vector(counts: Mapping[str, float], rare: Rarity) -> Vector:
    """Damped counts times rarity, of length 1."""
    raw = {
        feature: (1 + math.log(count) if count >= 1 else count) * rare.of(feature) for feature, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {feature: value / length for feature, value in raw.items() if value} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * large[feature] for feature, value in small.items() if feature in large)


def products(left: Sequence[Vector], right: Sequence[Vector]) -> "Matrix":
    """The inner product of every left vector with every right one, through an inverted index."""
    import numpy as np  # noqa: PLC0415 -- a tenth of a second, only where texts are compared in bulk

    places: dict[str, list[int]] = {}
    values: dict[str, list[float]] = {}
    for place, made in enumerate(right):
        for feature, value in made.items():
            places.setdefault(feature, []).append(place)
            values.setdefault(feature, []).append(value)
    index = {feature: (np.array(places[feature]), np.array(values[feature])) for feature in places}
    result = np.zeros((len(left), len(right)))
    for row, made in enumerate(left):
        for feature, value in made.items():
            if feature in index:
                where, weights = index[feature]
                result[row, where] += value * weights
    return result


def bm25(counts: Sequence[Mapping[str, float]], rare: Rarity) -> "Matrix":
    """Symmetric BM25, 1 for a text with itself: the geometric mean of how well each of two texts answers the other."""
    import numpy as np  # noqa: PLC0415 -- as above

    lengths = [sum(bag.values()) for bag in counts]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    asked = [dict.fromkeys(bag, 1.0) for bag in counts]
    weights = [
        {
            feature: rare.of(feature) * count * (SATURATION + 1)
            / (count + SATURATION * (1 - BY_LENGTH + BY_LENGTH * length / mean))
            for feature, count in bag.items()
        }
        for bag, length in zip(counts, lengths, strict=True)
    ]  # fmt: skip
    scores = products(asked, weights)
    own = np.maximum(np.diag(scores), 1e-9)
    share = scores / own[None, :]
    symmetric: Matrix = np.sqrt(share * share.T)
    return symmetric


FAINT = 0.05  # likeness below which words agree by chance


def strength(likeness: float) -> float:
    """Likeness on a scale from 0 to 1 that follows human grades: a small difference says more between small ones."""
    return math.log1p(max(0.0, likeness) / FAINT) / math.log1p(1 / FAINT)
