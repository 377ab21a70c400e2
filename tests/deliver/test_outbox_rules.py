"""What an answer makes of a delivery; pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.answers import Answer, Meaning, Stage
from briefing.deliver.outbox import GIVE_UP, LONGEST_WAIT, Limit, Pace, judged, lost, wait
from briefing.model.subscriber import Channel, Delivery, DeliveryState

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def delivery(attempts=0, due=NOW) -> Delivery:
    return Delivery(1, "t", "i", "r" * 16, Channel.MAIL, "r@qq.com", "", "zh", due, "<a@b>", attempts)


def test_waits_double_from_two_minutes_up_to_six_hours():
    assert [wait(n, 0.5).total_seconds() / 60 for n in range(5)] == [2, 4, 8, 16, 32]
    assert wait(40, 0.5) == LONGEST_WAIT


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_chance_moves_a_wait_by_a_quarter_at_most(tries, chance):
    assert wait(tries, 0.5) * 0.7499 <= wait(tries, chance) <= wait(tries, 0.5) * 1.2501


def test_an_accepted_letter_is_done():
    assert judged(delivery(), Answer(250, "2.0.0 ok"), NOW, 0.5).state == DeliveryState.ACCEPTED


def test_a_temporary_refusal_is_tried_again_until_a_day_is_over():
    first = judged(delivery(), Answer(451, "later"), NOW, 0.5)
    assert (DeliveryState.DEFERRED, NOW + timedelta(minutes=2), None) == (first.state, first.next_try, first.hold_until)
    last = judged(delivery(5, NOW - GIVE_UP), Answer(451, "later"), NOW, 0.5)
    assert (last.state, last.meaning) == (DeliveryState.FAILED, Meaning.LATER)
    assert "not taken within a day" in last.detail


def test_a_rate_limit_holds_the_domain_longer_with_each_strike():
    held = [judged(delivery(), Answer(550, "Domain frequency limited"), NOW, 0.5, n).hold_until for n in range(3)]
    assert [NOW + timedelta(minutes=minutes) for minutes in (2, 4, 8)] == held


def test_a_dead_mailbox_is_not_tried_again():
    found = judged(delivery(), Answer(550, "5.1.1 no such user", Stage.RECIPIENT), NOW, 0.5)
    assert (found.state, found.meaning, found.next_try) == (DeliveryState.FAILED, Meaning.GONE, None)


def test_a_lost_answer_is_neither_success_nor_failure():
    found = lost("the line broke")
    assert (found.state, found.next_try) == (DeliveryState.UNCERTAIN, None)


@pytest.mark.parametrize("per_second", [1, 50, 1000])
def test_letters_are_spread_evenly(per_second):
    pace = Pace(per_second)
    pauses = [pace.pause_s(NOW) for _ in range(5)]
    assert [pytest.approx(n / per_second, abs=1e-5) for n in range(5)] == pauses
    assert pace.pause_s(NOW + timedelta(minutes=1)) == 0


def test_a_domain_gets_a_tenth_of_its_minute_at_once_and_the_rest_in_time():
    pace = Pace(1e6, {"qq.com": Limit(60)})
    at_once = [pace.opens("qq.com", NOW) for _ in range(20)]
    assert at_once.count(None) == 7
    assert all(opens > NOW for opens in at_once if opens)
    assert sum(pace.opens("qq.com", NOW + timedelta(seconds=second)) is None for second in range(1, 61)) <= 60
    assert pace.opens("example.net", NOW) is None
