"""A title for readers of the other language: put together from what is known, and said to be so."""

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html as lxml_html

from briefing.compose import render
from briefing.compose.extracts import cut
from briefing.compose.gloss import gloss
from briefing.compose.links import Links
from briefing.model.article import Part, Sentence
from briefing.model.fact import Fact, Status
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.text import Bilingual
from briefing.model.topic import Entity, EntityKind, Glossary, Measure

B = Bilingual
GLOSSARY = Glossary(
    (
        Entity("nda", EntityKind.INSTITUTION, B("National Data Administration", "国家数据局"), ("data bureau",)),
        Entity("hunan", EntityKind.PLACE, B("Hunan", "湖南")),
    ),
    (Measure("fees", B("fees charged", "收费"), ()),),
    (B("data", "数据"), B("data revenue", "数据收入"), B("news conference", "新闻发布会"), B("", "")),
)
FACT = Fact(
    "fees|Hunan|2023",
    B("fees charged, Hunan", "湖南收费"),
    Quantity(Decimal(38600000), Decimal(38600000), Decimal(50000), "CNY", Kind.MONEY, "CNY"),
    (),
    Status.NEW,
)


def sentence(text):
    return Sentence(Part.TITLE, 0, 0, 0, len(text), text, text.casefold())


def figure(text, surface, quantity, **more):
    start = text.index(surface)
    return Figure(quantity, surface, Part.TITLE, start, start + len(surface), 0, **more)


def quantity(amount, kind=Kind.MONEY, unit="CNY"):
    number = Decimal(amount)
    return Quantity(number, number, Decimal(0), unit, kind, unit if kind is Kind.MONEY else "")


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("国家数据局：湖南数据收入偏低", "en", "National Data Administration · Hunan · data revenue"),
        ("Data bureau and Hunan's data revenue", "zh", "国家数据局 · 湖南 · 数据收入"),
        ("Hunanese databases", "zh", ""),  # neither name is a word of it
        ("湖南下雨", "en", ""),  # one name says nothing
    ],
)
def test_names_and_terms_stand_in_the_order_of_the_title_the_longest_first(title, language, expected):
    assert gloss(sentence(title), (), GLOSSARY, language) == expected


def test_amounts_and_days_are_written_as_the_other_language_writes_them():
    title = "湖南10月15日退3860万元，涉7个问题"
    day = figure(title, "10月15日", quantity(1, Kind.DATE, ""), period="2024-10-15")
    vague = figure(title, "10月15日", quantity(1, Kind.DATE, ""))
    span = figure(title, "10月15日", quantity(1, Kind.PERIOD, ""))
    money = figure(title, "3860万元", quantity(38600000))
    count = figure(title, "7个问题", quantity(7, Kind.COUNT, "个问题"))
    elsewhere = replace(money, sentence=3)
    made = gloss(sentence(title), (day, money, count, vague, span, elsewhere), GLOSSARY, "en")
    assert made == "Hunan · 15 Oct 2024 · 38.6 million yuan"  # seven of what, it cannot say


def test_a_title_without_an_amount_is_told_with_a_line_of_the_ledger():
    title = sentence("湖南召开新闻发布会")
    assert gloss(title, (), GLOSSARY, "en", (FACT,)) == "Hunan · news conference · fees charged: 38.6 million yuan"
    other = sentence("国家数据局召开新闻发布会")
    assert gloss(other, (), GLOSSARY, "en", (FACT,)).endswith("fees charged, Hunan: 38.6 million yuan")
    english = sentence("Data bureau meets the press")
    assert gloss(english, (), GLOSSARY, "zh", (FACT,)) == "国家数据局 · 湖南收费：3860万元"


def test_of_many_known_words_the_amount_is_kept():
    many = replace(GLOSSARY, pairs=(*GLOSSARY.pairs, *(B(f"term {n}", word) for n, word in enumerate("甲乙丙丁"))))
    title = "国家数据局：湖南甲乙丙丁3860万元"
    amounts = (figure(title, "3860万元", quantity(38600000)),)
    made = gloss(sentence(title), amounts, many, "en")
    assert made == "National Data Administration · Hunan · term 0 · term 1 · 38.6 million yuan"
    dear = tuple(figure(title, word, quantity(n)) for n, word in enumerate("国湖甲乙丙丁", 1))
    assert gloss(sentence(title), dear, many, "en", kind=B("Fees", "收费")).count("·") == 4


