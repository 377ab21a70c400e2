"""`topic`: tries a topic's terms on what is stored, so that an editor can tune them and see what moves."""

from datetime import UTC, datetime

import click

from briefing.cli.output import say, table
from briefing.desk.making import read, weights_of
from briefing.desk.occasions import period
from briefing.match.topic import relevance
from briefing.store import entries
from briefing.wiring import desk_at

MOST = 40


@click.group("topic")
def topic_command() -> None:
    """Try a topic's terms on what is stored."""


@topic_command.command("test")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--since", default="30d", show_default=True, metavar="PERIOD", help="How far back: 36h, 30d, 4w.")
@click.option("--near", is_flag=True, help="Only what is close to the threshold, on either side.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the reasons.")
@click.pass_obj
def test_command(folder: str, topic: str, since: str, language: str, *, near: bool) -> None:
    """Score every stored article and show the best, or the doubtful ones, with the terms that decided."""
    now = datetime.now(UTC)
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        stored = entries.changed_between(desk.database, chosen.key, now - period(since), now)
        weights = weights_of(desk.database, chosen)
        scored = [(a, relevance(a, chosen.relevance, chosen.glossary, weights)) for a in read(chosen, stored)]
    scored.sort(key=lambda pair: abs(pair[1].score - 0.5) if near else -pair[1].score)
    rows = [
        (f"{r.score:.2f}", "on" if r.on_topic else "near" if r.adjacent else "off", a.title, r.reason.written(language))
        for a, r in scored[:MOST]
    ]
    if not scored:
        say(f"nothing was stored in the last {since}: `briefing collect` asks the sources, --since looks back")
        return
    table(("score", "topic", "title", "why"), rows, right=(0,))
    say(
        f"{sum(r.on_topic for _, r in scored)} of {len(scored)} on topic; "
        f"the terms stand in feeds/{chosen.key}/topic.toml"
    )
