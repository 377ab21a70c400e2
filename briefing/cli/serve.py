"""`serve`: the desk as one process."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

import click

from briefing import schedule
from briefing.cli.deliver import holder
from briefing.cli.output import say
from briefing.collect.websub import is_reachable
from briefing.deliver.addresses import mailbox, normalised
from briefing.deliver.answers import Meaning, meaning
from briefing.desk.collecting import collect
from briefing.desk.delivering import BUSY, deliver, is_work
from briefing.desk.examining import Level, Remark, examined, meanings
from briefing.desk.notices import Notice, letter
from briefing.desk.parts import Desk
from briefing.desk.posting import answered
from briefing.desk.press import Press
from briefing.desk.publishing import complete
from briefing.desk.pushing import subscribe
from briefing.desk.returns import collected
from briefing.desk.watching import watched
from briefing.errors import BriefingError, DeliveryError
from briefing.model.slot import SlotState
from briefing.model.topic import Edition, Topic
from briefing.serve import LOG, Counts, Duty, Moment, Parts, Unfinished, log_to, serve, settle
from briefing.store import outbox, subscribers
from briefing.store.connection import opened
from briefing.web import app as web
from briefing.web.pool import Pool
from briefing.web.visit import Outgoing
from briefing.wiring import boxes, desk_at, pages, post, register, signing_key

COLLECT_S, COMPOSE_S, SEND_S, RETURNS_S = 60.0, 30.0, 15.0, 60.0
PUSH_S = 600.0  # hubs that are to be asked, or asked again
LOOKED_AT_EVERY = timedelta(minutes=1)  # a health check reads the whole store, which is no work for every second


@click.command("serve")
@click.option("--host", default="", help="The address to listen on; [web] host by default.")
@click.option("--port", default=-1, help="The port; [web] port by default, 0 for any that is free.")
@click.option("--pages-only", is_flag=True, help="Ask no source and make no issue: pages, and the letters they owe.")
@click.pass_obj
def serve_command(folder: str, host: str, port: int, *, pages_only: bool) -> None:
    """Run the desk: collect what is due, bring out each slot's issue, send letters, serve the pages.

    /health and /metrics say how it is; log lines are JSON. SIGTERM ends it cleanly; after kill -9 the next start
    takes up where it was.
    """
    with desk_at(folder) as desk:
        at = desk.settings.web.port if port < 0 else port
        run(desk, host or desk.settings.web.host, at, pages_only=pages_only)


def run(desk: Desk, host: str, port: int, *, pages_only: bool = False) -> None:
    """The desk at work until SIGTERM."""
    log_to(sys.stderr)
    for remark in meanings(desk):
        if remark.level is Level.WARNING:
            LOG.warning("missing", extra={"fields": {"what": remark.what, "advice": remark.advice}})
    complete(desk)
    with working(desk) as work, web.opened(visitors(work)) as shown:
        settle()
        asyncio.run(
            serve(
                Parts(
                    duties=mail_duties(work) if pages_only else duties(work),
                    troubles=work.troubles,
                    warnings=work.warnings,
                    gauges=work.gauges,
                    pages=shown,
                    host=host,
                    port=port,
                    ready=lambda number: say(f"listening on http://{host}:{number}/"),
                )
            )
        )


@dataclass(slots=True)
class Work:
    """The desk as its duties use it: each that may be at work beside another has its own connection to the store."""

    desk: Desk
    sending: Desk
    watched: Desk
    press: Press  # makes issues in a process of their own, so that pages and letters go on
    returns: Pool  # asks for what came back, which may wait for a mail server
    holder: str
    one_collection: asyncio.Lock = field(default_factory=asyncio.Lock)
    faults: tuple[str, ...] = ()  # of the mail servers
    seen: tuple[Remark, ...] = ()
    seen_at: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def troubles(self, now: datetime) -> tuple[str, ...]:
        """What /health tells: every fault, none when all is well."""
        return (*self._remarks(Level.FAULT, now), *(f"send: {fault}" for fault in self.faults))

    def warnings(self, now: datetime) -> tuple[str, ...]:
        """What /health tells besides: sources that are silent, an issue that waits for the editor."""
        return self._remarks(Level.WARNING, now)

    def _remarks(self, level: Level, now: datetime) -> tuple[str, ...]:
        with self.lock:
            if self.seen_at is None or not timedelta() <= now - self.seen_at < LOOKED_AT_EVERY:
                self.seen, self.seen_at = examined(self.watched, now), now
            return tuple(remark.what for remark in self.seen if remark.level is level)

    def gauges(self, now: datetime) -> Counts:
        """How things stand, for /metrics."""
        with self.lock:
            db = self.watched.database
            readers = tuple((f"subscribers_{state}", number) for state, number in subscribers.tally(db))
            letters = tuple((f"letters_{state}".replace(" ", "_"), number) for state, number in outbox.tally(db))
            return (*readers, *letters, ("letters_owed", outbox.owed(db, now)))

    def note_faults(self, faults: tuple[str, ...]) -> None:
        """What mail servers did wrong, told when it begins and when it is over."""
        for fault in faults:
            if fault not in self.faults:
                LOG.warning("fault", extra={"fields": {"duty": "send", "why": fault}})
        if self.faults and not faults:
            LOG.info("mended", extra={"fields": {"duty": "send"}})
        self.faults = faults


@contextmanager
def working(desk: Desk) -> Iterator[Work]:
    """Everything that the duties need, closed at the end."""
    with ExitStack() as held:
        sending, watched = (
            replace(desk, database=held.enter_context(closing(opened(desk.database.path)))) for _ in "12"
        )
        returned = Pool(desk, 1, 1)
        held.callback(returned.close)
        ours = holder()
        yield Work(desk, sending, watched, Press(desk, ours), returned, ours)


def duties(work: Work) -> tuple[Duty, ...]:
    """What the process does again and again; a fault in one topic or edition is that one's alone."""
    topics = work.desk.topics
    reachable = is_reachable(work.desk.base_address)
    return (
        *(Duty(f"collect {topic.key}", _collecting(work, topic), COLLECT_S) for topic in topics),
        *(
            Duty(f"compose {topic.key}/{edition.name}", _composing(work, topic, edition), COMPOSE_S, (edition,))
            for topic in topics
            for edition in topic.editions
        ),
        *(Duty(f"push {topic.key}", _pushing(work, topic), PUSH_S) for topic in topics if reachable),
        *mail_duties(work),
    )


