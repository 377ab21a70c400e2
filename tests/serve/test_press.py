"""An issue made in a process of its own is the same issue, and whatever ends that process loses and doubles nothing."""

import asyncio
import importlib.util
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mishaps import DAILY, Fault, Signal

from briefing.desk import press
from briefing.desk.bringing import bring_out
from briefing.desk.press import Press
from briefing.desk.publishing import folder_of
from briefing.errors import BriefingError
from briefing.model.slot import SlotState
from briefing.store import issues

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("sample_run", HERE.parent / "desk" / "sample_run.py")
sample_run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample_run)

BEFORE, DUE = datetime(2026, 11, 25, 7, 59, tzinfo=UTC), datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    made = sample_run.sample_desk(tmp_path, "http://127.0.0.1:9")
    made = replace(made, topics=(replace(made.topics[0], editions=(DAILY,)),))
    assert brought(made, BEFORE) is None
    yield made
    made.database.close()


def brought(desk, now, holder="boot:one"):
    return asyncio.run(Press(desk, holder).bring_out(desk.topics[0], DAILY, now))


def is_whole(desk):
    (listed,) = issues.every(desk.database)
    issue = issues.document(desk.database, listed.topic, listed.id)
    return (folder_of(desk, issue) / "issue.json").exists()


def test_no_process_is_started_where_nothing_is_due(desk, monkeypatch):
    monkeypatch.setattr(press, "ProcessPoolExecutor", None)
    assert brought(desk, BEFORE) is None


def test_the_issue_is_made_elsewhere_in_the_name_of_who_asked(desk):
    found = brought(desk, DUE)
    assert (found.state, is_whole(desk)) == (SlotState.MADE, True)
    assert brought(desk, DUE + timedelta(seconds=30)) is None


def test_editions_that_are_due_at_once_are_made_one_after_the_other(desk):
    evening = replace(DAILY, name="evening")
    topic = replace(desk.topics[0], editions=(DAILY, evening))
    at = Press(desk, "boot:one")

    async def both():
        await at.bring_out(topic, evening, BEFORE)
        return await asyncio.gather(*(at.bring_out(topic, edition, DUE) for edition in (DAILY, evening)))

    assert [one.state for one in asyncio.run(both())] == [SlotState.MADE] * 2
    assert len(issues.every(desk.database)) == 2


@pytest.mark.parametrize("step", ["staged", "committed"])
def test_a_process_that_is_killed_is_followed_by_one_that_makes_its_issue_good(desk, step):
    with pytest.raises(BriefingError, match="was ended"):
        brought(replace(desk, step=Signal(step, signal.SIGKILL)), DUE)
    assert brought(desk, DUE + timedelta(minutes=1)).state is SlotState.TAKEN
    assert brought(desk, DUE + timedelta(minutes=1), "boot:two") is None
    assert bring_out(desk, desk.topics[0], DAILY, "boot:two", DUE + timedelta(minutes=4)).state is SlotState.MADE
    assert is_whole(desk)


def test_what_goes_wrong_there_is_told_here(desk):
    with pytest.raises(OSError, match="the disk is full"):
        brought(replace(desk, step=Fault("staged")), DUE)
    assert brought(desk, DUE + timedelta(minutes=1)).state is SlotState.TAKEN


def test_a_desk_that_is_to_stop_has_its_issue_first(desk):
    assert brought(replace(desk, step=Signal("staged", signal.SIGTERM)), DUE).state is SlotState.MADE
    assert is_whole(desk)


def is_gone(process):
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text("ascii").rpartition(")")[2].split()[0] == "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_the_process_does_not_outlive_a_desk_that_is_killed(tmp_path):
    (tmp_path / "desk").mkdir()
    desk, file = sample_run.sample_desk(tmp_path / "desk", "http://127.0.0.1:9"), tmp_path / "reached"
    assert brought(desk, BEFORE) is None
    line = [sys.executable, str(HERE / "mishaps.py"), str(tmp_path / "desk"), DUE.isoformat(), str(file)]
    with subprocess.Popen(line) as served:
        end = time.monotonic() + 60
        while not file.exists() or not file.read_text("ascii"):
            assert time.monotonic() < end
            time.sleep(0.05)
        served.kill()
    child = int(file.read_text("ascii"))
    while not is_gone(child):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert issues.every(desk.database) == ()
    desk.database.close()
