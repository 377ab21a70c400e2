"""The key-figures table: one line a fact that this issue touched, with who supports it and who does not."""

from briefing.compose.amounts import COUNTED, named
from briefing.compose.lookup import Lookup
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Change, Kind, Quantity
from briefing.model.issue import KeyFigure, Point

MOST = 24
CONFLICTS = frozenset({Status.SCALE_SLIP, Status.CONTRADICTED})
SHOWN = CONFLICTS | {Status.CHANGED, Status.NEW, Status.CONFIRMED}
# What a reader came for first: a sum that is confirmed is worth more than a count that is new.
BY_STATUS = {Status.CHANGED: 1, Status.NEW: 2, Status.CONFIRMED: 3}
BY_KIND = {Kind.MONEY: 0, Kind.PERCENT: 1}
A_COUNT = 2
A_HISTORY = 3  # two readings are a change, three are a curve


def key_figures(found: Lookup) -> tuple[KeyFigure, ...]:
    """The figures that this issue touched; in a first issue all that are known."""
    draft = found.draft
    facts = draft.update.facts if draft.previous else (*draft.facts, *draft.update.facts)
    wanted = {fact.key: fact for fact in facts if fact.status in SHOWN and fact.label.en and is_measured(fact, found)}
    tested = {finding.key for finding in draft.update.findings}
    by_label: dict[str, Fact] = {}
    newest = sorted(sorted(wanted.values(), key=lambda f: ("#" in f.key, f.key)), key=period_of, reverse=True)
    for fact in sorted(newest, key=lambda f: (_place(f), f.key not in tested)):
        by_label.setdefault(fact.label.en, fact)  # further readings under one label are its parts, or its neighbours
    return tuple(_line(fact, found) for fact in list(by_label.values())[:MOST])


def is_measured(fact: Fact, found: Lookup) -> bool:
    """Whether the topic names what is measured, and of whom where others have it too.

    Words picked from a sentence are no line of a table, nor is one of many amounts that nobody is named for.
    """
    topic = found.draft.topic
    names = {measure.key for measure in topic.glossary.measures}
    labels = {key for key, _ in topic.baseline.labels}
    measure, subject, _ = (*fact.key.split("|"), "", "")[:3]
    if fact.key in labels or not names:
        return True
    return measure in names and (bool(subject) or measure not in found.with_subject)


def period_of(fact: Fact) -> str:
    """What a fact is of: '2021/2023'; '' where the text names no time, or says what something was before."""
    return "" if fact.quantity.change is Change.FROM else fact.key.partition("#")[0].rpartition("|")[2]


def _place(fact: Fact) -> tuple[int, int]:
    """What conflicts, then what changed, then money; the best attested first."""
    rank = 0 if fact.status in CONFLICTS else BY_STATUS[fact.status] + BY_KIND.get(fact.quantity.kind, A_COUNT)
    return rank, -len({witness.outlet for witness in fact.witnesses})


def _line(fact: Fact, found: Lookup) -> KeyFigure:
    agreeing = tuple(w for w in fact.witnesses if agree(w.figure.quantity, fact.quantity))
    others = tuple(w for w in fact.witnesses if w not in agreeing)
    support = tuple(w for w in agreeing if w.independent) or agreeing  # a copy is no second witness
    is_changed = fact.status is Status.CHANGED and bool(others)
    return KeyFigure(
        fact.key,
        named(fact),
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
    counts = one.kind in COUNTED and other.kind in COUNTED  # '7 units' and '7家单位' are one count
    if not counts and (one.unit, one.currency, one.kind) != (other.unit, other.currency, other.kind):
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
