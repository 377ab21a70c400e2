"""TF-IDF vectors: how much two texts say in common, rare words counting most."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each feature is among the texts at hand; one that was never seen is as rare as can be."""

    documents: int
    seen: Mapping[str, int]

    def of(self, feature: str) -> float:
        """Smoothed inverse document frequency, never below zero."""
        return math.log((self.documents + 1) / (self.seen.get(feature, 0) + 0.5))


def rarity(texts: Iterable[Iterable[str]]) -> Rarity:
    """Document frequencies of the features of some texts."""
    seen: Counter[str] = Counter()
    documents = 0
    for features in texts:
        documents += 1
        seen.update(set(features))
    return Rarity(documents, seen)


def vector(counts: Mapping[str, float], rare: Rarity) -> Vector:
    """Damped counts times rarity, of length 1."""
    raw = {
        feature: (1 + math.log(count) if count >= 1 else count) * max(0.0, rare.of(feature))
        for feature, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {feature: value / length for feature, value in raw.items() if value} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * large[feature] for feature, value in small.items() if feature in large)


def counted(features: Iterable[str]) -> Counter[str]:
    """How often each feature stands in a text."""
    return Counter(features)


def weighed(features: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Weighted features summed."""
    total: dict[str, float] = {}
    for feature, weight in features:
        total[feature] = total.get(feature, 0.0) + weight
    return total
