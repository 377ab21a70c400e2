"""A letter must arrive whole: the standard library reads back what was assembled by hand."""

import email
import email.message
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.deliver.addresses import Mailbox
from briefing.deliver.message import (
    Letterhead,
    Occasion,
    Personal,
    assembled,
    message_id,
    plate,
)
from briefing.model.issue import PERSONAL

DATE = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
LONG_LINK = "https://desk.example.org/u/" + PERSONAL + "/" + "y" * 120
HEAD = Letterhead(
    Mailbox("desk@example.org", "The Desk"),
    "Total corrected: 248.37 million yuan",
    reply_to=Mailbox("editor@example.org", "编辑部"),
    list_id="data-finance.desk.example.org",
    list_name="Data finance",
    unsubscribe=(LONG_LINK, f"mailto:unsubscribe+{PERSONAL}@example.org"),
    help="https://desk.example.org/help",
    archive="https://desk.example.org/archive/",
    archived_at="https://desk.example.org/archive/2026-11-25/",
    feedback_id="2026-11-25:data-finance:daily:briefing",
    language="en",
)
READER = Personal(Mailbox("ann@example.net", "Ann Lee"), "<abc@example.org>", DATE, "Tok_en-1")
TEXT = f"Total corrected\n\nLeave: https://desk.example.org/u/{PERSONAL}\n"
HTML = f'<p>审计署 248.37 万元</p><a href="https://desk.example.org/u/{PERSONAL}">Leave</a>'


