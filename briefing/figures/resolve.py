"""An editor's word on the ledger: a reading confirmed, two lines that are one, or are two again, one that is two."""

from collections.abc import Iterable
from dataclasses import replace

from briefing.errors import UsageError
from briefing.figures.intervals import agree
from briefing.model.decision import Act, Decision
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.judgement import LedgerUpdate, Sighting
from briefing.model.text import Bilingual

Facts = tuple[Fact, ...]

OPEN = frozenset({Status.CONTRADICTED, Status.SCALE_SLIP, Status.CHANGED})


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
        kept,
        witnesses=witnesses,
        findings=tuple(replace(f, key=into) for f in findings),
        note=note or kept.note,
        status=_status(kept, gone),
    )
    return tuple(f for f in _with(facts, one) if f.key != key)


def _status(kept: Fact, gone: Fact) -> Status:
    """A conflict on either side stays one; two lines that do not agree make one; two outlets that do confirm it."""
    for fact in (kept, gone):
        if fact.status in OPEN:
            return fact.status
    if not agree(kept.quantity, gone.quantity):
        return Status.CONTRADICTED
    outlets = {w.outlet for fact in (kept, gone) for w in fact.witnesses if w.independent}
    return Status.CONFIRMED if len(outlets) > 1 else kept.status


def unmerge(facts: Facts, gone: Fact, kept: Fact) -> Facts:
    """What was merged is two lines again: the one as it was, the other without it, with what it learnt since."""
    now = _fact(facts, kept.key)
    if any(fact.key == gone.key for fact in facts):
        raise UsageError(f"the ledger has a figure {gone.key!r} again", hint="merge that one first, or leave it so")
    (merged,) = merge((gone, kept), gone.key, kept.key)
    if replace(now, note=merged.note) == merged:
        return (*_with(facts, kept), gone)
    brought = {replace(f, key=kept.key) for f in gone.findings} - set(kept.findings)
    rest = tuple(w for w in now.witnesses if w in kept.witnesses or w not in gone.witnesses) or kept.witnesses
    is_told = any(agree(w.figure.quantity, now.quantity) for w in rest)
    back = replace(
        now,
        witnesses=rest,
        findings=tuple(f for f in now.findings if f not in brought),
        quantity=now.quantity if is_told else kept.quantity,
        status=kept.status if now.status is merged.status else now.status,
    )
    return (*_with(facts, back), gone)


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


def decided(update: LedgerUpdate, decisions: Iterable[Decision], known: Facts = ()) -> LedgerUpdate:
    """The lines that an issue touched, as the editor joined them and with the readings that the editor trusts.

    `known` is the ledger before the issue: a new line may be one of those.
    """
    facts = {fact.key: fact for fact in update.facts}
    ledger = {fact.key: fact for fact in known}
    for decision in decisions:
        fact = facts.get(decision.subject)
        if fact and decision.act is Act.CONFIRM:
            reading = reading_of(fact, decision.others[0])
            if reading:
                (facts[fact.key],) = confirm((fact,), fact.key, reading, decision.text.en)
        elif fact and decision.act is Act.JOIN:
            into, note = decision.others
            kept = facts.get(into) or ledger.get(into)
            if kept:
                del facts[fact.key]
                (facts[into],) = merge((fact, kept), fact.key, into, note)
                update = _redirected(update, fact, kept)
    return replace(update, facts=tuple(facts.values()))


def _redirected(update: LedgerUpdate, gone: Fact, kept: Fact) -> LedgerUpdate:
    """What was seen and found under one key, under the other; a value that it had already is no longer new."""
    told = agree(gone.quantity, kept.quantity)

    def moved(sighting: Sighting) -> Sighting:
        if sighting.key != gone.key:
            return sighting
        status = Status.CONFIRMED if told and sighting.status is Status.NEW else sighting.status
        return replace(sighting, key=kept.key, status=status)

    return replace(
        update,
        sightings=tuple(moved(sighting) for sighting in update.sightings),
        findings=tuple(replace(f, key=kept.key) if f.key == gone.key else f for f in update.findings),
    )


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
