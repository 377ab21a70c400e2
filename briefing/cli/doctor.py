"""`doctor`: looks at everything and says what to mend."""

from datetime import UTC, datetime

import click

from briefing.cli.output import as_json, say
from briefing.desk.examining import Level, examined
from briefing.wiring import desk_at

SIGNS = {Level.GOOD: "✓", Level.WARNING: "!", Level.FAULT: "✗"}


@click.command("doctor")
@click.option("--json", "json_", is_flag=True, help="Print the remarks as JSON.")
@click.pass_obj
def doctor_command(folder: str, *, json_: bool) -> None:
    """Check settings, store, archive, templates, sources and issues. Changes nothing; exit code 1 for a fault."""
    with desk_at(folder) as desk:
        remarks = examined(desk, datetime.now(UTC))
    if json_:
        as_json([{"level": r.level, "what": r.what, "advice": r.advice} for r in remarks])
    else:
        for remark in remarks:
            say(f"{SIGNS[remark.level]} {remark.what}")
            if remark.advice:
                say(f"    {remark.advice}")
    if any(remark.level is Level.FAULT for remark in remarks):
        raise SystemExit(1)
