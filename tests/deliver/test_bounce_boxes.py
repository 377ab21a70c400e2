"""What comes back is read from a pipe, a Maildir and an IMAP box, by hand and while the desk is served."""

import asyncio
import re
import socketserver
import ssl
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import command_line
from briefing.cli.serve import duties, working
from briefing.deliver import imap, tokens
from briefing.deliver.hosts import Security, hosts
from briefing.desk import readers, returns
from briefing.errors import DeliveryError, LineLostError, UsageError
from briefing.model.subscriber import SubscriberState
from briefing.serve import Moment
from briefing.store import subscribers
from briefing.wiring import desk_at, register

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from certificates import certificate
from command import run

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


class Post(socketserver.StreamRequestHandler):
    """As much IMAP as a mailbox of bounces needs; `server` has the messages and the misbehaviour."""

    def handle(self):
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, verb, *rest = line.split(" ", 2)
            self.server.log.append(f"{verb} {''.join(rest)}")
            if self.server.refuses(verb + " " + "".join(rest)):
                if self.server.hangs_up:
                    return
                self.say(f"{tag} NO not today")
                continue
            getattr(self, verb.lower())(tag, "".join(rest))
            if verb == "LOGOUT":
                return

    def finish(self):
        super().finish()
        self.request.close()  # the one inside TLS, which the server does not know

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def capability(self, tag, _):
        self.say(f"* CAPABILITY IMAP4rev1 {self.server.capabilities}".rstrip())
        self.say(f"{tag} OK done")

    def starttls(self, tag, _):
        self.say(f"{tag} OK go")
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()

    def authenticate(self, tag, _):
        self.say("+ ")
        self.server.secrets.append(self.rfile.readline().strip())
        self.say(f"{tag} OK done")

    def login(self, tag, rest):
        self.server.secrets.append(rest)
        self.say(f"{tag} OK done")

    def select(self, tag, rest):
        self.server.folders.append(rest)
        self.say(f"* {len(self.server.messages)} EXISTS")
        self.say(f"{tag} OK [READ-WRITE]")

    def uid(self, tag, rest):
        verb, _, asked = rest.partition(" ")
        messages = self.server.messages
        if verb == "SEARCH":
            unseen = [str(n) for n in messages if n not in self.server.seen]
            self.say(f"* SEARCH {' '.join(unseen)}".rstrip())
        elif verb == "STORE":
            self.server.seen.append(int(asked.split()[0]))
        elif "RFC822.SIZE" in asked:
            number = int(asked.split()[0])
            self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(messages[number])})")
        else:
            number = int(asked.split()[0])
            self.server.fetched.append(number)
            self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(messages[number])}}}")
            self.wfile.write(messages[number] + b")\r\n")
        self.say(f"{tag} OK done")

    def logout(self, tag, _):
        self.say("* BYE")
        self.say(f"{tag} OK done")


class Mailbox(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Post)
        self.messages, self.seen, self.fetched, self.log, self.secrets, self.folders = {}, [], [], [], [], []
        self.capabilities, self.tls, self.hangs_up, self.refused = "AUTH=PLAIN", None, False, "-"

    def refuses(self, line):
        return re.match(self.refused, line) is not None

    def handle_error(self, *_):
        """A client that hangs up in the middle of TLS is expected here."""

    def put(self, *messages):
        self.messages |= dict(enumerate(messages, len(self.messages) + 1))

    def box(self, security=Security.NONE, **more):
        made = {"user": "desk", "password": "密码", "timeout_s": 2, **more}
        return imap.Box("127.0.0.1", self.server_address[1], security, **made)


@pytest.fixture
def mailbox():
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A desk with three readers."""
    place = tmp_path / "desk"
    run("init", str(place))
    for name in ("ann", "bo", "cy"):
        run("subscribers", "add", f"{name}@example.net", "--consent", "by hand", folder=place)
    return place


@pytest.fixture
def held(folder):
    with desk_at(folder) as desk:
        yield register(desk)


def reader(held, name):
    return readers.found(held, f"{name}@example.net")


def returned(held, name, *, status="5.1.1", said="550 5.1.1 user unknown", letter="0a" * 16):
    """A delivery report as a mail server sends it to the return address of one reader's letter."""
    token = tokens.token(held.key, tokens.Purpose.BOUNCE, reader(held, name).id)
    return f"""From: MAILER-DAEMON@mx.example.net
To: bounce+{token}@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {name}@example.net
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--cut
Content-Type: message/rfc822

Message-ID: <{letter}@example.org>

--cut--
""".replace("\n", "\r\n").encode()


