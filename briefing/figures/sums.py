"""SUM and COUNT: parts in a row against a total beside them. Chance is kept out by guards, measured in the benchmark.

Without guards three of four articles with ten figures 'add up' somewhere. Parts must be three or more, distinct,
contiguous, the total directly before or after, all of one measure or tied by words such as 'total' and 其中.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.figures.intervals import narrow, precision, ratio_power
from briefing.figures.pattern import Pattern
from briefing.figures.stated import Stated
from briefing.model.figure import Approximation, Kind, Quantity

PARTS = 3
MOST_PARTS = 12
KNOWN = Decimal("0.01")  # looser figures add up to anything
KNOWN_WITH_CUE = Decimal("0.05")  # where words tie them
SHORT_OF = Decimal("0.12")  # parts that miss the total by more are no parts of it
LEAST_PART = Decimal("0.01")  # of the sum: a smaller part proves nothing
BEFORE_TOTAL = Pattern(
    r"(?:\btotal(?:s|ed|led|ing|ling)?(?: of| at| to| was)?|\b(?:adds?|added|adding|bringing|comes?|came|sums?) (?:up )?to|\bsum of|\bcombined|\baltogether"
    r"|合计|共计|总计|总共|一共|总额|总数|总金额|总额应?为|累计|共|加起来)[^\d]{0,12}$",
    re.IGNORECASE,
)
AFTER_TOTAL = Pattern(
    r"^[^\d.;]{0,12}(?:\bin all\b|\bin total\b|\baltogether\b|\boverall\b|\bcombined\b|[，,]?其中)", re.IGNORECASE
)
LIST = Pattern(
    r"\b(?:includ(?:e|es|ed|ing)|of (?:which|that|this)|respectively|broken down|breakdown|made up|compris\w+|consist\w+|split|four kinds)\b"
    r"|其中|包括|分别|分为|分项|分部门|依次",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts and the total that stands beside them."""

    total: Stated
    parts: tuple[Stated, ...]

    @property
    def amounts(self) -> tuple[Quantity, ...]:
        return tuple(p.quantity for p in self.parts)

    @property
    def of_parts(self) -> Decimal:
        return sum_of(self.amounts)

    @property
    def slack(self) -> Decimal:
        return slack_of(self.amounts)

    @property
    def holds(self) -> bool:
        return adds_up(self.total.quantity, self.amounts)

    @property
    def power(self) -> int:
        return total_power(self.total.quantity, self.amounts)


def sum_of(parts: tuple[Quantity, ...]) -> Decimal:
    return sum((p.amount for p in parts), Decimal(0))


def slack_of(parts: tuple[Quantity, ...]) -> Decimal:
    return sum((p.half_unit for p in parts), Decimal(0))


def adds_up(total: Quantity, parts: tuple[Quantity, ...]) -> bool:
    """Within the total's last digit and those of its parts; an approximate total leaves its side open."""
    of_parts = sum_of(parts)
    if total.kind is Kind.COUNT and total.approximation is Approximation.EXACT:
        return of_parts == total.amount
    span, slack = narrow(total), slack_of(parts)
    high = span.high if total.approximation is not Approximation.EXACT else total.high + total.half_unit
    return span.low - slack <= of_parts <= high + slack


def total_power(total: Quantity, parts: tuple[Quantity, ...]) -> int:
    """K when the total is 10^k times its parts; 0 otherwise."""
    return ratio_power(total.amount, sum_of(parts))


def slipped_part(total: Quantity, parts: tuple[Quantity, ...]) -> tuple[int, int] | None:
    """(position, k) of the one part that is 10^k times what the total leaves for it.

    None when no single part explains it.
    """
    of_parts = sum_of(parts)
    found = []
    for i, part in enumerate(parts):
        needed = total.amount - (of_parts - part.amount)
        k = ratio_power(part.amount, needed) if needed > 0 else 0
        if k:
            found.append((i, k))
    return found[0] if len(found) == 1 else None


def money_sums(stated: list[Stated]) -> tuple[list[Sum], list[Sum]]:
    """Those that hold or miss by a power of ten; and those that miss although the words say they are a sum."""
    good: list[Sum] = []
    short: list[Sum] = []
    for series in _series(stated, frozenset({Kind.MONEY})):
        for candidate in _runs(series, distinct=True):
            if not _is_known(candidate) or not _belong(candidate):
                continue
            if candidate.holds or (candidate.power and _is_whole(candidate, series)):
                good.append(candidate)
            elif _claims(candidate, series):
                short.append(candidate)
    good = _longest(good)
    settled = {t.quantity.amount for s in good for t in (s.total, *s.parts)}
    return good, [s for s in _longest(short) if s.total.quantity.amount not in settled]


