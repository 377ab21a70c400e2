"""Why a story matters, composed from what the desk found; nothing is claimed that the ledger does not hold."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, zip_longest

from briefing.compose.amounts import named
from briefing.compose.keyfigures import agree, is_clear, is_measured, period_of
from briefing.compose.lookup import BASELINE, Lookup
from briefing.compose.standing import CONFLICTS
from briefing.compose.wording import both
from briefing.model.article import Article
from briefing.model.fact import Fact, Outcome, Rule, Status, Witness
from briefing.model.figure import Change, Kind, Quantity
from briefing.model.issue import Coverage, Role
from briefing.model.judgement import Sighting
from briefing.model.story import Disposition
from briefing.model.text import Bilingual

MOST = 2  # a reader wants the reason, not the file
MANY_OUTLETS = 3
FIRSTS = 3  # figures named in one line as the first on record
RANK = (Status.SCALE_SLIP, Status.CONTRADICTED, Status.CHANGED, Status.NEW, Status.CONFIRMED)
NEWS = frozenset(RANK) - {Status.CONFIRMED}
Headed = frozenset[Decimal]
NO_HEADING: tuple[Headed, Headed] = (frozenset(), frozenset())


def reasons(
    kept: tuple[Article, ...], coverage: tuple[Coverage, ...], found: Lookup, headed: tuple[Headed, Headed] = NO_HEADING
) -> tuple[Bilingual, ...]:
    """At most two in each language, the weightiest first; one list may be shorter.

    `headed` are the amounts that the English and the Chinese heading state: what a heading says is not said again.
    """
    en, zh = (_lines(kept, coverage, found, amounts) for amounts in headed)
    nothing = Bilingual("", "")
    return tuple(Bilingual(one.en, other.zh) for one, other in zip_longest(en, zh, fillvalue=nothing))


def _lines(
    kept: tuple[Article, ...], coverage: tuple[Coverage, ...], found: Lookup, headed: Headed
) -> tuple[Bilingual, ...]:
    figures = tuple(_by_figures(kept, found, (NEWS, headed)))
    confirming = () if figures else _by_figures(kept, found, (frozenset({Status.CONFIRMED}), headed))
    confirmed = tuple(islice(confirming, 1))  # it says how many outlets there are
    told_by = _by_coverage(kept, () if confirmed else coverage, found)
    lines = dict.fromkeys((*figures, *_by_findings(kept, found), *confirmed, *told_by))
    return tuple(lines)[:MOST]


def _by_figures(
    kept: tuple[Article, ...], found: Lookup, wanted: tuple[frozenset[Status], Headed]
) -> Iterator[Bilingual]:
    statuses, headed = wanted
    sightings = [
        s
        for a in kept
        for s in found.sightings.get(a.id, ())
        if s.status in statuses and s.key in found.facts and _is_told(found.facts[s.key], found)
        if not _is_old(s, found) and (s.status in CONFLICTS or _value(s, found).amount not in headed)
    ]
    told: set[object] = set()  # labels, and amounts that are first on record: '52.7 million' charged is no revenue more
    first: list[tuple[Bilingual, Bilingual]] = []  # figures that are new: alone, and as one of several
    newest: dict[str, str] = {}
    for fact in (found.facts[s.key] for s in sightings):
        newest[fact.label.en] = max(newest.get(fact.label.en, ""), period_of(fact))
    for sighting in sorted(sightings, key=lambda s: (RANK.index(s.status), _is_count(s, found))):
        line = _by_figure(sighting, found)
        fact = found.facts[sighting.key]
        label = fact.label.en
        amount = (_value(sighting, found).amount, fact.quantity.unit)
        is_first = sighting.status is Status.NEW
        if line is not None and not {label, amount} & told and period_of(fact) == newest[label]:
            told |= {label, amount} if is_first else {label}
            if is_first:
                first.append((line, both("why.one", label=fact.label, value=_value(sighting, found))))
            else:
                yield line
    if len(first) == 1:
        yield first[0][0]
    elif first:
        shown = [item for _, item in first[:FIRSTS]]
        listed = Bilingual("; ".join(item.en for item in shown), "；".join(item.zh for item in shown))
        yield both("why.firsts", listed=listed)


def _is_old(sighting: Sighting, found: Lookup) -> bool:
    """A conversion, an odd reading that an earlier issue told, or what something was before."""
    value = _value(sighting, found)
    is_twin = found.readings[sighting.article].figures[sighting.figure].twin >= 0  # the same sum in dollars
    is_odd = sighting.status in CONFLICTS
    is_former = sighting.status is Status.CHANGED and not agree(value, found.facts[sighting.key].quantity)
    is_told = is_odd and (sighting.key, value.amount) in found.conflicts_told
    return is_twin or value.change is Change.FROM or is_former or is_told


def _is_told(fact: Fact, found: Lookup) -> bool:
    return is_measured(fact, found) and is_clear(fact, found)


def _is_count(sighting: Sighting, found: Lookup) -> bool:
    return found.facts[sighting.key].quantity.kind not in {Kind.MONEY, Kind.PERCENT}


def _by_figure(sighting: Sighting, found: Lookup) -> Bilingual | None:
    fact = found.facts[sighting.key]
    value = _value(sighting, found)
    if sighting.status is Status.NEW:
        return both("why.first", label=named(fact), value=value) if _is_first(fact, found) else None
    if sighting.against is None:
        return None
    if sighting.status is Status.CONFIRMED:
        outlets = len({w.outlet for w in fact.witnesses if w.independent and agree(w.figure.quantity, value)})
        kept = fact.quantity if agree(value, fact.quantity) else value  # 64 %, and not the six tenths of a title
        return both("why.confirmed", label=named(fact), value=kept, n=outlets) if outlets > 1 else None
    key = {Status.CHANGED: "why.changed", Status.CONTRADICTED: "why.against", Status.SCALE_SLIP: "why.slip"}
    other, source = _former(sighting.against, sighting.key, found)
    if sighting.status in CONFLICTS and not agree(value, fact.quantity):  # the reading that the desk shows comes first
        outlet = found.readings[sighting.article].article.outlet
        value, other, source = fact.quantity, value, Bilingual(outlet, outlet)
    return both(key[sighting.status], label=named(fact), value=value, other=other, source=source)


def _former(against: Witness, key: str, found: Lookup) -> tuple[Quantity, Bilingual]:
    """The other figure and who said it: what an issue told of it last, before what anybody else said."""
    told = next((t for t in reversed(found.draft.told) if t.figure.key == key), None)
    if told:
        return told.figure.quantity, both("why.in_issue", issue=found.issue_number(told.issue), outlet="")
    return against.figure.quantity, _source(against, found)


def _value(sighting: Sighting, found: Lookup) -> Quantity:
    return found.readings[sighting.article].figures[sighting.figure].quantity


def _is_first(fact: Fact, found: Lookup) -> bool:
    return all(found.is_ours(w) for w in fact.witnesses) and fact.status in {Status.NEW, Status.CONFIRMED}


def _source(witness: Witness, found: Lookup) -> Bilingual:
    """Who said the other figure: an issue that told it, the baseline, or an outlet of this issue."""
    if found.is_ours(witness):
        return Bilingual(witness.outlet, witness.outlet)
    if witness.issue == BASELINE:
        return both("why.in_baseline", outlet=witness.outlet)
    return both("why.in_issue", issue=found.issue_number(witness.issue), outlet=witness.outlet)


def _by_findings(kept: tuple[Article, ...], found: Lookup) -> Iterator[Bilingual]:
    ids = {a.id for a in kept}
    for finding in found.draft.update.findings:
        ours = any(e.article in ids for e in finding.evidence)
        if ours and finding.rule is Rule.SUM and finding.outcome is Outcome.HOLDS:
            yield both("why.adds_up", n=len(finding.parts))


def _by_coverage(kept: tuple[Article, ...], coverage: tuple[Coverage, ...], found: Lookup) -> Iterator[Bilingual]:
    outlets = len({c.outlet for c in coverage if c.role not in {Role.COPY, Role.REVISION}})
    if outlets >= MANY_OUTLETS:
        yield both("why.outlets", n=outlets)
    if found.of(Disposition.DEVELOPMENT, among=kept):
        return
    told = [n for a in kept for n in found.novelties.get(a.id, ()) if n.closest_issue]
    if told:
        issue = max(told, key=lambda novelty: novelty.overlap).closest_issue
        yield both("why.adds_baseline") if issue == BASELINE else both("why.adds", issue=found.issue_number(issue))
