"""What is taken out of a document before it is parsed, and that nothing sound goes with it."""

from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import quote

import feedparser
import readability
import trafilatura
from lxml import etree

from briefing.model.entry import Failed, Fetched
from briefing.model.source import Source, SourceKind
from briefing.read.body import page_of
from briefing.read.bounds import MAX_DEPTH, MAX_TAGS, bounded_feed, fewer_tags, slim
from briefing.read.discovery import _toml
from briefing.read.document import read_document
from briefing.read.links import canonical
from briefing.read.markup import fragment, line, plain, text_of

NOW = datetime(2024, 9, 6, tzinfo=UTC)
HEAD = "<rss><channel>"
FEED = Source("n", "https://a.example/", SourceKind.FEED)
PAGE = Fetched("https://a.example/", "https://a.example/", b"<html><article>The words of a page.</article></html>")


def test_an_honest_feed_is_left_as_it_is():
    title = "<item a=\"1\" b='2'><title>数据 &amp; &#20013;&#x4e2d;</title>"
    item = title + '<![CDATA[<p>x</p>]]><!-- c --><br/><img src="x"></item>'
    text = HEAD + item * 200
    bounded = bounded_feed(text, 2_000)
    assert (bounded.text, bounded.cut, bounded.items_beyond) == (text, False, 0)


def test_a_crowded_tag_loses_its_attributes_and_its_neighbours_nothing():
    crowd = " ".join(f'a{n}="{n}>"' for n in range(500))
    assert slim(f'<a href="x">1</a><b {crowd}>2</b><i {crowd}/>3') == '<a href="x">1</a><b>2</b><i>3'
    assert slim(f"<b {crowd}") == "<b>"


def test_an_item_that_nests_too_deep_ends_there_and_the_next_begins():
    deep = "<item><title>one</title>" + "<b>" * (MAX_DEPTH + 50) + "</item>"
    bounded = bounded_feed(f"{HEAD}{deep}<item><title>two</title></item>", 10)
    assert "<title>one</title>" in bounded.text
    assert bounded.text.endswith("<item><title>two</title></item>")
    assert bounded.text.count("<b>") <= MAX_DEPTH
    assert bounded_feed(HEAD + deep, 10).text.count("<b>") <= MAX_DEPTH


def test_tags_beyond_the_bound_are_not_read():
    assert bounded_feed(HEAD + "<b></b>" * MAX_TAGS, 10).text.count("<") == MAX_TAGS
    assert fewer_tags("<b>" * 5, most=3) == "<b><b><b>"
    assert fewer_tags("<b>x", most=3) == "<b>x"


def test_only_plain_entities_of_the_document_are_kept():
    inner = '<!ENTITY a "数据"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///x"><!ENTITY d \'plain\'>'
    text = bounded_feed(f"<!DOCTYPE rss [{inner}]>{HEAD}", 10).text
    assert text == f'<!DOCTYPE rss [<!ENTITY a "数据"><!ENTITY d "plain">]>{HEAD}'
    assert "ENTITY" not in bounded_feed(f"<!DOCTYPE rss [ {HEAD}", 10).text.partition("<rss")[0]


def test_a_parser_that_gives_up_is_a_failed_source_and_an_empty_text(monkeypatch):
    def broken(*_, **__):
        raise AssertionError("a state that cannot be")

    def out_of_bounds(_):
        raise etree.XMLSyntaxError("too deep", 1, 1, 1)

    monkeypatch.setattr(feedparser, "parse", broken)
    failed = read_document(FEED, Fetched("https://a.example/", "https://a.example/", b"<rss/>"), NOW)
    assert isinstance(failed, Failed)
    assert "AssertionError" in failed.detail
    monkeypatch.setattr(etree, "XMLPullParser", lambda **_: SimpleNamespace(feed=out_of_bounds))
    sitemap = Fetched("https://a.example/", "https://a.example/", b"<urlset/>")
    assert read_document(FEED, sitemap, NOW).entries == ()
    monkeypatch.setattr(readability, "Document", broken)
    monkeypatch.setattr(trafilatura, "extract", broken)
    assert page_of(PAGE, FEED, NOW).text == "The words of a page."


def test_markup_becomes_what_a_reader_sees():
    assert plain("<p>a<!-- c -->b<?x?>c</p>tail") == "abc\n\ntail"
    assert plain("<style>x</style><ul><li>one<li>two</ul>") == "one\n\ntwo"
    assert plain("R&amp;D &amp friends\r\n\r\nnext") == "R&D & friends\n\nnext"
    assert plain("<") == "<"
    assert plain("<p>" * 70_000 + "x") == "x"
    assert line("<b>a</b>&amp;amp;b\n c") == "a&b c"
    assert text_of(fragment("<p>a<script>b</script>c</p>")) == "ac"


def test_a_redirector_is_followed_three_times_and_no_more():
    address = "https://news.example/1"
    for _ in range(4):
        address = f"https://out.reddit.com/?url={quote(address, safe='')}"
    assert canonical(address) == "https://out.reddit.com/?url=https%3A%2F%2Fnews.example%2F1"


def test_toml_strings_are_quoted_as_they_need_be():
    assert [_toml("a"), _toml("a\\d"), _toml("a\"'\\")] == ['"a"', "'a\\d'", '"a\\"\'\\\\"']
