"""Invented issues of any size and of any text, for trying templates out. Nothing in them is news."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from briefing.model.article import Part
from briefing.model.fact import Evidence, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.issue import (
    Citation,
    Correction,
    Counts,
    Coverage,
    Development,
    DevelopmentStatus,
    Event,
    EventStatus,
    Extract,
    Headline,
    HealthState,
    Issue,
    KeyFigure,
    LeftOut,
    Point,
    Role,
    Sign,
    SourceHealth,
    Start,
)
from briefing.model.source import Tier
from briefing.model.story import Disposition
from briefing.model.text import Bilingual, Language

WHEN = datetime(2024, 2, 29, 12, tzinfo=UTC)
TITLES = (
    "Harbour board publishes what it charged for berth records last year",
    "港务局公布去年泊位记录收费明细",
    "Three districts stop selling tide tables after an audit finds no tariff",
    "三区停售潮汐表：审计未见收费依据",
)
TEXT = (
    "The board lists every buyer and every fee, and says which of them will be paid back by the end of the year.",
    "名单列出每一个买家与每一笔费用，并说明年底前将退还哪些。",
)


def money(amount: str) -> Quantity:
    """An exact amount of yuan."""
    return Quantity(Decimal(amount), Decimal(amount), Decimal(0), "CNY", Kind.MONEY, "CNY")


def specimen(stories: int = 5, text: str = "") -> Issue:
    """An issue of so many stories. With `text`, every place that can hold published text holds that."""
    told = tuple(_development(number, text) for number in range(stories))
    return Issue(
        "2024-02-29",
        7,
        "specimen",
        _said(text, "Harbour records", "港务记录"),
        "weekly",
        "2024-02-29",
        WHEN,
        WHEN - timedelta(days=7),
        "2024-02-22",
        Counts(3 * stories, stories, stories, stories, stories, 1, 1),
        figures=tuple(_figure(number, text) for number in range(max(3, stories // 2))),
        findings=(_finding(text),),
        developments=told,
        timeline=tuple(_event(number, text) for number in range(6)),
        corrections=(
            Correction("2024-02-22", "fees|0", _said(text, "Berth fees: we gave 5 million yuan.", "曾误作。")),
        ),
        left_out=tuple(_left_out(number, text) for number in range(stories)),
        source_health=tuple(
            SourceHealth(f"s{n}", text or f"Source {n}", state, _said(text, "", ""))
            for n, state in enumerate(HealthState)
        ),
        sample=True,
        headlines=tuple(_headline(sign, text) for sign in (Sign.CONFLICT, Sign.NEW, Sign.AHEAD)),
        query=text,
    )


def beginning(text: str = "") -> Issue:
    """A first issue: the baseline and nothing else."""
    cited = Citation(
        "a", text or TITLES[0], text or "Tide Gazette", "https://gazette.example/a", date(2024, 2, 1), Language.EN
    )
    return replace(
        specimen(0, text),
        number=1,
        previous="",
        counts=Counts(figures_conflicting=1),
        start=(Start(_said(text, "Five berths are known.", "已知五个泊位。"), "", (cited,)),),
        baseline=(cited,),
    )


def quiet() -> Issue:
    """An issue with nothing new."""
    return replace(
        specimen(0),
        figures=(),
        findings=(),
        timeline=(),
        corrections=(),
        headlines=(),
        counts=Counts(read=12, left_out=12),
    )


def _said(text: str, en: str, zh: str) -> Bilingual:
    return Bilingual(text or en, text or zh)


def _development(number: int, text: str) -> Development:
    chinese = bool(number % 2)
    language = Language.HANS if chinese else Language.EN
    title = text or f"{TITLES[number % len(TITLES)]} ({number})"
    quoted = text or TEXT[chinese]
    lead = Coverage(
        f"a{number}", text or "Tide Gazette", Tier.NEWSROOM, language, title, _address(number, text), WHEN, Role.LEAD
    )
    second = replace(lead, article=f"b{number}", outlet=text or "潮汐报", role=Role.INDEPENDENT, paywalled=True)
    copied = replace(lead, article=f"c{number}", outlet="Quay Post", role=Role.COPY, copy_of=lead.article)
    return Development(
        f"story-{number}",
        title,
        language,
        Bilingual(title, text or f"港务记录收费一事（{number}）"),
        tuple(DevelopmentStatus)[number % len(DevelopmentStatus)],
        _said(text, "Fees", "收费"),
        WHEN - timedelta(hours=number),
        (Extract(quoted, language, lead.article, lead.outlet, lead.address, Part.TEXT, 0, len(quoted)),),
        (_said(text, "Berth fees: 5 million yuan, the first figure on record.", "泊位费：500万元，首次有数。"),),
        (),
        (lead, second, copied),
        caveats=(_said(text, "Only the opening was read.", "只读到开头。"),),
    )


def _address(number: int, text: str) -> str:
    return text or f"https://gazette.example/2024/02/29/berth-records-{number}"


def _figure(number: int, text: str) -> KeyFigure:
    ours, other = _witness("5000000", number, text), _witness("50000000", number, text)
    conflict, changed = number == 0, number == 1
    return KeyFigure(
        f"fees|{number}",
        _said(text, f"Berth fees, district {number}", f"第{number}区泊位费"),
        ours.figure.quantity,
        text or "5 million yuan",
        Status.CONTRADICTED if conflict else Status.CHANGED if changed else Status.CONFIRMED,
        (ours, replace(ours, outlet=text or "潮汐报")),
        against=(other,) if conflict else (),
        was=other.figure.quantity if changed else None,
        history=tuple(Point(str(year), money(f"{year - 2019}000000")) for year in range(2020, 2025)) if changed else (),
    )


def _witness(amount: str, number: int, text: str) -> Witness:
    surface = text or amount
    figure = Figure(money(amount), surface, Part.TEXT, 0, len(surface), 1)
    return Witness(f"a{number}", text or "Tide Gazette", Tier.NEWSROOM, _address(number, text), WHEN, figure, surface)


def _finding(text: str) -> Finding:
    evidence = Evidence("a0", text or "Tide Gazette", _address(0, text), text or "50 million yuan")
    parts = tuple((_said(text, f"District {n}", f"第{n}区"), money(f"{n}250000")) for n in (1, 2))
    return Finding(
        Rule.SUM,
        Outcome.FAILS,
        _said(text, "Two parts come to 3.5 million yuan.", "两个分项合计350万元。"),
        (evidence,),
        stated=money("50000000"),
        expected=money("3500000"),
        parts=parts,
        key="fees|0",
    )


def _event(number: int, text: str) -> Event:
    status = tuple(EventStatus)[number % len(EventStatus)]
    return Event(f"2024-0{number + 1}-01", _said(text, f"Event {number}", f"事件{number}"), status, "", "Tide Gazette")


def _left_out(number: int, text: str) -> LeftOut:
    kinds = (Disposition.COPY, Disposition.REVISION, Disposition.REPEAT, Disposition.OFF_TOPIC, Disposition.RESURFACED)
    kind = kinds[number % len(kinds)]
    reason = _said(text, "83% of it was told in issue 6.", "83%已见于第6期。")
    title = text or TITLES[number % len(TITLES)]
    return LeftOut(
        f"l{number}",
        title,
        Language.EN,
        text or "Quay Post",
        _address(number, text),
        kind,
        reason,
        adjacent=number % 2 == 0,
    )


def _headline(sign: Sign, text: str) -> Headline:
    lead = _said(text, "Berth fees: 5 million yuan, or 10 times that?", "泊位费：是500万元，还是其10倍？")
    rest = _said(text, "Tide Gazette gives the first.", "前者出自潮汐报。")
    return Headline(sign, lead, rest, _address(0, text), text or "Tide Gazette")
