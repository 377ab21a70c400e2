"""The packaged selectors and field maps, each on an invented page or list in the shape of its site."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.model.entry import Entry, Fetched
from briefing.read.document import read_document
from briefing.read.parsed import Parsed
from briefing.settings import load_topic, packaged

SOURCES = {s.key: s for s in load_topic(packaged("feeds") / "china-data-finance", str.lower).sources}
NOW = datetime(2024, 7, 3, 1, 0, tzinfo=UTC)
NAO = """<div class="nav"><ul><li><a href="../../index.html">首页</a></li></ul></div>
<ul><li><a href="../../n4/n19/c10456789/content.html"
 title="审计桥梁养护资金的全文标题">审计桥梁养护资金…</a><span>[06-25]</span></li>
<li><a href="/n4/n19/c10456700/content.html">去年冬天的一次审计</a>[12-30]</li></ul>"""
NAO_TABLE = """<table><tr><td><a href="../../n5/n26/c10456789/content.html">桥梁审计报告</a></td>
<td>[06-25]</td></tr></table>"""
NDA = """<div class="u-list"><ul class="u-list"><li><a href="/sjj/swdt/xwfb/0625/20240621101112223344556_pc.html"
 title="公共数据登记办法发布">公共数据登记…</a><span>2024.06.25</span></li></ul></div>"""
MOF = """<ul class="xwfb_listbox"><li><a href="./202406/t20240625_3937777.htm">财政部发布数据收入通知</a>
<span>2024-06-25</span></li><li><a href="./about.htm">关于</a></li></ul>"""
NDRC = """<ul class="u-list"><li><a href="./202406/t20240625_1387777.html">价格形成机制征求意见</a>
<span>2024/06/25</span></li></ul>"""
GOVCN = """<div class="news_box"><div class="list"><ul><li><h4><a href="/zhengce/zhengceku/202406/content_6959777.htm">
公共数据目录</a><span class="date">2024-06-25</span></h4></li><li class="line"></li></ul></div></div>"""
GOVCN_POLICY = """<div class="news_box"><div class="list list_1"><ul><li><h4>
<a href="/zhengce/content/202406/content_6959888.htm">
关于公共数据的意见</a><span class="date">2024-06-25</span></h4></li></ul></div></div>"""
CAC = """<ul id="loadingInfoPage"><li><h5>
<a href="//www.cac.gov.cn/2024-06/25/c_1720000000000001.htm">数据出境规定</a></h5>
<div class="times">2024-06-25</div></li></ul>"""
NPC = """<div class="clist"><ul><li><a href="./202406/t20240625_437777.html">关于中央决算的报告</a></li></ul></div>"""
CAIXIN = {"data": {"articleList": [{
    "title": "桥梁收费", "summary": "一座桥", "url": "https://finance.example/2024-06-25/1.html", "contentId": "1",
    "time": 1719277200000,
}]}}  # fmt: skip
GLOBAL = {"datas": [{
    "desc": "A bridge and its toll", "summ": "One bridge", "link": "https://global.example/2024-06-25/a-1.html",
    "time": 1719277200000, "nid": 1,
}]}  # fmt: skip
YICAI = [
    {
        "NewsTitle": "桥梁收费",
        "NewsNotes": "一座桥",
        "url": "/news/1.html",
        "CreateDate": "2024-06-25T09:00:00",
        "NewsID": 1,
    }
]
PAPER = {"data": {"hotNews": [{"contId": "27888888", "name": "桥梁收费"}]}}
FRONT = {
    "props": {
        "pageProps": {"data": {"list": [{"contId": "27888888", "name": "桥梁收费", "pubTimeLong": 1719277200000}]}}
    }
}
OEEEE = [
    {
        "title": "桥梁收费",
        "summary": "一座桥",
        "datetime": "2024-06-25 09:00:00",
        "linkurl": "https://oeeee.example/1.html",
    }
]

PAGES = [
    ("nao-news", NAO, "审计桥梁养护资金的全文标题", "https://www.audit.gov.cn/n4/n19/c10456789/content.html"),
    ("nao-reports", NAO_TABLE, "桥梁审计报告", "https://www.audit.gov.cn/n5/n26/c10456789/content.html"),
    (
        "nda-news",
        NDA,
        "公共数据登记办法发布",
        "https://www.nda.gov.cn/sjj/swdt/xwfb/0625/20240621101112223344556_pc.html",
    ),
    (
        "mof-news",
        MOF,
        "财政部发布数据收入通知",
        "https://www.mof.gov.cn/zhengwuxinxi/caizhengxinwen/202406/t20240625_3937777.htm",
    ),
    ("ndrc-news", NDRC, "价格形成机制征求意见", "https://www.ndrc.gov.cn/xwdt/xwfb/202406/t20240625_1387777.html"),
    ("govcn-ministries", GOVCN, "公共数据目录", "http://www.gov.cn/zhengce/zhengceku/202406/content_6959777.htm"),
    (
        "govcn-policy",
        GOVCN_POLICY,
        "关于公共数据的意见",
        "https://www.gov.cn/zhengce/content/202406/content_6959888.htm",
    ),
    ("cac-policy", CAC, "数据出境规定", "https://www.cac.gov.cn/2024-06/25/c_1720000000000001.htm"),
    ("npc-reports", NPC, "关于中央决算的报告", "http://www.npc.gov.cn/npc/c2/c30834/202406/t20240625_437777.html"),
]
LISTS = [
    ("caixin-scroll", json.dumps(CAIXIN), "桥梁收费", "https://finance.example/2024-06-25/1.html"),
    ("caixin-global", json.dumps(GLOBAL), "A bridge and its toll", "https://global.example/2024-06-25/a-1.html"),
    ("yicai", json.dumps(YICAI), "桥梁收费", "https://www.yicai.com/news/1.html"),
    ("oeeee", json.dumps(OEEEE), "桥梁收费", "https://oeeee.example/1.html"),
    (
        "thepaper-front",
        f'<html><script id="__NEXT_DATA__" type="application/json">{json.dumps(FRONT)}</script></html>',
        "桥梁收费",
        "https://www.thepaper.cn/newsDetail_forward_27888888",
    ),
]


def entries_of(key: str, body: str) -> tuple[Entry, ...]:
    source = SOURCES[key]
    parsed = read_document(source, Fetched(source.address, source.address, body.encode()), NOW)
    assert isinstance(parsed, Parsed), parsed
    return parsed.entries


def day_of(entry: Entry) -> date | None:
    return entry.published.instant and entry.published.instant.astimezone(ZoneInfo("Asia/Shanghai")).date()


@pytest.mark.parametrize(("key", "body", "title", "link"), [*PAGES, *LISTS], ids=lambda value: str(value)[:20])
def test_a_source_gives_title_address_and_day(key, body, title, link):
    first = entries_of(key, body)[0]
    assert (first.title, first.link) == (title, link)
    assert day_of(first) == date(2024, 6, 25)


def test_a_row_without_a_year_takes_the_latest_such_day_that_is_past():
    entries = entries_of("nao-news", NAO)
    assert [day_of(entry) for entry in entries] == [date(2024, 6, 25), date(2023, 12, 30)]


def test_the_most_read_list_has_numbers_for_addresses_and_no_dates():
    (entry,) = entries_of("thepaper-hot", json.dumps(PAPER))
    assert (entry.title, entry.link) == ("桥梁收费", "https://www.thepaper.cn/newsDetail_forward_27888888")
    assert entry.published.instant is None
