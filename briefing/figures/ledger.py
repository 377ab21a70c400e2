"""The ledger: every figure of an issue against what is known, and what that makes of it.

A copy, or an outlet that repeats itself, never confirms. Hosts of unknown tier never enter. Nothing is corrected or
averaged: a fact shows the reading that parts and conversion support, else the one with more independent witnesses, and
keeps the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.figures import crosschecks, headings, mentions, retelling, standing
from briefing.figures.book import Index, Line, Names, Reading
from briefing.figures.intervals import agree, power, significant, unit_class
from briefing.figures.labels import label_of
from briefing.figures.recorded import BASELINE, of_baseline
from briefing.figures.standing import Standing
from briefing.figures.stated import key_of
from briefing.model.article import Article
from briefing.model.fact import Fact, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Approximation, Figure, Kind
from briefing.model.judgement import LedgerUpdate, Sighting
from briefing.model.source import Tier
from briefing.model.topic import Glossary

COUNTED = frozenset(
    {
        Kind.MONEY,
        Kind.COUNT,
        Kind.PERCENT,
        Kind.PERCENTAGE_POINT,
        Kind.BASIS_POINT,
        Kind.AREA,
        Kind.DURATION,
        Kind.MULTIPLE,
        Kind.FRACTION,
        Kind.OTHER,
    }
)
LAST = frozenset({Status.AGAIN, Status.SCALE_SLIP})  # entered after what they are measured against
UNPLACED = frozenset({Status.NEW, Status.UNBOUND})
KNOWN = frozenset({Status.CONFIRMED, Status.CHANGED, Status.SCALE_SLIP})  # of another article
SOME = 2  # digits
MOST_WITNESSES = 60  # of one fact; the first and the newest are kept


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article with its figures and what its own figures say about each other."""

    article: Article
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...] = ()


def enter(
    facts: tuple[Fact, ...],
    sheets: tuple[Sheet, ...],
    copies: Mapping[str, str],
    issue: str,
    glossary: Glossary | None = None,
    *,
    stories: Iterable[tuple[str, ...]] = (),
) -> LedgerUpdate:
    """The ledger after these articles, in reading order. `copies` maps an article to the one that it copies.

    `stories` are ids of articles that tell of one event: the equal amounts of two are one figure.
    """
    book = _Book(facts, glossary or Glossary(), stories)
    for sheet in sheets:
        book.read(sheet, copies.get(sheet.article.id, ""), issue)
    book.uphold()
    return LedgerUpdate(tuple(book.touched()), tuple(book.sightings), tuple(book.findings))


