"""`explain`, `keep` and `drop`: why an article is in or out, and the editor's word on it."""

import re
from collections.abc import Iterator
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
from briefing.model.article import Article
from briefing.model.entry import Entry, Sureness
from briefing.model.story import Disposition, Verdict
from briefing.model.text import Bilingual
from briefing.read.links import canonical
from briefing.store import archive, entries, issues
from briefing.store.connection import Database
from briefing.store.memory import Remembered
from briefing.wiring import desk_at

SURENESS = {
    Sureness.EXACT: "确切",
    Sureness.ZONE_ASSUMED: "时区为推定",
    Sureness.DAY: "仅知日期",
    Sureness.YEAR_ASSUMED: "年份为推定",
    Sureness.RELATIVE: "相对时间",
    Sureness.NONE: "不可靠",
}
Judged = tuple[str, str, Verdict]  # topic, issue ('' for the next one), verdict
STORY = Bilingual("story", "事件")
NEXT = Bilingual("the next issue", "下一期")
BASELINE = Bilingual("the articles the desk started from", "起始文章")
DISPOSITIONS = {  # as the pages say them; in English the model's own words
    Disposition.DEVELOPMENT: "新事件",
    Disposition.UPDATE: "更新",
    Disposition.CONFIRMATION: "再获证实",
    Disposition.COPY: "转载",
    Disposition.REVISION: "新版本",
    Disposition.REPEAT: "无新增内容",
    Disposition.OFF_TOPIC: "不属主题",
    Disposition.RESURFACED: "旧文新日期",
}


@click.command("explain")
@click.argument("address")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the answer.")
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
        heads: dict[str, str] = {}
        for topic in sorted({topic for topic, _ in stored} - {topic for topic, _, _ in judged}):
            made = _now(desk, topic)
            heads |= {r.article.id: _headed(r.article) for r in made.readings}
            judged += [(topic, "", v) for v in verdicts_at(made, place)]
        titles = {v.story: _story(desk, topic, v.story, language) for topic, _, v in judged if v.story}
        heads = {v.against: _against(desk, topic, v.against, heads) for topic, _, v in judged if v.against}
    if not stored and not judged:
        raise UsageError(f"{address} was never seen", hint="`briefing sources list` shows what is watched")
    if json_:
        as_json([_as_data(topic, issue or "the next issue", verdict) for topic, issue, verdict in judged])
        return
    for topic, entry in stored:
        _head(topic, entry, language)
    for topic, issue, verdict in judged:
        _body((topic, issue, verdict), heads, language)
        if verdict.story:
            say(f"    {STORY.written(language)} {titles[verdict.story]}")


def _judged(database: Database, place: str) -> list[Judged]:
    """What issues said of the address, and of each item where a bundle stands there."""
    found = [*issues.verdicts_at(database, place)]
    for number in count(1):
        item = issues.verdicts_at(database, f"{place}#{number}")
        found += item
        if not item:
            break
    return found


def _story(desk: Desk, topic: str, name: str, language: str) -> str:
    """A story by its id and heading, and where it went if it was merged."""
    kept = archive.story(desk.database, topic, name)
    if kept is None:
        return name
    now = Bilingual(f", now {kept.id}", f"（现为{kept.id}）").written(language)
    return f"{name}{'' if kept.id == name else now}: {kept.title}"


def _against(desk: Desk, topic: str, name: str, heads: dict[str, str]) -> str:
    """What an article was judged against: another by its title and outlet; an issue or the baseline as it is named."""
    for edition in desk.topic(topic).editions:
        known = Remembered(desk.database, topic, edition.name).known(name)
        if known:
            return _headed(known.article)
    return heads.get(name, name)


def _headed(article: Article) -> str:
    return f"“{article.title}” ({article.outlet})"


def _now(desk: Desk, topic: str) -> Made:
    """What the next issue of the topic's first edition would be."""
    chosen = desk.topic(topic)
    return make_issue(desk, next_occasion(desk, chosen, chosen.editions[0], datetime.now(UTC)))


def verdicts_at(made: Made, place: str) -> list[Verdict]:
    """The verdicts of an issue on what stands at one canonical address (several for a bundle)."""
    item = re.compile(rf"{re.escape(place)}(#\d+)?")
    here = {r.article.id for r in made.readings if item.fullmatch(r.article.address)}
    return [verdict for verdict in made.judgement.verdicts if verdict.article in here]


def _head(topic: str, entry: Entry, language: str) -> None:
    say(entry.title or entry.link)
    stated, seen = entry.published, f"{entry.first_seen:%Y-%m-%d %H:%M} UTC"
    dated = Bilingual(f"dated {stated.raw} ({stated.sureness})", f"日期{stated.raw}（{SURENESS[stated.sureness]}）")
    where = Bilingual(f"from {entry.source}", f"来源{entry.source}").written(language)
    date = (dated if stated.raw else Bilingual("without a date", "无日期")).written(language)
    first = Bilingual(f"first seen {seen}", f"首见于{seen}").written(language)
    later = Bilingual(f"{entry.revision} later changes", f"此后改动{entry.revision}次").written(language)
    say(f"  {topic} · {where} · {date} · {first} · {later}")


def _body(judged: Judged, heads: dict[str, str], language: str) -> None:
    topic, issue, verdict = judged
    name = DISPOSITIONS[verdict.disposition] if language == "zh" else verdict.disposition
    say(f"  {topic} · {issue or NEXT.written(language)}: {name}")
    say(f"    {verdict.reason.written(language)}")
    if verdict.terms:
        terms = ", ".join(f"{term} {weight:+.2f}" for term, weight in verdict.terms)
        say(f"    {Bilingual('terms', '词语').written(language)} {terms}")
    if verdict.against:
        other = BASELINE.written(language) if verdict.against == "baseline" else heads[verdict.against]
        say(f"    {Bilingual('against', '对照').written(language)} {other}")
    for line in (*_nearest(verdict), *_changes(verdict)):
        say(f"    {line.written(language)}")
    proofs = (f"    “{proof.quote}” ({proof.outlet} {proof.address})".rstrip() for proof in verdict.evidence)
    for proof in dict.fromkeys(proofs):  # one sentence may bear out several things
        say(proof)


def _nearest(verdict: Verdict) -> Iterator[Bilingual]:
    """The earlier sentences, and who told them."""
    for near in verdict.nearest:
        where = Bilingual("by another article of the same issue", "本期另一篇文章")
        if near.issue:
            where = Bilingual(f"in issue {near.issue}", f"{near.issue}期")
        if near.issue == "baseline":
            where = Bilingual("by the articles the desk started from", "起始文章")
        yield Bilingual(
            f"{near.overlap:.0%} told {where.en}: “{near.sentence}” was “{near.told}”",
            f"{near.overlap:.0%}已见于{where.zh}：“{near.sentence}”，先前为“{near.told}”",
        )


def _changes(verdict: Verdict) -> Iterator[Bilingual]:
    for before, after in verdict.changed:
        if before and after:
            yield Bilingual(f"changed “{before}” to “{after}”", f"“{before}”改为“{after}”")
        elif after:
            yield Bilingual(f"added “{after}”", f"新增“{after}”")
        else:
            yield Bilingual(f"took out “{before}”", f"删去“{before}”")


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
