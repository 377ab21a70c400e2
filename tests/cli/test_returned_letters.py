"""What came back, as the operator sees it: one list, and the file of one reader."""

import json
from datetime import UTC, datetime

import pytest
from command import run

from briefing.deliver.answers import Meaning
from briefing.desk.delivering import Bounce, count_bounce
from briefing.errors import UsageError
from briefing.store import subscribers
from briefing.wiring import desk_at, register

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def marks(desk):
    """Two readers: the mailbox of one is gone, the other's was full once."""
    for address in ("ada@example.net", "wang@example.cn"):
        run("subscribers", "add", address, "--consent", "by hand", folder=desk)
    with desk_at(str(desk)) as opened:
        held = register(opened)
        ids = {one.address: one.id for one in subscribers.every(opened.database)}
        with opened.database.transaction():
            gone = Bounce(ids["ada@example.net"], Meaning.GONE, "r1", "550 5.1.1 no such user")
            count_bounce(opened.database, held.key, gone, NOW)
            full = Bounce(ids["wang@example.cn"], Meaning.REFUSED, "r2", "552 5.2.2 full")
            count_bounce(opened.database, held.key, full, NOW)
    return ids


def test_what_came_back_is_listed_newest_first(desk, marks):
    assert len(marks) == 2
    listed = json.loads(run("bounces", "--list", "--json", folder=desk))
    assert [(one["address"], one["kind"], one["state"]) for one in listed] == [
        ("wang@example.cn", "soft", "active"),
        ("ada@example.net", "hard", "paused"),
    ]
    said = run("bounces", "--list", "--most", "1", folder=desk)
    assert "552 5.2.2 full" in said
    assert "550 5.1.1" not in said
    assert "1 bounce" in said


def test_a_readers_file_says_why_the_address_gets_nothing_by_address_and_by_mark(desk, marks):
    by_mark = run("subscribers", "show", marks["ada@example.net"], folder=desk)
    assert by_mark == run("subscribers", "show", "ADA@example.net", folder=desk)
    for line in ("paused because: hard bounce", "suppressed: bounced", "hard bounce: 550 5.1.1"):
        assert line in by_mark
    assert json.loads(run("subscribers", "show", "ada@example.net", "--json", folder=desk))["suppressed"] == "bounced"
    assert "suppressed" not in run("subscribers", "show", "wang@example.cn", folder=desk)
    with pytest.raises(UsageError, match="nobody is no subscriber"):
        run("subscribers", "show", "nobody", folder=desk)
