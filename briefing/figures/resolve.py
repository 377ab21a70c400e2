"""An editor's word on the ledger: a reading confirmed, two lines that are one, one line that is two."""

from collections.abc import Iterable
from dataclasses import replace

from briefing.errors import UsageError
from briefing.figures.intervals import agree
from briefing.model.decision import Act, Decision
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.judgement import LedgerUpdate
from briefing.model.text import Bilingual

Facts = tuple[Fact, ...]


def confirm(facts: Facts, key: str, reading: Quantity, note: str = "") -> Facts:
    """The fact with the reading that the editor trusts; witnesses of other readings stay, against it."""
    fact = _fact(facts, key)
    if not any(agree(w.figure.quantity, reading) for w in fact.witnesses):
        raise UsageError(
            f"no witness of {key!r} gives that figure", hint="`briefing figures show KEY` lists the readings"
        )
    settled = replace(fact, quantity=reading, status=Status.CONFIRMED, note=note or fact.note)
    return _with(facts, settled)


def merge(facts: Facts, key: str, into: str, note: str = "") -> Facts:
    """Two lines that are one: all witnesses, oldest first, under the key of the second."""
    gone, kept = _fact(facts, key), _fact(facts, into)
    if key == into:
        raise UsageError("a fact cannot be merged with itself")
    witnesses = tuple(sorted((*kept.witnesses, *gone.witnesses), key=lambda w: w.published))
    findings = (*kept.findings, *(f for f in gone.findings if f not in kept.findings))
    one = replace(
        kept, witnesses=witnesses, findings=tuple(replace(f, key=into) for f in findings), note=note or kept.note
    )
    return tuple(f for f in _with(facts, one) if f.key != key)


def split(facts: Facts, key: str, articles: frozenset[str], new_key: str, label: Bilingual) -> Facts:
    """One line that is two: the witnesses of these articles move to a line of their own."""
    fact = _fact(facts, key)
    moved = tuple(w for w in fact.witnesses if w.article in articles)
    stay = tuple(w for w in fact.witnesses if w.article not in articles)
    if not moved or not stay:
        raise UsageError(f"a split of {key!r} must leave a witness on both sides")
    if any(f.key == new_key for f in facts):
        raise UsageError(f"the ledger has a figure {new_key!r} already")
    return (*_with(facts, _of(fact, fact.key, fact.label, stay)), _of(fact, new_key, label, moved))


def decided(update: LedgerUpdate, decisions: Iterable[Decision]) -> LedgerUpdate:
    """The lines that an issue touched, with the readings that the editor trusts."""
    facts = {fact.key: fact for fact in update.facts}
    for decision in decisions:
        fact = facts.get(decision.subject)
        if decision.act is Act.CONFIRM and fact:
            reading = reading_of(fact, decision.others[0])
            if reading:
                (facts[fact.key],) = confirm((fact,), fact.key, reading, decision.text.en)
    return replace(update, facts=tuple(facts.values()))


def reading_of(fact: Fact, surface: str) -> Quantity | None:
    """The quantity that a witness wrote in these words."""
    return next((w.figure.quantity for w in fact.witnesses if w.figure.surface == surface), None)


def _of(fact: Fact, key: str, label: Bilingual, witnesses: tuple[Witness, ...]) -> Fact:
    """A fact on some of the witnesses; findings that quote others stay behind."""
    articles = {w.article for w in witnesses}
    findings = tuple(replace(f, key=key) for f in fact.findings if all(e.article in articles for e in f.evidence))
    quantity = (
        fact.quantity
        if any(agree(w.figure.quantity, fact.quantity) for w in witnesses)
        else witnesses[0].figure.quantity
    )
    outlets = {w.outlet for w in witnesses if w.independent}
    status = Status.CONFIRMED if len(outlets) > 1 else Status.NEW
    return replace(fact, key=key, label=label, witnesses=witnesses, findings=findings, quantity=quantity, status=status)


def _fact(facts: Facts, key: str) -> Fact:
    found = next((f for f in facts if f.key == key), None)
    if found is None:
        raise UsageError(f"the ledger has no figure {key!r}", hint="`briefing figures` lists the keys")
    return found


def _with(facts: Facts, changed: Fact) -> Facts:
    return tuple(changed if f.key == changed.key else f for f in facts)
