"""Stories that may be one, for the editor to say: the desk is not sure enough to join them by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.desk.editing import Chair, told_in
from briefing.desk.making import Made
from briefing.desk.parts import Desk
from briefing.match import meaning
from briefing.match.decisions import split_id
from briefing.model.decision import Act
from briefing.model.judgement import Link
from briefing.model.text import Bilingual
from briefing.store import archive
from briefing.store.memory import Remembered

MOST = 12  # pairs that an editor looks through


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A story of the next issue that may be part of another, of this issue or told before."""

    story: str
    title: Bilingual
    into: str
    into_title: Bilingual
    score: float
    reason: Bilingual


def lacking(desk: Desk) -> str:
    """Why no meanings are compared though the desk file asks for it, or ''. All else goes on without."""
    return meaning.missing() if desk.settings.matching.semantic else ""


def suggestions(chair: Chair, made: Made) -> tuple[Suggestion, ...]:
    """Each pair of stories once, with the likeness that says most; none that the editor parted."""
    shown = {told.story: told.gloss for told in told_in(made.issue)}
    parted = {split_id(said.others[0]) for said in chair.standing() if said.act is Act.SPLIT}
    found: dict[frozenset[str], Suggestion] = {}
    for link, story, into in sorted(_apart(chair, made), key=lambda row: -row[0].score):
        pair = frozenset((story, into))
        if story not in shown or pair in found or pair & parted:
            continue
        title = shown.get(into) or _told(chair, into)
        if title:
            found[pair] = Suggestion(story, shown[story], into, title, link.score, link.reason)
    return tuple(found.values())[:MOST]


def _apart(chair: Chair, made: Made) -> Iterator[tuple[Link, str, str]]:
    """Links between two stories, with the ids of both."""
    home = {article: story.id for story in made.judgement.stories for article in story.articles}
    remembered = Remembered(chair.desk.database, chair.topic.key, chair.edition.name)
    for link in (*made.judgement.links, *_by_meaning(chair, made)):
        if link.sure:
            continue
        for article in {link.article, link.other} - home.keys():
            known = remembered.known(article)
            home[article] = known.story if known else ""
        story, into = home[link.article], home[link.other]
        if story and into and story != into:
            yield link, story, into


def _by_meaning(chair: Chair, made: Made) -> Iterator[Link]:
    """Links between the stories of the issue that say the like in other words, where the desk asks for them.

    One article speaks for each story, the first that the issue read: comparing meanings is slow.
    """
    if not chair.desk.settings.matching.semantic or lacking(chair.desk):
        return
    shown = {told.story for told in told_in(made.issue)}
    read = {reading.article.id: reading for reading in made.readings}
    stories = [(story.id, [a for a in story.articles if a in read]) for story in made.judgement.stories]
    speaking = {articles[0] for story, articles in stories if articles and story in shown}
    every = [read[article] for _, articles in stories for article in articles]
    figures = {reading.article.id: reading.figures for reading in every}
    yield from meaning.links([reading.article for reading in every], speaking, figures, chair.topic)


def _told(chair: Chair, story: str) -> Bilingual | None:
    """The heading of a story that an earlier issue told, as published."""
    kept = archive.story(chair.desk.database, chair.topic.key, story)
    return Bilingual(kept.title, kept.title) if kept else None
