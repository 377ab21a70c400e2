"""kill -9 at every step of a run: run again, and nothing is lost, doubled or half-published."""

import hashlib
import os
import signal
from multiprocessing import get_context
from pathlib import Path

import apsw
import pytest
from sample_run import run_day

from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer

HERE = str(Path(__file__).parent)

TABLES = ("entry", "revision", "issue", "verdict", "known", "sketch", "told", "story", "fact", "document")


@pytest.fixture(scope="module")
def processes():
    """Processes that have everything imported: a new one costs milliseconds."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["sample_run"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", HERE, prepend=os.pathsep)  # the server of forks does not get our sys.path
        yield context


@pytest.fixture(scope="module")
def server():
    sample = load_sample()
    with SampleServer(sample, sample.days[1]) as served:
        yield served


def run(processes, folder: Path, server, kill_at: int = 0) -> int:
    folder.mkdir(exist_ok=True)
    process = processes.Process(target=run_day, args=(str(folder), server.origin, server.now.isoformat(), kill_at))
    process.start()
    process.join(60)
    return process.exitcode


def archive(folder: Path) -> dict[str, str]:
    files = sorted(path for path in (folder / "archive").rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def rows(folder: Path) -> dict[str, int]:
    database = apsw.Connection(str(folder / "desk.db"))
    counted = {name: next(iter(database.execute(f"SELECT count(*) FROM {name}")))[0] for name in TABLES}
    assert next(iter(database.execute("PRAGMA integrity_check")))[0] == "ok"
    database.close()
    return counted


@pytest.fixture(scope="module")
def undisturbed(processes, server, tmp_path_factory):
    """What a run leaves that nobody killed, and how many steps it has."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert run(processes, folder, server) == 0
    steps = run_day(str(tmp_path_factory.mktemp("counted")), server.origin, server.now.isoformat())
    return archive(folder), rows(folder), steps


def test_a_run_that_nobody_kills_publishes_one_issue(undisturbed):
    files, counted, steps = undisturbed

    assert counted["issue"] == 1
    assert counted["entry"] > 0
    assert any(name.endswith("issue.json") for name in files)
    assert steps[-1] == "pages renewed"


@pytest.mark.parametrize("number", range(1, 16))
def test_a_killed_run_is_made_good_by_the_next(processes, server, undisturbed, tmp_path, number):
    files, counted, steps = undisturbed
    if number > len(steps):
        pytest.skip(f"a run has {len(steps)} steps")

    assert run(processes, tmp_path, server, kill_at=number) == -signal.SIGKILL
    assert run(processes, tmp_path, server) == 0

    assert rows(tmp_path) == counted
    assert archive(tmp_path) == files
