"""Keeps an issue and puts it in the archive: rendered and staged first, then one transaction, then moved in.

A run that is killed leaves either no issue, or an issue whose folder the next run puts in its place.
"""

from collections.abc import Iterable
from pathlib import Path

from briefing.archive.shelf import replace_file, staged, tidy
from briefing.archive.syndication import FeedEntry, FeedHead, atom
from briefing.codec import decoded, encoded
from briefing.compose import decided
from briefing.compose.draft import Reading
from briefing.desk import proof
from briefing.desk.indexing import documents
from briefing.desk.making import Made
from briefing.desk.parts import Desk
from briefing.errors import ArchiveError, StoreError
from briefing.match import duplicates
from briefing.model.decision import standing
from briefing.model.issue import SCHEMA, Correction, Issue
from briefing.model.judgement import Known, Told
from briefing.model.story import Disposition, Verdict
from briefing.store import decisions, issues
from briefing.store.issues import Published

ON_TOPIC = frozenset(Disposition) - {Disposition.OFF_TOPIC}
NOT_TOLD = frozenset({Disposition.OFF_TOPIC, Disposition.COPY})


def publish(desk: Desk, made: Made) -> bool:
    """True when the issue is out. False when its slot already has one; then nothing is changed.

    Raises ArchiveError for an issue with a flaw that stops it.
    """
    issue = made.issue
    proof.stopped(proof.flaws(desk, issue, frozenset(reading.article.link for reading in made.readings)))
    desk.step("render")
    waiting = staged(folder_of(desk, issue), files(desk, issue))
    desk.step("staged")
    done = issues.publish(desk.database, kept(made))
    desk.step("committed")
    if not done:
        tidy(desk.archive / issue.topic)
        return False
    waiting.move_in()
    desk.step("moved in")
    mark_corrected(desk, issue)
    renew_pages(desk, issue.topic)
    desk.step("pages renewed")
    return True


def complete(desk: Desk) -> int:
    """Puts right what a killed run left: folders that never reached their place. Gives how many were missing."""
    for topic in desk.topics:
        tidy(desk.archive / topic.key)
    missing = 0
    for listed in issues.every(desk.database):
        if (desk.archive / listed.topic / listed.id / "issue.json").exists():
            continue
        issue = issues.document(desk.database, listed.topic, listed.id)
        if issue:
            staged(folder_of(desk, issue), files(desk, issue)).move_in()
            mark_corrected(desk, issue)
            renew_pages(desk, issue.topic)
            missing += 1
    return missing


def rebuild(desk: Desk) -> int:
    """Renders the whole archive again from its `issue.json` files alone. Gives the number of issues."""
    found = [stored_issue(path) for path in sorted(desk.archive.glob("*/*/issue.json"))]
    for issue in found:
        staged(folder_of(desk, issue), files(desk, issue, marks_on(desk, issue, found))).move_in()
    for topic in sorted({issue.topic for issue in found}):
        renew_pages(desk, topic)
    return len(found)


def marks_on(desk: Desk, issue: Issue, others: Iterable[Issue]) -> tuple[Correction, ...]:
    """What later issues of its topic said of an issue's figures, and what the editor has said since."""
    later = (other for other in others if other.topic == issue.topic and other.made_at > issue.made_at)
    told = [correction for other in later for correction in other.corrections]
    said = decided.corrections(standing(decisions.every(desk.database, issue.topic, issue.edition)))
    return tuple(dict.fromkeys(correction for correction in (*told, *said) if correction.issue == issue.id))


def mark(desk: Desk, issue: Issue) -> None:
    """Draws the page of one issue again, with all that was said of its figures since."""
    every = [stored_issue(path) for path in sorted((desk.archive / issue.topic).glob("*/issue.json"))]
    staged(folder_of(desk, issue), files(desk, issue, marks_on(desk, issue, every))).move_in()


def mark_corrected(desk: Desk, issue: Issue) -> None:
    """Draws the pages of the issues again that this one corrects, with the mark on the figure."""
    every = [stored_issue(path) for path in sorted((desk.archive / issue.topic).glob("*/issue.json"))]
    for old in every:
        if any(correction.issue == old.id for correction in issue.corrections):
            staged(folder_of(desk, old), files(desk, old, marks_on(desk, old, every))).move_in()


