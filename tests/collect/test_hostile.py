"""Servers that mean harm, all at once and beside good ones: each is refused within bounds, the good ones are read."""

import asyncio
import gzip
import resource
import time
import zlib

from briefing.collect.gather import gather
from briefing.collect.http import Request
from briefing.model.entry import Failed, FailureReason, Fetched

LIMIT = 1_000_000
DEADLINE_S = 2.5
HEAD = b"HTTP/1.1 200 OK\r\n"
GOOD = ("200 OK", b"<rss/>", {})


def to(target):
    return "302 Found", b"", {"Location": target}


def endless(head, piece, pause_s=0.0):
    async def answer(_, writer):
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


def broken_off(sent):
    async def answer(_, writer):
        writer.write(sent)
        await writer.drain()
        writer.close()

    return answer


async def reset(_, writer):
    writer.write(HEAD + b"Content-Length: 9\r\n\r\n<rss>")
    await writer.drain()
    writer.transport.abort()


async def mute(_, __):
    await asyncio.sleep(60)


async def ever_longer(seen, _):
    return to(f"{seen.path}x")


async def ever_new_cookie(seen, _):
    return (
        "302 Found",
        b"",
        {"Location": seen.path, "Set-Cookie": f"n={len(seen.headers.get('cookie', ''))}{time.time()}"},
    )


def bomb(megabytes):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(megabytes)), packer.flush()])


CUT = FailureReason.CUT_OFF
LARGE = FailureReason.TOO_LARGE
LATE = FailureReason.TIMEOUT
LOOP = FailureReason.REDIRECT_LOOP
REFUSED = FailureReason.REFUSED_ADDRESS
STRANGE = FailureReason.UNREADABLE
HOSTILE = {
    "/gzip-bomb": (("200 OK", bomb(100), {"Content-Encoding": "gzip"}), LARGE),
    "/bomb-in-members": (("200 OK", bomb(1) * 60, {"Content-Encoding": "gzip"}), LARGE),
    "/endless-body": (endless(HEAD + b"\r\n", b"<item/>" * 9_000), LARGE),
    "/endless-chunks": (
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 16_384 + b"\r\n"),
        LARGE,
    ),
    "/empty-members": (("200 OK", gzip.compress(b"") * 40_000, {"Content-Encoding": "gzip"}), CUT),
    "/announced-terabyte": (HEAD + b"Content-Length: 1099511627776\r\n\r\n", LARGE),
    "/endless-gzip": (endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(bytes(9)) * 999), LARGE),
    "/drip-body": (endless(HEAD + b"Content-Length: 999999\r\n\r\n", b"x", 0.02), LATE),
    "/drip-chunks": (endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02), LATE),
    "/drip-header": (endless(HEAD + b"X: ", b"x", 0.02), LATE),
    "/drip-status": (endless(b"HTTP/1.1 200 ", b"O", 0.02), LATE),
    "/mute": (mute, LATE),
    "/only-continue": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), LATE),
    "/endless-header": (endless(HEAD, b"X-Header: " + b"x" * 1_000 + b"\r\n"), STRANGE),
    "/endless-line": (endless(HEAD + b"X: ", b"x" * 1_000), STRANGE),
    "/endless-reason": (endless(b"HTTP/1.1 200 ", b"O" * 1_000), STRANGE),
    "/two-lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", STRANGE),
    "/length-and-chunks": (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", STRANGE),
    "/negative-length": (HEAD + b"Content-Length: -1\r\n\r\n", STRANGE),
    "/zero-in-header": (HEAD + b"X: a\0b\r\n\r\n", STRANGE),
    "/not-http": (b"220 mail.test ESMTP\r\n\r\n", STRANGE),
    "/bad-chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", STRANGE),
    "/huge-chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n", STRANGE),
    "/unknown-packing": (("200 OK", b"x", {"Content-Encoding": "br"}), STRANGE),
    "/cut-body": (broken_off(HEAD + b"Content-Length: 99\r\n\r\n<rss>"), CUT),
    "/cut-chunk": (broken_off(HEAD + b"Transfer-Encoding: chunked\r\n\r\n99\r\n<rss>"), CUT),
    "/cut-header": (broken_off(HEAD + b"Content-"), CUT),
    "/cut-gzip": (("200 OK", gzip.compress(b"<rss/>" * 99)[:-9], {"Content-Encoding": "gzip"}), CUT),
    "/closed-at-once": (broken_off(b""), CUT),
    "/reset": (reset, CUT),
    "/circle": (to("/circle"), LOOP),
    "/ever-longer": (ever_longer, LOOP),
    "/ever-new-cookie": (ever_new_cookie, LOOP),
    "/to-cloud": (to("http://169.254.169.254/latest/meta-data/"), REFUSED),
    "/to-private": (to("http://10.0.0.1/"), REFUSED),
    "/to-mapped": (to("http://[::ffff:192.168.0.1]/"), REFUSED),
    "/to-nat64": (to("http://[64:ff9b::7f00:1]/"), REFUSED),
    "/to-6to4": (to("http://[2002:7f00:1::]/"), REFUSED),
    "/to-database": (to("http://127.0.0.1:6379/"), REFUSED),
    "/to-file": (to("file:///etc/passwd"), REFUSED),
    "/to-nothing": (to("http://[::1"), REFUSED),
    "/to-script": (to("javascript:alert(1)"), REFUSED),
}


async def answered(seen, writer):
    answer = HOSTILE.get(seen.path, (ever_longer if "ever-longer" in seen.path else GOOD, None))[0]
    return await answer(seen, writer) if callable(answer) else answer


def test_forty_hostile_answers_are_refused_in_bounds_and_twenty_good_ones_are_read(loopback):
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()

    async def run():
        async with loopback.serving(answered) as server, loopback.client_for(server) as client:
            paths = [*HOSTILE, *(f"/good/{number}" for number in range(20))]
            asked = [(path, Request(server.at(path), max_bytes=LIMIT, deadline_s=DEADLINE_S)) for path in paths]
            return dict([pair async for pair in gather(asked, client, per_host=100)])

    found = asyncio.run(run())
    reasons = {path: outcome.reason for path, outcome in found.items() if isinstance(outcome, Failed)}
    assert reasons == {path: reason for path, (_, reason) in HOSTILE.items()}
    assert sum(isinstance(outcome, Fetched) for outcome in found.values()) == 20
    assert time.monotonic() - begun < DEADLINE_S + 8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 100_000


def test_every_failure_says_in_words_what_happened(loopback):
    async def run():
        async with loopback.serving(answered) as server, loopback.client_for(server) as client:
            quick = [path for path, (_, reason) in HOSTILE.items() if reason is not LATE]
            asked = [(path, Request(server.at(path), max_bytes=LIMIT, deadline_s=10)) for path in quick]
            return [outcome.detail async for _, outcome in gather(asked, client, per_host=100)]

    assert all(detail and "Error" not in detail and "object at" not in detail for detail in asyncio.run(run()))
