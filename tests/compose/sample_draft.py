# ruff: noqa: E501 -- one fact or article a row reads as the table that it is
"""A week of invented coverage over the real baseline: what the tests, the pictures and the benchmark are drawn from.

The facts of the baseline are real; every article, outlet and development after it is invented, and the issues say so.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from briefing.compose.draft import Draft, Reading, ToldFigure
from briefing.model.article import Article, Dates, Part, Sentence
from briefing.model.entry import Entry, Stamp
from briefing.model.fact import Evidence, Fact, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.issue import HealthState, KeyFigure, SourceHealth
from briefing.model.judgement import Copy, Judgement, LedgerUpdate, Sighting
from briefing.model.source import Tier
from briefing.model.story import Disposition, NewKind, Novelty, Story, Verdict
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Baseline, BaselineArticle, BaselineFact, Entity, EntityKind, Glossary, Relevance, Topic

NOW = datetime(2024, 8, 30, tzinfo=UTC)
B = Bilingual


def yuan(amount: str, half: str = "0") -> Quantity:
    return Quantity(Decimal(amount), Decimal(amount), Decimal(half), "CNY", Kind.MONEY, "CNY")


def count(amount: str, noun: str) -> Quantity:
    return Quantity(Decimal(amount), Decimal(amount), Decimal(0), noun, Kind.COUNT)


def article(ident: str, outlet: str, title: str, text: str, **more) -> Article:
    """An article out of its title and text; paragraphs are parted by an empty line."""
    language = more.get("language", Language.EN)
    seen = NOW - timedelta(hours=more.get("hours", 48))
    address = more.get("address", f"https://{ident}.example/story")
    entry = Entry(f"{ident}-feed", ident, address, title, "", Stamp(), seen, content=text)
    sentences = [Sentence(Part.TITLE, 0, 0, 0, len(title), title, title.lower())]
    for run in re.finditer(r"\S.*?(?:[.!?](?=\s|$)|[。！？])|\S.+$", text, re.DOTALL):
        sentences.append(Sentence(Part.TEXT, len(sentences), 0, run.start(), run.end(), run[0], run[0].lower()))
    return Article(
        ident, entry, f"{ident}-feed", outlet, more.get("tier", Tier.NEWSROOM), language, title, "", text,
        tuple(sentences), Dates(Stamp(instant=seen), Stamp(), seen), address, address, more.get("paywalled", False),
    )  # fmt: skip


def figure(art: Article, surface: str, quantity: Quantity, measure: str = "") -> Figure:
    start = art.text.index(surface)
    sentence = next(s for s in art.sentences if s.part is Part.TEXT and s.start <= start < s.end)
    return Figure(quantity, surface, Part.TEXT, start, start + len(surface), sentence.number, measure)


def witness(outlet: str, quantity: Quantity, surface: str, **more) -> Witness:
    return Witness(
        more.get("article", outlet), outlet, more.get("tier", Tier.NEWSROOM),
        more.get("address", f"https://{outlet.lower().replace(' ', '-')}.example/"),
        more.get("published", datetime(2024, 7, 16, tzinfo=UTC)),
        Figure(quantity, surface, Part.TEXT, 0, len(surface), 1, "fees", "", more.get("period", "2018-06/2023")),
        more.get("quote", surface), issue=more.get("issue", "baseline"),
    )  # fmt: skip


def novelty(art: Article, start: str, kind: NewKind = NewKind.SENTENCE, **more) -> Novelty:
    sentence = next(s for s in art.sentences if s.text.startswith(start))
    return Novelty(kind, sentence.text, art.id, sentence.number, **more)


# ---- the baseline, in the desk's own words
CAIXIN = {
    "tier": Tier.NEWSROOM,
    "address": "https://www.caixinglobal.com/2024-07-16/audit-data-fees.html",
    "article": "b-caixin",
}
RED = {
    "tier": Tier.PARTISAN,
    "address": "https://redcensor.com/official-data/",
    "article": "b-redcensor",
    "published": datetime(2024, 7, 3, tzinfo=UTC),
}

TOTAL = Fact(
    "fees|four departments|2018-06/2023",
    B("Fees charged for government data without approval", "未经批准利用政务数据收费"),
    yuan("248000000", "500000"),
    (witness("Red Censor", yuan("2480000000", "5000000"), "2.48 billion yuan", **RED), witness("Caixin Global", yuan("248000000", "500000"), "248-million-yuan", **CAIXIN)),
    Status.CONTRADICTED,
    first_issue="baseline",
)  # fmt: skip
PARTS = (
    ("transport", B("Transport: 2 units, 4 systems", "交通运输部：2家单位、4个系统"), "145000000", "145000000"),
    ("education", B("Education: 2 units, 3 systems", "教育部：2家单位、3个系统"), "58657000", "58660000"),
    ("industry", B("Industry and IT: 2 units, 5 systems", "工业和信息化部：2家单位、5个系统"), "24470000", "24470000"),
    ("market", B("Market regulation: 1 unit, 1 system", "市场监管总局：1家单位、1个系统"), "20245500", "20250000"),
)
PART_FACTS = tuple(
    Fact(
        f"fees|{key}|2018-06/2023", label, yuan(one, "500"),
        (witness("Red Censor", yuan(one, "500"), one, **RED), witness("Caixin Global", yuan(two, "5000"), two, **CAIXIN)),
        Status.CONFIRMED, first_issue="baseline",
    )
    for key, label, one, two in PARTS
)  # fmt: skip
SHORT = (
    B("Transport", "交通运输"),
    B("Education", "教育"),
    B("Industry and IT", "工业和信息化"),
    B("Market regulation", "市场监管"),
)
SUM = Finding(
    Rule.SUM, Outcome.FAILS,
    B("The four parts come to 248.3725 million yuan; the total printed with them is ten times that.", "四个分项合计2.483725亿元，同文所载总额是其十倍。"),
    (Evidence("b-redcensor", "Red Censor", RED["address"], "2.48 billion yuan"), Evidence("b-caixin", "Caixin Global", CAIXIN["address"], "248-million-yuan")),
    stated=yuan("2480000000", "5000000"), expected=yuan("248372500", "500"),
    parts=tuple((short, yuan(row[2], "500")) for short, row in zip(SHORT, PARTS, strict=True)),
    factor=Decimal(10), key=TOTAL.key,
)  # fmt: skip
FX = Finding(
    Rule.FX, Outcome.HOLDS, B("34 million dollars at the rate of 15 July 2024 is 247 million yuan.", "按2024年7月15日汇率，3400万美元合2.47亿元。"),
    (Evidence("b-caixin", "Caixin Global", CAIXIN["address"], "$34 million"),), key=TOTAL.key,
)  # fmt: skip
SHARE = Finding(Rule.SHARE, Outcome.NOT_RUN, B("No share is stated.", "没有给出占比。"), ())

BASELINE = Baseline(
    (
        BaselineArticle("redcensor", "Chinese departments profit from official data (report carried by Red Censor)", "Red Censor", RED["address"], date(2024, 7, 3), Language.EN, (), 900),
        BaselineArticle("caixin", "China's audit office on the sale of government data", "Caixin Global", CAIXIN["address"], date(2024, 7, 16), Language.EN, (), 400),
    ),
    (
        BaselineFact("d20", B("The State Council issues the 20 data measures", "国务院发布“数据二十条”"), ("caixin", "redcensor"), "2022-12"),
        BaselineFact("hangzhou", B("Hangzhou lets Ali Health run public health data for two years", "杭州授权阿里健康运营公共健康数据两年"), ("caixin", "redcensor"), "2023-10-23"),
        BaselineFact("hengyang", B("Hengyang lists a data franchise for 1.802 billion yuan and withdraws it five days later", "衡阳以18.02亿元挂牌数据特许经营权，五天后撤回"), ("caixin", "redcensor"), "2023-11-10"),
        BaselineFact("audit", B("The audit office reports seven units, 13 systems", "审计署报告：七家单位、13个系统"), ("redcensor",), "2024-06"),
        BaselineFact("secrets", B("State-secrets regulations take effect", "《保守国家秘密法实施条例》施行"), ("redcensor",), "2024-09-01", ahead=True),
        BaselineFact("units", B("Seven units of four central departments charged outsiders for data of 13 systems, June 2018 to 2023", "2018年6月至2023年，四个中央部门的七家单位利用13个系统的数据对外收费"), ("redcensor", "caixin")),
    ),
)  # fmt: skip
TOPIC = Topic(
    "china-data-finance",
    B("Data finance & audit", "数据财政与审计"),
    B("Public data, who sells it, and who audits that", "公共数据由谁出让、由谁审计"),
    Relevance(()),
    Glossary(
        (Entity("linlan", EntityKind.PLACE, B("Linlan", "临岚")),),
        pairs=(
            B("provincial audit office", "省审计厅"),
            B("platform companies", "平台公司"),
            B("without authorisation", "无授权"),
            B("social-security data", "社保数据"),
        ),
        kickers=(
            (B("Refunds", "清退"), ("refund", "hand back", "退还", "清退")),
            (B("Data franchise", "数据特许经营"), ("franchise", "特许经营")),
            (B("Audit", "审计"), ("audit", "审计")),
        ),
    ),
    baseline=BASELINE,
)

# ---- the invented week
A1 = article("meridian", "Meridian Wire", "Chinese agencies hand back 96.3 million yuan of improper data fees",
    "Units of four central departments have handed back 96.3 million yuan that they made by charging for government data, a rectification notice shows. "
    "Units under the transport ministry returned 61.2 million yuan, those under the education ministry 18.4 million yuan, those under the industry ministry 9.6 million yuan and the market regulator's unit 7.1 million yuan.\n\n"
    "The audit office put the total at 248 million yuan. That leaves 151.7 million yuan, which must be settled by 31 December.", hours=70)  # fmt: skip
A2 = article("jiangan", "江岸财经", "四部门清退违规数据收费9630万元，余款年底前结清",
    "整改通报显示，四个中央部门所属单位已清退违规收取的数据费用9630万元。其中交通运输部所属单位6120万元，教育部1840万元，工业和信息化部960万元，市场监管总局710万元。尚余1.517亿元，须在12月31日前结清。",
    language=Language.HANS, hours=60)  # fmt: skip
A3 = article(
    "northfield",
    "Northfield Post",
    "Chinese agencies hand back 96.3 million yuan of improper data fees",
    A1.text,
    hours=66,
)
A4 = article("harbour", "Harbour Ledger", "Hengyang puts its data franchise back on the block at 920 million yuan",
    "Hengyang has listed the right to run its public data again, this time at 920 million yuan and for ten years instead of fifteen. "
    "The city withdrew a first listing at 1.802 billion yuan in November 2023 after five days.", hours=40, paywalled=True)  # fmt: skip
A5 = article("haiyu", "海屿通讯社", "衡阳公共数据特许经营权重新挂牌，底价9.2亿元",
    "衡阳市公共数据特许经营权近日重新挂牌，底价9.2亿元，期限由十五年缩短为十年。", language=Language.HANS, hours=38)  # fmt: skip
A6 = article("yuntai", "云台审计观察", "临岚省审计厅：两家平台公司无授权出售社保数据1640万元",
    "临岚省审计厅通报，两家平台公司未经授权出售社保查询数据，收入1640万元。审计厅要求9月底前停止全部收费接口。", language=Language.HANS, tier=Tier.OFFICIAL, hours=20)  # fmt: skip
A7 = article("clarion", "Strait Clarion", "Audit scandal: departments took 2.48 billion yuan for citizens' data",
    "Four departments took 2.48 billion yuan for the data of ordinary people, the audit office admits.", tier=Tier.PARTISAN, hours=30)  # fmt: skip
A8 = article(
    "pinecrest",
    "Pinecrest Daily",
    "Regulator's tea fair draws record crowds",
    "A tea fair drew 40,000 visitors.",
    hours=28,
)
A9 = article("nanling", "南岭快报", "数据要素产业园开工", "产业园一期投资3亿元。", language=Language.HANS, hours=27)
A10 = article(
    "quayside",
    "Quayside Review",
    "What the July audit said about data fees",
    "The audit office put the total at 248 million yuan in July.",
    hours=26,
)

RETURNED = "returned|four departments|2024-08-20"
HENGYANG = "reserve|hengyang|"
LINLAN = "sales|linlan|"
F1 = (
    figure(A1, "96.3 million yuan", yuan("96300000", "50000"), "returned"),
    figure(A1, "151.7 million yuan", yuan("151700000", "50000"), "outstanding"),
)
F2 = (figure(A2, "9630万元", yuan("96300000", "5000"), "returned"),)
F4 = (figure(A4, "920 million yuan", yuan("920000000", "5000000"), "reserve"),)
F5 = (figure(A5, "9.2亿元", yuan("920000000", "5000000"), "reserve"),)
F6 = (figure(A6, "1640万元", yuan("16400000", "5000"), "sales"),)
F6 += (Figure(F6[0].quantity, "1640万元", Part.TITLE, A6.title.index("1640"), len(A6.title), 0, "sales"),)
F7 = (figure(A7, "2.48 billion yuan", yuan("2480000000", "5000000"), "fees"),)
F10 = (figure(A10, "248 million yuan", yuan("248000000", "500000"), "fees"),)


def seen(art: Article, fig: Figure, **more) -> Witness:
    return Witness(
        art.id, art.outlet, art.tier, art.link, art.dates.published, fig, art.sentences[fig.sentence].text, **more
    )


CLARION = seen(A7, F7[0], status=Status.SCALE_SLIP)
UPDATED = (
    Fact(TOTAL.key, TOTAL.label, TOTAL.quantity, (*TOTAL.witnesses, CLARION), Status.SCALE_SLIP, first_issue="baseline", story="s-clarion"),
    Fact(RETURNED, B("Fees handed back by 20 August", "截至8月20日清退的费用"), F1[0].quantity, (seen(A1, F1[0]), seen(A2, F2[0])), Status.NEW, story="s-refunds"),
    Fact("outstanding|four departments|2024-12-31", B("Still to be settled by 31 December", "12月31日前尚须结清"), F1[1].quantity, (seen(A1, F1[1]),), Status.NEW, story="s-refunds"),
    Fact(HENGYANG, B("Hengyang data franchise, reserve price", "衡阳数据特许经营权底价"), F4[0].quantity,
        (witness("Caixin Global", yuan("1802000000", "500000"), "1.802 billion yuan", **CAIXIN), seen(A4, F4[0]), seen(A5, F5[0])), Status.CHANGED, story="s-hengyang"),
    Fact(LINLAN, B("Linlan platforms: social-security data sold", "临岚平台公司出售社保数据"), F6[0].quantity, (seen(A6, F6[0]),), Status.NEW, story="s-linlan"),
)  # fmt: skip
SUM_2 = Finding(
    Rule.SUM, Outcome.HOLDS, B("Four parts come to 96.3 million yuan, as the total says.", "四个分项合计9630万元，与总额一致。"),
    (Evidence("meridian", "Meridian Wire", A1.link, "96.3 million yuan"),),
    stated=yuan("96300000", "50000"), expected=yuan("96300000", "200000"),
    parts=tuple((label, yuan(n)) for label, n in zip(SHORT, ("61200000", "18400000", "9600000", "7100000"), strict=True)), key=RETURNED,
)  # fmt: skip
SLIP_2 = Finding(
    Rule.SLIP, Outcome.FAILS, B("Strait Clarion's total is ten times the one on record.", "Strait Clarion 所报总额是存档数字的十倍。"),
    (Evidence("clarion", "Strait Clarion", A7.link, "2.48 billion yuan"), Evidence("b-caixin", "Caixin Global", CAIXIN["address"], "248-million-yuan")),
    stated=F7[0].quantity, expected=yuan("248000000", "500000"), factor=Decimal(10), key=TOTAL.key,
)  # fmt: skip


def stated(fact: Fact) -> KeyFigure:
    return KeyFigure(
        fact.key,
        fact.label,
        fact.quantity,
        "248-million-yuan",
        fact.status,
        fact.witnesses[1:],
        against=fact.witnesses[:1],
    )


LISTED = KeyFigure(
    HENGYANG, UPDATED[3].label, yuan("1802000000", "500000"), "1.802 billion yuan", Status.NEW, UPDATED[3].witnesses[:1]
)
HEALTH = tuple(
    SourceHealth(f"s{n}", name, state, B("", ""), NOW, 3)
    for n, (name, state) in enumerate([("Meridian Wire", HealthState.OK), ("海屿通讯社", HealthState.OK), ("Harbour Ledger", HealthState.UNCHANGED), ("Quayside Review", HealthState.FAILED), ("南岭快报", HealthState.OK)])
)  # fmt: skip


def first_draft(**changes) -> Draft:
    """Issue 1: nothing but the baseline."""
    values = {
        "topic": TOPIC, "id": "2024-08-23", "number": 1, "made_at": NOW - timedelta(days=7), "slot": "2024-08-23", "zone": "Asia/Shanghai",
        "judgement": Judgement((), (), (), ()), "update": LedgerUpdate((), (), (SUM, FX, SHARE)), "readings": (),
        "facts": (TOTAL, *PART_FACTS), "source_health": HEALTH, "sample": True, "edition": "weekly",
    }  # fmt: skip
    return Draft(**(values | changes))


def second_draft(**changes) -> Draft:
    """Issue 2: refunds, a franchise listed again, a provincial audit, and the old slip come back."""
    D = Disposition  # noqa: N806 -- a table of ten rows
    verdicts = (
        Verdict("meridian", D.DEVELOPMENT, B("New story", "新的事件"), story="s-refunds", score=0.9),
        Verdict("jiangan", D.CONFIRMATION, B("Second witness", "第二家来源"), story="s-refunds", score=0.9),
        Verdict("northfield", D.COPY, B("Same text as Meridian Wire", "与 Meridian Wire 文本相同"), story="s-refunds", against="meridian", score=0.9),
        Verdict("harbour", D.DEVELOPMENT, B("New listing", "新的挂牌"), story="s-hengyang", score=0.8),
        Verdict("haiyu", D.CONFIRMATION, B("Second witness", "第二家来源"), story="s-hengyang", score=0.8),
        Verdict("yuntai", D.DEVELOPMENT, B("New story", "新的事件"), story="s-linlan", score=0.7),
        Verdict("clarion", D.UPDATE, B("A figure that does not fit", "数字与存档不符"), story="s-clarion", score=0.6),
        Verdict("pinecrest", D.OFF_TOPIC, B("No term of the topic", "没有主题词")),
        Verdict("nanling", D.OFF_TOPIC, B("An industrial park, not public data", "产业园，并非公共数据"), adjacent=True),
        Verdict("quayside", D.REPEAT, B("Everything in it was told in the baseline", "内容均已见于起始文章"), story="s-base", against="baseline", score=0.7),
    )  # fmt: skip
    stories = tuple(
        Story(ident, title, Language.EN, articles, NOW, NOW)
        for ident, title, articles in (
            ("s-refunds", A1.title, ("meridian", "jiangan", "northfield")),
            ("s-hengyang", A4.title, ("harbour", "haiyu")),
            ("s-linlan", A6.title, ("yuntai",)),
            ("s-clarion", A7.title, ("clarion",)),
            ("s-base", A10.title, ("quayside",)),
        )
    )
    novelties = (
        novelty(A1, "Units of four", NewKind.FIGURE), novelty(A1, "Units under", closest_issue="2024-08-23"), novelty(A1, "That leaves"),
        novelty(A2, "整改通报"), novelty(A4, "Hengyang has listed", NewKind.FIGURE), novelty(A6, "临岚省审计厅通报"), novelty(A6, "审计厅要求"), novelty(A7, "Four departments"),
    )  # fmt: skip
    sightings = (
        Sighting("meridian", 0, RETURNED, Status.NEW), Sighting("meridian", 1, UPDATED[2].key, Status.NEW),
        Sighting("jiangan", 0, RETURNED, Status.CONFIRMED, seen(A1, F1[0])),
        Sighting("harbour", 0, HENGYANG, Status.CHANGED, UPDATED[3].witnesses[0]), Sighting("haiyu", 0, HENGYANG, Status.CONFIRMED, seen(A4, F4[0])),
        Sighting("yuntai", 0, LINLAN, Status.NEW), Sighting("clarion", 0, TOTAL.key, Status.SCALE_SLIP, TOTAL.witnesses[1], 1),
    )  # fmt: skip
    values = {
        "topic": TOPIC, "id": "2024-08-30", "number": 2, "made_at": NOW, "since": NOW - timedelta(days=7), "slot": "2024-08-30", "zone": "Asia/Shanghai",
        "previous": "2024-08-23", "judgement": Judgement(verdicts, stories, novelties, (Copy("northfield", "meridian", D.COPY, 0.98, B("Same text", "文本相同")),)),
        "update": LedgerUpdate(UPDATED, sightings, (SUM_2, SLIP_2)),
        "readings": tuple(Reading(a, f) for a, f in ((A1, F1), (A2, F2), (A3, ()), (A4, F4), (A5, F5), (A6, F6), (A7, F7), (A8, ()), (A9, ()), (A10, F10))),
        "facts": (TOTAL, *PART_FACTS), "told": (ToldFigure("2024-08-23", 1, stated(TOTAL)), ToldFigure("2024-08-23", 1, LISTED)), "source_health": HEALTH, "sample": True, "edition": "weekly",
    }  # fmt: skip
    return Draft(**(values | changes))
