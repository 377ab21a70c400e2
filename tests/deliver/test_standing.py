"""What a mail domain has published is asked of a DNS server on loopback, and what is missing is shown word for word."""

import asyncio
import json
import re
import socketserver
import ssl
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import dns.message
import dns.rcode
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from briefing.deliver import spf, standing
from briefing.deliver.hosts import Host, Security
from briefing.deliver.keys import signer
from briefing.deliver.nameserver import Nameserver
from briefing.errors import LineLostError
from briefing.model.remark import Level

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from certificates import certificate
from command import run

NOW = datetime.now(UTC)
PEM = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
KEY = signer("example.org", "briefing", PEM)
MAIL = Host("mail.example.org", 465, Security.TLS)


class Answers(socketserver.BaseRequestHandler):
    def handle(self):
        data, line = self.request
        asked = dns.message.from_wire(data)
        question = asked.question[0]
        answer = dns.message.make_response(asked)
        zone = self.server.zone
        name = question.name.to_text(omit_final_dot=True)
        kind = dns.rdatatype.to_text(question.rdtype)
        if name in self.server.silent:
            return
        if not any(name == known for known, _ in zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif (name, kind) in zone:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *zone[name, kind]))
        line.sendto(answer.to_wire(), self.client_address)


class Zone(socketserver.ThreadingUDPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.silent = set()
        text = KEY.record
        self.zone = {
            ("example.org", "TXT"): ['"something else"', '"v=spf1 a:mail.example.org " "-all"'],
            ("example.org", "MX"): ["10 mail.example.org."],
            ("mail.example.org", "A"): ["192.0.2.25"],
            ("25.2.0.192.in-addr.arpa", "PTR"): ["mail.example.org."],
            ("briefing._domainkey.example.org", "TXT"): [f'"{text[:255]}" "{text[255:]}"'],
            ("_dmarc.example.org", "TXT"): ['"v=DMARC1; p=reject"'],
        }


@pytest.fixture
def zone():
    with Zone() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def names(zone):
    return Nameserver("127.0.0.1", zone.server_address[1], patience_s=0.3)


def looked(zone, *, domain="example.org", signers=(KEY,), hosts=(MAIL,), one_click=True):
    """Remarks by their first word; the mail server itself is not asked."""
    sender = standing.Sender(domain, signers, hosts, ssl.create_default_context(), one_click)

    async def not_asked(*_):
        raise LineLostError("not asked")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "opened", not_asked)
        found = asyncio.run(standing.seen(sender, names(zone), NOW))
    return {re.split(r"\W", remark.what)[0]: remark for remark in found}


def test_a_domain_that_has_published_everything_is_well(zone):
    found = looked(zone)
    assert {what for what, remark in found.items() if remark.level is Level.GOOD} == {
        "SPF",
        "DKIM",
        "DMARC",
        "MX",
        "PTR",
    }


def test_an_empty_domain_is_told_each_record_word_for_word(zone):
    zone.zone.clear()
    found = looked(zone)
    assert found["SPF"].advice == 'publish: example.org. IN TXT "v=spf1 a:mail.example.org -all"'
    assert found["DMARC"].advice.startswith('publish: _dmarc.example.org. IN TXT "v=DMARC1; p=none;')
    assert found["MX"].level is found["SPF"].level is found["DKIM"].level is Level.FAULT
    strings = re.findall(r'"([^"]*)"', found["DKIM"].advice)
    assert "".join(strings) == KEY.record
    assert max(map(len, strings)) == 255

    zone.zone["briefing._domainkey.example.org", "TXT"] = [" ".join(f'"{one}"' for one in strings)]
    assert looked(zone)["DKIM"].level is Level.GOOD  # what was said is what is wanted


