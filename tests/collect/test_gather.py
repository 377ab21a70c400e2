import asyncio
import time
import zlib
from contextlib import aclosing
from itertools import pairwise

import pytest

from briefing.collect.gather import alongside, gather
from briefing.collect.http import Request
from briefing.collect.pace import Pace, host_of, pause_of
from briefing.model.entry import Failed, FailureReason, Fetched

FEED = ("200 OK", b"<rss/>", {})


def taken(requests, client, **options):
    async def run():
        return [pair async for pair in gather(requests, client, **options)]

    return run()


class Slow:
    """An asker that counts how many ask at once, all in all and for one host."""

    def __init__(self, seconds=0.01):
        self.seconds = seconds
        self.running = []
        self.most = 0
        self.most_of_one_host = 0
        self.times = []

    async def get(self, request, *, keep_alive=True, bulk=None):
        host = host_of(request.address)
        self.running.append(host)
        self.most = max(self.most, len(self.running))
        self.most_of_one_host = max(self.most_of_one_host, self.running.count(host))
        self.times.append((host, time.monotonic(), keep_alive))
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.running.remove(host)
        return Fetched(request.address, request.address, b"x")


def addresses(hosts, each):
    return [(f"{host}/{n}", Request(f"http://h{host}.test/{n}")) for n in range(each) for host in range(hosts)]


def test_every_key_gets_exactly_one_outcome():
    found = asyncio.run(taken(addresses(30, 3), Slow(0), pause_s=0))
    assert sorted(key for key, _ in found) == sorted(key for key, _ in addresses(30, 3))


def test_one_host_is_asked_by_one_connection_while_many_are_asked_side_by_side():
    slow = Slow()
    asyncio.run(taken(addresses(20, 3), slow, pause_s=0))
    assert (slow.most, slow.most_of_one_host) == (20, 1)


def test_no_more_are_under_way_than_allowed():
    slow = Slow()
    asyncio.run(taken(addresses(20, 2), slow, pause_s=0, at_once=7))
    assert slow.most == 7


def test_a_host_may_be_asked_by_more_lanes_where_that_is_wished():
    slow = Slow()
    found = asyncio.run(taken(addresses(2, 9), slow, pause_s=0, per_host=3))
    assert (slow.most_of_one_host, len(found)) == (3, 18)


def test_a_pause_lies_between_two_requests_to_one_host():
    slow = Slow(0)
    asyncio.run(taken(addresses(2, 3), slow, pause_s=0.1))
    for host in ("h0.test", "h1.test"):
        times = [at for name, at, _ in slow.times if name == host]
        assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))


def test_the_pause_holds_from_one_call_to_the_next():
    slow, pace = Slow(0), Pace()

    async def run():
        for _ in range(2):
            await taken(addresses(2, 1), slow, pause_s=0.1, pace=pace)

    asyncio.run(run())
    times = [at for name, at, _ in slow.times if name == "h0.test"]
    assert times[1] - times[0] >= 0.1


def test_lanes_of_one_host_share_its_pause():
    slow = Slow(0.05)
    asyncio.run(taken(addresses(1, 4), slow, pause_s=0.1, per_host=2))
    times = sorted(at for _, at, _ in slow.times)
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(times))


@pytest.mark.parametrize(("status", "retry_after_s", "asked"), [(429, 0, 1), (503, 60, 1), (503, 0, 3), (404, 60, 3)])
def test_a_host_that_says_too_often_is_not_asked_for_the_rest(status, retry_after_s, asked):
    class Tired(Slow):
        async def get(self, request, *, keep_alive=True, bulk=None):
            await super().get(request, keep_alive=keep_alive)
            if request.address.startswith("http://h0."):
                return Failed(request.address, FailureReason.STATUS, "", retry_after_s, status)
            return Fetched(request.address, request.address, b"x")

    found = asyncio.run(taken(addresses(2, 3), Tired(0), pause_s=0))
    assert [key[0] for key, _ in found].count("0") == asked
    assert [key[0] for key, _ in found].count("1") == 3


@pytest.mark.parametrize("packed", [False, True])
def test_large_bodies_that_wait_for_room_arrive_whole_and_in_time(loopback, packed, monkeypatch):
    monkeypatch.setattr("briefing.collect.gather.LARGE_AT_ONCE", 3)
    large = zlib.compress(bytes(300_000)) if packed else bytes(300_000)
    coding = {"Content-Encoding": "deflate"} if packed else {}
    answers = {f"/{n}": ("200 OK", large if n < 9 else b"small", coding if n < 9 else {}) for n in range(12)}

    async def run():
        async with loopback.serving(answers) as server, loopback.client_for(server) as client:
            asked = [(path, Request(server.at(path), deadline_s=0.4)) for path in answers]
            async with aclosing(gather(asked, client, per_host=12, pause_s=0)) as found:
                first = await anext(found)
                await asyncio.sleep(0.6)  # nobody takes an answer, and no deadline runs out
                return [first[1], *[outcome async for _, outcome in found]]

    outcomes = asyncio.run(run())
    assert all(isinstance(outcome, Fetched) for outcome in outcomes), outcomes
    assert sorted(len(outcome.body) for outcome in outcomes) == [5] * 3 + [300_000] * 9


