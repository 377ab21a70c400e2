from datetime import UTC, datetime, timedelta

import pytest

from briefing.collect import pace as pacing
from briefing.collect.pace import Pace

NOW = datetime(2024, 6, 25, tzinfo=UTC)


def test_turns_at_one_host_lie_a_pause_apart_and_others_are_free():
    pace = Pace()
    assert [pace.turn("a.test", 10.0, 2.0) for _ in range(3)] == [0.0, 2.0, 4.0]
    assert pace.turn("b.test", 10.0, 2.0) == 0.0
    assert pace.turn("a.test", 99.0, 2.0) == 0.0


def test_the_pause_begins_when_the_answer_is_there():
    pace = Pace()
    pace.turn("a.test", 10.0, 2.0)
    pace.rest("a.test", 15.0, 2.0)
    assert pace.turn("a.test", 15.5, 2.0) == 1.5


def test_a_turn_that_was_given_is_not_taken_back_by_an_earlier_answer():
    pace = Pace()
    assert [pace.turn("a.test", 10.0, 2.0) for _ in range(2)] == [0.0, 2.0]
    pace.rest("a.test", 10.5, 2.0)
    assert pace.turn("a.test", 10.5, 2.0) == 3.5


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "::1"])
def test_this_machine_is_asked_at_once(host):
    pace = Pace()
    pace.rest(host, 10.0, 2.0)
    assert [pace.turn(host, 10.0, 2.0) for _ in range(2)] == [0.0, 0.0]


def test_a_host_is_left_alone_until_the_later_of_its_times():
    pace = Pace()
    for hours in (2, 1):
        pace.leave_alone("a.test", NOW + timedelta(hours=hours))
    assert pace.wants_quiet("a.test", NOW + timedelta(minutes=119))
    assert not pace.wants_quiet("a.test", NOW + timedelta(hours=2))
    assert not pace.wants_quiet("a.test", NOW)
    assert not pace.wants_quiet("b.test", NOW)


def test_hosts_whose_pause_is_over_are_forgotten_first(monkeypatch):
    monkeypatch.setattr(pacing, "MOST_HOSTS", 3)
    pace = Pace()
    for number in range(3):
        pace.turn(f"h{number}.test", number, 2.0)
    pace.turn("h3.test", 3.5, 2.0)
    assert pace.turn("h2.test", 3.5, 2.0) == 0.5
