"""Reads an issue through before it goes out: what would mislead or fail stops it, what is only unkind is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.codec import encoded
from briefing.compose.wording import both
from briefing.desk.parts import Desk
from briefing.errors import ArchiveError
from briefing.model.fact import Witness
from briefing.model.issue import Issue
from briefing.model.text import Bilingual

MOST_HTML = 90_000  # bytes; Gmail clips near 102,000
LONGEST_SUBJECT = 78  # characters a phone or a list still shows, and RFC 5322's line
RAW = re.compile(r"\{\{|\}\}|\{%|%\}")
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an issue; one that `stops` it has to be mended before it can go out."""

    text: Bilingual
    stops: bool


def flaws(desk: Desk, issue: Issue, addresses: frozenset[str]) -> tuple[Flaw, ...]:
    """Everything that is wrong. `addresses` are those of the articles that are stored."""
    found = (*_untraced(issue), *_loose(issue, addresses), *(f for lang in LANGUAGES for f in _form(desk, issue, lang)))
    return tuple(dict.fromkeys(found))


def stopped(found: tuple[Flaw, ...]) -> None:
    """Raises ArchiveError that lists what stops an issue."""
    told = [flaw.text.en for flaw in found if flaw.stops]
    if told:
        raise ArchiveError(f"the issue was not published: {' '.join(told)}")


def _untraced(issue: Issue) -> Iterator[Flaw]:
    """Numbers without a span: a figure that nobody is quoted for, or whose place holds something else."""
    for line in issue.figures:
        if not any(_is_spanned(witness) for witness in (*line.witnesses, *line.against)):
            yield Flaw(both("proof.untraced", label=line.label), stops=True)


def _is_spanned(witness: Witness) -> bool:
    figure = witness.figure
    return bool(figure.surface) and figure.start < figure.end and _solid(figure.surface) in _solid(witness.quote)


def _solid(text: str) -> str:
    return "".join(text.split())


def _loose(issue: Issue, addresses: frozenset[str]) -> Iterator[Flaw]:
    """Links of stories that lead to nothing that the desk has read."""
    for told in (*issue.developments, *issue.brief):
        for row in told.coverage:
            if row.address not in addresses:
                yield Flaw(both("proof.loose", outlet=row.outlet, title=row.title), stops=True)


def _form(desk: Desk, issue: Issue, language: str) -> Iterator[Flaw]:
    forms = desk.renderer.forms(issue, language)
    subject, preheader = desk.renderer.subject(issue, language), desk.renderer.preheader(issue, language)
    if any(RAW.search(text) for text in (subject, preheader, forms.text)) and not RAW.search(encoded(issue)):
        yield Flaw(both("proof.raw"), stops=True)
    if len(forms.html.encode()) > MOST_HTML:
        yield Flaw(both("proof.large", size=len(forms.html.encode()) // 1000), stops=False)
    if len(subject) > LONGEST_SUBJECT:
        yield Flaw(both("proof.subject", length=len(subject)), stops=False)
    if not preheader.strip():
        yield Flaw(both("proof.preheader"), stops=False)
