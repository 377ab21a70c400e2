"""`demo`: three issue days of invented news, served over loopback, through the whole desk."""

import asyncio
import os
import shutil
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from briefing.cli.output import note, say
from briefing.cli.run import summary
from briefing.collect.guard import Policy
from briefing.demo.sample import MARKER, load_sample
from briefing.demo.serving import SampleServer
from briefing.desk.collecting import collect
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk, edition_of
from briefing.desk.publishing import folder_of, publish
from briefing.errors import UsageError
from briefing.model.issue import Issue
from briefing.model.topic import Topic
from briefing.settings import Settings, load_desk
from briefing.wiring import built, topics_of

HERE = Path("demo-desk")


@click.command("demo")
@click.option("--folder", type=click.Path(path_type=Path), default=HERE, show_default=True, help="Where it is made.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of what is printed.")
def demo_command(folder: Path, language: str) -> None:
    """Play three issue days offline and show what came out.

    Invented sources are served on this machine and collected by the same path as real ones: a first issue with the
    baseline and its contradiction, a day with new developments, and a silent day.
    """
    begin = time.perf_counter()
    _fresh(folder)
    settings = load_desk(folder, {})
    topic = topics_of(settings)[0]
    sample = load_sample()
    with SampleServer(sample, sample.days[0]) as server:
        topic = replace(topic, sources=server.sources)
        desk = sample_desk(settings, topic, server)
        try:
            _play(desk, topic, server, language)
        finally:
            desk.database.close()
    archive = folder / "archive" / topic.key
    say(f"\n{time.perf_counter() - begin:.1f} s. All articles in it are invented. Open it:")
    say(f"  {(archive / 'index.html').resolve()}")
    say(f"Look further, with `--desk {folder}`:")
    say("  briefing archive search 衡阳        find a story by a Chinese word")
    say("  briefing figures                    the ledger, and what contradicts what")
    say("  briefing archive show latest        the last issue as text")


def sample_desk(settings: Settings, topic: Topic, server: SampleServer) -> Desk:
    """A desk that may ask this one server on this machine, and marks what it makes as a sample."""
    desk = built(settings, (topic,), sample=True)
    port = urlsplit(server.origin).port or 0
    return replace(desk, fetching=replace(desk.fetching, policy=Policy.for_loopback(port), processes=0))


def _fresh(folder: Path) -> None:
    """An empty demo desk; a folder that is anything else is not touched."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise UsageError(f"{folder} holds something else", hint="name another one with --folder")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / MARKER).write_text("made by `briefing demo`, which makes it anew each time\n", encoding="utf-8")
    except OSError as fault:
        raise UsageError(f"{folder}: cannot be made ({fault.strerror})") from fault


def _play(desk: Desk, topic: Topic, server: SampleServer, language: str) -> None:
    edition = edition_of(topic, "")
    for day in server.sample.days:
        server.move(day)
        done = asyncio.run(collect(desk, topic, day, every=True))
        for source, reason in done.failed:
            note(f"  {source}: {reason}")
        made = make_issue(desk, next_occasion(desk, topic, edition, day))
        publish(desk, made)
        _tell(desk, made.issue, done.new, language)


def _tell(desk: Desk, issue: Issue, new: int, language: str) -> None:
    say(f"\n── {issue.slot} · issue {issue.number} · {new} new entries " + "─" * 20)
    say(desk.renderer.subject(issue, language))
    say(f"   {summary(issue)}")
    for headline in issue.headlines:
        say(f"   • {headline.lead.written(language)}")
    if issue.is_silent:
        say("   nothing new: no letter is sent, the archive says so")
    reasons = Counter(item.reason.written(language) for item in issue.left_out)
    for reason, number in reasons.most_common(6):
        say(f"   left out, {number} ×: {reason}")
    say(f"   {os.path.relpath(folder_of(desk, issue) / 'index.html')}")
