"""`explain`, `keep` and `drop`: why an article is in or out, and the editor's word on it."""

from datetime import UTC, datetime

import click

from briefing.cli.output import as_json, say
from briefing.cli.stories import chair_at
from briefing.desk import editing
from briefing.desk.making import Made, make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.model.entry import Entry
from briefing.model.story import Verdict
from briefing.read.links import canonical
from briefing.store import entries, issues
from briefing.wiring import desk_at


@click.command("explain")
@click.argument("address")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the reasons.")
@click.option("--json", "json_", is_flag=True, help="Print the verdicts as JSON.")
@click.pass_obj
def explain_command(folder: str, address: str, language: str, *, json_: bool) -> None:
    """Say why an article is in or out, with the evidence: the terms, the earlier sentence, the issue that told it.

    An article that no issue has judged yet is judged now, as the next issue would.
    """
    with desk_at(folder) as desk:
        place = canonical(address)
        stored = entries.at_address(desk.database, place)
        judged = [(topic, issue, verdict) for topic, issue, verdict in issues.verdicts_at(desk.database, place)]
        for topic in sorted({topic for topic, _ in stored} - {topic for topic, _, _ in judged}):
            judged += [(topic, "the next issue", v) for v in _now(desk, topic, place)]
    if not stored and not judged:
        raise UsageError(f"{address} was never seen", hint="`briefing sources list` shows what is watched")
    if json_:
        as_json([_as_data(topic, issue, verdict) for topic, issue, verdict in judged])
        return
    for topic, entry in stored:
        _head(topic, entry)
    for topic, issue, verdict in judged:
        _body(topic, issue, verdict, language)


def _now(desk: Desk, topic: str, place: str) -> list[Verdict]:
    """What the next issue of the topic's first edition would say."""
    chosen = desk.topic(topic)
    made = make_issue(desk, next_occasion(desk, chosen, chosen.editions[0], datetime.now(UTC)))
    return verdicts_at(made, place)


def verdicts_at(made: Made, place: str) -> list[Verdict]:
    """The verdicts of an issue on what stands at one canonical address (several for a bundle)."""
    here = {r.article.id for r in made.readings if r.article.address == place}
    return [verdict for verdict in made.judgement.verdicts if verdict.article in here]


def _head(topic: str, entry: Entry) -> None:
    say(entry.title or entry.link)
    seen = f"first seen {entry.first_seen:%Y-%m-%d %H:%M} UTC"
    dated = f"dated {entry.published.raw} ({entry.published.sureness})" if entry.published.raw else "without a date"
    say(f"  {topic} · from {entry.source} · {dated} · {seen} · {entry.revision} later changes")


def _body(topic: str, issue: str, verdict: Verdict, language: str) -> None:
    say(f"  {topic} · {issue}: {verdict.disposition}")
    say(f"    {verdict.reason.written(language)}")
    if verdict.story:
        say(f"    story {verdict.story}")
    if verdict.against:
        say(f"    against {verdict.against}")
    for proof in verdict.evidence:
        say(f"    “{proof.quote}” ({proof.outlet} {proof.address})".rstrip())


def _as_data(topic: str, issue: str, verdict: Verdict) -> dict[str, object]:
    return {
        "topic": topic,
        "issue": issue,
        "article": verdict.article,
        "disposition": verdict.disposition,
        "reason": {"en": verdict.reason.en, "zh": verdict.reason.zh},
        "story": verdict.story,
        "against": verdict.against,
        "score": verdict.score,
        "evidence": [{"outlet": e.outlet, "address": e.address, "quote": e.quote} for e in verdict.evidence],
    }


@click.command("keep")
@click.argument("address")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.pass_obj
def keep_command(folder: str, address: str, topic: str) -> None:
    """Tell the desk that an article belongs to the topic: it is kept, and its terms weigh more from now on."""
    _feedback(folder, address, topic, keep=True)


@click.command("drop")
@click.argument("address")
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.pass_obj
def drop_command(folder: str, address: str, topic: str) -> None:
    """Tell the desk that an article does not belong to it: it is left out, and its terms weigh less from now on."""
    _feedback(folder, address, topic, keep=False)


def _feedback(folder: str, address: str, topic: str, *, keep: bool) -> None:
    with chair_at(folder, topic) as chair:
        editing.judge(chair, address, keep=keep)
    say(f"noted: {'keep' if keep else 'drop'} {address}")
