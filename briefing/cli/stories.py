"""`stories` and `log`: the editor's hand on the next issue, from the command line, and who did what."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from briefing.cli.output import as_json, counted, say, table
from briefing.desk import editing
from briefing.desk.editing import Chair
from briefing.desk.parts import edition_of
from briefing.desk.suggesting import suggestions
from briefing.model.decision import Decision
from briefing.model.text import Bilingual
from briefing.store import sessions
from briefing.wiring import desk_at

WHO = "command line"
Command = Callable[..., None]


@contextmanager
def chair_at(folder: str, topic: str = "", edition: str = "") -> Iterator[Chair]:
    """The editor's chair of one edition, for who sits at the terminal."""
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        yield Chair(desk, chosen, edition_of(chosen, edition), WHO, datetime.now(UTC))


@click.group("stories", invoke_without_command=True)
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the list.")
@click.option("--json", "json_", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def stories_command(ctx: click.Context, topic: str, edition: str, language: str, *, json_: bool) -> None:
    """List the stories of the next issue, and those that may be one; merge, split, order and note them."""
    if ctx.invoked_subcommand:
        ctx.meta["line"] = (topic, edition)
        return
    with chair_at(ctx.obj, topic, edition) as chair:
        made = chair.made()
        told = editing.told_in(made.issue)
        perhaps = suggestions(chair, made)
    if json_:
        as_json(
            [
                {
                    "story": one.story,
                    "title": {"en": one.gloss.en, "zh": one.gloss.zh},
                    "status": one.status,
                    "articles": [row.address for row in one.coverage],
                    "perhaps": [
                        {"story": s.into, "score": s.score, "reason": {"en": s.reason.en, "zh": s.reason.zh}}
                        for s in perhaps
                        if s.story == one.story
                    ],
                }
                for one in told
            ]
        )
        return
    for one in told:
        say(f"{one.story}  {one.gloss.written(language)}")
        for row in one.coverage:
            say(f"    {row.outlet}: {row.address}")
    say(counted(len(told), "story", "stories"))
    for pair in perhaps:
        say(f"perhaps one: {pair.story} and {pair.into} “{pair.into_title.written(language)}”")
        say(f"    {pair.reason.written(language)} `briefing stories merge {pair.story} {pair.into}` joins them")


@contextmanager
def _chair(ctx: click.Context) -> Iterator[Chair]:
    with chair_at(ctx.obj, *ctx.meta["line"]) as chair:
        yield chair


def _noted(decision: Decision) -> None:
    say(f"noted as decision {decision.id}; `briefing preview` shows the issue with it")


@stories_command.command("merge")
@click.argument("story")
@click.argument("into")
@click.pass_context
def merge_command(ctx: click.Context, story: str, into: str) -> None:
    """STORY is a part of INTO. Its page leads to the other from then on."""
    with _chair(ctx) as chair:
        _noted(editing.merge(chair, story, into))


@stories_command.command("split")
@click.argument("story")
@click.argument("address")
@click.pass_context
def split_command(ctx: click.Context, story: str, address: str) -> None:
    """The article at ADDRESS leaves STORY, its copies with it, and is a story of its own."""
    with _chair(ctx) as chair:
        _noted(editing.split(chair, story, address))


@stories_command.command("pin")
@click.argument("story")
@click.pass_context
def pin_command(ctx: click.Context, story: str) -> None:
    """STORY comes first in the next issue."""
    with _chair(ctx) as chair:
        _noted(editing.move(chair, story, "first"))


@stories_command.command("move")
@click.argument("story")
@click.argument("direction", type=click.Choice(["up", "down"]))
@click.pass_context
def move_command(ctx: click.Context, story: str, direction: str) -> None:
    """STORY goes one place up or down in the next issue."""
    with _chair(ctx) as chair:
        _noted(editing.move(chair, story, direction))


@stories_command.command("hold")
@click.pass_context
def hold_command(ctx: click.Context) -> None:
    """The next issue waits for an editor; without a word by its deadline it does not appear."""
    with _chair(ctx) as chair:
        _noted(editing.hold(chair))


@stories_command.command("release")
@click.pass_context
def release_command(ctx: click.Context) -> None:
    """Let the desk order the stories of the next issue again."""
    with _chair(ctx) as chair:
        _noted(editing.release(chair))


@stories_command.command("note")
@click.argument("story")
@click.option("--en", default="", metavar="TEXT", help="The note in English.")
@click.option("--zh", default="", metavar="TEXT", help="The note in Chinese.")
@click.pass_context
def note_command(ctx: click.Context, story: str, en: str, zh: str) -> None:
    """Add a line of yours under STORY, marked as the editor's."""
    with _chair(ctx) as chair:
        _noted(editing.annotate(chair, story, Bilingual(en, zh)))


@stories_command.command("correct")
@click.argument("issue")
@click.argument("key")
@click.option("--en", default="", metavar="TEXT", help="The correction in English.")
@click.option("--zh", default="", metavar="TEXT", help="The correction in Chinese.")
@click.pass_context
def correct_command(ctx: click.Context, issue: str, key: str, en: str, zh: str) -> None:
    """Say that ISSUE was wrong about the figure KEY. Its page is marked at once, and the next issue tells it."""
    with _chair(ctx) as chair:
        _noted(editing.correct(chair, issue, key, Bilingual(en, zh)))


@stories_command.command("decisions")
@click.pass_context
def decisions_command(ctx: click.Context) -> None:
    """List what the next issue heeds."""
    with _chair(ctx) as chair:
        found = chair.standing()
    rows = [
        (str(d.id), f"{d.at:%Y-%m-%d %H:%M}", d.who, d.act, d.subject, " ".join((*d.others, d.text.en)).strip())
        for d in found
    ]
    table(("number", "when", "who", "what", "on", "with"), rows)


@stories_command.command("undo")
@click.argument("number")
@click.pass_context
def undo_command(ctx: click.Context, number: str) -> None:
    """Decision NUMBER no longer stands. The log keeps both."""
    with _chair(ctx) as chair:
        _noted(editing.undo(chair, number))


@click.command("log")
@click.option("--most", default=50, metavar="N", type=click.IntRange(1, 10_000), help="How many lines.")
@click.option("--json", "json_", is_flag=True, help="Print the lines as JSON.")
@click.pass_obj
def log_command(folder: str, most: int, *, json_: bool) -> None:
    """Show who did what at this desk, the newest first."""
    with desk_at(folder) as desk:
        found = sessions.log(desk.database, most)
    if json_:
        as_json(
            [
                {"at": d.at.isoformat(), "who": d.who, "action": d.action, "subject": d.subject, "detail": _detail(d)}
                for d in found
            ]
        )
        return
    table(
        ("when", "who", "what", "on", "with"),
        [(f"{d.at:%Y-%m-%d %H:%M}", d.who, d.action, d.subject, _detail(d)) for d in found],
    )


def _detail(deed: sessions.Deed) -> str:
    """Of a detail that is kept in both languages, the English."""
    return deed.detail.partition("\n")[0]
