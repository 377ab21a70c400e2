"""The key-figures table: one line a fact that this issue touched, with who supports it and who does not."""

from briefing.compose.lookup import Lookup
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Kind, Quantity
from briefing.model.issue import KeyFigure, Point

MOST = 24
RANK = {
    Status.SCALE_SLIP: 0,
    Status.CONTRADICTED: 0,
    Status.CHANGED: 1,
    Status.NEW: 2,
    Status.CONFIRMED: 3,
    Status.AGAIN: 4,
    Status.UNBOUND: 5,
}
SHOWN = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED, Status.CHANGED, Status.NEW, Status.CONFIRMED})
A_HISTORY = 3  # two readings are a change, three are a curve


def key_figures(found: Lookup) -> tuple[KeyFigure, ...]:
    """The figures that this issue touched; in a first issue all that are known."""
    draft = found.draft
    facts = draft.update.facts if draft.previous else (*draft.update.facts, *draft.facts)
    lines = {fact.key: _line(fact, found) for fact in facts if fact.status in SHOWN and fact.label.en}
    return tuple(sorted(lines.values(), key=_place)[:MOST])


def _place(line: KeyFigure) -> tuple[int, int, int, str]:
    """What conflicts first, then what changed; money before counts; the best attested first."""
    return RANK[line.status], line.quantity.kind is not Kind.MONEY, -len(line.witnesses), line.key


def _line(fact: Fact, found: Lookup) -> KeyFigure:
    support = tuple(w for w in fact.witnesses if agree(w.figure.quantity, fact.quantity))
    others = tuple(w for w in fact.witnesses if w not in support)
    is_changed = fact.status is Status.CHANGED and bool(others)
    return KeyFigure(
        fact.key,
        fact.label,
        fact.quantity,
        support[0].figure.surface if support else "",
        fact.status,
        support,
        against=() if is_changed else others,
        was=others[-1].figure.quantity if is_changed else None,
        story=fact.story,
        history=_history(fact, found),
    )


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two readings can be one quantity, given how finely each was written."""
    if (one.unit, one.currency, one.kind) != (other.unit, other.currency, other.kind):
        return False
    slack = max(one.half_unit, other.half_unit)
    return one.low - slack <= other.high and other.low - slack <= one.high


def _history(fact: Fact, found: Lookup) -> tuple[Point, ...]:
    """Readings of one measure and subject over its periods, or else one figure's own changes."""
    measure, subject, _ = (*fact.key.split("|"), "", "")[:3]
    periods = {
        other.witnesses[0].figure.period: _point(other.witnesses[0], other.witnesses[0].figure.period, other.quantity)
        for other in found.facts.values()
        if other.key.split("|")[:2] == [measure, subject]
        and other.witnesses
        and _is_year(other.witnesses[0].figure.period)
        and (other.quantity.unit, other.quantity.kind) == (fact.quantity.unit, fact.quantity.kind)
    }
    if len(periods) >= A_HISTORY:
        return tuple(periods[period] for period in sorted(periods))
    own: list[Point] = []
    for witness in sorted(fact.witnesses, key=lambda w: w.published):
        if witness.independent and (not own or not agree(own[-1].quantity, witness.figure.quantity)):
            own.append(_point(witness, witness.published.date().isoformat(), witness.figure.quantity))
    return tuple(own) if fact.status is Status.CHANGED and len(own) >= A_HISTORY else ()


def _is_year(period: str) -> bool:
    return len(period) == len("2024") and period.isdecimal()


def _point(witness: Witness, when: str, quantity: Quantity) -> Point:
    return Point(when, quantity, witness.outlet, witness.address)
