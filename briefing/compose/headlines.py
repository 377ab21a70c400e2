"""The three signed lines at the top; the first one is the subject of the mail."""

from collections.abc import Iterator
from decimal import Decimal

from briefing.compose.lookup import Conflict
from briefing.compose.wording import both, day
from briefing.model.fact import Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Quantity
from briefing.model.issue import Development, DevelopmentStatus, Event, EventStatus, Headline, KeyFigure, Sign
from briefing.model.text import Bilingual

MOST = 3
CLOSE = Decimal("0.02")  # two readings of one amount, one rounded: 2.48 billion and 248.37 million
BOTH = 2  # spans of a slip between two texts
CONFLICTS = 1  # of three lines, at most one is a conflict: a desk is not an alarm


def headlines(
    figures: tuple[KeyFigure, ...],
    findings: tuple[Finding, ...],
    developments: tuple[Development, ...],
    timeline: tuple[Event, ...],
    told: frozenset[Conflict] = frozenset(),
) -> tuple[Headline, ...]:
    """At most three: what does not hold, then what is new and what changed, then what is confirmed or ahead."""
    conflicts = [
        *_conflicts(figures, findings, told),
        *_sums(figures, findings, told),
        *_slips(figures, findings, developments),
    ][:CONFLICTS]
    by_key = {line.key: line for line in figures}
    said = {d.story for d in developments for line in conflicts if _tells(d, line, by_key)}
    stories = [_story(d) for d in developments if d.story not in said]
    rest = [*_confirmations(figures), *_ahead(timeline)]
    changes = [line for line in _changes(figures) if not any(_tells(d, line, by_key) for d in developments)]
    fresh = [line for pair in zip(stories, changes, strict=False) for line in pair]
    fresh += stories[len(changes) :] + changes[len(stories) :]
    lines = {(line.lead.en, line.lead.zh): line for line in reversed(conflicts + fresh + rest)}
    return tuple(reversed(lines.values()))[:MOST]


def _tells(development: Development, line: Headline, figures: dict[str, KeyFigure]) -> bool:
    """Whether the line and the story tell one thing: nobody but the story's own articles gives the line's figure."""
    if line.story == development.story:
        return True
    articles = {row.article for row in development.coverage}
    figure = figures.get(line.key)
    seen = {w.article for w in figure.witnesses} if figure else set()
    return bool(seen) and articles >= seen


def _conflicts(
    figures: tuple[KeyFigure, ...], findings: tuple[Finding, ...], told: frozenset[Conflict]
) -> Iterator[Headline]:
    failed = [f for f in findings if f.outcome is Outcome.FAILS]
    for line in figures:
        if not line.against or line.status not in {Status.CONTRADICTED, Status.SCALE_SLIP}:
            continue
        if all((line.key, other.figure.quantity.amount) in told for other in line.against):
            continue  # an old error said again is no news
        ours = line.witnesses or line.against
        other = line.against[0].figure.quantity
        factor = _factor(line.quantity, other)
        yield Headline(
            Sign.CONFLICT,
            both(f"headline.{_how(factor)}", label=line.label, value=line.quantity, other=other, factor=abs(factor)),
            _because(line, ours[0], failed),
            ours[0].address,
            ours[0].outlet,
            line.story,
            line.key,
        )


def _sums(
    figures: tuple[KeyFigure, ...], findings: tuple[Finding, ...], told: frozenset[Conflict]
) -> Iterator[Headline]:
    """Totals that their own parts do not bear out, where nobody else says something else either."""
    lines = {line.key: line for line in figures}
    for finding in findings:
        line = lines.get(finding.key)
        is_open = finding.rule is Rule.SUM and finding.outcome is Outcome.FAILS and finding.evidence
        if line is None or finding.expected is None or not is_open:
            continue
        if line.against or any(key == line.key for key, _ in told):
            continue
        source = finding.evidence[0]
        lead = both("headline.sum", label=line.label, value=line.quantity, total=finding.expected)
        rest = both("headline.by", outlet=source.outlet)
        yield Headline(Sign.CONFLICT, lead, rest, source.address, source.outlet, line.story, line.key)


