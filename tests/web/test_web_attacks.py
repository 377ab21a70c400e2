"""Each attack that issue pages, forms and addresses invite."""

import http.client
import json
import re
import shutil
import socket
import time
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from briefing.archive.shelf import staged
from briefing.codec import decoded
from briefing.desk.indexing import documents
from briefing.desk.publishing import files, folder_of
from briefing.model.issue import Issue
from briefing.store import issues
from briefing.store.issues import Published
from briefing.web.documents import Files
from briefing.web.history import developments
from briefing.web.limits import network
from briefing.web.reception import chosen_language
from briefing.web.visit import NoPage, see

from .conftest import PASSWORD, TOPIC, serving

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7331*7}}{% x %}&#60;b&#62;"
FREE = {
    "text",
    "title",
    "outlet",
    "quote",
    "en",
    "zh",
    "label",
    "name",
    "message",
    "closest",
    "surface",
    "subject",
    "query",
}


def poisoned(value, field=""):
    """An issue as hostile feeds would make it: every text that comes from outside carries markup."""
    if isinstance(value, dict):
        return {k: poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, field) for v in value]
    if field == "address" and value:
        return "javascript:alert(3)//" + value
    return value + PAYLOAD if isinstance(value, str) and field in FREE else value


@pytest.fixture
def hostile(own_site):
    desk = own_site.desk
    text = (desk.archive / TOPIC / "2024-09-06-weekly" / "issue.json").read_text("utf-8")
    made = poisoned(json.loads(text)) | {"id": "2024-09-27-weekly", "slot": "2024-09-27", "number": 4}
    made["made_at"] = "2024-09-27T00:00:00Z"
    issue = decoded(Issue, json.dumps(made))
    assert issues.publish(desk.database, Published(issue=issue, documents=documents(issue)))
    staged(folder_of(desk, issue), files(desk, issue)).move_in()
    return own_site, issue


def assert_harmless(page):
    tree = html.fromstring(page.body)
    assert tree.xpath("//script | //img | //iframe | //object | //base[@href]") == []
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (name, value)
            if name in {"href", "action", "src", "formaction"}:
                assert not re.match(r"\s*(javascript|data:text|vbscript)", value, re.IGNORECASE), value
    assert "51317" not in page.text


def test_markup_from_feeds_is_text_on_every_page(hostile):
    site, issue = hostile
    story = developments(issue)[0].story
    paths = [
        f"/{TOPIC}/index.html", f"/{TOPIC}/index.zh.html", f"/{TOPIC}/archive/2024.html",
        f"/{TOPIC}/{issue.id}/index.html", f"/{TOPIC}/{issue.id}/index.zh.html", f"/{TOPIC}/stories/{story}.html",
        f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to={issue.id}", "/search?q=script&ui=en", "/search?q=数据&ui=zh",
        "/search?q=alert&kind=left-out", "/search?q=alert&kind=figure",
    ]  # fmt: skip
    for path in paths:
        page = site.ask(path)
        if page.status == 301:  # a story that was merged into another
            page = site.ask(page.headers["location"])
        assert page.status == 200, path
        assert_harmless(page)
    figure = site.ask(site.ask(f"/{TOPIC}/index.html").link(r"/figures/"))
    assert_harmless(figure)
    assert "&lt;script&gt;" in figure.text


def test_markup_in_feeds_of_issues_is_escaped(hostile):
    site, _ = hostile
    for path in (f"/{TOPIC}/feed.atom", "/search.atom?q=alert"):
        feed = site.ask(path)
        assert feed.status == 200
        assert b"<script" not in feed.body


@pytest.mark.parametrize(
    "place", ["/search?q={}", "/search?outlet={}&q=a", "/{}", "/search?q=a&ui={}", "/api/search?q={}"]
)
def test_what_a_visitor_sends_comes_back_as_text(site, place):
    page = site.ask(
        place.format(PAYLOAD.replace("#", "%23").replace("&", "%26").replace("%23", "").replace("{% x %}", ""))
    )

    assert page.status in {200, 400, 404}
    if "json" not in page.headers["content-type"]:
        assert_harmless(page)
    assert page.headers["x-content-type-options"] == "nosniff"


