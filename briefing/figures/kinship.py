"""How two figures that are said to be of one measure stand to each other, and a total to its parts."""

from decimal import Decimal
from enum import StrEnum

from briefing.figures.checks import agree_at, conversion_power
from briefing.figures.intervals import Relation, relation
from briefing.figures.sums import adds_up, slipped_part, total_power
from briefing.model.figure import Approximation, Kind, Quantity


class Kinship(StrEnum):
    SAME = "same"
    ROUNDING = "rounding"
    CONVERTED = "converted"
    CHANGED = "changed"
    CONTRADICTED = "contradicted"
    SCALE_SLIP = "scale_slip"
    UNRELATED = "unrelated"


def kinship(  # noqa: PLR0911 - one answer a line reads best
    one: Quantity, other: Quantity, *, same_measure: bool, same_time: bool, rate: Decimal | None
) -> Kinship:
    """What two figures are to each other; `rate` turns the first one's currency into the other's.

    None where unknown.
    """
    if not same_measure:
        return Kinship.UNRELATED
    if one.kind is other.kind is Kind.MONEY and one.currency != other.currency:
        return _converted(one, other, rate)
    how = relation(one, other)
    if how is Relation.SAME:
        if one.amount != other.amount and not same_time:
            return Kinship.CHANGED
        exact = one.amount == other.amount and one.approximation is other.approximation is Approximation.EXACT
        return Kinship.SAME if exact else Kinship.ROUNDING
    if how is Relation.SLIP:
        return Kinship.SCALE_SLIP
    if not same_time and how is not Relation.OTHER:
        return Kinship.CHANGED
    return Kinship.ROUNDING if how is Relation.OPEN else Kinship.CONTRADICTED


def _converted(one: Quantity, other: Quantity, rate: Decimal | None) -> Kinship:
    if rate is None:
        return Kinship.UNRELATED
    if agree_at(one, other, rate):
        return Kinship.CONVERTED
    return Kinship.SCALE_SLIP if conversion_power(one, other, rate) else Kinship.CONTRADICTED


class Total(StrEnum):
    HOLDS = "sum_of_parts"
    SLIPS = "scale_slip_total"
    PART_SLIPS = "scale_slip_part"
    MISSES = "sum_mismatch"


def total(stated: Quantity, parts: tuple[Quantity, ...]) -> Total:
    """What a total is to the parts that it is said to have."""
    if adds_up(stated, parts):
        return Total.HOLDS
    if total_power(stated, parts):
        return Total.SLIPS
    return Total.PART_SLIPS if slipped_part(stated, parts) is not None else Total.MISSES
