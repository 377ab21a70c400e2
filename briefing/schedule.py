"""The clock of a running desk, and the only door to APScheduler. It asks what is due; the truth is in the slot table.

APScheduler's own cron loses the day after the clocks go forward and fires twice in the repeated hour, so the times
come from `model.slot`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from briefing.model.slot import next_slots
from briefing.model.topic import Edition


def now() -> datetime:
    """The time, for entry points alone; everything below them is told it."""
    return datetime.now(UTC)


def boot() -> str:
    """What tells this boot of the machine from the next; where the system does not say, never the same twice."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return token_hex(16)


class WallClock(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires at an edition's wall time: once a local day or week, whatever its zone's clocks do."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first slot after the last one; after a pause, the first one that is still to come."""
        after = now - timedelta(microseconds=1)
        if previous_fire_time is not None:
            after = max(previous_fire_time, after)
        return next_slots(self.edition, after.astimezone(UTC), 1)[0].due


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do: at each slot of an edition, or every so many seconds. One run at a time; late runs are one."""

    name: str
    act: Callable[[], Awaitable[None]]
    edition: Edition | None = None
    every_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """The running scheduler."""

    scheduler: AsyncIOScheduler

    def next_run(self, name: str) -> datetime | None:
        job = self.scheduler.get_job(name)
        return job.next_run_time if job else None

    def stop(self) -> None:
        """No job starts from now on; one that is running is left to its own end."""
        self.scheduler.shutdown(wait=False)


def started(jobs: tuple[Job, ...]) -> Clock:
    """A clock that runs in the current event loop. Jobs are in memory: after a restart they ask the tables again."""
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in jobs:
        trigger = WallClock(job.edition) if job.edition else IntervalTrigger(seconds=job.every_s)
        first = {} if job.edition else {"next_run_time": now()}
        scheduler.add_job(job.act, trigger, id=job.name, name=job.name, **first)
    scheduler.start()
    return Clock(scheduler)
