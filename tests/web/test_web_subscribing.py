import re
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.deliver import tokens
from briefing.desk.readers import How, logged
from briefing.model.subscriber import ConsentEvent, SubscriberState, Subscription
from briefing.store import subscribers

from .conftest import KEY, NOW, TOPIC, serving

WISH = {"topic": TOPIC, "edition": "weekly", "language": "zh"}


def reader(site, address="reader@example.org"):
    return subscribers.by_identity(site.desk.database, address)


def asked(site, address="reader@example.org", **more):
    got = site.send("/subscribe", {**WISH, "address": address, **more})
    assert got.status == 200
    return got


def link_in(letter):
    return re.search(r"http://\S+/confirm/\S+", letter.text)[0].partition("/confirm/")[2]


def subscribed(site, address="reader@example.org"):
    asked(site, address)
    site.send(f"/confirm/{link_in(site.letter())}")
    found = reader(site, address)
    return found, tokens.token(KEY, tokens.Purpose.READER, found.id, topic=TOPIC)


def test_from_the_form_to_the_first_letter_and_away_again(own_site):
    site = own_site
    page = asked(site)
    assert "look into your mailbox" in page.text
    letter = site.letter()
    assert letter.to.address == "reader@example.org"
    assert letter.head.subject == "请确认订阅：Briefing"
    token = link_in(letter)
    assert reader(site).state is SubscriberState.PENDING

    button = site.ask(f"/confirm/{token}")
    assert "<button>" in button.text
    assert reader(site).state is SubscriberState.PENDING

    done = site.send(f"/confirm/{token}")
    assert "订阅成功" in done.text  # in the language that the reader chose
    assert reader(site).state is SubscriberState.ACTIVE
    assert reader(site).subscriptions == (Subscription(TOPIC, "weekly"),)
    assert reader(site).language == "zh"

    own = done.link(r"^/preferences/")
    assert site.ask(own).status == 200
    leaving = tokens.token(KEY, tokens.Purpose.READER, reader(site).id, topic=TOPIC)
    assert "<button>" in site.ask(f"/unsubscribe/{leaving}").text
    assert reader(site).subscriptions
    assert site.send(f"/unsubscribe/{leaving}", {"from": "page"}).status == 200
    assert reader(site).subscriptions == ()
    assert reader(site).state is SubscriberState.LEFT


def test_the_answer_is_the_same_for_known_and_unknown_addresses(own_site):
    subscribed(own_site, "known@example.org")
    answers = [asked(own_site, a) for a in ("known@example.org", "unknown@example.org", "unknown@example.org")]

    assert len({answer.body for answer in answers}) == 1
    assert len({tuple(sorted(k for k in answer.headers)) for answer in answers}) == 1
    assert own_site.letter().to.address == "unknown@example.org"
    assert own_site.letters == []


def test_one_letter_a_day_and_not_one_more(own_site):
    for _ in range(3):
        asked(own_site)
    own_site.letter()
    assert own_site.letters == []


def test_a_program_that_fills_the_hidden_field_is_told_the_same_and_gets_nothing(own_site):
    page = asked(own_site, website="https://example.org")

    assert "look into your mailbox" in page.text
    assert reader(own_site) is None


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b", "a@b.c, d@e.f", "a@example.org\r\nBcc: x@example.org", "<a@example.org>", "a" * 400],
)
def test_what_is_no_address_is_said_at_the_field(own_site, address):
    page = own_site.send("/subscribe", {**WISH, "address": address})

    assert page.status == 400
    assert 'role="alert"' in page.text
    assert "<a@example.org>" not in page.text


def test_an_edition_that_does_not_exist_is_refused(own_site):
    assert own_site.send("/subscribe", {**WISH, "edition": "hourly", "address": "a@example.org"}).status == 400
    assert own_site.send("/subscribe", {**WISH, "topic": "../x", "address": "a@example.org"}).status == 400


def test_many_wishes_from_one_network_make_five_letters(own_site):
    statuses = [own_site.send("/subscribe", {**WISH, "address": f"r{n}@example.org"}).status for n in range(40)]

    assert statuses.count(200) == 5
    assert statuses[5:] == [429] * 35
    own_site.moments.append(NOW + timedelta(hours=2))
    assert own_site.send("/subscribe", {**WISH, "address": "later@example.org"}).status == 200


def test_the_limit_outlives_a_restart(sample, tmp_path):

    shutil.copytree(sample, tmp_path / "desk")
    for expected in ([200] * 5, [429] * 5):
        with serving(tmp_path / "desk") as site:
            done = [site.send("/subscribe", {**WISH, "address": f"r{n}@example.org"}).status for n in range(5)]
        assert done == expected


