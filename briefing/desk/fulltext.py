"""Article pages of entries that came without a text of their own, where the site lets programs read them."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from briefing.collect.gather import alongside
from briefing.collect.http import Request
from briefing.collect.pace import Paced, host_of
from briefing.collect.politeness import is_too_often
from briefing.collect.robots import Robots
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
    waiting = entries.pages_wanted(one.desk.database, one.topic.key, PAGES)
    wanted = {str(stored.id): stored for stored in waiting if stored.entry.source in sources}
    wanted = {key: stored for key, stored in wanted.items() if not _is_quiet(one, stored)}
    allowed = await _allowed(one, wanted)

    async def read(answer: tuple[str, Outcome]) -> Page | Failed | None:
        key, outcome = answer
        if not isinstance(outcome, Fetched):
            return None
        return await one.workers.run(page_of, outcome, sources[wanted[key].entry.source], one.now)

    asked = [(key, _page_request(one.desk, wanted[key])) for key in allowed]
    async for (key, outcome), page in alongside(one.answers(asked), read, at_once=READ_AT_ONCE):
        one.note_tired(outcome)
        if not is_too_often(outcome):  # that page is asked for again when its host has rested
            _keep_page(one.desk, wanted[key], page)
            one.done.pages += 1


def _is_quiet(one: Round, stored: Stored) -> bool:
    return one.desk.fetching.pace.wants_quiet(host_of(stored.entry.link), one.now)


async def _allowed(one: Round, wanted: Mapping[str, Stored]) -> list[str]:
    """The pages that their sites let a program read; the others are marked as asked for, and keep their summary."""
    how = one.desk.fetching
    robots = Robots(Paced(one.client, how.pace, how.pause_s), AGENT)
    answers = await asyncio.gather(*(robots.allows(stored.entry.link) for stored in wanted.values()))
    verdicts = dict(zip(wanted, answers, strict=True))
    for key in (key for key, is_allowed in verdicts.items() if not is_allowed):
        _keep_page(one.desk, wanted[key], None)
    return [key for key, is_allowed in verdicts.items() if is_allowed]


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
