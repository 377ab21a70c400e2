"""Every zone of the database, 24 times of day, two years: one slot a local day, never none and never two.

Beside it APScheduler's own cron over the zones whose clocks change, because its losses are the reason for ours.
"""

import argparse
import json
import sys
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

from apscheduler.triggers.cron import CronTrigger

from briefing.model.slot import Slot, next_slots
from briefing.model.topic import Edition, Rhythm

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS = (LAST - FIRST).days + 1
CRON_ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


def wrong_days(zone: str, at: time) -> int:
    """Local days of the two years without exactly one slot, or with one in a wrong order or at a wrong time."""
    place = ZoneInfo(zone)
    after = datetime.combine(FIRST - timedelta(days=2), time(0)).replace(tzinfo=UTC)
    found = [s for s in next_slots(Edition("e", Rhythm.DAILY, at, zone), after, DAYS + 5) if FIRST <= s.day <= LAST]
    wrong = DAYS - len({slot.day for slot in found}) + len(found) - len({slot.due for slot in found})
    wrong += sum(not is_right(slot, at, place) for slot in found)
    return wrong + sum(one.due >= two.due for one, two in pairwise(found))


def is_right(slot: Slot, at: time, place: ZoneInfo) -> bool:
    """The clock there shows the time, or has just jumped over it."""
    wall = datetime.combine(slot.day, at)
    shown = slot.due.astimezone(place).replace(tzinfo=None)
    return shown == wall or (slot.due - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None) < wall < shown


def alike(zones: list[str]) -> list[list[str]]:
    """Zones whose rules are the same bytes, so that an alias is counted but not computed again."""
    groups: dict[bytes, list[str]] = {}
    for zone in zones:
        groups.setdefault(files("tzdata.zoneinfo").joinpath(*zone.split("/")).read_bytes(), []).append(zone)
    return list(groups.values())


def cron_wrong(zone: str, at: time) -> int:
    """The same days by APScheduler's cron: missing and doubled ones."""
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
    fired: dict[date, int] = {}
    previous, now = None, datetime.combine(FIRST, time(0)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    while (due := trigger.get_next_fire_time(previous, now)) and due.date() <= LAST:
        fired[due.date()] = fired.get(due.date(), 0) + 1
        # Where it gives the same moment again (a repeated hour), a scheduler's clock has moved on all the same.
        previous, now = due, max(due.astimezone(UTC), now) + timedelta(seconds=1)
    return sum(fired.get(FIRST + timedelta(days=n), 0) != 1 for n in range(DAYS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", help="the data folder; not needed, for one way of calling all benchmarks")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--zones", type=int, default=0, help="at most so many zones (0: all)")
    asked = parser.parse_args()
    zones = files("tzdata").joinpath("zones").read_text("utf-8").split()
    zones = zones[:: max(1, len(zones) // asked.zones)] if asked.zones else zones
    start, wrong = stopwatch.perf_counter(), 0
    groups = alike(zones)
    for number, (zone, *others) in enumerate(groups, 1):
        wrong += (1 + len(others)) * sum(wrong_days(zone, time(hour, 30 if hour % 2 else 0)) for hour in range(24))
        if number % 25 == 0:
            print(f"  {number} of {len(groups)} different zones", file=sys.stderr, flush=True)
    cron = sum(cron_wrong(zone, time(hour, 30 if hour % 2 else 0)) for zone in CRON_ZONES for hour in (0, 1, 2))
    ours = sum(wrong_days(zone, time(hour, 30 if hour % 2 else 0)) for zone in CRON_ZONES for hour in (0, 1, 2))
    measures = {
        "schedule.zones": len(zones),
        "schedule.days_wrong": wrong,
        "schedule.days": DAYS * 24 * len(zones),
        "schedule.cron_days_wrong_of_9": cron,
        "schedule.own_days_wrong_of_9": ours,
        "schedule.seconds": round(stopwatch.perf_counter() - start, 1),
    }
    for name, value in measures.items():
        print(f"{name:34} {value:>12,}")
    if asked.json:
        asked.json.write_text(json.dumps(measures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
