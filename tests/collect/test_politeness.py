from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.collect.politeness import Polling, Wishes, after, body_hash, interval, next_due, quiet_until
from briefing.model.entry import Failed, FailureReason, Fetched, Manner, Unchanged

NOW = datetime(2024, 6, 25, 3, tzinfo=UTC)
ADDRESS = "http://audit.test/feed"
GOOD = Fetched(ADDRESS, ADDRESS, b"<rss/>", etag='W/"1"', last_modified="Tue")
BAD = Failed(ADDRESS, FailureReason.STATUS, "503: the server is overloaded or under repair", 0, 503)


def every(gap, count=10, newest=NOW):
    return [newest - gap * number for number in range(count)]


def minutes(delta):
    return delta.total_seconds() / 60


@pytest.mark.parametrize(
    ("gap", "wait"),
    [
        (timedelta(minutes=1), timedelta(minutes=15)),
        (timedelta(minutes=50), timedelta(minutes=25)),
        (timedelta(hours=6), timedelta(hours=3)),
        (timedelta(days=1), timedelta(hours=12)),
        (timedelta(days=30), timedelta(hours=24)),
        (timedelta(0), timedelta(minutes=15)),
    ],
)
def test_a_source_is_asked_twice_per_usual_gap_within_bounds(gap, wait):
    assert interval(NOW, every(gap)) == wait


def test_the_rhythm_is_that_of_the_last_ten_entries():
    old = every(timedelta(days=9), 20, NOW - timedelta(hours=20))
    assert interval(NOW, old + every(timedelta(hours=2))) == timedelta(hours=1)


def test_one_long_gap_does_not_change_the_rhythm():
    night = every(timedelta(hours=1), 5, NOW) + every(timedelta(hours=1), 5, NOW - timedelta(hours=14))
    assert interval(NOW, night) == timedelta(minutes=30)


@pytest.mark.parametrize("recent", [[], [NOW - timedelta(days=1)], [NOW + timedelta(days=300), NOW]])
def test_without_a_known_rhythm_a_source_is_asked_hourly(recent):
    assert interval(NOW, recent) == timedelta(hours=1)


def test_a_source_that_fell_silent_is_asked_less_and_less():
    waits = [
        minutes(interval(NOW, every(timedelta(hours=1), 10, NOW - timedelta(days=days)))) for days in (0, 2, 10, 90)
    ]
    assert waits == [30, 72, 360, 1440]


@pytest.mark.parametrize(
    ("wishes", "wait"),
    [
        (Wishes(), timedelta(hours=1)),
        (Wishes(ttl_s=600), timedelta(hours=1)),
        (Wishes(ttl_s=3 * 3600), timedelta(hours=3)),
        (Wishes(max_age_s=2 * 3600, ttl_s=60), timedelta(hours=2)),
        (Wishes(max_age_s=31_536_000), timedelta(hours=24)),
        (Wishes(retry_after_s=7200), timedelta(hours=2)),
        (Wishes(retry_after_s=10 * 86_400), timedelta(days=10)),
        (Wishes(retry_after_s=400 * 86_400), timedelta(days=31)),
    ],
)
def test_the_other_side_may_wish_to_be_asked_more_rarely(wishes, wait):
    assert next_due(NOW, every(timedelta(hours=2)), wishes) == NOW + wait


@pytest.mark.parametrize(
    ("hours", "days", "due"),
    [
        ((), (), "25 04:00"),
        ((4, 5, 6), (), "25 07:00"),
        ((), (1,), "26 00:00"),  # the 25th is a Tuesday
        (tuple(range(4, 24)), (1,), "26 00:00"),
        ((0, 1), (1, 2), "27 02:00"),
        (tuple(range(24)), (), "25 04:00"),  # never: a slip of the pen
    ],
)
def test_a_source_is_not_asked_in_its_sleep(hours, days, due):
    wishes = Wishes(skip_hours=hours, skip_days=days)
    assert f"{next_due(NOW, every(timedelta(hours=2)), wishes):%d %H:%M}" == due


def test_what_a_document_wishes_holds_for_the_304_after_it_and_through_failures():
    manner = Manner(ttl_s=6 * 3600, skip_hours=(9,))
    good = after(Polling(), GOOD, NOW, manner=manner)
    assert good.next_due == NOW + timedelta(hours=7)
    unchanged = after(good, Unchanged(ADDRESS), NOW)
    assert (unchanged.manner, unchanged.next_due) == (manner, good.next_due)
    failing = after(unchanged, BAD, NOW)
    assert (failing.manner, failing.next_due) == (manner, good.next_due)
    assert after(failing, GOOD, NOW, manner=Manner()).next_due == NOW + timedelta(hours=1)


def test_a_source_whose_news_is_pushed_is_asked_a_quarter_as_often():
    assert after(Polling(), GOOD, NOW, pushed=True).next_due == NOW + timedelta(hours=4)
    assert next_due(NOW, every(timedelta(days=3)), Wishes(), pushed=True) == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("status", "retry_after_s", "quiet"),
    [
        (429, 0, timedelta(minutes=15)),
        (429, 7200, timedelta(hours=2)),
        (503, 7200, timedelta(hours=2)),
        (503, 0, None),
        (500, 7200, None),
        (429, 10**9, timedelta(days=31)),
    ],
)
def test_a_host_that_was_asked_too_often_wants_quiet(status, retry_after_s, quiet):
    failed = Failed(ADDRESS, FailureReason.STATUS, "", retry_after_s, status)
    assert quiet_until(failed, NOW) == (quiet and NOW + quiet)


