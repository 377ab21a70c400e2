"""One request against a real server on loopback, well behaved and not."""

import asyncio
import gzip
import os
import socket
import ssl
import zlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from briefing.collect.bulk import Bulk
from briefing.collect.guard import Policy
from briefing.collect.http import MAX_REDIRECTS, Client, Request
from briefing.model.entry import Failed, FailureReason, Fetched, Unchanged

FEED = "<rss><channel><item><title>省审计厅公布整改结果</title></item></channel></rss>".encode()
FRESH = ("200 OK", FEED, {"Content-Type": "text/xml"})


def reason_of(outcome):
    assert isinstance(outcome, Failed), outcome
    assert outcome.detail
    return outcome.reason


def test_a_document_arrives_whole_with_its_validators_verbatim(ask):
    fields = {"ETag": 'W/"a,b c"', "Last-Modified": "Tue, 25 Jun 2024 03:00:00 GMT", "Cache-Control": "max-age=600"}
    outcome, server = ask(("200 OK", FEED, fields | {"Content-Type": "text/xml; charset=gbk"}), "/feed?x=1")
    assert outcome == Fetched(
        server.at("/feed?x=1"),
        server.at("/feed?x=1"),
        FEED,
        content_type="text/xml; charset=gbk",
        etag='W/"a,b c"',
        last_modified="Tue, 25 Jun 2024 03:00:00 GMT",
        max_age_s=600,
    )


def test_a_password_in_an_address_is_sent_and_not_shown(loopback):
    async def run():
        async with loopback.serving(FRESH) as server, loopback.client_for(server) as client:
            outcome = await client.get(Request(server.at("/feed").replace("127", "desk:secret@127", 1)))
            return outcome, server

    outcome, server = asyncio.run(run())
    assert outcome.final_address == server.at("/feed")
    assert server.asked[0].headers["authorization"] == "Basic ZGVzazpzZWNyZXQ="


def test_a_password_does_not_follow_to_another_host(loopback):
    async def run():
        answers = {"/": ("302 Found", b"", {"Location": "http://other.test:{}/b"}), "/b": FRESH}

        async def answer(seen, _):
            status, body, fields = answers[seen.path]
            return status, body, {name: text.format(server.port) for name, text in fields.items()}

        names = loopback.Names({"other.test": ["127.0.0.1"]})
        async with loopback.serving(answer) as server, loopback.client_for(server, resolver=names) as client:
            await client.get(Request(server.at("/").replace("127", "desk:secret@127", 1)))
            return server.asked

    first, second = asyncio.run(run())
    assert "authorization" in first.headers
    assert "authorization" not in second.headers


def test_validators_are_sent_as_they_came_and_304_brings_nothing(ask):
    not_modified = ("304 Not Modified", b"", {"Cache-Control": "max-age=60"})
    outcome, server = ask(not_modified, etag="no-quotes", last_modified="yesterday evening")
    assert outcome == Unchanged(server.at("/"), max_age_s=60)
    assert server.asked[0].headers["if-none-match"] == "no-quotes"
    assert server.asked[0].headers["if-modified-since"] == "yesterday evening"


def test_the_request_says_who_asks_and_what_it_reads(ask):
    _, server = ask(FRESH, accept="application/rss+xml")
    sent = server.asked[0].headers
    assert (sent["user-agent"], sent["accept"]) == ("briefing-test", "application/rss+xml")
    assert "if-none-match" not in sent
    assert "cookie" not in sent


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("403 Forbidden", "403: the server refuses this program"),
        ("404 Not Found", "404: there is nothing at this address"),
        ("405 Method Not Allowed", "405: the server does not let this address be read"),
        ("406 Not Acceptable", "406: the server offers no form that was asked for"),
        ("503 Service Unavailable", "503: the server is overloaded or under repair"),
        ("599 Odd", "599: the server has a fault"),
        ("204 No Content", "204: no document was sent"),
        ("301 Moved Permanently", "301: no document was sent"),  # without a Location
    ],
)
def test_another_status_fails_in_plain_words(ask, status, words):
    outcome, server = ask((status, b"", {}))
    assert outcome == Failed(server.at("/"), FailureReason.STATUS, words, status=int(status[:3]))


