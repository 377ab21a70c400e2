"""Figures of earlier issues that no longer stand as they were told."""

from briefing.compose.amounts import named
from briefing.compose.draft import ToldFigure
from briefing.compose.keyfigures import agree, status_of
from briefing.compose.lookup import Lookup
from briefing.compose.wording import both
from briefing.model.fact import Fact, Status
from briefing.model.issue import Correction

OVERTURNED = {
    Status.CHANGED: "correction.changed",
    Status.CONTRADICTED: "correction.contradicted",
    Status.SCALE_SLIP: "correction.contradicted",
}

KEPT = {Status.CONTRADICTED: "correction.disputed", Status.SCALE_SLIP: "correction.slip"}  # we still give what we gave


def corrections(found: Lookup) -> tuple[Correction, ...]:
    """One line a figure, against the last issue that told it."""
    latest = {told.figure.key: told for told in found.draft.told}
    touched = {fact.key: fact for fact in found.draft.update.facts}
    lines = (_correction(told, touched[key], found) for key, told in latest.items() if key in touched)
    return tuple(line for line in lines if line is not None)


def _correction(told: ToldFigure, fact: Fact, found: Lookup) -> Correction | None:
    """None where the figure stands, or where what stands against it was told with it."""
    was = told.figure.quantity
    status = status_of(fact, found)
    wording = OVERTURNED.get(status)
    seen = {w.article for w in (*told.figure.witnesses, *told.figure.against)}
    known = {w.figure.quantity.amount for w in told.figure.against}
    newcomers = [
        w
        for w in fact.witnesses
        if w.article not in seen
        and w.figure.quantity.amount not in known
        and not agree(w.figure.quantity, was)
        # what changed is what the ledger shows now: an older reading said once more corrects nothing
        and (status is not Status.CHANGED or agree(w.figure.quantity, fact.quantity))
    ]
    if wording is None or not newcomers:
        return None
    issue = found.issue_number(told.issue)
    witness = newcomers[-1]
    anew = [w for w in newcomers if agree(w.figure.quantity, fact.quantity)]
    if any(w.status is Status.CHANGED for w in anew):  # it moved on, whatever else is said against it
        wording, witness = OVERTURNED[Status.CHANGED], anew[0]
    elif agree(was, fact.quantity):
        wording = KEPT[status]
    text = both(wording, issue=issue, label=named(fact), was=was, value=witness.figure.quantity, outlet=witness.outlet)
    return Correction(told.issue, fact.key, text)
