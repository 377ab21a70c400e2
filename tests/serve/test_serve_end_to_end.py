"""`briefing serve` as an operator runs it: sources, slot, letters, pages, stop and kill, all over loopback."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer
from briefing.wiring import desk_at

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from command import run

HERE = Path(__file__).parent
PASSWORD = "correct-horse-battery"
PROMISED_S = 300.0  # between a slot and the inbox


@pytest.fixture
def sources():
    sample = load_sample()
    with SampleServer(sample, sample.days[0]) as server:
        yield server


class Desk:
    """A desk process, what it said, and its pages."""

    def __init__(self, folder, port, **asked):
        self.errors = (folder / "log").open("ab")
        environment = {
            **{key: text for key, text in os.environ.items() if not key.startswith("BRIEFING_")},
            "BRIEFING_SMTP_URL": f"smtp://127.0.0.1:{port}?security=none&connections=2",
            "BRIEFING_EDITOR_PASSWORD": PASSWORD,
        }
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "desk_process.py"), json.dumps({"folder": str(folder), **asked})],
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=environment,
            text=True,
        )
        self.address = re.search(r"http://\S+/", self.process.stdout.readline())[0]

    def get(self, path):
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def post(self, path, **fields):
        """A form of one of the desk's own pages."""
        own = {"Origin": self.address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        asked = urllib.request.Request(self.address + path, urllib.parse.urlencode(fields).encode(), own)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(20)
        self.process.stdout.close()
        self.errors.close()
        return code


@contextmanager
def desk(folder, port, sources, due, *, review="none", broken=False):
    one = Desk(folder, port, origin=sources.origin, due=due.isoformat(), review=review, broken=broken)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.stop(signal.SIGKILL)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "desk"
    run("init", str(place))
    return place


def topic_of(folder):
    with desk_at(folder) as found:
        return found.topics[0].key


def enrol(folder, *readers):
    for address, language in readers:
        run(
            "subscribers",
            "add",
            address,
            "--language",
            language,
            "--consent",
            "by hand",
            folder=folder,
        )


def soon(seconds=8):
    return (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0)


def until(found, patience_s=30.0):
    end = time.monotonic() + patience_s
    while not (answer := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    return answer


def log_of(folder):
    return [json.loads(line) for line in (folder / "log").read_text("utf-8").splitlines()]


def sql(folder, statement):
    with closing(sqlite3.connect(folder / "desk.db", timeout=10)) as store:
        rows = store.execute(statement).fetchall()
        store.commit()
        return rows


@pytest.mark.slow
def test_a_slot_becomes_an_issue_in_each_readers_language_once_and_a_fault_stays_where_it_is(folder, box, sources):
    enrol(folder, ("ada@example.net", "en"), ("wang@example.cn", "zh"))
    (folder / "archive").mkdir(exist_ok=True)
    (folder / "archive" / "broken").write_text("a file where a folder should be", "utf-8")
    with desk(folder, box.port, sources, soon(), broken=True) as served:
        until(lambda: len(box.letters) == 2)
        until(lambda: "letters_accepted 2" in served.get("metrics")[1])
        time.sleep(1)  # further rounds bring nothing
        status, health = served.get("health")
        issue, chinese = (dict(box.letters)[to] for to in ("ada@example.net", "wang@example.cn"))
        link = re.search(r"<http://[^/]+/(\S+)>", str(issue["Archived-At"]))[1]
        page = served.get(link)
        code = served.stop()
    assert box.to == {"ada@example.net": 1, "wang@example.cn": 1}
    assert (issue["Content-Language"], chinese["Content-Language"]) == ("en", "zh")
    assert code == 0
    assert page[0] == 200
    assert status == 503
    assert [trouble.partition(" failed:")[0] for trouble in json.loads(health)["troubles"]] == ["compose broken/weekly"]
    check_log(folder, "ada@example.net", "wang@example.cn")


def check_log(folder, *addresses):
    """JSON throughout, from start to stop, with nothing that is nobody's business."""
    lines = log_of(folder)
    assert [lines[0]["event"], lines[-1]["event"]] == ["started", "stopped"]
    text = (folder / "log").read_text("utf-8")
    tokens = re.findall(r"\b[a-z0-9]{16}-[a-z2-7-]{16}", text)
    assert [
        secret for secret in (*addresses, PASSWORD, (folder / "desk.key").read_text("ascii"), *tokens) if secret in text
    ] == []


@pytest.mark.slow
def test_who_subscribes_and_confirms_has_the_next_issue_within_the_promised_minutes(folder, box, sources):
    """From the wish to the confirmation letter, and from the slot to the inbox; the promise is five minutes."""
    due = soon(12)
    with desk(folder, box.port, sources, due) as served:
        asked = time.monotonic()
        topic = topic_of(folder)
        assert served.post("subscribe", topic=topic, edition="weekly", language="zh", address="wang@example.cn") == 200
        until(lambda: len(box.letters) == 1)
        confirmation = box.letters[0][1].get_body(("plain",)).get_content()
        path = re.search(r"confirm/[^\s?]+", confirmation)[0]
        assert served.get(path)[0] == 200  # a scanner that follows the link
        assert sql(folder, "SELECT state FROM subscriber") == [("pending",)]
        assert served.post(path) == 200
        assert sql(folder, "SELECT state FROM subscriber") == [("active",)]
        confirmed = time.monotonic() - asked
        until(lambda: len(box.letters) == 2, PROMISED_S / 3)
        arrived = (datetime.now(UTC) - due).total_seconds()
        assert served.stop() == 0
    assert box.letters[1][1]["Content-Language"] == "zh"
    assert box.to == {"wang@example.cn": 2}
    assert confirmed < PROMISED_S / 10
    assert 0 <= arrived < PROMISED_S / 5  # it takes seconds; a busy machine has a minute


@pytest.mark.slow
def test_a_desk_that_is_killed_while_letters_leave_goes_on_where_it_was(folder, box, sources):
    enrol(folder, *((f"reader{n}@example.net", "en") for n in range(12)))
    box.wait_s = 0.4
    due = soon()
    with desk(folder, box.port, sources, due) as served:
        until(lambda: len(box.letters) >= 3)
        served.stop(signal.SIGKILL)
    sql(folder, "UPDATE lease SET until = '2026-01-01T00:00:00.000000Z'")  # a minute later
    with desk(folder, box.port, sources, due) as served:
        until(
            lambda: (
                not sql(
                    folder, "SELECT 1 FROM delivery WHERE state IN ('planned', 'claimed', 'handed over', 'deferred')"
                )
            )
        )
        time.sleep(0.5)
        assert served.stop() == 0
    states = dict(sql(folder, "SELECT state, count(*) FROM delivery GROUP BY state"))
    assert set(box.to.values()) == {1}
    assert len(box.to) == 12
    assert states.get("uncertain", 0) <= 2  # one a line, and they had arrived
    assert states["accepted"] + states.get("uncertain", 0) == 12
    assert len(sql(folder, "SELECT 1 FROM issue")) == 1


@pytest.mark.slow
def test_a_desk_without_a_mail_server_says_so_in_its_health_and_brings_out_the_issue_all_the_same(folder, sources):
    enrol(folder, ("ada@example.net", "en"))
    with desk(folder, 1, sources, soon()) as served:
        until(lambda: "send: " in served.get("health")[1])
        assert served.get(f"{topic_of(folder)}/index.html")[0] == 200
        assert served.stop() == 0
    assert [line["why"] for line in log_of(folder) if line["event"] == "fault"] != []
    assert len([line for line in log_of(folder) if line["event"] == "fault"]) == 1  # told once, though it lasts


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["taken", "held"])
def test_a_reviewed_slot_whose_maker_dies_is_not_put_before_the_editor_twice(folder, box, sources, moment):
    enrol(folder, ("ada@example.net", "en"))
    due = soon()
    with desk(folder, box.port, sources, due, review="hold then send") as served:
        until(lambda: sql(folder, "SELECT 1 FROM slot WHERE state = 'held'"))
        served.stop(signal.SIGKILL)
    sql(folder, f"UPDATE slot SET state = '{moment}', until = '2026-01-01T00:00:00.000000Z'")
    with desk(folder, box.port, sources, due, review="hold then send") as served:
        until(lambda: len(box.letters) == 1)
        assert served.stop() == 0


def test_nothing_here_outlives_its_test():
    with suppress(ChildProcessError):
        assert os.waitpid(-1, os.WNOHANG)[0] == 0