def mail_duties(work: Work) -> tuple[Duty, ...]:
    """Letters out, and what comes back of them."""
    return (
        Duty("send", _sending(work), SEND_S),
        *((Duty("bounces", _returning(work), RETURNS_S),) if boxes(work.desk).are_set else ()),
    )


Act = Callable[[Moment], Awaitable[Counts]]


def _collecting(work: Work, topic: Topic) -> Act:
    async def act(moment: Moment) -> Counts:
        async with work.one_collection:
            if moment.stop.is_set():
                return ()
            done = await collect(work.desk, watched(work.desk, topic), moment.now)
        await _told(work, topic, done.notices)
        return (("polled", done.asked), ("new_entries", done.new), ("source_failures", len(done.failed)))

    return act


def _pushing(work: Work, topic: Topic) -> Act:
    async def act(moment: Moment) -> Counts:
        return (("hubs_asked", await subscribe(work.desk, topic, signing_key(work.desk.settings), moment.now)),)

    return act


async def _told(work: Work, topic: Topic, notices: Sequence[Notice]) -> None:
    """The log, and the editor by letter where that is set: once for each source that went or came back."""
    for one in notices:
        level = logging.INFO if one.is_back else logging.WARNING
        LOG.log(level, "source", extra={"fields": {"topic": topic.key, "source": one.source, "why": one.message.en}})
    desk = work.desk
    if not notices or not desk.settings.mail.editor or not desk.settings.secrets.smtp_url:
        return
    head, text, html = letter(desk, topic, notices)
    try:
        how = post(desk, schedule.now, work.holder)
        answer = await answered(how, head, (text, html), mailbox(desk.settings.mail.editor), "")
    except BriefingError as fault:
        LOG.warning("fault", extra={"fields": {"duty": "notices", "why": str(fault)}})
        return
    LOG.info("told", extra={"fields": {"duty": "notices", "letter": meaning(answer)}})


def _composing(work: Work, topic: Topic, edition: Edition) -> Act:
    async def act(moment: Moment) -> Counts:
        brought = await work.press.bring_out(watched(work.desk, topic), edition, moment.now)
        if brought is None:
            return ()
        if brought.state is SlotState.TAKEN:
            raise Unfinished
        told = {"topic": topic.key, "edition": edition.name, "slot": f"{brought.slot.day}", "state": brought.state}
        LOG.info("slot", extra={"fields": {**told, "issue": brought.issue}})
        made = (("issues", int(brought.state is SlotState.MADE)), ("letters_planned", brought.letters))
        return (*made, *brought.articles)

    return act


def _sending(work: Work) -> Act:
    async def act(moment: Moment) -> Counts:
        desk = work.sending
        if not is_work(desk.database, moment.now):
            return ()
        how = post(desk, schedule.now, work.holder)
        tally = await deliver(desk.database, pages(desk), how, moment.stop)
        work.note_faults(tuple(fault for fault in tally.faults if fault != BUSY))
        return (
            ("accepted", tally.accepted),
            ("deferred", tally.deferred),
            ("failed", tally.failed),
            ("uncertain", tally.uncertain),
        )

    return act


def _returning(work: Work) -> Act:
    async def act(moment: Moment) -> Counts:
        came = await work.returns.run(lambda desk: collected(register(desk), boxes(desk), moment.now))
        return tuple((f"returned_{kind}", number) for kind, number in came)

    return act


def visitors(work: Work) -> web.Parts:
    """The pages, with letters where a mail server is set."""
    desk = work.desk
    secrets = desk.settings.secrets

    async def send(letter: Outgoing) -> None:
        how = post(desk, schedule.now, work.holder)
        answer = await answered(how, letter.head, (letter.text, letter.html), letter.to, letter.token)
        if meaning(answer) is not Meaning.ACCEPTED:
            raise DeliveryError(f"a letter was refused: {answer}")
        LOG.info("answered", extra={"fields": {"duty": "pages"}})

    return web.Parts(
        desk,
        key=signing_key(desk.settings),
        password=secrets.editor_password,
        editors=tuple(normalised(address) for address in desk.settings.web.editors),
        send=send if secrets.smtp_url else None,
        behind_proxy=desk.settings.web.behind_proxy,
    )
