"""One bounded, guarded, conditional request. With `failures` and `names`, the only door to aiohttp."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from briefing.collect import failures, files, headers, unpacking
from briefing.collect.bulk import SMALL_BYTES, Bulk
from briefing.collect.guard import Policy, guarded_socket
from briefing.collect.names import Names
from briefing.model.entry import Failed, FailureReason, Fetched, Outcome, Unchanged

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
PAGES = "text/html, application/xhtml+xml, */*;q=0.8"
MAX_BYTES = 10_000_000  # decoded; the largest of 3,403 real feeds has a third of it
DEADLINE_S = 30.0
POST_S = 15.0
MAX_REDIRECTS = 5
MAX_LINE = 16_384  # content policies outgrow aiohttp's 8,190; with at most 128 lines the whole stays bounded
IDLE_S = 5.0  # longer than the pause between two requests to one host, short enough to keep few sockets open
PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and how much of an answer is borne. Validators are sent exactly as they came."""

    address: str
    etag: str = ""
    last_modified: str = ""
    accept: str = FEEDS
    max_bytes: int = MAX_BYTES
    deadline_s: float = DEADLINE_S  # for everything together: name, connection, redirects, body
    may_be_file: bool = False  # only for a source that the operator wrote down, never for an address that was read


@dataclass(frozen=True, slots=True)
class Trail:
    """The redirects followed so far."""

    url: URL
    hops: int = 0
    moved_to: str = ""  # as long as every hop was permanent
    is_permanent: bool = True
    cookies: tuple[tuple[str, str], ...] = ()  # of this chain only: some hosts set one and send the reader back
    seen: frozenset[tuple[URL, tuple[tuple[str, str], ...]]] = frozenset()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the body of one request is put together, within its own bound and that of all bodies together."""

    max_bytes: int
    bulk: Bulk | None
    deadline: asyncio.Timeout

    async def body(self, answer: aiohttp.ClientResponse) -> bytes | None:
        """The unpacked body, or None as soon as it is too large: nothing more is read then."""
        if (answer.content_length or 0) > self.max_bytes:
            return None
        parts: list[bytes] = []
        size = 0
        async for part in answer.content.iter_any():
            size += len(part)
            if size > self.max_bytes:
                return None
            if size > SMALL_BYTES:
                await self._hold()
            parts.append(part)
        body = parts[0] if len(parts) == 1 else b"".join(parts)
        encoding = answer.headers.get("Content-Encoding", "")
        if unpacking.stated_bytes(body, encoding) > SMALL_BYTES:
            await self._hold()  # so that it need not be unpacked twice
        if self.bulk is None or self.bulk.is_held or self.max_bytes <= SMALL_BYTES:
            return unpacking.unpacked(body, encoding, self.max_bytes)
        small = unpacking.unpacked(body, encoding, SMALL_BYTES)
        if small is not None:
            return small
        await self._hold()
        return unpacking.unpacked(body, encoding, self.max_bytes)

    async def _hold(self) -> None:
        """Waits for room; the deadline moves on meanwhile, as the server is not to blame."""
        if self.bulk is None or self.bulk.is_held:
            return
        running = asyncio.get_running_loop()
        begun_s, due_s = running.time(), self.deadline.when()
        self.deadline.reschedule(None)
        await self.bulk.hold()
        self.deadline.reschedule(None if due_s is None else due_s + running.time() - begun_s)


class NoCookies(aiohttp.DummyCookieJar):
    """Keeps nothing, and needs no new empty jar to say so for every request."""

    EMPTY: ClassVar[SimpleCookie] = SimpleCookie()

    def filter_cookies(self, request_url: URL) -> SimpleCookie:  # noqa: ARG002 - aiohttp's signature
        return self.EMPTY


class Client:
    """Asks for one address at a time and never raises for it. Used as an asynchronous context."""

    def __init__(
        self, policy: Policy, *, user_agent: str, folder: Path = Path(), resolver: AbstractResolver | None = None
    ) -> None:
        self.policy = policy
        self.folder = folder
        self._user_agent = user_agent
        self._names = resolver or Names()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            socket_factory=guarded_socket(self.policy),
            resolver=self._names,
            keepalive_timeout=IDLE_S,
            limit=0,  # `gather` bounds how many are asked at once
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=NoCookies(),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": unpacking.ACCEPTED},
            auto_decompress=False,  # aiohttp takes a cut gzip body for whole
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),  # one deadline covers all of a request
            max_line_size=MAX_LINE,
            max_field_size=MAX_LINE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        await self._names.close()

    async def get(self, request: Request, *, keep_alive: bool = True, bulk: Bulk | None = None) -> Outcome:
        """One outcome for one address, whatever happens. `keep_alive`: the same host is asked again soon.

        With `bulk`, a large body waits for its room; who takes the answer gives that back.
        """
        try:
            async with asyncio.timeout(request.deadline_s) as deadline:
                shelf = Shelf(request.max_bytes, bulk, deadline)
                if files.is_local(request.address):
                    return await self._file(request)
                step: Outcome | Trail = _begun(request)
                while isinstance(step, Trail):
                    step = await self._step(request, step, shelf, keep_alive=keep_alive)
                return step
        except TimeoutError:
            detail = f"no whole answer within {request.deadline_s:g} seconds"
            return Failed(request.address, FailureReason.TIMEOUT, detail)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return failures.by_error(request.address, error)

    async def post(self, address: str, form: Mapping[str, str]) -> bool:
        """Sends a form to an address that was read somewhere, guarded like all others; whether it was taken (2xx)."""
        assert self._session is not None, "the client is used as a context"
        try:
            url = URL(address)
            if url.scheme not in self.policy.schemes or not url.host:
                return False
            async with (
                asyncio.timeout(POST_S),
                self._session.post(url, data=form, headers={"Connection": "close"}, allow_redirects=False) as answer,
            ):
                return answer.ok
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            return False

    async def _file(self, request: Request) -> Outcome:
        if not request.may_be_file:
            return Failed(request.address, FailureReason.REFUSED_ADDRESS, "this is no web address")
        return await asyncio.to_thread(files.read, request.address, self.folder, request.etag, request.max_bytes)

    async def _step(self, request: Request, trail: Trail, shelf: "Shelf", *, keep_alive: bool) -> Outcome | Trail:
        """One request on the way: an outcome, or the trail one hop longer."""
        assert self._session is not None, "the client is used as a context"
        if trail.url.scheme not in self.policy.schemes or not trail.url.host:
            return Failed(request.address, FailureReason.REFUSED_ADDRESS, f"{trail.url.scheme or 'no'} scheme")
        async with self._session.get(
            trail.url,
            headers=_headers(request, trail, keep_alive=keep_alive),
            allow_redirects=False,
        ) as answer:
            if answer.status in REDIRECTS and "Location" in answer.headers:
                return _next_hop(request, trail, answer)
            return await _outcome(request, trail, answer, shelf)


def _begun(request: Request) -> Trail:
    url = URL(request.address)
    return Trail(url.with_fragment(None) if url.raw_fragment else url)


def _headers(request: Request, trail: Trail, *, keep_alive: bool) -> dict[str, str]:
    sent = {"Accept": request.accept}
    if request.etag:
        sent["If-None-Match"] = request.etag
    if request.last_modified:
        sent["If-Modified-Since"] = request.last_modified
    if trail.cookies:
        sent["Cookie"] = "; ".join(f"{name}={text}" for name, text in trail.cookies)
    if not keep_alive:
        sent["Connection"] = "close"  # thousands of hosts asked once would leave thousands of open sockets
    return sent


def _next_hop(request: Request, trail: Trail, answer: aiohttp.ClientResponse) -> Failed | Trail:
    url = trail.url.join(URL(headers.location(answer.headers))).with_fragment(None)
    if trail.hops >= MAX_REDIRECTS:
        detail = f"more than {MAX_REDIRECTS} redirects"
        return Failed(request.address, FailureReason.REDIRECT_LOOP, detail)
    is_permanent = trail.is_permanent and answer.status in PERMANENT
    cookies: tuple[tuple[str, str], ...] = ()
    if url.host == trail.url.host:
        fresh = {name: morsel.coded_value for name, morsel in answer.cookies.items()}
        cookies = tuple(sorted((dict(trail.cookies) | fresh).items()))
    seen = trail.seen | {(trail.url, trail.cookies)}
    if (url, cookies) in seen:
        return Failed(request.address, FailureReason.REDIRECT_LOOP, "the redirects lead in a circle")
    return replace(
        trail,
        url=url,
        hops=trail.hops + 1,
        is_permanent=is_permanent,
        moved_to=str(url) if is_permanent else "",
        cookies=cookies,
        seen=seen,
    )


async def _outcome(request: Request, trail: Trail, answer: aiohttp.ClientResponse, shelf: Shelf) -> Outcome:
    sent = answer.headers
    if answer.status == 304:  # noqa: PLR2004 - it is a name: Not Modified
        return Unchanged(request.address, headers.max_age_s(sent), trail.moved_to)
    if answer.status != 200:  # noqa: PLR2004 - it is a name: OK
        return failures.by_status(request.address, answer.status, headers.retry_after_s(sent))
    body = await shelf.body(answer)
    if body is None:
        return Failed(request.address, FailureReason.TOO_LARGE, f"more than {request.max_bytes:,} bytes")
    if not body:
        return Failed(request.address, FailureReason.EMPTY, "the answer has no content")
    return Fetched(
        request.address,
        str(trail.url.with_user(None) if trail.url.user else trail.url),  # readers may see it
        body,
        content_type=sent.get("Content-Type", ""),
        etag=headers.validator(sent, "ETag"),
        last_modified=headers.validator(sent, "Last-Modified"),
        max_age_s=headers.max_age_s(sent),
        moved_to=trail.moved_to,
    )
