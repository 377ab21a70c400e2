"""Pages for everyone: topics, the archive by year, stories, figures, what changed; and the look of them all."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import quote

from briefing.compose.decided import corrections
from briefing.compose.links import figure_slug
from briefing.model.decision import standing
from briefing.model.issue import Correction, Issue, KeyFigure
from briefing.store import archive, decisions
from briefing.store.issues import Listed
from briefing.web.documents import Documents, Told
from briefing.web.history import Course, Difference, Record, by_year, chapters, course, difference, record
from briefing.web.pages import page
from briefing.web.visit import MINUTE, Answer, Moved, NoPage, Visit

RECENT = 8  # earlier issues on a topic's page
BETWEEN = 60  # issues that are read for one comparison
FRESH = 5 * MINUTE
View = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True)
class Line:
    """An issue in a list."""

    listed: Listed
    told: Told
    address: str

    @property
    def month(self) -> str:
        """The first day of its month."""
        return f"{(self.listed.slot or self.listed.made_at.date().isoformat())[:7]}-01"


def lines(visit: Visit, kept: Documents, topic: str, found: tuple[Listed, ...]) -> tuple[Line, ...]:
    """Issues as a list shows them, newest first."""
    return tuple(
        Line(one, kept.told(topic, one.id, visit.tag), f"/{topic}/{one.id}/index{visit.tag}.html")
        for one in reversed(found)
    )


class Public:
    """The pages for everyone, over what is kept at hand."""

    def __init__(self, kept: Documents) -> None:
        self.kept = kept

    def home(self, visit: Visit) -> Answer:
        """With one topic, its page; with several, all of them."""
        if len(visit.desk.topics) == 1:
            raise Moved(f"/{visit.desk.topics[0].key}/index{visit.tag}.html")
        latest = {topic.key: self.latest(visit, topic.key) for topic in visit.desk.topics}
        return page(visit, "home.html", fresh_s=FRESH, latest=latest)

    def latest(self, visit: Visit, topic: str) -> tuple[Line, ...]:
        """The newest issue of a topic, as a list shows it."""
        return lines(visit, self.kept, topic, archive.of_topic(visit.desk.database, topic)[-1:])

    def to_topic(self, visit: Visit) -> Answer:
        raise Moved(f"/{visit.topic().key}/index{visit.tag}.html", for_good=False)

    def to_issue(self, visit: Visit) -> Answer:
        """An issue's folder; the page itself says whether there is such an issue."""
        number = quote(visit.places["issue"], safe="")
        raise Moved(f"/{visit.topic().key}/{number}/index{visit.tag}.html")

    def topic(self, visit: Visit) -> Answer:
        """The latest issue, how to subscribe, and what came before."""
        topic = visit.topic()
        found = archive.of_topic(visit.desk.database, topic.key)
        issue = self.kept.issue(visit.desk.database, topic.key, found[-1].id) if found else None
        return page(
            visit,
            "topic.html",
            fresh_s=FRESH,
            topic=topic,
            feed=f"/{topic.key}/feed{visit.tag}.atom",
            issue=issue,
            latest=lines(visit, self.kept, topic.key, found[-1:]),
            earlier=lines(visit, self.kept, topic.key, found[-1 - RECENT : -1]),
            stories=chapters(issue) if issue else (),
            years=sorted(by_year((one.id, one.made_at) for one in found), reverse=True),
            editions=tuple(e for e in topic.editions if e.enabled),
            slug=figure_slug,
        )

    def year(self, visit: Visit) -> Answer:
        """Every issue of a year with what it found."""
        topic = visit.topic()
        every = archive.of_topic(visit.desk.database, topic.key)
        years = sorted({one.made_at.year for one in every}, reverse=True)
        wanted = visit.places["year"]
        if not wanted.isdecimal() or int(wanted) not in years:
            raise NoPage
        found = tuple(one for one in every if one.made_at.year == int(wanted))
        return page(
            visit,
            "year.html",
            fresh_s=FRESH,
            topic=topic,
            year=int(wanted),
            years=years,
            lines=lines(visit, self.kept, topic.key, found),
        )

    def story(self, visit: Visit) -> Answer:
        """A story across issues, and who copied whom."""
        found = story_course(visit, self.kept)
        return page(visit, "story.html", fresh_s=FRESH, topic=visit.topic(), course=found, slug=figure_slug)

    def figure(self, visit: Visit) -> Answer:
        """A figure across issues: readings, witnesses with their words, findings."""
        found = figure_record(visit, self.kept)
        drawn = found.drawn(visit.language)
        return page(visit, "figure.html", fresh_s=FRESH, topic=visit.topic(), record=found, drawn=drawn)

    def changes(self, visit: Visit) -> Answer:
        """What a reader of one issue has to know of all up to another."""
        topic = visit.topic()
        every = archive.of_topic(visit.desk.database, topic.key)
        places = {one.id: place for place, one in enumerate(every)}
        last_two = [one.id for one in every[-2:]]
        older, newer = visit.asked("from"), visit.asked("to")
        if not older and not newer and len(last_two) == 2:  # noqa: PLR2004 - the two of a comparison
            older, newer = last_two
        if (older and older not in places) or (newer and newer not in places):
            raise NoPage
        ends = sorted((places[older], places[newer])) if older and newer else [0, 0]
        found = self._difference(visit, topic.key, every, ends[0], ends[1]) if ends[0] != ends[1] else None
        listed = lines(visit, self.kept, topic.key, every)
        return page(
            visit, "changes.html", fresh_s=FRESH, topic=topic, found=found, lines=listed, slug=figure_slug,
            older=older, newer=newer,
        )  # fmt: skip

    def _difference(
        self, visit: Visit, topic: str, every: tuple[Listed, ...], first: int, last: int
    ) -> Difference | None:
        """Between two places in the list of issues."""
        database = visit.desk.database
        older, newer = (self.kept.issue(database, topic, every[place].id) for place in (first, last))
        if older is None or newer is None:
            return None
        span = every[first + 1 : last]
        read = (self.kept.issue(database, topic, one.id) for one in span[-BETWEEN:])
        between = tuple(issue for issue in read if issue)
        known = {line.key for line in older.figures}
        keys = dict.fromkeys(line.key for issue in (*between, newer) for line in issue.figures if line.key not in known)
        before = {one.id for one in every[:first]}
        earlier = (self._last_told(visit, topic, key, before) for key in keys)
        return difference(older, between, newer, tuple(line for line in earlier if line), max(0, len(span) - BETWEEN))

    def _last_told(self, visit: Visit, topic: str, key: str, before: set[str]) -> KeyFigure | None:
        """A figure as the last of these issues told it."""
        told = [number for number in archive.told_of(visit.desk.database, topic, "figure", key) if number in before]
        issue = self.kept.issue(visit.desk.database, topic, told[-1]) if told else None
        return next((line for line in issue.figures if line.key == key), None) if issue else None


