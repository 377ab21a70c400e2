"""What nobody may do to the desk whoever asks: forge, guess, flood, fix a session, or read a secret in a log."""

import http.client
import logging
import re
import socket
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from briefing.errors import StoreError
from briefing.serve import Lines
from briefing.web.app import Parts, opened
from briefing.web.limits import SUBSCRIBE, SUBSCRIBE_ALL, spent

from .conftest import KEY, NOW, PASSWORD, TOPIC, serving
from .test_web_editor import form, signed_in

POSTS_FROM_ANYWHERE = {
    "/unsubscribe/{token}",  # RFC 8058; the link is the key
    "/api/topics/{topic}/editions/{edition}/acts",  # a program's header, which no browser sends by itself
    "/api/topics/{topic}/briefings",
    "/push/{path}",  # signed by the hub
}


def test_every_form_that_there_is_must_come_from_our_own_pages(own_site):
    """No list of forms to keep: whatever takes a POST is asked from elsewhere."""
    with opened(Parts(own_site.desk, key=KEY, password=PASSWORD)) as pages:
        taking = {route.path for route in pages.routes if "POST" in (route.methods or ())}
    guarded = taking - POSTS_FROM_ANYWHERE
    assert len(guarded) > 10
    assert taking & POSTS_FROM_ANYWHERE == {path for path in POSTS_FROM_ANYWHERE if path in taking}
    for path in sorted(guarded):
        place = re.sub(r"{\w+}", "x", path)
        for foreign in (
            {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
            {"Origin": "null", "Sec_Fetch_Site": None},
            {"Sec_Fetch_Site": "same-site"},
            {"Origin": None, "Sec_Fetch_Site": None},
        ):
            assert own_site.send(place, {"password": PASSWORD, "form": "x"}, **foreign).status == 403, (path, foreign)


def test_a_planted_session_stays_worthless_after_somebody_signs_in_with_it(own_site):
    got = own_site.send("/editor/sign-in", {"password": PASSWORD}, Cookie="desk=planted")
    cookie = got.headers["set-cookie"].partition(";")[0]

    assert got.status == 303
    assert "Sign out" in own_site.ask("/editor", Cookie=cookie).text
    assert "Sign out" not in own_site.ask("/editor", Cookie="desk=planted").text


def test_the_token_of_one_session_opens_no_form_of_another(own_site):
    first, second = signed_in(own_site), signed_in(own_site)
    token = form(own_site, first)

    assert own_site.send("/editor/post", {"form": token, "act": "stop"}, Cookie=second).status == 403


@pytest.mark.parametrize("path", ["/confirm/{}", "/preferences/{}", "/editor/enter/{}"])
def test_nobody_guesses_tokens_at_speed(own_desk, path):
    with serving(own_desk, editors=("ann@example.org",)) as site:
        statuses = [site.ask(path.format(f"guess{n}")).status for n in range(70)]

    assert statuses[60:] == [429] * 10
    assert 429 not in statuses[:60]


def test_keys_of_programs_are_not_guessed_at_speed(own_site):
    place = f"/api/topics/{TOPIC}/briefings"
    statuses = [
        own_site.ask(place, "POST", "{}", Authorization=f"Bearer guess{n}", Content_Type="application/json").status
        for n in range(70)
    ]

    assert statuses == [401] * 60 + [429] * 10


def test_a_flood_of_searches_is_slowed_down(own_site):
    statuses = [own_site.ask("/search?q=data").status for _ in range(62)]

    assert statuses == [200] * 60 + [429] * 2
    for ui, told in (("en", "Too much at once"), ("zh", "请求过多")):
        page = own_site.ask(f"/search?q=x&ui={ui}")
        assert told in page.text
        assert page.headers["retry-after"] == "60"


@pytest.mark.parametrize(("limit", "most"), [(SUBSCRIBE, 5), (SUBSCRIBE_ALL, 200)])
def test_of_ten_thousand_wishes_at_once_only_the_first_few_pass(limit, most):
    level, passed = None, 0
    for _ in range(10_000):
        level, passes = spent(level, limit, NOW)
        passed += passes

    assert passed == most


def test_wishes_from_ever_new_networks_fill_no_outbox(own_desk, monkeypatch):
    monkeypatch.setattr("briefing.web.subscriber.SUBSCRIBE_ALL", replace(SUBSCRIBE_ALL, burst=20))
    statuses = Counter()
    with serving(own_desk, behind_proxy=True) as site:
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        for n in range(60):
            wish = {"topic": TOPIC, "edition": "weekly", "address": f"r{n}@example.org"}
            line.request("POST", "/subscribe", urlencode(wish), {
                "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
                "Origin": site.origin, "X-Forwarded-For": f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}",
            })  # fmt: skip
            answer = line.getresponse()
            answer.read()
            statuses[answer.status] += 1
        line.close()
        assert site.ask(f"/{TOPIC}/index.html").status == 200
        ((kept,),) = site.rows("SELECT count(*) FROM subscriber")

    assert statuses == {200: 20, 429: 40}
    assert kept <= 20


