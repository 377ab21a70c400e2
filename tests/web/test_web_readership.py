"""What the editor sees of one reader, and what nobody else sees."""

import re

import pytest

from briefing.deliver.answers import Meaning
from briefing.desk import readers
from briefing.desk.delivering import Bounce, count_bounce
from briefing.desk.readers import How, Register, Wish
from briefing.model.subscriber import SubscriberState, Subscription
from briefing.store import outbox, subscribers
from briefing.store.outbox import Planned
from briefing.store.sessions import log

from .conftest import KEY, NOW, PASSWORD, TOPIC

ADDRESS = "ada.private@example.net"
SAID = f"550 5.1.1 <{ADDRESS}> no such user"


@pytest.fixture
def held(own_site):
    """A reader who asked, confirmed, was sent a letter, and whose mailbox is gone."""
    db = own_site.desk.database
    register = Register(db, KEY, lambda: "ada0000000000001")
    asked = readers.ask(
        register, Wish(ADDRESS, (Subscription(TOPIC, "weekly"),), "zh", "Asia/Shanghai"), How("form", "v1"), NOW
    )
    readers.confirm(register, readers.opt_in_token(register, asked, NOW), How("link"), NOW)
    outbox.plan(db, TOPIC, "2024-08-30-weekly", [Planned(asked.id, "example.net", NOW, "<1@x>")], NOW)
    outbox.take(db, "b:s", NOW, NOW)
    outbox.claim(db, "b:s", NOW, 9)
    with db.transaction():
        outbox._settle(db, "b:s", [outbox.Settled(1, outbox.DeliveryState.FAILED, SAID)], NOW)
        count_bounce(db, KEY, Bounce(asked.id, Meaning.GONE, "r1", SAID), NOW)
    return asked


def signed_in(site):
    return site.send("/editor/sign-in", {"password": PASSWORD}).headers["set-cookie"].partition(";")[0]


def token(page):
    return re.search(r'name="form" value="([0-9a-f]{64})"', page.text)[1]


@pytest.mark.parametrize(
    ("ui", "words"),
    [
        (
            "en",
            (
                "Paused",
                "Yes: it bounced",
                "Confirmed",
                "Asked",
                "The mailbox is gone",
                "Failed",
                "…@example.net",
                "Chinese",
            ),
        ),
        ("zh", ("已暂停", "是：退信", "确认", "申请", "邮箱不存在", "失败", "…@example.net", "中文")),
    ],
)
def test_a_readers_file_tells_state_consent_letters_bounces_and_suppression_but_no_address(own_site, held, ui, words):
    cookie = signed_in(own_site)
    for path in (f"/editor/readers/{held.id}", "/editor/bounces", "/editor/letters?state=failed"):
        page = own_site.ask(f"{path}{'&' if '?' in path else '?'}ui={ui}", Cookie=cookie)
        assert page.status == 200
        assert "ada.private" not in page.text
        assert held.id in page.text
    page = own_site.ask(f"/editor/readers/{held.id}?ui={ui}", Cookie=cookie)
    assert [word for word in words if word not in page.text] == []
    assert "550 5.1.1" in page.text


def test_nobody_but_an_editor_sees_a_reader_or_what_came_back(own_site, held):
    for path in (f"/editor/readers/{held.id}", "/editor/bounces"):
        assert "550 5.1.1" not in own_site.ask(path).text
        assert 'type="password"' in own_site.ask(path).text
    assert own_site.send("/editor/bounces", {"address": ADDRESS}).status == 401
    assert own_site.send(f"/editor/readers/{held.id}", {"act": "resume"}).status == 401
    assert subscribers.by_id(own_site.desk.database, held.id).state is SubscriberState.PAUSED


def test_an_editor_finds_a_reader_by_the_address_that_stands_in_no_link(own_site, held):
    cookie = signed_in(own_site)
    form = token(own_site.ask("/editor/bounces", Cookie=cookie))
    found = own_site.send("/editor/bounces", {"form": form, "address": ADDRESS.upper()}, Cookie=cookie)
    lost = own_site.send("/editor/bounces?ui=zh", {"form": form, "address": "bob@example.net"}, Cookie=cookie)
    assert (found.status, found.headers["location"]) == (303, f"/editor/readers/{held.id}?ui=en")
    assert lost.status == 404
    assert "这里没有使用该邮箱的读者" in lost.text
    assert own_site.send("/editor/bounces", {"form": form, "address": "no address"}, Cookie=cookie).status == 404
    assert own_site.ask("/editor/readers/nobody", Cookie=cookie).status == 404


def test_an_editor_lets_a_paused_reader_have_letters_again_and_the_log_says_who_did(own_site, held):
    cookie = signed_in(own_site)
    path = f"/editor/readers/{held.id}"
    form = token(own_site.ask(path, Cookie=cookie))
    db = own_site.desk.database

    assert own_site.send(path, {"form": form, "act": "resume"}, Cookie=cookie).status == 303
    assert subscribers.by_id(db, held.id).state is SubscriberState.ACTIVE
    assert subscribers.suppression(db, Register(db, KEY, str).hash(ADDRESS)) is None
    assert own_site.send(path, {"form": form, "act": "pause"}, Cookie=cookie).status == 303
    assert subscribers.by_id(db, held.id).state is SubscriberState.PAUSED
    assert [(deed.action, deed.subject) for deed in log(db)[:2]] == [
        ("pause reader", held.id),
        ("resume reader", held.id),
    ]
    assert "by an editor" in own_site.ask(path, Cookie=cookie).text
    assert own_site.send(path, {"form": form, "act": "erase"}, Cookie=cookie).status == 400
