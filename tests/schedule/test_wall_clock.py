import asyncio
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from briefing.model.topic import Edition, Rhythm
from briefing.schedule import Job, WallClock, started

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Scoresbysund", "Asia/Shanghai")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(1, 30), time(2, 30), time(23, 45)])
def test_the_trigger_fires_once_for_each_local_day(zone, at):
    trigger = WallClock(Edition("daily", Rhythm.DAILY, at, zone))
    fired = [trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC))]
    while len(fired) < 370:
        fired.append(trigger.get_next_fire_time(fired[-1], fired[-1]))
    assert len(set(fired)) == 370
    steps = [two - one for one, two in pairwise(fired)]
    assert timedelta(hours=22) < min(steps) <= max(steps) < timedelta(hours=26)


def test_after_a_pause_the_trigger_looks_ahead_and_does_not_run_what_was_missed_one_by_one():
    trigger = WallClock(Edition("daily", Rhythm.DAILY, time(8), "UTC"))
    fired = trigger.get_next_fire_time(datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert datetime(2026, 11, 26, 8, tzinfo=UTC) == fired


def test_a_job_runs_at_once_and_again_and_a_slot_job_waits_for_its_time():
    async def watched():
        runs = []

        async def act():
            runs.append(1)

        edition = Edition("daily", Rhythm.DAILY, time(8), "Europe/Berlin")
        clock = started((Job("tick", act, every_s=0.05), Job("daily", act, edition)))
        await asyncio.sleep(0.3)
        due = clock.next_run("daily")
        missing = clock.next_run("no such job")
        clock.stop()
        seen = len(runs)
        await asyncio.sleep(0.15)
        return seen, len(runs), due, missing

    seen, after, due, missing = asyncio.run(watched())
    assert seen >= 3
    assert after <= seen + 1
    assert time(8) == due.astimezone(ZoneInfo("Europe/Berlin")).time()
    assert missing is None


def test_a_slow_job_is_never_run_twice_at_once():
    async def watched():
        running = most = 0

        async def act():
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.12)
            running -= 1

        clock = started((Job("tick", act, every_s=0.05),))
        await asyncio.sleep(0.4)
        clock.stop()
        await asyncio.sleep(0.15)
        return most

    assert asyncio.run(watched()) == 1