@pytest.mark.parametrize(("errors", "hours"), [(0, 1), (1, 2), (5, 6), (167, 168), (10_000, 168)])
def test_each_error_in_a_row_adds_a_wait_up_to_a_week(errors, hours):
    assert next_due(NOW, every(timedelta(hours=2)), Wishes(), errors=errors) == NOW + timedelta(hours=hours)


@given(
    st.lists(st.timedeltas(timedelta(0), timedelta(days=400)), max_size=15),
    st.builds(Wishes, st.integers(0, 10**7), st.integers(0, 10**9), st.integers(0, 10**9)),
    st.integers(0, 1000),
    st.floats(-1, 2),
)
def test_nothing_is_asked_early_nor_put_off_for_ever(ages, wishes, errors, jitter):
    recent = [NOW - age for age in ages]
    exact = next_due(NOW, recent, wishes, errors=errors)
    spread = next_due(NOW, recent, wishes, errors=errors, jitter=jitter)
    assert NOW + timedelta(minutes=15) <= exact <= spread <= NOW + (exact - NOW) * 1.2 + timedelta(seconds=1)
    assert spread <= NOW + timedelta(days=31) * 1.2
    assert exact >= NOW + timedelta(seconds=min(wishes.retry_after_s, 31 * 86_400))


def test_a_good_answer_is_remembered_with_its_validators():
    polling = after(Polling(errors=3, failure=FailureReason.TIMEOUT, detail="x"), GOOD, NOW)
    assert polling == Polling(
        etag='W/"1"',
        last_modified="Tue",
        body_hash=body_hash(b"<rss/>"),
        next_due=NOW + timedelta(hours=1),
        last_asked=NOW,
        last_good=NOW,
    )
    assert polling.is_known(b"<rss/>")
    assert not polling.is_known(b"<rss></rss>")


def test_a_body_that_could_not_be_read_leaves_the_old_validators():
    good = after(Polling(), GOOD, NOW)
    bad = after(good, Failed(ADDRESS, FailureReason.NOT_A_FEED, "a web page"), NOW + timedelta(hours=1))
    assert (bad.etag, bad.body_hash, bad.last_good) == (good.etag, good.body_hash, NOW)
    assert (bad.errors, bad.failure, bad.detail) == (1, FailureReason.NOT_A_FEED, "a web page")
    assert bad.next_due == NOW + timedelta(hours=3)


def test_304_keeps_what_is_known_and_ends_a_run_of_errors():
    good = after(Polling(), GOOD, NOW)
    failing = after(good, BAD, NOW)
    again = after(failing, Unchanged(ADDRESS, max_age_s=7200), NOW)
    assert again == replace(good, next_due=NOW + timedelta(hours=2))


def test_a_source_that_is_gone_is_never_asked_again():
    gone = after(Polling(), Failed(ADDRESS, FailureReason.GONE), NOW)
    assert (gone.ended, gone.next_due, gone.is_due(NOW + timedelta(days=999))) == (True, None, False)


@pytest.mark.parametrize(
    ("polling", "due"),
    [(Polling(), True), (Polling(next_due=NOW), True), (Polling(next_due=NOW + timedelta(seconds=1)), False)],
)
def test_a_source_is_due_when_its_time_has_come(polling, due):
    assert polling.is_due(NOW) == due


@pytest.mark.parametrize(
    ("moves", "address"),
    [
        (["b"], ""),
        (["b", "b"], ""),
        (["b", "b", "b"], "b"),
        (["b", "b", "c"], ""),
        (["b", "b", "", "b"], ""),
        (["c", "b", "b", "b"], "b"),
        (["b", "b", "b", ""], "b"),
        (["b", "b", "b", "c", "c"], "b"),
        (["b", "b", "b", "c", "c", "c"], "c"),
    ],
)
def test_a_permanent_move_is_believed_at_the_third_time_in_a_row(moves, address):
    polling = Polling()
    for number, target in enumerate(moves):
        outcome = replace(GOOD, moved_to=target) if number % 2 else Unchanged(ADDRESS, moved_to=target)
        polling = after(polling, outcome, NOW)
    assert polling.new_address() == address


def test_a_failure_in_between_does_not_forget_a_move():
    polling = Polling()
    for outcome in (replace(GOOD, moved_to="b"), BAD, replace(GOOD, moved_to="b"), replace(GOOD, moved_to="b")):
        polling = after(polling, outcome, NOW)
    assert polling.new_address() == "b"


def moved(times=3):
    polling = Polling().at(ADDRESS)
    for _ in range(times):
        polling = after(polling, replace(GOOD, moved_to="http://new.test/feed"), NOW)
    return polling


def test_a_believed_move_is_kept_while_the_new_address_answers():
    polling = moved()
    for _ in range(5):
        polling = after(polling, replace(GOOD, address="http://new.test/feed"), NOW)
    assert polling.new_address() == "http://new.test/feed"


def test_a_new_address_that_fails_three_times_is_given_up_for_the_old_one():
    addresses = []
    polling = moved()
    for _ in range(3):
        polling = after(polling, BAD, NOW)
        addresses.append(polling.new_address())
    assert addresses == ["http://new.test/feed", "http://new.test/feed", ""]
    assert (polling.etag, polling.last_modified) == ("", "")


def test_a_new_address_that_is_gone_does_not_end_the_old_one():
    gone = after(moved(), Failed(ADDRESS, FailureReason.GONE), NOW)
    assert (gone.ended, gone.new_address()) == (False, "")
    assert after(gone, Failed(ADDRESS, FailureReason.GONE), NOW).ended


def test_a_source_whose_address_was_edited_starts_anew():
    polling = after(moved(), BAD, NOW)
    assert polling.at(ADDRESS) == polling
    assert polling.at("http://audit.test/other") == Polling(given="http://audit.test/other")
    assert Polling().at(ADDRESS) == Polling(given=ADDRESS)
