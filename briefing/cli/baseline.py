"""`baseline`: what was known from the start."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, say, table
from briefing.collect.http import Client, Request
from briefing.compose.amounts import shown
from briefing.desk.baselining import article_of, record_of, resketched, slug
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.figures import ledger
from briefing.model.article import Article
from briefing.model.entry import Failed, Fetched
from briefing.model.source import Source, SourceKind
from briefing.model.topic import BaselineArticle, Topic
from briefing.read.body import page_of
from briefing.settings import packaged
from briefing.settings.record import with_article
from briefing.wiring import desk_at

TOPIC = click.option("--topic", default="", metavar="NAME", help="The topic; needed only where there are several.")


@click.group("baseline")
def baseline_command() -> None:
    """Show what was known from the start, or add to it."""


@baseline_command.command("show")
@TOPIC
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language.")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def show_command(folder: str, topic: str, language: str, *, json_: bool) -> None:
    """Show the articles, facts and figures of the baseline, and what its own figures say of each other."""
    with desk_at(folder) as desk:
        baseline = desk.topic(topic).baseline
    lines = ledger.of_baseline(baseline)
    if json_:
        as_json(
            {
                "articles": [
                    {"key": a.key, "title": a.title, "outlet": a.outlet, "address": a.address}
                    for a in baseline.articles
                ],
                "facts": [{"key": f.key, "text": f.text.written(language), "when": f.when} for f in baseline.facts],
                "figures": [{"key": f.key, "value": str(f.quantity.amount), "status": f.status} for f in lines],
            }
        )
        return
    for article in baseline.articles:
        say(f"{article.outlet}, {article.published}: {article.title} ({len(article.witnesses)} figures)")
    for fact in baseline.facts:
        say(f"  {fact.when or '':10}  {fact.text.written(language)}")
    table(
        ("figure", "value", "status", "outlets"),
        [
            (
                f.label.written(language),
                shown(f.quantity, language),
                f.status,
                str(len({w.outlet for w in f.witnesses})),
            )
            for f in lines
        ],
        right=(1, 3),
    )
    for finding in dict.fromkeys(finding for fact in lines for finding in fact.findings):
        say(f"{finding.rule} {finding.outcome}: {finding.statement.written(language)}")


@baseline_command.command("add")
@click.argument("place", metavar="FILE_OR_ADDRESS")
@TOPIC
@click.option("--key", default="", help="The record's key; made from the title by default.")
@click.option("--title", default="", help="The title; needed for a plain text file.")
@click.option("--outlet", default="", help="Who published it.")
@click.option("--address", default="", help="Where it stands; needed for a plain text file.")
@click.option("--published", default="", metavar="DAY", help="The ISO day of publication.")
@click.option("--sketch-only", is_flag=True, help="Renew the sketch of a record; leave its figures as they are.")
@click.pass_obj
def add_command(  # noqa: PLR0913 - each is one option of the command
    folder: str,
    place: str,
    *,
    topic: str,
    key: str,
    title: str,
    outlet: str,
    address: str,
    published: str,
    sketch_only: bool,
) -> None:
    """Read an article and write its record: citation, figures with their spans, sketch. Its text is not kept.

    The record goes to the desk's own feeds/<topic>/baseline.toml; the facts in your own words are yours to add.
    """
    with desk_at(folder) as desk:
        chosen = desk.topic(topic)
        article = _article(desk, place, title=title, outlet=outlet, address=address, published=published)
        name = key or slug(article.title)
        record = record_of(article, chosen, name, article.dates.published.date())
        if sketch_only:
            record = resketched(_known(chosen, name), article)
        file = _file(desk, chosen)
        file.write_text(with_article(file.read_text("utf-8"), record), encoding="utf-8")
    say(f"wrote {name} to {file}: {len(record.witnesses)} figures, {len(record.sketch)} hashes of {record.shingles}")


def _known(topic: Topic, key: str) -> BaselineArticle:
    found = [article for article in topic.baseline.articles if article.key == key]
    if not found:
        keys = ", ".join(article.key for article in topic.baseline.articles) or "none yet"
        raise UsageError(f"the baseline has no record {key!r}", hint=f"its records are: {keys}")
    return found[0]


def _file(desk: Desk, topic: Topic) -> Path:
    """The desk's own baseline file; it begins as a copy of the packaged one."""
    own = desk.folder / "feeds" / topic.key / "baseline.toml"
    carried = packaged("feeds") / topic.key / "baseline.toml"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(carried.read_text("utf-8") if carried.exists() else "", encoding="utf-8")
    return own


def _article(desk: Desk, place: str, *, title: str, outlet: str, address: str, published: str) -> Article:
    """The article in a text or HTML file, or at an address."""
    try:
        day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    except ValueError:
        raise UsageError(f"{published!r} is no day", hint="write it as 2024-07-16") from None
    path = Path(place)
    if path.is_file() and path.suffix not in {".html", ".htm"}:
        if not (title and address and day):
            raise UsageError(f"{place} is plain text", hint="give --title, --address and --published with it")
        return article_of(path.read_text("utf-8"), title, address, day, outlet)
    source = Source(key="baseline", address=str(path.resolve()) if path.is_file() else place, kind=SourceKind.PAGE)
    fetched = asyncio.run(_fetched(desk, source))
    page = page_of(fetched, source, datetime.now(UTC))
    if isinstance(page, Failed):
        raise UsageError(f"{place}: {page.detail}", hint="save its text to a file and give that")
    when = day or page.date.instant
    if not page.text or when is None:
        missing = "no text" if not page.text else "no date"
        raise UsageError(f"{place}: {missing} was found on the page", hint="save its text to a file and give that")
    return article_of(page.text, title or page.title, address or place, when, outlet)


async def _fetched(desk: Desk, source: Source) -> Fetched:
    client = Client(desk.fetching.policy, user_agent=desk.fetching.user_agent, folder=desk.folder)
    async with client:
        outcome = await client.get(Request(source.address, accept="text/html,*/*;q=0.1", may_be_file=True))
    if not isinstance(outcome, Fetched):
        raise UsageError(f"{source.address}: {getattr(outcome, 'detail', 'nothing came')}")
    return outcome
