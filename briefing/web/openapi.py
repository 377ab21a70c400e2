"""The OpenAPI document, made of the very types that are sent, so that it cannot promise what is not."""

import json
from urllib.parse import quote

from briefing import __version__
from briefing.codec import schema
from briefing.model.issue import Issue
from briefing.web.api import Done, Fault, Issues, Question, Search, Topics, Wish
from briefing.web.finding import DAY, KINDS, LANGUAGES, PAGE, PERIODS, STATUSES
from briefing.web.history import Course, Record
from briefing.web.visit import HOUR, JSON, Answer, Visit

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


__all__ = ["document", "openapi"]
