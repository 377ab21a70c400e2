"""One process: clock, collector, composer, sender and the pages. After kill -9 the tables say where it was.

An entry point: it reads the clock, and holds the one loop in which any failure of a duty is logged and survived.
"""

import asyncio
import gc
import json
import logging
import re
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from briefing.errors import BriefingError
from briefing.model.topic import Edition
from briefing.schedule import Job, now, started
from briefing.web.wire import Wire

LOG = logging.getLogger("briefing")
Counts = tuple[tuple[str, int], ...]  # ('accepted', 12): what a duty did, for the metrics
# What a log and a health page never show: readers' addresses, log-ins in an address, the tokens of links.
PRIVATE = re.compile(
    r"[^\s<>\"'/()\[\],;]+@(?=[\w-]+(\.[\w-]+)*)|\b[a-z0-9]{16}(-[a-z0-9]{1,9})*-[a-z2-7]{16}\b", re.IGNORECASE
)
LAST_ANSWERS_S = 5  # for pages under way, when the desk stops
RARELY = (20_000, 50, 100)  # when Python looks for rings among new objects; its usual 700 is a page or two of ours


@dataclass(frozen=True, slots=True)
class Moment:
    """What a duty is told: the time, and whether the desk wants to stop."""

    now: datetime
    stop: asyncio.Event


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the desk does again and again, by itself; at the slots of an edition too, where it has one."""

    name: str
    act: Callable[[Moment], Awaitable[Counts]]
    every_s: float = 60.0
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What is served. `troubles` is asked for /health: one line each; none means all is well."""

    duties: tuple[Duty, ...]
    troubles: Callable[[datetime], tuple[str, ...]] = lambda _: ()
    warnings: Callable[[datetime], tuple[str, ...]] = lambda _: ()  # told there too; all is still well
    gauges: Callable[[datetime], Counts] = lambda _: ()
    pages: ASGIApp | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    patience_s: float = 30.0  # for duties under way, when the desk stops
    ready: Callable[[int], None] = lambda _: None  # told the port


@dataclass(slots=True)
class Runs:
    """What has been done since the start."""

    counts: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)  # of duties whose last run failed
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)


class Unfinished(Exception):  # noqa: N818 - no error: the last one still stands
    """A duty waits before it tries again what failed; until then its last fault stands."""


class Lines(logging.Formatter):
    """One JSON object a line, for the journal and for programs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return discreet(json.dumps(line, ensure_ascii=False))


def discreet(text: str) -> str:
    """The text without what is private: of an address only its domain is left."""
    return PRIVATE.sub("…", text)


def log_to(stream: TextIO) -> None:
    """Every log line of this process as JSON, those of the libraries from a warning on."""
    lines = logging.StreamHandler(stream)
    lines.setFormatter(Lines())
    logging.root.handlers[:] = [lines]
    logging.root.setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a duty is still at work is no news
    LOG.setLevel(logging.INFO)


def settle() -> None:
    """What stands at the start stays: to look through it for garbage again and again took a tenth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


