"""Average-link clustering: two groups join while their members are, on the average, alike enough."""

from collections.abc import Callable, Sequence

Likeness = Callable[[int, int], float]
VETO = float("-inf")  # a pair that must never stand in one group


def average_link(groups: Sequence[Sequence[int]], likeness: Likeness, least: float) -> list[list[int]]:
    """Join the two most alike groups until none is at `least`. A vetoed pair keeps its groups apart for good."""
    live: dict[int, list[int]] = {number: list(members) for number, members in enumerate(groups)}
    scores = {(a, b): mean_likeness(live[a], live[b], likeness) for a in live for b in live if a < b}
    while scores:
        (a, b), best = max(scores.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        if best < least:
            break
        size_a, size_b = len(live[a]), len(live[b])
        live[a] += live.pop(b)
        for other in live:
            if other != a:
                low, high = min(a, other), max(a, other)
                from_b = scores.pop((min(b, other), max(b, other)))
                scores[low, high] = (scores[low, high] * size_a + from_b * size_b) / (size_a + size_b)
        scores.pop((a, b))
    return list(live.values())


def mean_likeness(one: Sequence[int], other: Sequence[int], likeness: Likeness) -> float:
    """The mean over all pairs between two groups; a veto anywhere gives a veto."""
    return sum(likeness(a, b) for a in one for b in other) / (len(one) * len(other))
