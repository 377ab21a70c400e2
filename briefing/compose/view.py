"""What one rendering shows of an issue: the same facts for mail, text and page, cut to the room there is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from briefing.compose.budget import Room
from briefing.compose.sums import SumBox, doubts, sum_boxes
from briefing.compose.wording import Words, code, local
from briefing.model.fact import Finding, Outcome
from briefing.model.issue import (
    Coverage,
    Development,
    Event,
    EventStatus,
    Extract,
    Headline,
    HealthState,
    Issue,
    KeyFigure,
    LeftOut,
    Role,
    SourceHealth,
    Start,
)
from briefing.model.story import Disposition

SIGNS = {
    "new": "+", "changed": "Δ", "confirmed": "✓", "contradicted": "≠", "scale-slip": "≠", "conflict": "≠",
    "doubted": "≠", "ahead": "›", "update": "Δ", "correction": "≠", "unbound": "·", "again": "·", "known": "·",
    "slip-elsewhere": "≠",
}  # fmt: skip
TONES = {  # which colours a status is told in; the word always stands beside
    "new": "n", "changed": "c", "confirmed": "f", "contradicted": "x", "scale-slip": "x", "conflict": "x",
    "doubted": "x", "ahead": "q", "update": "c", "correction": "x", "unbound": "q", "again": "q", "known": "q",
    "slip-elsewhere": "x",
}  # fmt: skip
WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 220, 420
NAMES = 4  # of sources that failed, in the one line on health
ANSWERED = frozenset({HealthState.OK, HealthState.UNCHANGED, HealthState.EMPTY, HealthState.SILENT})
ASKED = ANSWERED | {HealthState.FAILED}


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the counts under the masthead."""

    number: int
    key: str
    tone: str


@dataclass(frozen=True, slots=True)
class Group:
    """A reason for leaving out, and how often it was met."""

    key: str
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class View:
    """The issue cut to its room. `*_more` counts what is only on the web."""

    date: str
    minutes: int
    is_first: bool
    strip: tuple[Cell, ...]
    figures: tuple[KeyFigure, ...]
    figures_more: int
    sums: tuple[SumBox, ...]
    doubts: tuple[Finding, ...]
    stories: tuple[Development, ...]
    brief: tuple[Development, ...]
    start: tuple[Start, ...]
    start_more: int
    stories_more: int
    timeline: tuple[Event, ...]
    timeline_more: int
    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]


def view(issue: Issue, language: str, room: Room) -> View:
    """What of the issue is shown."""
    stories = issue.developments[: room.stories]
    brief = (*issue.developments[room.stories :], *issue.brief)
    timeline = _timeline(issue.timeline, room.timeline)
    undated = tuple(fact for fact in issue.start if not fact.when)
    is_first = not issue.previous and bool(issue.baseline)
    return View(
        date=issue.slot or local(issue.made_at, issue.zone).isoformat(),
        minutes=_minutes(issue, stories, language),
        is_first=is_first,
        strip=_strip(issue, is_first=is_first),
        figures=issue.figures[: room.figures],
        figures_more=max(0, len(issue.figures) - room.figures),
        sums=sum_boxes(issue, language)[: room.sums],
        doubts=doubts(issue)[: room.doubts],
        stories=stories,
        brief=brief[: room.brief],
        start=undated[: room.start],
        start_more=max(0, len(undated) - room.start),
        stories_more=max(0, len(brief) - room.brief),
        timeline=timeline,
        timeline_more=len(issue.timeline) - len(timeline),
        groups=_groups(issue),
        left_out=issue.left_out if room.whole else (),
    )


def _strip(issue: Issue, *, is_first: bool) -> tuple[Cell, ...]:
    counts = issue.counts
    conflict = Cell(counts.figures_conflicting, "count.conflict", "x")
    if is_first and not issue.developments:
        made = sum(finding.outcome is not Outcome.NOT_RUN for finding in issue.findings)
        return (
            Cell(len(issue.baseline), "count.start", "n"),
            Cell(len(issue.figures), "count.known", "f"),
            conflict,
            Cell(made, "count.checks", "q"),
        )
    stories = Cell(len(issue.developments) + len(issue.brief), "count.stories", "n")
    new, changed = Cell(counts.figures_new, "count.figures", "n"), Cell(counts.figures_changed, "count.changed", "c")
    return (
        stories,
        changed if counts.figures_changed else new,
        conflict,
        Cell(counts.folded + counts.left_out, "count.left_out", "q"),
    )


def _minutes(issue: Issue, stories: tuple[Development, ...], language: str) -> int:
    text = " ".join(
        f"{s.gloss.written(language)} {' '.join(w.written(language) for w in s.why)} "
        + " ".join(e.text for e in told(s, language))
        for s in stories
    )
    text += " ".join(f"{h.lead.written(language)} {h.rest.written(language)}" for h in issue.headlines)
    text += " ".join(e.text.written(language) for e in issue.timeline)
    rows = len(issue.figures) * 6
    if code(language) == "zh":
        return max(1, ceil((len(text) + rows * 2) / CHARACTERS_A_MINUTE))
    return max(1, ceil((len(text.split()) + rows) / WORDS_A_MINUTE))


def told(story: Development, language: str) -> tuple[Extract, ...]:
    """The extracts in the issue's language where there are any, else the lead's."""
    chinese = code(language) == "zh"
    same = tuple(e for e in story.extracts if e.language.is_chinese == chinese)
    if same:
        return same
    lead = story.coverage[0].article if story.coverage else ""
    return tuple(e for e in story.extracts if e.article == lead) or story.extracts