def _slips(
    figures: tuple[KeyFigure, ...], findings: tuple[Finding, ...], developments: tuple[Development, ...]
) -> Iterator[Headline]:
    """Amounts a power of ten apart that no line of the table names: told with the heading of their story."""
    named = {line.key for line in figures}
    for finding in findings:
        if finding.rule is not Rule.SLIP or finding.outcome is not Outcome.FAILS or finding.key in named:
            continue
        articles = {e.article for e in finding.evidence}
        story = next((d for d in developments if any(row.article in articles for row in d.coverage)), None)
        factor = _factor(finding.expected, finding.stated) if finding.expected and finding.stated else 0
        if story is None or not factor or not finding.expected or len(finding.evidence) < BOTH:
            continue
        other, ours = finding.evidence[0], finding.evidence[1]
        yield Headline(
            Sign.CONFLICT,
            both(f"headline.{_how(factor)}_in", story=story.gloss, value=finding.expected, factor=abs(factor)),
            _told(ours.outlet, other.outlet),
            ours.address,
            ours.outlet,
            story.story,
            finding.key,
        )


def _factor(ours: Quantity, other: Quantity) -> int:
    """The power of ten that the other reading is too much by, below nothing where it is too little; 0 for none."""
    for factor in (10, 100, 1000, 10_000):
        if ours.amount and abs(other.amount / (ours.amount * factor) - 1) <= CLOSE:
            return factor
        if other.amount and abs(ours.amount / (other.amount * factor) - 1) <= CLOSE:
            return -factor
    return 0


def _how(factor: int) -> str:
    """Which words tell it."""
    if not factor:
        return "conflict"
    return "slip" if factor > 0 else "slip_down"


def _told(ours: str, theirs: str) -> Bilingual:
    """Who says what; one outlet may say both, in its heading and in its text."""
    return both("headline.told", ours=ours, theirs=theirs) if ours != theirs else both("headline.both", outlet=ours)


def _because(line: KeyFigure, ours: Witness, failed: list[Finding]) -> Bilingual:
    """Who says what, and what the parts say."""
    told = _told(ours.outlet, line.against[0].outlet)
    sums = [f for f in failed if f.parts and f.expected and f.key in {line.key, ""}]
    if not sums or sums[0].expected is None:
        return told
    total = both("headline.parts", total=sums[0].expected, n=len(sums[0].parts))
    return Bilingual(f"{told.en} {total.en}", f"{told.zh}{total.zh}")


def _changes(figures: tuple[KeyFigure, ...]) -> Iterator[Headline]:
    for line in figures:
        if line.status is Status.CHANGED and line.was and line.witnesses:
            last = line.witnesses[-1]
            yield Headline(
                Sign.CHANGED,
                both("headline.changed_was", label=line.label, value=line.quantity, was=line.was),
                both("headline.by", outlet=last.outlet),
                last.address,
                last.outlet,
                line.story,
                line.key,
            )


def _story(development: Development) -> Headline:
    lead = development.coverage[0]
    rest = both("headline.outlets", n=development.outlets) if development.outlets > 1 else Bilingual("", "")
    why = development.why[0] if development.why else rest
    sign = Sign.NEW if development.status is DevelopmentStatus.NEW else Sign.UPDATE
    return Headline(sign, development.gloss, why, lead.address, lead.outlet, development.story)


def _confirmations(figures: tuple[KeyFigure, ...]) -> Iterator[Headline]:
    """One line for all of them: each is good to know and none is news."""
    lines = [f for f in figures if f.status is Status.CONFIRMED and len({w.outlet for w in f.witnesses}) > 1]
    if not lines:
        return
    first = lines[0]
    example = both("headline.for_one", label=first.label, value=first.quantity)
    last = first.witnesses[-1]
    yield Headline(
        Sign.CONFIRMED,
        both("headline.confirmed", n=len(lines)),
        example,
        last.address,
        last.outlet,
        first.story,
        first.key,
    )


def _ahead(timeline: tuple[Event, ...]) -> Iterator[Headline]:
    for event in timeline:
        if event.status is EventStatus.AHEAD:
            yield Headline(
                Sign.AHEAD,
                event.text,
                Bilingual(day(event.when, "en"), day(event.when, "zh")),
                event.address,
                event.outlet,
            )