REDIRECTING = (
    "/{t}//evil.example/", "/{t}/%2f%2fevil.example/", "/{t}/%5cevil.example/", "/{t}/%0d%0aSet-Cookie:%20a=b/",
    "/?ui=//evil.example", "/{t}?ui=%0d%0aX-Y:z", "//evil.example/{t}", "//evil.example/..", "/%2f/evil.example/x/",
    "/{t}/stories/%2f%2fevil.example.html", "/{t}/stories/%0d%0aX-Y:z.html",
)  # fmt: skip


@pytest.mark.parametrize("path", REDIRECTING)
def test_no_address_sends_the_browser_to_another_host_or_adds_a_header(site, path):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(f"GET {path.format(t=TOPIC)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: line.recv(65536), b"")).partition(b"\r\n\r\n")
    names = {name.strip().lower(): value.strip() for name, _, value in (h.partition(b":") for h in head.split(b"\r\n"))}

    assert re.match(rb"/($|[^/\\])", names.get(b"location", b"/"))
    assert b"set-cookie" not in names
    assert b"x-y" not in names
    assert not re.search(rb"""(href|action|src)=["'](//|/\\)""", body)


def test_a_body_without_an_end_is_cut_off(site):
    head = (
        f"POST /subscribe HTTP/1.1\r\nHost: x\r\nOrigin: {site.origin}\r\nSec-Fetch-Site: same-origin\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(head.encode())
        try:
            for _ in range(200):
                line.sendall(b"1000\r\n" + b"a" * 4096 + b"\r\n")
            said = line.recv(9000)
        except OSError:
            said = b"HTTP/1.1 400"
    assert said[9:12] == b"400"


def test_a_way_of_asking_that_is_not_there_is_answered_with_those_that_are(site):
    for path in (f"/{TOPIC}/index.html", "/search", "/api/topics", "/briefing.json"):
        got = site.ask(path, "TRACE")
        assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")
    for path in ("/subscribe", "/confirm/x", "/editor/enter/x"):
        got = site.ask(path, "DELETE")
        assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, POST")


def test_no_secret_stands_in_a_log(own_site, caplog, monkeypatch):
    """Not even where a page fails and every line is kept."""
    caplog.set_level(logging.DEBUG)
    secrets = [PASSWORD, KEY.decode(), "secret.reader@example.org", "a-programs-key"]
    own_site.send("/subscribe", {"topic": TOPIC, "edition": "weekly", "address": secrets[2]})
    letter = own_site.letter()
    secrets.append(re.search(r"/confirm/(\S+?)\?", letter.text)[1])
    own_site.send(f"/confirm/{secrets[-1]}")
    secrets.append(signed_in(own_site).partition("=")[2])
    own_site.send("/editor/sign-in", {"password": PASSWORD + "x"})
    own_site.ask(f"/api/topics/{TOPIC}/briefings", "POST", "{}", Authorization="Bearer a-programs-key")

    def broken(*_):
        raise StoreError("the disk is full")

    monkeypatch.setattr("briefing.store.sessions.whose", broken)
    assert own_site.ask("/editor", Cookie=f"desk={secrets[-1]}").status == 500
    monkeypatch.setattr("briefing.desk.readers.reader_of", broken)
    assert own_site.ask(f"/preferences/{secrets[-2]}").status == 500

    ours = [record for record in caplog.records if record.name != "uvicorn.access"]  # a desk keeps none of these
    said = "".join(f"{Lines().format(record)} {vars(record)}" for record in ours)
    assert "a page failed" in said
    assert [secret for secret in secrets if secret in said] == []


def test_who_subscribes_too_often_is_told_the_true_time_to_wait(own_site):
    wish = {"topic": TOPIC, "edition": "weekly", "address": "r@example.org"}
    for _ in range(5):
        assert own_site.send("/subscribe?ui=en", wish).status == 200
    english, chinese = (own_site.send(f"/subscribe?ui={ui}", wish) for ui in ("en", "zh"))

    assert (english.status, english.headers["retry-after"]) == (429, "720")
    assert "Please wait 12 minutes" in english.text
    assert "请等待12分钟" in chinese.text
    own_site.moments.append(own_site.moments[-1] + timedelta(seconds=720))
    assert own_site.send("/subscribe", wish).status == 200
