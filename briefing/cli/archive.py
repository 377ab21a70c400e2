"""`archive`, `render` and `templates`: what was published, and how it looks."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli.output import as_json, counted, say, table
from briefing.cli.run import summary
from briefing.codec import encoded
from briefing.compose import trial
from briefing.desk.parts import Desk
from briefing.desk.publishing import complete, rebuild, stored_issue
from briefing.errors import UsageError
from briefing.model.issue import Issue
from briefing.store import issues, search
from briefing.wiring import desk_at

NEWEST = ("", "latest", "newest")


def issue_named(desk: Desk, name: str) -> Issue:
    """A published issue by id, 'latest', or the path of an issue.json. Raises UsageError that lists the last ones."""
    path = Path(name)
    if name and path.suffix == ".json" and path.exists():
        return stored_issue(path)
    every = issues.every(desk.database)
    found = [i for i in every if name in {i.id, f"{i.topic}/{i.id}"}] if name not in NEWEST else every[-1:]
    issue = issues.document(desk.database, found[-1].topic, found[-1].id) if found else None
    if issue is None:
        known = ", ".join(i.id for i in every[-5:]) or "none yet; `briefing run` makes the first"
        raise UsageError(
            f"there is no issue {name!r}" if name else "nothing was published yet", hint=f"issues: {known}"
        )
    return issue


@click.group("archive")
def archive_command() -> None:
    """List, show, search and rebuild published issues."""


@archive_command.command("list")
@click.option("--json", "json_", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(folder: str, *, json_: bool) -> None:
    """List every published issue, newest first."""
    with desk_at(folder) as desk:
        complete(desk)
        found = [issues.document(desk.database, i.topic, i.id) for i in reversed(issues.every(desk.database))]
        shown = [(issue, desk.renderer.subject(issue, "en")) for issue in found if issue]
    if json_:
        as_json(
            [
                {"issue": i.id, "topic": i.topic, "number": i.number, "made_at": i.made_at, "subject": s}
                for i, s in shown
            ]
        )
        return
    table(("issue", "topic", "no.", "subject"), [(i.id, i.topic, str(i.number), s) for i, s in shown], right=(2,))


@archive_command.command("show")
@click.argument("issue", default="latest")
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language of the text.")
@click.option("--json", "json_", is_flag=True, help="Print issue.json.")
@click.pass_obj
def show_command(folder: str, issue: str, language: str, *, json_: bool) -> None:
    """Show one issue as text (the latest by default)."""
    with desk_at(folder) as desk:
        found = issue_named(desk, issue)
        say(encoded(found, indent=1) if json_ else desk.renderer.forms(found, language).text)


@archive_command.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--topic", default="", metavar="NAME", help="Only this topic.")
@click.option("--kind", default="", type=click.Choice(["", "story", "figure", "left out"]), help="Only this kind.")
@click.option("--since", default="", metavar="DAY", help="Only issues from this ISO day on.")
@click.option("--most", default=20, show_default=True, help="How many hits at the most.")
@click.option("--json", "json_", is_flag=True, help="Print the hits as JSON.")
@click.pass_obj
def search_command(
    folder: str, words: tuple[str, ...], *, topic: str, kind: str, since: str, most: int, json_: bool
) -> None:
    """Find words, Chinese ones of any length, in issues, stories, figures and left-out items."""
    with desk_at(folder) as desk:
        hits = search.find(desk.database, " ".join(words), topic=topic, kind=kind, since=since, most=most)
    if json_:
        as_json(
            [
                {
                    "issue": h.document.issue,
                    "kind": h.document.kind,
                    "ref": h.document.ref,
                    "title": h.document.title,
                    "excerpt": h.excerpt,
                }
                for h in hits
            ]
        )
        return
    for hit in hits:
        say(f"{hit.document.issue} · {hit.document.kind} · {hit.document.title.splitlines()[0]}")
        say(f"    {hit.excerpt}")
    say(f"{len(hits)} found" if hits else "nothing found; every word must occur, Chinese ones of any length")


@archive_command.command("rebuild")
@click.pass_obj
def rebuild_command(folder: str) -> None:
    """Render the whole archive again from its issue.json files alone."""
    with desk_at(folder) as desk:
        number = rebuild(desk)
    say(f"rendered {counted(number, 'issue')} again")


@archive_command.command("export")
@click.argument("site", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export_command(folder: str, site: Path) -> None:
    """Write the public archive as a folder of pages for any web host, with search that finds Chinese."""
    from briefing.web.static import export  # noqa: PLC0415 - the web pages, for this one command

    with desk_at(folder) as desk:
        complete(desk)
        number = export(desk, site, datetime.now(UTC))
    say(f"wrote {number} files to {site}; open {site / 'index.html'}")


@click.command("render")
@click.argument("issue", default="latest")
@click.option(
    "--format",
    "form",
    default="html",
    type=click.Choice(["html", "text", "eml", "mjml", "page", "json"]),
    show_default=True,
    help="html is the mail, page the archive page.",
)
@click.option("--language", default="en", type=click.Choice(["en", "zh"]), help="The language.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else it is printed.")
@click.pass_obj
def render_command(folder: str, issue: str, form: str, language: str, out: Path | None) -> None:
    """Write one issue (an id, 'latest', or the path of an issue.json) in one of its forms."""
    with desk_at(folder) as desk:
        found = issue_named(desk, issue)
        if form == "json":
            content = encoded(found, indent=1).encode()
        elif form == "mjml":
            content = desk.renderer.mjml(found, language).encode()
        else:
            forms = desk.renderer.forms(found, language)
            content = {
                "html": forms.html.encode(),
                "page": forms.page.encode(),
                "text": forms.text.encode(),
                "eml": forms.message,
            }[form]
    if out:
        out.write_bytes(content)
        say(f"wrote {out} ({len(content) / 1000:.1f} kB), {summary(found)}")
    else:
        sys.stdout.buffer.write(content)


@click.group("templates")
def templates_command() -> None:
    """Check a desk's own templates against hard cases."""


@templates_command.command("check")
@click.pass_obj
def check_command(folder: str) -> None:
    """Render every template with hard cases and say what breaks, with file and line."""
    with desk_at(folder) as desk:
        faults = trial.faults(desk.folder / "templates")
    for fault in faults:
        say(fault)
    say(counted(len(faults), "fault") if faults else "every template renders every case")
    if faults:
        raise SystemExit(1)
