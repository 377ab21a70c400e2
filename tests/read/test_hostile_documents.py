"""Documents made to hang or to fill a parser: bounded time for each, and what is sound in it is kept."""

import time
from datetime import UTC, datetime

import pytest

from briefing.model.entry import Failed, Fetched
from briefing.model.source import FieldMap, Selectors, Source, SourceKind
from briefing.read.body import page_of
from briefing.read.document import read_document
from briefing.read.parsed import MAX_ENTRIES, Parsed

NOW = datetime(2026, 11, 25, tzinfo=UTC)
BOUND_S = 8.0  # of the processor: these take below 2 s, and minutes without bounds
ADDRESS = "https://news.example/feed"
SOUND = "<item><title>数据收费清单公布</title><link>https://news.example/1</link></item>"
MANY = " ".join(f'a{number}="1"' for number in range(100_000))
BROKEN = MANY.replace("1", ">")
BARE = MANY.replace('="1"', "")
GONE = "&#x110000;&#99999999999;&#xD800;&#;&#x;&#0;" * 3_000
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
SWOLLEN = '<!DOCTYPE x [<!ENTITY a "' + "A" * 100_000 + '">]>'
CROWD = "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n} "v">' for n in range(100_000)) + "]>"


def rss(inner):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{inner}</channel></rss>'


def laughs(levels):
    tens = {n: f"&l{n - 1};" * 10 for n in range(1, levels)}
    inner = "".join(f'<!ENTITY l{n} "{ten}">' for n, ten in tens.items())
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{inner}]>'


HOSTILE = {
    "100,000 attributes": rss(f"{SOUND}<item {MANY}><title>t</title></item>"),
    "attributes without worth": rss(f"{SOUND}<item {BARE}><title>t</title></item>"),
    "attributes that hold a bracket": rss(f"{SOUND}<item {BROKEN}><title>t</title></item>"),
    "attributes without an end": rss(f"{SOUND}<item {MANY}"),
    "attributes in an inner page": rss(f'{SOUND}<item><title type="xhtml"><div {MANY}>t</div></title></item>'),
    "many tags with many attributes": rss(SOUND + f"<item {MANY[:1500]}></item>" * 2_000),
    "200,000 items": rss(SOUND + "<item><title>t</title></item>" * 200_000),
    "200,000 items in one another": rss(SOUND + "<item>" * 200_000),
    "deep nesting": rss(f"{SOUND}<item>{'<a>' * 100_000}x{'</a>' * 100_000}</item>"),
    "deep nesting without ends": rss(f"{SOUND}<item><title>{'<b>' * 200_000}"),
    "a different tag every time": rss(SOUND + "".join(f"<t{n}>" for n in range(100_000))),
    "comments without ends": rss(SOUND + "<!--" * 200_000),
    "sections without ends": rss(SOUND + "<item><title><![CDATA[" * 50_000),
    "instructions without ends": rss(SOUND + "<?x " * 200_000),
    "nothing but brackets": rss(SOUND + "<" * 500_000),
    "nothing but ampersands": rss(f"{SOUND}<item><title>{'&' * 500_000}</title></item>"),
    "escapes of escapes": rss(f"{SOUND}<item><title>{'&amp;lt;b&amp;gt;' * 50_000}</title></item>"),
    "a long title": rss(f"{SOUND}<item><title>{'长' * 2_000_000}</title></item>"),
    "a long address": rss(f"{SOUND}<item><link>https://news.example/{'a' * 2_000_000}</link></item>"),
    "a long date": rss(f"{SOUND}<item><title>t</title><pubDate>{'1 ' * 500_000}</pubDate></item>"),
    "a text of tags": rss(f"{SOUND}<item><description>{'&lt;p&gt;' * 200_000}</description></item>"),
    "billion laughs": laughs(12) + rss(f"{SOUND}<item><title>&l11;</title></item>")[21:],
    "quadratic entities": SWOLLEN + rss(f"{SOUND}<item>{'&a;' * 50_000}</item>")[21:],
    "100,000 entities": CROWD + rss(SOUND)[21:],
    "a file of the machine": FILE + rss(f"{SOUND}<item><title>&f;</title></item>")[21:],
    "characters that do not exist": rss(f"{SOUND}<item><title>{GONE}</title></item>"),
    "control characters": rss(f"{SOUND}<item><title>{chr(1) * 300_000}{chr(0x0B)}</title></item>"),
}  # fmt: skip


def read(body, kind=SourceKind.FEED):
    raw = body if isinstance(body, bytes) else body.encode()
    source = Source("news", ADDRESS, kind, selectors=Selectors("li, tr, div"), fields=FieldMap("items[]", "title"))
    begin = time.process_time()
    result = read_document(source, Fetched(ADDRESS, ADDRESS, raw), NOW)
    assert time.process_time() - begin < BOUND_S
    return result


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_is_read_in_bounded_time_and_its_sound_entry_is_kept(name):
    result = read(HOSTILE[name])
    assert isinstance(result, Parsed)
    assert result.entries[0].title == "数据收费清单公布"
    assert len(result.entries) <= MAX_ENTRIES
    assert "root" not in "".join(entry.title for entry in result.entries)


def test_items_beyond_the_bound_are_counted():
    result = read(HOSTILE["200,000 items"])
    assert result.skipped >= 200_001 - MAX_ENTRIES


@pytest.mark.parametrize("kind", [SourceKind.PAGE, SourceKind.RECORDS, SourceKind.SITEMAP])
@pytest.mark.parametrize("name", ["100,000 attributes", "deep nesting", "billion laughs", "nothing but brackets"])
def test_a_hostile_document_is_bounded_for_every_kind_of_source(kind, name):
    assert isinstance(read(HOSTILE[name], kind), Parsed | Failed)


@pytest.mark.parametrize(
    "body",
    [
        "[" * 500_000,
        '{"a":' * 200_000,
        '{"items": [' + ",".join(['{"title": "a"}'] * 100_000) + "]}",
        '{"items": [{"title": ' + "9" * 100_000 + "}]}",
        "\0" * 500_000,
        "{" + "\0" * 500_000,
    ],
)
def test_hostile_json_is_read_in_bounded_time(body):
    for kind in (SourceKind.FEED, SourceKind.RECORDS, SourceKind.PAGE):
        assert isinstance(read(body, kind), Parsed | Failed)


@pytest.mark.parametrize(
    "body",
    [
        f"<html><body><div {MANY}><p>text</p></div></body></html>",
        "<html><body><div " + MANY.replace("1", ">") + "><p>text</p></div></body></html>",
        "<html><body>" + "<div>" * 100_000 + "text",
        "<table>" + "<tr><td><a href='/x'>abc" * 50_000,
        "<ul>" + "".join(f"<li><a href='/{n}'>标题{n}</a></li>" for n in range(50_000)),
        "<p>" + "a," * 1_000_000,
    ],
)
def test_a_hostile_page_is_read_in_bounded_time(body):
    begin = time.process_time()
    page_of(Fetched(ADDRESS, ADDRESS, body.encode()), Source("news", ADDRESS, SourceKind.PAGE), NOW)
    read(body, SourceKind.PAGE)
    assert time.process_time() - begin < BOUND_S
