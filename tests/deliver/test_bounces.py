"""A report is believed for the reader whose return address it came to, and for nobody else."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.deliver import tokens
from briefing.deliver.answers import Meaning
from briefing.deliver.bounces import Kind, Report, Unread, report
from briefing.desk import returns
from briefing.desk.readers import Register
from briefing.model.subscriber import (
    Consent,
    ConsentEvent,
    DeliveryState,
    Subscriber,
    SubscriberState,
    Subscription,
    Suppressed,
)
from briefing.store import outbox, subscribers
from briefing.store.connection import opened
from briefing.store.outbox import Planned

KEY = b"0123456789abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ANN, BO = "reader0000000001", "reader0000000002"
LETTER = "<" + "0a" * 16 + "@example.org>"


def returned_to(subscriber):
    return f"bounce+{tokens.token(KEY, tokens.Purpose.BOUNCE, subscriber)}@example.org"


def dsn(to, action="failed", status="5.1.1", said="smtp; 550 5.1.1 user unknown", quoted=LETTER):
    return f"""From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.net.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
X-Postfix-Queue-ID: 4A1B2C

Final-Recipient: rfc822; ann@example.net
Action: {action}
Status: {status}
Remote-MTA: dns; sink.example.net
Diagnostic-Code: {said}

--cut
Content-Type: message/rfc822

Message-ID: {quoted}
Subject: Corrected
To: {returned_to(BO)}

text
--cut--
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("action", "status", "said", "kind", "meaning"),
    [
        ("failed", "5.1.1", "smtp; 550 5.1.1 user unknown", Kind.BOUNCE, Meaning.GONE),
        ("failed", "5.3.0", "smtp; 550 5.3.0 Error: command failed", Kind.BOUNCE, Meaning.REFUSED),
        ("failed", "4.3.0", "smtp; 450 4.3.0 Error: command failed", Kind.BOUNCE, Meaning.LATER),  # gave up at last
        ("failed", "4.4.7", "X-Postfix; delivery time expired", Kind.BOUNCE, Meaning.LATER),
        ("failed", "5.0.0", "smtp; 550 Domain frequency limited", Kind.BOUNCE, Meaning.LIMITED),
        ("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full", Kind.BOUNCE, Meaning.LATER),
        ("failed", "", "smtp; 550 用户不存在", Kind.BOUNCE, Meaning.GONE),
        ("delayed", "4.4.1", "X-Postfix; connect: Connection refused", Kind.DELAY, Meaning.LATER),
        ("delivered", "2.0.0", "", Kind.DELIVERED, Meaning.ACCEPTED),
    ],
)
def test_hard_soft_expired_and_rate_limited_are_told_apart(action, status, said, kind, meaning):
    found = report(dsn(returned_to(ANN), action, status, said), KEY, NOW)
    assert (ANN, kind, meaning, LETTER) == (found.subscriber, found.kind, found.meaning, found.message_id)


def test_the_words_of_a_chinese_server_are_read_in_its_own_encoding():
    data = dsn(returned_to(ANN), status="5.0.0", said="smtp; 550 用户不存在").decode().encode("gb18030")
    assert report(data, KEY, NOW).meaning == Meaning.GONE


def test_a_report_that_quotes_another_readers_return_address_touches_only_its_own():
    assert report(dsn(returned_to(ANN)), KEY, NOW).subscriber == ANN


@pytest.mark.parametrize(
    "to",
    [
        "bounce@example.org",
        returned_to(ANN).replace(ANN, BO),
        f"bounce+{tokens.token(KEY, tokens.Purpose.READER, ANN)}@example.org",
        "",
        "退信@example.org",
    ],
)
def test_a_forged_return_address_touches_nobody(to):
    assert Unread("not addressed to one of our letters") == report(dsn(to), KEY, NOW)


def test_a_return_address_in_capitals_is_still_ours():
    assert report(dsn(returned_to(ANN).upper()), KEY, NOW).subscriber == ANN


