"""The client against servers on loopback that are good, slow, old, hostile or half dead."""

import asyncio
import base64
import socket
import sys
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from briefing.deliver.answers import Answer, Meaning, Stage, meaning
from briefing.deliver.dispatch import single
from briefing.deliver.hosts import Host, Security, hosts
from briefing.deliver.smtp import Envelope, opened, verified
from briefing.errors import DeliveryError, LineLostError

sys.path.insert(0, str(Path(__file__).parent))

from certificates import certificate

LETTER = b"Subject: x\r\n\r\n.first\r\n..second\r\nlast\r\n"
ENVELOPE = Envelope("desk@example.org", "ann@example.net", len(LETTER))


def host(port, **more) -> Host:
    return Host("127.0.0.1", port, **{"security": Security.NONE, "timeout_s": 2, "answer_timeout_s": 2, **more})


def sent(place, envelope=ENVELOPE, tls=None):
    return asyncio.run(single(place, tls or verified(), envelope, LETTER))


def test_a_letter_arrives_byte_for_byte_dots_and_all(sink):
    assert str(sent(host(sink.port))) == "250 2.0.0 queued"
    assert sink.letters == [("ann@example.net", LETTER)]


def test_a_letter_without_a_last_line_break_gets_one(sink):
    asyncio.run(single(host(sink.port), verified(), ENVELOPE, b"Subject: x\r\n\r\nend"))
    assert sink.letters[0][1][-5:] == b"end\r\n"


@pytest.mark.parametrize("extensions", [("PIPELINING", "SIZE 100"), ("SIZE 100",)])
def test_what_is_larger_than_the_server_takes_is_never_begun(sink, extensions):
    sink.extensions = extensions
    answer = sent(host(sink.port), Envelope("a@b.org", "ann@example.net", 101))
    assert meaning(answer) == Meaning.DESK
    assert not any(line.startswith("MAIL") for line in sink.log)


def test_an_address_outside_ascii_is_not_sent_to_a_server_that_cannot_take_it(sink):
    sink.extensions = ("PIPELINING",)
    answer = sent(host(sink.port), Envelope("a@b.org", "用户@example.net", 10))
    assert (answer.code, answer.stage) == (553, Stage.RECIPIENT)
    assert not any(line.startswith("MAIL") for line in sink.log)


@pytest.mark.parametrize(
    "bad", ["ann@example.net>\r\nRCPT TO:<bo@example.net", "ann\r\n@x.org", "a b@x.org", "<a@x.org>"]
)
def test_an_address_that_would_end_its_command_is_refused(sink, bad):
    with pytest.raises(ValueError, match="address"):
        sent(host(sink.port), Envelope("desk@example.org", bad, 10))
    assert not any("bo@example.net" in line for line in sink.log)


def test_a_server_that_accepts_data_for_nobody_gets_an_empty_letter_and_the_refusal_stands(sink):
    sink.rcpt = lambda _: "550 5.1.1 no such user"
    sink.data = lambda _: "354 go on anyway"
    sink.content = lambda _address, _n: "554 no valid recipients"
    assert str(sent(host(sink.port))) == "550 5.1.1 no such user"
    assert sink.letters == []


def test_an_answer_of_many_lines_is_one_answer(sink):
    sink.rcpt = lambda _: "550-5.1.1 The account\r\n550-5.1.1 you tried\r\n550 5.1.1 does not exist"
    answer = sent(host(sink.port))
    assert Answer(550, "5.1.1 The account\n5.1.1 you tried\n5.1.1 does not exist", Stage.RECIPIENT) == answer
    assert meaning(answer) == Meaning.GONE


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        ("554 no", "takes no letters now"),
        ("HTTP/1.1 400 Bad Request", "does not speak SMTP"),
        ("\r\n".join(["220-x"] * 120), "without an end"),
        ("220 " + "x" * 100_000, "hung up"),
    ],
)
def test_a_server_that_talks_nonsense_is_left(sink, greeting, words):
    sink.greeting = greeting
    with pytest.raises(LineLostError, match=words):
        sent(host(sink.port))


def test_a_server_that_says_nothing_is_left_in_time():
    async def silent():
        writers = []
        server = await asyncio.start_server(lambda _, writer: writers.append(writer), "127.0.0.1", 0)
        try:
            await opened(host(server.sockets[0].getsockname()[1], timeout_s=0.1), verified())
        finally:
            server.close()
            for writer in writers:
                writer.transport.abort()
            await asyncio.sleep(0.01)

    with pytest.raises(LineLostError, match="did not answer within"):
        asyncio.run(silent())


def test_nobody_at_the_door_is_a_lost_line():
    with pytest.raises(LineLostError, match="cannot be reached"):
        sent(host(1))


def test_an_old_server_without_ehlo_is_greeted_the_old_way(sink):
    sink.command = lambda line: "502 what" if line.startswith("EHLO") else None
    assert sent(host(sink.port)).code == 250
    sink.command = lambda line: "502 what" if line[1:4] in {"HLO", "ELO"} else None
    with pytest.raises(LineLostError, match="greeting"):
        sent(host(sink.port))


