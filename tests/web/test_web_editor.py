import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from briefing.desk import slots as desk_slots
from briefing.desk.bringing import bring_out
from briefing.model.slot import Slot, SlotState
from briefing.model.topic import ReviewRule
from briefing.store import issues, outbox, slots
from briefing.store.sessions import log
from briefing.web.sessions import hashed, is_password

from .conftest import NOW, PASSWORD, TOPIC, serving

EDITION = f"/editor/{TOPIC}/weekly"


def signed_in(site):
    got = site.send("/editor/sign-in", {"password": PASSWORD})
    assert got.status == 303, got.text
    return got.headers["set-cookie"].partition(";")[0]


def form(site, cookie, path="/editor"):
    return re.search(r'name="form" value="([0-9a-f]{64})"', site.ask(path, Cookie=cookie).text)[1]


def test_nothing_of_the_editor_is_shown_without_a_session(own_site):
    for path in ("/editor", "/editor/sources", "/editor/log", EDITION, f"{EDITION}/preview"):
        page = own_site.ask(path)
        assert 'type="password"' in page.text
        assert "Sign out" not in page.text
        assert page.headers["cache-control"] == "no-store"
    assert own_site.ask("/editor", Cookie="desk=guess").text.count('type="password"') == 1


def test_without_a_password_there_is_no_editor(own_desk):
    with serving(own_desk, password="") as site:
        assert site.ask("/editor").status == 404
        assert site.send("/editor/sign-in", {"password": ""}).status == 404


def test_a_wrong_password_is_refused_and_noted(own_site):
    page = own_site.send("/editor/sign-in", {"password": "a long pass phrase"})

    assert page.status == 401
    assert "set-cookie" not in page.headers
    assert (log(own_site.desk.database)[0].who, log(own_site.desk.database)[0].action) == ("somebody", "was refused")


def test_guessing_is_slowed_down(own_site):
    statuses = [own_site.send("/editor/sign-in", {"password": str(n)}).status for n in range(8)]

    assert statuses == [401] * 5 + [429] * 3
    assert own_site.send("/editor/sign-in", {"password": PASSWORD}).status == 429
    own_site.moments.append(NOW + timedelta(minutes=2))
    assert own_site.send("/editor/sign-in", {"password": PASSWORD}).status == 303


def test_the_operator_may_keep_only_a_hash():
    kept = hashed(PASSWORD, b"sixteen byte salt")

    assert PASSWORD not in kept
    assert is_password(PASSWORD, kept)
    assert not is_password(PASSWORD + " ", kept)
    assert not is_password("", "")
    assert not is_password("", "scrypt$")
    assert not is_password("x", "scrypt$not base64$x")


def test_every_sign_in_has_a_token_of_its_own_whatever_the_browser_brought(own_site):
    planted = own_site.send("/editor/sign-in", {"password": PASSWORD}, Cookie="desk=planted")
    cookie = planted.headers["set-cookie"]

    assert "planted" not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert signed_in(own_site) != cookie.partition(";")[0]


def test_behind_tls_the_cookie_is_bound_to_the_host(own_desk):
    with serving(own_desk, base_address="https://desk.example.org") as site:
        got = site.send("/editor/sign-in", {"password": PASSWORD}, Origin="https://desk.example.org")

        assert got.headers["set-cookie"].startswith("__Host-desk=")
        assert "; Secure" in got.headers["set-cookie"]
        assert got.headers["strict-transport-security"] == "max-age=31536000"


def test_a_session_ends_by_time_and_by_signing_out(own_site):
    cookie = signed_in(own_site)
    assert "Sign out" in own_site.ask("/editor", Cookie=cookie).text
    own_site.moments.append(NOW + timedelta(hours=13))
    assert "Sign out" not in own_site.ask("/editor", Cookie=cookie).text

    again = signed_in(own_site)
    token = form(own_site, again)
    assert own_site.send("/editor/sign-out", {"form": token}, Cookie=again).status == 303
    assert "Sign out" not in own_site.ask("/editor", Cookie=again).text