def test_gone_is_told_apart(ask):
    outcome, server = ask(("410 Gone", b"<html>", {}))
    assert outcome == Failed(server.at("/"), FailureReason.GONE, "410: the source says it is gone for good", status=410)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 7 "}, 7),
        ({"Retry-After": "999999999999999999999"}, 31 * 86_400),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": "٣"}, 0),
        ({"Retry-After": "Tue, 25 Jun 2024 04:00:00 GMT", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 3600),
        ({"Retry-After": "Tue, 25 Jun 2024 02:00:00 GMT", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 0),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 31 * 86_400),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 0),
        ({"Retry-After": "Sat, 01 Jan 0001 00:00:00 +2359", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 0),
        ({}, 0),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_capped(ask, fields, seconds):
    outcome, _ = ask(("429 Too Many Requests", b"", fields))
    assert reason_of(outcome) is FailureReason.STATUS
    assert outcome.retry_after_s == seconds


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"Cache-Control": "public, MAX-AGE=900"}, 900),
        ({"Cache-Control": 'max-age="900"', "Age": "300"}, 600),
        ({"Cache-Control": "max-age=900, no-cache"}, 0),
        ({"Cache-Control": "max-age=x"}, 0),
        ({"Expires": "Tue, 25 Jun 2024 03:10:00 GMT", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 600),
        ({"Expires": "0", "Date": "Tue, 25 Jun 2024 03:00:00 GMT"}, 0),
        ({"Expires": "Tue, 25 Jun 2024 03:10:00 GMT"}, 0),
    ],
)
def test_freshness_is_read_from_cache_control_or_expires(ask, fields, seconds):
    outcome, _ = ask(("200 OK", FEED, fields))
    assert outcome.max_age_s == seconds


def test_a_permanent_move_is_followed_and_told(ask):
    answers = {"/": ("301 Moved", b"", {"Location": "/b"}), "/b": ("308 Moved", b"", {"Location": "c"}), "/c": FRESH}
    outcome, server = ask(answers)
    assert (outcome.final_address, outcome.moved_to) == (server.at("/c"), server.at("/c"))


def test_a_temporary_hop_makes_no_move(ask):
    answers = {"/": ("301 Moved", b"", {"Location": "/b"}), "/b": ("302 Found", b"", {"Location": "/c"}), "/c": FRESH}
    outcome, server = ask(answers)
    assert (outcome.final_address, outcome.moved_to) == (server.at("/c"), "")


def test_a_move_is_told_with_304_too(ask):
    answers = {"/": ("301 Moved", b"", {"Location": "/b"}), "/b": ("304 Not Modified", b"", {})}
    outcome, server = ask(answers, etag='"1"')
    assert outcome == Unchanged(server.at("/"), moved_to=server.at("/b"))


def test_a_location_in_raw_gbk_is_followed(ask):
    raw = "/审计".encode("gbk").decode("utf-8", "surrogateescape")
    answers = {"/": ("302 Found", b"", {"Location": raw}), "/%C9%F3%BC%C6": FRESH}
    outcome, _ = ask(answers)
    assert outcome.body == FEED


def test_redirects_in_a_circle_end_at_once(ask):
    answers = {"/": ("302 Found", b"", {"Location": "/b"}), "/b": ("302 Found", b"", {"Location": "/"})}
    outcome, server = ask(answers)
    assert reason_of(outcome) is FailureReason.REDIRECT_LOOP
    assert len(server.asked) == 2


def test_redirects_without_end_are_cut_short(ask):
    async def further(seen, _):
        return ("302 Found", b"", {"Location": f"/{len(seen.path)}{seen.path}"})

    outcome, server = ask(further)
    assert reason_of(outcome) is FailureReason.REDIRECT_LOOP
    assert len(server.asked) == MAX_REDIRECTS + 1


def test_a_host_that_sets_a_cookie_and_sends_back_is_read(ask):
    async def gate(seen, _):
        if seen.headers.get("cookie") == "pass=1":
            return FRESH
        return ("302 Found", b"", {"Location": "/", "Set-Cookie": "pass=1; Path=/"})

    outcome, _ = ask(gate)
    assert outcome.body == FEED


