"""One quantity found in a sentence, in Decimal, with its exact span."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from briefing.model.article import Part


class Kind(StrEnum):
    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    BASIS_POINT = "basis_point"
    FRACTION = "fraction"
    MULTIPLE = "multiple"
    AREA = "area"
    DURATION = "duration"
    PERIOD = "period"
    DATE = "date"
    OTHER = "other"  # a number with a unit of another kind (tonnes, kilowatts, points)


class Approximation(StrEnum):
    """Which side of the digits the writer leaves open."""

    EXACT = "="
    ABOUT = "~"
    NEARLY = "~<"
    OVER = ">"
    AT_LEAST = ">="
    AT_MOST = "<="


class Change(StrEnum):
    NONE = ""
    FROM = "from"
    TO = "to"
    UP_BY = "by+"
    DOWN_BY = "by-"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A normalised amount in base units (yuan, not 亿; percent as 64 for 64 %).

    `low == high` unless a range was written. `half_unit` is half a unit of the last digit written:
    '2.48 billion' has a half unit of 5,000,000.
    """

    low: Decimal
    high: Decimal
    half_unit: Decimal
    unit: str  # 'CNY' for money, 'percent', or the counted noun in the text's language
    kind: Kind
    currency: str = ""  # ISO 4217 for money, else empty
    approximation: Approximation = Approximation.EXACT
    change: Change = Change.NONE

    @property
    def amount(self) -> Decimal:
        """The number to show and compare: the value, or the middle of a range."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity where it stands. `surface == article.part(part)[start:end]`."""

    quantity: Quantity
    surface: str
    part: Part
    start: int
    end: int
    sentence: int  # position in `Article.sentences`
    measure: str = ""  # canonical name from the topic's glossary, else the words found; empty: unbound
    subject: str = ""
    period: str = ""
    twin: int = -1  # position, in the article's figures, of the figure that this one converts
    attribution: str = ""  # who is said to have stated it, where the clause says so
    sure: bool = True  # its own clause names the measure; false: carried from a list, or from words further off

    @property
    def is_bound(self) -> bool:
        return bool(self.measure)