def test_the_store_holds_no_token(own_site):
    token = signed_in(own_site).partition("=")[2]
    rows = list(own_site.desk.database.connection.execute("SELECT hash FROM session"))

    assert rows
    assert all(token not in row[0] for row in rows)


def test_the_next_issue_is_shown_with_all_that_is_left_out_and_why(own_site):
    cookie = signed_in(own_site)
    issues_before = issues.every(own_site.desk.database)
    page = own_site.ask(EDITION, Cookie=cookie)
    preview = own_site.ask(f"{EDITION}/preview?ui=zh", Cookie=cookie)

    assert page.status == 200
    assert "Nothing is published" in page.text
    assert html.fromstring(preview.body).get("lang") == "zh-Hans"
    assert issues.every(own_site.desk.database) == issues_before


@pytest.fixture
def open_desk(own_site):
    """A desk whose last issue was never made, so that its next one has articles."""
    database = own_site.desk.database
    last = issues.every(database)[-1]
    with database.transaction():
        database.connection.execute("DELETE FROM issue WHERE id = ?", (last.id,))
    return own_site


def test_keep_and_drop_are_noted_with_who_did_it(open_desk):
    cookie = signed_in(open_desk)
    page = open_desk.ask(EDITION, Cookie=cookie)
    tree = html.fromstring(page.body)
    address = tree.xpath("//input[@name='address']/@value")[0]
    token = tree.xpath("//input[@name='form']/@value")[0]
    done = open_desk.send(f"{EDITION}/act", {"form": token, "address": address, "act": "drop"}, Cookie=cookie)

    assert done.status == 303
    ((place, keep),) = issues.feedback(open_desk.desk.database, TOPIC)
    assert not keep
    assert log(open_desk.desk.database)[0].action == "drop"
    assert log(open_desk.desk.database)[0].subject == place
    assert 'aria-pressed="true"' in open_desk.ask(EDITION, Cookie=cookie).text
    assert place in open_desk.ask("/editor/log", Cookie=cookie).text


def test_an_address_that_was_never_seen_is_not_judged(own_site):
    cookie = signed_in(own_site)
    wish = {"form": form(own_site, cookie), "address": "https://example.org/x", "act": "keep"}

    assert own_site.send(f"{EDITION}/act", wish, Cookie=cookie).status == 400


ACTS = [
    ("/editor/post", {"act": "stop"}),
    (f"{EDITION}/act", {"act": "keep", "address": "x"}),
    (f"{EDITION}/act", {"act": "join", "key": "x", "into": "y"}),
    (f"{EDITION}/decide", {"act": "approve", "day": "2024-09-27"}),
    (f"{EDITION}/test", {"address": "x@example.org"}),
    ("/editor/sign-out", {}),
]


@pytest.mark.parametrize(("path", "wish"), ACTS)
def test_a_form_from_elsewhere_does_nothing(own_site, path, wish):
    cookie = signed_in(own_site)
    token = form(own_site, cookie)
    foreign = [
        own_site.send(
            path, {**wish, "form": token}, Cookie=cookie, Origin="https://evil.example", Sec_Fetch_Site="cross-site"
        ),
        own_site.send(path, {**wish, "form": token}, Cookie=cookie, Origin="https://evil.example", Sec_Fetch_Site=None),
        own_site.send(path, {**wish, "form": token}, Cookie=cookie, Origin="null", Sec_Fetch_Site=None),
        own_site.send(path, {**wish, "form": token}, Cookie=cookie, Origin=None, Sec_Fetch_Site=None),
        own_site.send(path, {**wish, "form": token}, Cookie=cookie, Sec_Fetch_Site="same-site"),
        own_site.send(path, {**wish, "form": "0" * 64}, Cookie=cookie),
        own_site.send(path, wish, Cookie=cookie),
        own_site.ask(path, "POST", "", Cookie=cookie, Origin=own_site.origin, Sec_Fetch_Site="same-origin"),
    ]

    assert [got.status for got in foreign] == [403] * len(foreign)
    assert outbox.stopped(own_site.desk.database) == ""
    assert "Sign out" in own_site.ask("/editor", Cookie=cookie).text


