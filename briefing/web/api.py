"""What the pages show, as JSON, with an OpenAPI document that is made of the very types that are sent."""

import json
from dataclasses import dataclass
from urllib.parse import quote

from briefing import __version__
from briefing.codec import encoded, schema
from briefing.model.issue import Issue
from briefing.store import archive
from briefing.web.documents import Documents
from briefing.web.finding import DAY, KINDS, LANGUAGES, PAGE, PERIODS, SHOWN, STATUSES, found, place, title_of, wanted
from briefing.web.history import Course, Record
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
        asked = wanted(visit)
        hits, words = found(visit, asked), runs(asked.words)
        lines = tuple(
            Found(
                d.kind, d.topic, d.issue, d.day, d.language, d.status, d.outlet, title_of(d, visit.language),
                plain(excerpt(d.text, words)), f"{visit.base}{place(d, visit.tag)[0]}",
            )
            for d in hits[:SHOWN]
        )  # fmt: skip
        return _json(Search(asked.words, asked.page, len(hits) > SHOWN, lines), MINUTE)


def fault(status: int, message: str) -> Answer:
    return Answer(encoded(Fault(status, message)).encode(), JSON, status)


PLACES = {
    "topic": "the key of a topic",
    "edition": "the name of an edition",
    "issue": "the id of an issue",
    "story": "the id of a story",
    "figure": "the name of a figure in its page's address",
}
FILTERS = {
    "q": "words; every one must occur, Chinese ones of any length",
    "topic": "only this topic",
    "kind": "story, figure or left-out",
    "language": "of the article: en, zh-Hans or zh-Hant",
    "since": "an ISO day",
    "until": "an ISO day",
    "status": "what was said of it: new, changed, contradicted, copy, ...",
    "outlet": "the outlet's name, whole",
    "page": "a number from 1 to 50",
    "ui": "the language of titles: en or zh",
}
CHOICES = {"kind": tuple(KINDS), "language": LANGUAGES, "status": STATUSES}
PATHS = (
    ("/api/topics", "Every topic with its latest issue", Topics, ()),
    ("/api/topics/{topic}/issues", "Every issue of a topic, newest first", Issues, ("ui",)),
    ("/api/topics/{topic}/issues/{issue}", "One issue, whole: its issue.json", Issue, ()),
    ("/api/topics/{topic}/stories/{story}", "A story across issues, and who copied whom", Course, ()),
    ("/api/topics/{topic}/figures/{figure}", "A figure across issues: readings, witnesses, findings", Record, ()),
    ("/api/search", "Search over stories, figures and what was left out", Search, tuple(FILTERS)),
    ("/briefing.json", "A briefing on demand; nothing is kept of it", Issue, ("topic", "q", "since", "ui")),
)

WRITES = (
    ("/api/topics/{topic}/editions/{edition}/acts", "One act on the next issue, or on one that waits", Wish, Done),
    ("/api/topics/{topic}/briefings", "A briefing on demand; nothing is kept of it", Question, Issue),
)


def document(base: str) -> dict[str, object]:
    """The OpenAPI document."""
    components: dict[str, object] = {}
    paths: dict[str, object] = {}
    for shape in (*(shape for _, _, shape, _ in PATHS), *(s for _, _, *both in WRITES for s in both), Fault):
        made = json.loads(json.dumps(schema(shape)).replace("#/$defs/", "#/components/schemas/"))
        components |= made.pop("$defs", {})
        components[shape.__name__] = {**made, "additionalProperties": False} if shape in (Wish, Question) else made
    for path, summary, shape, filters in PATHS:
        paths[path] = {"get": _operation(path, summary, shape.__name__, filters)}
    for path, summary, wish, shape in WRITES:
        paths[path] = {"post": _writing(_operation(path, summary, shape.__name__, ()), wish.__name__)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "briefing", "version": __version__, "description": "What the pages show, as JSON."},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(path: str, summary: str, shape: str, filters: tuple[str, ...]) -> dict[str, object]:
    text = {"type": "string"}
    named = [
        {"name": name, "in": "path", "required": True, "schema": text, "description": said}
        for name, said in PLACES.items()
        if f"{{{name}}}" in path
    ]
    asked = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": _shape(name, is_demand=path == "/briefing.json"),
            "description": FILTERS.get(name, "the period: 24h, 3d, 7d, 30d or 90d; with words 365d or 3650d"),
        }
        for name in filters
    ]
    failing = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}}
    good = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {
        "summary": summary,
        "operationId": quote(path.strip("/").replace("/", "_").replace("{", "").replace("}", "")),
        "parameters": [*named, *asked],
        "responses": {
            "200": {"description": summary, "content": good},
            **{code: {"description": said, **failing} for code, said in FAILURES.items()},
        },
    }


def _shape(name: str, *, is_demand: bool) -> dict[str, object]:
    """What a filter may be; an empty one narrows nothing."""
    if is_demand and name == "since":
        return {"type": "string", "enum": ["", *PERIODS]}
    if name in CHOICES:
        return {"type": "string", "enum": ["", *CHOICES[name]]}
    if name in {"since", "until"}:
        return {"type": "string", "pattern": f"^({DAY.pattern})?$"}
    return {"type": "string", "pattern": f"^({PAGE.pattern})$"} if name == "page" else {"type": "string"}


def _writing(operation: dict[str, object], wish: str) -> dict[str, object]:
    """The operation of a program: it shows its key, and says in JSON what it wants."""
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{wish}"}}}
    answers = operation["responses"]
    assert isinstance(answers, dict)
    refused = {code: {**answers["400"], "description": said} for code, said in REFUSALS.items()}
    return {
        **operation,
        "requestBody": {"required": True, "content": body},
        "security": [{"key": []}],
        "responses": {**answers, **refused},
    }


REFUSALS = {"401": "No key, or one that opens nothing", "403": "The key may not do that"}
FAILURES = {
    "400": "A parameter cannot be understood",
    "404": "There is no such thing",
    "429": "Asked too often",
    "503": "Too much at once",
}


def openapi(visit: Visit) -> Answer:
    return Answer(json.dumps(document(visit.base), ensure_ascii=False, indent=1).encode(), JSON, fresh_s=HOUR)


__all__ = ["Api", "document", "fault", "openapi"]
