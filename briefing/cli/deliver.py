"""`deliver` and `plan`: what is owed, and what comes next."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

import click

from briefing import schedule
from briefing.cli.archive import issue_named
from briefing.cli.output import as_json, counted, note, progress, say, table
from briefing.deliver.addresses import Mailbox, mailbox
from briefing.deliver.answers import Meaning, meaning
from briefing.deliver.dispatch import Tally
from briefing.deliver.message import Letterhead, Personal, as_test, assembled, message_id
from briefing.desk import slots
from briefing.desk.bringing import keeps_quiet, send_out
from briefing.desk.delivering import deliver
from briefing.desk.parts import Desk
from briefing.desk.posting import trial_letter
from briefing.errors import UsageError
from briefing.model.issue import Issue
from briefing.model.subscriber import DeliveryState
from briefing.model.topic import Edition, ReviewRule
from briefing.store import outbox, subscribers
from briefing.wiring import desk_at, pages, post

NOBODY = "no letter: nobody gets this edition yet; `briefing subscribers add` adds a reader"
UNCERTAIN = ("list", "resend", "arrived", "lost")


def holder() -> str:
    """A name for this run that no other has."""
    return f"{schedule.boot()}:{token_hex(8)}"


@click.command("deliver")
@click.option("--issue", default="", metavar="ISSUE", help="Plan letters for this published issue first ('latest').")
@click.option("--to", default="", metavar="ADDRESS", help="Send one test copy there instead; no subscriber is made.")
@click.option(
    "--dry-run", type=click.Path(file_okay=False, path_type=Path), help="Write .eml files there; send nothing."
)
@click.option("--stop", default="", metavar="REASON", help="Stop the outbox: nothing leaves until --resume.")
@click.option("--resume", is_flag=True, help="Let letters leave again.")
@click.option("--uncertain", type=click.Choice(UNCERTAIN), help="List letters that may have arrived, or decide them.")
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def deliver_command(
    folder: str, *, issue: str, to: str, dry_run: Path | None, stop: str, resume: bool, uncertain: str, json_: bool
) -> None:
    """Send what is owed. It can be stopped and started again at any time: no letter is sent twice.

    The mail server stands in BRIEFING_SMTP_URL, for example smtps://user:password@mail.example.org.
    """
    with desk_at(folder) as desk:
        if stop or resume:
            outbox.stop(desk.database, stop) if stop else outbox.resume(desk.database)
            say(f"the outbox is stopped: {stop}" if stop else "the outbox is open")
            return
        if uncertain:
            _decide(desk, uncertain)
            return
        if to or dry_run:
            _copy(desk, issue, to, dry_run)
            return
        if issue:
            _plan(desk, issue_named(desk, issue))
        tally = _deliver(desk, quiet=json_)
    if json_:
        as_json({name: getattr(tally, name) for name in Tally.__slots__})
    else:
        _tell(tally)
    if tally.faults:
        raise SystemExit(1)


def _plan(desk: Desk, issue: Issue) -> None:
    """The letters of an issue, but none of one that has nothing new, unless its edition says so on such days."""
    if keeps_quiet(desk, issue):
        say(f'{issue.id} has nothing new: no letter (quiet = "note" in its [[edition]] would send a line)')
        return
    planned = send_out(desk, issue, datetime.now(UTC))
    say(f"{counted(planned, 'letter')} for this issue, with those sent before" if planned else NOBODY)


def _decide(desk: Desk, word: str) -> None:
    """What becomes of letters whose answer never came."""
    now = datetime.now(UTC)
    if word == "list":
        after, number = 0, 0
        while page := outbox.in_state(desk.database, DeliveryState.UNCERTAIN, after):
            for one in page:
                reader = subscribers.by_id(desk.database, one.subscriber)
                say(f"{one.topic}/{one.issue} to {reader.address if reader else one.subscriber}: {one.detail}")
            after, number = page[-1].id, number + len(page)
        say(f"{counted(number, 'letter')} may have arrived")
        return
    if word == "resend":
        done = outbox.resend_uncertain(desk.database, now)
        say(f"{counted(done, 'letter')} will be sent once more, each with its Message-ID")
        return
    state = DeliveryState.ACCEPTED if word == "arrived" else DeliveryState.FAILED
    done = outbox.close_uncertain(desk.database, state, now)
    say(f"{counted(done, 'letter')} noted as {'arrived' if word == 'arrived' else 'lost'}")


def _deliver(desk: Desk, *, quiet: bool) -> Tally:
    sending = post(desk, schedule.now, holder())
    owed = outbox.owed(desk.database, datetime.now(UTC))
    with progress("Sending", quiet=quiet) as tell:
        done = iter(range(1, owed + 1))
        return asyncio.run(
            deliver(desk.database, pages(desk), sending, asyncio.Event(), lambda: tell(next(done, owed), owed, ""))
        )


def _tell(tally: Tally) -> None:
    say(
        f"{tally.accepted} accepted, {tally.deferred} put off, {tally.failed} failed, "
        f"{tally.uncertain} uncertain{', halted' if tally.halted else ''}"
    )
    for fault in tally.faults:
        note(f"  {fault}")


def _copy(desk: Desk, name: str, to: str, target: Path | None) -> None:
    """One copy of an issue for the operator's own eyes, marked as a test."""
    found = issue_named(desk, name or "latest")
    try:
        reader = mailbox(to or f"test@{desk.renderer.domain}")
    except ValueError as fault:
        raise UsageError(str(fault), hint="write --to name@example.org") from fault
    for language in ("en", "zh"):
        forms = desk.renderer.forms(found, language)
        head = desk.renderer.letterhead(found, language)
        if target is None:
            _sent(desk, head, (forms.text, forms.html), reader)
            say(f"sent the {language} copy of {found.id} to {to}")
            continue
        identity = message_id(f"{found.id} {token_hex(6)}", reader.address, language, desk.renderer.domain)
        copy = Personal(reader, identity, datetime.now(UTC), "test")
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{found.id}.{language}.eml").write_bytes(assembled(as_test(head), copy, forms.text, forms.html))
        say(f"wrote {target / f'{found.id}.{language}.eml'}")


