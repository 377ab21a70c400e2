"""`sources`: what is watched, how it does, and whether a new address would be any good."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, note, say, table
from briefing.cli.stories import chair_at
from briefing.desk.collecting import states
from briefing.desk.watching import added, found_at, paused, tried
from briefing.errors import UsageError
from briefing.model.entry import Failed, FailureReason, Fetched
from briefing.model.source import Source, SourceKind
from briefing.read import opml
from briefing.read.discovery import feeds_in, lines_for
from briefing.read.health import health as health_of
from briefing.read.parsed import Parsed
from briefing.settings.sourceswriting import key_for, with_sources
from briefing.wiring import desk_at

SOURCE_HEAD = "[[source]]"
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
        outcome, result = asyncio.run(tried(desk, source, datetime.now(UTC)))
    if isinstance(result, Parsed) and result.entries:
        _show(source, result)
    elif isinstance(outcome, Fetched):
        note(_why(result))
        if isinstance(result, Failed):  # a feed without entries is a feed
            _advise(outcome, desk.topic(topic).key)
    else:
        raise UsageError(_why(result), hint=remedy(result))


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
    if not isinstance(result, Failed):
        return "it holds no entries"
    return result.detail if str(result.reason) in result.detail else f"{result.reason}: {result.detail}"


def remedy(result: Parsed | Failed) -> str:
    """What to do about an address that gave no document."""
    if not isinstance(result, Failed):
        return "nothing was stored"
    if result.reason is FailureReason.REFUSED_ADDRESS:
        return "if you trust it, name its address and port in desk.toml: [fetch] private_hosts = ['192.168.1.5:8080']"
    if result.retry_after_s and result.reason is not FailureReason.GONE:
        return f"it wants to be asked again in {counted(-(-result.retry_after_s // 60), 'minute', 'minutes')}"
    if result.status in {401, 403, 404, 405, 406, 410}:
        return "look at it in a browser; `briefing sources add SITE` looks for the feed of a whole site"
    return "nothing was stored"


def _advise(outcome: Fetched, topic: str) -> None:
    """The site's own feeds first; else what a list page would need."""
    found = feeds_in(outcome)
    for feed in found:
        say(f"this page names a feed: {feed.address} ({feed.title})")
    if found:
        note(f"`briefing sources add {found[0].address}` takes it in")
        return
    lines = lines_for(outcome, datetime.now(UTC))
    for line in lines:
        say(line)
    if SOURCE_HEAD in lines:
        note(f"paste these lines into the desk's feeds/{topic}/sources.toml, then try `briefing sources test KEY`")


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
        source, _, result = asyncio.run(found_at(desk, source, datetime.now(UTC)))
        if isinstance(result, Failed):
            raise UsageError(f"{site}: {_why(result)}", hint="`briefing sources test` shows what a list page needs")
        if source.address != site:
            say(f"found {source.address}")
        _show(source, result)
        named, path = added(desk, chosen, source, result)
    say(
        f"added {named.key} to {path}; its tier is 'unknown', so its figures stay out of the ledger until you change it"
    )


@sources_command.command("pause")
@click.argument("key")
@TOPIC
@click.pass_obj
def pause_command(folder: str, key: str, topic: str) -> None:
    """Ask the source KEY no more, until it is woken; its line in the desk's own sources.toml says so."""
    _switched(folder, key, topic, pause=True)


@sources_command.command("wake")
@click.argument("key")
@TOPIC
@click.pass_obj
def wake_command(folder: str, key: str, topic: str) -> None:
    """Ask the source KEY again."""
    _switched(folder, key, topic, pause=False)


def _switched(folder: str, key: str, topic: str, *, pause: bool) -> None:
    with chair_at(folder, topic) as chair:
        path = paused(chair.desk, chair.topic, key, pause=pause)
        chair.note("pause source" if pause else "wake source", f"{chair.topic.key}/{key}")
    say(f"{'paused' if pause else 'woke'} {key} in {path}")


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
