"""The key-figures table: one line a fact that this issue touched, with who supports it and who does not."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from briefing.compose.amounts import COUNTED, named
from briefing.compose.lookup import BASELINE, Lookup
from briefing.compose.standing import CONFLICTS, refuted
from briefing.model.article import Part
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Approximation, Change, Kind, Quantity
from briefing.model.issue import KeyFigure, Point
from briefing.model.topic import Measure

MOST = 24
PARTS = tuple(Part)  # title, summary, text: what an article says first is its own word
BARE, SMALL = frozenset("个家项款起种条件名宗次份"), 10  # '4项' beside the word 产品 may be four of anything
CURRENCY = re.compile("[A-Z]{3}")
SHOWN = CONFLICTS | {Status.CHANGED, Status.NEW, Status.CONFIRMED}
# What a reader came for first: a sum that is confirmed is worth more than a count that is new.
BY_STATUS = {Status.CHANGED: 1, Status.NEW: 2, Status.CONFIRMED: 3, Status.AGAIN: 4}
AN_OLD_CONFLICT = 3  # one that an earlier issue has told: it stays marked, and is no news
BY_KIND = {Kind.MONEY: 0, Kind.PERCENT: 1}
A_COUNT = 2
OPEN = Decimal("1.5")  # who writes 'over 30 million' of 36 million is right, of 50 million he is not
OPEN_UP = frozenset({Approximation.OVER, Approximation.AT_LEAST})
OPEN_DOWN = frozenset({Approximation.NEARLY, Approximation.AT_MOST})
READ_ANEW = frozenset({Status.NEW, Status.CHANGED})  # what is off by ten or said once more is no point of a curve
A_HISTORY = 3  # two readings are a change, three are a curve


def key_figures(found: Lookup) -> tuple[KeyFigure, ...]:
    """The figures that this issue touched; in a first issue all that are known."""
    draft = found.draft
    touched = (fact for fact in draft.update.facts if is_told(fact, found))
    facts = (*touched,) if draft.previous else (*draft.facts, *draft.update.facts)
    known = {fact.key: fact for fact in facts if fact.status in SHOWN and fact.label.en and is_measured(fact, found)}
    wanted = {key: replace(fact, status=status_of(fact, found)) for key, fact in known.items() if is_clear(fact, found)}
    tested = {finding.key for finding in draft.update.findings}
    by_label: dict[str, Fact] = {}
    newest = sorted(sorted(wanted.values(), key=lambda f: ("#" in f.key, f.key)), key=period_of, reverse=True)
    for fact in sorted(newest, key=lambda f: (_place(f, found), f.key not in tested)):
        by_label.setdefault(fact.label.en, fact)  # further readings under one label are its parts, or its neighbours
    return tuple(_line(fact, found) for fact in list(by_label.values())[:MOST])


def is_told(fact: Fact, found: Lookup) -> bool:
    """Whether an article that the issue shows gives it, or any gives another reading: a copy's figures are no news."""
    now = found.statuses.get(fact.key, frozenset())
    return not now or fact.key in found.shown or bool(now & CONFLICTS)


def status_of(fact: Fact, found: Lookup) -> Status:
    """Where a line stands in this issue: what an earlier one changed is not changed once more by being repeated."""
    now = found.statuses.get(fact.key, frozenset())
    if fact.status in CONFLICTS and not (Status.CHANGED in now and _is_old_conflict(fact, found)):
        return fact.status
    if Status.CHANGED in now:
        return Status.CHANGED
    if fact.status is not Status.CHANGED or not now:
        return fact.status
    return Status.CONFIRMED if Status.CONFIRMED in now else Status.AGAIN


def is_clear(fact: Fact, found: Lookup) -> bool:
    """Whether it can be told which of several new readings of one measure this is.

    Three prices of three lots are no 'price': one of them alone stands for it only where parts or rate were held
    against it, or where more outlets give it than any other.
    """
    rivals = _rivals(fact.key, found)
    if len(rivals) < A_COUNT or fact.key not in rivals:
        return True
    tested = {finding.key for finding in found.draft.update.findings if finding.parts}
    best = max(_weight(rival, tested) for rival in rivals.values())
    return _weight(fact, tested) == best and sum(_weight(rival, tested) == best for rival in rivals.values()) == 1


def _rivals(key: str, found: Lookup) -> dict[str, Fact]:
    """What this issue first reads under one measure, subject and period."""
    place = key.partition("#")[0]
    facts = (found.facts[other] for other in found.touched.get(place, ()))
    return {fact.key: fact for fact in facts if all(found.is_ours(w) for w in fact.witnesses)}


def _weight(fact: Fact, tested: Iterable[str]) -> tuple[bool, int]:
    return fact.key in tested, len({w.outlet for w in fact.witnesses if w.independent})


def is_measured(fact: Fact, found: Lookup) -> bool:
    """Whether the topic names what is measured, and of whom where others have it too.

    Words picked from a sentence are no line of a table, nor is one of many amounts that nobody is named for.
    """
    topic = found.draft.topic
    known = {measure.key: measure for measure in topic.glossary.measures}
    labels = {key for key, _ in topic.baseline.labels}
    measure, subject, _ = (*fact.key.split("|"), "", "")[:3]
    if fact.key in labels or not known:
        return True
    if measure not in known or not (subject or measure not in found.with_subject):
        return False
    return is_named(fact) and not _is_of_a_plan(fact, known[measure])


def is_named(fact: Fact) -> bool:
    """Whether words beside the figure name its measure, or two outlets were read to measure one sum so.

    A small count that only stands near such words may count anything.
    """
    outlets = {w.outlet for w in fact.witnesses if w.independent}
    is_bare = fact.quantity.unit in BARE and fact.quantity.amount < SMALL
    if any((w.figure.sure and not is_bare) or w.issue == BASELINE for w in fact.witnesses):
        return True
    return (fact.quantity.kind in BY_KIND or is_bare) and len(outlets) >= A_COUNT