def story_course(visit: Visit, kept: Documents) -> Course:
    """The story that the address names. Raises NoPage, and Moved for one that was merged into another."""
    topic, number = visit.topic(), visit.places["story"]
    stored = archive.story(visit.desk.database, topic.key, number)
    if stored and stored.id != number:
        head, _, tail = visit.path.rpartition(quote(number, safe=""))
        raise Moved(f"{head}{quote(stored.id, safe='')}{tail}", for_good=True)
    ids = (number, *(stored.redirects if stored else ()))
    found = course(number, frozenset(ids), _issues(visit, kept, "story", ids))
    if found is None:
        raise NoPage
    lines = {(chapter.issue.id, line.key) for chapter in found.chapters for line in chapter.figures}
    return replace(found, corrections=_corrections(visit, [chapter.issue for chapter in found.chapters], lines))


def figure_record(visit: Visit, kept: Documents) -> Record:
    """The figure that the address names. Raises NoPage."""
    topic = visit.topic()
    key = kept.figure_key(visit.desk.database, topic.key, visit.places["figure"])
    told = _issues(visit, kept, "figure", (key,)) if key else ()
    found = record(key, told, archive.fact(visit.desk.database, topic.key, key)) if told else None
    if found is None:
        raise NoPage
    lines = {(reading.issue.id, key) for reading in found.readings}
    return replace(found, corrections=_corrections(visit, told, lines))


def _corrections(visit: Visit, told: Iterable[Issue], lines: Container[tuple[str, str]]) -> tuple[Correction, ...]:
    """What later issues and the editor said of these lines, each an issue and a figure; the editor is heard at once."""
    topic = visit.topic()
    editors = (decisions.every(visit.desk.database, topic.key, edition.name) for edition in topic.editions)
    said = chain.from_iterable(corrections(standing(taken)) for taken in editors)
    every = (*chain.from_iterable(issue.corrections for issue in told), *said)
    return tuple(dict.fromkeys(one for one in every if (one.issue, one.key) in lines))


def _issues(visit: Visit, kept: Documents, kind: str, refs: tuple[str, ...]) -> tuple[Issue, ...]:
    """The issues that told of something, oldest first."""
    database, topic = visit.desk.database, visit.topic().key
    numbers = dict.fromkeys(n for ref in refs for n in archive.told_of(database, topic, kind, ref))
    found = (kept.issue(database, topic, number) for number in numbers)
    return tuple(sorted((issue for issue in found if issue), key=lambda issue: issue.made_at))