def goodbye(held, name):
    token = tokens.token(held.key, tokens.Purpose.READER, reader(held, name).id)
    return f"From: {name}@example.net\r\nTo: editor@example.org\r\nSubject: Unsubscribe {token}\r\n\r\n".encode()


def states(held):
    return [reader(held, name).state.value for name in ("ann", "bo", "cy")]


def test_a_mailbox_is_read_once_and_each_reader_is_touched_by_their_own_report_alone(mailbox, held):
    mailbox.put(returned(held, "ann"), b"From: a@b\r\n\r\nhello", b"x" * 2_000_001, goodbye(held, "cy"))

    counts = returns.from_imap(held, mailbox.box(), ssl.create_default_context(), NOW)

    assert counts == (("bounce", 1), ("farewell", 1), ("unread", 2))
    assert states(held) == ["paused", "active", "left"]
    assert mailbox.seen == [1, 2, 3, 4]
    assert mailbox.fetched == [1, 2, 4]  # what is too large stays where it is
    assert returns.from_imap(held, mailbox.box(), ssl.create_default_context(), NOW) == ()


def test_a_visit_that_breaks_off_leaves_what_was_not_acted_on_for_the_next(mailbox, held):
    mailbox.put(returned(held, "ann"), returned(held, "bo"))
    mailbox.refused, mailbox.hangs_up = r"UID FETCH 2 ", True

    with pytest.raises(LineLostError, match="hung up"):
        returns.from_imap(held, mailbox.box(), ssl.create_default_context(), NOW)
    assert (mailbox.seen, states(held)) == ([1], ["paused", "active", "active"])

    mailbox.refused = "-"
    returns.from_imap(held, mailbox.box(), ssl.create_default_context(), NOW)
    assert (mailbox.seen, states(held)) == ([1, 2], ["paused", "paused", "active"])


@pytest.mark.parametrize("refused", ["AUTHENTICATE", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"])
def test_a_refusal_is_told_without_the_password(mailbox, held, refused):
    mailbox.put(returned(held, "ann"))
    mailbox.refused = refused

    with pytest.raises(DeliveryError) as fault:
        returns.from_imap(held, mailbox.box(), ssl.create_default_context(), NOW)

    assert "127.0.0.1" in str(fault.value)
    assert "not today" in str(fault.value)
    assert "密码" not in str(fault.value) + repr(mailbox.box())


def test_a_log_in_is_made_as_the_server_offers_it(mailbox, held):
    tls = ssl.create_default_context()
    returns.from_imap(held, mailbox.box(folder='A "box"'), tls, NOW)
    assert mailbox.secrets == [b"AGRlc2sA5a+G56CB"]
    assert mailbox.folders == ['"A \\"box\\""']

    mailbox.capabilities = ""
    returns.from_imap(held, mailbox.box(password="word"), tls, NOW)
    assert mailbox.secrets[1].startswith("desk ")
    with pytest.raises(DeliveryError, match="outside ASCII"):
        returns.from_imap(held, mailbox.box(), tls, NOW)


@pytest.mark.parametrize(("name", "ended"), [("127.0.0.1", True), ("mail.example.org", False)])
def test_a_certificate_that_does_not_hold_gets_no_password(mailbox, held, tmp_path, name, ended):
    mailbox.capabilities = "AUTH=PLAIN STARTTLS"
    mailbox.tls, client = certificate(tmp_path, name=name, ended=ended)

    with pytest.raises(DeliveryError, match="TLS failed"):
        returns.from_imap(held, mailbox.box(Security.STARTTLS), client, NOW)
    assert mailbox.secrets == []

    mailbox.tls, client = certificate(tmp_path)
    returns.from_imap(held, mailbox.box(Security.STARTTLS), client, NOW)
    assert len(mailbox.secrets) == 1


def test_a_server_without_starttls_or_tls_and_a_closed_door_get_no_password(mailbox, held):
    tls = ssl.create_default_context()
    for security in (Security.STARTTLS, Security.TLS):
        with pytest.raises(DeliveryError):
            returns.from_imap(held, mailbox.box(security), tls, NOW)
    mailbox.server_close()
    with pytest.raises(LineLostError, match="cannot be reached"):
        returns.from_imap(held, mailbox.box(), tls, NOW)
    assert mailbox.secrets == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("imaps://mail.example.org", "is written"),
        ("smtp://a:secret@b", "is written"),
        ("imaps://a:secret@b:x/", "cannot be read"),
        ("imap://a:secret@mail.example.org?security=none", "never sent without TLS"),
        ("imaps://a:secret@b/%E9%80%80%E4%BF%A1", "modified UTF-7"),
    ],
)
def test_an_address_that_cannot_work_says_why_and_shows_no_password(address, words):
    with pytest.raises(DeliveryError, match=words) as fault:
        imap.box(address)
    assert "secret" not in str(fault.value)


