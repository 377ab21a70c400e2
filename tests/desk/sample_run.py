"""One issue day of the bundled sample in a process of its own, killed at a step if that is wanted."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefing.collect.guard import Policy
from briefing.demo.sample import load_sample
from briefing.desk.collecting import collect
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk, edition_of
from briefing.desk.publishing import complete, publish
from briefing.match.glossary import lexicon
from briefing.read.text import fold
from briefing.settings import load_desk
from briefing.store import issues
from briefing.wiring import built, topics_of

lexicon()  # read once in the process that all others are forked from
fold("审计")


def sample_desk(folder: Path, origin: str) -> Desk:
    """A desk in a folder that may ask the sample's server and nobody else."""
    settings = load_desk(folder, {})
    topic = replace(topics_of(settings)[0], sources=load_sample().sources(origin))
    desk = built(settings, (topic,), sample=True)
    policy = Policy.for_loopback(int(origin.rpartition(":")[2]))
    return replace(desk, fetching=replace(desk.fetching, policy=policy, processes=0))


def run_day(folder: str, origin: str, day: str, kill_at: int = 0) -> list[str]:
    """Everything that `briefing run` does, at a given time. Gives the steps it passed."""
    steps: list[str] = []

    def step(name: str) -> None:
        steps.append(name)
        if len(steps) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    desk = replace(sample_desk(Path(folder), origin), step=step)
    now = datetime.fromisoformat(day)
    topic = desk.topics[0]
    edition = edition_of(topic, "")
    complete(desk)
    asyncio.run(collect(desk, topic, now))
    occasion = next_occasion(desk, topic, edition, now)
    if not issues.in_slot(desk.database, topic.key, edition.name, occasion.slot):
        publish(desk, make_issue(desk, occasion))
    desk.database.close()
    return steps