def stored_issue(path: Path) -> Issue:
    """An issue out of its file. Raises ArchiveError that names the file."""
    try:
        issue = decoded(Issue, path.read_bytes())
    except (OSError, StoreError) as fault:
        raise ArchiveError(f"{path}: is no issue that can be read ({fault})") from fault
    if issue.schema > SCHEMA:
        raise ArchiveError(f"{path}: was written by a newer briefing (schema {issue.schema}); install that version")
    return issue


def folder_of(desk: Desk, issue: Issue) -> Path:
    return desk.archive / issue.topic / issue.id


def files(desk: Desk, issue: Issue, marks: tuple[Correction, ...] = ()) -> dict[str, bytes]:
    """Every file of an issue's folder, by name. The second language carries its tag: `index.zh.html`."""
    rendered: dict[str, bytes] = {"issue.json": encoded(issue, indent=1).encode()}
    for place, language in enumerate(languages(desk, issue)):
        tag = "" if place == 0 else f".{language}"
        forms = desk.renderer.forms(issue, language, marks)
        rendered[f"index{tag}.html"] = forms.page.encode()
        rendered[f"issue{tag}.txt"] = forms.text.encode()
        rendered[f"issue{tag}.eml"] = forms.message
    return rendered


def languages(desk: Desk, issue: Issue) -> tuple[str, ...]:
    """The languages that an issue appears in: those of its edition."""
    for topic in desk.topics:
        for edition in topic.editions:
            if (topic.key, edition.name) == (issue.topic, issue.edition):
                return edition.languages
    return ("en", "zh")


def renew_pages(desk: Desk, topic: str) -> None:
    """The topic's index pages and its Atom feeds, from the issues that stand in the archive."""
    found = sorted(
        (stored_issue(path) for path in (desk.archive / topic).glob("*/issue.json")), key=lambda issue: issue.made_at
    )
    for place, language in enumerate(("en", "zh")):
        tag = "" if place == 0 else f".{language}"
        page = desk.renderer.index(tuple(reversed(found)), language)
        replace_file(desk.archive / topic / f"index{tag}.html", page.encode())
        replace_file(desk.archive / topic / f"feed{tag}.atom", _feed(desk, topic, found, language))


def _feed(desk: Desk, topic: str, found: Iterable[Issue], language: str) -> bytes:
    base = f"{desk.base_address}/{topic}"
    tag = "" if language == "en" else f".{language}"
    shown = tuple(found)
    name = shown[-1].topic_name.written(language) if shown else topic
    head = FeedHead(f"{base}/feed{tag}.atom", name, f"{base}/index{tag}.html", f"{base}/feed{tag}.atom", language)
    return atom(
        head,
        [
            FeedEntry(
                id=f"{base}/{issue.id}/{tag}",
                title=desk.renderer.subject(issue, language),
                address=f"{base}/{issue.id}/index{tag}.html",
                made_at=issue.made_at,
                summary=desk.renderer.preheader(issue, language),
            )
            for issue in shown
        ],
    )


def kept(made: Made) -> Published:
    """What the publishing transaction keeps of an issue."""
    verdicts = {verdict.article: verdict for verdict in made.judgement.verdicts}
    on_topic = [r for r in made.readings if verdicts[r.article.id].disposition in ON_TOPIC]
    issue = made.issue
    return Published(
        issue=issue,
        verdicts=tuple((r.article.address, verdicts[r.article.id]) for r in made.readings),
        known=tuple(_known(made, r, verdicts[r.article.id]) for r in on_topic),
        sketches=tuple(duplicates.sample(duplicates.sketch(r.article)) for r in on_topic),
        told=tuple(told for r in on_topic for told in _told(issue, r, verdicts[r.article.id])),
        stories=made.judgement.stories,
        facts=made.update.facts,
        documents=documents(issue),
    )


def _known(made: Made, reading: Reading, verdict: Verdict) -> Known:
    copies = {copy.article: copy.original for copy in made.judgement.copies}
    return Known(
        article=reading.article,
        figures=reading.figures,
        disposition=verdict.disposition,
        story=verdict.story,
        copy_of=copies.get(reading.article.id, ""),
        issue=made.issue.id,
    )


def _told(issue: Issue, reading: Reading, verdict: Verdict) -> Iterable[Told]:
    if verdict.disposition in NOT_TOLD:
        return
    for sentence in reading.article.sentences:
        yield Told(
            sentence.text,
            sentence.folded,
            issue.id,
            story=verdict.story,
            article=reading.article.id,
            language=reading.article.language,
        )