def complaint(to, kind="abuse"):
    return f"""From: feedback@isp.example
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: text/plain

This is an email abuse report.

--cut
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--cut
Content-Type: message/rfc822

Message-ID: {LETTER}

x
--cut--
""".encode()


def test_a_complaint_is_read_and_its_opposite_too():
    found = report(complaint(returned_to(ANN)), KEY, NOW)
    assert (found.kind, found.detail, found.message_id) == (Kind.COMPLAINT, "abuse", LETTER)
    assert report(complaint(returned_to(ANN), "not-spam"), KEY, NOW).kind == Kind.DELIVERED


def test_a_refusal_in_words_alone_is_read_in_both_languages():
    english = f"From: postmaster@a.example\nTo: {returned_to(ANN)}\n\nUndeliverable: 550 5.1.1 no such user here\n"
    chinese = (
        f"From: PostMaster@qq.example\nTo: {returned_to(ANN)}\nContent-Type: text/plain; charset=gb18030\n\n"
        "系统退信：收件人不存在\n"
    )
    assert report(english.encode(), KEY, NOW).meaning == Meaning.GONE
    assert report(chinese.encode("gb18030"), KEY, NOW).meaning == Meaning.GONE


@pytest.mark.parametrize(
    "words",
    [
        "From: ann@example.net\nTo: {}\n\nThank you, 550 5.1.1 is a nice number\n",
        "From: ann@example.net\nAuto-Submitted: auto-replied\nTo: {}\n\nI am on holiday until Monday\n",
        "From: mailer-daemon@example.net\nTo: {}\n\nHello\n",
        "From: mailer-daemon@example.net\nAuto-Submitted: auto-replied\nTo: {}\n\nundeliverable\n",
    ],
)
def test_an_answer_from_a_person_or_a_holiday_note_is_no_bounce(words):
    assert Unread("no delivery report") == report(words.format(returned_to(ANN)).encode(), KEY, NOW)


def test_a_report_without_a_code_says_nothing():
    data = dsn(returned_to(ANN), status="", said="").replace(b"MAILER-DAEMON", b"someone")
    assert Unread("no delivery report") == report(data, KEY, NOW)


def test_what_is_too_large_is_not_read():
    assert Unread("too large") == report(b"x" * 2_000_001, KEY, NOW)


def test_more_parts_than_any_report_has_are_left_unread():
    parts = "--c\nContent-Type: text/plain\n\nx\n" * 60
    data = (
        f'From: mailer-daemon@a\nTo: {returned_to(ANN)}\nContent-Type: multipart/mixed; boundary="c"\n\n{parts}--c--\n'
    )
    assert isinstance(report(data.encode(), KEY, NOW), Unread)


def test_an_unknown_charset_is_no_obstacle():
    head = f"From: postmaster@a\nTo: {returned_to(ANN)}\nContent-Type: text/plain; charset=no-such\n"
    data = f"{head}\n550 5.1.1 unknown user"
    assert report(data.encode(), KEY, NOW).meaning == Meaning.GONE


PIECES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            [
                b"\n\n",
                b"To: " + returned_to(ANN).encode() + b"\n",
                b"From: mailer-daemon@x\n",
                b"Content-Type: multipart/report; boundary=c\n\n--c\n",
                b"Content-Type: message/delivery-status\n\n",
                b"Content-Type: message/feedback-report\n\n",
                b"Content-Transfer-Encoding: base64\n",
                b"Action: failed\nStatus: 5.1.1\n",
                b"Content-Type: text/plain; charset=utf-7\n",
                b"--c--\n",
            ]
        ),
    ),
    max_size=15,
).map(b"".join)


@settings(max_examples=300)
@given(PIECES)
def test_any_bytes_are_a_report_or_not_and_never_an_error(data):
    assert isinstance(report(data, KEY, NOW), Report | Unread)


