"""A line of the figures ledger: what is measured, its value, its witnesses, its status."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from briefing.model.figure import Figure, Quantity
from briefing.model.source import Tier
from briefing.model.text import Bilingual


class Status(StrEnum):
    """A figure against the ledger. `AGAIN` is a copy or the same outlet repeating itself."""

    NEW = "new"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CONTRADICTED = "contradicted"
    SCALE_SLIP = "scale-slip"
    UNBOUND = "unbound"
    AGAIN = "again"


class Rule(StrEnum):
    SUM = "SUM"  # parts against their total
    SLIP = "SLIP"  # a power of ten between two readings of one quantity
    FX = "FX"  # an amount and its conversion against the rate of the day
    SHARE = "SHARE"
    YOY = "YOY"
    COUNT = "COUNT"  # counts that add up
    ROUNDED = "ROUNDED"
    GUARD = "GUARD"  # a near copy carries a figure that its original lacks


class Outcome(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of published text. For the baseline, whose texts are not kept, the quote is the figure alone."""

    article: str
    outlet: str
    address: str
    quote: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, with the spans it compared. It names; it never corrects."""

    rule: Rule
    outcome: Outcome
    statement: Bilingual
    evidence: tuple[Evidence, ...]
    stated: Quantity | None = None  # the total or figure that was tested
    expected: Quantity | None = None  # what the parts, or the rate, give
    parts: tuple[tuple[Bilingual, Quantity], ...] = ()  # for SUM: label and amount, in reading order
    factor: Decimal | None = None  # stated / expected, for SLIP a power of ten
    key: str = ""  # the fact that it is about


@dataclass(frozen=True, slots=True)
class Witness:
    """One article that states a fact's figure. Only independent witnesses confirm."""

    article: str
    outlet: str
    tier: Tier
    address: str
    published: datetime
    figure: Figure
    quote: str  # the sentence, or the figure alone for the baseline
    independent: bool = True
    issue: str = ""  # the issue that told it; 'baseline' for the baseline
    status: Status = Status.NEW  # of this witness, when it came


@dataclass(frozen=True, slots=True)
class Fact:
    """All that is known of one quantity. `key` is 'measure|subject|period'."""

    key: str
    label: Bilingual
    quantity: Quantity  # the reading that the desk shows
    witnesses: tuple[Witness, ...]  # oldest first
    status: Status
    findings: tuple[Finding, ...] = ()
    story: str = ""
    first_issue: str = ""
    note: str = ""  # an editor's word
