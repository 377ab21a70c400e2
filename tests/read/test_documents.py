"""From bytes to entries: what each kind of document gives, and what is said of one that is none."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.entry import Failed, FailureReason, Fetched, Sureness
from briefing.model.source import FieldMap, Selectors, Source, SourceKind
from briefing.read.document import read_document
from briefing.read.listing import address_date
from briefing.read.parsed import Form, Parsed

NOW = datetime(2024, 9, 6, tzinfo=UTC)
ADDRESS = "https://news.example/feed.xml"


def read(body, kind=SourceKind.FEED, address=ADDRESS, content_type="", **source):
    raw = body.encode() if isinstance(body, str) else body
    return read_document(
        Source("news", address, kind, zone="Asia/Shanghai", **source), Fetched(address, address, raw, content_type), NOW
    )


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>南湾日报</title><link>https://news.example/</link><ttl>60</ttl><language>zh-cn</language>
<atom:link rel="hub" href="https://hub.example/"/>
<item><title>南湾公布&amp;amp;ldquo;数据&amp;amp;rdquo;收费 &lt;b&gt;清单&lt;/b&gt;</title>
<link>/a/1.html?utm_source=rss</link>
<pubDate>2024年6月25日 09:30</pubDate><description>&lt;p&gt;第一段。&lt;/p&gt;&lt;p&gt;第二段。&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>正文第一段。</p><script>no()</script><p>正文<br>换行。</p>]]></content:encoded></item>
<item><title>Second</title><guid isPermaLink="false">n-2</guid><link>https://news.example/a/2.html</link>
<pubDate>Tue, 25 Jun 2024 09:30:00 CST</pubDate></item>
<item><title></title><description>Only words</description></item>
</channel></rss>"""


def test_an_rss_feed_gives_titles_links_dates_and_texts():
    parsed = read(RSS)
    first, second, third = parsed.entries
    assert (first.title, first.link) == ("南湾公布“数据”收费 清单", "https://news.example/a/1.html?utm_source=rss")
    assert (datetime(2024, 6, 25, 1, 30, tzinfo=UTC), Sureness.ZONE_ASSUMED) == (
        first.published.instant,
        first.published.sureness,
    )
    assert (first.summary, first.content) == ("第一段。\n\n第二段。", "正文第一段。\n\n正文\n换行。")
    assert (second.guid, second.key, second.published.sureness) == ("n-2", "n-2", Sureness.EXACT)
    assert datetime(2024, 6, 25, 1, 30, tzinfo=UTC) == second.published.instant
    assert (
        third.title,
        third.summary,
        third.published.sureness,
        third.first_seen,
    ) == ("", "Only words", Sureness.NONE, NOW)
    assert (
        parsed.title, parsed.manner.ttl_s, parsed.manner.hub, parsed.language, parsed.form,
    ) == ("南湾日报", 3600, "https://hub.example/", "zh-cn", Form.RSS)  # fmt: skip
    assert (parsed.dates_guessed, parsed.dates_missing, parsed.repaired) == (1, 1, False)


def test_a_web_page_in_a_feeds_place_is_said_to_be_one():
    failed = read("<!DOCTYPE html><html><body>Sign in</body></html>")
    assert (failed.reason, failed.detail) == (FailureReason.NOT_A_FEED, "a web page came where a feed was expected")


@pytest.mark.parametrize("body", [b"", b"  \r\n\0 "])
def test_no_bytes_are_an_empty_answer(body):
    assert FailureReason.EMPTY is read(body).reason


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_as_any_kind(body):
    for kind in SourceKind:
        assert isinstance(read(body, kind), Parsed | Failed)


LIST = """<html><head><title>要闻</title></head><body><ul class="list">
<li><a href="../../n4/c100/content.html" title="第一条的完整标题">第一条的…</a><span>[06-25]</span></li>
<li><a href="/n4/c101/content.html">第二条标题</a> [12-30]</li>
<li><a href="/about.html">关于本站</a></li></ul></body></html>"""


def test_a_list_page_gives_rows_with_the_year_rolled_over():
    selectors = Selectors("ul.list > li", date="span", link_pattern=r"/c\d+/content\.html")
    parsed = read(LIST, SourceKind.PAGE, "https://audit.example/n4/n19/index.html", selectors=selectors)
    assert [(e.title, e.link) for e in parsed.entries] == [
        ("第一条的完整标题", "https://audit.example/n4/c100/content.html"),
        ("第二条标题", "https://audit.example/n4/c101/content.html"),
    ]
    assert [e.published.instant.date().isoformat() for e in parsed.entries] == ["2024-06-25", "2023-12-30"]
    assert (parsed.dates_guessed, parsed.title) == (2, "要闻")