def test_an_address_is_read_with_its_defaults():
    assert imap.box("imaps://a%40b:p%2Fw@mail.example.org").port == 993
    found = imap.box("imap://a%40b:p%2Fw@mail.example.org/INBOX/Bounces")
    assert (found.port, found.security, found.user, found.password) == (143, Security.STARTTLS, "a@b", "p/w")
    assert found.folder == "INBOX/Bounces"


def test_one_message_comes_through_a_pipe(folder, held):
    data = returned(held, "ann")
    assert CliRunner().invoke(command_line, ["--desk", str(folder), "bounces", "-"], input=data).output == "1 bounce\n"
    assert "hard bounce: 5.1.1 550 5.1.1 user unknown" in run("subscribers", "show", "ann@example.net", folder=folder)
    file = folder / "other.eml"
    file.write_bytes(b"\xff not a message")
    assert run("bounces", str(file), folder=folder) == "1 unread\n"


def test_the_desks_boxes_are_read_by_one_command(folder, held, mailbox, monkeypatch):
    with pytest.raises(UsageError, match="no mailbox for bounces"):
        run("bounces", folder=folder)
    (folder / "Maildir" / "new").mkdir(parents=True)
    (folder / "Maildir" / "new" / "1").write_bytes(returned(held, "ann"))
    monkeypatch.setenv("BRIEFING_MAIL_BOUNCE_MAILDIR", "Maildir")
    port = mailbox.server_address[1]
    monkeypatch.setenv("BRIEFING_IMAP_URL", f"imap://desk:word@127.0.0.1:{port}?security=none")
    mailbox.put(returned(held, "bo"))

    assert run("bounces", "--json", folder=folder) == '{\n "bounce": 2\n}\n'
    assert run("bounces", folder=folder) == "nothing came back\n"
    assert states(held) == ["paused", "paused", "active"]
    assert "word" not in run("doctor", folder=folder)


def test_a_folder_that_is_no_maildir_is_said_so(folder, tmp_path):
    with pytest.raises(DeliveryError, match="is no Maildir"):
        run("bounces", "--maildir", str(tmp_path), folder=folder)


def test_a_served_desk_reads_its_boxes_by_itself(folder, held, mailbox, monkeypatch):
    port = mailbox.server_address[1]
    monkeypatch.setenv("BRIEFING_IMAP_URL", f"imap://desk:word@127.0.0.1:{port}?security=none")
    mailbox.put(returned(held, "ann"))
    with desk_at(folder) as desk, working(desk) as work:
        duty = next(duty for duty in duties(work) if duty.name == "bounces")
        assert asyncio.run(duty.act(Moment(NOW, asyncio.Event()))) == (("returned_bounce", 1),)
    assert states(held) == ["paused", "active", "active"]


def test_a_report_that_blames_the_desk_counts_for_no_reader(held):
    for number in range(4):
        returns.taken(
            held, returned(held, "ann", status="5.7.26", said="550 5.7.26 SPF failed", letter=f"{number:032x}"), NOW
        )
    assert states(held)[0] == "active"
    assert subscribers.bounces(held.db, reader(held, "ann").id) == ()


def test_a_forged_farewell_or_one_inside_other_words_lets_nobody_go(held):
    real = goodbye(held, "ann")
    for forged in (
        real.replace(b"Unsubscribe ", b"Re: Unsubscribe "),
        real.replace(b"\r\nTo", b"x\r\nTo")[:-8] + b"\r\n\r\n",
    ):
        returns.taken(held, forged, NOW)
    assert reader(held, "ann").state is SubscriberState.ACTIVE
    returns.taken(held, real, NOW)
    assert reader(held, "ann").state is SubscriberState.LEFT


def test_connections_are_those_of_the_desk_file_unless_a_server_names_its_own():
    found = hosts("smtp://127.0.0.1 smtp://127.0.0.1?connections=2", "desk", 7)
    assert [host.connections for host in found] == [7, 2]
