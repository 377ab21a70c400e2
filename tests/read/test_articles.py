"""From entries to articles: titles, sentences, dates, identity, bundles. All texts are invented."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.article import Part
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.read.article import article_id, articles_of
from briefing.read.furniture import is_furniture
from briefing.read.paywall import is_paywalled

NOW = datetime(2024, 9, 6, tzinfo=UTC)
JUNE = Stamp("2024-06-25", datetime(2024, 6, 25, 4, tzinfo=UTC), Sureness.DAY)


def entry(title="", summary="", content="", link="https://nanwan-daily.example/a/1.html?utm_source=rss", **more):
    more = {"guid": "", "published": JUNE, "first_seen": NOW, "key": "k"} | more
    return Entry("nanwan", link=link, title=title, summary=summary, content=content, **more)


def source(**more):
    more = {"kind": SourceKind.FEED, "name": "南湾日报", "outlet": "南湾日报", "language": Language.HANS} | more
    return Source("nanwan", "https://nanwan-daily.example/feed", tier=Tier.NEWSROOM, **more)


def only(one, of=None):
    (article,) = articles_of(one, of or source())
    return article


def test_an_article_is_known_by_its_canonical_address_and_keeps_the_published_link():
    article = only(entry("港口公布数据清单"))
    assert article.address == "https://nanwan-daily.example/a/1.html"
    assert article.link == "https://nanwan-daily.example/a/1.html?utm_source=rss"
    assert (article.id, 12) == (article_id(article.address), len(article.id))
    assert (article.outlet, article.tier, article.language) == ("南湾日报", Tier.NEWSROOM, Language.HANS)
    assert (article.dates.feed, article.dates.first_seen, article.dates.published) == (JUNE, NOW, JUNE.instant)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("港口公布数据清单 - 南湾日报", "港口公布数据清单"),
        ("港口公布数据清单_南湾日报", "港口公布数据清单"),
        ("港口公布数据清单｜南灣日報", "港口公布数据清单"),
        ("Harbour lists its data - Nanwan Daily", "Harbour lists its data"),
        ("Harbour lists its data - Reuters", "Harbour lists its data"),
        ("Harbour lists its data - and its prices", "Harbour lists its data - and its prices"),
        ("Fees &amp;amp;ldquo;revised&amp;amp;rdquo; <b>again</b>\n today", "Fees “revised” again today"),
        ("2.48亿元 | 财经", "2.48亿元 | 财经"),
    ],
)
def test_the_outlet_and_leftover_markup_leave_the_title(title, shown):
    assert only(entry(title)).title == shown


def test_a_search_feed_names_the_outlet_in_its_titles():
    searched = source(kind=SourceKind.SEARCH, name="Search", outlet="")
    article = only(entry("Harbour lists its data - Harbour Ledger"), searched)
    assert (article.title, article.outlet) == ("Harbour lists its data", "Harbour Ledger")
    assert only(entry("Harbour lists its data"), searched).outlet == "nanwan-daily.example"


def test_a_summary_that_the_text_begins_with_is_kept_and_not_compared_twice():
    text = "港口公布数据清单，共十二项。\n\n其中三项收费。责任编辑：张三"
    article = only(entry("清单公布", "港口公布数据清单，共十二…", text))
    assert article.summary.startswith("港口公布")
    assert [s.part for s in article.sentences] == [Part.TITLE, Part.TEXT, Part.TEXT]
    assert [s.number for s in article.sentences] == [0, 1, 2]
    assert [s.paragraph for s in article.sentences] == [0, 1, 2]
    other = only(entry("清单公布", "另有说明。", text))
    assert [s.part for s in other.sentences] == [Part.TITLE, Part.SUMMARY, Part.TEXT, Part.TEXT]
    assert all(other.part(s.part)[s.start : s.end] == s.text for s in other.sentences)


def test_furniture_stays_in_the_text_and_out_of_the_sentences():
    lines = ("Fees rose.", "Share this article", "© 2024 Nanwan Daily.", "The post Fees appeared first on Nanwan.")
    text = "\n\n".join(lines)
    article = only(entry("Fees", content=text), source(language=Language.EN))
    assert article.text == text
    assert [s.text for s in article.sentences] == ["Fees", "Fees rose."]


FURNITURE = (
    "责任编辑：李四",
    "（编辑：王五）",
    "来源：某某网",
    "版权所有，未经许可不得转载",
    "扫一扫关注",
    "相关阅读：",
    "粤ICP备00000000号",
    "Subscribe to our newsletter",
    "Read more: other fees",
    "Reporting by A. Person; Editing by B. Person",
    "Advertisement",
    "Copyright 2024 X",
    "---",
    "* * *",
)
NEWS = (
    "编辑部门共有十二人。",
    "来源不明的数据不得收费。",
    "The subscribers paid 12 million yuan.",
    "Sharing data costs money.",
    "Copyright fees rose by 12 per cent, the office said in a long statement that nobody had asked for. " * 3,
)


@pytest.mark.parametrize("words", FURNITURE)
def test_a_pages_own_lines_are_known(words):
    assert is_furniture(words)


@pytest.mark.parametrize("words", NEWS)
def test_an_articles_own_sentences_are_no_furniture(words):
    assert not is_furniture(words)


def test_a_long_summary_alone_is_the_text():
    article = only(entry("清单", "第一段。\n\n第二段。"))
    assert (article.summary, article.text) == ("", "第一段。\n\n第二段。")


def test_text_that_was_escaped_twice_is_read_once_more():
    assert only(entry("t", content="<p>Fees rose.</p>")).text == "Fees rose."
    assert only(entry("t", content="R&amp;D fees rose.")).text == "R&D fees rose."
    assert only(entry("t", content="3 < 4 and R&D; fine")).text == "3 < 4 and R&D; fine"


def test_an_entry_without_a_link_leads_to_its_source():
    article = only(entry("清单", link="", key="n-7"))
    assert (article.address, article.link) == ("nanwan:n-7", "https://nanwan-daily.example/feed")


def test_items_told_apart_by_their_fragment_have_addresses_of_their_own():
    one = entry("a", link="https://n.example/now#1", key="https://n.example/now https://n.example/now#1")
    assert only(one).address == "https://n.example/now#1"
    assert only(entry("a", link="https://n.example/now#share", key="g")).address == "https://n.example/now"


def test_a_title_alone_takes_its_language_from_the_source():
    assert only(entry("12345"), source(language=Language.HANT)).language is Language.HANT
    assert (
        only(entry("Les données de la ville et des ports", content="Elle est dans les ports.")).language
        is Language.OTHER
    )


def test_a_paywall_is_said():
    assert only(entry("t", content="Fees rose. Subscribe to continue reading.")).paywalled
    assert only(entry("t"), source(paywalled=True)).paywalled
    assert is_paywalled("收费上调。余下全文请订阅后阅读")
    assert not is_paywalled("收费上调。订阅人数增加。")


LABELLED = """【港口】南湾港公布数据清单，共十二项。其中三项收费。

