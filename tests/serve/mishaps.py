"""What may befall the process that makes an issue, at the step at which it befalls it. Sent to that process by name."""

import asyncio
import os
import sys
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.desk.press import Press
from briefing.model.topic import Edition, QuietRule, Rhythm
from briefing.settings import load_desk
from briefing.wiring import built, topics_of

DAILY = Edition("weekly", Rhythm.DAILY, datetime.min.time().replace(hour=8), "UTC", quiet=QuietRule.NOTE)


@dataclass(frozen=True)
class Signal:
    """The signal that reaches the process at a step."""

    step: str
    number: int

    def __call__(self, step):
        if step == self.step:
            os.kill(os.getpid(), self.number)


@dataclass(frozen=True)
class Stay:
    """The process says who it is, and stays at a step."""

    step: str
    file: str

    def __call__(self, step):
        if step == self.step:
            Path(self.file).write_text(str(os.getpid()), "ascii")
            time.sleep(60)


@dataclass(frozen=True)
class Fault:
    step: str

    def __call__(self, step):
        if step == self.step:
            raise OSError("the disk is full")


def main(folder, now, file):
    settings = load_desk(Path(folder), {})
    desk = replace(built(settings, topics_of(settings), sample=True), step=Stay("staged", file))
    asyncio.run(Press(desk, "boot:one").bring_out(desk.topics[0], DAILY, now))


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), sys.argv[3])
