"""The ledger before the first issue: what the baseline's records make of it."""

from dataclasses import replace
from functools import lru_cache

from briefing.figures import checks, crosschecks, standing
from briefing.figures.labels import label_of
from briefing.model.fact import Evidence, Fact, Outcome, Rule, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.text import Bilingual
from briefing.model.topic import Baseline, BaselineArticle, Glossary

BASELINE = "baseline"


@lru_cache(maxsize=8)
def of_baseline(baseline: Baseline) -> tuple[Fact, ...]:
    """The ledger before the first issue: every recorded figure under its key, with the findings that it gives."""
    facts: dict[str, Fact] = {}
    labels = dict(baseline.labels)
    for article in sorted(baseline.articles, key=lambda a: a.published):
        _enter_record(facts, article, labels)
        for finding in checks.findings_of(article.witnesses):
            key = _key_for(article, finding.evidence[0])
            fact = facts.get(key)
            if fact and finding.outcome is not Outcome.NOT_RUN:
                findings = crosschecks.joined(fact.findings, replace(finding, key=key))
                facts[key] = replace(fact, findings=findings)
    return tuple(_settled(fact) for fact in facts.values())


def _enter_record(facts: dict[str, Fact], article: BaselineArticle, labels: dict[str, Bilingual]) -> None:
    for witness, key in zip(article.witnesses, article.keys, strict=True):
        if not key or witness.figure.twin >= 0:
            continue
        mine = replace(witness, issue=BASELINE)
        fact = facts.get(key)
        if fact is None:
            label = labels.get(key) or label_of(witness.figure, Glossary())
            facts[key] = Fact(key, label, mine.figure.quantity, (mine,), Status.NEW, first_issue=BASELINE)
        elif not any(w.article == mine.article and w.figure.quantity == mine.figure.quantity for w in fact.witnesses):
            facts[key] = replace(fact, witnesses=(*fact.witnesses, mine))


def _key_for(article: BaselineArticle, evidence: Evidence) -> str:
    spans = [(w.figure.start, w.figure.end, w.quote) for w in article.witnesses]
    return article.keys[spans.index((evidence.start, evidence.end, evidence.quote))]


def _settled(fact: Fact) -> Fact:
    """What the witnesses of one key make of it together, oldest first."""
    first, *others = fact.witnesses
    status, findings = fact.status, fact.findings
    for witness in others:
        how, power = standing.between(first.figure.quantity, witness.figure.quantity)
        one = replace(fact, witnesses=(first,), findings=findings)
        finding = crosschecks.across(one, witness, how, power)
        findings = crosschecks.joined(findings, finding)
        if status not in {Status.SCALE_SLIP, Status.CONTRADICTED} and (
            how is not Status.CONFIRMED or witness.outlet != first.outlet
        ):
            status = how
    slips = [f for f in findings if f.rule is Rule.SLIP and not f.parts]
    findings = tuple(crosschecks.upheld(f, findings) if f in slips else f for f in findings)
    quantity = crosschecks.shown(fact.witnesses, findings)
    witnesses = tuple(_judged(w, first, quantity) for w in fact.witnesses)
    return replace(fact, status=status, findings=findings, quantity=quantity, witnesses=witnesses)


def _judged(witness: Witness, first: Witness, shown: Quantity) -> Witness:
    """A recorded witness with the standing that it has against the reading shown."""
    how, _ = standing.between(shown, witness.figure.quantity)
    return witness if witness is first and how is Status.CONFIRMED else replace(witness, status=how)
