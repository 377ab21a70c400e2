"""Article pages: the article's own text and date, never those of the page around it."""

import json
import sys
from datetime import UTC, datetime

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.entry import Failed, Fetched
from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read import pagetext
from briefing.read.body import Page, page_of

NOW = datetime(2024, 9, 6, tzinfo=UTC)
ADDRESS = "https://nanwan-daily.example/news/1.html"
WORDS = "南湾港今天公布数据清单，清单共十二项，其中三项收费，收费标准将在十月底以前公开征求意见，港口方面表示。"
BODY = "".join(f"<p>第{n}段：{WORDS}</p>" for n in range(4))
DAY = datetime(2024, 6, 25, 1, 30, tzinfo=UTC)


def page(inner, head="", address=ADDRESS, **source):
    html = f"<!DOCTYPE html><html><head><title>清单 - 南湾日报</title>{head}</head><body>{inner}</body></html>"
    made = {"kind": SourceKind.PAGE, "zone": "Asia/Shanghai", "language": Language.HANS} | source
    return page_of(Fetched(address, address, html.encode()), Source("nanwan", ADDRESS, **made), NOW)


def test_the_text_is_the_article_and_not_its_surroundings():
    menu = "<nav><a href='/1'>首页</a><a href='/2'>新闻</a></nav>"
    main = f"<div class='main'><h1>港口清单</h1><div class='text'>{BODY}</div></div>"
    found = page(f"{menu}{main}<footer>© 南湾</footer>")
    assert found.title == "港口清单"
    assert found.text.startswith("第0段")
    assert found.text.count("\n\n") == 3
    assert "首页" not in found.text
    assert (found.language, found.paywalled, found.canonical) == (Language.HANS, False, ADDRESS)


def test_a_sources_own_selector_decides_and_a_broken_one_is_passed_over():
    body = f"<div id='Zoom'><p>只有这一段。</p></div><div>{BODY}</div>"
    assert page(body, body="#Zoom").text == "只有这一段。"
    assert "第0段" in page(body, body="div[[").text
    assert "第0段" in page(body, body=".nothing").text


def test_a_page_that_hides_its_text_is_read_from_what_it_tells_machines():
    about = {"headline": "港口清单", "articleBody": "全文在此，共两句。", "datePublished": "2024-06-25T09:30:00+08:00"}
    told = json.dumps({"@graph": [about]})
    found = page("<p>短。</p>", f'<script type="application/ld+json">{told};</script>')
    assert (found.title, found.text, found.date.instant) == ("港口清单", "全文在此，共两句。", DAY)
    assert page("<article>短文。</article>").text == "短文。"


SAID = [f"Berth {n} charges for its tide data, auditors of the harbour found, and keeps no list." for n in range(9)]
ASIDE = [f"<li><a href='/{n}'>Fishery news, part {n}</a></li>" for n in range(9)]
LETTER = "Sign up for our morning letter, which comes each weekday, with tides, fees and the weather."
ENGLISH = (
    f"<header><ul>{''.join(ASIDE)}</ul></header><div class='story'><h1>Fees</h1>{''.join(f'<p>{s}</p>' for s in SAID)}"
    f"<div class='newsletter'><p>{LETTER}</p></div></div><ul class='related'>{''.join(ASIDE)}</ul>"
)


def nothing(*_, **__):
    return None


def test_an_english_page_is_read_by_trafilatura_where_that_is_installed(monkeypatch):
    assert page(ENGLISH).text == "\n\n".join(SAID)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert "extract" in pagetext.missing()
    assert LETTER in page(ENGLISH).text


def test_a_page_without_trafilaturas_opinion_is_read_by_readability(monkeypatch):
    assert pagetext.missing() == ""
    monkeypatch.setattr(trafilatura, "extract", nothing)
    assert LETTER in page(ENGLISH).text


