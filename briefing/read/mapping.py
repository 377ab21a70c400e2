"""The field map of an unknown JSON list, guessed by the names and shapes of its fields, and shown as lines to paste."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

from briefing.model.entry import Fetched
from briefing.read.decode import decoded
from briefing.read.jsonfeed import Json, json_of, word
from briefing.read.markup import fragment
from briefing.read.records import held_by

LEAST_RECORDS = 2
DEEPEST = 6
IDENT = re.compile(r"[A-Za-z_][\w-]*")
NAMES = {  # what sites call these, the likeliest first
    "title": ("title", "newstitle", "headline", "name", "desc", "subject"),
    "link": ("url", "link", "linkurl", "weburl", "shareurl", "href", "pageurl"),
    "date": ("pubdate", "publishtime", "pubtimelong", "publishedat", "time", "datetime", "createdate", "date", "ctime"),
    "summary": ("summary", "summ", "digest", "newsnotes", "description", "intro"),
    "guid": ("id", "contid", "contentid", "newsid", "nid", "guid"),
}


def records_lines(fetched: Fetched, key: str) -> tuple[str, ...]:
    """The lines for sources.toml, with example titles as comments; empty where no list of records is found."""
    value = json_of(decoded(fetched.body, fetched.content_type).text)
    return _lines(fetched.final_address, key, [("", value)])


def embedded_lines(fetched: Fetched, key: str) -> tuple[str, ...]:
    """The same for a page whose list stands as JSON in one of its scripts."""
    root = fragment(decoded(fetched.body, fetched.content_type).text)
    scripts = [] if root is None else list(root.iter("script"))
    named = [(selector, held_by(script)) for script in scripts if (selector := _selector(script))]
    return _lines(fetched.final_address, key, named)


def _selector(script: HtmlElement) -> str:
    """How a script is found again: by its name, else as the page's data; '' for a program."""
    if IDENT.fullmatch(script.get("id") or ""):
        return f"script#{script.get('id')}"
    return 'script[type="application/json"]' if script.get("type") == "application/json" else ""


def _lines(address: str, key: str, values: list[tuple[str, Json]]) -> tuple[str, ...]:
    found = [
        (path, rows, fields | ({"embedded": selector} if selector else {}))
        for selector, value in values
        for path, rows in _lists(value, "", DEEPEST)
        if (fields := _fields(rows))
    ]
    if not found:
        return ()
    path, rows, fields = max(found, key=lambda one: (len(one[2]), len(one[1])))
    titles = [word(row.get(fields["title"]))[:80] for row in rows[:LEAST_RECORDS]]
    inner = ", ".join(
        f"{name} = '{field}'" if '"' in field else f'{name} = "{field}"'
        for name, field in (("items", path), *fields.items())
    )
    return (
        f"# {len(rows)} records, for example",
        *(f"#   {' '.join(title.split())}" for title in titles),
        *(() if "link" in fields else ('# they name no address: add link_template = "https://…/{guid}"',)),
        "[[source]]",
        f'key = "{key}"',
        f'address = "{address}"',
        'kind = "records"',
        f"fields = {{ {inner} }}",
    )


def _lists(value: Json, path: str, deep: int) -> Iterator[tuple[str, list[Mapping[str, Json]]]]:
    """Every list of objects, with its dotted path."""
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        if len(rows) >= LEAST_RECORDS:
            yield f"{path}[]", rows
    elif isinstance(value, Mapping) and deep:
        for name, inner in value.items():
            if name.isidentifier():
                yield from _lists(inner, f"{path}.{name}" if path else name, deep - 1)


def _fields(rows: list[Mapping[str, Json]]) -> dict[str, str]:
    """Which field is what, as most records have it; empty without a title."""
    seen = Counter(name for row in rows for name, held in row.items() if name.isidentifier() and word(held))
    usual = {name.replace("_", "").lower(): name for name, count in seen.items() if count * 2 > len(rows)}
    found = {
        role: usual[name]
        for role, names in NAMES.items()
        if (name := next((each for each in names if each in usual), ""))
    }
    return found if "title" in found else {}
