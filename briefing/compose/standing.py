"""Where a key figure stands: its status in the ledger, or the doubt that its own parts or rate throw on it."""

from collections.abc import Iterable

from briefing.compose.wording import Words
from briefing.model.fact import Finding, Outcome, Status
from briefing.model.figure import Quantity
from briefing.model.issue import Issue, KeyFigure

CONFLICTS = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED})
DOUBTED = "doubted"
KNOWN = "known"  # from the start: no article of the issue says it anew
BASELINE = "baseline"
ELSEWHERE = "slip-elsewhere"  # the amount shown is the one we keep; another outlet is off by a power of ten


def standing(issue: Issue, line: KeyFigure) -> str:
    """The word of its chip: a slip is said of the figure only where the figure shown is the slip."""
    if line.status is Status.SCALE_SLIP and line.against:
        return ELSEWHERE
    if line.status is Status.NEW and line.witnesses and all(w.issue == BASELINE for w in line.witnesses):
        return KNOWN
    is_alone = not line.against and line.status is not Status.SCALE_SLIP  # no outlet says anything else
    is_doubted = is_alone and refuted(line.key, line.quantity, issue.findings)
    return DOUBTED if is_doubted else line.status.value


def objections(issue: Issue, line: KeyFigure, words: Words) -> tuple[str, ...]:
    """What stands against the figure without any outlet saying so: the sum of its own parts."""
    failed = refuted(line.key, line.quantity, issue.findings)
    return tuple(words.say("figure.parts", value=f.expected) for f in failed if f.parts and f.expected)


def refuted(key: str, quantity: Quantity, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Checks that this amount has failed; those of another reading speak for it, if anything."""
    return tuple(
        f
        for f in findings
        if f.key == key and f.outcome is Outcome.FAILS and f.stated and f.stated.amount == quantity.amount
    )
