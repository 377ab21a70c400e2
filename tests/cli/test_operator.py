"""What an operator asks of a desk: the plan, a backup while it runs, one reader's data, missed slots, health."""

import json
import shutil
import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest
from command import run

from briefing.cli.serve import working
from briefing.desk.bringing import bring_out
from briefing.desk.examining import Level, examined
from briefing.errors import StoreError
from briefing.model.slot import Slot, SlotState, next_slots
from briefing.store import outbox, slots
from briefing.store.connection import opened
from briefing.store.slots import Line
from briefing.wiring import desk_at

TOPIC = "china-data-finance"


@pytest.fixture
def weekly(desk):
    with desk_at(desk) as found:
        yield found


def line(found, holder="boot:maker"):
    return Line(found.topics[0].key, found.topics[0].editions[0].name, holder)


def told(found, now):
    return [(remark.level, remark.what) for remark in examined(found, now) if "the issue of" in remark.what]


def test_the_plan_says_whether_an_editor_sees_an_issue_first(desk):
    with (desk / "desk.toml").open("a", encoding="utf-8") as file:
        for name, review in (("weekly", "hold then skip"), ("daily", "hold then send")):
            file.write(
                f'\n[[edition]]\ntopic = "{TOPIC}"\nname = "{name}"\nenabled = true\nreview = "{review}"\n'
                "review_minutes = 45\n"
            )
    rows = json.loads(run("plan", "--most", "12", "--json", folder=desk))
    assert {(row["edition"], row["review"]) for row in rows} == {
        ("weekly", "held 45 min, then skipped"),
        ("daily", "held 45 min, then sent"),
    }
    assert "held 45 min, then sent" in run("plan", folder=desk)


def test_a_backup_is_whole_while_others_write(desk):
    """What was written before the copy is in it, and the copy is a store as any other."""
    run("subscribers", "add", "ada@reader.example", "--consent", "by hand", folder=desk)
    stop = threading.Event()

    def write():
        store = opened(desk / "desk.db")
        number = 0
        while not stop.is_set():
            outbox.set_activity(store, f"{(number := number + 1):09d}")
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        run("backup", str(desk / "copy.db"), folder=desk)
    finally:
        stop.set()
        writer.join()
    assert stat.S_IMODE((desk / "copy.db").stat().st_mode) == 0o600
    shutil.move(desk / "copy.db", desk / "desk.db")
    for left in ("desk.db-wal", "desk.db-shm"):
        (desk / left).unlink(missing_ok=True)
    assert "ada@reader.example" in run("subscribers", "list", folder=desk)
    assert "2024-08-30-weekly" in run("archive", "list", folder=desk)


def test_a_backup_is_never_written_over_and_half_of_one_never_left(desk):
    run("backup", str(desk / "copy.db"), folder=desk)
    with pytest.raises(StoreError, match="is there already"):
        run("backup", str(desk / "copy.db"), folder=desk)
    with pytest.raises(StoreError, match="cannot be written"):
        run("backup", str(desk / "nowhere" / "copy.db"), folder=desk)
    assert not list(desk.glob("*.part"))


def test_one_readers_data_are_given_whole(desk):
    for name in ("ada", "bo"):
        run("subscribers", "add", f"{name}@reader.example", "--consent", f"asked by {name}", folder=desk)
    kept = json.loads(run("subscribers", "show", "ada@reader.example", "--json", folder=desk))
    assert kept["reader"]["address"] == "ada@reader.example"
    assert "asked by ada" in kept["consent"][0]["detail"]
    assert (kept["letters"], kept["bounces"]) == ([], [])
    assert "bo@" not in json.dumps(kept)


def test_a_missed_slot_is_a_fault_until_the_next_is_made(weekly):
    now = datetime(2024, 10, 4, 12, tzinfo=UTC)
    slot = Slot(now.date(), now - timedelta(hours=9))
    slots.miss(weekly.database, line(weekly), slot, now, "too old when the desk came back")
    assert told(weekly, now) == [(Level.FAULT, f"{TOPIC}/weekly: the issue of 2024-10-04 was missed")]

    later = Slot(now.date() + timedelta(days=7), now + timedelta(days=7))
    assert slots.take(weekly.database, line(weekly), later, later.due, later.due + timedelta(minutes=3))
    assert told(weekly, later.due + timedelta(minutes=2)) == []
    stuck = told(weekly, later.due + timedelta(minutes=40))
    assert stuck == [(Level.FAULT, f"{TOPIC}/weekly: the issue of 2024-10-11 is not out, 40 minutes after its time")]
    assert slots.close(weekly.database, line(weekly), later, SlotState.MADE, later.due, issue="x")
    assert told(weekly, later.due + timedelta(minutes=40)) == []


def test_an_issue_before_the_editor_is_told_with_its_deadline_and_is_no_fault(weekly):
    now = datetime(2024, 10, 4, 8, tzinfo=UTC)
    slot = Slot(now.date(), now)
    slots.take(weekly.database, line(weekly), slot, now, now + timedelta(minutes=3))
    slots.hold(weekly.database, line(weekly), slot, now, now + timedelta(hours=1))
    assert told(weekly, now) == [
        (Level.WARNING, f"{TOPIC}/weekly: the issue of 2024-10-04 waits for the editor, and goes out at 09:00 UTC")
    ]
    with working(weekly) as work:
        assert any("waits for the editor" in warning for warning in work.warnings(now))
        assert not any("waits for the editor" in trouble for trouble in work.troubles(now))


def test_metrics_say_what_became_of_the_articles(weekly):
    topic = weekly.topics[0]
    edition = topic.editions[0]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    bring_out(weekly, topic, edition, "boot:one", start)
    brought = bring_out(weekly, topic, edition, "boot:one", next_slots(edition, start, 1)[0].due)
    counts = dict(brought.articles)
    assert {"articles_read", "articles_kept", "articles_merged", "articles_dropped"} <= set(counts)
    assert counts["articles_read"] >= counts["articles_kept"] + counts["articles_dropped"]