def test_a_json_list_is_read_by_its_field_map():
    body = '{"data": {"list": [{"id": 7, "t": "标题", "time": 1719279000000, "s": "<p>摘要</p>"}, {"id": 8}]}}'
    fields = FieldMap(
        "data.list[]", "t", date="time", summary="s", guid="id", link_template="https://news.example/p/{guid}"
    )
    parsed = read(body, SourceKind.RECORDS, fields=fields)
    first = parsed.entries[0]
    assert (first.title, first.link, first.guid, first.summary) == ("标题", "https://news.example/p/7", "7", "摘要")
    assert datetime(2024, 6, 25, 1, 30, tzinfo=UTC) == first.published.instant


def test_the_same_guid_twice_is_told_apart_by_the_address_and_a_double_is_one():
    item = "<item><guid isPermaLink='false'>g</guid><title>{}</title><link>https://news.example/{}</link><pubDate>2024-06-{}</pubDate></item>"
    rows = (("a", 1, 20), ("b", 2, 21), ("b", 2, 22), ("b", 2, 19))
    parsed = read(f"<rss><channel>{''.join(item.format(*row) for row in rows)}</channel></rss>")
    assert [e.key for e in parsed.entries] == ["g https://news.example/1", "g https://news.example/2"]
    assert [e.published.raw for e in parsed.entries] == ["2024-06-20", "2024-06-22"]
    assert parsed.skipped == 2


def test_items_of_one_page_are_told_apart_by_their_fragment():
    item = "<item><title>{0}</title><link>https://news.example/now#{0}</link></item>"
    parsed = read(f"<rss><channel>{item.format('a')}{item.format('b')}</channel></rss>")
    assert len({e.key for e in parsed.entries}) == 2


def test_an_atom_feed_gives_its_alternate_links_updates_and_texts():
    parsed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/a/"><title>Ledger</title>
        <link rel="hub" href="https://hub.example/"/><entry><id>tag:1</id>
        <title type="html">Fees &amp;amp; rates</title>
        <link rel="enclosure" href="c.mp3"/><link rel="related" href="b.html"/><updated>2024-06-25T01:30:00Z</updated>
        <author><name>A. Person</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"""
    )
    (entry,) = parsed.entries
    assert (entry.title, entry.link, entry.content) == (
        "Fees & rates",
        "https://news.example/a/b.html",
        "One.\n\nTwo.",
    )
    assert (entry.published.instant, entry.author) == (entry.updated.instant, "A. Person")
    assert (parsed.form, parsed.manner.hub) == (Form.ATOM, "https://hub.example/")


def test_an_rdf_feed_and_an_original_behind_a_feed_service_are_read():
    parsed = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <item><title>t</title><link>https://service.example/~r/1</link><dc:date>2024-06-25T09:30:00+08:00</dc:date>
        <feedburner:origLink>https://news.example/1</feedburner:origLink></item></rdf:RDF>"""
    )
    assert (parsed.form, parsed.entries[0].link) == (Form.RDF, "https://news.example/1")
    assert parsed.entries[0].published.instant.hour == 1


def test_a_guid_that_is_an_address_is_the_link_where_there_is_none():
    (entry,) = read(
        "<rss><channel><item><guid isPermaLink='false'>https://news.example/7</guid></item></channel></rss>"
    ).entries
    assert entry.link == "https://news.example/7"


def test_a_json_feed_gives_items_hub_and_authors():
    body = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "home_page_url": "https://news.example/",
        "language": "en", "hubs": [{"type": "rssCloud", "url": "x"}, 3, {"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {"id": 7, "url": "/1", "title": "Fees", "content_html": "<p>One.</p>",
             "date_published": "2024-06-25T01:30:00Z", "authors": [{"name": "A. Person"}]},
            {"id": 8.0, "external_url": "https://other.example/2", "content_text": "Two.", "author": "B. Person"},
            {"id": True, "title": float("nan"), "summary": 10**40}, "no item",
        ],
    }  # fmt: skip
    parsed = read(json.dumps(body))
    one, two = parsed.entries
    assert (one.guid, one.link, one.content, one.author) == ("7", "https://news.example/1", "One.", "A. Person")
    assert (two.guid, two.link, two.content, two.author) == ("8", "https://other.example/2", "Two.", "B. Person")
    assert (parsed.manner.hub, parsed.language, parsed.skipped) == ("https://hub.example/", "en", 2)
    assert read('{"version": "1", "items": []}').manner.hub == ""