class _Book:
    """The facts while an issue is entered: by key, with what was touched."""

    def __init__(self, facts: tuple[Fact, ...], glossary: Glossary, stories: Iterable[tuple[str, ...]]) -> None:
        self.stories = {article: frozenset(story) for story in stories for article in story}
        self.facts = {fact.key: fact for fact in facts}
        self.lines = Index(Line.of(fact) for fact in facts)
        self.glossary = glossary
        self.names = Names.of(glossary)
        self.changed: dict[str, None] = {}
        self.sightings: list[Sighting] = []
        self.findings: list[Finding] = []
        self.slips: list[Finding] = []  # those between witnesses

    def touched(self) -> list[Fact]:
        return [self.facts[key] for key in self.changed]

    def read(self, sheet: Sheet, original: str, issue: str) -> None:
        """One article: first where each figure stands, then all of it is entered, so that it cannot confirm itself."""
        figures = mentions.lent(sheet.figures)
        beside = self.stories.get(sheet.article.id, frozenset())
        reading = retelling.read(Reading.of(sheet.article, figures, self.names), self.lines, BASELINE, beside)
        placed = self._odd_here(reading, self._placed(reading), sheet.findings)
        keys: dict[str, str] = {}
        usable = sheet.article.tier is not Tier.UNKNOWN
        for position in sorted(placed):
            figure, found = figures[position], placed[position]
            keys.setdefault(key_of(sheet.figures[position]), found.key)
            status = self._status(sheet.article, figure, found, original)
            self.sightings.append(Sighting(sheet.article.id, position, found.key, status, found.against, found.power))
        for position in sorted(placed, key=lambda p: (placed[p].status in LAST, p)):
            figure, found = figures[position], placed[position]
            if found.key and usable and figure.twin < 0:
                status = self._status(sheet.article, figure, found, original)
                self._enter(sheet.article, figure, (found, status, original, issue))
        found_here = [replace(f, key=keys.get(f.key, "") or f.key) for f in sheet.findings]
        self.findings += found_here
        for finding in found_here if usable else ():
            self._attach(finding)

    def _placed(self, reading: Reading) -> dict[int, Standing]:
        """The standing of every figure: exact ones first, conversions after what they convert.

        Mentions of one amount alike.
        """
        counted = [i for i, f in enumerate(reading.figures) if f.quantity.kind in COUNTED]
        placed: dict[int, Standing] = {}
        new: dict[str, list[int]] = {}  # keys that this article brings
        for i in sorted(
            counted, key=lambda i: (reading.figures[i].quantity.approximation is not Approximation.EXACT, i)
        ):
            if reading.figures[i].twin < 0:
                here = self._placed_here(reading, i, new)
                turned = standing.as_turned(reading, i, self.lines) if here else None
                placed[i] = turned or here or standing.of_figure(reading, i, self.lines)
                if placed[i].status is Status.NEW:
                    new.setdefault(placed[i].key, []).append(i)
        for i in counted:
            placed.setdefault(i, placed.get(reading.figures[i].twin, Standing("", Status.UNBOUND)))
        return _counted_again(reading, _alike(reading.figures, placed))

    def _odd_here(
        self, reading: Reading, placed: dict[int, Standing], findings: tuple[Finding, ...]
    ) -> dict[int, Standing]:
        """The same with what the article itself says of it: headings, totals and shares against their own amounts."""
        figures = reading.figures
        for i, right in headings.slips(figures, findings, self.names).items():
            there = placed[right]
            if there.key and placed[i].status not in KNOWN:
                slip = power(figures[i].quantity, figures[right].quantity)
                placed[i] = Standing(there.key, Status.SCALE_SLIP, there.against, slip)
        for i, finer in headings.roundings(figures).items():
            whole = placed.get(finer)
            if whole and whole.key and i in placed and placed[i].status in UNPLACED:
                placed[i] = replace(whole, status=Status.AGAIN if whole.status is Status.NEW else whole.status)
        for i in headings.miscounted(figures, findings):
            if placed[i].status is Status.NEW:
                placed[i] = replace(placed[i], status=Status.CONTRADICTED)
        for i, slip in headings.refuted(figures, findings).items():
            if placed[i].status is Status.NEW:
                placed[i] = replace(placed[i], status=Status.SCALE_SLIP, power=slip)
        return placed

    def _placed_here(self, reading: Reading, i: int, new: dict[str, list[int]]) -> Standing | None:
        """A figure that the same article told before: in other words, or rounded."""
        figure = reading.figures[i]
        for key, members in new.items():
            first = reading.figures[members[0]]
            if first.measure == figure.measure and first.measure and agree(first.quantity, figure.quantity):
                return Standing(key, Status.NEW)
        return None

    def _status(self, article: Article, figure: Figure, found: Standing, original: str) -> Status:
        """A copy, or an outlet that said it before, repeats; it does not confirm."""
        if found.status is Status.CONFIRMED and found.key in self.facts:
            fact = self.facts[found.key]
            seen = {
                w.outlet
                for w in fact.witnesses
                if w.article != article.id and agree(w.figure.quantity, figure.quantity)
            }
            if original or article.outlet in seen:
                return Status.AGAIN
        return found.status

    def _enter(self, article: Article, figure: Figure, entry: tuple[Standing, Status, str, str]) -> None:
        found, status, original, issue = entry
        fact = self.facts.get(found.key)
        witness = _witness(
            article, figure, independent=not original and status is not Status.AGAIN, issue=issue, status=status
        )
        if fact is None:
            label = label_of(figure, self.glossary)
            fact = Fact(found.key, label, figure.quantity, (witness,), status, first_issue=issue)
        elif any(w.article == article.id and w.figure.quantity == figure.quantity for w in fact.witnesses):
            self.changed[found.key] = None
            return
        else:
            fact = self._joined(fact, witness, status, found)
        self.lines.put(Line.of(fact))
        self.facts[found.key] = fact
        self.changed[found.key] = None

    def _joined(self, fact: Fact, witness: Witness, status: Status, found: Standing) -> Fact:
        """The fact with one more witness; findings across articles are made here."""
        witnesses = (*fact.witnesses, witness)
        if len(witnesses) > MOST_WITNESSES:
            witnesses = (witnesses[0], *witnesses[-MOST_WITNESSES + 1 :])
        finding = crosschecks.across(fact, witness, status, found.power)
        if finding:
            self.findings.append(finding)
        if finding and finding.rule is Rule.SLIP:
            self.slips.append(finding)
        findings = crosschecks.joined(fact.findings, finding)
        told = witness.figure.quantity
        quantity = crosschecks.shown(witnesses, findings)
        if status is Status.CONFIRMED and not agree(told, quantity):
            status = Status.AGAIN  # an earlier reading told once more: the line stays as it is
        return replace(
            fact, witnesses=witnesses, quantity=quantity, status=_line_status(fact, status), findings=findings
        )

    def uphold(self) -> None:
        """Which side of each slip parts and conversion support: said last, as the proof may be read after the slip."""
        for slip in self.slips:
            fact = self.facts[slip.key]
            proved = crosschecks.upheld(slip, fact.findings)
            self.facts[fact.key] = replace(fact, findings=tuple(proved if f == slip else f for f in fact.findings))
            self.findings = [proved if f == slip else f for f in self.findings]

    def _attach(self, finding: Finding) -> None:
        fact = self.facts.get(finding.key)
        if fact and finding.outcome is not Outcome.NOT_RUN:
            findings = crosschecks.joined(fact.findings, finding)
            shown = crosschecks.shown(fact.witnesses, findings)
            status = Status.CONTRADICTED if crosschecks.is_short(finding, shown) else fact.status
            self.facts[fact.key] = replace(fact, findings=findings, quantity=shown, status=_line_status(fact, status))


