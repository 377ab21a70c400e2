import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.answers import Answer, Meaning, Stage, meaning, status_meaning

R, C, S, B = Stage.RECIPIENT, Stage.CONTENT, Stage.SENDER, Stage.OPENING


@pytest.mark.parametrize(
    ("stage", "code", "text", "expected"),
    [
        (C, 250, "2.0.0 Ok: queued as 12AB", Meaning.ACCEPTED),
        (R, 251, "user not local; will forward", Meaning.ACCEPTED),
        # rate limits that look permanent must not cost a reader
        (C, 550, "Domain frequency limited [xyz 192.0.2.1]", Meaning.LIMITED),
        (B, 550, "Connection frequency limited", Meaning.LIMITED),
        (S, 550, "Sender frequency limited", Meaning.LIMITED),
        (R, 450, "MI:DMC 163 smtp8,too many messages on this connection", Meaning.LIMITED),
        (B, 421, "HL:ICC 163 smtp5", Meaning.LIMITED),
        (C, 451, "DT:SPM 126 smtp2", Meaning.LIMITED),
        (C, 550, "发送过于频繁，请稍后再试", Meaning.LIMITED),
        (C, 421, "4.7.28 Our system has detected an unusual rate of mail", Meaning.LIMITED),
        # mailboxes that are gone
        (R, 550, "5.1.1 The email account that you tried to reach does not exist", Meaning.GONE),
        (R, 550, "Mailbox not found. http://service.mail.example.org", Meaning.GONE),
        (R, 550, "User not found: ann@163.example", Meaning.GONE),
        (R, 550, "5.1.10 RESOLVER.ADR.RecipientNotFound", Meaning.GONE),
        (R, 550, "收件人不存在", Meaning.GONE),
        (R, 553, "5.1.2 Host unknown", Meaning.GONE),
        # not gone: temporary code, or said about the desk itself
        (R, 450, "4.1.1 user unknown in local table, lookup failed", Meaning.LATER),
        (S, 550, "no such user: desk@example.org", Meaning.DESK),
        (R, 552, "5.2.2 Mailbox full", Meaning.LATER),
        (R, 550, "邮箱已满", Meaning.LATER),
        (R, 450, "4.2.0 Greylisted, see you in 5 minutes", Meaning.LATER),
        (R, 451, "what is this", Meaning.LATER),
        (C, 550, "5.7.515 Access denied, sending domain does not meet the required level", Meaning.DESK),
        (C, 550, "5.7.26 This mail is unauthenticated", Meaning.DESK),
        (R, 554, "5.7.1 Relay access denied", Meaning.DESK),
        (B, 535, "5.7.8 bad credentials", Meaning.DESK),
        (C, 554, "5.7.1 Message rejected as spam", Meaning.REFUSED),
        (C, 554, "Transaction failed", Meaning.REFUSED),
        (C, 354, "go on", Meaning.LATER),
    ],
)
def test_an_answer_is_understood_by_its_words_before_its_code(stage, code, text, expected):
    assert expected == meaning(Answer(code, text, stage))


def test_only_what_is_worth_it_is_tried_again():
    assert {Meaning.LATER, Meaning.LIMITED, Meaning.DESK} == {m for m in Meaning if m.is_retried}


def test_an_expired_deferral_in_a_report_is_not_a_dead_mailbox():
    assert status_meaning("4.3.0", "host said: 450 4.3.0 try later") == Meaning.LATER
    assert status_meaning("5.1.1", "550 5.1.1 user unknown") == Meaning.GONE
    assert status_meaning("5.3.0", "550 5.3.0 error") == Meaning.REFUSED
    assert status_meaning("2.0.0") == Meaning.ACCEPTED


@given(st.integers(0, 999), st.text(max_size=80), st.sampled_from(list(Stage)))
def test_no_answer_is_without_a_meaning(code, text, stage):
    found = meaning(Answer(code, text, stage))
    assert (code // 100 == 2) == (found is Meaning.ACCEPTED)
    assert not (code // 100 == 4 and found is Meaning.GONE)
    assert str(Answer(code, text, stage)).startswith(str(code))
