"""`run`, `collect` and `preview`: the main job, whole or in part."""

import asyncio
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, note, progress, say
from briefing.desk.collecting import collect
from briefing.desk.making import Made, Occasion, make_briefing, make_issue
from briefing.desk.occasions import next_occasion, on_demand
from briefing.desk.parts import Desk, edition_of
from briefing.desk.publishing import complete, folder_of, publish
from briefing.desk.round import Collected
from briefing.model.issue import Issue
from briefing.model.topic import Topic
from briefing.store import issues
from briefing.wiring import desk_at

PARTLY = 3  # exit code of --strict when a source failed


def _collect(desk: Desk, topic: Topic, now: datetime, *, every: bool, quiet: bool) -> Collected:
    with progress("Asking sources", quiet=quiet) as tell:
        return asyncio.run(collect(desk, topic, now, every=every, tell=tell))


def summary(issue: Issue) -> str:
    """What an issue holds, in one line."""
    counts = issue.counts
    told = len(issue.developments) + len(issue.brief)
    return (
        f"read {counts.read}, kept {counts.kept}, folded {counts.folded}, left out {counts.left_out}; "
        f"{counted(told, 'story', 'stories')}, {counted(counts.figures_new, 'new figure')}, "
        f"{counts.figures_changed} changed, {counts.figures_conflicting} in conflict"
    )


def facts_of(issue: Issue, place: Path | None) -> dict[str, object]:
    """An issue as a program wants it told."""
    return {
        "issue": issue.id,
        "number": issue.number,
        "topic": issue.topic,
        "silent": issue.is_silent,
        "place": str(place) if place else "",
        "counts": {name: getattr(issue.counts, name) for name in type(issue.counts).__slots__},
    }


@click.command("collect")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--all", "every", is_flag=True, help="Ask every source, due or not.")
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a source failed.")
@click.pass_obj
def collect_command(folder: str, topic: str, *, every: bool, json_: bool, strict: bool) -> None:
    """Ask every source that is due, and store what is new. One bad source never stops the others."""
    now = datetime.now(UTC)
    with desk_at(folder) as desk:
        done = _collect(desk, desk.topic(topic), now, every=every, quiet=json_)
    if json_:
        as_json({"asked": done.asked, "new": done.new, "changed": done.changed, "failed": dict(done.failed)})
    else:
        _report(done)
    if strict and done.failed:
        raise SystemExit(PARTLY)


def _report(done: Collected) -> None:
    say(f"asked {counted(done.asked, 'source')}: {done.new} new, {done.changed} changed, {len(done.failed)} failed")
    for source, reason in done.failed:
        note(f"  {source}: {reason}")
    for one in done.notices:
        note(f"  {one.name}: {one.message.en}")


@click.command("run")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
@click.option("--preview", is_flag=True, help="Make the issue and publish nothing.")
@click.option("--since", default="", metavar="PERIOD", help="A briefing on demand for 36h, 30d, 4w; publishes nothing.")
@click.option("--query", default="", metavar="WORDS", help="A briefing on demand on these words; publishes nothing.")
@click.option("--no-collect", is_flag=True, help="Work with what is stored.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of what is printed.")
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a source failed.")
@click.pass_obj
def run_command(  # noqa: PLR0913 - each is one option of the command
    folder: str,
    *,
    topic: str,
    edition: str,
    since: str,
    query: str,
    language: str,
    preview: bool,
    no_collect: bool,
    json_: bool,
    strict: bool,
) -> None:
    """Collect, make the issue of this slot, publish it in the archive.

    With --since or --query it answers from what is stored: a briefing on demand, which publishes nothing and moves no
    watermark. `briefing run --query 衡阳 --since 30d` tells what the last thirty days held on Hengyang.
    """
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        complete(desk)
        failed: tuple[tuple[str, str], ...] = ()
        if not (no_collect or since or query):
            done = _collect(desk, chosen, datetime.now(UTC), every=False, quiet=json_)
            failed = done.failed
            if not json_:
                _report(done)
        now = datetime.now(UTC)
        if since or query:
            made = make_briefing(desk, on_demand(chosen, query, since, now))
            _show(desk, made, language, json_=json_)
        else:
            occasion = next_occasion(desk, chosen, edition_of(chosen, edition), now)
            _issue(desk, occasion, language, preview=preview, json_=json_)
    if strict and failed:
        raise SystemExit(PARTLY)


def _issue(desk: Desk, occasion: Occasion, language: str, *, preview: bool, json_: bool) -> None:
    already = issues.in_slot(desk.database, occasion.topic.key, occasion.edition, occasion.slot)
    if already and not preview:
        say(f"issue {already} is already published; what came since waits for the next slot (`briefing preview`)")
        return
    made = make_issue(desk, occasion)
    if preview:
        _show(desk, made, language, json_=json_)
    elif publish(desk, made):
        place = folder_of(desk, made.issue)
        if json_:
            as_json(facts_of(made.issue, place))
        else:
            say(f"issue {made.issue.number} ({made.issue.id}): {summary(made.issue)}")
            say(f"open {place / 'index.html'}")
    else:
        say(f"another process has published {occasion.id} meanwhile; nothing was done twice")


def _show(desk: Desk, made: Made, language: str, *, json_: bool) -> None:
    if json_:
        as_json(facts_of(made.issue, None))
    else:
        say(desk.renderer.forms(made.issue, language).text)


@click.command("preview")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the page.")
@click.option("--no-open", is_flag=True, help="Only say where the page is.")
@click.pass_obj
def preview_command(folder: str, topic: str, edition: str, language: str, *, no_open: bool) -> None:
    """Open the next issue as it stands now. Nothing is collected, published or marked as told."""
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        occasion = next_occasion(desk, chosen, edition_of(chosen, edition), datetime.now(UTC))
        issue = make_issue(desk, occasion).issue
        page = desk.folder / f"preview.{language}.html"
        page.write_text(desk.renderer.forms(issue, language).page, encoding="utf-8")
    say(f"{issue.id}: {summary(issue)}")
    say(f"open {page}")
    if not no_open:
        webbrowser.open(page.as_uri())