def test_one_click_needs_no_cookie_no_origin_and_no_second_page(own_site):
    found, token = subscribed(own_site)
    page = own_site.ask(
        f"/unsubscribe/{token}",
        "POST",
        "List-Unsubscribe=One-Click",
        Content_Type="application/x-www-form-urlencoded",
    )

    assert page.status == 200
    assert "set-cookie" not in page.headers
    assert reader(own_site).subscriptions == ()
    log = subscribers.consents(own_site.desk.database, found.id)
    assert (log[-1].event, log[-1].how) == (ConsentEvent.LEFT, "one click")


def test_one_click_as_a_multipart_form_works_too(own_site):
    _, token = subscribed(own_site)
    body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

    assert (
        own_site.ask(f"/unsubscribe/{token}", "POST", body, Content_Type="multipart/form-data; boundary=x").status
        == 200
    )
    assert reader(own_site).subscriptions == ()


def test_leaving_one_topic_keeps_the_others(own_site):
    found, token = subscribed(own_site)
    two = (*found.subscriptions, Subscription("another", "daily"))

    subscribers.change(
        own_site.desk.database,
        replace(found, subscriptions=two),
        logged(found, ConsentEvent.CHANGED, How("command"), NOW),
    )
    own_site.send(f"/unsubscribe/{token}", {"from": "page"})

    assert reader(own_site).subscriptions == (Subscription("another", "daily"),)


def test_settings_are_kept_and_said_back(own_site):
    _, token = subscribed(own_site)
    saved = own_site.send(
        f"/preferences/{token}?ui=en",
        {"act": "save", "edition": f"{TOPIC}/weekly", "language": "en", "at": "07:00", "zone": "Asia/Shanghai"},
    )

    assert saved.status == 303
    assert "Saved." in own_site.ask(saved.headers["location"]).text
    now = reader(own_site)
    assert (now.language, now.zone, now.at.hour) == ("en", "Asia/Shanghai", 7)


def test_pause_resume_and_forget(own_site):
    _, token = subscribed(own_site)
    own_site.send(f"/preferences/{token}", {"act": "pause"})
    assert reader(own_site).state is SubscriberState.PAUSED
    own_site.send(f"/preferences/{token}", {"act": "resume"})
    assert reader(own_site).state is SubscriberState.ACTIVE
    assert own_site.send(f"/preferences/{token}", {"act": "forget"}).status == 200
    assert reader(own_site) is None
    assert own_site.ask(f"/preferences/{token}").status == 404


@pytest.mark.parametrize(
    "form",
    [
        {"act": "save", "zone": "Mars/Base"},
        {"act": "save", "zone": "../../etc/passwd"},
        {"act": "save", "at": "25:00"},
        {"act": "save", "language": "xx", "edition": f"{TOPIC}/weekly"},
        {"act": "none"},
        {"act": "briefing", "since": "9999d"},
        {},
    ],
)
def test_settings_that_cannot_be_change_nothing(own_site, form):
    before, token = subscribed(own_site)

    assert own_site.send(f"/preferences/{token}", form).status in {400, 303}
    if form.get("act") != "save" or "zone" in form:
        assert reader(own_site).zone == before.zone


@pytest.mark.parametrize("kind", ["confirm", "preferences", "unsubscribe"])
def test_guessed_cut_and_borrowed_tokens_open_nothing(own_site, kind):
    found, token = subscribed(own_site)
    other = {
        "confirm": tokens.Purpose.READER,
        "preferences": tokens.Purpose.CONFIRM,
        "unsubscribe": tokens.Purpose.BOUNCE,
    }
    borrowed = tokens.token(KEY, other[kind], found.id)
    wrong = [token[:-1], token[:-1] + ("a" if token[-1] != "a" else "b"), borrowed, "x" * 500, "é", found.id, "%00"]

    for guess in wrong:
        assert own_site.send(f"/{kind}/{guess}", {"act": "pause", "from": "page"}).status in {400, 404}
    assert reader(own_site).state is SubscriberState.ACTIVE
    assert reader(own_site).subscriptions == found.subscriptions


def test_a_link_to_confirm_ends_after_three_days(own_site):
    asked(own_site)
    token = link_in(own_site.letter())
    own_site.moments.append(NOW + timedelta(hours=73))

    assert own_site.send(f"/confirm/{token}").status == 404
    assert reader(own_site).state is SubscriberState.PENDING


def test_a_reader_may_have_a_briefing_mailed_to_their_own_address(own_site):
    _, token = subscribed(own_site)
    done = own_site.send(f"/preferences/{token}", {"act": "briefing", "topic": TOPIC, "q": "衡阳", "since": "30d"})

    assert done.status == 303
    letter = own_site.letter(within=20)
    assert letter.to.address == "reader@example.org"
    assert "衡阳" in letter.text


def test_without_a_key_or_a_post_no_subscribers_are_taken(sample):

    for lacking in ({"key": b""}, {"send": None}):
        with serving(sample, **lacking) as site:
            assert "/subscribe" not in site.ask(f"/{TOPIC}/index.html").text
            assert site.send("/subscribe", {**WISH, "address": "a@example.org"}).status == 404