def _alike(figures: tuple[Figure, ...], placed: dict[int, Standing]) -> dict[int, Standing]:
    """Mentions of one amount and one measure take the most telling standing among them."""
    groups: dict[tuple[object, str], list[int]] = {}
    for i in placed:
        groups.setdefault((mentions.amount_of(figures[i]), figures[i].measure), []).append(i)
    return {i: standing.merged([placed[i] for i in members]) for members in groups.values() for i in members}


def _counted_again(reading: Reading, placed: dict[int, Standing]) -> dict[int, Standing]:
    """A small count that the article gives once as known is known in its other words too: 'four of the seven units'."""
    figures = {
        i: reading.figures[i]
        for i in placed
        if reading.figures[i].quantity.kind is Kind.COUNT and significant(reading.figures[i].quantity) < SOME
    }
    known = {i: figure for i, figure in figures.items() if placed[i].status is Status.CONFIRMED}
    for i in [i for i in figures if placed[i].status is Status.NEW]:
        again = next((j for j, other in known.items() if _counts_the_same(reading, figures[i], other)), None)
        if again is not None:
            placed[i] = replace(placed[again], status=Status.AGAIN)
    return placed


def _counts_the_same(reading: Reading, one: Figure, other: Figure) -> bool:
    nouns = unit_class(one.quantity), unit_class(other.quantity)
    return (
        nouns[0] == nouns[1] and agree(one.quantity, other.quantity) and reading.names.same(one.subject, other.subject)
    )


def _line_status(fact: Fact, status: Status) -> Status:
    """What the line of the table says: a repeat changes nothing, a confirmation does not settle a conflict."""
    if status is Status.AGAIN or (
        status is Status.CONFIRMED and fact.status in {Status.CONTRADICTED, Status.SCALE_SLIP}
    ):
        return fact.status
    return status


def _witness(article: Article, figure: Figure, *, independent: bool, issue: str, status: Status) -> Witness:
    quote = next((s.text for s in article.sentences if s.number == figure.sentence), figure.surface)
    return Witness(
        article.id,
        article.outlet,
        article.tier,
        article.link,
        article.dates.published,
        figure,
        quote,
        independent,
        issue,
        status,
    )


__all__ = ["BASELINE", "Rule", "Sheet", "enter", "of_baseline"]
