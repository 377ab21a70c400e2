"""`figures`: the ledger as a table, and one line of it with its witnesses and checks."""

import click

from briefing.cli.output import as_json, counted, say, table
from briefing.cli.stories import chair_at
from briefing.compose.amounts import shown
from briefing.compose.wording import words
from briefing.desk import editing
from briefing.desk.parts import Desk, edition_of
from briefing.desk.recall import facts
from briefing.errors import UsageError
from briefing.model.fact import Fact, Finding, Witness
from briefing.model.topic import Topic
from briefing.model.wording import written
from briefing.store.memory import Remembered
from briefing.wiring import desk_at


def ledger(desk: Desk, topic: str, edition: str) -> tuple[Fact, ...]:
    """The ledger of one edition, the baseline in it."""
    chosen = desk.topic(topic)
    line = edition_of(chosen, edition).name if chosen.editions else ""
    return facts(Remembered(desk.database, chosen.key, line), chosen.baseline)


def is_named(fact: Fact, topic: Topic) -> bool:
    """Whether the topic has a name for what is measured; else the label is words picked from a sentence."""
    names = {measure.key for measure in topic.glossary.measures}
    labels = {key for key, _ in topic.baseline.labels}
    return not names or fact.key in labels or fact.key.partition("|")[0] in names


HEADS = {
    "en": ("key", "figure", "value", "status", "outlets"),
    "zh": ("键", "数字", "数值", "状态", "来源数"),
}


@click.group("figures", invoke_without_command=True)
@click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")
@click.option("--edition", default="", metavar="NAME", help="The edition; the topic's first by default.")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the table.")
@click.option("--all", "every", is_flag=True, help="Also what the glossary has no measure for.")
@click.option("--json", "json_", is_flag=True, help="Print the ledger as JSON, all of it.")
@click.pass_context
def figures_command(ctx: click.Context, topic: str, edition: str, language: str, *, every: bool, json_: bool) -> None:
    """Show the ledger: what is measured, its value, its status, who says so."""
    if ctx.invoked_subcommand:
        ctx.meta["line"] = (topic, edition, language, json_)
        return
    with desk_at(ctx.obj) as desk:
        lines = ledger(desk, topic, edition)
        named = [fact for fact in lines if is_named(fact, desk.topic(topic))]
    if json_:
        as_json([_as_data(fact) for fact in lines])
        return
    rows = [_row(fact, language, shown(fact.quantity, language)) for fact in named]
    if every:
        rows += [_row(fact, language, written(fact.quantity, language)) for fact in lines if fact not in named]
    table(HEADS[language], rows, right=(2, 4))
    conflicts = sum(fact.status in {"contradicted", "scale-slip"} for fact in lines)
    say(
        f"{counted(len(rows), 'figure')}, {conflicts} in conflict; `briefing figures show KEY` for witnesses and checks"
    )
    if len(rows) < len(lines):
        say(f"{len(lines) - len(rows)} more, which no measure of the glossary names: `briefing figures --all`")


def _row(fact: Fact, language: str, value: str) -> tuple[str, ...]:
    status = words(language).say(f"status.{fact.status}") if language == "zh" else fact.status
    return fact.key, fact.label.written(language), value, status, str(_outlets(fact))


@figures_command.command("show")
@click.argument("key")
@click.option("--json", "json_", is_flag=True, help="Print the figure as JSON.")
@click.pass_context
def show_command(ctx: click.Context, key: str, *, json_: bool) -> None:
    """Show one figure: its history, every witness with its words, every check."""
    topic, edition, language, is_json = ctx.meta["line"]
    with desk_at(ctx.obj) as desk:
        lines = ledger(desk, topic, edition)
    found = [fact for fact in lines if fact.key == key] or [fact for fact in lines if key in fact.key]
    if not found:
        raise UsageError(f"the ledger has no figure {key!r}", hint="`briefing figures` lists the keys")
    if json_ or is_json:
        as_json([_as_data(fact) for fact in found])
        return
    for fact in found:
        say(f"{fact.label.written(language)}: {shown(fact.quantity, language)} ({fact.status})")
        for witness in fact.witnesses:
            copy = "" if witness.independent else " [copy]"
            value = shown(witness.figure.quantity, language)
            say(f"  {witness.published:%Y-%m-%d} {witness.outlet}{copy}: {value}, “{witness.quote}” {witness.address}")
        for finding in fact.findings:
            say(f"  {finding.rule} {finding.outcome}: {finding.statement.written(language)}")


@figures_command.command("resolve")
@click.argument("key")
@click.option("--confirm", metavar="FIGURE", default="", help="Trust this reading, as a witness wrote it: '2.48亿元'.")
@click.option("--merge", metavar="KEY", default="", help="It is the same figure as that one.")
@click.option("--split", metavar="OUTLET", multiple=True, help="These outlets mean another figure (may be repeated).")
@click.option("--name", default="", help="What the figure that was split off is called.")
@click.option("--note", default="", help="Why; shown with the figure.")
@click.pass_context
def resolve_command(
    ctx: click.Context, key: str, *, confirm: str, merge: str, split: tuple[str, ...], name: str, note: str
) -> None:
    """Say what the desk could not settle: confirm a reading, merge two lines, or split one. The ledger remembers it."""
    if sum(map(bool, (confirm, merge, split))) != 1:
        raise UsageError("say one of --confirm, --merge and --split", hint="`briefing figures show KEY` shows the line")
    topic, edition, language, _ = ctx.meta["line"]
    with chair_at(ctx.obj, topic, edition) as chair:
        before = ledger(chair.desk, topic, edition)
        if confirm:
            editing.confirm(chair, key, confirm, note)
        elif merge:
            editing.join_lines(chair, key, merge, note)
        else:
            editing.part_line(chair, key, split, name)
        after = ledger(chair.desk, topic, edition)
    for fact in after:
        if fact not in before:
            say(f"{fact.label.written(language)}: {shown(fact.quantity, language)} ({fact.status})")


def _outlets(fact: Fact) -> int:
    return len({witness.outlet for witness in fact.witnesses if witness.independent})


def _as_data(fact: Fact) -> dict[str, object]:
    return {
        "key": fact.key,
        "label": {"en": fact.label.en, "zh": fact.label.zh},
        "value": str(fact.quantity.amount),
        "unit": fact.quantity.unit,
        "status": fact.status,
        "witnesses": [_witness(w) for w in fact.witnesses],
        "findings": [_finding(f) for f in fact.findings],
    }


def _witness(witness: Witness) -> dict[str, object]:
    return {
        "outlet": witness.outlet,
        "address": witness.address,
        "published": witness.published.isoformat(),
        "surface": witness.figure.surface,
        "value": str(witness.figure.quantity.amount),
        "quote": witness.quote,
        "independent": witness.independent,
        "issue": witness.issue,
        "status": witness.status,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "statement": {"en": finding.statement.en, "zh": finding.statement.zh},
        "quotes": [evidence.quote for evidence in finding.evidence],
    }
