"""The OpenAPI document, made of the very types that are sent, so that it cannot promise what is not."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from briefing import __version__
from briefing.codec import schema
from briefing.model.issue import Issue
from briefing.model.topic import Topic
from briefing.web.api import Done, Fault, Issues, Question, Search, Topics, Wish
from briefing.web.finding import KINDS, LANGUAGES, PAGE, PERIODS, STATUSES, TONGUES
from briefing.web.history import Course, Record
from briefing.web.programs import EVERY_ACT, SLOT_ACTS, SPAN
from briefing.web.visit import HOUR, JSON, Answer, Visit

DEMAND = "/briefing.json"
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
CHOICES = {"kind": tuple(KINDS), "language": LANGUAGES, "status": STATUSES, "ui": TONGUES}
DAY = {"type": "string", "format": "date"}
NO_DAY = {"type": "string", "enum": [""]}
SHAPES: Mapping[str, Mapping[str, object]] = {  # of the fields that programs send
    "act": {"enum": list(EVERY_ACT)},
    "day": {"anyOf": [NO_DAY, DAY]},
    "since": {"pattern": f"^({SPAN.pattern})?$"},
}
DATED = {  # what a wish needs beside its act
    "if": {"properties": {"act": {"enum": list(SLOT_ACTS)}}},
    "then": {"required": ["day"], "properties": {"day": DAY}},
}
PATHS = (
    ("/api/topics", "Every topic with its latest issue", Topics, ()),
    ("/api/topics/{topic}/issues", "Every issue of a topic, newest first", Issues, ("ui",)),
    ("/api/topics/{topic}/issues/{issue}", "One issue, whole: its issue.json", Issue, ()),
    ("/api/topics/{topic}/stories/{story}", "A story across issues, and who copied whom", Course, ()),
    ("/api/topics/{topic}/figures/{figure}", "A figure across issues: readings, witnesses, findings", Record, ()),
    ("/api/search", "Search over stories, figures and what was left out", Search, tuple(FILTERS)),
    (DEMAND, "A briefing on demand; nothing is kept of it", Issue, ("topic", "q", "since", "ui")),
)

WRITES = (
    ("/api/topics/{topic}/editions/{edition}/acts", "One act on the next issue, or on one that waits", Wish, Done),
    ("/api/topics/{topic}/briefings", "A briefing on demand; nothing is kept of it", Question, Issue),
)


def document(base: str, topics: tuple[Topic, ...]) -> dict[str, object]:
    """The OpenAPI document of a desk that watches these topics."""
    components: dict[str, object] = {}
    paths: dict[str, object] = {}
    for shape in (*(shape for _, _, shape, _ in PATHS), *(s for _, _, *both in WRITES for s in both), Fault):
        made = json.loads(json.dumps(schema(shape)).replace("#/$defs/", "#/components/schemas/"))
        components |= made.pop("$defs", {})
        components[shape.__name__] = _asked(made, DATED if shape is Wish else {}) if shape in (Wish, Question) else made
    keys = {"topic": [topic.key for topic in topics], "edition": [e.name for topic in topics for e in topic.editions]}
    for path, summary, shape, filters in PATHS:
        paths[path] = {"get": _operation(path, summary, shape.__name__, filters, keys)}
    for path, summary, wish, shape in WRITES:
        paths[path] = {"post": _writing(_operation(path, summary, shape.__name__, (), keys), wish.__name__)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "briefing", "version": __version__, "description": "What the pages show, as JSON."},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _asked(made: dict[str, object], more: dict[str, object]) -> dict[str, object]:
    """The schema of what programs send: no field but these, and each as it must be."""
    fields = made["properties"]
    assert isinstance(fields, dict)
    exact: dict[str, object] = {name: dict(field, **SHAPES.get(name, {})) for name, field in fields.items()}
    return {**made, **more, "properties": exact, "additionalProperties": False}


def _operation(
    path: str, summary: str, shape: str, filters: tuple[str, ...], keys: Mapping[str, list[str]]
) -> dict[str, object]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": _key(keys.get(name)), "description": said}
        for name, said in PLACES.items()
        if f"{{{name}}}" in path
    ]
    asked = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": _shape(name, keys, is_demand=path == DEMAND),
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
            **({"409": {"description": "So long a time needs words", **failing}} if path == DEMAND else {}),
        },
    }


def _key(values: list[str] | None) -> dict[str, object]:
    return {"type": "string", "enum": values} if values else {"type": "string", "minLength": 1}


def _shape(name: str, keys: Mapping[str, list[str]], *, is_demand: bool) -> dict[str, object]:
    """What a filter may be; an empty one narrows nothing."""
    if name in keys:
        return {"type": "string", "enum": ["", *keys[name]]}
    if is_demand and name == "since":
        return {"type": "string", "enum": ["", *PERIODS]}
    if name in CHOICES:
        return {"type": "string", "enum": ["", *CHOICES[name]]}
    if name in {"since", "until"}:
        return {"anyOf": [NO_DAY, DAY]}
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


REFUSALS = {
    "401": "No key, or one that opens nothing",
    "403": "The key may not do that",
    "409": "As things stand, it cannot be done; the message says why",
}
FAILURES = {
    "400": "A parameter cannot be understood",
    "404": "There is no such thing",
    "429": "Asked too often",
    "503": "Too much at once",
}


def openapi(visit: Visit) -> Answer:
    return Answer(
        json.dumps(document(visit.base, visit.desk.topics), ensure_ascii=False, indent=1).encode(), JSON, fresh_s=HOUR
    )


__all__ = ["document", "openapi"]
