"""Short invented samples, written away from the terms: does the shipped topic know its subject in other words?"""

# ruff: noqa: E501 - samples stay whole

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.match.topic import relevance
from briefing.model.entry import Entry, Stamp
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.model.topic import Topic
from briefing.read.article import articles_of
from briefing.read.text import fold
from briefing.settings.topicfile import load_topic

FOLDER = Path(__file__).resolve().parents[2] / "feeds" / "china-data-finance"
NOW = datetime(2025, 3, 1, tzinfo=UTC)

ON_TOPIC = [
    (
        "Shandong orders refunds after tax office sold invoice lookups",
        "Companies in the Chinese province paid 2.3 million yuan for invoice checks that should have cost nothing, provincial auditors said.",
    ),
    (
        "Chinese court rules city must release bus data",
        "The transport bureau had refused to open the records, saying it had licensed them to a company.",
    ),
    (
        "Beijing opens 1,200 more datasets to the public",
        "The capital's government said all of them could be downloaded without charge from its open data portal.",
    ),
    (
        "Shenzhen collects first 18 million yuan from public data",
        "The city's operator paid over its share of last year's turnover under the authorised operation scheme.",
    ),
    (
        "Auditor names nine Chinese ministries over information charges",
        "The National Audit Office said the departments' institutes sold statistics, patents and satellite images at prices they had set themselves.",
    ),
    (
        "China's data administration publishes model contract for operators",
        "Cities that hand their data to an operator will have to use the contract from July, the National Data Administration said.",
    ),
    (
        "Guizhou fines firm for reselling court judgments",
        "The market regulator said the company, which ran the judgment website for the courts, charged lawyers 1.8 million yuan.",
    ),
    (
        "Chinese city takes back data licence after leak",
        "Officials in Wuxi said the operator had let hospital bookings be copied. It will lose its deposit of 5 million yuan.",
    ),
    (
        "Hunan legislators question data income in budget",
        "Deputies asked why non-tax revenue from data had been put at 400 million yuan when only 30 million came in.",
    ),
    (
        "China caps price of company-register checks",
        "The economic planner set a maximum of 0.1 yuan for each check against official registers.",
    ),
    (
        "Ex-official sentenced for selling household records in China",
        "A police clerk in Henan made 640,000 yuan from the population database, a court heard.",
    ),
    ("审计署：三家中央单位违规有偿提供统计数据", "公告显示，三家单位三年间收取费用2600万元，收入未上缴国库。"),
    ("某省清理政务数据收费 取消17项", "省发展改革委、省数据局要求6月底前全部取消，已收费用退还企业。"),
    ("公共数据首单收益分成落地 市财政入账80万元", "授权运营公司按协议将营业收入的一成上缴。"),
    ("法院判决：交通局不得拒绝公开公交刷卡数据", "原告申请公开遭拒，理由是数据已授权企业独家运营。"),
    ("专利局下属中心卖专利数据被通报", "审计指出，该中心三年收费1.1亿元，未经价格主管部门批准。"),
    ("省人大审议数据条例：公共数据不得设卡收费", "草案规定，公益使用一律免费。"),
    ("县里把数据卖给自家城投，审计：虚增财政收入2亿元", "三个县通过循环转账做大非税收入。"),
    ("水务数据授权招标流标 起始价两次下调", "市数据局表示将重新评估授权费。"),
    ("数据主管部门约谈四家授权运营机构", "因擅自加价转售公共数据产品，四家机构被要求限期退款。"),
    ("不动产登记中心向中介卖查询接口 主任被免职", "纪委监委通报，该中心每次收费10元，三年共收420万元。"),
    ("国家数据局就公共数据授权运营实施情况开展检查", "检查涉及31个省份，重点是收费和公平竞争。"),
    ("內地省份公布公共數據收費清單 逾半項目免費", "省發改委稱，餘下項目實行政府指導價。"),
    ("審計署跟進報告：逾九成違規收費已退", "涉事部門已將款項上繳國庫。"),
    ("气象部门停止向企业收取资料费", "历史资料改为免费下载，损失由财政补贴。"),
    ("工商登记信息打包出售 一地被责令整改", "审计厅认定，查询公司违规收费370万元。"),
]
OFF_TOPIC = [
    (
        "Chinese carmakers publish sales data",
        "BYD sold 380,000 vehicles in May, up 15% from a year earlier, data from the passenger car association show.",
    ),
    (
        "Evergrande auditors fined in Hong Kong",
        "The accounting regulator said the firm charged HK$57 million in fees for audits it did not complete.",
    ),
    (
        "China's tax revenue falls 2.8 percent",
        "Finance ministry data show that income from land sales dropped 21 percent in the first quarter.",
    ),
    (
        "Hospital in Wuhan refunds overcharged patients",
        "Patients' records will be checked and fees for beds returned, the health commission said.",
    ),
    (
        "Police in Guangdong break up data theft ring",
        "The gang sold mobile phone records to telemarketers for 12 million yuan, police said.",
    ),
    ("India's auditor criticises land records project", "States paid for digital land data twice."),
    (
        "Beijing prices new homes lower",
        "Average sale prices fell 4%, official records show, the property registry said.",
    ),
    (
        "China Mobile data fees fall",
        "Users paid 12 yuan a gigabyte, the ministry said, as operators charged less for roaming.",
    ),
    ("Court hears dispute over weather derivative", "A Shanghai trader sold contracts tied to rainfall data."),
    ("Alibaba Cloud raises prices", "Customers will be charged 8% more for data storage in China from July."),
    ("公积金中心推出免费查询服务", "市民可凭身份证免费查询缴存信息，工作人员提醒注意保护个人信息。"),
    ("气象局：本周气温回升", "气象数据显示，周末最高温可达28度，公园免费开放。"),
    ("学校收取校服费被责令退费", "教育局责令退还家长86万元。"),
    ("审计局组织植树活动", "全局干部种下200棵树。"),
    ("上市公司年报：数据中心收入增长", "公司数据中心业务收入12亿元，毛利率提升。"),
    ("医保局公布集采药品价格", "31种药品平均降价57%，患者负担减轻，收费更透明。"),
    ("警方通报：男子出售个人信息获刑", "被告人购买车主信息后转卖，获利17万元。"),
    ("交警公布事故数据", "今年以来事故起数下降，罚款总额减少。"),
    ("会计师事务所因审计失败被罚", "证监会没收业务收入420万元。"),
    ("税务局公布一季度税收数据", "全市税收收入增长6.2%。"),
    ("电信运营商套餐涨价引争议", "消费者称流量数据收费不透明，要求退费。"),
    ("车管所周末免费审车", "车主可在线预约，登记信息自动核验。"),
]


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load_topic(FOLDER, fold)


def judged(topic: Topic, title: str, body: str) -> bool:
    language = Language.EN if title.isascii() else Language("zh-Hans")
    entry = Entry("sample", "", "https://sample.example/1", title, "", Stamp("", NOW), NOW, content=body, key="sample")
    source = Source(
        "sample", "https://sample.example/", SourceKind.FEED, outlet="Sample", tier=Tier.NEWSROOM, language=language
    )
    return relevance(articles_of(entry, source)[0], topic.relevance, topic.glossary).on_topic


@pytest.mark.parametrize(("title", "body"), ON_TOPIC)
def test_the_subject_is_known_in_words_other_than_those_of_the_sources(topic: Topic, title: str, body: str) -> None:
    assert judged(topic, title, body)


@pytest.mark.parametrize(("title", "body"), OFF_TOPIC)
def test_the_same_words_about_other_things_stay_off_the_topic(topic: Topic, title: str, body: str) -> None:
    assert not judged(topic, title, body)
