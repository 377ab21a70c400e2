"""Between the web server and the pages: reads requests within bounds, runs pages in the pool, answers plainly."""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from urllib.parse import parse_qsl, urlsplit

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from briefing.desk.parts import Desk
from briefing.errors import BriefingError
from briefing.store import archive
from briefing.web.faults import fault_page
from briefing.web.limits import InMemory, Limit, network
from briefing.web.pool import Pool
from briefing.web.responses import response
from briefing.web.visit import Answer, BadRequest, House, Moved, NoPage, Outgoing, Visit

LOG = logging.getLogger("briefing.web")
MOST_BYTES = 64_000  # of a form; ours hold a few hundred
BODY_S = 10.0  # a body that comes slower than this is not waited for
MOST_FIELDS = 200
LISTS = frozenset({"outlet"})  # fields of a program's wish that hold several texts
FORM = "application/x-www-form-urlencoded"
KEPT_PAGES, KEPT_BYTES = 512, 24_000_000

View = Callable[[Visit], Answer]
Send = Callable[[Outgoing], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is asked for."""

    language: str = ""  # '' for pages that choose it by `ui` and Accept-Language
    limit: Limit | None = None
    heavy: bool = False  # takes seconds: runs apart, so that pages stay fast
    searches: bool = False  # short, and many at once: one thread is faster than several that wait for each other
    kept: bool = False  # depends on nothing but the archive, so that it can be kept until the archive changes
    program: bool = False  # asked by a program with a key of its own, in JSON; no browser sends that header by itself
    any_origin: bool = False  # RFC 8058: a mail provider's one click comes from nowhere; the link is the key


@dataclass(slots=True)
class Kept:
    """Answers that stay true until the archive changes."""

    answers: OrderedDict[tuple[str, str], tuple[archive.State, Answer]] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[str, str], state: archive.State) -> Answer | None:
        with self.lock:
            found = self.answers.get(key)
            if found is None or found[0] != state:
                return None
            self.answers.move_to_end(key)
            return found[1]

    def keep(self, key: tuple[str, str], state: archive.State, answer: Answer) -> None:
        with self.lock:
            before = self.answers.pop(key, None)
            self.size += len(answer.body) - (len(before[1].body) if before else 0)
            self.answers[key] = (state, answer)
            while len(self.answers) > KEPT_PAGES or self.size > KEPT_BYTES:
                _, (_, gone) = self.answers.popitem(last=False)
                self.size -= len(gone.body)


@dataclass(frozen=True, slots=True)
class Reception:
    """Everything that stands between the server and a page."""

    desk: Desk
    house: House
    clock: Callable[[], datetime]
    pages: Pool
    press: Pool
    searches: Pool
    limits: InMemory
    send: Send | None = None
    behind_proxy: bool = False
    kept: Kept = field(default_factory=Kept)

    @property
    def secure(self) -> bool:
        return self.desk.base_address.startswith("https://")

    def endpoint(self, view: View, manner: Manner) -> Callable[[Request], Awaitable[Response]]:
        async def answered(asked: Request) -> Response:
            return await self.answer(view, manner, asked)

        return answered

    async def answer(self, view: View, manner: Manner, asked: Request) -> Response:
        """One request, from its bounds to its answer; what goes wrong is a page as well."""
        visit = self.visit(asked, manner.language)
        try:
            if manner.limit and not self.limits.passes(manner.limit, network(visit.client)):
                return self.plain(visit, asked, 429, "busy")
            if asked.method == "POST":
                if not (manner.any_origin or manner.program or self.is_own(asked)):
                    return self.plain(visit, asked, 403, "foreign")
                read = fields_of(asked) if manner.program else form_of(asked, lenient=manner.any_origin)
                form = await read
                visit = replace(visit, form=form, posted=True)
            pool = self.press if manner.heavy else self.searches if manner.searches else self.pages
            if pool.is_full:
                return self.plain(visit, asked, 503, "busy")
            answer = await pool.run(lambda desk: self._seen(view, replace(visit, desk=desk), manner))
        except ClientDisconnect:
            return Response(status_code=400)
        except BadRequest as fault:
            return self.plain(visit, asked, fault.status, str(fault))
        vary = "" if manner.language else "Accept-Language"
        made = response(answer, asked, secure=self.secure, vary=vary)
        if answer.later:
            made.background = BackgroundTask(self._afterwards, answer.later)
        return made

    def _seen(self, view: View, visit: Visit, manner: Manner) -> Answer:
        """The page itself, in a thread of the pool."""
        try:
            return self._at_hand(view, visit) if manner.kept else view(visit)
        except NoPage as fault:
            return fault_page(visit, 404, str(fault) or "no_page")
        except Moved as away:
            return Answer(b"", status=301 if away.for_good else 302, location=away.path)
        except BriefingError:
            LOG.exception("a page failed", extra={"fields": {"path": visit.path.split("/")[1:2]}})
            return fault_page(visit, 500, "broken")

    def _at_hand(self, view: View, visit: Visit) -> Answer:
        """The page as it was made last, unless the archive has changed since."""
        key = (f"{visit.path}?{sorted(visit.query.items())}", visit.language)
        state = archive.state(visit.desk.database)
        known = self.kept.get(key, state)
        if known is None:
            known = view(visit)
            self.kept.keep(key, state, known)
        return known

    async def _afterwards(self, later: Callable[[Desk], tuple[Outgoing, ...]]) -> None:
        """What the visitor does not wait for; a letter that does not leave may be asked for again."""
        try:
            for letter in await self.pages.run(later):
                if self.send:
                    await self.send(letter)
        except (BriefingError, OSError) as fault:
            LOG.warning("a letter did not leave", extra={"fields": {"fault": type(fault).__name__}})

    def visit(self, asked: Request, language: str = "") -> Visit:
        """The request as pages see it."""
        written = asked.scope["query_string"].decode("latin-1")
        query = dict(parse_qsl(written, keep_blank_values=True, errors="replace")[:MOST_FIELDS])
        named = "zh" if asked.scope["path"].endswith(".zh.html") else ""
        chosen = language or chosen_language(query.get("ui", named), asked.headers.get("accept-language", ""))
        return Visit(
            self.desk,
            self.house,
            self.clock(),
            chosen,
            asked.scope["path"],
            {name: str(value) for name, value in asked.path_params.items()},
            query,
            client=self.client(asked),
            cookies=asked.cookies,
            bearer=bearer(asked.headers.get("authorization", "")),
        )

    def client(self, asked: Request) -> str:
        """Who asks: behind a trusted proxy, whom that proxy saw; never what a visitor claims."""
        forwarded = asked.headers.getlist("x-forwarded-for")
        if self.behind_proxy and forwarded:
            return forwarded[-1].rpartition(",")[2].strip()
        return asked.client.host if asked.client else ""

    def is_own(self, asked: Request) -> bool:
        """Whether a form comes from one of our own pages, as the browser says itself."""
        site = asked.headers.get("sec-fetch-site", "")
        origin = asked.headers.get("origin", "")
        if site and site not in {"same-origin", "none"}:
            return False
        if not origin:
            return bool(site)  # neither is said: no browser of these years sent it
        own = urlsplit(self.desk.base_address)
        there = urlsplit(origin)
        return (there.scheme, there.netloc) == (own.scheme, own.netloc) or (
            there.netloc == asked.headers.get("host", "") and there.hostname in {"127.0.0.1", "localhost", "::1"}
        )

    def plain(self, visit: Visit, asked: Request, status: int, key: str) -> Response:
        """What went wrong, in plain words."""
        return response(fault_page(visit, status, key), asked, secure=self.secure)


def chosen_language(wanted: str, accepted: str) -> str:
    """'en' or 'zh': what the address says, else what the browser likes best of the two."""
    if wanted in {"en", "zh"}:
        return wanted
    likes: dict[str, float] = {}
    for part in accepted[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            likes.setdefault(tag[:2].lower(), float(weight or 1))
        except ValueError:
            continue
    return "zh" if likes.get("zh", 0) > likes.get("en", 0) else "en"


def bearer(header: str) -> str:
    """The key that a program shows."""
    kind, _, key = header[:300].partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


async def fields_of(asked: Request) -> Mapping[str, tuple[str, ...]]:
    """A JSON object of texts and lists of texts, as the fields of a form. Raises BadRequest."""
    try:
        found = json.loads(await body_of(asked) or b"null")
    except (ValueError, RecursionError) as fault:
        raise BadRequest("bad_form") from fault
    if not isinstance(found, dict) or len(found) > MOST_FIELDS:
        raise BadRequest("bad_form")
    if any(isinstance(value, list) is not (name in LISTS) for name, value in found.items()):
        raise BadRequest("bad_form")
    listed = {name: value if isinstance(value, list) else [value] for name, value in found.items()}
    if not all(isinstance(item, str) for items in listed.values() for item in items):
        raise BadRequest("bad_form")
    return {name: tuple(item.replace("\x00", "") for item in items) for name, items in listed.items()}


async def form_of(asked: Request, *, lenient: bool = False) -> Mapping[str, tuple[str, ...]]:
    """The fields of a form. Raises BadRequest for what is too large, too slow, or no form of ours."""
    body = await body_of(asked)
    kind = asked.headers.get("content-type", FORM).partition(";")[0].strip().lower()
    if kind != FORM:
        if lenient:
            return {}
        raise BadRequest("bad_form")
    fields: dict[str, tuple[str, ...]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (UnicodeDecodeError, ValueError) as fault:
        raise BadRequest("bad_form") from fault
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value.replace("\x00", ""))
    return fields


async def body_of(asked: Request) -> bytes:
    """The whole body, within its bounds."""
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in asked.stream():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise BadRequest("too_large")
                chunks.append(chunk)
    except TimeoutError as fault:
        raise BadRequest("too_slow") from fault
    return b"".join(chunks)
