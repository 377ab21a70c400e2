"""`doctor`: looks at everything and says what to mend."""

import asyncio
from datetime import UTC, datetime

import click

from briefing.cli.output import as_json, say
from briefing.deliver import standing
from briefing.deliver.channels import unfit
from briefing.deliver.nameserver import Nameserver
from briefing.desk.examining import Level, Remark, examined
from briefing.desk.parts import Desk
from briefing.errors import BriefingError
from briefing.wiring import NO_DOMAIN, desk_at, sender

SIGNS = {Level.GOOD: "✓", Level.WARNING: "!", Level.FAULT: "✗"}
NO_SENDER = Remark(
    Level.WARNING, "letters come from nowhere", "set [mail] sender = 'The Desk <desk@example.org>' in desk.toml"
)


@click.command("doctor")
@click.option("--offline", is_flag=True, help="Ask neither DNS nor the mail server.")
@click.option("--nameserver", default="", metavar="ADDRESS[:PORT]", help="Ask this name server, not the system's.")
@click.option("--json", "json_", is_flag=True, help="Print the remarks as JSON.")
@click.pass_obj
def doctor_command(folder: str, *, offline: bool, nameserver: str, json_: bool) -> None:
    """Check settings, store, archive, templates, sources and issues. Changes nothing; exit code 1 for a fault.

    Where a mail server is set, tries its TLS and log-in, asks DNS for the SPF, DKIM, DMARC, MX and PTR records, and
    shows each record that is to be published.
    """
    now = datetime.now(UTC)
    names = _nameserver(nameserver)
    with desk_at(folder) as desk:
        remarks = examined(desk, now)
        faults = (unfit(place) for place in desk.places)
        remarks += tuple(Remark(Level.FAULT, fault, "mend BRIEFING_CHANNELS") for fault in faults if fault)
        if desk.settings.secrets.smtp_url and not offline:
            remarks += _of_mail(desk, names, now)
    if json_:
        as_json([{"level": r.level, "what": r.what, "advice": r.advice} for r in remarks])
    else:
        for remark in remarks:
            say(f"{SIGNS[remark.level]} {remark.what}")
            if remark.advice:
                say(f"    {remark.advice}")
    if any(remark.level is Level.FAULT for remark in remarks):
        raise SystemExit(1)


def _nameserver(text: str) -> Nameserver:
    server, colon, port = text.partition(":")
    if text.count(":") > 1 or (colon and not port.isdecimal()):
        raise click.BadParameter("is written 192.0.2.53 or 192.0.2.53:5353", param_hint="--nameserver")
    return Nameserver(server, int(port or 53))


def _of_mail(desk: Desk, names: Nameserver, now: datetime) -> tuple[Remark, ...]:
    try:
        ours = sender(desk)
    except BriefingError as fault:
        return (Remark(Level.FAULT, str(fault), fault.hint),)
    if ours.domain == NO_DOMAIN:
        return (NO_SENDER,)
    return asyncio.run(standing.seen(ours, names, now))