@pytest.mark.parametrize(("path", "wish"), ACTS)
def test_an_act_without_a_session_is_refused(own_site, path, wish):
    assert own_site.send(path, {**wish, "form": "0" * 64}).status == 401


def test_letters_can_be_stopped_and_let_go(own_site):
    cookie = signed_in(own_site)
    token = form(own_site, cookie)
    own_site.send("/editor/post", {"form": token, "act": "stop"}, Cookie=cookie)
    assert outbox.stopped(own_site.desk.database) == "by editor"
    assert "Letters are stopped" in own_site.ask("/editor", Cookie=cookie).text
    own_site.send("/editor/post", {"form": token, "act": "resume"}, Cookie=cookie)
    assert outbox.stopped(own_site.desk.database) == ""


def test_a_test_letter_is_marked_and_subscribes_nobody(own_site):
    cookie = signed_in(own_site)
    wish = {"form": form(own_site, cookie), "address": "colleague@example.org"}
    assert own_site.send(f"{EDITION}/test", wish, Cookie=cookie).status == 303
    letter = own_site.letter(within=20)

    assert letter.head.subject.startswith("[Test] ")
    assert letter.to.address == "colleague@example.org"
    assert own_site.send(f"{EDITION}/test", {**wish, "address": "no\r\nBcc: x@y.zz"}, Cookie=cookie).status == 400


@pytest.mark.parametrize(
    ("rule", "act"),
    [
        (ReviewRule.HOLD_THEN_SKIP, "approve"),
        (ReviewRule.HOLD_THEN_SEND, "approve"),
        (ReviewRule.HOLD_THEN_SEND, "skip"),
    ],
)
def test_the_editors_word_on_a_held_issue_counts(own_site, rule, act):
    desk = own_site.desk
    topic = desk.topics[0]
    edition = replace(topic.editions[0], review=rule)
    due = NOW + timedelta(days=6)
    desk_slots.due_now(desk.database, topic.key, edition, NOW)
    held = None
    while held is None:
        due += timedelta(hours=6)
        held = bring_out(desk, topic, edition, "maker", due)
    assert held.state is SlotState.HELD
    own_site.moments.append(due)

    cookie = signed_in(own_site)
    page = own_site.ask("/editor", Cookie=cookie)
    assert "An issue waits for you" in page.text
    own_site.send(
        f"{EDITION}/decide", {"form": form(own_site, cookie), "act": act, "day": page.value("day")}, Cookie=cookie
    )
    later = bring_out(desk, topic, edition, "another", due + timedelta(seconds=1))

    if act == "approve":
        assert later.state in {SlotState.MADE, SlotState.QUIET}
    else:
        assert later is None
        assert slots.last(desk.database, topic.key, edition.name).state is SlotState.SKIPPED
    assert isinstance(held.slot, Slot)


def test_an_issue_held_by_hand_waits_and_does_not_appear_without_a_word(own_site):
    desk = own_site.desk
    topic = desk.topics[0]
    edition = topic.editions[0]
    cookie = signed_in(own_site)
    wish = {"form": form(own_site, cookie), "act": "hold"}
    assert own_site.send(f"{EDITION}/act", wish, Cookie=cookie).status == 303
    assert "without it, it does not appear" in own_site.ask(EDITION, Cookie=cookie).text
    due = NOW + timedelta(days=6)
    desk_slots.due_now(desk.database, topic.key, edition, NOW)
    held = None
    while held is None:
        due += timedelta(hours=6)
        held = bring_out(desk, topic, edition, "maker", due)

    assert held.state is SlotState.HELD
    later = due + timedelta(minutes=edition.review_minutes, seconds=1)
    assert bring_out(desk, topic, edition, "maker", later).state is SlotState.SKIPPED
    assert log(desk.database)[0].action == "hold"


def test_sources_in_trouble_come_first(own_site):
    page = own_site.ask("/editor/sources", Cookie=signed_in(own_site))

    assert page.status == 200
    assert page.text.count("<tr>") > 10
    assert page.text.index("No answer") < page.text.index("Answered")