@pytest.mark.parametrize(
    ("place", "values", "what", "words", "level"),
    [
        ("example.org TXT", ['"v=spf1 -all"', '"v=spf1 ~all"'], "SPF", "2 records", Level.FAULT),
        ("example.org TXT", ['"v=spf1 +all"'], "SPF", "everyone may send", Level.FAULT),
        ("example.org TXT", ['"v=spf1 ip4:198.51.100.1 -all"'], "SPF", "not name 192.0.2.25", Level.WARNING),
        ("example.org TXT", ['"v=spf1 include:nothing.example -all"'], "SPF", "nothing.example has 0", Level.FAULT),
        ("example.org TXT", ['"v=spf1 include:example.org -all"'], "SPF", "more than 10", Level.FAULT),
        ("example.org TXT", ['"v=spf1 ip4:300.1.1.1 -all"'], "SPF", "no address", Level.FAULT),
        ("example.org TXT", ['"v=spf1 b:c -all"'], "SPF", "no mechanism", Level.FAULT),
        ("_dmarc.example.org TXT", ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'], "DMARC", "no record", Level.FAULT),
        ("_dmarc.example.org TXT", ['"v=DMARC1; p=nothing"'], "DMARC", "no record", Level.FAULT),
        ("briefing._domainkey.example.org TXT", ['"p=AAAA"'], "DKIM", "another key", Level.FAULT),
        ("briefing._domainkey.example.org TXT", ['"v=spf1"'], "DKIM", "no key", Level.FAULT),
        ("25.2.0.192.in-addr.arpa PTR", ["other.example.org."], "PTR", "no name that leads back", Level.WARNING),
        ("example.org MX", ["0 ."], "MX", "nobody takes mail", Level.FAULT),
    ],
)
def test_a_record_that_does_not_count_is_said_so(zone, place, values, what, *, words, level):
    zone.zone[tuple(place.split())] = values
    remark = looked(zone)[what]
    assert words in remark.what
    assert (remark.level, bool(remark.advice)) == (level, True)


@pytest.mark.parametrize(
    "record",
    [
        "a:mail.example.org",
        "mx",
        "ip4:192.0.2.0/24",
        "include:other.example",
        "redirect=other.example",
        "mx/24",
        "?exists:x a:mail.example.org/24//64",
    ],
)
def test_each_way_of_naming_an_address_is_understood(zone, record):
    zone.zone["example.org", "TXT"] = [f'"v=spf1 {record}"']
    zone.zone["other.example", "TXT"] = ['"v=spf1 ip6:2001:db8::/32 a:mail.example.org -all"']
    assert spf.result(names(zone), "example.org", "192.0.2.25") == spf.PASS


def test_an_address_that_no_mechanism_names_is_judged_by_the_last_one(zone):
    for end, expected in (("-all", spf.FAIL), ("~all", "~"), ("", spf.NEUTRAL)):
        zone.zone["example.org", "TXT"] = [f'"v=spf1 mx {end}"']
        assert spf.result(names(zone), "example.org", "2001:db8::1") == expected


def test_a_domain_above_speaks_for_one_without_a_dmarc_record(zone):
    zone.zone["letters.example.org", "TXT"] = zone.zone["example.org", "TXT"]
    found = looked(zone, domain="letters.example.org")
    assert found["DMARC"].what == "DMARC: _dmarc.example.org says p=reject"
    assert found["DKIM"].level is Level.GOOD


def test_a_signature_of_another_domain_is_no_signature_for_dmarc(zone):
    assert "counts that as unsigned" in looked(zone, domain="other.example")["DKIM"].what


def test_letters_without_signature_or_one_click_are_warned_of(zone):
    found = looked(zone, signers=(), one_click=False)
    assert "not signed" in found["DKIM"].what
    assert "one-click" in found["letters"].what


def test_where_dns_is_silent_the_records_are_shown_all_the_same(zone):
    zone.silent |= {"example.org", "briefing._domainkey.example.org", "_dmarc.example.org", "mail.example.org"}
    found = looked(zone)
    for what in ("SPF", "DKIM", "DMARC"):
        assert "no answer about" in found[what].what
        assert found[what].level is Level.WARNING
        assert "publish: " in found[what].advice


def test_a_server_on_this_machine_has_an_address_that_dns_does_not_tell(zone):
    found = looked(zone, hosts=(Host("127.0.0.1", 25, Security.NONE),))
    assert "cannot be seen from here" in found["PTR"].what
    zone.zone.clear()
    assert "ip4:YOUR.PUBLIC.ADDRESS" in looked(zone, hosts=(Host("127.0.0.1", 25, Security.NONE),))["SPF"].advice


def server_remark(zone, host, tls):
    return asyncio.run(standing.seen(standing.Sender("example.org", (KEY,), (host,), tls), names(zone), NOW))[-1]


@pytest.mark.parametrize(
    ("ended", "level", "words"), [(False, Level.WARNING, "ends on"), (True, Level.FAULT, "expired")]
)
def test_the_servers_certificate_is_looked_at_and_its_end_told(zone, sink, tmp_path, *, ended, level, words):
    sink.tls, client = certificate(tmp_path, ended=ended)
    sink.extensions = ("STARTTLS",)
    remark = server_remark(zone, Host("127.0.0.1", sink.port, timeout_s=2), client)
    assert (remark.level, words in remark.what) == (level, True)
    assert sink.letters == []


def test_a_server_that_is_away_or_offers_no_tls_is_told(zone, sink):
    tls = ssl.create_default_context()
    assert server_remark(zone, Host("127.0.0.1", 1, timeout_s=2), tls).level is Level.WARNING
    remark = server_remark(zone, Host("127.0.0.1", sink.port, timeout_s=2), tls)
    assert (remark.level, "STARTTLS" in remark.what, bool(remark.advice)) == (Level.FAULT, True, True)
    assert server_remark(zone, Host("127.0.0.1", sink.port, Security.NONE), tls).level is Level.GOOD


@pytest.fixture
def folder(tmp_path, sink, monkeypatch):
    run("init", str(tmp_path / "desk"))
    monkeypatch.setenv("BRIEFING_SMTP_URL", f"smtp://127.0.0.1:{sink.port}?security=none")
    monkeypatch.setenv("BRIEFING_DESK_BASE_ADDRESS", "https://desk.example.org")
    return tmp_path / "desk"


def test_the_doctor_asks_and_makes_nothing(folder, zone, monkeypatch):
    monkeypatch.setenv("BRIEFING_MAIL_SENDER", "The Desk <desk@example.org>")
    (folder / "dkim.pem").write_bytes(PEM)
    monkeypatch.setenv("BRIEFING_MAIL_DKIM_KEY_FILE", "dkim.pem")
    place = f"127.0.0.1:{zone.server_address[1]}"
    shown = run("doctor", "--nameserver", place, folder=folder)
    assert "✓ SPF: v=spf1 a:mail.example.org -all" in shown
    assert "✓ DKIM: briefing._domainkey.example.org has the desk's key" in shown
    assert not (folder / "desk.key").exists()
    del zone.zone["_dmarc.example.org", "TXT"]
    told = json.loads(run("doctor", "--nameserver", place, "--json", folder=folder, code=1))
    assert 'publish: _dmarc.example.org. IN TXT "v=DMARC1;' in str(told)
    assert "SPF" not in run("doctor", "--offline", folder=folder)


def test_the_doctor_says_what_keeps_letters_from_leaving(folder, monkeypatch):
    monkeypatch.setenv("BRIEFING_DESK_BASE_ADDRESS", "http://127.0.0.1:8000")
    assert "letters come from nowhere" in run("doctor", folder=folder)
    monkeypatch.setenv("BRIEFING_SMTP_URL", "gopher://x")
    assert "✗ a mail server is written" in run("doctor", folder=folder, code=1)


@pytest.mark.parametrize("text", ["a:b", "::1", "1.2.3.4:53:1"])
def test_a_name_server_that_is_no_address_is_refused(folder, text):
    assert "is written 192.0.2.53" in run("doctor", "--nameserver", text, folder=folder, code=2)
