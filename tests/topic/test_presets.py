"""Each list page and JSON list that comes with the program reads an invented document of the shape of its site."""

import json
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest

from briefing.model.entry import Fetched
from briefing.model.source import SourceKind
from briefing.read.document import read_document
from briefing.read.text import fold
from briefing.settings import load_topic, packaged

SOURCES = {source.key: source for source in load_topic(packaged("feeds") / "china-data-finance", fold).sources}
NOW = datetime(2025, 1, 3, 4, tzinfo=UTC)  # so that a row of December has to be of the year before
TITLE, NEXT = "南湾审计局公布港口数据清单的审计结果", "南湾数据局就港口数据授权运营征求意见"
MENU = '<ul><li><a href="/index.html">首页</a></li><li><a href="/about.html">机构职能</a></li></ul>'
ACCOUNT = f"""{MENU}<ul><li><a href="../../n5/n26/c90001/content.html" title="{TITLE}">南湾审计局公布…</a>
<span>[12-30]</span></li><li><a href="../../n5/n26/c90002/content.html">{NEXT}</a><span>[01-02]</span></li></ul>"""
DATA = f"""{MENU}<div class="u-list"><ul class="u-list"><li><a title="{TITLE}"
href="/sjj/swdt/1228/20241225090000000000001_pc.html">南湾审计局…</a><span>2024.12.30</span></li><li>
<a href="/sjj/swdt/0102/20250102090000000000002_pc.html">{NEXT}</a><span>2025.01.02</span></li></ul></div>"""
ROWS = """<ul class="{list}"><li><a href="./202412/t20241230_4001.html">{first}</a><span>2024-12-30</span></li>
<li><a href="./202501/t20250102_4002.html">{second}</a><span>2025-01-02</span></li></ul>"""
STATE = """<ul><li><h4><a href="/zhengce/202412/content_7001.htm">{first}</a></h4>
<span class="date">2024-12-30</span></li>
<li><h4><a href="/zhengce/202501/content_7002.htm">{second}</a></h4><span class="date">2025-01-02</span></li></ul>"""
LIBRARY = f'<div class="news_box"><div class="list">{STATE}</div></div>'
SPACE = """<ul id="loadingInfoPage"><li><h5><a href="/2024-12/30/c_1.htm">{first}</a></h5>
<div class="times">2024-12-30</div></li><li><h5><a href="/2025-01/02/c_2.htm">{second}</a></h5>
<div class="times">2025-01-02</div></li></ul>"""
INDUSTRY = """<div class="page-content"><ul><li><a href="/zwgk/art/1.html">{first}</a>
<span class="fr">2024-12-30</span></li>
<li><a href="/zwgk/art/2.html">{second}</a><span class="fr">2025-01-02</span></li></ul></div>"""


def page(rows, **words):
    filled = rows if "{first}" not in rows else rows.format(first=TITLE, second=NEXT, **words)
    return f"<html><body>{MENU}{filled}</body></html>"


PAGES = {
    "nao-news": page(ACCOUNT),
    "nao-reports": page(ACCOUNT),
    "nao-announcements": page(ACCOUNT),
    "nao-notices": page(ACCOUNT),
    "npc-reports": page(ROWS, list="clist"),
    "nda-news": page(DATA),
    "nda-policy": page(DATA),
    "mof-news": page(ROWS, list="xwfb_listbox"),
    "mof-bonds": page(ROWS, list="liBox"),
    "ndrc-news": page(ROWS, list="u-list"),
    "govcn-policy": page(STATE),
    "govcn-ministries": page(LIBRARY),
    "cac-policy": page(SPACE),
    "miit-policy": page(INDUSTRY),
}


PAIR = ((TITLE, (2024, 12, 30, 12)), (NEXT, (2025, 1, 2, 12)))


def rows(make):
    return [make(number, title, datetime(*day, tzinfo=UTC)) for number, (title, day) in enumerate(PAIR, 1)]


def caixin(number, title, at):
    return {
        "title": title,
        "url": f"https://a.example/{number}",
        "time": int(at.timestamp() * 1000),
        "contentId": number,
    }


def paper(number, title, at):
    return {"name": title, "contId": str(number), "pubTimeLong": int(at.timestamp() * 1000)}


FRONT = json.dumps({"props": {"pageProps": {"data": {"list": rows(paper)}}}})
LISTS = {
    "caixin-scroll": json.dumps({"data": {"articleList": rows(caixin)}}),
    "caixin-global": json.dumps(
        {
            "datas": rows(
                lambda n, t, at: {"desc": t, "link": f"https://a.example/{n}", "time": str(at.date()), "nid": n}
            )
        }
    ),
    "yicai": json.dumps(
        rows(
            lambda n, t, at: {
                "NewsTitle": t,
                "url": f"/news/{n}.html",
                "CreateDate": f"{at:%Y-%m-%dT%H:%M:%S}",
                "NewsID": n,
            }
        )
    ),
    "thepaper-hot": json.dumps({"data": {"hotNews": rows(paper)}}),
    "thepaper-front": f'<html><script id="__NEXT_DATA__" type="application/json">{FRONT}</script></html>',
    "oeeee": json.dumps(
        rows(lambda n, t, at: {"title": t, "linkurl": f"//a.example/{n}.html", "datetime": f"{at:%Y-%m-%d %H:%M:%S}"})
    ),
    "wallstreetcn": json.dumps(
        {
            "data": {
                "items": rows(
                    lambda n, t, at: {
                        "resource": {
                            "title": t,
                            "uri": f"https://a.example/{n}",
                            "display_time": int(at.timestamp()),
                            "id": n,
                        }
                    }
                )
            }
        }
    ),
    "gdelt": json.dumps(
        {
            "articles": rows(
                lambda n, t, at: {"title": t, "url": f"https://a.example/{n}", "seendate": f"{at:%Y%m%dT%H%M%SZ}"}
            )
        }
    ),
}
UNDATED = {"thepaper-hot"}


def test_every_list_page_and_every_json_list_is_tried_here():
    kinds = (SourceKind.PAGE, SourceKind.RECORDS)
    assert {key for key, source in SOURCES.items() if source.kind in kinds} == PAGES.keys() | LISTS.keys()


@pytest.mark.parametrize("key", [*PAGES, *LISTS])
def test_a_preset_reads_its_list(key):
    source = SOURCES[key]
    body = (PAGES | LISTS)[key].encode()
    read = read_document(source, Fetched(source.address, source.address, body), NOW).entries
    assert [entry.title for entry in read] == [TITLE, NEXT]
    assert all(entry.link == urljoin(source.address, entry.link) for entry in read)
    assert len({entry.key for entry in read}) == 2
    days = [entry.published.instant and entry.published.instant.date().isoformat() for entry in read]
    assert days == ([None, None] if key in UNDATED else ["2024-12-30", "2025-01-02"])
