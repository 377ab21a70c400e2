"""What the grammars find: a quantity in the making, with the offsets of the published text."""

from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.figures.numerals import ONE, Number
from briefing.model.figure import Approximation, Change, Kind, Quantity


@dataclass(frozen=True, slots=True)
class Spotted:
    """One quantity found. For dates and periods the ISO text stands in `unit` and the amounts are zero."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    half_unit: Decimal
    kind: Kind
    unit: str = ""
    currency: str = ""
    approximation: Approximation = Approximation.EXACT
    change: Change = Change.NONE
    scale: Decimal = ONE  # the multiplier written with it: what a list before it may share
    number_end: int = 0  # where the digits end
    number_start: int = 0

    @property
    def is_bare(self) -> bool:
        """No unit was written: a list, a range or an ellipsis may supply it."""
        return self.kind is Kind.OTHER and not self.unit

    def quantity(self) -> Quantity:
        return Quantity(
            self.low, self.high, self.half_unit, self.unit, self.kind, self.currency, self.approximation, self.change
        )

    def scaled(self, factor: Decimal) -> "Spotted":
        """The same digits with a multiplier, as a list shares it: '1.45、0.59亿元'."""
        return replace(
            self,
            low=self.low * factor,
            high=self.high * factor,
            half_unit=self.half_unit * abs(factor),
            scale=self.scale * factor,
        )


def from_number(number: Number, start: int, end: int, kind: Kind = Kind.OTHER) -> Spotted:
    value = number.value
    return Spotted(
        start, end, value, value, number.last_unit / 2, kind, scale=number.scale, number_end=end, number_start=start
    )