def _is_of_a_plan(fact: Fact, measure: Measure) -> bool:
    """'31 % of the yearly plan' is no revenue: a share of a sum of money is told only as its rise or fall."""
    quantity = fact.quantity
    is_share = quantity.kind in {Kind.PERCENT, Kind.FRACTION} and quantity.change not in {Change.UP_BY, Change.DOWN_BY}
    return is_share and any(CURRENCY.fullmatch(unit) for unit in measure.units)


def period_of(fact: Fact) -> str:
    """What a fact is of: '2021/2023'; '' where the text names no time, or says what something was before."""
    return "" if fact.quantity.change is Change.FROM else fact.key.partition("#")[0].rpartition("|")[2]


def _place(fact: Fact, found: Lookup) -> tuple[int, int]:
    """What conflicts, then what changed, then money; the best attested first."""
    if fact.status in CONFLICTS:
        rank = AN_OLD_CONFLICT if _is_old_conflict(fact, found) else 0
    elif refuted(fact.key, fact.quantity, found.draft.update.findings):
        rank = 0
    else:
        rank = BY_STATUS[fact.status] + BY_KIND.get(fact.quantity.kind, A_COUNT)
    return rank, -len({witness.outlet for witness in fact.witnesses})


def _is_old_conflict(fact: Fact, found: Lookup) -> bool:
    """Whether an earlier issue has told all that stands against it."""
    told = found.conflicts_told
    odd = (w for w in fact.witnesses if w.status in CONFLICTS and not agree(w.figure.quantity, fact.quantity))
    return any(key == fact.key for key, _ in told) and all((fact.key, w.figure.quantity.amount) in told for w in odd)


def _own(witnesses: tuple[Witness, ...]) -> tuple[Witness, ...]:
    """Each article with its own reading, what it revises or gives first: another's that it quotes is not its word."""
    first: dict[str, Witness] = {}
    order = sorted(witnesses, key=lambda w: (PARTS.index(w.figure.part), w.figure.start))
    for witness in sorted(order, key=lambda w: w.status is not Status.CHANGED):
        first.setdefault(witness.article, witness)
    return tuple(w for w in witnesses if agree(w.figure.quantity, first[w.article].figure.quantity))


def _line(fact: Fact, found: Lookup) -> KeyFigure:
    witnesses = _own(fact.witnesses)
    agreeing = tuple(w for w in witnesses if agree(w.figure.quantity, fact.quantity))
    others = tuple(w for w in witnesses if w not in agreeing)
    support = tuple(w for w in agreeing if w.independent) or agreeing  # a copy is no second witness
    is_changed = Status.CHANGED in found.statuses.get(fact.key, frozenset()) or fact.status is Status.CHANGED
    former = tuple(
        w for w in others if _has_changed(fact) and w.status not in CONFLICTS
    )  # what it was is not against it
    before = next((t.figure.quantity for t in reversed(found.draft.told) if t.figure.key == fact.key), None)
    if before is None or agree(before, fact.quantity):
        before = former[-1].figure.quantity if former else None
    return KeyFigure(
        fact.key,
        named(fact),
        fact.quantity,
        support[0].figure.surface if support else "",
        fact.status,
        support,
        against=tuple(w for w in others if w not in former),
        was=before if is_changed else None,
        story=fact.story,
        history=_history(fact, found),
    )


def _has_changed(fact: Fact) -> bool:
    """Whether the reading shown took the place of an earlier one, in this issue or before."""
    changed = (w for w in fact.witnesses if w.status is Status.CHANGED)
    return fact.status is Status.CHANGED or any(agree(w.figure.quantity, fact.quantity) for w in changed)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two readings can be one quantity, given how finely each was written."""
    one, other = _as_share(one), _as_share(other)
    counts = one.kind in COUNTED and other.kind in COUNTED  # '7 units' and '7家单位' are one count
    if not counts and (one.unit, one.currency, one.kind) != (other.unit, other.currency, other.kind):
        return False
    slack = max(one.half_unit, other.half_unit)
    (low, high), (least, most) = _open(one), _open(other)
    return low - slack <= most and least - slack <= high


def _as_share(quantity: Quantity) -> Quantity:
    """'A tenth' and '10 %' are one share."""
    if quantity.kind is not Kind.FRACTION:
        return quantity
    low, high, half = (100 * part for part in (quantity.low, quantity.high, quantity.half_unit))
    return replace(quantity, low=low, high=high, half_unit=half, kind=Kind.PERCENT, unit="percent")


def _open(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """From where to where the written words are true: 'over 30 million' of 36 million too."""
    low, high = quantity.low, quantity.high
    if low <= 0:
        return low, high
    if quantity.approximation in OPEN_UP:
        return low, high * OPEN
    return (low / OPEN if quantity.approximation in OPEN_DOWN else low), high


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
    for witness in sorted(fact.witnesses, key=lambda w: (w.published, w.figure.period)):
        is_new = not own or (witness.status in READ_ANEW and not agree(own[-1].quantity, witness.figure.quantity))
        if witness.independent and is_new:
            own.append(_point(witness, witness.published.date().isoformat(), witness.figure.quantity))
    return tuple(own) if _has_changed(fact) and len(own) >= A_HISTORY else ()


def _is_year(period: str) -> bool:
    return len(period) == len("2024") and period.isdecimal()


def _point(witness: Witness, when: str, quantity: Quantity) -> Point:
    return Point(when, quantity, witness.outlet, witness.address)
