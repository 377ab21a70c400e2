"""What an examination found, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was looked at, and what to do where it is not good."""

    level: Level
    what: str
    advice: str = ""
