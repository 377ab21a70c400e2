"""A figure over time as a small line chart: coordinates only, the template draws them."""

from dataclasses import dataclass
from decimal import Decimal

from briefing.compose.amounts import shown
from briefing.compose.wording import day
from briefing.model.issue import KeyFigure

WIDTH, HEIGHT, FLOOR, CEILING, MARGIN = 640, 150, 120, 28, 8
MOST = 8  # points; more labels would run into each other


@dataclass(frozen=True, slots=True)
class Spot:
    x: int
    y: int
    side: str  # SVG's text-anchor: labels at the edges stay inside
    value: str
    when: str


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    floor: int
    path: str
    spots: tuple[Spot, ...]


def chart(figure: KeyFigure, language: str) -> Chart:
    """From zero, evenly spaced, the latest readings: a reader compares heights."""
    points = figure.history[-MOST:]
    top = max((abs(point.quantity.amount) for point in points), default=Decimal(0)) or Decimal(1)
    step = (WIDTH - 2 * MARGIN) / max(1, len(points) - 1)
    spots = tuple(
        Spot(
            round(MARGIN + place * step),
            round(FLOOR - float(abs(point.quantity.amount) / top) * (FLOOR - CEILING)),
            "start" if place == 0 else "end" if place == len(points) - 1 else "middle",
            shown(point.quantity, language),
            day(point.when, language),
        )
        for place, point in enumerate(points)
    )
    return Chart(WIDTH, HEIGHT, FLOOR, " ".join(f"{spot.x},{spot.y}" for spot in spots), spots)
