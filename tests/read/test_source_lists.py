"""OPML in and out, the feeds of a site, and the selectors of an unknown list page."""

import tomllib
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.entry import Fetched
from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read.discovery import feeds_in, guess, lines_for
from briefing.read.opml import opml_of, sources_in

NOW = datetime(2024, 9, 6, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="GBK"?><opml version="1.0"><body>
<outline text="南湾 &amp;amp; 北湾" xmlUrl="https://feeds.nanwan.example/rss" type="rss" language="zh-TW"/>
<outline text="folder"><outline title="Ledger" text="x" xmlurl="https://www.ledger.example/feed" type="RSS"/>
<outline text="again" xmlUrl="http://ledger.example/feed"/><outline text="b" xmlUrl="https://ledger.example/b"/></outline>
<outline text="page" xmlUrl="https://office.example/list" type="page"/>
<outline text="a site" type="link" url="https://site.example/"/><outline text="none"/><outline xmlUrl="ftp://x.example/"/>
<outline xmlUrl="https://1.2.3.4/f"/></body></opml>"""


def test_a_list_gives_each_feed_once_with_a_short_name():
    found = sources_in(LIST.encode("gbk"))
    assert [(s.key, s.name, s.kind) for s in found] == [
        ("nanwan", "南湾 & 北湾", SourceKind.FEED),
        ("ledger", "Ledger", SourceKind.FEED),
        ("ledger-2", "b", SourceKind.FEED),
        ("office", "page", SourceKind.PAGE),
        ("1", "1.2.3.4", SourceKind.FEED),
    ]
    assert (found[0].language, found[1].language) == (Language.HANT, Language.OTHER)


def test_a_list_that_was_written_is_read_back():
    sources = [
        Source("a", "https://a.example/feed?x=1&y=2", SourceKind.FEED, name='A & "B" < C\x01', language=Language.EN),
        Source("office", "https://office.example/list", SourceKind.PAGE, language=Language.HANS),
        Source("b", "https://b.example/feed", SourceKind.SEARCH),
    ]
    back = sources_in(opml_of(sources, "清单 & more"))
    assert [(s.address, s.name, s.kind, s.language) for s in back] == [
        ("https://a.example/feed?x=1&y=2", 'A & "B" < C', SourceKind.FEED, Language.EN),
        ("https://office.example/list", "office", SourceKind.PAGE, Language.HANS),
        ("https://b.example/feed", "b", SourceKind.FEED, Language.OTHER),
    ]


def test_entities_of_a_list_are_not_opened_and_its_length_is_bounded():
    bomb = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><opml><outline text="&f;" xmlUrl="https://a.example/"/></opml>'
    assert [s.name for s in sources_in(bomb.encode())] == ["a.example"]
    many = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(10_050))
    assert len(sources_in(f"<opml>{many}</opml>".encode())) == 10_000


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_none(body):
    assert isinstance(sources_in(body), tuple)
    assert sources_in(b"") == sources_in(b"words") == ()


def fetched(html, address="https://nanwan.example/list/"):
    return Fetched(address, address, html.encode())


def test_the_feeds_that_a_page_names_are_found():
    page = """<html><head><link rel="alternate" type="application/rss+xml" title="南湾 RSS" href="/rss.xml">
    <link rel="alternate" hreflang="en" href="/en/">
    <link rel="alternate" type="application/json" title="JSON" href="/feed.json">
    <link rel="alternate" type="application/atom+xml" href="javascript:x"><link rel="stylesheet" href="/x.css"></head>
    <body><a href="/rss/all">All</a><a href="/rss.xml">again</a>
    <a href="https://other.example/feed/">other</a><a>x</a></body></html>"""
    found = feeds_in(fetched(page))
    assert [(f.address, f.title) for f in found] == [
        ("https://nanwan.example/rss.xml", "南湾 RSS"),
        ("https://nanwan.example/feed.json", "JSON"),
        ("https://nanwan.example/rss/all", "All"),
    ]
    assert feeds_in(fetched("no page")) == ()


ROW = '<li class="row odd{odd}"><a href="/news/{n}.html" title="第{n}条关于港口数据的消息">第{n}条关于…</a>{date}</li>'
ROWS = "".join(ROW.format(n=n, odd=n % 2, date=f'<span class="date">[08-{n + 10}]</span>') for n in range(12))
MENU = '<a href="/s">短</a>' + "".join(f'<li><a href="/m{n}">栏目名称{n}</a></li>' for n in range(20))
PAGE = f'<html><body><ul class="menu">{MENU}</ul><div><ul id="list" class="news">{ROWS}</ul></div></body></html>'


def test_the_list_of_a_page_is_told_from_its_menu():
    best = guess(fetched(PAGE), NOW)
    assert (best.selectors.item, best.selectors.date) == ("ul#list > li.row", "span.date")
    assert (best.rows, best.dated) == (12, 12)
    assert best.titles[0] == "第0条关于港口数据的消息"


def test_the_lines_to_paste_are_what_a_sources_file_takes():
    written = lines_for(fetched(PAGE), NOW)
    (source,) = tomllib.loads("\n".join(written))["source"]
    assert source["selectors"] == {"item": "ul#list > li.row", "date": "span.date"}
    assert (source["kind"], source["key"], source["address"]) == ("page", "nanwan", "https://nanwan.example/list/")
    assert "# 12 rows, 12 of them dated, for example" in written


def test_tables_and_bare_links_are_guessed_too():
    cells = '<td><a href="/a/{n}">Harbour number {n} lists its data</a></td><td>2024-08-1{n}</td>'
    rows = "".join(f"<tr>{cells.format(n=n)}</tr>" for n in range(8))
    table = guess(fetched(f"<table class='t1 list'><tbody>{rows}</tbody></table>"), NOW)
    assert (table.rows, table.dated, table.selectors.date) == (8, 8, "td")
    bare = "".join(f'<a href="/a/{n}">Harbour number {n} lists its data</a>' for n in range(8))
    assert guess(fetched(f"<div>{bare}</div>"), NOW).rows == 8
    assert guess(fetched(bare), NOW).rows == 8


def test_a_page_without_a_list_says_so():
    assert lines_for(fetched("<p>words</p>"), NOW) == ("# nothing here looks like a list of articles",)
    assert guess(fetched("words"), NOW) is None
    few = "".join(f'<p><a href="/same">a longer link text {n}</a></p>' for n in range(6))
    assert guess(fetched(few), NOW) is None


def test_an_english_list_page_needs_no_zone_and_a_chinese_one_gets_its_own():
    bare = "".join(f'<a href="/a/{n}">Harbour number {n} lists its data</a>' for n in range(8))
    (english,) = tomllib.loads("\n".join(lines_for(fetched(f"<div>{bare}</div>"), NOW)))["source"]
    (chinese,) = tomllib.loads("\n".join(lines_for(fetched(PAGE), NOW)))["source"]
    assert "zone" not in english
    assert (chinese["language"], chinese["zone"]) == ("zh-Hans", "Asia/Shanghai")