【天气】明日有雨，气温下降；
记得带伞。

【体育】南湾队二比一获胜。"""
CAPITALS = """PORTS: The harbour of Nanwan lists its data. Three items cost money.

RAIN: It will rain on Oct. 3 in the north.

SPORT: Nanwan won two to one."""
HEADED = """南湾电台消息：
南湾港公布数据清单
南湾港今天公布数据清单，共十二项。
另有三项收费。
北湾启动数据登记试点
北湾今天启动登记试点，为期四个月。
东湾数据中心开工
东湾的数据中心今天开工。"""


def test_a_bundle_is_taken_apart_at_its_labels():
    first, second, third = articles_of(entry("一周要闻", content=LABELLED), source())
    assert first.title == "【港口】南湾港公布数据清单，共十二项"
    assert first.text == "其中三项收费。"
    assert second.text.endswith("记得带伞。")
    assert (third.text, third.title) == ("", "【体育】南湾队二比一获胜")
    assert [one.id.partition("#")[2] for one in (first, second, third)] == ["1", "2", "3"]
    assert len({one.address for one in (first, second, third)}) == 3
    assert all(one.text in LABELLED and one.title in LABELLED for one in (first, second, third))


def test_a_bundle_in_english_is_taken_apart_at_its_capitals():
    ports, rain, _ = articles_of(entry("China data notes", content=CAPITALS), source(language=Language.EN))
    assert ports.title == "PORTS: The harbour of Nanwan lists its data"
    assert rain.title == "RAIN: It will rain on Oct. 3 in the north"


def test_short_news_is_taken_apart_at_its_places_and_signs():
    places = "PORT WEN - The harbour lists its data. Two cost money.\n\nTea: A frost came.\n\nOld Town: It rained."
    found = articles_of(entry("Coast in brief", content=places), source(language=Language.EN))
    assert [one.title for one in found] == [
        "PORT WEN - The harbour lists its data",
        "Tea: A frost came",
        "Old Town: It rained",
    ]
    assert len(articles_of(entry("The coast", content=places), source(language=Language.EN))) == 1
    signs = "▍港口　南湾港公布清单。其中三项收费。\n\n▍天气　明天有雨。\n\n▍体育　南湾队获胜。"
    assert len(articles_of(entry("周末快拾", content=signs), source())) == 3
    circled = "①南湾港公布清单，三项收费。\n\n②明天有雨。\n\n③南湾队获胜。"
    assert len(articles_of(entry("晚间六条", content=circled), source())) == 3
    assert len(articles_of(entry("南湾港数据清单公布", content=circled), source())) == 1


def test_a_bundle_is_taken_apart_at_its_headings():
    found = articles_of(entry("国内快讯", content=HEADED), source())
    assert [one.title for one in found] == ["南湾港公布数据清单", "北湾启动数据登记试点", "东湾数据中心开工"]
    assert found[0].text == "南湾港今天公布数据清单，共十二项。\n另有三项收费。"


def test_numbered_and_bare_lists_are_taken_apart():
    numbered = "1. 南湾港公布数据清单。详情见后。\n2. 北湾启动试点。为期四个月。\n3. 东湾开工。投资一亿元。"
    found = articles_of(entry("早报", content=numbered), source())
    assert [one.title for one in found] == ["1. 南湾港公布数据清单", "2. 北湾启动试点", "3. 东湾开工"]
    rows = "\n\n".join(f"Harbour number {n} lists its data" for n in range(6))
    assert len(articles_of(entry("Morning links", content=rows), source())) == 6


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("港口公布清单", HEADED),  # headings of an ordinary article
        ("一周要闻", "今天有雨。\n\n明天放晴。\n\n后天有风。"),
        ("一周要闻", "【港口】清单公布。\n\n今天。\n\n明天。\n\n后天。\n\n【天气】雨。\n\n【体育】胜。"),
        ("一周要闻", "【港口】清单公布。\n\n【港口】清单公布。\n\n【港口】清单公布。"),
        ("快讯", "南湾港公布清单。"),
        ("Morning links", "One long paragraph that goes on.\n\n" + "word " * 60 + "\n\nx\n\ny\n\nz"),
        ("快讯", "南湾港今天公布清单。\n标题一\n标题二\n北湾今天公布清单。\n标题三"),
    ],
)
def test_an_ordinary_article_stays_whole(title, text):
    assert len(articles_of(entry(title, content=text), source())) == 1


@given(st.text(alphabet="【】a。\n：:AB C1.、快讯<>&;", max_size=150), st.text(max_size=30))
def test_any_entry_becomes_articles_whose_spans_hold(text, title):
    for article in articles_of(entry(title + "快讯", content=text, summary=text[:40]), source()):
        assert all(article.part(s.part)[s.start : s.end] == s.text for s in article.sentences)
