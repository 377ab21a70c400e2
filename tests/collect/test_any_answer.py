"""Random answers, addresses and headers: they may be refused, nothing may be raised."""

import asyncio

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.collect import headers
from briefing.collect.guard import Policy
from briefing.collect.http import Client, Request
from briefing.collect.robots import rules_of
from briefing.model.entry import Failed, Fetched, Unchanged

NAMES = [
    "Content-Length",
    "Content-Encoding",
    "Transfer-Encoding",
    "Location",
    "Set-Cookie",
    "Retry-After",
    "ETag",
    "Age",
]
NAMES += ["Cache-Control", "Expires", "Date", "Connection", "Content-Type", "X"]
VALUES = [
    "0",
    "5",
    "-1",
    "99999999999999999999",
    "gzip",
    "chunked",
    "br",
    "max-age=5",
    "a=b; Path=/",
    "/",
    "//",
    "?",
    "http://[",
    "",
]
FIELD = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20))
OWN = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def outcome_of(loopback, sent):
    async def answer(_, writer):
        writer.write(sent)
        await writer.drain()
        writer.close()

    names = loopback.Names({})  # a random redirect asks no name server
    async with loopback.serving(answer) as server, loopback.client_for(server, resolver=names) as client:
        return await client.get(Request(server.at("/"), max_bytes=10_000, deadline_s=3))


@OWN
@given(st.binary(max_size=200))
@example(b"HTTP/1.1 200 OK\r\n\r\n\0")
@example(b"HTTP/1.1 999999 OK\r\n\r\n")
@example(b"HTTP/9.9 200 OK\r\n\r\nx")
@example(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx")
def test_any_bytes_are_an_outcome(loopback, sent):
    assert isinstance(asyncio.run(outcome_of(loopback, sent)), Fetched | Unchanged | Failed)


@OWN
@given(
    st.sampled_from([200, 204, 206, 301, 302, 303, 304, 307, 308, 404, 410, 429, 503, 99, 600]),
    st.lists(FIELD, max_size=6),
    st.binary(max_size=50),
)
def test_any_headers_are_an_outcome(loopback, status, fields, body):
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {text}" for name, text in fields), "", ""]
    sent = "\r\n".join(lines).encode("utf-8", "replace") + body
    outcome = asyncio.run(outcome_of(loopback, sent))
    assert isinstance(outcome, Fetched | Unchanged | Failed)
    assert not isinstance(outcome, Failed) or outcome.detail


@OWN
@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "file:", "http://h/", "//"]))
def test_any_address_is_an_outcome(loopback, text, start):
    async def run():
        nothing = Policy(ports=frozenset())  # so that nothing is dialled, whatever the text means
        async with Client(nothing, user_agent="briefing-test", resolver=loopback.Names({})) as client:
            return await client.get(Request(start + text))

    assert isinstance(asyncio.run(run()), Failed)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60)))
@example({"Expires": "Mon, 01 Jan 99999 00:00:00 GMT", "Date": "x"})
@example({"Expires": "Mon, 01 Jan 2024 00:00:00 +9999", "Date": "Mon, 01 Jan 2024 00:00:00 GMT"})
def test_any_header_text_is_a_bounded_wait(fields):
    assert 0 <= headers.retry_after_s(fields) <= headers.RETRY_CAP_S
    assert 0 <= headers.max_age_s(fields) <= headers.AGE_CAP_S
    assert headers.location(fields).isascii()
    headers.validator(fields, "ETag").encode("utf-8")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_robots_file_gives_an_answer(body, path):
    rules = rules_of(Fetched("x", "x", body))
    assert rules.can_fetch(f"http://news.test/{path}", "briefing") in {True, False}