ESCAPES = (
    "/{t}/../desk.db", "/{t}/..%2f..%2fdesk.db", "/{t}/%2e%2e/desk.db", "/{t}/....//desk.db",
    "/{t}/2024-09-06-weekly/..%2f..%2f..%2fdesk.db", "/{t}/2024-09-06-weekly/issue.json%00.html",
    "/{t}/2024-09-06-weekly/..", "/../desk.db", "//etc/passwd", "/{t}/.new-x/index.html",
    "/{t}/2024-09-06-weekly/%5c..%5cdesk.db", "/%2e%2e/%2e%2e/etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", ESCAPES)
def test_no_address_leads_out_of_the_archive(site, path):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(f"GET {path.format(t=TOPIC)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))

    assert answer.split(b" ", 2)[1] in {b"404", b"400", b"302"}
    assert b"SQLite format" not in answer
    assert b"root:" not in answer


def test_a_link_in_the_archive_that_leads_out_of_it_is_not_followed(tmp_path):
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "archive" / "t" / "i").mkdir(parents=True)
    (tmp_path / "archive" / "t" / "i" / "index.html").symlink_to(tmp_path / "secret.html")

    assert Files(tmp_path / "archive").paper("t", "i", "index.html") is None
    assert Files(tmp_path / "archive").paper("..", "secret.html") is None


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "evil.example", ""])
def test_a_form_never_sends_the_browser_to_another_host(path):
    with pytest.raises(NoPage):
        see(path)


def test_the_host_header_decides_nothing(site):
    for path in ("/", f"/{TOPIC}", f"/{TOPIC}/2024-09-06-weekly/"):
        page = site.ask(path, Host="evil.example")
        assert page.status == 302
        assert page.headers["location"].startswith(f"/{TOPIC}/")
    assert "evil.example" not in site.ask(f"/{TOPIC}/index.html", Host="evil.example").text
    assert "evil.example" not in site.ask(f"/{TOPIC}/feed.atom", Host="evil.example").text


def test_no_header_can_be_added_through_an_address(site):
    page = site.ask("/search?ui=zh%0d%0aSet-Cookie:%20a=b&q=%0d%0ax")

    assert "set-cookie" not in page.headers
    assert "a=b" not in page.headers.get("location", "")


def test_a_form_that_is_too_large_is_refused_before_it_is_read(own_site):
    page = own_site.send("/subscribe", {"address": "a" * 200_000})

    assert page.status == 400
    assert "too long" in page.text
    assert own_site.send("/subscribe", {f"f{n}": "" for n in range(400)}).status == 400


