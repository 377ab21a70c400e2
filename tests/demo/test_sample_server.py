"""The sample over loopback: what it shows when, and how it answers a conditional request."""

import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.demo import SampleServer, load_sample
from briefing.demo.sample import Later
from briefing.model.source import SourceKind, Tier
from briefing.model.text import Language

MARK = "Sample: invented for demonstration"
SAMPLE = load_sample()


@pytest.fixture
def server():
    with SampleServer(SAMPLE, SAMPLE.days[0]) as running:
        yield running


def ask(address: str, **headers: str):
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""


def address_of(server: SampleServer, key: str) -> str:
    return next(source.address for source in server.sources if source.key == f"sample-{key}")


def test_the_sample_has_three_days_both_languages_three_scripts_and_three_forms():
    assert len(SAMPLE.days) == 3
    assert 20 <= len(SAMPLE.items) <= 28
    assert {outlet.language for outlet in SAMPLE.outlets} == {Language.EN, Language.HANS, Language.HANT}
    assert {outlet.form for outlet in SAMPLE.outlets} == {"rss", "atom", "list"}
    for before, after in zip((SAMPLE.days[0] - timedelta(7), *SAMPLE.days), SAMPLE.days, strict=False):
        assert any(before < item.seen <= after for item in SAMPLE.items)


def test_every_item_belongs_to_an_outlet_and_has_an_id_and_path_of_its_own():
    assert {item.outlet for item in SAMPLE.items} <= {outlet.key for outlet in SAMPLE.outlets}
    assert len({item.id for item in SAMPLE.items}) == len(SAMPLE.items)
    assert len({(item.outlet, item.path) for item in SAMPLE.items}) == len(SAMPLE.items)


def test_every_source_is_marked_as_invented_and_stands_on_loopback(server):
    for source in server.sources:
        assert source.address.startswith(f"{server.origin}/")
        assert source.note == MARK
        assert source.kind in {SourceKind.FEED, SourceKind.PAGE}
        status, _, body = ask(source.address)
        if source.key == "sample-towertariff":
            assert status == 503
        else:
            assert status == 200
            assert MARK.encode() in body


def test_what_came_out_later_appears_when_the_clock_moves(server):
    address = address_of(server, "shuzheng")
    assert "省审计厅" not in ask(address)[2].decode()
    server.move(SAMPLE.days[1])
    assert ask(address)[2].decode().count("省审计厅通报政务数据收费问题") == 4


@pytest.mark.parametrize("key", ["meridian", "openline", "jiangan"])
def test_a_known_document_is_answered_with_304(server, key):
    address = address_of(server, key)
    status, headers, body = ask(address)
    assert (status, bool(body)) == (200, True)
    assert ask(address, If_None_Match=f'W/{headers["ETag"]}, "other"')[0] == 304
    assert ask(address, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(address, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert ask(address, If_Modified_Since="yesterday")[0] == 200
    server.move(SAMPLE.days[2])
    assert ask(address, If_None_Match=headers["ETag"])[0] == 200
    assert server.asked[:2] == [
        (f"/{key}/{address.rpartition('/')[2]}", 200),
        (f"/{key}/{address.rpartition('/')[2]}", 304),
    ]


def test_a_page_holds_the_text_and_its_own_date_and_the_mark_stands_outside_the_text(server):
    server.move(SAMPLE.days[2])
    item = next(item for item in SAMPLE.items if item.page_published != item.published)
    status, _, body = ask(f"{server.origin}/{item.outlet}{item.path}")
    text = body.decode()
    assert status == 200
    assert item.page_published.isoformat() in text
    assert MARK not in text.partition('<div class="text">')[2]
    assert text.index(MARK) < text.index("<article>")


def test_feeds_are_well_formed_and_carry_text_or_lead_to_a_page(server):
    server.move(SAMPLE.days[2])
    for outlet in SAMPLE.outlets:
        if outlet.form == "list" or outlet.broken:
            continue
        root = ET.fromstring(ask(address_of(server, outlet.key))[2].decode(outlet.encoding).partition("?>")[2])
        text = "".join(root.itertext())
        items = SAMPLE.items_of(outlet, server.now)
        assert items
        for item in items:
            assert item.title in text
            assert (item.paragraphs[-1][:20] in text) is (outlet.carries == "text")


def test_one_feed_is_gb18030_that_calls_itself_gb2312(server):
    body = ask(address_of(server, "xiaoyuan"))[2]
    assert b'encoding="GB2312"' in body
    assert "南京审计大学" in body.decode("gb18030")


def test_an_outlet_may_give_an_old_article_a_new_date_or_title():
    changing = next(item for item in SAMPLE.items if item.later)
    before, after = changing.at(SAMPLE.days[0]), changing.at(SAMPLE.days[2])
    assert before.published < after.published
    assert changing.changed(SAMPLE.days[2]) > changing.changed(SAMPLE.days[0])
    assert before.title == after.title


def test_unknown_paths_are_404(server):
    assert ask(f"{server.origin}/nobody/feed.xml")[0] == 404
    assert ask(f"{server.origin}/meridian/nothing")[0] == 404
    assert ask(f"{server.origin}/jiangan/nothing.html")[0] == 404


def test_the_official_outlet_is_official():
    tiers = {outlet.key: outlet.tier for outlet in SAMPLE.outlets}
    assert tiers["shujuju"] is Tier.OFFICIAL


def test_a_title_that_an_outlet_changes_later_is_the_new_one_from_then_on():
    item = replace(SAMPLE.items[0], later=(Later(SAMPLE.days[1], "title", "新标题"),))
    assert [item.at(day).title for day in SAMPLE.days[:2]] == [SAMPLE.items[0].title, "新标题"]
