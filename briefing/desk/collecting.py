"""Asks what is due, reads what came, and stores it together with the bookmark that brought it."""

import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from briefing.codec import decoded, encoded
from briefing.collect.gather import alongside, gather
from briefing.collect.http import Client, Request
from briefing.collect.politeness import Polling, after
from briefing.collect.robots import Robots
from briefing.collect.workers import Workers
from briefing.desk.parts import Desk
from briefing.model.entry import Entry, Failed, Fetched, Outcome, Unchanged
from briefing.model.issue import SourceHealth
from briefing.model.source import Source
from briefing.model.topic import Topic
from briefing.read.body import Page, page_of
from briefing.read.document import read_document
from briefing.read.health import health
from briefing.read.links import canonical
from briefing.read.parsed import Parsed
from briefing.store import entries
from briefing.store.entries import Arrival, Poll, Stored

PAGES = 200  # article pages fetched in one go; the rest wait for the next
READ_AT_ONCE = 8  # bodies waiting for, or in, the processes that read them
AGENT = "briefing"  # the name that robots.txt knows the desk by
SCALE = 2**32
Tell = Callable[[int, int, str], None]


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Collected:
    """What one round brought."""

    asked: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> tuple[tuple[str, str], ...]:
        """(source, why) of every source that failed, in the order of their names."""
        return tuple(sorted(self.failures))


@dataclass(frozen=True, slots=True)
class Round:
    """One round of asking: what every step of it needs."""

    desk: Desk
    topic: Topic
    client: Client
    workers: Workers
    now: datetime
    done: Collected

    def answers(self, asked: list[tuple[str, Request]]) -> AsyncIterator[tuple[str, Outcome]]:
        how = self.desk.fetching
        return gather(asked, self.client, per_host=how.per_host, at_once=how.at_once, pause_s=how.pause_s)


async def collect(desk: Desk, topic: Topic, now: datetime, *, every: bool = False, tell: Tell = silent) -> Collected:
    """Asks every source that is due (or `every` one), each on its own: a failure is that source's alone."""
    kept = {key: decoded(Polling, poll.record) for key, poll in entries.polls(desk.database, topic.key).items()}
    bookmarks = {s.key: kept.get(s.key, Polling()).at(s.address) for s in topic.sources if s.enabled}
    due = {s.key: s for s in topic.sources if s.key in bookmarks and (every or bookmarks[s.key].is_due(now))}
    asked = [(key, _request(desk, source, bookmarks[key])) for key, source in due.items()]
    client = Client(desk.fetching.policy, user_agent=desk.fetching.user_agent, folder=desk.folder)
    async with client, Workers(processes=desk.fetching.processes) as workers:
        one = Round(desk, topic, client, workers, now, Collected())
        quiet: list[Poll] = []

        async def read(answer: tuple[str, Outcome]) -> Parsed | Unchanged | Failed:
            return await _read(one, due[answer[0]], bookmarks[answer[0]], answer[1])

        async for (key, outcome), result in alongside(one.answers(asked), read, at_once=READ_AT_ONCE):
            poll = _keep(one, due[key], bookmarks[key], outcome, result)
            quiet += [poll] if poll else []
            one.done.asked += 1
            tell(one.done.asked, len(asked), due[key].name or key)
            desk.step(f"collected {key}")
        entries.save_polls(desk.database, topic.key, quiet)
        await _pages(one)
    return one.done


def _request(desk: Desk, source: Source, bookmark: Polling) -> Request:
    return Request(
        bookmark.new_address() or source.address,
        etag=bookmark.etag,
        last_modified=bookmark.last_modified,
        max_bytes=desk.fetching.max_bytes,
        deadline_s=desk.fetching.deadline_s,
        may_be_file=True,
    )


async def _read(one: Round, source: Source, bookmark: Polling, outcome: Outcome) -> Parsed | Unchanged | Failed:
    """The entries of a body, read in a bounded process. A body that was read before is as good as a 304."""
    if not isinstance(outcome, Fetched):
        return outcome
    if bookmark.is_known(outcome.body):
        return Unchanged(outcome.address, max_age_s=outcome.max_age_s)
    return await one.workers.run(read_document, source, outcome, one.now)


