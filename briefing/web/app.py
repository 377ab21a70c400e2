"""The desk's pages as one application, for `serve` to mount or for any ASGI server to run."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import choice, token_urlsafe
from string import ascii_lowercase, digits

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from briefing.desk.parts import Desk
from briefing.desk.pushing import CALLBACK
from briefing.web import (
    api,
    demand,
    editing,
    editor,
    entrance,
    feeds,
    openapi,
    programs,
    public,
    push,
    readership,
    results,
    sitemaps,
    subscriber,
    watchlist,
)
from briefing.web.documents import FILES, Documents, Files
from briefing.web.limits import LINK, SEARCH, InMemory
from briefing.web.pages import look
from briefing.web.pool import Pool
from briefing.web.reception import Manner, Reception, Send, View
from briefing.web.responses import paper_response, response
from briefing.web.visit import HOUR, HTML, MINUTE, YEAR, Answer, House

THREADS = 1
WAITING = 256  # requests that may wait for a thread; then the answer is 'busy'
BRIEFINGS_WAITING = 4


def _now() -> datetime:
    return datetime.now(UTC)


def _fresh_id() -> str:
    return "".join(choice(ascii_lowercase + digits) for _ in range(16))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the pages need beside the desk itself.

    Without a key no subscribers are taken, without a password nobody can sign in, without `send` no letter leaves.
    """

    desk: Desk
    key: bytes = field(default=b"", repr=False)
    password: str = field(default="", repr=False)
    editors: tuple[str, ...] = ()  # addresses that get a link to sign in by
    send: Send | None = None
    behind_proxy: bool = False
    clock: Callable[[], datetime] = _now
    fresh_id: Callable[[], str] = _fresh_id
    fresh_token: Callable[[], str] = lambda: token_urlsafe(32)


def application(parts: Parts) -> Starlette:
    """The pages. Their threads end with the process; `opened` closes them earlier, for tests and tools."""
    desk = parts.desk
    house = House(
        parts.key, parts.password, parts.editors, parts.fresh_id, parts.fresh_token, sends=parts.send is not None
    )
    reception = Reception(
        desk,
        house,
        parts.clock,
        Pool(desk, THREADS, WAITING),
        Pool(desk, 1, BRIEFINGS_WAITING),
        Pool(desk, 1, WAITING),
        InMemory(parts.clock),
        parts.send,
        parts.behind_proxy,
    )
    kept = Documents(desk.archive)
    own = (
        *_files(reception),
        *_public(reception, kept),
        *_subscribers(reception),
        *_editor(reception),
        *_push(reception),
    )
    made = Starlette(routes=[*own, *_api(reception, kept), *_archive(reception, kept)])
    made.add_exception_handler(404, _lost(reception, "no_page"))
    made.add_exception_handler(405, _lost(reception, "bad"))
    made.add_exception_handler(500, _lost(reception, "broken"))
    made.router.redirect_slashes = False  # it would send the browser to whatever host the request names
    made.state.reception = reception
    return made


@contextmanager
def opened(parts: Parts) -> Iterator[Starlette]:
    """The application, with every thread and connection closed at the end."""
    made = application(parts)
    try:
        yield made
    finally:
        made.state.reception.pages.close()
        made.state.reception.press.close()
        made.state.reception.searches.close()


