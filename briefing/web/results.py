"""The search page: each search has words of its own, so page and hits are cast from moulds that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from briefing.compose.escaping import marked as escaped
from briefing.compose.templates import fill
from briefing.compose.wording import day
from briefing.store.search import Document
from briefing.web import marks
from briefing.web.finding import KINDS, LANGUAGES, SHOWN, STATUSES, Wanted, found, place, title_of, wanted
from briefing.web.moulds import Mould, gap, mould
from briefing.web.pages import page, spoken, wording
from briefing.web.visit import HTML, MINUTE, Answer, Visit

KIND_NAMES = {stored: name for name, stored in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Shape:
    """What hits have in common that look alike but for their texts."""

    kind: str
    status: str
    title_tongue: str
    text_tongue: str
    outlet_tongue: str
    has_outlet: bool
    language: str
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the page around the hits depends on."""

    asked: Wanted  # with a gap for its words
    has_hits: bool
    has_more: bool
    language: str
    base: str
    desk: str
    folders: tuple[Path, ...]
    subscribing: bool
    visit: Visit = field(compare=False, repr=False)  # any visit of this setting


def search(visit: Visit) -> Answer:
    """The search page; without words, the form alone."""
    asked = wanted(visit)
    hits, words = found(visit, asked), marks.runs(asked.words)
    setting = Setting(
        replace(asked, words=gap("text") if asked.words else ""), bool(hits), len(hits) > SHOWN, visit.language,
        visit.base, visit.desk.name, visit.desk.renderer.folders, visit.house.subscribing, visit,
    )  # fmt: skip
    values = {
        "text": escaped(marks.plain(asked.words)),
        "address": asked.in_address,
        "results": "".join([_shown(one, visit, words) for one in hits[:SHOWN]]),
    }
    return Answer(_frame(setting).cast(values).encode(), HTML, fresh_s=MINUTE)


@lru_cache(maxsize=64)
def _frame(setting: Setting) -> Mould:
    """The search page with gaps for the words and for what they find; nearly all searches have no filters."""
    asked, visit, lang = setting.asked, setting.visit, setting.language
    inside = replace(asked, words=gap("address")) if asked.words else asked
    first = replace(inside, page=1)
    made = page(
        replace(visit, query=inside.query),
        "search.html",
        asked=asked,
        results=Markup(gap("results")) if setting.has_hits else "",  # noqa: S704 -- our own sign, for escaped hits
        more=inside.address("/search", asked.page + 1, lang) if setting.has_more else "",
        before=inside.address("/search", asked.page - 1, lang) if asked.page > 1 else "",
        search_feed=first.address("/search.atom", ui=lang) if asked.words else "",
        search_json=first.address("/search.feed.json", ui=lang) if asked.words else "",
        filters=_filters(visit, asked),
    )
    return mould(made.body.decode("utf-8"))


def _filters(visit: Visit, asked: Wanted) -> Markup:
    """The filters of the form."""
    folders = visit.desk.renderer.folders
    values = {
        "asked": asked,
        "say": wording(visit.language, folders).say,
        "topics": visit.desk.topics,
        "names": {topic.key: topic.name.written(visit.language) for topic in visit.desk.topics},
        "kinds": tuple(KINDS),
        "languages": LANGUAGES,
        "statuses": STATUSES,
    }
    return Markup(fill("web/search_filters.html", values, folders))  # noqa: S704 -- a filled template, escaped there


def _shown(one: Document, visit: Visit, words: tuple[str, ...]) -> str:
    """One hit as the page shows it."""
    title, tongue = title_of(one, visit.language), spoken(visit.language)
    shape = Shape(
        one.kind, one.status, tongue(title), tongue(one.text), tongue(one.outlet), bool(one.outlet),
        visit.language, visit.desk.renderer.folders,
    )  # fmt: skip
    own, issue = place(one, visit.tag)
    values: Mapping[str, str] = {
        "title": escaped(marks.marked(title, words)),
        "excerpt": escaped(marks.excerpt(one.text, words)),
        "outlet": escaped(marks.plain(one.outlet)),
        "when": _when(one.day, visit.language, shape.folders),
        "address": own,
        "issue": issue,
    }
    return _hit(shape).cast(values)


@lru_cache(maxsize=4096)
def _when(issue_day: str, language: str, folders: tuple[Path, ...]) -> str:
    return escaped(wording(language, folders).say("search.in_issue", when=day(issue_day, language)))


@lru_cache(maxsize=512)
def _hit(shape: Shape) -> Mould:
    values = {
        "say": wording(shape.language, shape.folders).say,
        "kind": KIND_NAMES[shape.kind],
        "status": shape.status,
        "title_tongue": shape.title_tongue,
        "text_tongue": shape.text_tongue,
        "outlet_tongue": shape.outlet_tongue,
        "outlet": gap("outlet") if shape.has_outlet else "",
        **{name: gap(name) for name in ("title", "excerpt", "when", "address", "issue")},
    }
    return mould(fill("web/search_hit.html", values, shape.folders))