@pytest.fixture
def register(tmp_path):
    store = opened(tmp_path / "desk.db")
    for number, name in ((ANN, "ann"), (BO, "bo")):
        one = Subscriber(
            number,
            f"{name}@example.net",
            NOW,
            SubscriberState.ACTIVE,
            subscriptions=(Subscription("t", "daily"),),
        )
        subscribers.add(store, one, one.address, Consent(number, ConsentEvent.CONFIRMED, NOW))
    yield Register(store, KEY, str)
    store.close()


def state(register, number):
    return subscribers.by_id(register.db, number).state


def test_one_hard_bounce_pauses_its_reader_and_suppresses_the_address(register):
    returns.taken(register, dsn(returned_to(ANN)), NOW)
    assert (state(register, ANN), state(register, BO)) == (SubscriberState.PAUSED, SubscriberState.ACTIVE)
    assert subscribers.suppression(register.db, register.hash("ann@example.net")) == Suppressed.BOUNCED
    assert [(one.kind, one.detail) for one in subscribers.bounces(register.db, ANN)] == [
        ("hard", "5.1.1 550 5.1.1 user unknown")
    ]


def test_three_different_soft_bounces_pause_and_one_read_three_times_does_not(register):
    def soft(n):
        return dsn(returned_to(ANN), status="5.3.0", said="smtp; 550 5.3.0", quoted=f"<{n:032x}@example.org>")

    for _ in range(3):
        returns.taken(register, soft(1), NOW)
    assert state(register, ANN) == SubscriberState.ACTIVE
    returns.taken(register, soft(2), NOW)
    assert state(register, ANN) == SubscriberState.ACTIVE
    returns.taken(register, soft(3), NOW)
    assert state(register, ANN) == SubscriberState.PAUSED


def test_a_rate_limit_in_a_report_counts_for_nobody(register):
    for n in range(5):
        data = dsn(returned_to(ANN), said="smtp; 550 Connection frequency limited", quoted=f"<{n:032x}@example.org>")
        returns.taken(register, data, NOW)
    assert state(register, ANN) == SubscriberState.ACTIVE


def test_a_bounce_is_written_into_the_ledger_of_its_letter_alone(register):
    outbox.plan(register.db, "t", "i", [Planned(ANN, "example.net", NOW, LETTER)], NOW)
    outbox.take(register.db, "me", NOW, NOW)
    letter = outbox.claim(register.db, "me", NOW, 1)[0]
    done = outbox.Settled(letter.id, DeliveryState.ACCEPTED)
    outbox.record(register.db, "me", [done], [], (NOW, NOW))
    returns.taken(register, dsn(returned_to(BO)), NOW)  # Bo's report names Ann's letter
    assert outbox.of_subscriber(register.db, ANN)[0].state == DeliveryState.ACCEPTED
    returns.taken(register, dsn(returned_to(ANN)), NOW)
    assert outbox.of_subscriber(register.db, ANN)[0].state == DeliveryState.FAILED


def test_a_complaint_ends_it_at_once(register):
    returns.taken(register, complaint(returned_to(ANN)), NOW)
    assert state(register, ANN) == SubscriberState.LEFT
    assert subscribers.suppression(register.db, register.hash("ann@example.net")) == Suppressed.COMPLAINED


def test_a_maildir_is_read_once(register, tmp_path):
    box = tmp_path / "Maildir"
    (box / "new").mkdir(parents=True)
    (box / "new" / "1").write_bytes(dsn(returned_to(ANN)))
    (box / "new" / "2").write_bytes(b"\xff\x00 nothing")
    assert returns.from_maildir(register, box, NOW) == (("bounce", 1), ("unread", 1))
    assert returns.from_maildir(register, box, NOW) == ()
    assert len(list((box / "cur").iterdir())) == 2


def test_a_report_for_a_reader_who_was_deleted_is_no_error(register):
    subscribers.delete(register.db, ANN)
    assert isinstance(returns.taken(register, dsn(returned_to(ANN)), NOW), Unread)
