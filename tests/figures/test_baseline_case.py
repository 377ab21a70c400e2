"""The case that every part must get right: two reports of one audit that disagree by ten, in words of our own."""

# ruff: noqa: E501 - sample texts stay whole

from decimal import Decimal

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Outcome, Rule, Status
from briefing.model.source import Tier

TEN_TIMES = (
    "Auditors say that 7 operational units of 4 departments took fees of 2.48 billion yuan, using 13 information systems.\n\n"
    "The units are: 2 units under the Ministry of Transport, which charged 145 million yuan for data of 4 information systems; "
    "2 units under the Ministry of Education, which charged 58.657 million yuan with 3 information systems; "
    "2 units of the Ministry of Industry and Information Technology, which charged 24.47 million yuan with 5 information systems; "
    "and 1 unit of the State Administration for Market Regulation, which charged 20.2455 million yuan with 1 information system.\n\n"
    "On November 10, 2023 Hengyang asked 1.802 billion yuan for its data, an asking price withdrawn five days later."
)
RIGHT = (
    "Seven units of four departments collected a 248-million-yuan ($34 million) sum in unapproved fees, the audit found.\n\n"
    "Two units of the transport ministry charged 145 million yuan; two units of the education ministry charged 58.66 million yuan, "
    "the industry ministry charged 24.47 million yuan and the market regulator charged 20.25 million yuan.\n\n"
    "In November 2023 Hengyang set an asking price of 1.8 billion yuan."
)


@pytest.fixture
def sheets(write, glossary):
    found = []
    for outlet, text, tier, when in (
        ("Caixin Global", RIGHT, Tier.NEWSROOM, "2024-07-16T03:29:00+00:00"),
        ("Red Censor", TEN_TIMES, Tier.PARTISAN, "2024-08-01T00:00:00+00:00"),
    ):
        article = write(text, outlet=outlet, tier=tier, when=when)
        figures = extract.figures_in(article, glossary)
        found.append(ledger.Sheet(article, figures, checks.findings_in(article, figures)))
    return tuple(found)


def test_the_total_is_ten_times_its_own_parts(sheets):
    findings = [f for f in sheets[1].findings if f.outcome is Outcome.FAILS]
    assert [(f.rule, f.factor) for f in findings] == [(Rule.SLIP, Decimal(10))]
    assert findings[0].expected.amount == Decimal(248_372_500)
    assert [amount.amount for _, amount in findings[0].parts] == [
        145_000_000,
        58_657_000,
        24_470_000,
        Decimal(20_245_500),
    ]
    assert findings[0].statement.en == (
        "2.48 billion yuan is ten times the sum of its parts, 248.3725 million yuan; 亿 may have been read as billion"
    )
    assert findings[0].statement.zh == "24.8亿元是其各项之和2.483725亿元的十倍；可能是把“亿”误读作 billion 所致"
    assert findings[0].evidence[0].quote == "2.48 billion yuan"


def test_the_other_total_agrees_with_its_parts_and_with_its_conversion(sheets):
    assert {(f.rule, f.outcome) for f in sheets[0].findings} == {(Rule.SUM, Outcome.HOLDS), (Rule.FX, Outcome.HOLDS)}


def test_the_counts_add_up(sheets):
    counts = [f for f in sheets[1].findings if f.rule is Rule.COUNT]
    assert [(f.stated.amount, [q.amount for _, q in f.parts]) for f in counts] == [
        (7, [2, 2, 2, 1]),
        (13, [4, 3, 5, 1]),
    ]


def test_five_figures_confirm_each_other_and_one_is_a_scale_slip(sheets, glossary):
    update = ledger.enter((), sheets, {}, "first", glossary)
    figures = {s.article.id: s.figures for s in sheets}
    later = {
        figures[s.article][s.figure].surface: s.status
        for s in update.sightings
        if s.article == sheets[1].article.id and figures[s.article][s.figure].quantity.kind == "money"
    }
    assert later == {
        "2.48 billion yuan": Status.SCALE_SLIP,
        "145 million yuan": Status.CONFIRMED,
        "58.657 million yuan": Status.CONFIRMED,
        "24.47 million yuan": Status.CONFIRMED,
        "20.2455 million yuan": Status.CONFIRMED,
        "1.802 billion yuan": Status.CONFIRMED,
    }
    failing = {f.rule for f in update.findings if f.outcome is Outcome.FAILS}
    assert failing == {Rule.SLIP}


def test_the_ledger_shows_the_reading_that_parts_and_conversion_support(sheets, glossary):
    update = ledger.enter((), sheets, {}, "first", glossary)
    fact = next(f for f in update.facts if f.status is Status.SCALE_SLIP)
    assert fact.quantity.amount == 248_000_000
    slip = next(f for f in fact.findings if f.rule is Rule.SLIP and "Red Censor" in f.statement.en)
    assert "248 million yuan is supported by its parts and by its conversion" in slip.statement.en
