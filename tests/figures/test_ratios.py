"""Growth and shares: said when they hold; said to fail only where the grammar leaves no doubt what is meant."""

# ruff: noqa: E501 - samples stay whole

import pytest

from briefing.figures import checks, extract
from briefing.model.fact import Finding, Outcome, Rule
from briefing.model.text import Language

WRONG = (
    "Ministries have repaid 231 million yuan ($31.9 million) of the 248 million yuan they collected, or roughly 85 per cent, a report said.",
    "冲回虚增收入31.4亿元，占审计查出金额56.2亿元的70%。",
    "去年实际收入3780万元，比2023年的2150万元增长58%。",
    "Actual income in 2024 was 37.8 million yuan, up 58 percent from 21.5 million a year earlier.",
    "Revenue rose 60% to 1.87 billion yuan from 1.32 billion yuan a year earlier.",
)
RIGHT = (
    "Revenue was 50 million yuan, with parking up 20 percent from 10 million yuan.",
    "Revenue was 50 million yuan, parking up 20 percent from 10 million yuan.",
    "The price went from 300 yuan to 360 yuan and membership rose 35 percent.",
    "Membership rose 35 percent while the price went from 300 yuan to 360 yuan.",
    "In real terms income was 126 trillion yuan, up 5 percent from 120 trillion yuan a year earlier.",
    "Officials returned 231 million yuan of the 248 million yuan, or 85 percent of the cases.",
    "Beijing kept 12 of the 48 licences, or 8 percent more than last year.",
    "Of the 58 cities 19 earned nothing, or 8 percent less.",
    "Auditors found that 41.3 billion of the 56.2 billion yuan was borrowed, or more than 70 percent.",
    "It spent 30 million of the 60 million yuan, or about half.",
    "The bank lent 70 million of the 86.4 million yuan, or nearly 85 percent.",
    "He took 3.1 million yuan of the 8.74 million yuan in 2022, or 35 percent.",
    "国内生产总值126万亿元，比上年的120.5万亿元实际增长5.2%。",
    "营业收入3780万元，利润比2023年的2150万元增长58%。",
    "全年收入3780万元，比2150万元的目标高出75.8%。",
    "省级支出3.1亿元，占全省支出8.9亿元的35%左右。",
    "整改金额31.4亿元，占56.2亿元的近六成。",
    "罚款3万元，占违法所得12万元的四分之一。",
    "数据收入由8000万元降至6000万元，而人数增长20%。",
    "数据收入由8000万元降至6000万元，下降25%。",
    "入库3780万元，占预算1.2亿元的三成以上。",
    "上半年收费1173万元，其中二季度610万元，占52%。",
    "退款4120万元，占应退款7340万元的56.1%，比上月提高12个百分点。",
    "贷款41.3亿元，占购买款的73.5%，另有9.8亿元空转。",
    "The first unit paid 23.1 million yuan, 31 percent of the 73.4 million yuan total.",
    "Sales of 3.2 billion yuan were up 19 percent from 2.69 billion yuan.",
    "Spending fell 30 percent to 4.2 million yuan from 6 million yuan in 2023.",
    "Spending, 4.2 million yuan, fell by 30 percent from 6 million yuan.",
    "The ceiling drops from 8 percent to 6 percent, a quarter less.",
)


@pytest.fixture
def ratios(write, glossary):
    def of(text: str) -> list[Finding]:
        article = write(text, language=Language.EN if text.isascii() else Language.HANS)
        found = checks.findings_in(article, extract.figures_in(article, glossary))
        return [f for f in found if f.rule in {Rule.YOY, Rule.SHARE}]

    return of


@pytest.mark.parametrize("text", WRONG)
def test_a_ratio_that_its_own_two_amounts_deny_is_said_to_fail(ratios, text):
    (finding,) = ratios(text)
    assert finding.outcome is Outcome.FAILS
    assert len(finding.evidence) == 3


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_sentence_raises_no_alarm_whatever_stands_beside_the_ratio(ratios, text):
    assert all(finding.outcome is Outcome.HOLDS for finding in ratios(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("收入3780万元，比2023年的2150万元增长75.8%。", Rule.YOY),
        ("Income was 37.8 million yuan in 2024, up 76 percent from 21.5 million yuan in 2023.", Rule.YOY),
        ("Revenue rose 42% to 1.87 billion yuan from 1.32 billion yuan a year earlier.", Rule.YOY),
        ("退款6606万元，占应退7340万元的90%。", Rule.SHARE),
        ("It paid back 231 million yuan of the 248 million yuan, or about 93 percent.", Rule.SHARE),
    ],
)
def test_the_same_words_with_the_right_ratio_hold(ratios, text, rule):
    (finding,) = ratios(text)
    assert (finding.rule, finding.outcome) == (rule, Outcome.HOLDS)
