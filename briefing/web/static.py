"""The public archive as a folder of files, for any web host: the same pages, with links that work from any place.

Search runs in the visitor's browser over one file, and finds Chinese words of any length.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefing.archive.shelf import replace_file
from briefing.compose.links import figure_slug, with_pages
from briefing.compose.places import packaged_templates
from briefing.desk.parts import Desk
from briefing.errors import ArchiveError
from briefing.store import archive
from briefing.web import sitemaps
from briefing.web.documents import FILES, Documents
from briefing.web.feeds import Feeds
from briefing.web.history import developments
from briefing.web.pages import look, page
from briefing.web.public import Public
from briefing.web.visit import Answer, House, Moved, NoPage, Visit

LINK = re.compile(r'(?P<name>\b(?:href|action)=")(?P<address>/[^"]*)')
TEXT = 2000  # characters of a document in the search file: nearly every one is shorter


def export(desk: Desk, folder: Path, now: datetime, progress: Callable[[int], None] = lambda _: None) -> int:
    """Writes the site; gives the number of files. A folder that holds something else is not touched."""
    marker = folder / ".briefing-site"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise ArchiveError(f"{folder}: holds something else; name an empty folder")
    number = 0
    for path, body in _files(desk, now):
        replace_file(folder / path, _relative(path, body) if path.endswith(".html") else body)
        number += 1
        progress(number)
    replace_file(marker, b"made by `briefing archive export`; it may be made again over this\n")
    return number


def _files(desk: Desk, now: datetime) -> Iterator[tuple[str, bytes]]:
    kept = Documents(desk.archive)
    pages = Public(kept)
    address, sheet = look(desk.renderer.folders)
    yield address.lstrip("/"), sheet
    yield "search.js", (packaged_templates() / "web" / "search.js").read_bytes()
    yield "search-rows.js", _search_file(desk)
    for language, tag in (("en", ""), ("zh", ".zh")):
        visit = _visit(desk, now, language, f"/index{tag}.html")
        yield f"index{tag}.html", _home(pages, visit)
        yield f"search{tag}.html", page(_visit(desk, now, language, f"/search{tag}.html"), "search_static.html").body
        for topic in desk.topics:
            yield from _topic(pages, kept, visit, topic.key)
    yield "sitemap.xml", sitemaps.every_topic(_visit(desk, now, "en", "/sitemap.xml")).body
    for topic in desk.topics:
        yield from _sitemap(desk, now, topic.key)
        for one in archive.of_topic(desk.database, topic.key):
            for name in FILES:
                file = desk.archive / topic.key / one.id / name
                if file.exists():
                    yield f"{topic.key}/{one.id}/{name}", with_pages(file.read_bytes(), asking=False)


def _visit(desk: Desk, now: datetime, language: str, path: str, **places: str) -> Visit:
    return Visit(desk, House(is_static=True), now, language, path, places)


def _home(pages: Public, visit: Visit) -> bytes:
    """The first page; with one topic, a page that leads to it."""
    latest = {topic.key: pages.latest(visit, topic.key) for topic in visit.desk.topics}
    return page(visit, "home.html", latest=latest).body


def _topic(pages: Public, kept: Documents, visit: Visit, topic: str) -> Iterator[tuple[str, bytes]]:
    """Every page of one topic in one language."""
    database, tag, feeds = visit.desk.database, visit.tag, Feeds(kept)
    every = archive.of_topic(database, topic)
    wanted: list[tuple[str, Callable[[Visit], Answer], dict[str, str]]] = [
        (f"/{topic}/index{tag}.html", pages.topic, {}),
        (f"/{topic}/feed{tag}.atom", feeds.issues_as_atom, {}),
        (f"/{topic}/feed{tag}.json", feeds.issues_as_json, {}),
    ]
    years = sorted({one.made_at.year for one in every})
    wanted += [(f"/{topic}/archive/{year}{tag}.html", pages.year, {"year": str(year)}) for year in years]
    stories: dict[str, None] = {}
    for one in every:
        issue = kept.issue(database, topic, one.id)
        stories |= dict.fromkeys(told.story for told in developments(issue)) if issue else {}
    wanted += [(f"/{topic}/stories/{story}{tag}.html", pages.story, {"story": story}) for story in stories]
    slugs = [figure_slug(key) for key in archive.refs(database, topic, "figure")]
    wanted += [(f"/{topic}/figures/{slug}{tag}.html", pages.figure, {"figure": slug}) for slug in slugs]
    for path, view, places in wanted:
        made = _made(_visit(visit.desk, visit.now, visit.language, path, topic=topic, **places), view)
        if made:
            yield path.lstrip("/"), made.body


def _sitemap(desk: Desk, now: datetime, topic: str) -> Iterator[tuple[str, bytes]]:
    """Its addresses are whole, as they must be: the pages are thought to stand at the desk's `base_address`."""
    path = f"/{topic}/sitemap.xml"
    yield path.lstrip("/"), sitemaps.one_topic(_visit(desk, now, "en", path, topic=topic)).body


def _made(visit: Visit, view: Callable[[Visit], Answer]) -> Answer | None:
    """One page. A story that was merged stands at its old address too: files cannot send a browser on."""
    try:
        return view(visit)
    except Moved as away:
        story = unquote(away.path.rpartition("/")[2]).removesuffix(".html").removesuffix(".zh")
        return view(replace(visit, places={**visit.places, "story": story}))
    except NoPage:  # an issue that is no longer kept told of it
        return None


def _relative(path: str, body: bytes) -> bytes:
    """Links from the root as links from this page, so that the folder may stand anywhere."""
    here = posixpath.dirname(path)

    def turned(found: re.Match[str]) -> str:
        parts = urlsplit(found["address"].replace("&amp;", "&"))
        target = unquote(parts.path).lstrip("/") or "index.html"
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{found['name']}{posixpath.relpath(target, here or '.')}{fragment}"

    return LINK.sub(turned, body.decode("utf-8")).encode()


def _search_file(desk: Desk) -> bytes:
    """What search looks through: kind, title in both languages, text, address, day.

    A script, because a browser reads no other file beside a page that was opened from a disk.
    """
    rows = []
    for topic in desk.topics:
        for document in archive.documents(desk.database, topic.key):
            if document.kind == "story":
                place = f"{topic.key}/stories/{document.ref}"
            elif document.kind == "figure":
                place = f"{topic.key}/figures/{figure_slug(document.ref)}"
            else:
                place = f"{topic.key}/{document.issue}/index"
            titles = document.title.split("\n")
            rows.append([document.kind, titles[0], titles[-1], document.text[:TEXT], place, document.day])
    return f"var searchRows={json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};".encode()