def _sent(desk: Desk, head: Letterhead, body: tuple[str, str], to: Mailbox) -> None:
    sending = post(desk, schedule.now, holder())
    answer = asyncio.run(trial_letter(sending, head, *body, to))
    if meaning(answer) is not Meaning.ACCEPTED:
        raise UsageError(f"the server refused it: {answer}")


@click.command("plan")
@click.option("--most", default=10, show_default=True, help="How many slots.")
@click.option("--json", "json_", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def plan_command(folder: str, most: int, *, json_: bool) -> None:
    """Show the next slots, in local time and UTC, how many readers get them, and whether an editor sees them first."""
    now = datetime.now(UTC)
    rows = []
    with desk_at(folder) as desk:
        for topic in desk.topics:
            for edition in topic.editions:
                readers = subscribers.count_readers(desk.database, topic.key, edition.name)
                for _, _, slot in slots.planned(topic.key, edition, now, most):
                    local = slot.due.astimezone(ZoneInfo(edition.zone))
                    wall = f"{local:%a %Y-%m-%d %H:%M} {edition.zone}"
                    rows.append((slot.due, wall, topic.key, edition.name, readers, _review(edition)))
    rows.sort()
    shown = rows[:most]
    if json_:
        as_json(
            [dict(zip(("utc", "local", "topic", "edition", "readers", "review"), row, strict=True)) for row in shown]
        )
        return
    table(
        ("UTC", "local", "topic", "edition", "readers", "review"),
        [(f"{due:%Y-%m-%d %H:%M}", *words, str(number), review) for due, *words, number, review in shown],
        right=(4,),
    )


def _review(edition: Edition) -> str:
    """'held 60 min, then sent'; 'none' where no editor is asked."""
    if edition.review is ReviewRule.NONE:
        return ReviewRule.NONE.value
    end = "skipped" if edition.review is ReviewRule.HOLD_THEN_SKIP else "sent"
    return f"held {edition.review_minutes} min, then {end}"
