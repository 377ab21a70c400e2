"""The names that every template is given: documented in docs/reference/templates.md, and stable."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from briefing.compose.amounts import sentence, shown
from briefing.compose.budget import Room
from briefing.compose.chart import chart
from briefing.compose.links import Links, figure_slug
from briefing.compose.standing import objections, standing
from briefing.compose.sums import judged, verdict
from briefing.compose.view import (
    SIGNS,
    TONES,
    also,
    brief_status,
    checks_line,
    copied,
    copies,
    day_said,
    headed,
    health_lines,
    is_composed,
    original,
    reason_key,
    said_by,
    told,
    view,
)
from briefing.compose.wording import Value, Words, code, day, local, words
from briefing.compose.wrap import columns
from briefing.model.figure import Quantity
from briefing.model.issue import Extract, Issue
from briefing.model.text import Bilingual, Language

Context = dict[str, object]
PARTS = ("news", "start", "figures", "sums", "stories", "brief", "timeline", "corrections", "left_out")
FIRST = ("news", "sums", "figures", "start", *PARTS[4:])  # what the baseline itself gives away comes first
QUIET = ("news", "left_out")  # on a day without news: the one line, and what was read
NEXT = 3  # characters between two sentences that follow each other: a space or an empty line


def context(issue: Issue, language: str, links: Links, room: Room, folders: tuple[Path, ...]) -> Context:
    """Values and the few functions that put them into words."""
    lang = code(language)
    wording = words(lang, folders)
    return {
        "issue": issue,
        "language": "zh-Hans" if lang == "zh" else "en",
        "links": links,
        "room": room,
        "view": view(issue, lang, room),
        "health": health_lines(issue.source_health, wording),
        "say": wording.say,
        "put": _putting(lang, room.title * 2),
        "amount": _amounts(lang),
        "day": _days(lang, issue.zone),
        "count": _counting(wording),
        **_telling(issue, lang),
        "standing": lambda line: standing(issue, line),
        "objections": lambda line: objections(issue, line, wording),
        "reason": reason_key,
        "brief_status": brief_status,
        "judged": lambda box, bar: judged(box, bar, wording),
        "verdict": lambda box: verdict(box, wording),
        "copied": lambda story: copied(story, wording),
        "checks": checks_line(issue, wording),
        "columns": columns,
        "spoken": _spoken(lang),
        "tongue": _tongues(lang),
        "chart": lambda line: chart(line, lang),
        "parts": _parts(issue),
        "sentence": sentence,
        "marks": {},
        "gap": "" if lang == "zh" else " ",  # between two sentences
        "stop": "。" if lang == "zh" else ". ",
        "comma": "、" if lang == "zh" else ", ",  # between names
        "clip": _clipping(room.title),
        "short": _clipping(room.title // 4),
        **_signs(),
        "tag": ".zh" if lang == "zh" else "",
    }


def _telling(issue: Issue, lang: str) -> Context:
    """What templates ask of a story or headline."""
    return {
        "told": lambda story: told(story, lang),
        "joined": joined,
        "also": lambda story: also(story, lang),
        "copies": copies,
        "composed": lambda story: is_composed(story, lang),
        "original": lambda line: original(issue, line, lang),
        "headed": lambda story: headed(story, lang),
        "day_said": lambda event: day_said(event, lang),
        "said_by": lambda line: said_by(issue, line, lang),
    }


def _signs() -> Context:
    """What is the same for every issue."""
    return {"sign": SIGNS.__getitem__, "tone": TONES.__getitem__, "anchor": anchor, "slug": figure_slug}


def _parts(issue: Issue) -> tuple[str, ...]:
    if not issue.previous and issue.baseline:
        return FIRST
    return QUIET if issue.is_silent else PARTS


def _putting(language: str, most: int) -> Callable[[Bilingual], str]:
    cut = _clipping(most)
    return lambda statement: cut(statement.written(language))


def _amounts(language: str) -> Callable[[Quantity], str]:
    return lambda quantity: shown(quantity, language)


def _days(language: str, zone: str) -> Callable[..., str]:
    def told_day(when: datetime | date | str, shape: str = "") -> str:
        return day(local(when, zone) if isinstance(when, datetime) else when, language, shape)

    return told_day


def _counting(wording: Words) -> Callable[..., str]:
    def counted(key: str, n: int, **values: Value) -> str:
        return wording.say(key, n=n, **values)

    return counted


def _tongues(language: str) -> Callable[[Language | str], str]:
    """The `lang` of a run that is not in the issue's language; '' where it is."""
    here = "zh-Hans" if language == "zh" else "en"
    return lambda tag: "" if str(tag) in {here, Language.OTHER.value} else str(tag)


def _spoken(language: str) -> Callable[[str], str]:
    """The `lang` of a name or title by its script; '' where it is the issue's own."""

    def tag(text: str) -> str:
        is_han = any("\u3400" <= character <= "\u9fff" for character in text)
        if language == "en":
            return "zh-Hans" if is_han else ""
        return "" if is_han or not any(character.isalpha() for character in text) else "en"

    return tag


def _clipping(most: int) -> Callable[[str], str]:
    return lambda text: text if len(text) <= most else text[: most - 1].rstrip() + "…"


def joined(extracts: tuple[Extract, ...]) -> tuple[tuple[str, Extract], ...]:
    """Extracts with what goes before each: nothing, a space, or an ellipsis where words were left out between two."""
    made: list[tuple[str, Extract]] = []
    for place, extract in enumerate(extracts):
        before = extracts[place - 1] if place else None
        space = "" if extract.language.is_chinese else " "
        if before is None:
            made.append(("", extract))
        elif (before.article, before.part) == (extract.article, extract.part) and extract.start - before.end <= NEXT:
            made.append((space, extract))
        else:
            made.append((f"{space}…{space}", extract))
    return tuple(made)


def anchor(name: str) -> str:
    """A fragment for permalinks: letters, digits and hyphens, the same each time."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in name).strip("-").lower()
    return kept if kept.replace("-", "") and name.isascii() else f"{kept}-{_digest(name)}".strip("-")


def _digest(name: str) -> str:
    """Eight characters for a name that ASCII cannot carry."""
    value = 0
    for character in name:
        value = (value * 131 + ord(character)) % 16**8
    return f"{value:08x}"
