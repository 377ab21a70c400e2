"""What the pages show, as JSON; `openapi` describes it."""

from dataclasses import dataclass

from briefing.codec import encoded
from briefing.store import archive
from briefing.web.documents import Documents
from briefing.web.finding import SHOWN, found, place, text_of, title_of, tongue, wanted
from briefing.web.marks import excerpt, plain, runs
from briefing.web.public import FRESH, figure_record, story_course
from briefing.web.visit import HOUR, JSON, MINUTE, Answer, NoPage, Visit


@dataclass(frozen=True, slots=True)
class TopicLine:
    key: str
    name_en: str
    name_zh: str
    issues: int
    latest: str  # id of the latest issue, or ''


@dataclass(frozen=True, slots=True)
class Topics:
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True)
class IssueLine:
    id: str
    number: int
    edition: str
    slot: str
    made_at: str
    title: str
    summary: str
    address: str


@dataclass(frozen=True, slots=True)
class Issues:
    issues: tuple[IssueLine, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    topic: str
    issue: str
    day: str
    language: str
    status: str
    outlet: str
    title: str
    excerpt: str
    address: str


@dataclass(frozen=True, slots=True)
class Search:
    words: str
    page: int
    more: bool
    hits: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """One act; which of the others it needs, its name says."""

    act: str  # keep, drop, first, up, down, merge, split, note, confirm, correct, undo, hold, approve, skip, ...
    story: str = ""
    into: str = ""
    address: str = ""
    key: str = ""
    surface: str = ""
    issue: str = ""
    day: str = ""
    decision: str = ""
    outlet: tuple[str, ...] = ()
    name: str = ""
    en: str = ""
    zh: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    act: str
    done: bool  # False where it came too late


@dataclass(frozen=True, slots=True)
class Question:
    words: str = ""
    since: str = ""  # 36h, 30d or 4w


@dataclass(frozen=True, slots=True)
class Fault:
    status: int
    message: str


def _json(value: object, fresh_s: int = FRESH) -> Answer:
    return Answer(encoded(value).encode(), JSON, fresh_s=fresh_s)


class Api:
    """Reads only what the pages read."""

    def __init__(self, kept: Documents) -> None:
        self.kept = kept

    def topics(self, visit: Visit) -> Answer:
        lines = []
        for topic in visit.desk.topics:
            every = archive.of_topic(visit.desk.database, topic.key)
            lines.append(TopicLine(topic.key, topic.name.en, topic.name.zh, len(every), every[-1].id if every else ""))
        return _json(Topics(tuple(lines)))

    def issues(self, visit: Visit) -> Answer:
        tongue(visit)
        topic = visit.topic()
        lines = []
        for one in reversed(archive.of_topic(visit.desk.database, topic.key)):
            told = self.kept.told(topic.key, one.id, visit.tag)
            address = f"{visit.base}/{topic.key}/{one.id}/index{visit.tag}.html"
            lines.append(
                IssueLine(
                    one.id,
                    one.number,
                    one.edition,
                    one.slot,
                    one.made_at.isoformat(),
                    told.title,
                    told.summary,
                    address,
                )
            )
        return _json(Issues(tuple(lines)))

    def issue(self, visit: Visit) -> Answer:
        found_issue = self.kept.issue(visit.desk.database, visit.topic().key, visit.places["issue"])
        if found_issue is None:
            raise NoPage
        return _json(found_issue, HOUR)

    def story(self, visit: Visit) -> Answer:
        return _json(story_course(visit, self.kept))

    def figure(self, visit: Visit) -> Answer:
        return _json(figure_record(visit, self.kept))

    def search(self, visit: Visit) -> Answer:
        tongue(visit)
        asked = wanted(visit)
        hits, words = found(visit, asked), runs(asked.words)
        lines = tuple(
            Found(
                d.kind, d.topic, d.issue, d.day, d.language, d.status, d.outlet, title_of(d, visit.language),
                plain(excerpt(text_of(d, visit.language), words)), f"{visit.base}{place(d, visit.tag)[0]}",
            )
            for d in hits[:SHOWN]
        )  # fmt: skip
        return _json(Search(asked.words, asked.page, len(hits) > SHOWN, lines), MINUTE)


def fault(status: int, message: str) -> Answer:
    return Answer(encoded(Fault(status, message)).encode(), JSON, status)


__all__ = ["Api", "fault"]