def _keep(
    one: Round, source: Source, bookmark: Polling, outcome: Outcome, result: Parsed | Unchanged | Failed
) -> Poll | None:
    """Entries, bookmark and health in one transaction: the bookmark never runs ahead of what it stands for.

    Gives the bookmark back where nothing came with it, to be kept with others like it.
    """
    database, topic = one.desk.database, one.topic.key
    read = result.entries if isinstance(result, Parsed) else ()
    recent = _recent(read) or entries.newest(database, topic, source.key)
    moved = after(
        bookmark,
        result if isinstance(result, Failed) else outcome,
        one.now,
        recent=recent,
        ttl_s=result.ttl_s if isinstance(result, Parsed) else 0,
        jitter=_jitter(source.key, one.now),
    )
    state = health(source, result, recent, one.now)
    poll = Poll(source.key, encoded(moved), encoded(state), moved.next_due)
    if isinstance(result, Failed):
        one.done.failures.append((source.key, state.message.en))
    if not read:
        return poll
    saved = entries.save(database, topic, [_arrival(source, entry) for entry in read], poll, one.now)
    one.done.new += saved.new
    one.done.changed += saved.changed
    return None


def _arrival(source: Source, entry: Entry) -> Arrival:
    wanted = source.full_text and not entry.content and bool(entry.link)
    return Arrival(entry, canonical(entry.link) if entry.link else f"{source.key}:{entry.key}", wanted)


def _recent(read: Iterable[Entry]) -> tuple[datetime, ...]:
    """The publication times of a document, newest first: the source's rhythm."""
    return tuple(sorted((e.published.instant for e in read if e.published.instant), reverse=True)[:20])


def _jitter(key: str, now: datetime) -> float:
    """A number from 0 to 1 that differs by source and by round, and needs no dice."""
    return zlib.crc32(f"{key} {now.isoformat()}".encode()) / SCALE


async def _pages(one: Round) -> None:
    """Fetches the article pages that entries without a text of their own ask for."""
    sources = {source.key: source for source in one.topic.sources}
    waiting = entries.pages_wanted(one.desk.database, one.topic.key, PAGES)
    wanted = {str(stored.id): stored for stored in waiting if stored.entry.source in sources}
    allowed = await _allowed(one, wanted)

    async def read(answer: tuple[str, Outcome]) -> Page | Failed | None:
        key, outcome = answer
        if not isinstance(outcome, Fetched):
            return None
        return await one.workers.run(page_of, outcome, sources[wanted[key].entry.source], one.now)

    asked = [(key, _page_request(one.desk, wanted[key])) for key in allowed]
    async for (key, _), page in alongside(one.answers(asked), read, at_once=READ_AT_ONCE):
        _keep_page(one.desk, wanted[key], page)
        one.done.pages += 1


async def _allowed(one: Round, wanted: Mapping[str, Stored]) -> list[str]:
    """The pages that their sites let a program read; the others are marked as asked for, and keep their summary."""
    robots = Robots(one.client, AGENT)
    allowed: list[str] = []
    for key, stored in wanted.items():
        if await robots.allows(stored.entry.link):
            allowed.append(key)
        else:
            _keep_page(one.desk, stored, None)
    return allowed


def _page_request(desk: Desk, stored: Stored) -> Request:
    return Request(
        stored.entry.link,
        accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        max_bytes=desk.fetching.max_bytes,
        deadline_s=desk.fetching.deadline_s,
    )


def _keep_page(desk: Desk, stored: Stored, page: Page | Failed | None) -> None:
    """An entry keeps its summary where the page gave no text; it is not asked for again."""
    with desk.database.transaction():
        if isinstance(page, Page) and page.text:
            entry = replace(stored.entry, content=page.text, page_date=page.date)
            entries.page_read(desk.database, Stored(stored.id, entry), found=True)
        else:
            entries.page_read(desk.database, stored, found=False)


def states(desk: Desk, topic: Topic) -> Sequence[tuple[Source, SourceHealth | None, Polling | None]]:
    """Every source with its health and bookmark; None for one that was never asked."""
    polls = entries.polls(desk.database, topic.key)
    return [
        (
            source,
            decoded(SourceHealth, polls[source.key].health) if source.key in polls else None,
            decoded(Polling, polls[source.key].record) if source.key in polls else None,
        )
        for source in topic.sources
    ]