def _timeline(events: tuple[Event, ...], room: int) -> tuple[Event, ...]:
    """All that is ahead or new first; then the latest of what is known."""
    order = sorted(events, key=lambda e: (e.status is EventStatus.KNOWN, e.status is EventStatus.NEW, _backwards(e)))
    kept = {id(event) for event in order[:room]}
    return tuple(event for event in events if id(event) in kept)


def _backwards(event: Event) -> tuple[int, ...]:
    return tuple(-ord(character) for character in event.when)


def reason_key(item: LeftOut) -> str:
    """The wording for the kind of reason."""
    return "adjacent" if item.adjacent and item.disposition is Disposition.OFF_TOPIC else item.disposition.value


def _groups(issue: Issue) -> tuple[Group, ...]:
    counted = Counter(reason_key(item) for item in issue.left_out).most_common()
    whole = max(1, issue.counts.read)
    return tuple(Group(f"left_out.{key}", count, max(2, min(100, count * 100 // whole))) for key, count in counted)


def health_lines(health: tuple[SourceHealth, ...], words: Words) -> tuple[str, ...]:
    """How the sources stand, in a sentence or two; empty when none was asked."""
    asked = [source for source in health if source.state in ASKED]
    failed = [source.name for source in asked if source.state is HealthState.FAILED]
    silent = [source.name for source in asked if source.state is HealthState.SILENT]
    if not asked:
        return ()
    say: Callable[..., str] = words.say
    first = (
        say("health.some", n=len(asked), well=len(asked) - len(failed), names=_names(failed, words))
        if failed
        else say("health.all_well", n=len(asked))
    )
    return (first, say("health.silent", names=_names(silent, words))) if silent else (first,)


def _names(names: list[str], words: Words) -> str:
    shown = ("、" if words.language == "zh" else ", ").join(names[:NAMES])
    rest = len(names) - NAMES
    gap = "" if words.language == "zh" else " "
    return f"{shown}{gap}{words.say('health.more', n=rest)}" if rest > 0 else shown


def also(story: Development, language: str) -> tuple[Coverage, ...]:
    """Each other outlet that tells it of its own, once: not the one whose words are shown."""
    quotes = told(story, language)
    shown = quotes[0].outlet if quotes else headed(story, language).outlet
    found: dict[str, Coverage] = {}
    for row in story.coverage:
        if row.role not in {Role.COPY, Role.REVISION} and row.outlet != shown:
            found.setdefault(row.outlet, row)
    return tuple(found.values())


def headed(story: Development, language: str) -> Coverage:
    """The article whose title heads the story in this language."""
    title = story.gloss.written(language)
    return next((row for row in story.coverage if row.title == title), story.coverage[0])


def said_by(issue: Issue, line: Headline, language: str) -> tuple[str, str]:
    """Address and outlet of a headline: where it is a published title, of the article that bears it."""
    for story in (*issue.developments, *issue.brief):
        if line.story and story.story == line.story and line.lead == story.gloss:
            row = headed(story, language)
            return row.address, row.outlet
    return line.address, line.outlet


def is_composed(story: Development, language: str) -> bool:
    """Whether nobody published the heading: it was put together from names, terms and figures of the title."""
    heading = story.gloss.written(language)
    return heading != story.title and all(row.title != heading for row in story.coverage)


def original(issue: Issue, line: Headline, language: str) -> Development | None:
    """The story whose composed heading is the line's lead: its title as published stands beside it."""
    for story in (*issue.developments, *issue.brief):
        if line.story and story.story == line.story and line.lead == story.gloss:
            return story if is_composed(story, language) else None
    return None


def day_said(event: Event, language: str) -> Extract | None:
    """Who names the day that is ahead: a report in the issue's language, else the first."""
    same = (e for e in event.said if e.language.is_chinese == (code(language) == "zh"))
    return next(same, event.said[0] if event.said else None)


def copies(story: Development) -> int:
    """How many articles were folded in."""
    return sum(row.role in {Role.COPY, Role.REVISION} for row in story.coverage)


def copied(story: Development, words: Words) -> str:
    """Who copied whom: '1 wire and 4 copies', with the revisions that outlets made of their own reports beside it."""
    rows = [row for row in story.coverage if row.role is Role.COPY]
    revisions = sum(row.role is Role.REVISION for row in story.coverage)
    said = []
    if rows:
        wires = words.say("story.wires", n=len({row.copy_of for row in rows}))
        said.append(words.say("story.copied", wires=wires, copies=words.say("story.copies", n=len(rows))))
    if revisions:
        said.append(words.say("story.revisions", n=revisions))
    return " · ".join(said)


def brief_status(story: Development) -> str:
    """A story in brief that brought nothing new is there as a confirmation."""
    return story.status.value if story.novelties else "confirmed"


def checks_line(issue: Issue, words: Words) -> str:
    """How many checks hold; empty where none was made."""
    outcomes = Counter(finding.outcome for finding in issue.findings)
    made = outcomes[Outcome.HOLDS] + outcomes[Outcome.FAILS]
    lines = [words.say("check.summary", n=made, holds=outcomes[Outcome.HOLDS])] if made else []
    if outcomes[Outcome.NOT_RUN]:
        lines.append(words.say("check.not_run_summary", n=outcomes[Outcome.NOT_RUN]))
    return ("" if words.language == "zh" else " ").join(lines)