def test_a_chinese_page_is_read_by_readability_whatever_its_menu_says(monkeypatch):
    monkeypatch.setattr(trafilatura, "extract", None)
    assert page(f"<ul>{''.join(ASIDE)}</ul><div>{BODY}</div>").text.startswith("第0段")


def test_the_title_is_not_said_twice():
    assert page("<div id='c'><h1>港口清单</h1><p>正文。</p></div>", body="#c").text == "正文。"


DATES = (
    ('<meta property="article:published_time" content="2024-06-25T09:30:00+08:00">', ""),
    ('<meta name="PubDate" content="2024-06-25 09:30">', ""),
    ('<meta name="firstpublishedtime" content="2024-06-25-09:30:00">', ""),
    ('<meta itemprop="datePublished" content="2024-06-25T01:30:00Z">', ""),
    ('<script>var fbrq = "2024年06月25日 09:30";</script>', ""),
    ('<script>window.x = {"publishTime": "2024-06-25 09:30:00"}</script>', ""),
    ("", '<time datetime="2024-06-25T09:30:00+08:00">昨天</time>'),
    ("", "<time>2024-06-25 09:30</time>"),
    ("", "<p>发布时间：2024-06-25 09:30 来源：某某</p>"),
    ("", "<p>Published on June 25, 2024 9:30 AM by A. Person</p>"),
    ("", '<span class="pub-time">2024-06-25 09:30</span>'),
    ('<meta name="date" content="soon">', "<p>日期：2024-06-25 09:30</p>"),
)


@pytest.mark.parametrize(("head", "body"), DATES)
def test_the_date_is_the_articles_own_and_not_todays_in_the_header(head, body):
    today = '<header><time datetime="2024-09-06">今天</time></header><div class="today">2024年9月6日</div>'
    side = '<aside><time>2024-09-05</time></aside><div class="related"><span class="date">2024-09-04</span></div>'
    assert page(f"{today}<h1>清单</h1>{body}{BODY}{side}", head).date.instant == DAY


def test_the_address_tells_the_day_where_the_page_does_not():
    found = page(BODY, address="https://nanwan-daily.example/202406/t20240625_1.html")
    assert found.date.instant == datetime(2024, 6, 25, 4, tzinfo=UTC)
    assert page(BODY).date.instant is None


def test_a_long_line_with_a_marked_class_is_no_date():
    assert page(f'<p class="info">{WORDS * 3} 2024-06-24</p><p class="info">2024-06-25 09:30</p>').date.instant == DAY


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ("/news/1.html?utm_source=x", ADDRESS),
        ("https://www.nanwan-daily.example/news/one.html", "https://nanwan-daily.example/news/one.html"),
        ("https://nanwan-daily.example/", ADDRESS),
        ("https://other.example/news/1.html", ADDRESS),
        ("", ADDRESS),
    ],
)
def test_a_canonical_link_is_believed_on_its_own_host(stated, key):
    assert page(BODY, f'<link rel="shortcut"><link rel="canonical" href="{stated}">').canonical == key


def test_a_paywall_is_recognised():
    closed = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
    assert page(BODY, closed).paywalled
    assert page(f"{BODY}<p>余下全文请订阅后阅读</p>").paywalled
    assert page(BODY, paywalled=True).paywalled


def test_author_and_title_come_from_what_the_page_declares():
    found = page(
        BODY,
        '<meta name="author" content="张三"><meta name="author" content=""><meta property="og:title" content="清单">',
    )
    assert (found.author, found.title) == ("张三", "清单")
    assert page(f"<h1>一</h1><h1>二</h1>{BODY}").title == "清单 - 南湾日报"


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"plain words", b""])
def test_what_is_no_page_is_refused(body):
    assert isinstance(page_of(Fetched(ADDRESS, ADDRESS, body), Source("n", ADDRESS, SourceKind.PAGE), NOW), Failed)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="<>/ap div=\"'时间：2024-06-25清单&;#", max_size=200))
def test_any_page_is_read_or_refused(text):
    assert isinstance(page(text), Page | Failed)
