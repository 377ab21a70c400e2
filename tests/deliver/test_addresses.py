from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.addresses import Mailbox, domain_of, encoded_words, identity, mailbox, normalised, shown, written


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (" Ann.Lee@Example.ORG ", "Ann.Lee@example.org"),
        ("ann@例子.中国", "ann@xn--fsqu00a.xn--fiqs8s"),
        ("ann@strasse.de", "ann@strasse.de"),
        ("用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s"),
        ("a+tag@mail.example.org", "a+tag@mail.example.org"),
    ],
)
def test_an_address_is_stored_with_its_domain_in_ascii(given_, expected):
    assert expected == normalised(given_)


def test_a_german_sharp_s_is_its_own_domain_and_not_another_ones():
    assert normalised("ann@straße.de") == "ann@xn--strae-oqa.de"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@localhost",
        "ann@127.0.0.1",
        "ann lee@example.org",
        "ann@example.org\r\nBcc: x@y.org",
        "ann\r\n@example.org",
        "a@x.org, b@y.org",
        "a@x.org b@y.org",
        "<ann@example.org>",
        ".ann@example.org",
        "ann..lee@example.org",
        "ann@exa mple.org",
        "ann@-example.org",
        "a" * 65 + "@example.org",
        "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".org",
        "ann@" + "b" * 300 + ".org",
        "ann\x00@example.org",
        "ann\u00a0@example.org",
    ],
)
def test_what_is_no_address_is_refused_in_one_short_line(bad):
    with pytest.raises(ValueError, match=r"mail address|domain") as caught:
        normalised(bad)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 120


def test_two_spellings_are_one_mailbox_for_suppression():
    assert identity("Ann@Example.org") == identity("ann@EXAMPLE.ORG")


def test_a_sender_may_have_a_name():
    assert Mailbox("desk@example.org", "The Desk") == mailbox('"The Desk" <desk@Example.org>')
    assert Mailbox("desk@example.org") == mailbox("desk@example.org")
    assert domain_of("desk@Example.org") == "example.org"


def test_names_are_written_so_that_they_stay_names():
    assert written(Mailbox("a@b.org", 'Lee, "Ann"')) == '"Lee, \\"Ann\\""\r\n <a@b.org>'
    assert written(Mailbox("a@b.org", "安娙")) == "=?utf-8?b?5a6J5aiZ?=\r\n <a@b.org>"


def test_a_character_is_never_cut_between_two_encoded_words():
    words = encoded_words("数据财经" * 20)
    assert all(len(word) <= 75 for word in words)
    assert "".join(b64decode(word[10:-2]).decode() for word in words) == "数据财经" * 20


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_refused(text):
    try:
        found = normalised(text)
    except ValueError:
        return
    assert found == normalised(found)
    assert found.count("@") == 1
    assert len(shown(found)) <= 66
