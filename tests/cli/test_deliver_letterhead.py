"""What the letters of a real issue say of themselves."""

import re
from email import message_from_bytes, policy

import pytest
from command import run

from briefing.errors import UsageError


def copies(desk, tmp_path):
    run("deliver", "--dry-run", str(tmp_path / "letters"), folder=desk)
    found = sorted((tmp_path / "letters").glob("*.eml"))
    return {file.suffixes[0]: message_from_bytes(file.read_bytes(), policy=policy.default) for file in found}


def test_a_test_copy_says_so_in_its_own_language_and_each_copy_has_the_headers_of_a_list(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_DESK_BASE_ADDRESS", "https://www.desk.example.org")
    monkeypatch.setenv("BRIEFING_MAIL_REPLY_TO", "Editor <editor+desk@example.org>")
    letters = copies(desk, tmp_path)
    assert {tag: letter["Subject"].split()[0] for tag, letter in letters.items()} == {".en": "[Test]", ".zh": "[测试]"}
    for letter in letters.values():
        assert letter["From"].addresses[0].addr_spec == "briefing@desk.example.org"
        assert letter["List-Help"] == "<https://www.desk.example.org/subscribe>"
        assert re.fullmatch(r"[\w-]+:[\w-]+:weekly:deskexampleorg", letter["Feedback-ID"])
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        https, mail = re.findall(r"<([^>]+)>", letter["List-Unsubscribe"])
        assert https == "https://www.desk.example.org/unsubscribe/test"
        assert mail == "mailto:editor%2Bdesk@example.org?subject=unsubscribe%20test"


def test_nobody_is_asked_to_leave_by_mail_where_nobody_reads_it(desk, tmp_path):
    assert {str(letter["List-Unsubscribe"]).count("mailto:") for letter in copies(desk, tmp_path).values()} == {0}


def test_letters_to_the_world_need_a_sender_of_this_world(desk, monkeypatch):
    monkeypatch.setenv("BRIEFING_SMTP_URL", "smtps://mail.example.org")
    with pytest.raises(UsageError, match="need a sender"):
        run("deliver", folder=desk)