def count_sums(stated: list[Stated]) -> list[Sum]:
    """Counts that add up: 7 units = 2 + 2 + 2 + 1. Only what holds is said; small numbers miss for many reasons."""
    found = [
        candidate
        for series in _series(stated, frozenset({Kind.COUNT}))
        for candidate in _runs(series, distinct=False)
        if candidate.holds and _same_measure(candidate) and _names_differ(candidate)
    ]
    return _longest(found)


def _series(stated: list[Stated], kinds: frozenset[Kind]) -> Iterator[list[Stated]]:
    """The amounts of one unit in reading order."""
    by_class: dict[str, list[Stated]] = {}
    for this in stated:
        if this.quantity.kind in kinds and this.is_level and this.quantity.amount > 0:
            by_class.setdefault(this.unit_class, []).append(this)
    yield from (series for series in by_class.values() if len(series) > PARTS)


def _runs(series: list[Stated], *, distinct: bool) -> Iterator[Sum]:
    """For each possible total the runs right after it and right before it, three parts and longer."""
    for i, total in enumerate(series):
        for side in (series[i + 1 :][: 2 * MOST_PARTS], series[max(0, i - 2 * MOST_PARTS) : i][::-1]):
            run: list[Stated] = []
            for part in side:
                if part.quantity.amount == total.quantity.amount:
                    if run:
                        break
                    continue  # the total told twice
                if distinct and any(p.quantity.amount == part.quantity.amount for p in run):
                    break
                run.append(part)
                if PARTS <= len(run) <= MOST_PARTS:
                    yield Sum(total, tuple(sorted(run, key=series.index)))


def _is_known(found: Sum) -> bool:
    limit = KNOWN_WITH_CUE if _is_told(found) else KNOWN
    of_parts = found.of_parts
    smallest = min(p.quantity.amount for p in found.parts)
    return (
        precision(found.total.quantity) <= limit
        and found.slack <= limit * of_parts
        and smallest >= LEAST_PART * of_parts
    )


def _belong(found: Sum) -> bool:
    """Parts of one list, in one sentence or two; tied to the total by their measure or by words."""
    if not _one_list(found.parts):
        return False
    return (_same_measure(found) and _named_apart(found)) or _is_told(found)


def _is_told(found: Sum) -> bool:
    """The words beside the total, or those of the list, say that it is a sum; nothing else stands in their sentences."""
    total, first = found.total, found.parts[0]
    at = total.words.find(total.figure.surface)
    before, after = total.words[:at], total.words[at + len(total.figure.surface) :]
    same = any(p.figure.sentence == total.figure.sentence for p in found.parts)
    if BEFORE_TOTAL.search(before[-40:]) or AFTER_TOTAL.search(after[:40]):
        return True
    return bool(LIST.search(first.words)) and not same


def _named_apart(found: Sum) -> bool:
    """Each part is of someone else: otherwise amounts of one measure are a series, not a sum."""
    subjects = {p.figure.subject for p in found.parts} - {found.total.figure.subject}
    return len(subjects) == len(found.parts)


def _same_measure(found: Sum) -> bool:
    measure = found.total.figure.measure
    return bool(measure) and all(p.figure.measure == measure for p in found.parts)


def _names_differ(found: Sum) -> bool:
    subjects = [p.figure.subject for p in found.parts]
    return len(set(subjects)) == len(subjects) and found.total.figure.subject not in subjects[1:]


def _claims(found: Sum, series: list[Stated]) -> bool:
    """A sum that misses, yet is told as one: by words beside the total or the list, of all that its sentences hold, and close."""
    total = found.total.quantity.amount
    if abs(total - found.of_parts) > SHORT_OF * total or not _is_told(found):
        return False
    return len({p.figure.sentence for p in found.parts}) == 1 and _is_whole(found, series)


def _one_list(parts: tuple[Stated, ...]) -> bool:
    return len({p.figure.sentence for p in parts}) <= 2  # noqa: PLR2004 - a list, and perhaps its last item


def _is_whole(found: Sum, series: list[Stated]) -> bool:
    """No further amount in the sentences of the total and the parts: the list is complete."""
    inside = {id(p) for p in (*found.parts, found.total)}
    sentences = {p.figure.sentence for p in (*found.parts, found.total)}
    return all(
        id(s) in inside or s.quantity.amount == found.total.quantity.amount
        for s in series
        if s.figure.sentence in sentences
    )


def _longest(found: list[Sum]) -> list[Sum]:
    """One finding a total: the run with the most parts, told once."""
    best: dict[tuple[str, Decimal], Sum] = {}
    for candidate in sorted(found, key=lambda s: -len(s.parts)):
        best.setdefault((candidate.total.unit_class, candidate.total.quantity.amount), candidate)
    return list(best.values())


def quantity_of(found: Sum) -> Quantity:
    """What the parts give, known as finely as they were written."""
    total = found.total.quantity
    return Quantity(found.of_parts, found.of_parts, found.slack, total.unit, total.kind, total.currency)
