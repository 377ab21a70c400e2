"""From bytes to entries: what each kind of document gives, and what is said of one that is none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.entry import Failed, FailureReason, Fetched, Sureness
from briefing.model.source import FieldMap, Selectors, Source, SourceKind
from briefing.read.document import read_document
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
        parsed.title, parsed.ttl_s, parsed.hub, parsed.language, parsed.form,
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