def _lost(reception: Reception, key: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def lost(asked: Request, fault: Exception) -> Response:
        status = int(getattr(fault, "status_code", 500))
        made = reception.plain(reception.visit(asked), asked, status, key)
        if status == 405:  # noqa: PLR2004 - HTTP's own number
            made.headers["allow"] = ", ".join(_ways(asked))
        return made

    return lost


def _ways(asked: Request) -> list[str]:
    """Every way in which an address may be asked; each route of it knows only its own."""
    routes = [route for route in asked.app.routes if isinstance(route, Route)]
    path = next((one.path for one in routes if one.matches(asked.scope)[0] is Match.PARTIAL), "")
    return sorted({way for one in routes if one.path == path for way in one.methods or ()})


def _in_both(path: str, reception: Reception, view: View) -> Iterator[Route]:
    """One page at two addresses: `.html` in English, `.zh.html` in Chinese."""
    for language, tag in (("zh", ".zh"), ("en", "")):  # the longer ending first: the shorter one fits both
        how = Manner(language=language, kept=True)
        yield Route(path.replace("{tag}", tag), reception.endpoint(view, how))


def _public(reception: Reception, kept: Documents) -> Iterator[BaseRoute]:
    pages = public.Public(kept)
    yield Route("/", reception.endpoint(pages.home, Manner()))
    searched = Manner(limit=SEARCH, kept=True, searches=True)
    yield Route("/search", reception.endpoint(results.search, searched))
    yield Route("/sitemap.xml", reception.endpoint(sitemaps.every_topic, Manner(language="en", kept=True)))
    yield Route("/search.atom", reception.endpoint(feeds.search_as_atom, searched))
    yield Route("/search.feed.json", reception.endpoint(feeds.search_as_json, searched))
    briefings = Manner(heavy=True)
    yield Route("/briefing", reception.endpoint(demand.form, briefings))
    yield Route("/briefing.json", reception.endpoint(demand.as_json, briefings))


def _subscribers(reception: Reception) -> Iterator[BaseRoute]:
    link = Manner(limit=LINK)
    pairs = (
        ("/subscribe", subscriber.subscribe_form, subscriber.subscribe, Manner()),
        ("/confirm/{token}", subscriber.confirm_form, subscriber.confirm, link),
        ("/preferences/{token}", subscriber.preferences, subscriber.change, link),
        ("/unsubscribe/{token}", subscriber.leave_form, subscriber.leave, Manner(any_origin=True)),
    )
    for path, get, post, manner in pairs:
        yield Route(path, reception.endpoint(get, manner))
        yield Route(path, reception.endpoint(post, manner), methods=["POST"])


def _editor(reception: Reception) -> Iterator[BaseRoute]:
    """Signing in has no guard; all else has."""
    light, heavy = Manner(), Manner(heavy=True)
    yield Route("/editor/sign-in", reception.endpoint(entrance.sign_in, light), methods=["POST"])
    yield Route("/editor/link", reception.endpoint(entrance.ask_link, light), methods=["POST"])
    yield Route("/editor/enter/{token}", reception.endpoint(entrance.enter_form, Manner(limit=LINK)))
    yield Route("/editor/enter/{token}", reception.endpoint(entrance.enter, Manner(limit=LINK)), methods=["POST"])
    reads = (
        ("/editor", editor.overview, light),
        ("/editor/sources", watchlist.sources, light),
        ("/editor/log", editor.log, light),
        ("/editor/letters", editor.letters, light),
        ("/editor/bounces", readership.bounces, light),
        ("/editor/readers/{reader}", readership.reader, light),
        ("/editor/{topic}/{edition}", editor.coming, heavy),
        ("/editor/{topic}/{edition}/preview", editor.preview, heavy),
        ("/editor/{topic}/{edition}/correction", editing.correction, light),
        ("/editor/{topic}/{edition}/join", editing.joining, heavy),
    )
    acts = (
        ("/editor/sign-out", entrance.sign_out, light),
        ("/editor/post", editor.post, light),
        ("/editor/bounces", readership.find, light),
        ("/editor/readers/{reader}", readership.act, light),
        ("/editor/sources/{topic}", watchlist.act, heavy),
        ("/editor/{topic}/{edition}/act", editing.act, heavy),
        ("/editor/{topic}/{edition}/decide", editor.decide, light),
        ("/editor/{topic}/{edition}/test", editor.trial, light),
    )
    for path, view, manner in reads:
        yield Route(path, reception.endpoint(entrance.guarded(view), manner))
    for path, view, manner in acts:
        yield Route(path, reception.endpoint(entrance.guarded(view), manner), methods=["POST"])


def _api(reception: Reception, kept: Documents) -> Iterator[BaseRoute]:
    reads = api.Api(kept)
    usual, searched = Manner(kept=True), Manner(limit=SEARCH, kept=True, searches=True)
    yield Route("/api/openapi.json", reception.endpoint(openapi.openapi, usual))
    yield Route("/api/topics", reception.endpoint(reads.topics, usual))
    yield Route("/api/topics/{topic}/issues", reception.endpoint(reads.issues, usual))
    yield Route("/api/topics/{topic}/issues/{issue}", reception.endpoint(reads.issue, usual))
    yield Route("/api/topics/{topic}/stories/{story}", reception.endpoint(reads.story, usual))
    yield Route("/api/topics/{topic}/figures/{figure}", reception.endpoint(reads.figure, usual))
    yield Route("/api/search", reception.endpoint(reads.search, searched))
    writes = Manner(heavy=True, limit=LINK, program=True)
    yield Route(
        "/api/topics/{topic}/editions/{edition}/acts", reception.endpoint(programs.act, writes), methods=["POST"]
    )
    yield Route("/api/topics/{topic}/briefings", reception.endpoint(programs.briefing, writes), methods=["POST"])


def _archive(reception: Reception, kept: Documents) -> Iterator[BaseRoute]:
    """Pages under a topic; last, because a topic may have any name."""
    pages = public.Public(kept)
    yield Route("/{topic}", reception.endpoint(pages.to_topic, Manner()))
    yield Route("/{topic}/", reception.endpoint(pages.to_topic, Manner()))
    yield from _in_both("/{topic}/index{tag}.html", reception, pages.topic)
    yield from _in_both("/{topic}/archive/{year}{tag}.html", reception, pages.year)
    yield from _in_both("/{topic}/stories/{story}{tag}.html", reception, pages.story)
    yield from _in_both("/{topic}/figures/{figure}{tag}.html", reception, pages.figure)
    yield from _in_both("/{topic}/changes{tag}.html", reception, pages.changes)
    syndicated = feeds.Feeds(kept)
    yield from _in_both("/{topic}/feed{tag}.atom", reception, syndicated.issues_as_atom)
    yield from _in_both("/{topic}/feed{tag}.json", reception, syndicated.issues_as_json)
    yield Route("/{topic}/sitemap.xml", reception.endpoint(sitemaps.one_topic, Manner(language="en", kept=True)))
    yield Route("/{topic}/{issue}/", reception.endpoint(pages.to_issue, Manner()))
    yield Route("/{topic}/{issue}/{name}", _paper(reception))


def _push(reception: Reception) -> Iterator[BaseRoute]:
    """Only where a key makes addresses that nobody guesses."""
    if reception.house.key:
        called = push.Push(reception)
        yield Route(f"{CALLBACK}{{path}}", called.confirm)
        yield Route(f"{CALLBACK}{{path}}", called.take, methods=["POST"])


def _files(reception: Reception) -> Iterator[BaseRoute]:
    async def sheet(asked: Request) -> Response:
        address, body = look(reception.desk.renderer.folders)
        fresh = YEAR if asked.url.path == address else MINUTE
        answer = Answer(body, "text/css; charset=utf-8", fresh_s=fresh)
        return response(answer, asked, secure=reception.secure)

    async def robots(asked: Request) -> Response:
        lines = ("User-agent: *", "Disallow: /editor", "Disallow: /preferences", "Disallow: /unsubscribe",
                 "Disallow: /confirm", "Disallow: /briefing", "Disallow: /search",
                 f"Sitemap: {reception.desk.base_address}/sitemap.xml", "")  # fmt: skip
        answer = Answer("\n".join(lines).encode(), "text/plain; charset=utf-8", fresh_s=HOUR)
        return response(answer, asked, secure=reception.secure)

    yield Route("/look.{digest}.css", sheet)
    yield Route("/robots.txt", robots)


def _own_links(folder: str, name: str) -> str:
    """Where an issue's page truly stands, in each language: the file itself does not know."""
    others = (("en", "index.html"), ("zh-Hans", "index.zh.html"))
    alternates = (f'<{folder}/{other}>; rel="alternate"; hreflang="{tag}"' for tag, other in others)
    return ", ".join((f'<{folder}/{name}>; rel="canonical"', *alternates))


def _paper(reception: Reception) -> Callable[[Request], Awaitable[Response]]:
    """Files of the archive, straight from memory: these are what most visitors read."""
    files = Files(reception.desk.archive)
    topics = {topic.key for topic in reception.desk.topics}

    async def paper(asked: Request) -> Response:
        topic, issue, name = (asked.path_params[part] for part in ("topic", "issue", "name"))
        found = files.paper(topic, issue, name) if topic in topics and name in FILES else None
        if found is None:
            return reception.plain(reception.visit(asked), asked, 404, "no_page")
        answer = paper_response(found, FILES[name], asked, secure=reception.secure, fresh_s=HOUR)
        if FILES[name] == HTML:
            answer.headers["link"] = _own_links(f"{reception.desk.base_address}/{topic}/{issue}", name)
        return answer

    return paper


__all__ = ["Parts", "application", "opened"]
