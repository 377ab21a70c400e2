"""What is watched, as the sources file says now; and whether a new address would be any good."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from briefing.collect.http import Client, Request
from briefing.collect.workers import Workers
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.model.entry import Failed, Fetched, Outcome
from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.model.topic import Topic
from briefing.read.discovery import feeds_in
from briefing.read.document import read_document
from briefing.read.parsed import Parsed
from briefing.settings import load_sources, own_sources
from briefing.settings.sourceswriting import key_for, with_enabled, with_sources


@lru_cache(maxsize=16)
def _sources(file: Path, _changed: int) -> tuple[Source, ...]:
    return load_sources(file)


def watched(desk: Desk, topic: Topic) -> Topic:
    """The topic with the sources that the desk's own file names now: one that was added is asked without a restart.

    Raises SettingsError with the line of each fault in the file.
    """
    if desk.sample:
        return topic
    file = own_sources(desk.folder, topic.key)
    return replace(topic, sources=_sources(file, file.stat().st_mtime_ns)) if file.exists() else topic


async def tried(desk: Desk, source: Source, now: datetime, *, is_ours: bool = True) -> tuple[Outcome, Parsed | Failed]:
    """Asks one source within the guard's bounds and reads what it gives; stores nothing.

    `is_ours` is an address that the operator wrote down: it alone may be a file.
    """
    fetching = desk.fetching
    client = Client(fetching.policy, user_agent=fetching.user_agent, folder=desk.folder)
    async with client, Workers(processes=min(1, fetching.processes)) as workers:
        outcome = await client.get(Request(source.address, may_be_file=is_ours))
        if isinstance(outcome, Fetched):
            return outcome, await workers.run(read_document, source, outcome, now)
    assert isinstance(outcome, Failed)  # nothing was asked conditionally
    return outcome, outcome


async def found_at(
    desk: Desk, source: Source, now: datetime, *, is_ours: bool = True
) -> tuple[Source, Outcome, Parsed | Failed]:
    """The source itself where it can be read, else the first feed that its page names and that can."""
    outcome, result = await tried(desk, source, now, is_ours=is_ours)
    if isinstance(outcome, Fetched) and not (isinstance(result, Parsed) and result.entries):
        for feed in feeds_in(outcome):
            candidate = replace(source, address=feed.address)
            at_feed, read = await tried(desk, candidate, now, is_ours=False)
            if isinstance(read, Parsed):
                return candidate, at_feed, read
    return source, outcome, result


def added(desk: Desk, topic: Topic, source: Source, result: Parsed) -> tuple[Source, Path]:
    """Writes a source that was read to the end of the desk's own file. Raises UsageError for one that is watched."""
    here = watched(desk, topic)
    if any(source.address == one.address for one in here.sources):
        raise UsageError(f"{source.address} is watched already", hint="`briefing sources list` shows it")
    language = Language(result.language) if result.language in set(Language) else Language.OTHER
    key = source.key or key_for(source.address, {one.key for one in here.sources})
    named = replace(source, key=key, name=result.title or key, language=language)
    return named, with_sources(desk.folder, topic.key, (named,))


def paused(desk: Desk, topic: Topic, key: str, *, pause: bool) -> Path:
    """Switches one source off or on in the desk's own file; all else in it stays as its editor left it."""
    if key not in {source.key for source in watched(desk, topic).sources}:
        raise UsageError(f"there is no source {key!r}", hint="`briefing sources list` shows them")
    return with_enabled(desk.folder, topic.key, key, enabled=not pause)


def unnamed(address: str) -> Source:
    """What is tried before it has a name."""
    return Source(key="", address=address, kind=SourceKind.FEED)
