import asyncio

import pytest

from briefing.collect.robots import Robots, rules_of
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


def allowed(outcome, *paths, agent="briefing", site="http://news.test"):
    async def run():
        robots = Robots(Site(outcome), agent)
        return [await robots.allows(site + path) for path in paths]

    return asyncio.run(run())


def test_the_rules_for_this_program_count_and_no_others():
    paths = ["/private/x", "/search?q=a", "/审计/1.html", "/%E5%AE%A1%E8%AE%A1/1.html", "/2024/a.html"]
    assert allowed(page(RULES), *paths) == [True, False, False, False, True]


def test_without_own_rules_the_general_ones_count():
    paths = ["/private/x", "/private/open", "/a.pdf", "/a.pdf?x=1", "/search"]
    assert allowed(page(RULES), *paths, agent="another") == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("outcome", "allows"),
    [
        (Failed("x", FailureReason.STATUS, status=404), True),
        (Failed("x", FailureReason.STATUS, status=403), True),
        (Failed("x", FailureReason.GONE, status=410), True),
        (Failed("x", FailureReason.EMPTY), True),
        (Failed("x", FailureReason.REDIRECT_LOOP), True),
        (Failed("x", FailureReason.STATUS, status=503), False),
        (Failed("x", FailureReason.TIMEOUT), False),
        (Failed("x", FailureReason.REFUSED_ADDRESS), False),
        (Unchanged("x"), False),
        (page("<html>404</html>"), True),
        (page(""), True),
    ],
)
def test_a_site_without_rules_allows_all_and_one_in_trouble_nothing(outcome, allows):
    assert allowed(outcome, "/a") == [allows]


def test_bytes_that_are_no_text_allow():
    assert rules_of(Fetched("x", "x", bytes(range(256)))).can_fetch("http://news.test/a", "briefing")


def test_a_site_is_asked_once_even_by_many_at_a_time():
    async def run():
        site = Site(page(RULES))
        robots = Robots(site, "briefing")
        addresses = [f"http://news.test:8080/{n}" for n in range(9)] + ["https://news.test/a"]
        await asyncio.gather(*(robots.allows(address) for address in addresses))
        return site.asked

    assert asyncio.run(run()) == ["http://news.test:8080/robots.txt", "https://news.test/robots.txt"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://news.test/x", "x", "http://[", "http://h:99999999/", ""]
)
def test_what_is_no_web_page_is_not_allowed_and_nobody_is_asked(address):
    async def run():
        site = Site(page(""))
        return await Robots(site, "briefing").allows(address), site.asked

    assert asyncio.run(run()) == (False, [])


def test_rules_are_fetched_through_the_guarded_client(loopback):
    async def run():
        answers = {"/robots.txt": ("200 OK", b"User-agent: *\nDisallow: /no", {})}
        async with loopback.serving(answers) as server, loopback.client_for(server) as client:
            robots = Robots(client, "briefing")
            return [await robots.allows(server.at(path)) for path in ("/yes", "/no")]

    assert asyncio.run(run()) == [True, False]
