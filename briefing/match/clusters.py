"""Average-link clustering: two groups join while their members are, on the average, alike enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.match.vectors import Matrix

VETO = float("-inf")  # a pair that must never stand in one group
GIVEN_UP = 0.12  # of the clearness that thresholds bring, for a higher one: a split harms less than a merge
NEAREST = 2  # members of a story as it stands that a new article is compared with
CANDIDATES = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12, 0.15, 0.17, 0.20, 0.22, 0.25)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups (by their first members) that joined, and how alike they were."""

    kept: int
    joined: int
    likeness: float


def merges(likeness: "Matrix", groups: Sequence[Sequence[int]], least: float) -> list[Merge]:
    """The joins of average-link clustering, most alike first, down to `least`. A veto anywhere keeps groups apart.

    A group that is given with many members is met by the nearest of them: a chain of events drifts, and its first
    reports say little of its latest turn.
    """
    import numpy as np  # noqa: PLC0415 -- only where stories are told apart

    if not groups:
        return []
    mean = _first_means(likeness, groups)
    weights = np.array([float(min(NEAREST, len(group))) for group in groups])
    found: list[Merge] = []
    partner = mean.argmax(axis=1)
    best = mean.max(axis=1)
    for _ in range(len(groups) - 1):
        kept = int(best.argmax())
        if best[kept] < least:
            break
        joined = int(partner[kept])
        found.append(Merge(kept, joined, float(best[kept])))
        share = weights[kept] / (weights[kept] + weights[joined])
        row = share * mean[kept] + (1 - share) * mean[joined]
        stale = (partner == kept) | (partner == joined)
        row[[kept, joined]] = VETO
        mean[kept, :] = mean[:, kept] = row
        mean[joined, :] = mean[:, joined] = VETO
        weights[kept] += weights[joined]
        stale[[kept, joined]] = True
        partner[stale] = mean[stale].argmax(axis=1)
        best[stale] = mean[stale].max(axis=1)
        nearer = mean[:, kept] > best
        partner[nearer], best[nearer] = kept, mean[nearer, kept]
    return found


def _first_means(likeness: "Matrix", groups: Sequence[Sequence[int]]) -> "Matrix":
    """The mean likeness of the nearest pairs between the groups as given."""
    import numpy as np  # noqa: PLC0415 -- as above

    heads = [group[0] for group in groups]
    mean: Matrix = np.array(likeness[np.ix_(heads, heads)])
    for row, group in enumerate(groups):
        for column in range(row + 1 if len(group) == 1 else 0, len(groups)):
            other = groups[column]
            if len(group) > 1 or len(other) > 1:
                pairs = np.sort(likeness[np.ix_(list(group), list(other))], axis=None)
                most = max(1, min(NEAREST, len(group)) * min(NEAREST, len(other)))
                value = VETO if np.isneginf(pairs[0]) else float(pairs[-most:].mean())
                mean[row, column] = mean[column, row] = value
    np.fill_diagonal(mean, VETO)
    return mean


def joined(groups: Sequence[Sequence[int]], found: Sequence[Merge], least: float) -> list[list[int]]:
    """The groups after all joins that are at `least` alike."""
    live = {number: list(group) for number, group in enumerate(groups)}
    for merge in found:
        if merge.likeness >= least:
            live[merge.kept] += live.pop(merge.joined)
    return list(live.values())


def calibrated(likeness: "Matrix", most: float = CANDIDATES[-1]) -> float:
    """The threshold that suits these texts: raised as long as it makes the groups clearer, by their silhouette.

    How much clearer they can get differs as well, so what may be given up is a share of that.
    Headlines of one large story share little, reports of one accident share much: no constant fits both.
    """
    alone = [[n] for n in range(likeness.shape[0])]
    found = merges(likeness, alone, CANDIDATES[0])
    clear = {least: silhouette(likeness, joined(alone, found, least)) for least in CANDIDATES if least <= most}
    first = best = clear.get(CANDIDATES[0], 0.0)
    chosen = most
    for least, value in clear.items():
        if value < best - GIVEN_UP * (best - first):
            return chosen
        best, chosen = max(best, value), least
    return chosen


def silhouette(likeness: "Matrix", groups: Sequence[Sequence[int]]) -> float:
    """How much nearer each text is to its own group than to the next best one, on the average; 0 for texts alone."""
    import numpy as np  # noqa: PLC0415 -- as above

    size = likeness.shape[0]
    if not 1 < len(groups) < size:
        return 0.0
    member = np.zeros((size, len(groups)))
    for column, group in enumerate(groups):
        member[list(group), column] = 1.0
    counts = member.sum(axis=0)
    apart = 1.0 - np.maximum(np.where(np.isneginf(likeness), 0.0, likeness), 0.0)
    np.fill_diagonal(apart, 0.0)
    total = apart @ member
    own = (total * member).sum(axis=1) / np.maximum((member @ counts) - 1, 1)
    other = np.where(member > 0, np.inf, total / counts).min(axis=1)
    width = (other - own) / np.maximum(np.maximum(other, own), 1e-9)
    return float(np.where(member @ counts > 1, width, 0.0).mean())
