"""The search page: each search has words of its own, so page and hits are cast from moulds that are kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from briefing.compose.escaping import clean, marked_lines
from briefing.compose.escaping import marked as escaped
from briefing.compose.templates import fill
from briefing.compose.wording import day
from briefing.store.search import Document
from briefing.web import marks
from briefing.web.finding import KINDS, LANGUAGES, SHOWN, STATUSES, Wanted, found, place, text_of, title_of, wanted
from briefing.web.marks import Runs
from briefing.web.moulds import Mould, gap, mould
from briefing.web.pages import page, spoken, wording
from briefing.web.visit import HTML, MINUTE, Answer, Visit

KIND_NAMES = {stored: name for name, stored in KINDS.items()}


# What hits have in common that look alike but for their texts: kind, status, whether they name an outlet, and the
# tongues of title, text and outlet.
Shape = tuple[str, str, bool, str, str, str]


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
        "results": "".join(_shown(hits[:SHOWN], visit, words)),
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


def _shown(hits: Sequence[Document], visit: Visit, words: Runs) -> Iterator[str]:
    """The hits as the page shows them; their texts are marked and escaped as one, which costs half."""
    mould_of, when = _kept(visit.language, visit.desk.renderer.folders)
    tongue = spoken(visit.language)
    titles = [title_of(one, visit.language) for one in hits]
    cuts = [marks.cut(text_of(one, visit.language), words) for one in hits]
    lines = marked_lines(marks.marked("\n".join(map(clean, (*titles, *cuts))), words))
    for number, one in enumerate(hits):
        own, issue = place(one, visit.tag)
        made: Mapping[str, str] = {
            "title": lines[number], "excerpt": lines[len(hits) + number], "outlet": _outlet(one.outlet),
            "when": when(one.day), "address": own, "issue": issue,
        }  # fmt: skip
        shape = one.kind, one.status, bool(one.outlet), tongue(titles[number]), tongue(cuts[number]), tongue(one.outlet)
        yield mould_of(shape).cast(made)


@lru_cache(maxsize=512)
def _outlet(name: str) -> str:
    return escaped(marks.plain(name))


@lru_cache(maxsize=8)
def _kept(language: str, folders: tuple[Path, ...]) -> tuple[Callable[[Shape], Mould], Callable[[str], str]]:
    """The moulds of hits in one language, and how it names an issue's day; each is made once."""
    say = wording(language, folders).say

    @lru_cache(maxsize=512)
    def mould_of(shape: Shape) -> Mould:
        kind, status, has_outlet, title_tongue, text_tongue, outlet_tongue = shape
        values = {
            "say": say,
            "kind": KIND_NAMES[kind],
            "status": status,
            "title_tongue": title_tongue,
            "text_tongue": text_tongue,
            "outlet_tongue": outlet_tongue,
            "outlet": gap("outlet") if has_outlet else "",
            **{name: gap(name) for name in ("title", "excerpt", "when", "address", "issue")},
        }
        return mould(fill("web/search_hit.html", values, folders))

    @lru_cache(maxsize=4096)
    def when(issue_day: str) -> str:
        return escaped(say("search.in_issue", when=day(issue_day, language)))

    return mould_of, when
