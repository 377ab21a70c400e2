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
    # written after the first mending, and 3 of them known then
    (
        "Tide tables and sea charts go free in Fujian",
        "The Chinese province's maritime office will no longer bill shipping lines for its readings from 240 buoys. It took in 6.1 million yuan from them last year.",
    ),
    (
        "Prosecutors say registry chief traded price cuts for gifts",
        "He headed the unit of China's education ministry that runs diploma checks. The indictment says he let three recruitment platforms pay half the going rate per query, costing the unit 9 million yuan.",
    ),
    (
        "Judge throws out RMB90,000 invoice for cadastral files",
        "A developer had asked a county in Jiangxi for the outcome of 80 plot sales. The natural resources bureau must hand them over at no cost, the court said.",
    ),
    (
        "Ten questions about the June audit, answered",
        "Q: Who took the money? A: Units under four central departments, Beijing's auditors said. Q: How much? A: RMB248m. Q: What did they sell? A: Access to systems that citizens had paid for.",
    ),
    (
        "Sichuan follows Beijing's auditors",
        "The provincial report names nine units and 31 million yuan. Vehicle licensing, archives and labour offices all had a tariff of their own. None had been approved.",
    ),
    (
        "Lanqiao ends its deal with navigation firm",
        "The Chinese city will pay back a deposit of 20 million yuan. The firm had been promised sole use of bus and parking records for 15 years.",
    ),
    (
        "Rival sues over licence for hospital records",
        "A Shenzhen start-up says the health commission of a Chinese city gave the winner 25 years without a tender for 210 million yuan.",
    ),
    (
        "City scraps eleven tariffs for its files",
        "Chengdu's data office said the charges had brought in less than they cost to collect. Anyone in China or abroad may now download timetables, permits and school lists.",
    ),
    (
        "The toll booth on public information",
        "Every Chinese ministry has a back room with a server and a price list. The auditors opened four of those rooms in June and found 248 million yuan. The other rooms are still locked.",
    ),
    (
        "Court in Ningbo upholds penalty on credit-record shop",
        "The firm, owned by the city's market regulator, had sold reports on companies for 45 yuan each; the law says they are to be had for nothing. It must return 2.7 million yuan.",
    ),
    (
        "Rail timetables, crash statistics to be given away by Chinese ministry",
        "The transport ministry said 210 files would be published in January and the fees for 14 of them abolished.",
    ),
    (
        "Three more provinces admit to selling what they hold",
        "Auditors in Anhui, Hubei and Yunnan counted 77 million yuan from company files, deeds and student archives, taken without approval between 2020 and 2023.",
    ),
    (
        "Beijing pays back developers for access to planning maps",
        "The Chinese capital's planning commission will refund 12 million yuan that its mapping institute collected over four years.",
    ),
    (
        "Who owns the bus lane sensors?",
        "A city in Hunan leased the readings to one firm for 30 years. Its people's congress wants to know why nobody else could bid and where the 95 million yuan went.",
    ),
    (
        "Exclusive deal for port data draws antitrust probe in China",
        "The market regulator has given the port bureau ten days to explain why one logistics firm got the whole feed.",
    ),
    ("海事局宣布航道水深图免费下载", "以往航运公司每年为这些图要付近600万元，明年起不再收取。"),
    (
        "检察院起诉某部数据中心原副主任 涉嫌低价放行接口",
        "起诉书称，其为三家招聘平台把学历核验的单价压到市价一半，单位少收900万元。",
    ),
    (
        "法院：规划局不得就档案复制件索要9万元",
        "一家开发企业申请八十宗地块的成交结果，被要求先缴“整理费”，法院判令无偿提供。",
    ),
    (
        "读者问答：六月那份审计说了什么",
        "问：谁收的钱？答：四个中央部门的下属单位。问：多少？答：2.48亿元。问：卖的是什么？答：本该对公众开放的系统接口。",
    ),
    ("澜桥市终止与导航企业的合同", "原本十五年的公交、泊位信息独家使用权作废，2000万元押金原路返还。"),
    ("落选企业状告卫健委：病历授权为何不招标", "涉事协议期限二十五年，价款2.1亿元。"),
    (
        "成都取消十一项信息资料收费",
        "市数据局算了一笔账，收来的钱还不够养收费的人，今后时刻表、许可、学校名录均可随意下载。",
    ),
    ("信用报告45元一份？监管部门下属公司被判退款", "法院认为该公司依托公共信用信息牟利，没有法律依据，须退还270万元。"),
    ("衙门后院的价目表", "每个部门都有一台服务器和一张价目表。审计打开了其中四间，找到2.48亿元，其余的门还锁着。"),
    ("路口传感器的读数归谁", "湖南一市将其打包租给一家企业三十年，作价9500万元，市人大追问为何不招标。"),
    ("省住建厅停收楼盘备案查询费", "累计收取的1300万元将在明年3月底前返还各中介机构。"),
    ("港口数据独家合作被指排除竞争", "市场监管总局约谈港务局，要求十日内说明为何只有一家物流平台拿到接口。"),
    ("省財政廳：數據授權收入未入庫須補繳", "三市將授權費留在平台公司，合計1.2億元人民幣。"),
    ("南方某市公開水文站歷年觀測 取消按站收費", "水利局稱過去每站每年2000元，一年不過80萬元人民幣。"),
    ("某省价格部门明确：调用人口库核验每次不超过两角", "超出部分须退给用户单位，数据运营公司成本另行核定。"),
    # written after the second mending, and 6 of 22 known then
    (
        "Kunshi lets drivers see accident files for nothing",
        "Traffic police in the Chinese city used to ask 80 yuan a page. Lawyers bought 41,000 pages last year.",
    ),
    (
        "China's top planner wants one price book for official information",
        "Draft rules would let operators earn no more than 5 percent over cost on what ministries hand them.",
    ),
    (
        "A ministry's back-door business",
        "How did a Beijing institute come to sell crop forecasts to traders? Its director says that nobody told him not to. The auditors did in June.",
    ),
    (
        "Grain bureau loses case over harvest figures",
        "A Zhengzhou court told it to hand over five years of county tables without a charge; it had wanted 300,000 yuan.",
    ),
    (
        "Sole dealer for school rolls must go, says Chinese watchdog",
        "The education bureau had given one firm the right to answer employers' queries until 2040.",
    ),
    (
        "Eight Chinese cities to share income from bus and metro data",
        "Operators will pass on a tenth of turnover to the treasury under a pilot of the data administration.",
    ),
    (
        "Land bureau gives deposits back after data sale collapses",
        "Yichuan wanted 600 million yuan for its geospatial data. Both bidders withdrew, the Chinese county said.",
    ),
    (
        "Ports to publish ship movements free of charge",
        "China's maritime safety administration ends a subscription that brought in 9 million yuan a year.",
    ),
    (
        "Former data chief of Chinese province expelled from party",
        "Inspectors say he handed the licence for health records to a friend's firm and took 11 million yuan.",
    ),
    ("市交警：事故卷宗查阅不再按页收钱", "以往每页80元，去年律师们一共买了四万多页。"),
    ("省审计：三家博物馆把文物影像授权给游戏公司，1400万元留作小金库", "图像版权属国家，授权未经批准，收入未入账。"),
    ("发改委拟统一公共数据价目 利润率不超过5%", "征求意见稿要求运营机构公开成本。"),
    ("粮食局败诉 五年产量表须免费给", "原告此前被要求先付30万元整理费，郑州一家法院判其违法。"),
    ("学籍核验独家经营到2040年？监管叫停", "教育局与一家企业的协议被责令废止，保证金退回。"),
    ("八市试点公交地铁数据收益分享", "运营方拿出营业额的一成交给财政，国家数据局称明年扩围。"),
    ("数据拍卖流产 县自然资源局退还两家竞买人保证金", "该县原打算把地理空间数据卖6亿元。"),
    ("海事部门取消船舶动态订阅费", "每年900万元的收入不要了，企业和个人均可免费调取。"),
    ("省数据局原局长被双开 将健康档案授权给友人公司", "纪委通报其受贿1100万元。"),
    ("某市政务系统运维商私设收费窗口", "企业每调一次接口付两元，四年共收2600万元，市审计局责令退还。"),
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
    ("Norway gives away sea charts", "The mapping authority in Oslo will drop its fees for depth data in January."),
    (
        "Chinese prosecutors charge bank chief over bribes",
        "He took 6.8 million yuan for approving loans; investigators compared data from 40 branches.",
    ),
    (
        "Court in Beijing quashes parking fine",
        "The driver showed records from his dashboard camera. The traffic police must refund 200 yuan.",
    ),
    (
        "Questions and answers: China's new tax on exports",
        "Q: Who pays? A: Exporters. Customs data show shipments fell 4% in May. Q: How much? A: 13 percent.",
    ),
    (
        "Provincial audit finds idle irrigation pumps",
        "Auditors in Gansu said 41 million yuan had been spent on pumps that never ran, satellite images show.",
    ),
    (
        "Chinese city ends contract with bus maker",
        "The transport bureau said 120 buses were late and kept the firm's deposit of 20 million yuan. Ridership data will be reviewed.",
    ),
    (
        "Biotech licence deal: Shanghai firm sells rights to cancer drug",
        "The US buyer pays $80m up front; trial data are due in spring. Fees for milestones may reach RMB2bn.",
    ),
    (
        "Chengdu museum drops entry fees",
        "The city expects 30% more visitors. Data from last year's free weekends were convincing, the culture bureau said.",
    ),
    (
        "Beijing scraps fees for marriage certificates",
        "Couples save 9 yuan. The civil affairs ministry said records would be kept online.",
    ),
    (
        "Chinese regulator fines app for selling users' location data",
        "The company passed on trip records and earned 3 million yuan, the cyberspace regulator said.",
    ),
    (
        "China's weather bureau warns of early frost",
        "Stations in the north recorded minus 8 degrees. Heating companies will not raise prices, the ministry said.",
    ),
    (
        "Stock exchange in Shanghai raises market data fees",
        "Brokers will pay 12% more for real-time quotes from January.",
    ),
    (
        "Chinese courts to livestream more trials",
        "Records of hearings will be open to the public free of charge. Judges will be audited on it.",
    ),
    (
        "Exclusive rights to football data sold in China",
        "The league gave a betting-data firm ten years for 300 million yuan.",
    ),
    (
        "Utility in Shenzhen refunds overcharged households",
        "A meter error meant 4,000 families paid too much. The data has been corrected and 2.1 million yuan returned.",
    ),
    ("海洋局发布赤潮预警", "监测数据显示，近岸水温偏高，渔民应减少投放，海水浴场免费开放时间不变。"),
    ("检察院起诉银行原行长 涉案680万元", "起诉书称，其违规放贷，检察官调取了十年的流水数据。"),
    ("法院判物业退还多收的停车费", "业主提交的车辆进出数据被采信，物业须退还3.2万元。"),
    ("读者问答：个税汇算怎么退税", "问：数据从哪来？答：系统已预填。问：多久退款？答：税务局一般十个工作日。"),
    ("省审计厅：水利项目资金沉淀4100万元", "审计人员用卫星影像比对，发现三处泵站从未运行，责令退回补助资金。"),
    ("市交通局终止与公交车辆厂的采购合同", "120辆车迟交，2000万元履约保证金不予退还，客流数据将重新核算。"),
    ("药企独家授权海外 首付款8000万美元", "三期临床数据明年公布，后续里程碑付款另计。"),
    ("博物馆取消门票收费", "文旅局数据显示，免费开放月客流增长三成。"),
    ("民政局取消结婚证工本费", "每对新人少花9元，婚姻登记信息全国联网。"),
    ("某打车平台贩卖行程数据被罚", "网信部门没收违法所得300万元，并责令删除用户信息。"),
    ("证券交易所上调行情数据收费", "券商明年起每月多付12%。"),
    ("联赛数据独家权卖出三亿元", "中标公司将运营十年赛事数据。"),
    ("供水公司退还误收水费", "表计数据出错，涉及四千户，共退210万元。"),
    ("审计局开展数据分析培训", "讲师介绍了如何用数据发现收费疑点，学员免费参加。"),
    ("企业数据资产入表 银行授信两千万元", "这家纺织厂的设备数据经评估作价，贷款利率三厘。"),
    ("某地统计局：前三季度房价数据公布", "新房价格环比降0.4%，二手房挂牌量增加。"),
    ("网友吐槽查快递单号要收费", "快递公司称接口升级，已退款。"),
    (
        "Chinese city fines taxi firm over charges",
        "The transport bureau said drivers had charged tourists double; trip records will be checked and money returned.",
    ),
    (
        "China's courts sell seized cars online",
        "Records of the auctions are public. The first lot fetched 3 million yuan, the court said.",
    ),
    (
        "Shanghai hospital opens free clinic",
        "The health commission said patient records would be moved to a new system; no fees are charged on Sundays.",
    ),
    ("Land office in Nanjing sells three plots", "Developers paid 4 billion yuan, official data show."),
    ("China lowers customs duty on maps", "The ministry said printed charts and atlases would cost less from July."),
    ("Museum in Xi'an raises price of audio guides", "Visitor data suggest few will mind, the bureau said."),
    (
        "Chinese auditor finds ghost teachers",
        "School records in four counties listed 120 people who never taught; 9 million yuan in wages must be paid back.",
    ),
    ("市交警：事故快处不收费", "当事人可免费上传照片，事故数据实时入库。"),
    ("博物馆文创授权收入破千万", "文旅局称，授权给二十家企业，产品涵盖文具。"),
    ("法院公开拍卖查封车辆", "成交价300万元，拍卖信息全网公开。"),
    ("公交地铁联程优惠 数据显示客流回升", "市交通局表示，换乘免费政策延至年底。"),
    ("住建局下属公司拖欠工资被查", "审计发现，四年共欠2600万元，系统账目混乱，责令退还。"),
    ("学校多收学籍管理费？教育局：已退还", "校方称属误收，涉及120名学生。"),
    ("气象局为农户免费安装小型站", "观测设备由财政出资，农户无需付费。"),
    ("县里拍卖闲置校舍 两家竞买", "自然资源局退还未中标者保证金。"),
    ("国家数据局发布产业报告", "今年数据产业规模将超两万亿元，企业数量继续增长。"),
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
