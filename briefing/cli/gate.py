"""`hold`, `approve` and `skip`: the editor's gate, from the command line."""

from collections.abc import Callable
from typing import Any

import click

from briefing.cli.output import say
from briefing.cli.stories import chair_at
from briefing.desk import editing, gate
from briefing.desk.bringing import review_of
from briefing.errors import UsageError
from briefing.model.topic import ReviewRule

Command = Callable[..., Any]


def _line(command: Command) -> Command:
    """The options that name an edition."""
    edition = click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
    topic = click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
    return topic(edition(click.pass_obj(command)))


@click.command("hold")
@_line
def hold_command(folder: str, topic: str, edition: str) -> None:
    """Hold the next issue until an editor lets it go.

    When its slot comes the issue waits for the `review_minutes` of its edition. `briefing approve` sends it, `briefing
    skip` lets it pass; without a word it does not appear, and what it held waits for the next. `briefing stories undo`
    takes the hold back. An edition whose every issue shall wait has `review = "hold then send"`, or `"hold then skip"`.
    """
    with chair_at(folder, topic, edition) as chair:
        noted = editing.hold(chair)
        name, minutes = f"{chair.topic.key}/{chair.edition.name}", chair.edition.review_minutes
    say(f"the next issue of {name} will wait {minutes} minutes for `briefing approve`, and not appear without it")
    say(f"noted as decision {noted.id}; `briefing stories undo {noted.id}` takes it back")


@click.command("approve")
@_line
def approve_command(folder: str, topic: str, edition: str) -> None:
    """Let the issue that waits go out now.

    `briefing serve` brings it out within a minute. The log keeps who let it go, and when.
    """
    _decide(folder, topic, edition, "approve")


@click.command("skip")
@_line
def skip_command(folder: str, topic: str, edition: str) -> None:
    """Let the issue that waits pass: it does not appear.

    Nothing is lost: what it held waits for the next issue of the edition. The log keeps who said so, and when.
    """
    _decide(folder, topic, edition, "skip")


def _decide(folder: str, topic: str, edition: str, act: str) -> None:
    with chair_at(folder, topic, edition) as chair:
        waiting, name = gate.held(chair), f"{chair.topic.key}/{chair.edition.name}"
        if waiting is None:
            raise UsageError(
                f"no issue of {name} waits for an editor",
                hint="`briefing hold` makes the next one wait; `briefing plan` shows when it is due",
            )
        if not gate.decide(chair, act, waiting.slot.day):
            raise UsageError(
                f"the issue of {waiting.slot.day} no longer waits",
                hint="its deadline has passed; `briefing log` says more",
            )
        review = review_of(chair.desk, chair.topic, chair.edition)
    end = "it is skipped" if review is ReviewRule.HOLD_THEN_SKIP else "it goes out"
    said = "goes out within a minute" if act == "approve" else "does not appear"
    say(f"the issue of {waiting.slot.day} of {name} {said} (without a word, at {waiting.until:%H:%M} UTC, {end})")
