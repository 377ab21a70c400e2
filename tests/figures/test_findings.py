"""The checks of one article: each fires on its case, and says what it compared."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefing.figures import telling
from briefing.figures.checks import conversion_power, findings_in, findings_of
from briefing.figures.extract import figures_in
from briefing.figures.money import FixedRates
from briefing.model.fact import Outcome, Rule
from briefing.model.figure import Kind, Quantity
from briefing.model.text import Language

RATES = FixedRates({"CNY": Decimal("7.8"), "USD": Decimal("1.08"), "EUR": Decimal(1)})


@pytest.fixture
def found(write, glossary):
    def of(text, language=Language.EN, **more):
        article = write(text, language=language, **more)
        return findings_in(article, figures_in(article, glossary), RATES)

    return of


def test_a_chinese_list_adds_up_to_its_total(found):
    findings = found("三笔资金分别为1.2亿元、3000万元和850万元，合计1.585亿元。", Language.HANS)
    assert [(f.rule, f.outcome) for f in findings] == [(Rule.SUM, Outcome.HOLDS)]
    assert findings[0].statement.zh == "1.585亿元与其3项之和1.585亿元相符"


def test_a_total_that_misses_its_parts_is_named_with_the_difference(found):
    text = (
        "湖南11家单位收取服务费，合计3860万元。\n\n收费分为四类：查询1240万元，核验980万元，下载730万元，学历620万元。"
    )
    (finding,) = [f for f in found(text, Language.HANS) if f.rule is Rule.SUM]
    assert finding.outcome is Outcome.FAILS
    assert finding.statement.zh == "3860万元比其各项之和3570万元多290万元"
    assert (
        finding.statement.en
        == "38.6 million yuan is 2.9 million yuan more than the sum of its parts, 35.7 million yuan"
    )
    text = text.replace("3860", "3490")
    (finding,) = [f for f in found(text, Language.HANS) if f.rule is Rule.SUM]
    assert "80万元" in finding.statement.zh
    assert "less than" in finding.statement.en


def test_round_parts_that_fall_short_of_a_round_total_do_not_pass(found):
    findings = found("The fees were 5 million, 3 million and 1.5 million yuan, 10 million yuan in total.")
    assert not [f for f in findings if f.outcome is Outcome.HOLDS]


def test_unrelated_amounts_raise_nothing(found):
    text = (
        "A bridge cost 145 million yuan. The stadium sold for 58.66 million yuan. The mayor lent 24.47 million yuan. "
        "A museum burned 20.25 million yuan. The port took 2.48 billion yuan."
    )
    assert found(text) == ()


def test_a_conversion_at_the_rate_of_the_day_holds(found):
    (finding,) = found("Units charged 248 million yuan ($34 million).")
    assert (finding.rule, finding.outcome) == (Rule.FX, Outcome.HOLDS)
    assert "7.2222 CNY per USD" in finding.statement.en


def test_a_conversion_off_the_rate_fails(found):
    (finding,) = found("Units charged 248 million yuan ($43 million).")
    assert (finding.rule, finding.outcome) == (Rule.FX, Outcome.FAILS)
    assert (
        finding.statement.en == "248 million yuan is 34 million dollars at the rate of the day, not 43 million dollars"
    )


def test_a_conversion_off_by_a_power_of_ten_is_a_slip(found):
    (finding,) = found("违规收费2.48亿元（约合3.4亿美元）。", Language.HANS)
    assert (finding.rule, finding.outcome, finding.factor) == (Rule.SLIP, Outcome.FAILS, Decimal(10))
    assert "ten times" in finding.statement.en
    assert "十倍" in finding.statement.zh


def test_a_currency_without_a_rate_is_said_not_to_have_been_compared(found):
    (finding,) = found("Units charged 248 million yuan (NT$1.1 billion).")
    assert (finding.rule, finding.outcome) == (Rule.FX, Outcome.NOT_RUN)
    assert "no rate for CNY and TWD" in finding.statement.en


def test_nothing_converts_to_nothing():
    nothing = Quantity(Decimal(0), Decimal(0), Decimal(0), "CNY", Kind.MONEY, "CNY")
    assert conversion_power(nothing, nothing, Decimal(1)) == 0


def test_growth_is_checked_against_both_ends(found):
    (finding,) = found("条文由45条增至74条，增长64%。", Language.HANS)
    assert (finding.rule, finding.outcome) == (Rule.YOY, Outcome.HOLDS)
    (finding,) = found("条文由45条增至74条，增长46%。", Language.HANS)
    assert (finding.rule, finding.outcome) == (Rule.YOY, Outcome.FAILS)
    assert finding.statement.en == "from 45 articles to 74 articles is not a change of 46%"


def test_a_fall_is_checked_too(found):
    (finding,) = found("The fee fell 25 percent, cut from 8 million yuan to 6 million yuan.")
    assert (finding.rule, finding.outcome) == (Rule.YOY, Outcome.HOLDS)


def test_a_share_that_holds_is_said(found):
    (finding,) = found("已退还2140万元，占3570万元的60%。", Language.HANS)
    assert (finding.rule, finding.outcome) == (Rule.SHARE, Outcome.HOLDS)
    assert finding.statement.zh == "2140万元占3570万元的比例与60%相符"
    assert found("已退还2140万元，占应退款的85%，另有3570万元。", Language.HANS) == ()


def test_a_record_without_figures_has_no_findings():
    assert findings_of(()) == ()


def test_a_twin_of_another_kind_is_not_converted(write, glossary):
    article = write("Units charged 248 million yuan, and 7 units did.")
    figures = figures_in(article, glossary)
    odd = tuple(replace(f, twin=0) if f.quantity.kind is Kind.COUNT else f for f in figures)
    assert findings_in(article, odd, RATES) == ()


def test_a_total_told_again_inside_the_list_ends_it(found):
    text = (
        "The three grants of 120 million, 30 million, 158.5 million and 8.5 million yuan add up to 158.5 million yuan."
    )
    assert [f for f in found(text) if f.outcome is Outcome.HOLDS] == []


def test_equal_parts_prove_nothing(found):
    text = "The grants of 50 million, 50 million, 30 million and 28.5 million yuan add up to 158.5 million yuan."
    assert [f for f in found(text) if f.outcome is Outcome.HOLDS] == []


def test_a_part_is_called_by_its_item_in_the_list(found):
    text = "11家单位收取服务费，合计3860万元。\n\n查询1240万元，其中核验980万元，及下载达730万元，学历收费910万元。"
    (finding,) = [f for f in found(text, Language.HANS) if f.rule is Rule.SUM]
    assert [label.zh for label, _ in finding.parts] == ["查询", "核验", "下载", "学历"]


def test_a_part_without_a_name_is_called_by_its_figure(found):
    findings = found("三笔资金分别为1.2亿元、3000万元和850万元，合计1.585亿元。", Language.HANS)
    assert [label.zh for label, _ in findings[0].parts] == ["资金", "3000万元", "850万元"]


def test_a_digit_too_few_has_no_usual_cause():
    """'亿 may have been read as billion' explains ten times too much, never a tenth."""
    one, other = (
        Quantity(Decimal(n), Decimal(n), Decimal(0), "CNY", Kind.MONEY, "CNY") for n in (562_000_000, 5_620_000_000)
    )
    down, up = telling.slips(one, "A", other, "B, C", -1), telling.slips(other, "B", one, "A", 1)
    assert down.en == "562 million yuan (A) is a tenth of 5.62 billion yuan (B, C)"
    assert down.zh == "5.62亿元（A）是56.2亿元（B、C）的十分之一"
    assert up.en.endswith("; 亿 may have been read as billion")
    assert "exchanged" in telling.slips(one, "A", other, "B", -3).en
