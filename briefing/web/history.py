"""Looks across issues: a story's course, a figure's readings, what changed between two. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing.compose.chart import Chart, chart
from briefing.model.fact import Fact, Finding, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.issue import Correction, Coverage, Development, Extract, Issue, KeyFigure, Point, Role
from briefing.model.text import Bilingual

FOLDED = frozenset({Role.COPY, Role.REVISION})
LEAST_POINTS = 2  # one reading is no history


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one issue told of a story."""

    issue: Issue
    told: Development
    figures: tuple[KeyFigure, ...]

    @property
    def quotes(self) -> tuple[tuple[Extract, ...], ...]:
        """What each article said, in words of its own: never two outlets in one quotation."""
        found: dict[str, tuple[Extract, ...]] = {}
        for extract in self.told.extracts:
            found[extract.article] = (*found.get(extract.article, ()), extract)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Branch:
    """One text of its own, and the articles that repeat it."""

    origin: Coverage
    copies: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A story from its first issue to its last."""

    id: str
    title: Bilingual
    chapters: tuple[Chapter, ...]  # oldest first
    branches: tuple[Branch, ...]
    outlets: int  # independent ones
    corrections: tuple[Correction, ...] = ()  # of its figures, as its issues told them


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as one issue told it."""

    issue: Issue
    line: KeyFigure


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that issues and the ledger hold of one figure."""

    key: str
    label: Bilingual
    latest: KeyFigure
    readings: tuple[Reading, ...]  # oldest first
    witnesses: tuple[Witness, ...]  # oldest first
    findings: tuple[Finding, ...]
    history: tuple[Point, ...]
    status: Status
    quantity: Quantity
    note: str
    corrections: tuple[Correction, ...] = ()  # what was said since of a reading that an issue told

    def drawn(self, language: str) -> Chart | None:
        """The readings as a line; None where there is nothing to compare."""
        if len(self.history) < LEAST_POINTS:
            return None
        line = KeyFigure(self.key, self.label, self.quantity, "", self.status, (), history=self.history)
        return chart(line, language)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that stands differently at the end of a span of issues than at its beginning."""

    key: str
    label: Bilingual
    before: KeyFigure | None  # None: first told in between
    after: KeyFigure
    issue: Issue

    @property
    def moved(self) -> bool:
        """The value is another, not only its standing."""
        return self.before is not None and self.before.quantity != self.after.quantity


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reader of the older issue does not know."""

    older: Issue
    newer: Issue
    stories: tuple[Chapter, ...]
    figures: tuple[Change, ...]
    skipped: int = 0  # issues in between that were not read, because there are too many


def developments(issue: Issue) -> tuple[Development, ...]:
    return (*issue.developments, *issue.brief)


def chapters(issue: Issue, wanted: frozenset[str] = frozenset()) -> tuple[Chapter, ...]:
    """Every story of an issue with its figures; or only those wanted."""
    lines = {line.key: line for line in issue.figures}
    return tuple(
        Chapter(issue, told, tuple(lines[key] for key in told.figures if key in lines))
        for told in developments(issue)
        if not wanted or told.story in wanted
    )


def course(number: str, ids: frozenset[str], told: Iterable[Issue]) -> Course | None:
    """A story across issues. `ids` are its own and those merged into it; None where no issue tells of it."""
    found = tuple(chapter for issue in told for chapter in chapters(issue, ids))
    if not found:
        return None
    rows = {row.article: row for chapter in found for row in chapter.told.coverage}
    own = [row for row in rows.values() if row.role not in FOLDED]
    return Course(
        number,
        found[-1].told.gloss,
        found,
        tuple(Branch(row, _copies_of(row, own, rows)) for row in sorted(own, key=lambda r: r.published)),
        len({row.outlet for row in own}),
    )


def _copies_of(origin: Coverage, own: list[Coverage], rows: dict[str, Coverage]) -> tuple[Coverage, ...]:
    """Copies point to their original; one whose original is unknown stands under the first text."""
    texts = {row.article for row in own}
    first = min(own, key=lambda row: row.published)
    found = []
    for row in rows.values():
        if row.role in FOLDED:
            parent = _root(row, rows)
            if parent == origin.article or (parent not in texts and origin is first):
                found.append(row)
    return tuple(sorted(found, key=lambda row: row.published))


def _root(row: Coverage, rows: dict[str, Coverage]) -> str:
    """The text at the end of a chain of copies."""
    seen = {row.article}
    parent = row.copy_of
    while parent in rows and rows[parent].role in FOLDED and parent not in seen:
        seen.add(parent)
        parent = rows[parent].copy_of
    return parent


def record(key: str, told: Iterable[Issue], fact: Fact | None) -> Record | None:
    """A figure across issues, with its line in the ledger where there is one."""
    readings = tuple(Reading(issue, line) for issue in told for line in issue.figures if line.key == key)
    if not readings:
        return None
    latest = readings[-1].line
    said = fact.witnesses if fact else ()
    known = {(w.article, w.figure.start, w.figure.end) for w in said}
    late = (w for r in readings for w in (*r.line.witnesses, *r.line.against))
    for witness in late:
        place = (witness.article, witness.figure.start, witness.figure.end)
        if place not in known:
            known.add(place)
            said = (*said, witness)
    return Record(
        key=key,
        label=latest.label,
        latest=latest,
        readings=readings,
        witnesses=tuple(sorted(said, key=lambda w: w.published)),
        findings=_findings(key, readings, fact),
        history=_history(readings),
        status=fact.status if fact else latest.status,
        quantity=fact.quantity if fact else latest.quantity,
        note=fact.note if fact else "",
    )


def _findings(key: str, readings: tuple[Reading, ...], fact: Fact | None) -> tuple[Finding, ...]:
    """Each finding once: those of the ledger, and those that issues printed about this figure."""
    found = list(fact.findings) if fact else []
    found += [f for r in readings for f in r.issue.findings if f.key == key]
    return tuple({(f.rule, f.statement.en): f for f in found}.values())


def _history(readings: tuple[Reading, ...]) -> tuple[Point, ...]:
    """The longest history that an issue printed, else one point an issue."""
    longest = max((r.line.history for r in readings), key=len)
    if len(longest) >= LEAST_POINTS:
        return longest
    points = (Point(r.issue.slot or r.issue.made_at.date().isoformat(), r.line.quantity) for r in readings)
    return tuple(points)


def difference(
    older: Issue, between: Iterable[Issue], newer: Issue, earlier: Iterable[KeyFigure] = (), skipped: int = 0
) -> Difference:
    """What was told after `older`, up to and with `newer`; `between` oldest first.

    `earlier` are lines that an issue before `older` told last.
    """
    before = {line.key: line for line in (*earlier, *older.figures)}
    known = dict(before)
    changed: dict[str, Change] = {}
    stories: dict[str, Chapter] = {}
    for issue in (*between, newer):
        for chapter in chapters(issue):
            stories[chapter.told.story] = chapter
        for line in issue.figures:
            last = known.get(line.key)
            if last is None or (last.quantity, last.status) != (line.quantity, line.status):
                changed[line.key] = Change(line.key, line.label, before.get(line.key), line, issue)
            known[line.key] = line
    figures = tuple(change for change in changed.values() if not _back_again(change))
    return Difference(older, newer, tuple(stories.values()), figures, skipped)


def _back_again(change: Change) -> bool:
    """Went and came back: then a reader of the older issue knows it."""
    before, after = change.before, change.after
    return before is not None and (before.quantity, before.status) == (after.quantity, after.status)


def by_year(made: Iterable[tuple[str, datetime]]) -> dict[int, tuple[str, ...]]:
    """Ids of issues by the year in which they were made, newest first in each."""
    found: dict[int, tuple[str, ...]] = {}
    for number, at in sorted(made, key=lambda pair: pair[1], reverse=True):
        found[at.year] = (*found.get(at.year, ()), number)
    return found
