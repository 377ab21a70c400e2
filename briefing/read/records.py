"""JSON lists by a field map, whether the answer is JSON or a page that holds JSON in a script."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from cssselect import SelectorError
from lxml.html import HtmlElement

from briefing.model.entry import Failed, FailureReason, Fetched
from briefing.model.source import FieldMap, Source
from briefing.read.decode import Decoded
from briefing.read.drafts import Draft, entries_of, guessed
from briefing.read.jsonfeed import Json, json_of, read_json_feed, word
from briefing.read.markup import fragment
from briefing.read.parsed import MAX_ENTRIES, Form, Parsed

CALL = re.compile(r"^\s*(?:/\*.*?\*/\s*)?[\w.$]+\s*\(\s*(?=[\[{])", re.DOTALL)  # JSONP
MARKUP_TAG = re.compile(r"<(?:li|a|ul|div|tr)\b", re.IGNORECASE)
PLACE = re.compile(r"\{([\w.]+)\}")


def read_records(source: Source, fetched: Fetched, document: Decoded, now: datetime) -> Parsed | Failed:
    """The records of a JSON list as entries."""
    fields = source.fields
    if fields is None:
        return read_json_feed(source, fetched, document, now)
    value = _value(document.text, fields.embedded)
    if value is None:
        page = "<" in document.text[:200]
        detail = "a web page came where JSON was expected" if page else "the JSON is cut off or damaged"
        return Failed(fetched.final_address, FailureReason.NOT_A_FEED if page else FailureReason.UNREADABLE, detail)
    found = list(_at(value, fields.items))
    records = [record for record in found[:MAX_ENTRIES] if isinstance(record, Mapping)]
    if not found:
        return Failed(fetched.final_address, FailureReason.UNREADABLE, f"the JSON has no list at {fields.items!r}")
    entries, skipped = entries_of([_draft(record, fields) for record in records], source, fetched.final_address, now)
    assumed, missing = guessed(entries)
    return Parsed(
        entries,
        Form.RECORDS,
        encoding=document.encoding,
        repaired=document.repaired,
        dates_guessed=assumed,
        dates_missing=missing,
        skipped=skipped + len(found) - len(records),
    )


def longest_markup(text: str) -> str:
    """The longest piece of HTML that a JSON answer carries: some sites wrap their list pages so. '' if none."""
    longest, waiting = "", [json_of(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and len(value) > len(longest) and MARKUP_TAG.search(value):
            longest = value
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return longest


def _value(text: str, embedded: str) -> Json:
    if embedded:
        return _embedded(text, embedded)
    call = CALL.match(text)
    return json_of(text[call.end() : text.rfind(")")] if call else text)


def _embedded(text: str, selector: str) -> Json:
    """The JSON in a page's script, bare or after 'name ='."""
    root = fragment(text)
    if root is None:
        return None
    try:
        scripts = root.cssselect(selector)
    except SelectorError:
        return None
    return next((value for value in map(held_by, scripts) if value is not None), None)


def held_by(script: HtmlElement) -> Json:
    """The JSON of a script, bare or after 'name ='; None where it holds none."""
    body = script.text or ""
    starts = [place for place in (body.find("{"), body.find("[")) if place >= 0]
    end = max(body.rfind("}"), body.rfind("]"))
    return json_of(body[min(starts) : end + 1]) if starts else None


def _at(value: Json, path: str) -> Iterator[Json]:
    """Every value at a dotted path; 'name[]' opens a list, '[]' alone the list where we stand."""
    step, _, rest = path.partition(".")
    if not path:
        yield value
        return
    name, opened = step.removesuffix("[]"), step.endswith("[]")
    inner = _named(value, name) if name else value
    for each in (inner if isinstance(inner, list) else []) if opened else [inner]:
        yield from _at(each, rest)


def _named(value: Json, name: str) -> Json:
    if isinstance(value, list) and name.isdigit():
        return value[int(name)] if int(name) < len(value) else None
    return value.get(name) if isinstance(value, Mapping) else None


def _word_at(record: Json, path: str) -> str:
    return next((word(value) for value in _at(record, path) if word(value)), "") if path else ""


def _draft(record: Mapping[str, Json], fields: FieldMap) -> Draft:
    guid = _word_at(record, fields.guid)
    link = _word_at(record, fields.link)
    if not link and fields.link_template:
        filled = {"guid": guid}
        link = PLACE.sub(lambda place: filled.get(place[1]) or _word_at(record, place[1]), fields.link_template)
    return Draft(
        title=_word_at(record, fields.title),
        link=link,
        guid=guid,
        summary=_word_at(record, fields.summary),
        published=_word_at(record, fields.date),
    )
