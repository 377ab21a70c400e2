import asyncio

import pytest

from briefing.collect.robots import Leave, Robots, rules_of
from briefing.model.entry import Failed, FailureReason, Fetched, Unchanged

RULES = """\ufeffUser-agent: *
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/open

User-agent: briefing
Disallow: /search
Disallow: /审计/

User-agent: briefingbot
Disallow: /
"""


class Site:
    """Answers for robots.txt as told and counts how often it was asked."""

    def __init__(self, outcome):
        self.outcome = outcome
        self.asked = []

    async def get(self, request, *, keep_alive=True):
        self.asked.append(request.address)
        await asyncio.sleep(0)
        return self.outcome


def page(body):
    return Fetched("x", "x", body.encode())


def leaves(outcome, *paths, agent="briefing", site="http://news.test"):
    async def run():
        robots = Robots(Site(outcome), agent)
        return [await robots.leave(site + path) for path in paths]

    return asyncio.run(run())


def given(*leaves):
    return [Leave.GIVEN if is_given else Leave.REFUSED for is_given in leaves]


def test_the_rules_for_this_program_count_and_no_others():
    paths = ["/private/x", "/search?q=a", "/审计/1.html", "/%E5%AE%A1%E8%AE%A1/1.html", "/2024/a.html"]
    assert leaves(page(RULES), *paths) == given(True, False, False, False, True)


def test_without_own_rules_the_general_ones_count():
    paths = ["/private/x", "/private/open", "/a.pdf", "/a.pdf?x=1", "/search"]
    assert leaves(page(RULES), *paths, agent="another") == given(False, True, False, True, True)


@pytest.mark.parametrize(
    ("outcome", "leave"),
    [
        (Failed("x", FailureReason.STATUS, status=404), Leave.GIVEN),
        (Failed("x", FailureReason.STATUS, status=403), Leave.GIVEN),
        (Failed("x", FailureReason.STATUS, status=204), Leave.GIVEN),
        (Failed("x", FailureReason.GONE, status=410), Leave.GIVEN),
        (Failed("x", FailureReason.EMPTY), Leave.GIVEN),
        (Failed("x", FailureReason.REDIRECT_LOOP), Leave.GIVEN),
        (Failed("x", FailureReason.STATUS, status=429), Leave.UNKNOWN),
        (Failed("x", FailureReason.STATUS, status=500), Leave.UNKNOWN),
        (Failed("x", FailureReason.STATUS, status=503), Leave.UNKNOWN),
        (Failed("x", FailureReason.TIMEOUT), Leave.UNKNOWN),
        (Failed("x", FailureReason.UNREACHABLE), Leave.UNKNOWN),
        (Unchanged("x"), Leave.UNKNOWN),
        (Failed("x", FailureReason.REFUSED_ADDRESS), Leave.REFUSED),
        (Failed("x", FailureReason.TOO_LARGE), Leave.REFUSED),
        (page("<html>404</html>"), Leave.GIVEN),
        (page(""), Leave.GIVEN),
    ],
)
def test_a_site_without_rules_allows_all_and_one_in_trouble_says_nothing_yet(outcome, leave):
    assert leaves(outcome, "/a") == [leave]


def test_each_answer_is_told_so_that_a_tired_host_is_left_alone():
    heard = []
    tired = Failed("x", FailureReason.STATUS, status=429)
    asyncio.run(Robots(Site(tired), "briefing", heard.append).leave("http://news.test/a"))
    assert heard == [tired]


def test_bytes_that_are_no_text_allow():
    assert rules_of(Fetched("x", "x", bytes(range(256)))).can_fetch("http://news.test/a", "briefing")


def test_a_site_is_asked_once_even_by_many_at_a_time():
    async def run():
        site = Site(page(RULES))
        robots = Robots(site, "briefing")
        addresses = [f"http://news.test:8080/{n}" for n in range(9)] + ["https://news.test/a"]
        await asyncio.gather(*(robots.leave(address) for address in addresses))
        return site.asked

    assert asyncio.run(run()) == ["http://news.test:8080/robots.txt", "https://news.test/robots.txt"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://news.test/x", "x", "http://[", "http://h:99999999/", ""]
)
def test_what_is_no_web_page_is_not_allowed_and_nobody_is_asked(address):
    async def run():
        site = Site(page(""))
        return await Robots(site, "briefing").leave(address), site.asked

    assert asyncio.run(run()) == (Leave.REFUSED, [])


def test_rules_are_fetched_through_the_guarded_client(loopback):
    async def run():
        answers = {"/robots.txt": ("200 OK", b"User-agent: *\nDisallow: /no", {})}
        async with loopback.serving(answers) as server, loopback.client_for(server) as client:
            robots = Robots(client, "briefing")
            return [await robots.leave(server.at(path)) for path in ("/yes", "/no")]

    assert asyncio.run(run()) == given(True, False)
