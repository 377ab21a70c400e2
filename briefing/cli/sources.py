"""`sources`: what is watched, how it does, and whether a new address would be any good."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, note, say, table
from briefing.collect.http import Client, Request
from briefing.collect.workers import Workers
from briefing.desk.collecting import states
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.model.entry import Failed, Fetched, Outcome
from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read import opml
from briefing.read.discovery import feeds_in, lines_for
from briefing.read.document import read_document
from briefing.read.health import health as health_of
from briefing.read.parsed import Parsed
from briefing.settings.sourceswriting import key_for, with_sources
from briefing.wiring import desk_at

SHOWN = 12  # entries that a test prints
TOPIC = click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")


@click.group("sources")
def sources_command() -> None:
    """List, test, add, import and export what is watched."""


@sources_command.command("list")
@TOPIC
@click.option("--json", "json_", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(folder: str, topic: str, *, json_: bool) -> None:
    """List every source with its health: when it was last good, its newest entry, what is wrong."""
    with desk_at(folder) as desk:
        found = states(desk, desk.topic(topic))
    rows = []
    for source, health, polling in found:
        state = "off" if not source.enabled else health.state if health else "never asked"
        newest = f"{health.newest:%Y-%m-%d}" if health and health.newest else ""
        due = f"{polling.next_due:%m-%d %H:%M}" if polling and polling.next_due else ""
        rows.append(
            (
                source.key,
                source.kind,
                source.language,
                source.tier,
                state,
                newest,
                due,
                health.message.en if health else source.note,
            )
        )
    if json_:
        heads = ("source", "kind", "language", "tier", "state", "newest", "next_due", "message")
        as_json([dict(zip(heads, row, strict=True)) for row in rows])
        return
    table(("source", "kind", "language", "tier", "state", "newest", "next", "message"), rows)


@sources_command.command("test")
@click.argument("address")
@TOPIC
@click.pass_obj
def test_command(folder: str, address: str, topic: str) -> None:
    """Fetch one source (its name, or any address) and show what would come in. Stores nothing.

    For a page that is no feed, it looks for the site's feeds, else guesses the selectors, and prints the lines to
    paste into sources.toml.
    """
    with desk_at(folder) as desk:
        named = [source for source in desk.topic(topic).sources if address in {source.key, source.address}]
        source = named[0] if named else Source(key="test", address=address, kind=SourceKind.FEED)
        outcome, result = asyncio.run(_tested(desk, source))
    if isinstance(result, Parsed) and result.entries:
        _show(source, result)
    elif isinstance(outcome, Fetched):
        note(_why(result))
        _advise(outcome)
    else:
        raise UsageError(_why(result), hint="nothing was stored")


async def _tested(desk: Desk, source: Source) -> tuple[Outcome, Parsed | Failed]:
    now = datetime.now(UTC)
    client = Client(desk.fetching.policy, user_agent=desk.fetching.user_agent, folder=desk.folder)
    async with client, Workers(processes=1) as workers:
        outcome = await client.get(Request(source.address, may_be_file=True))
        if isinstance(outcome, Fetched):
            return outcome, await workers.run(read_document, source, outcome, now)
    assert isinstance(outcome, Failed)  # nothing was asked conditionally
    return outcome, outcome


def _show(source: Source, result: Parsed) -> None:
    number = counted(len(result.entries), "entry", "entries")
    say(f"{result.title or 'untitled'} ({result.form}, {result.encoding}): {number}")
    for entry in result.entries[:SHOWN]:
        day = f"{entry.published.instant:%Y-%m-%d %H:%M}" if entry.published.instant else "no date"
        say(f"  {day} ({entry.published.sureness})  {entry.title}")
        say(f"      {entry.link}")
    if len(result.entries) > SHOWN:
        say(f"  and {len(result.entries) - SHOWN} more")
    times = [entry.published.instant for entry in result.entries if entry.published.instant]
    state = health_of(source, result, times, datetime.now(UTC))
    if state.message.en != "ok":
        note(f"  {state.message.en}")


def _why(result: Parsed | Failed) -> str:
    return f"{result.reason}: {result.detail}" if isinstance(result, Failed) else "it holds no entries"


def _advise(outcome: Fetched) -> None:
    """The site's own feeds first; else what a list page would need."""
    found = feeds_in(outcome)
    for feed in found:
        say(f"this page names a feed: {feed.address} ({feed.title})")
    if not found:
        for line in lines_for(outcome, datetime.now(UTC)):
            say(line)


@sources_command.command("add")
@click.argument("site")
@TOPIC
@click.option("--key", default="", metavar="NAME", help="The source's short name; made from the host by default.")
@click.pass_obj
def add_command(folder: str, site: str, topic: str, key: str) -> None:
    """Find the feed of SITE, test it, and add it to the desk's own sources.toml."""
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        taken = {source.key for source in chosen.sources}
        source = Source(key=key or key_for(site, taken), address=site, kind=SourceKind.FEED)
        outcome, result = asyncio.run(_tested(desk, source))
        if not isinstance(result, Parsed) and isinstance(outcome, Fetched):
            source, result = _first_feed(desk, source, outcome, result)
        if isinstance(result, Failed):
            raise UsageError(f"{site}: {_why(result)}", hint="`briefing sources test` shows what a list page needs")
        _show(source, result)
        language = Language(result.language) if result.language in set(Language) else Language.OTHER
        named = replace(source, name=result.title or source.key, language=language)
        path = with_sources(desk.folder, chosen.key, (named,))
    say(
        f"added {named.key} to {path}; its tier is 'unknown', so its figures stay out of the ledger until you change it"
    )


def _first_feed(desk: Desk, source: Source, page: Fetched, result: Parsed | Failed) -> tuple[Source, Parsed | Failed]:
    """The first feed that a page names and that can be read."""
    for feed in feeds_in(page):
        say(f"found {feed.address}")
        candidate = replace(source, address=feed.address)
        _, tried = asyncio.run(_tested(desk, candidate))
        if isinstance(tried, Parsed):
            return candidate, tried
    return source, result


@sources_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@TOPIC
@click.pass_obj
def import_command(folder: str, file: Path, topic: str) -> None:
    """Add every feed of an OPML file that is not watched yet to the desk's own sources.toml."""
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        watched = {source.address for source in chosen.sources}
        taken = {source.key for source in chosen.sources}
        new: list[Source] = []
        for source in opml.sources_in(file.read_bytes()):
            if source.address not in watched:
                key = source.key if source.key and source.key not in taken else key_for(source.address, taken)
                taken.add(key)
                new.append(replace(source, key=key))
        if new:
            with_sources(desk.folder, chosen.key, tuple(new))
    say(f"added {counted(len(new), 'source')}")


@sources_command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@TOPIC
@click.pass_obj
def export_command(folder: str, file: Path, topic: str) -> None:
    """Write every source as OPML."""
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        file.write_bytes(opml.opml_of(chosen.sources, chosen.name.en))
    say(f"wrote {counted(len(chosen.sources), 'source')} to {file}")
