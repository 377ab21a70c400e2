"""Builders of small invented articles and figures, and a glossary and topic to judge them by."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from briefing.model.article import Article, Dates, Part
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.source import Tier
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Entity, EntityKind, Glossary, Relevance, Term, Topic
from briefing.read.text import sentences

NOON = datetime(2024, 9, 4, 12, tzinfo=UTC)


def article_of(name, title, text="", *, summary="", outlet="", language=Language.EN, minutes=0, address="", **dates):
    seen = dates.get("seen", NOON) + timedelta(minutes=minutes)
    feed = dates.get("feed", seen)
    page = dates.get("page")
    found = sentences(title, Part.TITLE)
    found += sentences(summary, Part.SUMMARY, len(found)) if summary else ()
    found += sentences(text, Part.TEXT, len(found)) if text else ()
    stamp = Stamp(feed.isoformat(), feed, Sureness.EXACT)
    return Article(
        id=name,
        entry=Entry("s", name, "", title, summary, stamp, seen),
        source="s",
        outlet=outlet or name,
        tier=Tier.NEWSROOM,
        language=language,
        title=title,
        summary=summary,
        text=text,
        sentences=found,
        dates=Dates(Stamp(page.isoformat(), page, Sureness.DAY) if page else Stamp(), stamp, seen),
        address=address or f"https://{outlet or name}.example/{name}",
        link="",
    )


def figure_of(value, kind=Kind.MONEY, *, sentence=0, surface="", currency="CNY", half="0"):
    number = Decimal(value)
    quantity = Quantity(number, number, Decimal(half), "unit", kind, currency if kind is Kind.MONEY else "")
    return Figure(quantity, surface or str(value), Part.TEXT, 0, 1, sentence, measure="fees")


GLOSSARY = Glossary(
    entities=(
        Entity("river", EntityKind.PLACE, Bilingual("River Province", "江省"), ("江省人",)),
        Entity("quay", EntityKind.PLACE, Bilingual("Quay City", "码头市"), ("Quay",), within="river"),
        Entity("hill", EntityKind.PLACE, Bilingual("Hill City", "山城市"), ("Hill",)),
        Entity("bureau", EntityKind.INSTITUTION, Bilingual("Records Bureau", "档案局")),
    ),
    pairs=(Bilingual("public data", "公共数据"),),
)
TOPIC = Topic(
    "t", Bilingual("t", "题"), Bilingual("t", "题"), Relevance((Term(("public data", "公共数据"), 1.0),)), GLOSSARY
)