def test_starttls_is_verified_and_letters_go_over_it(sink, tmp_path):
    sink.tls, client = certificate(tmp_path)
    sink.extensions = ("PIPELINING", "STARTTLS")
    assert sent(host(sink.port, security=Security.STARTTLS), tls=client).code == 250
    assert sum(line.startswith("EHLO") for line in sink.log) == 2  # what was offered before TLS is not believed


@pytest.mark.parametrize(("name", "ended"), [("127.0.0.1", True), ("mail.example.org", False)])
def test_a_certificate_that_expired_or_names_another_host_gets_no_letter(sink, tmp_path, name, ended):
    sink.tls, client = certificate(tmp_path, name=name, ended=ended)
    sink.extensions = ("STARTTLS",)
    with pytest.raises(DeliveryError, match="TLS failed"):
        sent(host(sink.port, security=Security.STARTTLS), tls=client)
    assert sink.letters == []


def test_a_certificate_that_nobody_vouches_for_gets_no_letter(sink, tmp_path):
    sink.tls, _ = certificate(tmp_path)
    sink.extensions = ("STARTTLS",)
    with pytest.raises(DeliveryError, match="TLS failed"):
        sent(host(sink.port, security=Security.STARTTLS))


def test_no_starttls_where_it_is_demanded_or_a_refusal_of_it_gets_no_letter(sink):
    with pytest.raises(DeliveryError, match="offers no STARTTLS"):
        sent(host(sink.port, security=Security.STARTTLS))
    sink.extensions = ("STARTTLS",)
    sink.command = lambda line: "454 not now" if line == "STARTTLS" else None
    with pytest.raises(LineLostError, match="does not start TLS"):
        sent(host(sink.port, security=Security.STARTTLS))
    assert sink.letters == []


def test_words_slipped_in_before_tls_are_noticed(sink):
    sink.extensions = ("STARTTLS",)
    sink.command = lambda line: "220 go\r\n250 AUTH PLAIN" if line == "STARTTLS" else None
    with pytest.raises(DeliveryError, match="in between"):
        sent(host(sink.port, security=Security.STARTTLS))


def test_a_plain_server_behind_a_tls_address_is_not_used(sink):
    with pytest.raises((DeliveryError, LineLostError)):
        sent(host(sink.port, security=Security.TLS))


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_a_log_in_is_made_and_its_secret_stands_in_no_fault(sink, way):
    said = base64.b64encode(b"\x00desk\x00hunter2").decode()
    steps = {"AUTH LOGIN": "334 VXNlcm5hbWU6", "ZGVzaw==": "334 UGFzc3dvcmQ6", "aHVudGVyMg==": "235 ok"}
    sink.extensions = (f"AUTH {way}",)
    sink.command = lambda line: "235 ok" if line == f"AUTH PLAIN {said}" else steps.get(line)
    place = host(sink.port, user="desk", password="hunter2")
    assert sent(place).code == 250
    sink.command = lambda line: "535 5.7.8 no" if line.startswith("AUTH") else None
    with pytest.raises(DeliveryError, match="refuses the log-in of desk") as caught:
        sent(place)
    assert "hunter2" not in f"{caught.value}{place!r}"
    sink.command = lambda line: "454 4.7.0 later" if line.startswith("AUTH") else None
    with pytest.raises(LineLostError, match="cannot check"):
        sent(place)


def test_a_server_without_a_known_log_in_is_not_used(sink):
    sink.extensions = ("AUTH CRAM-MD5",)
    with pytest.raises(DeliveryError, match="neither AUTH PLAIN nor AUTH LOGIN"):
        sent(host(sink.port, user="desk", password="x"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Box:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_implementation_understands_us():
    box = Box()
    server = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        enable_SMTPUTF8=True,
        auth_require_tls=False,
        authenticator=lambda *_: AuthResult(success=True),
    )
    server.start()
    try:
        port = server.server.sockets[0].getsockname()[1]
        answer = sent(
            host(port, user="desk", password="x"), Envelope("desk@example.org", "用户@example.net", len(LETTER))
        )
    finally:
        server.stop()
    assert answer.code == 250
    assert box.letters == [("desk@example.org", ["用户@example.net"], LETTER)]


def test_hosts_are_read_from_one_setting():
    one, two = hosts("smtps://u%40x:p%2Fw@mail.example.org smtp://127.0.0.1:2525?security=none&connections=8", "d.org")
    assert (one.port, one.security, one.user, one.password, one.connections) == (465, Security.TLS, "u@x", "p/w", 4)
    assert (two.port, two.security, two.connections, two.hello) == (2525, Security.NONE, 8, "d.org")
    assert hosts("smtp://mail.example.org", "d.org")[0].port == 587


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no mail server"),
        ("mail.example.org", "is written smtp://"),
        ("smtp://", "is written smtp://"),
        ("smtp://h:99999", "cannot be read"),
        ("smtp://h?security=maybe", "security is one of"),
        ("smtp://h?connections=many", "should be a number"),
        ("smtp://h?connections=0", "above 0"),
        ("smtp://h?speed=9", "unknown option"),
        ("smtp://user:secret@mail.example.org?security=none", "never sent without TLS"),
    ],
)
def test_a_setting_that_cannot_work_says_why_and_shows_no_password(text, words):
    with pytest.raises(DeliveryError, match=words) as caught:
        hosts(text, "d.org")
    assert "secret" not in str(caught.value)