@pytest.mark.parametrize("begin", [b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\nX-Y: "], ids=["an address", "a header"])
def test_a_head_that_does_not_end_is_cut_off(site, begin):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(begin)
        assert until_cut(line)
    assert site.ask(f"/{TOPIC}/index.html").status == 200


def until_cut(line):
    """Sends until the other side has enough; True if it does before two megabytes."""
    try:
        for _ in range(500):
            line.sendall(b"a" * 4096)
            time.sleep(0.0005)
    except OSError:
        return True
    return False


def test_many_requests_on_one_line_never_add_up_to_a_long_head(site):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    for _ in range(30):
        line.request("GET", "/robots.txt", headers={"X-Y": "a" * 4000})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
    line.close()


def test_two_lengths_and_other_doubtful_heads_are_refused(site):
    for head in (
        b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
            line.sendall(head)
            assert line.recv(9000)[9:12] == b"400"


def test_another_kind_of_form_is_refused(own_site):
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        assert own_site.send("/subscribe", {"a": "b"}, Content_Type=kind).status == 400


def test_a_slow_body_holds_nobody_else_up(own_site, monkeypatch):
    monkeypatch.setattr("briefing.web.reception.BODY_S", 0.5)
    head = f"POST /subscribe HTTP/1.1\r\nHost: x\r\nOrigin: {own_site.origin}\r\nSec-Fetch-Site: same-origin\r\n"
    lines = [socket.create_connection(("127.0.0.1", own_site.port), timeout=10) for _ in range(20)]
    try:
        for line in lines:
            line.sendall(
                f"{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na".encode()
            )
        assert own_site.ask(f"/{TOPIC}/index.html").status == 200
        begin = time.monotonic()
        assert b"400" in lines[0].recv(100)
        assert time.monotonic() - begin < 5
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize("path", ["/subscribe", "/editor/sign-in", "/confirm/x", "/preferences/x"])
def test_every_form_but_the_one_click_must_come_from_our_own_pages(own_site, path):
    assert (
        own_site.send(path, {"password": PASSWORD}, Origin="https://evil.example", Sec_Fetch_Site="cross-site").status
        == 403
    )
    assert own_site.send(path, {"password": PASSWORD}, Origin=None, Sec_Fetch_Site=None).status == 403


@pytest.mark.parametrize(("trusted", "last"), [(True, 429), (False, 429)])
def test_a_visitor_cannot_claim_to_be_many(sample, tmp_path, trusted, last):
    """Behind a trusted proxy only what that proxy adds counts; without one the header counts for nothing."""
    shutil.copytree(sample, tmp_path / "desk")
    wish = {"topic": TOPIC, "edition": "weekly"}
    with serving(tmp_path / "desk", behind_proxy=trusted) as site:
        seen = "198.51.100.7" if trusted else ""
        statuses = [
            site.send(
                "/subscribe",
                {**wish, "address": f"r{n}@example.org"},
                X_Forwarded_For=f"203.0.113.{n}, {seen}".rstrip(", "),
            ).status
            for n in range(6)
        ]
        others = site.send(
            "/subscribe", {**wish, "address": "other@example.org"}, X_Forwarded_For="203.0.113.9, 198.51.100.8"
        )

    assert statuses == [200] * 5 + [last]
    assert others.status == (200 if trusted else 429)


def test_a_whole_network_is_one_visitor():
    assert network("2001:db8:1:2:3::1") == network("2001:db8:1:2:ffff::9")
    assert network("::ffff:192.0.2.7") == network("192.0.2.7") == "192.0.2.7"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network("a'; DROP TABLE") == "unknown"


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_wish_for_a_language_gives_one_of_two(wanted, accepted):
    assert chosen_language(wanted, accepted) in {"en", "zh"}


FORMS = (
    "/subscribe",
    "/confirm/x",
    "/preferences/x",
    "/unsubscribe/x",
    "/editor/sign-in",
    "/editor/post",
    f"/editor/{TOPIC}/weekly/act",
)
READS = (
    "/search",
    "/search.atom",
    "/api/search",
    "/briefing.json",
    f"/{TOPIC}/changes.html",
    "/editor/log",
    "/subscribe",
)
NAMES = (
    "q",
    "topic",
    "kind",
    "since",
    "until",
    "page",
    "status",
    "ui",
    "from",
    "to",
    "before",
    "address",
    "edition",
    "act",
    "password",
    "language",
    "form",
)
SIGNS = st.text(st.characters(exclude_categories=()), max_size=60)


def test_no_form_and_no_address_breaks_whatever_it_is_given(own_site):
    @given(st.sampled_from(FORMS + READS), st.dictionaries(st.sampled_from(NAMES), SIGNS, max_size=6))
    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def tried(path, fields):
        own_site.moments.append(own_site.moments[-1] + timedelta(hours=1))  # no limit is met
        asked = urlencode(fields, errors="surrogatepass")
        headers = {"Origin": own_site.origin, "Content-Type": "application/x-www-form-urlencoded"}
        got = own_site.ask(path, "POST", asked, **headers) if path in FORMS else own_site.ask(quote(path) + "?" + asked)
        assert got.status < 500 or got.status == 503, (path, fields, got.text)

    tried()
