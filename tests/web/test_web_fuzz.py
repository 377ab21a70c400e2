"""Every operation of the API and every form of every page, given what nobody expects: no answer is a failure."""

import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from briefing.collect.guard import Policy
from briefing.desk.parts import Fetching
from briefing.store import programs
from briefing.store.sessions import Deed
from briefing.web.programs import SCOPES, hashed

from .conftest import KEY, NOW, TOPIC, serving
from .test_web_editor import EDITION, signed_in
from .test_web_subscribing import asked, link_in, subscribed

TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NASTY = st.sampled_from(
    ["", "0", "-1", "9" * 40, "٣", "1e9", "NaN", "null", "2024-02-30", "0000-00-00", "..", "../../x", "%", "%00",
     "\x00", "\r\nX-Y: z", "'\"><b>", "{{7*7}}", "' OR 1=1 --", "a" * 5000, "数据", '衡阳 "', "*", "NEAR(", "\ud800",
     "İ" * 50, "\u202e", "en", TOPIC, "weekly", "2024-09-06-weekly", "30d", "3650d"]
)  # fmt: skip
ANYTHING = NASTY | TEXT
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | NASTY, lambda inner: st.lists(inner, max_size=3)
)
MANNER = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


def escaped(text):
    return quote(text, safe="", errors="surrogatepass")


@pytest.fixture
def keyed(own_site):
    deed = Deed(NOW, "operator", "made a key", "fuzz")
    programs.add(own_site.desk.database, "fuzz", hashed(KEY, "a key"), frozenset(SCOPES), deed)
    return own_site


def test_no_operation_of_the_document_fails_and_each_answers_only_as_it_says(keyed):
    site = keyed
    described = json.loads(site.ask("/api/openapi.json").body)
    every = [(path, method, made) for path, ways in described["paths"].items() for method, made in ways.items()]
    assert len(every) >= 9

    def wish(made):
        shape = made["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        names = list(described["components"]["schemas"][shape]["properties"])
        return st.dictionaries(st.sampled_from(names) | TEXT, JSON, max_size=5) | JSON

    @given(st.data())
    @settings(max_examples=120, **MANNER)
    def tried(data):
        path, method, made = data.draw(st.sampled_from(every))
        site.moments.append(site.moments[-1] + timedelta(minutes=5))  # no limit is met
        query = {}
        for place in made["parameters"]:
            value = data.draw(ANYTHING)
            if place["in"] == "path":
                path = path.replace(f"{{{place['name']}}}", escaped(value))
            elif data.draw(st.booleans()):
                query[place["name"]] = value
        body = json.dumps(data.draw(wish(made))) if "requestBody" in made else None
        address = f"{path}?{urlencode(query, errors='surrogatepass')}"
        got = site.ask(address, method.upper(), body, Authorization="Bearer a key", Content_Type="application/json")
        assert str(got.status) in made["responses"], (method, address, body, got.text)
        assert json.loads(got.body) is not None
        assert got.headers["content-type"].startswith("application/json")

    tried()
    assert site.ask("/api/topics").status == 200


def forms(site, path, **headers):
    """Every form of a page, once: where it leads, how, who sends it, and its fields with what a browser would send."""
    page = site.ask(path, **headers)
    assert page.status in {200, 404}, path
    for element in html.fromstring(page.body).xpath("//form"):
        fields = {}
        for one in element.xpath(".//*[@name]"):
            values = one.xpath(".//option/@value") or [one.get("value", "")]
            fields.setdefault(one.get("name"), []).extend(values)
        for button in ("", *element.xpath(".//@formaction")):
            address = urljoin(path, button or element.get("action") or "")
            yield Form(address, element.get("method", "get").upper(), fields, bool(headers))


@dataclass(frozen=True, slots=True)
class Form:
    address: str
    method: str
    fields: dict
    is_editors: bool

    @property
    def kind(self):
        return (self.address.partition("?")[0], self.method, *sorted(self.fields))

    def filled(self):
        """As somebody fills it who means no good: values of its own, any others, left out, or twice."""
        own = {name: st.sampled_from(values) for name, values in self.fields.items()}
        usual = {name: st.lists(value, min_size=1, max_size=1) for name, value in own.items()}
        other = {name: usual[name] | st.lists(value | ANYTHING, max_size=2) for name, value in own.items()}
        return st.fixed_dictionaries({**other, **{name: usual[name] for name in {"form", "act"} & other.keys()}})


PUBLIC = (f"/{TOPIC}/index.html", f"/{TOPIC}/changes.html", "/search?q=data", "/briefing", "/x", "/subscribe")
EDITORS = ("/editor", "/editor/sources", EDITION, f"{EDITION}/correction?issue=2024-08-30-weekly", f"{EDITION}/join")


def every_form(site, cookie, *links):
    found = [form for path in (*PUBLIC, *links, "/editor") for form in forms(site, path)]
    found += [form for path in EDITORS for form in forms(site, path, Cookie=cookie)]
    for table in ("issue", "story", "known", "told", "sketch", "fact"):  # so that the next issue has much to edit
        site.desk.database.connection.execute(f"DELETE FROM {table}")
    found += forms(site, EDITION, Cookie=cookie)
    return {form.kind: form for form in found}.values()


def test_no_form_of_any_page_fails_whatever_is_written_into_it(own_desk, monkeypatch):
    monkeypatch.setattr("briefing.web.sessions.LASTS", timedelta(days=30))
    nowhere = Fetching(Policy.for_loopback(9), user_agent="test", processes=0)  # what is asked for is not dialled
    with serving(own_desk, fetching=nowhere) as site:
        asked(site, "waits@example.org")
        waiting = f"/confirm/{link_in(site.letter())}"
        _, link = subscribed(site)
        cookies = [signed_in(site)]
        every = list(every_form(site, cookies[0], waiting, f"/preferences/{link}", f"/unsubscribe/{link}"))
        seen = {form.address.split("/")[1].partition("?")[0] for form in every}
        assert {"search", "briefing", "subscribe", "confirm", "preferences", "unsubscribe", "editor"} <= seen
        assert len(every) > 25
        heavy = [form for form in every if "/act?" in form.address or "/briefing" in form.address]  # make a whole issue
        light = [form for form in every if form not in heavy]

        def tried(data, some):
            form = data.draw(st.sampled_from(some))
            site.moments.append(site.moments[-1] + timedelta(minutes=13))  # no limit is met
            sent = data.draw(form.filled())
            got = posted(site, form, sent, cookies[-1])
            if got.status == 401 and form.is_editors:  # it signed out
                cookies.append(signed_in(site))
                got = posted(site, form, sent, cookies[-1])
            assert got.status < 500, (form, sent, got.text)

        for some, most in ((light, 100), (heavy, 8)):
            settings(max_examples=most, **MANNER)(given(st.data(), st.just(some))(tried))()
        for path in (*PUBLIC[:4], "/subscribe"):
            assert site.ask(path).status in {200, 404}
        cookie = signed_in(site)
        assert [site.ask(path, Cookie=cookie).status for path in EDITORS] == [200] * len(EDITORS)


def posted(site, form, sent, cookie):
    headers = {"Cookie": cookie} if form.is_editors else {}
    if form.is_editors and "form" in sent:
        sent = sent | {"form": hmac.new(cookie.partition("=")[2].encode(), b"form", "sha256").hexdigest()}
    body = urlencode(sent, doseq=True, errors="surrogatepass")
    if form.method == "GET":
        return site.ask(f"{form.address.partition('?')[0]}?{body}", **headers)
    usual = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    return site.ask(form.address, "POST", body, Origin=site.origin, **usual, **headers)