def test_no_cookie_outlives_its_chain(loopback):
    async def run():
        answer = ("200 OK", FEED, {"Set-Cookie": "id=1"})
        async with loopback.serving(answer) as server, loopback.client_for(server) as client:
            for _ in range(2):
                await client.get(Request(server.at("/")))
            return server

    assert "cookie" not in asyncio.run(run()).asked[1].headers


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:1", "gopher://127.0.0.1/", "data:text/xml,x"]
)
def test_a_redirect_leads_to_the_web_only(ask, location):
    outcome, server = ask(("302 Found", b"", {"Location": location}))
    assert reason_of(outcome) is FailureReason.REFUSED_ADDRESS
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/"]
)
def test_a_redirect_into_a_private_network_is_refused_before_any_socket(ask, monkeypatch, location):
    outcome, server = ask(("302 Found", b"", {"Location": location}))
    assert reason_of(outcome) is FailureReason.REFUSED_ADDRESS
    assert "the guard refuses" in outcome.detail
    assert server.connections == 1


def test_a_loopback_redirect_to_another_port_is_refused(ask):
    outcome, _ = ask(("302 Found", b"", {"Location": "http://127.0.0.1:1/"}))
    assert outcome.detail == "the guard refuses port 1 of 127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "017700000001", "0", "[::1]", "localhost"])
def test_loopback_is_refused_by_default_however_it_is_written(loopback, host):
    async def run():
        async with loopback.serving(FRESH) as server:
            policy = Policy(ports=frozenset({server.port}))
            async with loopback.client_for(server, policy=policy) as client:
                return await client.get(Request(f"http://{host}:{server.port}/")), server

    outcome, server = asyncio.run(run())
    assert reason_of(outcome) in {FailureReason.REFUSED_ADDRESS, FailureReason.UNREACHABLE}
    assert server.connections == 0


def test_a_name_that_turns_private_at_its_second_answer_is_refused(loopback):
    async def run():
        async with loopback.serving({"/": ("302 Found", b"", {"Location": "/b", "Connection": "close"})}) as server:
            names = loopback.Names({"rebind.test": ["127.0.0.1", "10.0.0.1"]})
            async with loopback.client_for(server, resolver=names) as client:
                client._session.connector._use_dns_cache = False
                return await client.get(Request(f"http://rebind.test:{server.port}/")), names

    outcome, names = asyncio.run(run())
    assert len(names.asked) == 2
    assert "the guard refuses" in outcome.detail


def test_of_several_addresses_only_the_allowed_one_is_dialled(loopback):
    async def run():
        async with loopback.serving(FRESH) as server:
            names = loopback.Names(
                {"mixed.test": ["10.0.0.1,192.168.0.1,127.0.0.1"], "none.test": ["10.0.0.1,192.168.0.1"]}
            )
            async with loopback.client_for(server, resolver=names) as client:
                mixed = await client.get(Request(f"http://mixed.test:{server.port}/"))
                none = await client.get(Request(f"http://none.test:{server.port}/"))
                return mixed, none

    mixed, none = asyncio.run(run())
    assert mixed.body == FEED
    assert reason_of(none) is FailureReason.REFUSED_ADDRESS


def test_an_unknown_name_is_said(loopback):
    async def run():
        async with Client(Policy(), user_agent="briefing-test", resolver=loopback.Names({})) as client:
            return await client.get(Request("http://nowhere.test/"))

    outcome = asyncio.run(run())
    assert (outcome.reason, outcome.detail) == (FailureReason.UNREACHABLE, "the name nowhere.test is not known")


def test_a_closed_port_is_unreachable(loopback):
    async def run():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        async with Client(Policy.for_loopback(port), user_agent="briefing-test") as client:
            return await client.get(Request(f"http://127.0.0.1:{port}/"))

    outcome = asyncio.run(run())
    assert (outcome.reason, outcome.detail) == (FailureReason.UNREACHABLE, "connection refused")


