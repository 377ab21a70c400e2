"""How much of an issue a mail holds: Gmail cuts near 102 kB, so ours ends at 95 and the rest is on the web."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

LIMIT = 95_000  # bytes of HTML
STYLE_LIMIT = 12_000  # of all style blocks: Gmail drops every one past 16,384


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each a rendering shows. Its order of trimming is from the bottom of the issue upwards."""

    start: int = 5  # undated facts of a first issue
    timeline: int = 12
    brief: int = 14
    stories: int = 12
    figures: int = 12
    sums: int = 2
    doubts: int = 4
    title: int = 260  # characters of a title; no headline writer needs more
    whole: bool = False  # the archive page: everything, with permalinks


PAGE = Room(10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 2_000, whole=True)
# What a mail keeps whatever happens, and what one more of each costs in bytes (measured).
LEAST = Room(start=2, timeline=3, brief=3, stories=2, figures=4, sums=1, title=120)
COSTS = (
    ("start", 500),
    ("timeline", 620),
    ("brief", 900),
    ("stories", 3_400),
    ("figures", 1_900),
    ("sums", 6_000),
    ("title", 100),
)


def fit(draw: Callable[[Room], str], room: Room = Room(), limit: int = LIMIT) -> str:
    """The fullest rendering within the limit, or the least there is: each turn takes something away."""
    drawn = draw(room)
    while (excess := len(drawn.encode()) - limit) > 0 and room != LEAST:
        room = smaller(room, excess)
        drawn = draw(room)
    return drawn


def smaller(room: Room, excess: int) -> Room:
    """Room that saves about `excess` bytes, taken from the bottom; at least one thing less."""
    for name, cost in COSTS:
        have, least = getattr(room, name), getattr(LEAST, name)
        dropped = min(have - least, ceil(excess / cost))
        if dropped > 0:
            room = replace(room, **{name: have - dropped})
            excess -= dropped * cost
        if excess <= 0:
            break
    return room
