"""Fills the desk's templates for the web, with the same words and signs as the digest."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode

from briefing.compose.amounts import shown
from briefing.compose.context import anchor, joined
from briefing.compose.places import packaged_templates
from briefing.compose.standing import standing
from briefing.compose.templates import fill
from briefing.compose.view import SIGNS, TONES
from briefing.compose.wording import Words, day, words
from briefing.model.text import Bilingual, Language
from briefing.settings.deskfile import UNNAMED
from briefing.web.visit import HTML, Answer, Visit

HREFLANG = {"en": "en", "zh": "zh-Hans"}
HAN = re.compile("[\u3400-\u9fff]")
OTHER = {"en": "zh", "zh": "en"}
MARKS = {"en": (": ", ", ", ", ", ". "), "zh": ("：", "、", "，", "。")}  # with the gap of each


def wording(language: str, folders: tuple[Path, ...]) -> Words:
    """The digest's words and those of the pages; a desk's own files win."""
    own = tuple(place for folder in folders for place in (folder / "web", folder))
    return words(language, (*own, packaged_templates() / "web"))


@lru_cache(maxsize=4)
def look(folders: tuple[Path, ...]) -> tuple[str, bytes]:
    """The style sheet, and its address: it changes when the sheet does, so that browsers may keep it."""
    sheet = fill("web/look.css", {}, folders).encode()
    return f"/look.{sha256(sheet).hexdigest()[:12]}.css", sheet


def page(
    visit: Visit,
    template: str,
    *,
    fresh_s: int = 0,
    status: int = 200,
    values: Mapping[str, object] | None = None,
    **more: object,
) -> Answer:
    """One page of the desk in the visitor's language."""
    html = fill(f"web/{template}", {**surroundings(visit), **(values or {}), **more}, visit.desk.renderer.folders)
    return Answer(html.encode(), HTML, status, fresh_s)


def surroundings(visit: Visit) -> Mapping[str, object]:
    """The names that every page is given."""
    lang = visit.language
    said = wording(lang, visit.desk.renderer.folders)
    return {
        "language": HREFLANG[lang],
        "lang": lang,
        "other_language": HREFLANG[OTHER[lang]],
        "other_address": other_address(visit),
        "canonical": f"{visit.base}{visit.path}",
        "base": visit.base,
        "desk_name": said.say("mast.brand") if visit.desk.name == UNNAMED else visit.desk.name,
        "look_address": look(visit.desk.renderer.folders)[0],
        "topics": visit.desk.topics,
        "tag": visit.tag,
        "subscribing": visit.house.subscribing,
        "is_static": visit.house.is_static,
        "topic": None,
        "feed": "",
        "say": said.say,
        "count": _counting(said),
        "put": lambda text: text.written(lang),
        "amount": lambda quantity: shown(quantity, lang),
        "day": _days(lang),
        "instant": lambda when: f"{day(when.date(), lang)} {when:%H:%M} UTC",
        "stands": standing,
        "sign": SIGNS.__getitem__,
        "tone": TONES.__getitem__,
        "tongue": _tongue(lang),
        "spoken": spoken(lang),
        "joined": joined,
        **dict(zip(("colon", "comma", "pause", "full_stop"), MARKS[lang], strict=True)),
        "anchor": anchor,
        "asking": asking,
    }


def _counting(said: Words) -> Callable[..., str]:
    return lambda key, n: said.say(key, n=n)


def _days(language: str) -> Callable[..., str]:
    def told(when: datetime | date | str, shape: str = "") -> str:
        return day(when.date() if isinstance(when, datetime) else when, language, shape)

    return told


def _tongue(language: str) -> Callable[[str], str]:
    here = HREFLANG[language]
    return lambda tag: "" if str(tag) in {here, Language.OTHER.value, ""} else str(tag)


def spoken(language: str) -> Callable[[str], str]:
    """The `lang` of a name or title by its script; '' where it is the page's own."""

    def tag(text: str) -> str:
        is_han = not text.isascii() and HAN.search(text) is not None
        if language == "en":
            return "zh-Hans" if is_han else ""
        return "" if is_han or not any(sign.isalpha() for sign in text) else "en"

    return tag


def asking(path: str, **values: str) -> str:
    """An address of this desk with its parameters; empty ones are left out."""
    kept = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def other_address(visit: Visit) -> str:
    """The same page in the other language."""
    path, other = visit.path, OTHER[visit.language]
    asked = {name: value for name, value in visit.query.items() if name != "ui"}
    if path.endswith(".html"):
        bare = path.removesuffix(".html").removesuffix(".zh")
        path = f"{bare}.zh.html" if other == "zh" else f"{bare}.html"
    else:
        asked["ui"] = other
    # Two slashes at the start would name another host.
    return asking(quote(f"/{path.lstrip('/')}", safe="/.-_~"), **asked)


def both(text: Bilingual) -> str:
    """Both languages in one line, for places that have no language of their own."""
    return text.en if text.en == text.zh else f"{text.en} · {text.zh}"