def test_a_certificate_of_ones_own_making_is_not_trusted(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 7)
    made = made.not_valid_before(datetime(2024, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
    certificate = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (tmp_path / "both.pem").write_bytes(
        certificate + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "both.pem")

    async def run():
        listener = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
        port = listener.sockets[0].getsockname()[1]
        async with listener, Client(Policy.for_loopback(port), user_agent="briefing-test") as client:
            return await client.get(Request(f"https://127.0.0.1:{port}/"))

    outcome = asyncio.run(run())
    assert outcome.reason is FailureReason.UNREACHABLE
    assert outcome.detail == "the server's certificate is not to be trusted"


def test_a_plain_server_asked_for_a_secure_answer_is_said():
    def plain(_, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def run():
        listener = await asyncio.start_server(plain, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        async with listener, Client(Policy.for_loopback(port), user_agent="briefing-test") as client:
            return await client.get(Request(f"https://127.0.0.1:{port}/"))

    outcome = asyncio.run(run())
    assert outcome.reason is FailureReason.UNREACHABLE
    assert outcome.detail == "no secure connection could be agreed on"


@pytest.mark.parametrize(
    "address",
    ["http://", "http:///x", "http://[::1", "http://host:99999/", "ftp://h/x", "://", "http://\ud800/"],
)
def test_what_is_no_web_address_is_refused(ask, address):
    async def run():
        async with Client(Policy(), user_agent="briefing-test") as client:
            return await client.get(Request(address))

    assert reason_of(asyncio.run(run())) is FailureReason.REFUSED_ADDRESS


async def _silent(_, writer):
    await asyncio.sleep(60)


async def _drip_body(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _drip_header(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _only_continue(_, writer):
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("slow", [_silent, _drip_body, _drip_header, _only_continue])
def test_one_deadline_covers_every_kind_of_slowness(ask, slow):
    outcome, server = ask(slow, deadline_s=0.3)
    assert outcome == Failed(server.at("/"), FailureReason.TIMEOUT, "no whole answer within 0.3 seconds")


async def _endless(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"<item/>" * 10_000)
        await writer.drain()


async def _endless_chunks(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        await writer.drain()


def bomb(megabytes, wbits):
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize(
    "large",
    [
        _endless,
        _endless_chunks,
        ("200 OK", b"x" * 1_000_001, {}),
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
        ("200 OK", bomb(50, 31), {"Content-Encoding": "gzip"}),
        ("200 OK", bomb(50, 15), {"Content-Encoding": "deflate"}),
    ],
)
def test_a_body_beyond_the_bound_is_given_up(ask, large):
    outcome, server = ask(large, max_bytes=1_000_000)
    assert outcome == Failed(server.at("/"), FailureReason.TOO_LARGE, "more than 1,000,000 bytes")


def test_a_body_of_exactly_the_bound_is_read(ask):
    outcome, _ = ask(("200 OK", b"x" * 1_000_000, {}), max_bytes=1_000_000)
    assert len(outcome.body) == 1_000_000


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_large_body_waits_for_room_and_its_time_waits_with_it(loopback, coding):
    """A hundred bodies of 10 MB at a time would be a gigabyte."""
    large = gzip.compress(bytes(300_000)) if coding else bytes(300_000)
    answers = {"/large": ("200 OK", large, {"Content-Encoding": coding}), "/small": ("200 OK", b"x", {})}

    async def run():
        room = asyncio.Semaphore(1)
        first, second = Bulk(room), Bulk(room)
        async with loopback.serving(answers) as server, loopback.client_for(server) as client:
            await client.get(Request(server.at("/large"), deadline_s=0.3), bulk=first)
            waiting = asyncio.create_task(client.get(Request(server.at("/large"), deadline_s=0.3), bulk=second))
            small = await client.get(Request(server.at("/small"), deadline_s=0.3), bulk=Bulk(room))
            await asyncio.sleep(0.4)
            was_done = waiting.done()
            first.give_back()
            first.give_back()  # twice is once
            return was_done, len(small.body), len((await waiting).body), room.locked()

    assert asyncio.run(run()) == (False, 1, 300_000, True)


def test_a_packed_body_is_unpacked(ask):
    outcome, _ = ask(("200 OK", gzip.compress(FEED), {"Content-Encoding": "gzip"}))
    assert outcome.body == FEED


@pytest.mark.parametrize(
    "cut",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n<rss>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n<rss>\r\n",
        ("200 OK", gzip.compress(FEED)[:-12], {"Content-Encoding": "gzip"}),
        ("200 OK", b"no gzip at all", {"Content-Encoding": "gzip"}),
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"",
    ],
)
def test_a_body_that_breaks_off_is_never_taken_for_whole(ask, cut):
    async def once(_, writer):
        writer.write(cut) if isinstance(cut, bytes) else None
        if isinstance(cut, bytes):
            await writer.drain()
            writer.close()
            return None
        return cut

    outcome, _ = ask(once)
    assert reason_of(outcome) is FailureReason.CUT_OFF


@pytest.mark.parametrize(
    "strange",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"<html>not HTTP</html>\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: a\r\n" % n for n in range(100_000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n",
        ("200 OK", FEED, {"Content-Encoding": "br"}),
    ],
)
def test_what_is_no_proper_http_is_refused(ask, strange):
    outcome, _ = ask(strange)
    assert reason_of(outcome) in {FailureReason.UNREADABLE, FailureReason.CUT_OFF}


def test_an_empty_answer_is_told_apart(ask):
    outcome, _ = ask(("200 OK", b"", {}))
    assert outcome.reason is FailureReason.EMPTY


def test_a_wrong_content_type_is_left_to_reading(ask):
    outcome, _ = ask(("200 OK", FEED, {"Content-Type": "image/png"}))
    assert (outcome.body, outcome.content_type) == (FEED, "image/png")


def test_a_validator_that_could_not_be_stored_is_dropped(ask):
    outcome, _ = ask(("200 OK", FEED, {"ETag": '"\udcff"', "Last-Modified": "x"}))
    assert (outcome.etag, outcome.last_modified) == ("", "x")


def test_a_validator_with_a_line_break_harms_nobody(ask):
    outcome, server = ask(FRESH, etag="a\r\nX-Injected: 1")
    assert isinstance(outcome, Failed)
    assert server.asked == []


def test_a_host_asked_once_leaves_no_open_socket(loopback):
    async def run():
        async with loopback.serving(FRESH) as server, loopback.client_for(server) as client:
            await client.get(Request(server.at("/")))
            await client.get(Request(server.at("/")), keep_alive=False)
            reused = server.connections
            await client.get(Request(server.at("/")))
            return reused, server.connections

    assert asyncio.run(run()) == (1, 2)


def read_file(folder, address, **options):
    async def run():
        async with Client(Policy(), user_agent="briefing-test", folder=folder) as client:
            return await client.get(Request(address, **({"may_be_file": True} | options)))

    return asyncio.run(run())


def test_a_file_is_read_once_until_it_changes(tmp_path):
    path = tmp_path / "省厅 feed.xml"
    path.write_bytes(FEED)
    first = read_file(tmp_path, path.name)
    assert first.body == FEED
    assert read_file(tmp_path, path.as_uri(), etag=first.etag) == Unchanged(path.as_uri())
    path.write_bytes(FEED + b"\n")
    assert read_file(tmp_path, path.name, etag=first.etag).body == FEED + b"\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.xml", FailureReason.NO_SUCH_FILE),
        ("folder", FailureReason.NO_SUCH_FILE),
        ("pipe", FailureReason.NO_SUCH_FILE),
        ("empty.xml", FailureReason.EMPTY),
        ("large.xml", FailureReason.TOO_LARGE),
        ("a\0b", FailureReason.NO_SUCH_FILE),
        ("www.example.org/feed", FailureReason.NO_SUCH_FILE),
    ],
)
def test_what_is_no_readable_file_fails_in_words(tmp_path, name, reason):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.xml").touch()
    (tmp_path / "large.xml").write_bytes(b"x" * 1001)
    assert reason_of(read_file(tmp_path, name, max_bytes=1000)) is reason


@pytest.mark.parametrize("address", ["file:///etc/hostname", "/etc/hostname", "feed.xml"])
def test_an_address_that_was_read_somewhere_never_opens_a_file(tmp_path, address):
    (tmp_path / "feed.xml").write_bytes(FEED)
    assert reason_of(read_file(tmp_path, address, may_be_file=False)) is FailureReason.REFUSED_ADDRESS
