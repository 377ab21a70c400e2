import asyncio
import socket
import threading
import time

from briefing.collect.guard import Policy
from briefing.collect.http import Client, Request
from briefing.collect.names import Names, system_lookup
from briefing.model.entry import FailureReason

HERE = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]


def test_the_system_knows_this_machine():
    assert (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)) in system_lookup("127.0.0.1", 80, 0)


def test_forty_dead_names_do_not_keep_a_live_one_waiting(loopback):
    release = threading.Event()

    def lookup(host, port, family):
        if host.startswith("dead"):
            release.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return HERE

    async def run():
        async with (
            loopback.serving(("200 OK", b"<rss/>", {})) as server,
            Client(Policy.for_loopback(), user_agent="briefing-test", resolver=Names(lookup)) as client,
        ):
            dead = [asyncio.create_task(client.get(Request(f"http://dead{n}.test/"))) for n in range(40)]
            await asyncio.sleep(0.05)
            begun = time.monotonic()
            live = await client.get(Request(f"http://live.test:{server.port}/"))
            took = time.monotonic() - begun
            release.set()
            return live, took, await asyncio.gather(*dead)

    live, took, dead = asyncio.run(run())
    assert live.body == b"<rss/>"
    assert took < 2
    assert {outcome.reason for outcome in dead} == {FailureReason.UNREACHABLE}
    assert dead[7].detail == "the name dead7.test is not known"
