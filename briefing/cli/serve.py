"""`serve`: the desk as one process."""

import asyncio
from datetime import datetime

import click

from briefing import schedule
from briefing.cli.deliver import holder
from briefing.cli.output import say
from briefing.desk.bringing import bring_out
from briefing.desk.collecting import collect
from briefing.desk.delivering import deliver
from briefing.desk.examining import Level, examined
from briefing.desk.parts import Desk
from briefing.desk.publishing import complete
from briefing.model.slot import SlotState
from briefing.serve import Counts, Duty, Moment, Parts, serve
from briefing.store import outbox, subscribers
from briefing.wiring import desk_at, pages, post

COLLECT_S, COMPOSE_S, SEND_S = 60.0, 30.0, 30.0


@click.command("serve")
@click.option("--host", default="", help="The address to listen on; [web] host by default.")
@click.option("--port", default=-1, help="The port; [web] port by default, 0 for any that is free.")
@click.pass_obj
def serve_command(folder: str, host: str, port: int) -> None:
    """Run the desk: collect what is due, bring out each slot's issue, send letters, answer /health and /metrics.

    SIGTERM ends it cleanly; after kill -9 the next start takes up where it was.
    """
    with desk_at(folder) as desk:
        complete(desk)
        web = desk.settings.web
        asyncio.run(
            serve(
                Parts(
                    duties=duties(desk),
                    troubles=lambda now: troubles(desk, now),
                    gauges=lambda now: gauges(desk, now),
                    host=host or web.host,
                    port=web.port if port < 0 else port,
                    ready=lambda number: say(f"listening on http://{host or web.host}:{number}/health"),
                )
            )
        )


def duties(desk: Desk) -> tuple[Duty, ...]:
    """What the process does again and again."""
    mine = holder()
    editions = tuple(edition for topic in desk.topics for edition in topic.editions)

    async def collecting(moment: Moment) -> Counts:
        done = [await collect(desk, topic, moment.now) for topic in desk.topics]
        return (
            ("polled", sum(one.asked for one in done)),
            ("new_entries", sum(one.new for one in done)),
            ("source_failures", sum(len(one.failed) for one in done)),
        )

    async def composing(moment: Moment) -> Counts:
        brought = [
            bring_out(desk, topic, edition, mine, moment.now) for topic in desk.topics for edition in topic.editions
        ]
        made = [one for one in brought if one and one.state is SlotState.MADE]
        return (("issues", len(made)), ("letters_planned", sum(one.letters for one in made)))

    async def sending(moment: Moment) -> Counts:
        if not outbox.owed(desk.database, moment.now):
            return ()
        tally = await deliver(desk.database, pages(desk), post(desk, schedule.now, mine), moment.stop)
        return (("accepted", tally.accepted), ("deferred", tally.deferred), ("failed", tally.failed))

    return (
        Duty("collect", collecting, COLLECT_S),
        Duty("compose", composing, COMPOSE_S, editions),
        Duty("send", sending, SEND_S),
    )


def troubles(desk: Desk, now: datetime) -> tuple[str, ...]:
    """What /health tells: every fault, none when all is well."""
    return tuple(remark.what for remark in examined(desk, now) if remark.level is Level.FAULT)


def gauges(desk: Desk, now: datetime) -> Counts:
    """How things stand, for /metrics."""
    readers = tuple((f"subscribers_{state}", number) for state, number in subscribers.tally(desk.database))
    letters = tuple((f"letters_{state}".replace(" ", "_"), number) for state, number in outbox.tally(desk.database))
    return (*readers, *letters, ("letters_owed", outbox.owed(desk.database, now)))
