"""One process that stops cleanly, and in which no duty can stop another."""

import asyncio
import gc
import json
import logging
import os
import signal
import urllib.error
import urllib.request
from datetime import time

import pytest
from starlette.responses import PlainTextResponse

from briefing.model.topic import Edition, Rhythm
from briefing.serve import Duty, Lines, Parts, serve, settle


def fetched(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def served(duties, ask, **more):
    """Serves until `ask` has its answers, then stops by SIGTERM, as systemd does."""

    async def run():
        asked = asyncio.get_running_loop().create_future()

        async def questions(port):
            await asyncio.sleep(0.15)
            asked.set_result(await asyncio.to_thread(ask, port))
            os.kill(os.getpid(), signal.SIGTERM)

        tasks = []
        parts = Parts(duties, port=0, ready=lambda p: tasks.append(asyncio.create_task(questions(p))), **more)
        await asyncio.wait_for(serve(parts), 20)
        return asked.result()

    return asyncio.run(run())


async def steady(_moment):
    return (("accepted", 2),)


async def broken(_moment):
    raise ValueError("no such thing")


def test_health_names_what_is_wrong_and_a_broken_duty_stops_no_other():
    status, body = served(
        (Duty("send", steady, 0.02), Duty("collect", broken, 0.02)), lambda port: fetched(port, "/health")
    )
    said = json.loads(body)
    assert (status, said["troubles"]) == (503, ["collect failed: ValueError: no such thing"])
    assert {"collect", "send"} == set(said["last"])


def test_health_is_good_while_nothing_is_wrong_and_the_desk_can_add_its_own_troubles():
    duty = (Duty("send", steady, 0.02),)
    assert served(duty, lambda port: fetched(port, "/health"))[0] == 200
    status, body = served(duty, lambda port: fetched(port, "/health"), troubles=lambda _: ("a slot was missed",))
    assert (status, json.loads(body)["troubles"]) == (503, ["a slot was missed"])


def test_metrics_count_what_was_done():
    _, body = served(
        (Duty("send", steady, 0.02), Duty("collect", broken, 0.02)),
        lambda port: fetched(port, "/metrics"),
        gauges=lambda _: (("owed", 7),),
    )
    found = dict(line.rsplit(" ", 1) for line in body.splitlines() if not line.startswith("#"))
    assert int(found["briefing_accepted_total"]) >= 2
    assert int(found['briefing_failures_total{duty="collect"}']) >= 1
    assert found["briefing_owed"] == "7"


async def page(scope, receive, send):
    await PlainTextResponse("the archive")(scope, receive, send)


def test_the_desks_pages_are_served_beside():
    assert served((), lambda port: fetched(port, "/t/1/"), pages=page) == (200, "the archive")


async def mirror(scope, receive, send):
    await PlainTextResponse(scope["client"][0])(scope, receive, send)


def test_whoever_asks_from_this_machine_cannot_claim_to_be_somebody_else():
    def ask(port):
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/t", headers={"X-Forwarded-For": "203.0.113.9"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.read()

    assert served((), ask, pages=mirror) == b"127.0.0.1"


def test_no_log_holds_the_address_of_a_page_because_readers_links_are_their_keys(caplog):
    caplog.set_level(logging.DEBUG)
    served((), lambda port: fetched(port, "/preferences/a-token-of-a-reader"), pages=page)

    assert "a-token-of-a-reader" not in caplog.text


def test_a_stop_waits_for_the_work_in_hand_and_starts_no_more():
    ended = []

    async def slow(moment):
        await asyncio.sleep(0.5)
        ended.append(moment.stop.is_set())
        return ()

    served((Duty("send", slow, 0.02),), lambda _port: None)
    assert ended == [True]


def test_a_duty_that_never_ends_is_cut_off_after_a_while():
    cut = []

    async def endless(_moment):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cut.append(True)
            raise

    served((Duty("send", endless, 0.02),), lambda _port: None, patience_s=0.1)
    assert cut == [True]


def test_a_duty_is_never_under_way_twice_though_clock_and_slot_both_call_it():
    running, most = [0], [0]

    async def slow(_moment):
        running[0] += 1
        most[0] = max(most[0], running[0])
        await asyncio.sleep(0.05)
        running[0] -= 1
        return ()

    edition = Edition("daily", Rhythm.DAILY, time(8), "Europe/Berlin")
    served((Duty("compose", slow, 0.02, (edition,)),), lambda _port: None)
    assert most == [1]


def test_a_log_line_is_one_json_object_with_its_fault():
    record = logging.LogRecord("briefing", logging.ERROR, "f", 1, "failed", None, None)
    record.fields = {"duty": "send", "topic": "数据"}
    line = json.loads(Lines().format(record))
    assert (line["level"], line["event"], line["duty"], line["topic"]) == ("error", "failed", "send", "数据")
    fault = ValueError("x\ny")
    record.exc_info = (type(fault), fault, fault.__traceback__)
    assert "\n" not in Lines().format(record)
    assert "ValueError: x" in json.loads(Lines().format(record))["fault"]


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, "apscheduler")


def test_what_stands_at_the_start_is_not_looked_through_for_garbage_again():
    usual = gc.get_threshold()
    try:
        settle()
        standing = gc.get_freeze_count()
        gc.collect()
        assert standing > 10_000
        assert len(gc.get_objects()) < standing
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
