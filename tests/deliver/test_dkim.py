"""Own signatures are proved by another implementation: dkimpy."""

from datetime import UTC, datetime

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.deliver.addresses import Mailbox
from briefing.deliver.dkim import Algorithm, Signer, signed
from briefing.deliver.keys import signer
from briefing.deliver.message import Letter, Letterhead, Personal, plate
from briefing.errors import DeliveryError
from briefing.model.issue import PERSONAL

HEAD = Letterhead(
    Mailbox("desk@example.org", "数据财经"),
    "Total corrected: 248.37 million yuan, not 2.48 billion; four parts were added up again",
    list_id="data-finance.desk.example.org",
    unsubscribe=(f"https://desk.example.org/u/{PERSONAL}/{'y' * 100}",),
    archived_at="https://desk.example.org/archive/2026-11-25/",
)
DATE = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
READER = Personal(Mailbox("ann@example.net", "Ann Lee"), "<abc@example.org>", DATE, "Tok_en-1")
TEXT = f"Total  corrected \n\n.Leave: https://desk.example.org/u/{PERSONAL}\n"
HTML = f'<p>审计署 248.37 万元</p><a href="https://desk.example.org/u/{PERSONAL}">Leave</a>'


def pem(key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


RSA = signer("example.org", "s1", pem(rsa.generate_private_key(65537, 2048)))
ED = signer("example.org", "s2", pem(ed25519.Ed25519PrivateKey.generate()))


def holds(data: bytes, *signers: Signer) -> list[bool]:
    records = {f"{key.place}.".encode(): key.record.encode() for key in signers}
    verifier = dkim.DKIM(data)
    return [verifier.verify(idx=i, dnsfunc=lambda name, **_: records.get(name)) for i in range(len(signers))]


def letter(text: str = TEXT, html: str = HTML) -> Letter:
    return plate(HEAD, text, html).copy(READER)


def test_both_kinds_of_signature_verify_on_one_letter():
    assert holds(signed(letter(), (RSA, ED), READER.date).whole, RSA, ED) == [True, True]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"248.37", b"2483.7"),
        (b"Subject: Total", b"Subject: Sum"),
        (b"To: Ann Lee", b"To: Bo Lee"),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
        (b"Tok_en-1/", b"Tok_en-2/"),
        (b"\r\nTo: ", b"\r\nSubject: Another\r\nTo: "),
        (b"\r\nTo: ", b"\r\nFrom: other@example.org\r\nTo: "),
    ],
)
def test_a_letter_that_was_changed_on_its_way_no_longer_verifies(before, after):
    data = signed(letter(), (RSA, ED), READER.date).whole
    assert before in data
    changed = data.replace(before, after, 1)
    assert holds(changed, RSA, ED) == [False, False]


def test_the_one_click_fields_are_inside_the_signature():
    head = signed(letter(), (RSA,), READER.date).head.decode().replace("\r\n  ", "")
    named = head.partition(" h=")[2].partition(";")[0].split(":")
    assert {"list-unsubscribe", "list-unsubscribe-post", "from", "to", "subject", "date", "message-id"} <= set(named)


def test_no_header_line_is_too_long_for_any_server():
    data = signed(letter(), (RSA, ED), READER.date)
    assert max(map(len, data.head.split(b"\r\n"))) < 998


PIECES = st.lists(st.sampled_from([PERSONAL, "\n", " ", "\t", "  \n", "数据", ".", "=", "x" * 80]), max_size=15)


@settings(max_examples=60)
@given(PIECES, PIECES)
def test_white_space_of_any_kind_leaves_the_signature_valid(text, html):
    assert holds(signed(letter("".join(text), "".join(html)), (ED,), READER.date).whole, ED) == [True]


def test_the_record_to_publish_names_its_place_and_kind():
    assert (RSA.place, RSA.algorithm) == ("s1._domainkey.example.org", Algorithm.RSA)
    assert ED.record.startswith("v=DKIM1; k=ed25519; p=")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (pem(rsa.generate_private_key(65537, 1024)), "1024 bits"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "neither RSA nor Ed25519"),
        (b"", "no private key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no private key"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_with_its_reason(key, words):
    with pytest.raises(DeliveryError, match=words):
        signer("example.org", "s1", key)