async def serve(parts: Parts) -> None:
    """Runs until SIGTERM or SIGINT; then no duty begins, and those under way end their letter or page in hand."""
    stop = asyncio.Event()
    runs = Runs()
    with _signals(stop):
        clock = started(tuple(job for duty in parts.duties for job in _jobs(duty, runs, stop)))
        server = Server(_config(parts, runs))
        pages = asyncio.create_task(server.serve())
        watch = asyncio.create_task(_announced(server, parts))
        LOG.info("started", extra={"fields": {"duties": [duty.name for duty in parts.duties]}})
        await asyncio.wait({pages, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        clock.stop()
        if runs.under_way:
            _, late = await asyncio.wait(runs.under_way, timeout=parts.patience_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        server.should_exit = True
        watch.cancel()
        await pages
        LOG.info("stopped")


def _config(parts: Parts, runs: Runs) -> uvicorn.Config:
    """No access log: the addresses of our pages hold readers' tokens. Whom a proxy saw, `[web] behind_proxy` says."""
    return uvicorn.Config(
        app(parts, runs),
        parts.host,
        parts.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # or whoever asks from this machine could claim to be anybody
        http=Wire,
        lifespan="off",
        timeout_graceful_shutdown=LAST_ANSWERS_S,
    )


class Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the desk stops as a whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _announced(server: Server, parts: Parts) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    parts.ready(server.servers[0].sockets[0].getsockname()[1])


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _jobs(duty: Duty, runs: Runs, stop: asyncio.Event) -> Iterator[Job]:
    async def run() -> None:
        if stop.is_set() or duty.name in runs.busy:
            return
        task = asyncio.create_task(_done(duty, runs, stop))
        runs.under_way.add(task)
        task.add_done_callback(runs.under_way.discard)
        await asyncio.shield(task)  # the scheduler cancels its jobs at the end; the work in hand goes on

    yield Job(duty.name, run, every_s=duty.every_s)
    for edition in duty.editions:
        yield Job(f"{duty.name} {edition.name} {edition.at} {edition.zone}", run, edition)


async def _done(duty: Duty, runs: Runs, stop: asyncio.Event) -> None:
    """One run of a duty. Whatever it raises is logged, and the others go on."""
    runs.busy.add(duty.name)
    try:
        counts = await duty.act(Moment(now(), stop))
    except Unfinished:
        LOG.debug("waits", extra={"fields": {"duty": duty.name}})
    except BriefingError as fault:
        if _is_new(str(fault), duty, runs):
            LOG.error("failed", extra={"fields": {"duty": duty.name, "why": str(fault)}})  # noqa: TRY400 - the message says it all
    except Exception as fault:
        if _is_new(f"{type(fault).__name__}: {fault}", duty, runs):
            LOG.exception("failed", extra={"fields": {"duty": duty.name}})
    else:
        runs.faults.pop(duty.name, None)
        runs.counts.update(dict(counts))
        if any(number for _, number in counts):
            LOG.info("done", extra={"fields": {"duty": duty.name, **dict(counts)}})
    finally:
        runs.busy.discard(duty.name)
        runs.runs[duty.name] += 1
        runs.last[duty.name] = now()


def _is_new(fault: str, duty: Duty, runs: Runs) -> bool:
    """Notes a fault of a duty; one that lasts is logged once, and stands in /health until it is over."""
    runs.failures[duty.name] += 1
    known = runs.faults.get(duty.name)
    runs.faults[duty.name] = fault
    return fault != known


def app(parts: Parts, runs: Runs) -> Starlette:
    """Health and metrics, and the desk's pages behind them."""

    def health(_request: Request) -> Response:
        troubles = [f"{duty} failed: {fault}" for duty, fault in sorted(runs.faults.items())]
        troubles += parts.troubles(now())
        last = {duty: at.isoformat() for duty, at in runs.last.items()}
        told = [discreet(trouble) for trouble in troubles]
        warned = [discreet(warning) for warning in parts.warnings(now())]
        return JSONResponse(
            {"well": not told, "troubles": told, "warnings": warned, "last": last}, 503 if told else 200
        )

    def metrics(_request: Request) -> Response:
        return PlainTextResponse(exposition(parts, runs), media_type="text/plain; version=0.0.4")

    routes: list[BaseRoute] = [Route("/health", health), Route("/metrics", metrics)]
    if parts.pages:
        routes.append(Mount("/", parts.pages))
    return Starlette(routes=routes)


def exposition(parts: Parts, runs: Runs) -> str:
    """The figures in Prometheus' text form. Names and duties are our own, so nothing has to be escaped."""
    lines = ["# TYPE briefing_runs_total counter", "# TYPE briefing_failures_total counter"]
    for duty in parts.duties:
        lines.append(f'briefing_runs_total{{duty="{duty.name}"}} {runs.runs[duty.name]}')
        lines.append(f'briefing_failures_total{{duty="{duty.name}"}} {runs.failures[duty.name]}')
        if duty.name in runs.last:
            at = runs.last[duty.name].timestamp()
            lines.append(f'briefing_last_run_seconds{{duty="{duty.name}"}} {at:.3f}')
    lines += [f"briefing_{name.replace(' ', '_')}_total {number}" for name, number in sorted(runs.counts.items())]
    lines += [f"briefing_{name.replace(' ', '_')} {number}" for name, number in sorted(parts.gauges(now()))]
    return "\n".join(lines) + "\n"
