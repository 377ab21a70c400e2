"""What keeping and dropping articles teaches the terms: a small re-weighting that can be read by eye."""

from collections import Counter
from collections.abc import Iterable

from briefing.match.topic import key_of
from briefing.model.topic import Relevance

DOUBT = 4  # articles that must speak before a weight moves far
LEAST, MOST = 0.5, 1.5  # an editor's dozen clicks tune the terms; they never silence one


def reweighted(rules: Relevance, kept: Iterable[Iterable[str]], dropped: Iterable[Iterable[str]]) -> dict[str, float]:
    """A multiplier for each term: 1 + (kept - dropped) / (kept + dropped + 4), held between a half and one and a half.

    Each item of `kept` and `dropped` is the term keys found in one article (`Relevant.terms` without the weights).
    """
    known = {key_of(term) for term in (*rules.terms, *rules.exclusions, *rules.neighbours)}
    for_it = Counter(key for keys in kept for key in set(keys) if key in known)
    against = Counter(key for keys in dropped for key in set(keys) if key in known)
    learned = {}
    for key in sorted(for_it.keys() | against.keys()):
        plus, minus = for_it[key], against[key]
        multiplier = 1 + (plus - minus) / (plus + minus + DOUBT)
        learned[key] = round(min(MOST, max(LEAST, multiplier)), 3)
    return learned
