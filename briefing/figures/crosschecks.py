"""Findings between witnesses of one fact, and which reading the ledger shows."""

from dataclasses import replace
from decimal import Decimal

from briefing.figures import periods, telling
from briefing.figures.intervals import Relation, agree, relation
from briefing.figures.telling import slips, supported
from briefing.model.fact import Evidence, Fact, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.text import Bilingual

PARTS = Bilingual("its parts", "其各项之和")
RATE = Bilingual("its conversion", "其外币折算")


def across(fact: Fact, witness: Witness, status: Status, power: int) -> Finding | None:
    """What a new witness means for a fact that others attest; None when there is nothing to say."""
    quantity = witness.figure.quantity
    others = [w for w in fact.witnesses if w.independent and w.article != witness.article] or list(fact.witnesses)
    other = others[0].figure.quantity
    if status is Status.SCALE_SLIP and power:
        other = next(
            (w.figure.quantity for w in others if relation(w.figure.quantity, quantity) is Relation.SLIP), other
        )
    if status is Status.CONTRADICTED:  # it speaks against what the line says now, not against where it began
        other = next((w.figure.quantity for w in others if agree(w.figure.quantity, fact.quantity)), other)
    others = [w for w in others if w.figure.quantity.amount == other.amount]  # who wrote the other side, nobody else
    names = ", ".join(dict.fromkeys(w.outlet for w in others))
    evidence = (_evidence(witness), *(_evidence(w) for w in others))
    if status is Status.SCALE_SLIP and power:
        return _slip(fact, witness, power, (other, names, evidence))
    if status is Status.CONTRADICTED:
        if any(w.status is Status.CONTRADICTED and agree(w.figure.quantity, quantity) for w in fact.witnesses):
            return None  # said against what the line gave then: that it is said again makes no second conflict
        statement = telling.differs(quantity, witness.outlet, other, names)
        return Finding(Rule.ROUNDED, Outcome.FAILS, statement, evidence, stated=quantity, expected=other, key=fact.key)
    is_rounded = status is Status.CONFIRMED and quantity.amount != other.amount and agree(quantity, other)
    if not is_rounded:
        return None
    statement = telling.rounds(quantity, witness.outlet, other, names)
    return Finding(Rule.ROUNDED, Outcome.HOLDS, statement, evidence, stated=quantity, expected=other, key=fact.key)


def _slip(fact: Fact, witness: Witness, power: int, others: tuple[Quantity, str, tuple[Evidence, ...]]) -> Finding:
    known, names, evidence = others
    quantity = witness.figure.quantity
    statement = slips(quantity, witness.outlet, known, names, power)
    return Finding(
        Rule.SLIP,
        Outcome.FAILS,
        statement,
        evidence,
        stated=quantity,
        expected=known,
        factor=Decimal(10) ** power,
        key=fact.key,
    )


def upheld(slip: Finding, findings: tuple[Finding, ...]) -> Finding:
    """A slip between witnesses, saying which side parts and conversion support, where any of the findings tells."""
    side = _supported_side(findings, tuple(q for q in (slip.stated, slip.expected) if q))
    return replace(slip, statement=supported(slip.statement, side, _support(findings, side))) if side else slip


def _supported_side(findings: tuple[Finding, ...], sides: tuple[Quantity, ...]) -> Quantity | None:
    return next((side for side in reversed(sides) if _support(findings, side)), None)


def _support(findings: tuple[Finding, ...], side: Quantity) -> tuple[Bilingual, ...]:
    """What speaks for a reading: parts that add up to it (also where they refute another), and its conversion."""
    sums = any(f.rule in {Rule.SUM, Rule.SLIP} and f.parts and f.expected and _near(f.expected, side) for f in findings)
    rates = any(
        f.rule is Rule.FX and f.outcome is Outcome.HOLDS and f.stated and _near(f.stated, side) for f in findings
    )
    return tuple(name for name, speaks in ((PARTS, sums), (RATE, rates)) if speaks)


def _near(one: Quantity, other: Quantity) -> bool:
    return (
        one.currency == other.currency and bool(other.amount) and abs(one.amount / other.amount - 1) < Decimal("0.01")
    )


def joined(findings: tuple[Finding, ...], finding: Finding | None) -> tuple[Finding, ...]:
    """The findings with one more, unless it is said already."""
    known = {(f.rule, f.statement) for f in findings}
    return (*findings, finding) if finding and (finding.rule, finding.statement) not in known else findings


def is_short(finding: Finding, shown: Quantity) -> bool:
    """Whether the parts of the reading shown miss it: no line is plainly new that its own text contradicts."""
    is_sum = finding.rule is Rule.SUM and finding.outcome is Outcome.FAILS and finding.factor is None
    return is_sum and finding.stated is not None and finding.stated.amount == shown.amount


def _evidence(witness: Witness) -> Evidence:
    figure = witness.figure
    return Evidence(witness.article, witness.outlet, witness.address, figure.surface, figure.start, figure.end)


def shown(witnesses: tuple[Witness, ...], findings: tuple[Finding, ...]) -> Quantity:
    """The reading that the desk shows: the newest state; else what parts and conversion support; else most outlets."""
    changes = [i for i, w in enumerate(witnesses) if w.status is Status.CHANGED]
    if changes:
        newest = witnesses[changes[-1]]
        at = max(
            (i for i in changes if witnesses[i].article == newest.article),  # which may state two times
            key=lambda i: (periods.last_day(witnesses[i].figure.period), i),
        )
        state = witnesses[at].figure.quantity
        return _finest([w.figure.quantity for w in witnesses[at:] if agree(w.figure.quantity, state)])
    readings = [w.figure.quantity for w in witnesses]
    supports = [q for q in readings if _support(findings, q)]
    if supports:
        return _finest(supports)
    outlets = [len({w.outlet for w in witnesses if w.independent and agree(w.figure.quantity, q)}) for q in readings]
    leading = readings[outlets.index(max(outlets))]
    return _finest([q for q in readings if agree(q, leading)])


def _finest(readings: list[Quantity]) -> Quantity:
    """The reading with the most places; the first among equals."""
    return min(readings, key=lambda q: (q.approximation != "=", q.half_unit))
