"""Article pages of entries that came without a text of their own, where the site lets programs read them."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from briefing.collect.gather import alongside
from briefing.collect.http import Request
from briefing.collect.pace import Paced, host_of
from briefing.collect.politeness import is_passing, page_due
from briefing.collect.robots import Leave, Robots
from briefing.desk.parts import Desk
from briefing.desk.round import READ_AT_ONCE, Round
from briefing.model.entry import Failed, Fetched, Outcome
from briefing.read.body import Page, page_of
from briefing.store import entries
from briefing.store.entries import Stored

PAGES = 200  # article pages fetched in one go; the rest wait for the next
AGENT = "briefing"  # the name that robots.txt knows the desk by


async def read_pages(one: Round) -> None:
    """Fetches the article pages that entries without a text of their own ask for."""
    sources = {source.key: source for source in one.topic.sources}
    waiting = entries.pages_wanted(one.desk.database, one.topic.key, one.now, PAGES)
    wanted = {str(stored.id): stored for stored in await _allowed(one, _askable(one, waiting))}

    async def read(answer: tuple[str, Outcome]) -> Page | Failed | None:
        key, outcome = answer
        if not isinstance(outcome, Fetched):
            return None
        return await one.workers.run(page_of, outcome, sources[wanted[key].entry.source], one.now)

    asked = [(key, _page_request(one.desk, stored)) for key, stored in wanted.items()]
    async for (key, outcome), page in alongside(one.answers(asked), read, at_once=READ_AT_ONCE):
        one.note_tired(outcome)
        if isinstance(outcome, Failed) and is_passing(outcome):
            _put_off(one, wanted[key])
            continue
        _keep_page(one.desk, wanted[key], page)
        one.done.pages += 1


def _askable(one: Round, waiting: Iterable[Stored]) -> list[Stored]:
    """Those whose source is still watched and whose host does not want to be left alone; the others are put off."""
    sources = {source.key for source in one.topic.sources}
    asked: list[Stored] = []
    for stored in waiting:
        if stored.entry.source not in sources:
            _keep_page(one.desk, stored, None)
        elif one.desk.fetching.pace.wants_quiet(host_of(stored.entry.link), one.now):
            _put_off(one, stored)
        else:
            asked.append(stored)
    return asked


async def _allowed(one: Round, wanted: list[Stored]) -> list[Stored]:
    """The pages that their sites let a program read.

    Those that it refuses keep their summary; where a site does not answer, they are put off until it is well.
    """
    how = one.desk.fetching
    robots = Robots(Paced(one.client, how.pace, how.pause_s), AGENT, one.note_tired)
    answers = await asyncio.gather(*(robots.leave(stored.entry.link) for stored in wanted))
    for stored, leave in zip(wanted, answers, strict=True):
        if leave is Leave.REFUSED:
            _keep_page(one.desk, stored, None)
        elif leave is Leave.UNKNOWN:
            _put_off(one, stored)
    return [stored for stored, leave in zip(wanted, answers, strict=True) if leave is Leave.GIVEN]


def _put_off(one: Round, stored: Stored) -> None:
    """The page is asked for again later; an entry that has waited for days keeps its summary."""
    quiet = one.desk.fetching.pace.quiet_until(host_of(stored.entry.link))
    due = page_due(stored.entry.first_seen, one.now, quiet)
    if due is None:
        _keep_page(one.desk, stored, None)
    else:
        entries.page_put_off(one.desk.database, stored, due)


def _page_request(desk: Desk, stored: Stored) -> Request:
    return Request(
        stored.entry.link,
        accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        max_bytes=desk.fetching.max_bytes,
        deadline_s=desk.fetching.deadline_s,
    )


def _keep_page(desk: Desk, stored: Stored, page: Page | Failed | None) -> None:
    """An entry keeps its summary where the page gave no text; it is not asked for again."""
    with desk.database.transaction():
        if isinstance(page, Page) and page.text:
            entry = replace(stored.entry, content=page.text, page_date=page.date)
            entries.page_read(desk.database, Stored(stored.id, entry), found=True)
        else:
            entries.page_read(desk.database, stored, found=False)
