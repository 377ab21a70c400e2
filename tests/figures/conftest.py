"""Articles for the tests, of our own wording, and a small glossary."""

# ruff: noqa: E501 - sample texts stay whole

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefing.model.article import Article, Dates, Part, Sentence
from briefing.model.entry import Entry, Stamp
from briefing.model.source import Tier
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Entity, EntityKind, Glossary, Measure
from briefing.read.text import sentences

MINISTRIES = (
    ("mot", "Ministry of Transport", "交通运输部", ("transport ministry",)),
    ("moe", "Ministry of Education", "教育部", ("education ministry",)),
    ("miit", "Ministry of Industry and Information Technology", "工业和信息化部", ("industry ministry", "工信部")),
    (
        "samr",
        "State Administration for Market Regulation",
        "国家市场监督管理总局",
        ("market regulator", "市场监管总局"),
    ),
    ("nao", "National Audit Office", "审计署", ("state auditors",)),
)
GLOSSARY = Glossary(
    entities=(
        *(Entity(key, EntityKind.INSTITUTION, Bilingual(en, zh), aliases) for key, en, zh, aliases in MINISTRIES),
        Entity("china", EntityKind.PLACE, Bilingual("China", "中国")),
        Entity("hunan", EntityKind.PLACE, Bilingual("Hunan", "湖南")),
        Entity("hunan-audit", EntityKind.INSTITUTION, Bilingual("Hunan audit department", "湖南省审计厅"), within="hunan"),
        Entity("hengyang", EntityKind.PLACE, Bilingual("Hengyang", "衡阳"), within="hunan"),
        Entity("hubei", EntityKind.PLACE, Bilingual("Hubei", "湖北")),
    ),
    measures=(
        Measure(
            "fees-charged",
            Bilingual("fees charged without approval", "违规收费金额"),
            ("charged", "charging", "collected", "took", "fees", "收费", "收取", "违规收费"),
            ("CNY", "USD"),
            "fees",
            ("returned", "refund*", "退还", "deposit"),
        ),
        Measure(
            "fees-returned",
            Bilingual("fees returned", "已退还的收费"),
            ("returned", "handed back", "refunded", "退还", "清退"),
            ("CNY", "USD"),
            "fees",
        ),
        Measure("asking-price", Bilingual("asking price", "底价"), ("asking price", "reserve", "底价", "起拍价"), ("CNY",), "price", ("deposit", "保证金")),
        Measure("deposit", Bilingual("bid deposit", "保证金"), ("deposit", "保证金"), ("CNY",)),
        Measure("units-charging", Bilingual("units that charged", "收费单位数"), ("units", "unit", "单位"), ("units", "单位"), "units"),
        Measure("systems", Bilingual("systems used", "系统数"), ("systems", "system", "系统"), ("systems", "系统"), "systems"),
        Measure("growth", Bilingual("growth", "增幅"), ("rose", "grew", "increase", "增长", "增加"), ("percent",)),
    ),
)  # fmt: skip


def article(
    text: str,
    *,
    title: str = "",
    outlet: str = "Harbour Ledger",
    language: Language = Language.EN,
    when: str = "2024-07-16T08:00:00+00:00",
    tier: Tier = Tier.NEWSROOM,
    name: str = "",
) -> Article:
    """An article as the reading room gives it."""
    seen = datetime.fromisoformat(when).astimezone(UTC)
    entry = Entry("sample", name or outlet, "https://sample.example/a", title, "", Stamp("", seen), seen, content=text)
    found: list[Sentence] = []
    for part, body in ((Part.TITLE, title), (Part.TEXT, text)):
        found += sentences(body, part, len(found)) if body else ()
    return Article(
        id=name or f"{outlet}-{when}",
        entry=entry,
        source="sample",
        outlet=outlet,
        tier=tier,
        language=language,
        title=title,
        summary="",
        text=text,
        sentences=tuple(found),
        dates=Dates(Stamp("", seen), Stamp("", seen), seen),
        address="https://sample.example/a",
        link="https://sample.example/a",
    )


@pytest.fixture
def glossary() -> Glossary:
    return GLOSSARY


@pytest.fixture
def write() -> Callable[..., Article]:
    """`write(text, title=..., outlet=..., language=..., when=...)` gives an article."""
    return article