def test_amounts_alone_are_led_by_the_kind_of_news_and_make_no_heading_without_it():
    """'14 · 562 million · 70 %' tells a reader nothing."""
    title = "甲地十四家单位进账3860万元"
    amounts = (figure(title, "3860万元", quantity(38600000)), figure(title, "十四家", quantity(14, Kind.COUNT, "个")))
    assert gloss(sentence(title), amounts, GLOSSARY, "en", kind=B("Audit", "审计")) == "Audit · 38.6 million yuan"
    assert gloss(sentence(title), amounts, GLOSSARY, "en") == ""
    english = "Harbour offices took in 38.6 million yuan"
    amounts = (figure(english, "38.6 million yuan", quantity(38600000)),)
    assert gloss(sentence(english), amounts, GLOSSARY, "zh", kind=B("Audit", "审计")) == "审计 · 3860万元"


def test_where_nothing_is_known_two_lines_of_the_ledger_tell_it():
    more = replace(FACT, key="cases||", label=B("cases", "案件"), quantity=quantity(17, Kind.COUNT, "起"))
    made = gloss(sentence("查一次车的日子结束了"), (), GLOSSARY, "en", (FACT, more, FACT))
    assert made == "Fees charged, Hunan: 38.6 million yuan · cases: 17"


def test_a_composed_heading_says_so_and_keeps_the_title_as_published(second):
    made = lxml_html.fromstring(render.html(second, "en", Links()))
    heading = next(h for h in made.iter("h3") if "Linlan" in h.text_content())
    assert heading.get("lang") is None
    assert heading.text_content().startswith("Linlan platforms: social-security data sold: 16.4")
    note = heading.getnext()
    assert note.text_content().startswith("Composed from the article, whose title is:")
    assert note.find("span").text == "临岚省审计厅：两家平台公司无授权出售社保数据1640万元"
    assert note.find("span").get("lang") == "zh-Hans"
    text = "".join(render.text(second, "en", Links()).split())
    assert "Composedfromthearticle,whosetitleis:临岚省审计厅：两家平台公司无授权出售社保数据1640万元" in text


def test_a_composed_heading_keeps_its_original_in_brief_and_at_the_top_too(second):
    story = next(d for d in second.developments if d.story == "s-linlan")
    line = replace(second.headlines[0], lead=story.gloss, story=story.story)
    brief = replace(second, developments=(), brief=(story,), headlines=(line, line))
    for made in (render.html(brief, "en", Links()), render.text(brief, "en", Links())):
        assert " ".join(made.split()).count("Composed from the article, whose title is:") == 3
    assert "标题由本刊据原文组成" not in render.html(brief, "zh", Links())


def test_a_published_heading_is_not_called_composed(second):
    made = lxml_html.fromstring(render.html(second, "zh", Links()))
    heading = next(h for h in made.iter("h3") if "四部门清退" in h.text_content())
    assert heading.getnext().text_content() == "Chinese agencies hand back 96.3 million yuan of improper data fees"


@pytest.mark.parametrize(
    ("published", "quoted"),
    [
        ("(Recast, adds background) The city extends its offer.", "The city extends its offer."),
        ("BEIJING, Sept 9 (Meridian) - The amount rose.", "The amount rose."),
        ("【港灣經濟通專訊】下周一起將陸續收到退款。", "下周一起將陸續收到退款。"),
        ("(All of it is an aside.)", "(All of it is an aside.)"),
        ("WHO (Geneva) says so.", "WHO (Geneva) says so."),
    ],
)
def test_a_dateline_is_no_part_of_a_quotation(sample, published, quoted):
    article = sample.article("w", "W", "T", published)
    extract = cut(article, article.sentences[1])
    assert extract.text == quoted == article.text[extract.start : extract.end]
