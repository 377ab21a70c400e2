"""`sample_run` stands beside these tests and is imported by name, in processes of its own as well."""

import asyncio
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_run import sample_desk

from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer
from briefing.desk.collecting import collect
from briefing.desk.editing import Chair
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import edition_of
from briefing.desk.publishing import publish


@pytest.fixture(scope="module")
def sample_server():
    sample = load_sample()
    with SampleServer(sample, sample.days[0]) as served:
        yield served


@pytest.fixture(scope="module")
def second_day(tmp_path_factory, sample_server):
    """The folder of a desk whose first day is out, and whose second was collected."""
    folder = tmp_path_factory.mktemp("editing") / "desk"
    folder.mkdir()
    desk = sample_desk(folder, sample_server.origin)
    topic = desk.topics[0]
    first, second = sample_server.sample.days[:2]
    for day in (first, second):
        sample_server.move(day)
        asyncio.run(collect(desk, topic, day, every=True))
        if day == first:
            publish(desk, make_issue(desk, next_occasion(desk, topic, topic.editions[0], day)))
    desk.database.close()
    return folder


@pytest.fixture
def chair(second_day, tmp_path, sample_server):
    """An editor at work on the second issue."""
    desk = sample_desk(shutil.copytree(second_day, tmp_path / "desk"), sample_server.origin)
    now = sample_server.sample.days[1] + timedelta(hours=1)
    yield Chair(desk, desk.topics[0], edition_of(desk.topics[0], ""), "ann@example.org", now)
    desk.database.close()
