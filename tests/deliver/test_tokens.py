from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.message import TOKEN
from briefing.deliver.tokens import OPT_IN, Opened, Purpose, checked_key, keyed, opened, token

KEY = b"0123456789abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ANN, BO = "a" * 16, "b" * 16


def test_a_token_to_leave_never_expires_and_fits_its_line():
    mark = token(KEY, Purpose.READER, ANN)
    assert Opened(ANN) == opened(KEY, Purpose.READER, mark, NOW + timedelta(days=3650))
    assert TOKEN.fullmatch(mark)


def test_an_opt_in_is_open_for_three_days_and_no_longer():
    mark = token(KEY, Purpose.CONFIRM, ANN, expires=NOW + OPT_IN)
    assert Opened(ANN) == opened(KEY, Purpose.CONFIRM, mark, NOW + timedelta(hours=72))
    assert Opened(ANN, expired=True) == opened(KEY, Purpose.CONFIRM, mark, NOW + timedelta(hours=72, seconds=1))


def test_a_token_opens_only_what_it_was_made_for():
    mark = token(KEY, Purpose.BOUNCE, ANN)
    assert [
        opened(KEY, purpose, mark, NOW) and True for purpose in (Purpose.BOUNCE, Purpose.READER, Purpose.CONFIRM)
    ] == [True, None, None]


@pytest.mark.parametrize(
    "forged",
    [
        token(KEY, Purpose.READER, ANN).replace(ANN, BO),
        token(b"x" * 31 + b"y", Purpose.READER, ANN),
        token(KEY, Purpose.READER, ANN)[:-1],
        ANN,
        "",
        "令牌",
        token(KEY, Purpose.READER, ANN) + "x",
        ANN + "-ffffffffffff-" + "a" * 16,
    ],
)
def test_a_forged_token_opens_nothing(forged):
    assert opened(KEY, Purpose.READER, forged, NOW) is None


def test_a_link_in_a_letter_is_about_its_topic_alone():
    mark = token(KEY, Purpose.READER, ANN, topic="数据-财经")
    about = opened(KEY, Purpose.READER, mark, NOW)
    assert [about.is_about("数据-财经"), about.is_about("china-data-finance")] == [True, False]
    assert opened(KEY, Purpose.READER, token(KEY, Purpose.READER, ANN), NOW).is_about("china-data-finance")
    assert len(mark) <= 72


def test_an_expiry_cannot_be_moved():
    mark = token(KEY, Purpose.CONFIRM, ANN, expires=NOW)
    later = f"{int((NOW + OPT_IN).timestamp()):x}"
    assert opened(KEY, Purpose.CONFIRM, mark.replace(f"{int(NOW.timestamp()):x}", later), NOW) is None


def test_a_return_address_whose_case_was_changed_still_opens():
    assert Opened(ANN) == opened(KEY, Purpose.BOUNCE, token(KEY, Purpose.BOUNCE, ANN).upper(), NOW)


def test_the_suppression_list_needs_the_key():
    assert keyed(KEY, "ann@example.org") != keyed(b"x" * 32, "ann@example.org")
    assert "ann" not in keyed(KEY, "ann@example.org")
    assert keyed(KEY, "ann@example.org") == keyed(KEY, "ann@example.org")


def test_a_key_that_could_be_guessed_is_refused():
    for weak in ("", "secret", "a" * 64):
        with pytest.raises(ValueError, match="random"):
            checked_key(weak)
    assert checked_key(KEY.decode()) == KEY


def test_an_id_that_would_break_the_token_is_refused():
    with pytest.raises(ValueError, match="16"):
        token(KEY, Purpose.READER, "ann-lee")


@given(st.text(max_size=80))
def test_any_text_opens_nothing(text):
    assert opened(KEY, Purpose.READER, text, NOW) is None
