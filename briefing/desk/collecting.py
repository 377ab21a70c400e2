"""Asks what is due, reads what came, and stores it together with the bookmark that brought it."""

import asyncio
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from briefing.codec import decoded, encoded
from briefing.collect.gather import alongside
from briefing.collect.http import Client, Request
from briefing.collect.pace import Pace, host_of
from briefing.collect.politeness import Polling, after
from briefing.collect.workers import Workers
from briefing.desk.fulltext import read_pages
from briefing.desk.notices import noticed
from briefing.desk.parts import Desk
from briefing.desk.round import READ_AT_ONCE, Collected, Round
from briefing.model.entry import Entry, Failed, Fetched, Outcome, Unchanged
from briefing.model.issue import SourceHealth
from briefing.model.source import Source
from briefing.model.topic import Topic
from briefing.read.document import read_document
from briefing.read.health import health
from briefing.read.links import canonical
from briefing.read.parsed import Parsed
from briefing.store import entries, pushes, quiet
from briefing.store.entries import Arrival, Poll
from briefing.store.pushes import Push

SCALE = 2**32
Tell = Callable[[int, int, str], None]


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


async def collect(desk: Desk, topic: Topic, now: datetime, *, every: bool = False, tell: Tell = silent) -> Collected:
    """Asks every source that is due (or `every` one), each on its own: a failure is that source's alone."""
    kept = {key: decoded(Polling, poll.record) for key, poll in entries.polls(desk.database, topic.key).items()}
    bookmarks = {s.key: kept.get(s.key, Polling()).at(s.address) for s in topic.sources if s.enabled}
    pace = _paced(desk, now)
    told = pushes.every(desk.database, topic.key)
    due = {s.key: s for s in topic.sources if s.key in bookmarks and (every or _is_due(bookmarks[s.key], told, s, now))}
    asked = [(key, _request(desk, source, bookmarks[key])) for key, source in due.items()]
    asked = [(key, ask) for key, ask in asked if every or not pace.wants_quiet(host_of(ask.address), now)]
    client = Client(desk.fetching.policy, user_agent=desk.fetching.user_agent, folder=desk.folder)
    async with client, Workers(processes=desk.fetching.processes) as workers:
        one = Round(desk, topic, client, workers, now, Collected(), told)
        bare: list[Poll] = []  # bookmarks that nothing came with

        async def read(answer: tuple[str, Outcome]) -> Parsed | Unchanged | Failed:
            return await _read(one, due[answer[0]], bookmarks[answer[0]], answer[1])

        async for (key, outcome), result in alongside(one.answers(asked), read, at_once=READ_AT_ONCE):
            poll = _keep(one, due[key], bookmarks[key], outcome, result)
            bare += [poll] if poll else []
            one.done.asked += 1
            tell(one.done.asked, len(asked), due[key].name or key)
            desk.step(f"collected {key}")
        entries.save_polls(desk.database, topic.key, bare)
        await read_pages(one)
    return one.done


def _is_due(record: Polling, told: Mapping[str, Push], source: Source, now: datetime) -> bool:
    """Its time has come, or its hub has announced news since it was asked."""
    push = told.get(source.key)
    if push is None or push.pushed_at is None or record.ended or not push.is_held(now):
        return record.is_due(now)
    return record.is_due(now) or record.last_asked is None or record.last_asked < push.pushed_at


def _paced(desk: Desk, now: datetime) -> Pace:
    """The pace of this process, with what the store knows of an earlier one: pauses and quiet outlast a restart."""
    how = desk.fetching
    if not how.pace.is_new:
        return how.pace
    how.pace.is_new = False
    for host, until in quiet.hosts(desk.database, now).items():
        how.pace.leave_alone(host, until)
    running_s = asyncio.get_running_loop().time()
    for poll in (poll for topic in desk.topics for poll in entries.polls(desk.database, topic.key).values()):
        record = decoded(Polling, poll.record)
        host = host_of(record.address or record.given)
        ago_s = (now - record.last_asked).total_seconds() if record.last_asked else how.pause_s
        if 0 <= ago_s < how.pause_s:
            how.pace.rest(host, running_s - ago_s, how.pause_s)
    return how.pace


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
        manner=result.manner if isinstance(result, Parsed) else None,
        pushed=source.key in one.told and one.told[source.key].is_held(one.now),
        jitter=_jitter(source.key, one.now),
    )
    state = health(source, result, recent, one.now)
    moved, notice = noticed(source, moved, bookmark.told, state)
    poll = Poll(source.key, encoded(moved), encoded(state), moved.next_due)
    one.note_tired(outcome)
    if isinstance(result, Failed):
        one.done.failures.append((source.key, state.message.en))
    if notice:
        one.done.notices.append(notice)
    if not read and not notice:
        return poll
    arrivals = [_arrival(source, entry) for entry in read]
    deed = notice.deed(one.topic, one.now) if notice else None
    saved = entries.save(database, topic, arrivals, poll, one.now, deed=deed)
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
