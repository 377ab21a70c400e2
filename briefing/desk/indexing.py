"""What search can find of an issue: its stories, its figures, and what it left out."""

from collections.abc import Iterable

from briefing.compose.standing import standing
from briefing.model.issue import Development, Issue, KeyFigure, LeftOut
from briefing.store.search import Document, both


def documents(issue: Issue) -> tuple[Document, ...]:
    """Everything in an issue that someone may look for."""
    day = issue.made_at.date().isoformat()
    stories = (_story(issue, day, d) for d in (*issue.developments, *issue.brief))
    figures = (_figure(issue, day, f) for f in issue.figures)
    return (*stories, *figures, *(_left_out(issue, day, item) for item in issue.left_out))


def _story(issue: Issue, day: str, development: Development) -> Document:
    titles = (coverage.title for coverage in development.coverage)
    return Document(
        topic=issue.topic,
        kind="story",
        ref=development.story,
        issue=issue.id,
        language=development.language,
        day=day,
        title=both(development.gloss),
        text=_lines([development.title, *titles, *(extract.text for extract in development.extracts)]),
        status=development.status,
        outlet=development.coverage[0].outlet if development.coverage else "",
    )


def _figure(issue: Issue, day: str, figure: KeyFigure) -> Document:
    return Document(
        topic=issue.topic,
        kind="figure",
        ref=figure.key,
        issue=issue.id,
        language="",
        day=day,
        title=both(figure.label),
        text=_lines([figure.surface, *(witness.quote for witness in figure.witnesses)]),
        status=standing(issue, figure),
    )


def _left_out(issue: Issue, day: str, item: LeftOut) -> Document:
    return Document(
        topic=issue.topic,
        kind="left out",
        ref=item.article,
        issue=issue.id,
        language=item.language,
        day=day,
        title=item.title,
        text=both(item.reason),
        status=item.disposition,
        outlet=item.outlet,
    )


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