def read_back(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def parts_of(data: bytes) -> tuple[str, str]:
    text, html = read_back(data).iter_parts()
    return text.get_payload(decode=True).decode(), html.get_payload(decode=True).decode()


def test_a_letter_reads_back_as_plain_text_and_html_with_the_readers_own_token():
    text, html = parts_of(assembled(HEAD, READER, TEXT, HTML))
    assert TEXT.replace(PERSONAL, "Tok_en-1").replace("\n", "\r\n") == text
    assert HTML.replace(PERSONAL, "Tok_en-1") == html


def test_a_long_unsubscribe_address_is_never_encoded_or_folded():
    data = assembled(HEAD, READER, TEXT, HTML)
    expected = f"List-Unsubscribe: <{LONG_LINK}>".replace(PERSONAL, "Tok_en-1")
    assert expected.encode() in data
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data


def test_every_header_that_a_bulk_sender_owes_is_there():
    letter = read_back(assembled(HEAD, READER, TEXT, HTML))
    expected = {
        "From": "The Desk <desk@example.org>",
        "To": "Ann Lee <ann@example.net>",
        "Reply-To": "编辑部 <editor@example.org>",
        "Subject": "Total corrected: 248.37 million yuan",
        "Date": "Wed, 25 Nov 2026 06:30:00 +0000",
        "Message-ID": "<abc@example.org>",
        "List-Id": "Data finance <data-finance.desk.example.org>",
        "List-Help": "<https://desk.example.org/help>",
        "List-Archive": "<https://desk.example.org/archive/>",
        "Archived-At": "<https://desk.example.org/archive/2026-11-25/>",
        "Feedback-ID": "2026-11-25:data-finance:daily:briefing",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "MIME-Version": "1.0",
    }
    assert expected == {name: str(letter[name]) for name in expected}


def test_an_answer_is_no_bulk_mail_and_a_test_letter_claims_nothing():
    answer = read_back(assembled(Letterhead(HEAD.sender, "x", occasion=Occasion.ANSWER), READER, "t", "h"))
    test = read_back(assembled(Letterhead(HEAD.sender, "x", occasion=Occasion.TEST), READER, "t", "h"))
    assert (answer["Precedence"], answer["Auto-Submitted"]) == (None, "auto-generated")
    assert (test["Precedence"], test["Auto-Submitted"]) == (None, None)


@pytest.mark.parametrize(
    "subject",
    [
        "Total corrected: 248.37 million yuan, not 2.48 billion, says the audit of four parts that were added up again",
        "更正：合计为2.4837亿元，而非24.8亿元；审计署称四项相加后与总额不符，数据局尚未回应本台的询问" * 2,
        "One word of a hundred " + "x" * 100,
        "Looks encoded =?utf-8?b?eA==?= and is not",
        "",
    ],
)
def test_a_subject_in_either_language_reads_back_and_keeps_its_lines_short(subject):
    data = assembled(Letterhead(HEAD.sender, subject), READER, "t", "h")
    assert subject == read_back(data)["Subject"]
    assert max(map(len, data.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


def test_a_line_break_in_a_subject_or_name_adds_no_header():
    head = Letterhead(
        Mailbox("desk@example.org", "Desk\r\nBcc: all@example.org"), "News\r\nBcc: all@example.org\u2028x"
    )
    reader = Personal(Mailbox("ann@example.net", "Ann\nX-Evil: 1"), "<abc@example.org>", DATE)
    letter = read_back(assembled(head, reader, "t", "h"))
    assert (letter["Bcc"], letter["X-Evil"]) == (None, None)
    assert letter["Subject"] == "News Bcc: all@example.org x"
    assert letter["To"].addresses[0].display_name == "Ann X-Evil: 1"


@pytest.mark.parametrize(
    "head",
    [
        Letterhead(HEAD.sender, "x", archive="https://example.org/\r\nBcc: all@example.org"),
        Letterhead(HEAD.sender, "x", unsubscribe=("https://example.org/a b",)),
        Letterhead(HEAD.sender, "x", list_id="数据.example.org"),
        Letterhead(HEAD.sender, "x", feedback_id="a:b:c\r\nBcc: all@example.org"),
    ],
)
def test_an_address_that_would_break_its_header_is_refused(head):
    with pytest.raises(ValueError, match="header"):
        plate(head, "t", "h")


def test_a_token_that_would_break_its_line_is_refused():
    for token in ("a b", "a\r\nb", "=41", "x" * 73):
        with pytest.raises(ValueError, match="token"):
            plate(HEAD, TEXT, HTML).copy(Personal(READER.to, READER.message_id, DATE, token))


def test_the_message_id_is_stable_for_a_delivery_and_differs_between_readers_and_channels():
    ids = {message_id("t/1", reader, channel, "d.org") for reader in "ab" for channel in ("mail", "hook")}
    assert len(ids) == 4
    assert message_id("t/1", "a", "mail", "d.org") in ids
    assert all(one.startswith("<") and one.endswith("@d.org>") for one in ids)


def test_an_address_outside_ascii_stands_in_to_as_utf8():
    data = assembled(HEAD, Personal(Mailbox("用户@xn--fsqu00a.example"), "<a@b.c>", DATE), "t", "h")
    assert "To: <用户@xn--fsqu00a.example>\r\n".encode() in data


def test_two_copies_of_one_plate_differ_only_in_what_is_personal():
    press = plate(HEAD, TEXT, HTML)
    one = press.copy(READER).whole
    two = press.copy(Personal(Mailbox("bo@example.net"), "<def@example.org>", DATE, "Other")).whole
    changed = one.replace(b"Tok_en-1", b"Other").replace(b"abc@", b"def@")
    assert two == changed.replace(b"To: Ann Lee\r\n <ann@example.net>", b"To: <bo@example.net>")


PIECES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [PERSONAL, "\n", "\r\n", " ", "\t", ".", "=", "\n.\n", "From ", "--", "数据财经", "x" * 75, "中" * 30]
        ),
    ),
    max_size=25,
).map("".join)


@given(PIECES, PIECES)
@example("x" * 76 + PERSONAL, "x" * 73 + "中" + PERSONAL)
@example("x" * 75 + PERSONAL, "x" * 74 + "=" + PERSONAL)
@example("x" * 75 + " \n", "x" * 74 + "\t\n")
def test_any_text_survives_and_no_line_is_longer_than_76(text, html):
    data = assembled(HEAD, READER, text, html)
    body = data.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert b"\n" not in body.replace(b"\r\n", b"")
    expected = tuple(
        one.replace(PERSONAL, "Tok_en-1")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\n", "\r\n")
        .encode("utf-8", "replace")
        .decode()
        for one in (text, html)
    )
    assert expected == parts_of(data)


@pytest.mark.parametrize(
    "text", [".", "..a", "." * 75 + "b", "." * 200, "x\n.\n..\n.end", "。." * 60, "." + "y" * 74, "." * 76]
)
def test_no_line_of_a_letter_begins_with_a_dot_so_that_none_has_to_be_stuffed(text):
    whole = assembled(HEAD, READER, f"{text}\n{PERSONAL}\n{text}", f"<p>{text}</p>\n{text}")
    assert b"\n." not in whole
    assert max(map(len, whole.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76
    plain = read_back(whole).get_body(("plain",)).get_content()
    assert plain.replace("\r\n", "\n").rstrip("\n") == f"{text}\n{READER.token}\n{text}"