def test_only_the_last_request_to_a_host_closes_its_connection():
    slow = Slow(0)
    asyncio.run(taken(addresses(1, 3), slow, pause_s=0))
    assert [keep_alive for _, _, keep_alive in slow.times] == [True, True, False]


def test_a_slow_reader_slows_the_asking():
    slow = Slow(0)

    async def run():
        async with aclosing(gather(addresses(50, 1), slow, at_once=5, pause_s=0)) as answers:
            await anext(answers)
            await asyncio.sleep(0.05)
            return len(slow.times)

    assert asyncio.run(run()) <= 6


def test_leaving_early_stops_what_is_under_way():
    slow = Slow(30)

    async def run():
        answers = taken(addresses(20, 1), slow, pause_s=0)
        try:
            await asyncio.wait_for(answers, 0.05)
        except TimeoutError:
            return list(slow.running)
        return None

    assert asyncio.run(run()) == []


def test_a_fault_of_the_program_is_raised_and_does_not_hang():
    class Broken:
        async def get(self, request, *, keep_alive=True, bulk=None):
            if request.address.endswith("/1"):
                raise KeyError(request.address)
            return Failed(request.address, FailureReason.STATUS)

    with pytest.raises(ExceptionGroup):
        asyncio.run(asyncio.wait_for(taken(addresses(3, 2), Broken(), pause_s=0), 5))


def test_nothing_asked_gives_nothing():
    assert asyncio.run(taken([], Slow())) == []


def test_one_bad_source_harms_no_other(loopback, tmp_path):
    async def answer(seen, writer):
        if seen.path == "/silent":
            await asyncio.sleep(30)
        if seen.path == "/cut":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            await writer.drain()
            writer.close()
            return None
        return ("410 Gone", b"", {}) if seen.path == "/gone" else FEED

    (tmp_path / "feed.xml").write_bytes(b"<rss/>")

    async def run():
        async with loopback.serving(answer) as server, loopback.client_for(server, folder=tmp_path) as client:
            paths = ["/silent", "/cut", "/gone", *(f"/{n}" for n in range(20))]
            requests = [(path, Request(server.at(path), deadline_s=0.5)) for path in paths]
            requests += [("file", Request("feed.xml", may_be_file=True)), ("none", Request("http://[", deadline_s=1))]
            requests += [("private", Request("http://10.0.0.1/"))]
            return dict([pair async for pair in gather(requests, client, per_host=4)])

    found = asyncio.run(run())
    reasons = {key: outcome.reason for key, outcome in found.items() if isinstance(outcome, Failed)}
    assert reasons == {
        "/silent": FailureReason.TIMEOUT,
        "/cut": FailureReason.CUT_OFF,
        "/gone": FailureReason.GONE,
        "none": FailureReason.REFUSED_ADDRESS,
        "private": FailureReason.REFUSED_ADDRESS,
    }
    assert len(found) == 26


@pytest.mark.parametrize(
    ("address", "host"),
    [("HTTPS://News.EXAMPLE.cn:8443/x", "news.example.cn"), ("feed.xml", ""), ("http://[", ""), ("http://", "")],
)
def test_requests_are_grouped_by_host(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("host", "pause"),
    [("audit.gov.cn", 2.0), ("93.184.215.14", 2.0), ("127.0.0.1", 0), ("::1", 0), ("localhost", 0), ("", 0)],
)
def test_only_this_machine_is_asked_without_a_pause(host, pause):
    assert pause_of(host, 2.0) == pause


async def counted(most):
    for number in range(most):
        yield number


def test_answers_are_worked_on_side_by_side_within_bounds():
    running, most = 0, 0

    async def step(number):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        return number * 2

    async def run():
        return [pair async for pair in alongside(counted(20), step, at_once=3)]

    assert sorted(asyncio.run(run())) == [(number, number * 2) for number in range(20)]
    assert most == 3


def test_a_fault_in_a_step_is_raised_and_the_others_are_cancelled():
    ended = []

    async def step(number):
        if number == 1:
            raise KeyError(number)
        try:
            await asyncio.sleep(30)
        finally:
            ended.append(number)

    async def run():
        return [pair async for pair in alongside(counted(9), step, at_once=3)]

    with pytest.raises(ExceptionGroup):
        asyncio.run(asyncio.wait_for(run(), 5))
    assert sorted(ended) == [0, 2]


def test_an_answer_is_given_out_while_the_next_is_still_awaited():
    async def answers():
        yield "first"
        await asyncio.sleep(30)

    async def step(answer):
        return answer.upper()

    async def run():
        async with aclosing(alongside(answers(), step)) as pairs:
            return await anext(pairs)

    assert asyncio.run(asyncio.wait_for(run(), 5)) == ("first", "FIRST")


def test_leaving_early_ends_the_asking_too():
    slow = Slow(0)

    async def step(answer):
        return answer

    async def run():
        async with aclosing(alongside(gather(addresses(20, 1), slow, pause_s=0, at_once=2), step, at_once=2)) as pairs:
            await anext(pairs)
        return len(slow.times), len(asyncio.all_tasks())

    asked, tasks = asyncio.run(run())
    assert asked < 20
    assert tasks == 1