@pytest.mark.parametrize(
    ("body", "kind", "reason", "words"),
    [
        ('{"a": [1', SourceKind.FEED, FailureReason.UNREADABLE, "damaged"),
        ('{"a": 1}', SourceKind.FEED, FailureReason.NOT_A_FEED, "no JSON Feed"),
        ("<note><to>you</to></note>", SourceKind.FEED, FailureReason.NOT_A_FEED, "names neither"),
        ("words", SourceKind.FEED, FailureReason.NOT_A_FEED, "neither XML nor JSON"),
        ("words", SourceKind.PAGE, FailureReason.UNREADABLE, "no web page"),
        ("<html>", SourceKind.RECORDS, FailureReason.NOT_A_FEED, "web page"),
        ("words", SourceKind.RECORDS, FailureReason.UNREADABLE, "damaged"),
        ('{"a": 1}', SourceKind.RECORDS, FailureReason.UNREADABLE, "no list at 'items[]'"),
        ("<html>", SourceKind.SITEMAP, FailureReason.NOT_A_FEED, "no sitemap"),
        (
            "<sitemapindex><loc>https://a.example/1.xml</loc>",
            SourceKind.FEED,
            FailureReason.NOT_A_FEED,
            "a.example/1.xml",
        ),
        ("<sitemapindex/>", SourceKind.SITEMAP, FailureReason.NOT_A_FEED, "index of sitemaps"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(body, kind, reason, words):
    failed = read(body, kind, fields=FieldMap("items[]", "title") if kind is SourceKind.RECORDS else None)
    assert failed.reason is reason
    assert words in failed.detail


def test_a_sitemap_gives_addresses_dates_and_titles():
    body = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://news.example/1</loc><lastmod>2024-06-25</lastmod><n:news><n:title>清单</n:title>
    <n:publication_date>2024-06-24T09:30:00+08:00</n:publication_date></n:news></url>
    <url><loc>https://news.example/2</loc><lastmod>2024-06-25</lastmod></url></urlset>"""
    one, two = read(body).entries
    assert (one.title, one.published.instant.day, one.updated.instant.day) == ("清单", 24, 25)
    assert (two.link, two.published.instant.day) == ("https://news.example/2", 25)
    many = "".join(f"<url><loc>https://news.example/{n}</loc></url>" for n in range(5_000))
    assert len(read(f"<urlset>{many}</urlset>", SourceKind.SITEMAP).entries) == 2_000
    assert len(read("<urlset><url><loc>https://news.example/1</loc></url><", SourceKind.SITEMAP).entries) == 1


def test_json_within_a_page_within_a_call_and_with_lists_by_number_is_found():
    fields = FieldMap("props.0.hot[]", "name", link_template="https://news.example/{contId}", embedded="script#data")
    value = '{"props": [{"hot": [{"contId": 5, "name": "清单"}, 7]}]}'
    page = f"<html><script id='data'>window.x = {value};</script></html>"
    parsed = read(page, SourceKind.RECORDS, fields=fields)
    assert [(e.title, e.link) for e in parsed.entries] == [("清单", "https://news.example/5")]
    assert parsed.skipped == 1
    assert isinstance(
        read("<html><script>x</script></html>", SourceKind.RECORDS, fields=replace(fields, embedded="script")), Failed
    )
    assert isinstance(read("<html></html>", SourceKind.RECORDS, fields=replace(fields, embedded="[[")), Failed)
    assert isinstance(read("", SourceKind.RECORDS, fields=fields), Failed)
    assert isinstance(read("<!--", SourceKind.RECORDS, fields=fields), Failed)
    call = read(f"/* x */ back({value});", SourceKind.RECORDS, fields=FieldMap("props[].hot[]", "name"))
    assert [e.title for e in call.entries] == ["清单"]
    assert isinstance(read('{"props": []}', SourceKind.RECORDS, fields=FieldMap("props.3.hot[]", "name")), Failed)
    assert read('[{"t": "清单"}]', SourceKind.RECORDS, fields=FieldMap("[]", "t")).entries[0].title == "清单"
    assert read('{"version": "1", "items": [{"id": "1"}]}', SourceKind.RECORDS).entries[0].guid == "1"


ROWS = """<html lang="zh"><head><base href="https://gov.example/n5/"></head><body><table>
<tr><td><a href="c1/content.html"><img alt="图片标题"></a></td><td>2024-06-25</td></tr>
<tr><td><a href="/part/73697.pdf">附件：清单</a>（06-24）</td></tr>
<tr><td><a href="/202312/t20231230_7.html">年底的消息</a>12-31</td></tr>
<tr><td><a href="/202405/t20240520_8.html">没有日期的消息</a></td></tr>
<tr><td><a href="/x/9.html">今日 消息</a> 3小时前</td></tr>
<tr><td><a href="/x/10.html">Harbour list</a> Jun 25, 2024</td></tr>
<tr><td><a href="/x/11.html"></a></td></tr><tr><td>no link</td></tr>
<tr><td><a href="/x/12.html">两条一行</a> 06-21 <a href="/x/13.html">另一条</a> 06-20</td></tr>
</table></body></html>"""


def test_rows_are_dated_by_what_stands_beside_them_then_by_their_address():
    parsed = read(ROWS, SourceKind.PAGE, selectors=Selectors("tr", link_pattern="content|pdf|html"))
    rows = {e.title: (e.link, e.published.instant and e.published.instant.date().isoformat()) for e in parsed.entries}
    assert rows == {
        "图片标题": ("https://gov.example/n5/c1/content.html", "2024-06-25"),
        "附件：清单": ("https://gov.example/part/73697.pdf", "2024-06-24"),
        "年底的消息": ("https://gov.example/202312/t20231230_7.html", "2023-12-31"),
        "没有日期的消息": ("https://gov.example/202405/t20240520_8.html", "2024-05-20"),
        "今日 消息": ("https://gov.example/x/9.html", "2024-09-05"),
        "Harbour list": ("https://gov.example/x/10.html", "2024-06-25"),
        "两条一行": ("https://gov.example/x/12.html", "2024-06-21"),
        "另一条": ("https://gov.example/x/13.html", "2024-06-20"),
    }
    assert (parsed.annexes, parsed.language) == (1, "zh")


def test_every_selector_may_name_an_attribute_or_the_item_itself():
    html = """<div class="news"><a class="t" data-day="2024-06-25" href="/1" title="清单全名">清单</a>
    <p>清单共十二项，三项收费，十月征求意见。</p></div>
    <div class="news"><a class="t" data-day="2024-06-24" href="/2">第二</a><p>短</p></div>"""
    chosen = Selectors(".news", title="a.t@title", link="a.t@href", date="a.t@data-day", summary="p")
    one, two = read(html, SourceKind.PAGE, selectors=chosen).entries
    assert (one.title, one.published.instant.day, one.summary) == (
        "清单全名",
        25,
        "清单共十二项，三项收费，十月征求意见。",
    )
    assert (two.title, two.published.instant.day) == ("第二", 24)
    teased = read(html, SourceKind.PAGE, selectors=Selectors(".news")).entries[0]
    assert teased.summary == "清单共十二项，三项收费，十月征求意见。"
    itself = read(html, SourceKind.PAGE, selectors=Selectors("a.t", title="a@title", date="@data-day")).entries
    assert [e.published.instant.day for e in itself] == [25, 24]
    bare = read('<p><a href="/1">港口清单</a> 2024-06-25</p><p><a href="/2">x</a></p>', SourceKind.PAGE).entries
    assert (bare[0].title, bare[0].published.instant.day) == ("港口清单", 25)


def test_rows_within_rows_are_read_once_each():
    rows = "<li><a href='/a'>第一条消息</a>06-25</li><li><a href='/b'>第二条消息</a>06-24</li>"
    html = f"<ul><li>menu<ul>{rows}</ul></li></ul>"
    found = read(html, SourceKind.PAGE, selectors=Selectors("li, tr")).entries
    assert [(e.title, e.published.instant.day) for e in found] == [("第一条消息", 25), ("第二条消息", 24)]


def test_a_list_page_inside_json_is_read_as_a_page():
    rows = "<ul><li><a href='/a'>清单</a>06-25</li></ul>"
    body = json.dumps({"ok": 1, "data": {"short": "<a>", "html": rows}, "n": [1]})
    assert read(body, SourceKind.PAGE, selectors=Selectors("li")).entries[0].title == "清单"


BROKEN = (Selectors("li[["), Selectors("li", link_pattern="("), Selectors("li", title="::x"))


@pytest.mark.parametrize("selectors", BROKEN)
def test_a_selector_or_pattern_that_cannot_be_used_is_said(selectors):
    failed = read("<ul><li><a href='/a'>清单</a></li></ul>", SourceKind.PAGE, selectors=selectors)
    assert "cannot be used" in failed.detail


def test_a_day_in_an_address_must_be_a_day_of_the_past():
    assert address_date("https://a.example/20240631/1", NOW) is None
    assert address_date("https://a.example/20241224/1", NOW) is None
    assert address_date("https://a.example/0112/20240107104633512345678_pc.html", NOW).day == 7
    assert address_date("https://a.example/2024/06/25/x", NOW).day == 25
