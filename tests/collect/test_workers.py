import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from briefing.collect.workers import Bounds, Workers
from briefing.model.entry import Failed, FailureReason

ADDRESS = "http://audit.test/feed"


# What the processes run; they import this file for it.
def titles(body):
    return body.decode().split("，")


def process_number(_):
    time.sleep(0.05)
    return os.getpid()


def raises(_):
    raise ValueError("bad byte")


def recurses(_):
    return recurses(_)


def hangs(_):
    while True:
        pass


def hangs_in_c(_):
    ctypes.PyDLL(None).sleep(60)  # holds the interpreter: no Python handler would run


def eats_memory(_):
    return len(bytes(600_000_000))


def kills_itself(_):
    os.kill(os.getpid(), signal.SIGKILL)


def leaves(_):
    os._exit(3)


def gives_no_value(_):
    return threading.Lock()


def echo(body):
    return body


@pytest.fixture(scope="module")
def workers_run():
    """Runs tasks in one set of processes for the whole module: starting them is what costs."""
    loop = asyncio.new_event_loop()
    workers = Workers(2, bounds=Bounds(seconds=1, memory_mb=300))

    def run(*tasks):
        async def all_of_them():
            return await asyncio.gather(*(workers.run(*task, address=ADDRESS) for task in tasks))

        return loop.run_until_complete(all_of_them())

    yield run
    loop.run_until_complete(workers.__aexit__(None, None, None))
    loop.close()


@pytest.mark.parametrize("processes", [0, 1])
def test_a_result_comes_back_from_here_or_from_a_process(processes):
    async def run():
        async with Workers(processes) as workers:
            return await workers.run(titles, "审计，数据".encode())

    assert asyncio.run(run()) == ["审计", "数据"]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (raises, "reading it failed: ValueError"),
        (recurses, "reading it failed: RecursionError"),
        (hangs, "reading it took longer than 1 s"),
        (hangs_in_c, "reading it took longer than 1 s"),
        (eats_memory, "reading it needs too much memory"),
        (kills_itself, "the system ended the process that read it, perhaps for want of memory"),
        (leaves, "the process that read it broke down"),
        (gives_no_value, "reading it failed: TypeError"),
    ],
)
def test_whatever_reading_does_the_others_are_read(workers_run, function, words):
    before, bad, after = workers_run((titles, b"a"), (function, b"x"), (titles, b"b"))
    assert bad == Failed(ADDRESS, FailureReason.UNREADABLE, words)
    assert (before, after) == (["a"], ["b"])
    assert workers_run((titles, b"c"), (titles, b"d")) == [["c"], ["d"]]


def test_tasks_are_shared_by_two_processes_that_are_kept(workers_run):
    first = set(workers_run(*[(process_number, b"")] * 8))
    assert len(first) == 2
    assert set(workers_run(*[(process_number, b"")] * 8)) == first
    assert os.getpid() not in first


def test_a_large_body_goes_there_and_back(workers_run):
    body = b"\0\xff" * 5_000_000
    assert workers_run((echo, body), (echo, body)) == [body, body]


def test_in_this_process_errors_are_failures_too():
    async def run():
        async with Workers(0) as workers:
            return await workers.run(raises, b"", address=ADDRESS)

    assert asyncio.run(run()) == Failed(ADDRESS, FailureReason.UNREADABLE, "reading it failed: ValueError")


def test_leaving_while_a_task_hangs_ends_it_at_once():
    async def run():
        async with Workers(1, bounds=Bounds(seconds=30)) as workers:
            await workers.run(titles, b"warm")
            await asyncio.wait_for(workers.run(hangs, b""), 0.2)

    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(run())
    assert time.monotonic() - begun < 10


def test_no_process_is_started_before_it_is_needed():
    async def run():
        async with Workers(2) as workers:
            return [bench._process for bench in workers._all]

    assert asyncio.run(run()) == [None, None]


def test_no_process_outlives_a_desk_that_was_killed():
    script = (
        "import asyncio, os, time\n"
        "from briefing.collect.workers import Workers\n"
        "async def main():\n"
        "    async with Workers(1) as workers:\n"
        "        print(await workers.run(os.getpid), flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as desk:
        worker = int(desk.stdout.readline())
        assert Path(f"/proc/{worker}").exists()
        desk.kill()
    gone_by = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and time.monotonic() < gone_by:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
