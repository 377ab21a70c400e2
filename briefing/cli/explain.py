"""`explain`, `keep` and `drop`: why an article is in or out, and the editor's word on it."""

import re
from datetime import UTC, datetime
from itertools import count

import click

from briefing.cli.output import as_json, say
from briefing.cli.stories import chair_at
from briefing.desk import editing
from briefing.desk.making import Made, make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.model.entry import Entry
from briefing.model.story import Nearest, Verdict
from briefing.read.links import canonical
from briefing.store import archive, entries, issues
from briefing.store.connection import Database
from briefing.wiring import desk_at

Judged = tuple[str, str, Verdict]  # topic, issue, verdict


@click.command("explain")
@click.argument("address")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the reasons.")
@click.option("--json", "json_", is_flag=True, help="Print the verdicts as JSON.")
@click.pass_obj
def explain_command(folder: str, address: str, language: str, *, json_: bool) -> None:
    """Say why an article is in or out: the terms found, the earlier sentences and who told them, the story.

    An article that no issue has judged yet is judged now, as the next issue would.
    """
    with desk_at(folder) as desk:
        place = canonical(address)
        stored = entries.at_address(desk.database, place)
        judged = _judged(desk.database, place)
        for topic in sorted({topic for topic, _ in stored} - {topic for topic, _, _ in judged}):
            judged += [(topic, "the next issue", v) for v in _now(desk, topic, place)]
        titles = {v.story: _story(desk, topic, v.story) for topic, _, v in judged if v.story}
    if not stored and not judged:
        raise UsageError(f"{address} was never seen", hint="`briefing sources list` shows what is watched")
    if json_:
        as_json([_as_data(topic, issue, verdict) for topic, issue, verdict in judged])
        return
    for topic, entry in stored:
        _head(topic, entry)
    for topic, issue, verdict in judged:
        _body(topic, issue, verdict, language)
        if verdict.story:
            say(f"    story {titles[verdict.story]}")


def _judged(database: Database, place: str) -> list[Judged]:
    """What issues said of the address, and of each item where a bundle stands there."""
    found = [*issues.verdicts_at(database, place)]
    for number in count(1):
        item = issues.verdicts_at(database, f"{place}#{number}")
        found += item
        if not item:
            break
    return found


def _story(desk: Desk, topic: str, name: str) -> str:
    """A story by its id and heading, and where it went if it was merged."""
    kept = archive.story(desk.database, topic, name)
    if kept is None:
        return name
    return f"{name}: {kept.title}" if kept.id == name else f"{name}, now {kept.id}: {kept.title}"


def _now(desk: Desk, topic: str, place: str) -> list[Verdict]:
    """What the next issue of the topic's first edition would say."""
    chosen = desk.topic(topic)
    made = make_issue(desk, next_occasion(desk, chosen, chosen.editions[0], datetime.now(UTC)))
    return verdicts_at(made, place)


def verdicts_at(made: Made, place: str) -> list[Verdict]:
    """The verdicts of an issue on what stands at one canonical address (several for a bundle)."""
    item = re.compile(rf"{re.escape(place)}(#\d+)?")
    here = {r.article.id for r in made.readings if item.fullmatch(r.article.address)}
    return [verdict for verdict in made.judgement.verdicts if verdict.article in here]


def _head(topic: str, entry: Entry) -> None:
    say(entry.title or entry.link)
    seen = f"first seen {entry.first_seen:%Y-%m-%d %H:%M} UTC"
    dated = f"dated {entry.published.raw} ({entry.published.sureness})" if entry.published.raw else "without a date"
    say(f"  {topic} · from {entry.source} · {dated} · {seen} · {entry.revision} later changes")


def _body(topic: str, issue: str, verdict: Verdict, language: str) -> None:
    say(f"  {topic} · {issue}: {verdict.disposition}")
    say(f"    {verdict.reason.written(language)}")
    if verdict.terms:
        say(f"    terms {', '.join(f'{term} {weight:+.2f}' for term, weight in verdict.terms)}")
    if verdict.against:
        say(f"    against {verdict.against}")
    for near in verdict.nearest:
        say(f"    {near.overlap:.0%} told {_where(near)}: “{near.sentence}” was “{near.told}”")
    for before, after in verdict.changed:
        say(f"    changed “{before}” to “{after}”" if before and after else _edit(before, after))
    proofs = (f"    “{proof.quote}” ({proof.outlet} {proof.address})".rstrip() for proof in verdict.evidence)
    for line in dict.fromkeys(proofs):  # one sentence may bear out several things
        say(line)


def _where(near: Nearest) -> str:
    """Who told the earlier sentence."""
    if near.issue == "baseline":
        return "by the articles the desk started from"
    return f"in issue {near.issue}" if near.issue else "by another article of the same issue"


def _edit(before: str, after: str) -> str:
    return f"    added “{after}”" if after else f"    took out “{before}”"


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
        "terms": dict(verdict.terms),
        "nearest": [
            {"sentence": n.sentence, "told": n.told, "issue": n.issue, "article": n.article, "overlap": n.overlap}
            for n in verdict.nearest
        ],
        "changed": [{"before": before, "after": after} for before, after in verdict.changed],
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
