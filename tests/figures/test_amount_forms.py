"""Amounts in the forms that other readers of numbers are known to lose, each with what it must give."""

from decimal import Decimal

import pytest

from briefing.figures.extract import quantities_in
from briefing.model.figure import Approximation, Change, Kind
from briefing.model.text import Language

EN, HANS, HANT = Language.EN, Language.HANS, Language.HANT


def only(text, language=EN, kind=None):
    found = [s for s in quantities_in(text, language) if s.kind not in {Kind.DATE, Kind.PERIOD}]
    found = [s for s in found if kind is None or s.kind is kind]
    assert len(found) == 1, [(text[s.start : s.end], s.low) for s in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "value", "currency"),
    [
        ("a 248-million-yuan profit", "248-million-yuan", 248_000_000, "CNY"),
        ("it costs Rmb 705mn a year", "Rmb 705mn", 705_000_000, "CNY"),
        ("the refund of CN¥5,000 was paid", "CN¥5,000", 5000, "CNY"),
        ("HK$101.6bn was spent", "HK$101.6bn", Decimal(101600000000), "HKD"),
        ("NT$2.03 billion in fees", "NT$2.03 billion", Decimal(2030000000), "TWD"),
        ("US$12m of foreign capital", "US$12m", 12_000_000, "USD"),
        ("some (HK $216,925) was due", "HK $216,925", 216_925, "HKD"),
        ("it topped 2 trln yuan", "2 trln yuan", 2 * 10**12, "CNY"),
        ("5.8 trillion yuan in 2023", "5.8 trillion yuan", 58 * 10**11, "CNY"),
        ("a profit ($34 million) was made", "$34 million", 34_000_000, "USD"),
        ("China's $34 Million Scams", "$34 Million", 34_000_000, "USD"),
        ("A $34 million contract", "$34 million", 34_000_000, "USD"),
        ("it cost A $ 34 million", "A $ 34 million", 34_000_000, "AUD"),
        ("it cost 1713 tn yuan", "1713 tn yuan", 1713 * 10**12, "CNY"),
        ("930m yuan sat idle", "930m yuan", 930_000_000, "CNY"),
        ("Yuan 1,802 million was made", "Yuan 1,802 million", 1_802_000_000, "CNY"),
        ("0.35 yuan a share", "0.35 yuan", Decimal("0.35"), "CNY"),
        ("minus 230 million yuan", "minus 230 million yuan", -230_000_000, "CNY"),
        ("of (1.2) billion yuan", "(1.2) billion yuan", -1_200_000_000, "CNY"),
        ("248 million pesos were lost", "248 million pesos", 248_000_000, "XXX"),
        ("a fund of $5 million Canadian dollars", "$5 million Canadian dollars", 5_000_000, "CAD"),
        ("a fee of 63 cents", "63 cents", Decimal("0.63"), "USD"),
        ("RM23.50 a piece", "RM23.50", Decimal("23.50"), "MYR"),
        ("one and a half billion... 2 and a half million yuan", "2 and a half million yuan", 2_500_000, "CNY"),
        ("thirty-six million yuan", "thirty-six million yuan", 36_000_000, "CNY"),
        ("half a million yuan", "half a million yuan", 500_000, "CNY"),
    ],
)
def test_english_money_keeps_its_value_currency_and_span(text, surface, value, currency):
    found = next(s for s in quantities_in(text, EN) if text[s.start : s.end] == surface)
    assert (found.kind, found.low, found.currency) == (Kind.MONEY, value, currency)


@pytest.mark.parametrize(
    ("text", "surface", "value", "currency"),
    [
        ("收费2.48亿元。", "2.48亿元", 248_000_000, "CNY"),
        ("总价3亿5千万元。", "3亿5千万元", 350_000_000, "CNY"),
        ("派息7亿零500万元。", "7亿零500万元", 705_000_000, "CNY"),
        ("评估值１８．０２亿元。", "１８．０２亿元", 1_802_000_000, "CNY"),
        ("收取一点四五亿元。", "一点四五亿元", 145_000_000, "CNY"),
        ("多计支出4 565 321.08元。", "4 565 321.08元", Decimal("4565321.08"), "CNY"),
        ("账面价值3,086.52万元。", "3,086.52万元", Decimal(30865200), "CNY"),
        ("金额壹亿贰仟万元整。", "壹亿贰仟万元整", 120_000_000, "CNY"),
        ("亏损负2.3亿元。", "负2.3亿元", -230_000_000, "CNY"),
        ("净利润为-1.2亿元。", "-1.2亿元", -120_000_000, "CNY"),
        ("虚增财政收入861.3亿（元）。", "861.3亿", Decimal(86130000000), "CNY"),
        ("土地出让金为8.7万亿。", "8.7万亿", Decimal(8700000000000), "CNY"),
        ("费用由每条￥0.8起。", "￥0.8", Decimal("0.8"), "CNY"),
        ("外资US$1200万。", "US$1200万", 12_000_000, "USD"),
        ("作价18.02亿元人民币。", "18.02亿元人民币", 1_802_000_000, "CNY"),
        ("楼面价12,345元/平方米。", "12,345元/平方米", 12_345, "CNY"),
        ("总额四十九兆九千五百九十二亿元。", "四十九兆九千五百九十二亿元", 49_959_200_000_000, "CNY"),
        ("五元三毛", "五元三毛", Decimal("5.3"), "CNY"),
        ("两美元又三美分", "两美元又三美分", Decimal("2.03"), "USD"),
        ("花了一百二十点五万元。", "一百二十点五万元", Decimal(1_205_000), "CNY"),
        ("花了九万四元。", "九万四元", 94_000, "CNY"),
        ("花了一万零四元。", "一万零四元", 10_004, "CNY"),
    ],
)
def test_chinese_money_keeps_its_value_currency_and_span(text, surface, value, currency):
    found = next(s for s in quantities_in(text, HANS) if text[s.start : s.end] == surface)
    assert (found.kind, found.low, found.currency) == (Kind.MONEY, value, currency)


@pytest.mark.parametrize(
    ("text", "surface", "value", "currency"),
    [
        ("香港錄得財政赤字1,016億港元。", "1,016億港元", 101_600_000_000, "HKD"),
        ("香港財政儲備降至7,332億元。", "7,332億元", 733_200_000_000, "HKD"),
        ("斥資HK$3.5億收購。", "HK$3.5億", 350_000_000, "HKD"),
        ("台灣審計部指出收費新臺幣二十億三千萬元。", "新臺幣二十億三千萬元", 2_030_000_000, "TWD"),
        ("收費為5866萬元人民幣。", "5866萬元人民幣", 58_660_000, "CNY"),
        ("相當於人民幣3.26億圓。", "人民幣3.26億圓", 326_000_000, "CNY"),
    ],
)
def test_money_in_traditional_script_has_the_currency_of_its_place(text, surface, value, currency):
    found = next(s for s in quantities_in(text, HANT) if text[s.start : s.end] == surface)
    assert (found.low, found.currency) == (value, currency)


def test_the_yen_sign_is_yen_only_where_japan_is_spoken_of_alone():
    assert only("Tokyo set aside ¥500 million", kind=Kind.MONEY).currency == "JPY"
    assert only("Beijing set aside ¥500 million", kind=Kind.MONEY).currency == "CNY"


@pytest.mark.parametrize(
    ("text", "language", "kind", "value", "unit"),
    [
        ("it rose 3.2% today", EN, Kind.PERCENT, Decimal("3.2"), "percent"),
        ("up 0.5 percentage points", EN, Kind.PERCENTAGE_POINT, Decimal("0.5"), "percentage_point"),
        ("cut by 25 basis points", EN, Kind.BASIS_POINT, 25, "basis_point"),
        ("a 45.6-mu plot", EN, Kind.AREA, Decimal("45.6"), "mu"),
        ("over five days", EN, Kind.DURATION, 5, "day"),
        ("ten times the total", EN, Kind.MULTIPLE, 10, "times"),
        ("with 1.5mm of rain", EN, Kind.OTHER, Decimal("1.5"), "millimetre"),
        ("he is 1.8m.", EN, Kind.OTHER, Decimal("1.8"), "metre"),
        ("moving at 800 miles per hour", EN, Kind.OTHER, 800, "mile per hour"),
        ("up 17.5 points", EN, Kind.OTHER, Decimal("17.5"), "point"),
        ("208 pounds of rice", EN, Kind.OTHER, 208, "pound-mass"),
        ("降幅扩大12.5个百分点", HANS, Kind.PERCENTAGE_POINT, Decimal("12.5"), "percentage_point"),
        ("下调25个基点", HANS, Kind.BASIS_POINT, 25, "basis_point"),
        ("增加百分之六十四", HANS, Kind.PERCENT, 64, "percent"),
        ("约占六成", HANS, Kind.PERCENT, 60, "percent"),
        ("占六成半", HANS, Kind.PERCENT, 65, "percent"),
        ("打七折出售", HANS, Kind.PERCENT, 70, "percent"),
        ("打对折", HANS, Kind.PERCENT, 50, "percent"),
        ("滞纳金万分之五", HANS, Kind.FRACTION, Decimal("0.0005"), ""),
        ("费率百分之15k", HANS, Kind.PERCENT, 15000, "percent"),
        ("税率3.5‰", HANS, Kind.PERCENT, Decimal("0.35"), "percent"),
        ("装机82万千瓦", HANS, Kind.OTHER, 820_000, "kilowatt"),
        ("面积45.6亩", HANS, Kind.AREA, Decimal("45.6"), "mu"),
        ("同比增长1.5倍", HANS, Kind.MULTIPLE, Decimal("1.5"), "times"),
        ("股价腰斩", HANS, Kind.MULTIPLE, Decimal("0.5"), "times"),
        ("收入翻倍", HANS, Kind.MULTIPLE, 2, "times"),
        ("收入翻了两番", HANS, Kind.MULTIPLE, 4, "times"),
        ("共1800万考生", HANS, Kind.COUNT, 18_000_000, "考生"),
        ("涉及四部门", HANS, Kind.COUNT, 4, "部门"),
        ("三项收费", HANS, Kind.COUNT, 3, "收费"),
    ],
)
def test_other_quantities_keep_their_kind_and_unit(text, language, kind, value, unit):
    found = only(text, language)
    assert (found.kind, found.low, found.unit) == (kind, value, unit)


def test_shares_and_multiples_in_english_words():
    assert only("two-thirds of the funds").low.quantize(Decimal("0.001")) == Decimal("0.667")
    assert only("a fifth of it").low == Decimal("0.2")
    assert only("half of the sum").low == Decimal("0.5")
    assert only("one in five towns").low == Decimal("0.2")
    assert only("income doubled").unit == "times"
    assert only("income halved").low == Decimal("0.5")
    assert only("twice its level").low == 2
    assert only("the largest in a decade").low == 10
    assert only("the largest in a century").low == 100
    assert only("two decades of work").low == 20


def test_a_list_shares_the_unit_of_its_last_member():
    text = "分别收取1.45、0.59、0.24和0.20亿元。"
    assert [s.low for s in quantities_in(text, HANS)] == [145_000_000, 59_000_000, 24_000_000, 20_000_000]
    text = "were 1.45, 0.59, 0.24 and 0.20 hundred million yuan"
    assert [s.low for s in quantities_in(text, EN)] == [145_000_000, 59_000_000, 24_000_000, 20_000_000]
    text = "30 million and 8.5 million yuan"
    assert [(s.low, s.currency) for s in quantities_in(text, EN)] == [(30_000_000, "CNY"), (8_500_000, "CNY")]


def test_a_comma_alone_makes_no_list():
    assert [s.unit for s in quantities_in("it closed at 16,644, 16 per cent above", EN)] == ["", "percent"]


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("10 million to 50 million yuan", EN, 10_000_000, 50_000_000),
        ("a commission of 3-5%", EN, 3, 5),
        ("between 1 billion and 2 billion yuan", EN, 10**9, 2 * 10**9),
        ("$89 to $93 billion", EN, 89 * 10**9, 93 * 10**9),
        ("1000万元至5000万元", HANS, 10_000_000, 50_000_000),
        ("按3%～5%收取", HANS, 3, 5),
        ("投入10亿—20亿元", HANS, 10**9, 2 * 10**9),
        ("企业30至50家", HANS, 30, 50),
    ],
)
def test_a_range_is_one_figure(text, language, low, high):
    found = only(text, language)
    assert (found.low, found.high) == (low, high)


def test_from_and_to_are_two_figures_and_no_range():
    found = quantities_in("raised the price from 1.8 billion to 1.802 billion yuan", EN)
    assert [(s.low, s.change) for s in found] == [(1_800_000_000, Change.FROM), (1_802_000_000, Change.TO)]
    found = quantities_in("挂牌价由18亿元上调至18.02亿元，仅增加200万元。", HANS)
    assert [s.change for s in found] == [Change.FROM, Change.TO, Change.UP_BY]


def test_a_move_and_its_level_are_two_figures():
    found = quantities_in("the share rose 18 sen to RM23.50", EN)
    assert [s.low for s in found] == [Decimal("0.18"), Decimal("23.50")]


def test_one_of_many_counts_one():
    found = only("one of the richest towns")
    assert (found.low, found.unit) == (1, "richest town")


def test_a_score_is_no_figure():
    assert quantities_in("they won 2-1.", EN) == ()


def test_a_small_lower_bound_keeps_its_own_scale():
    found = only("claims ranging from $200 to $4 million")
    assert (found.low, found.high) == (200, 4_000_000)


def test_a_score_is_no_range():
    assert all(s.low == s.high for s in quantities_in("they won 2-1 thanks to him", EN))


@pytest.mark.parametrize(
    ("text", "language", "approximation"),
    [
        ("about 30 million yuan", EN, Approximation.ABOUT),
        ("nearly 30 million yuan", EN, Approximation.NEARLY),
        ("more than 30 million yuan", EN, Approximation.OVER),
        ("at least 30 million yuan", EN, Approximation.AT_LEAST),
        ("no more than 30 million yuan", EN, Approximation.AT_MOST),
        ("30 million yuan or so", EN, Approximation.ABOUT),
        ("30 million yuan or more", EN, Approximation.OVER),
        ("the parts add up to 30 million yuan", EN, Approximation.EXACT),
        ("约3000万元", HANS, Approximation.ABOUT),
        ("近3000万元", HANS, Approximation.NEARLY),
        ("逾3000万元", HANS, Approximation.OVER),
        ("不低于3000万元", HANS, Approximation.AT_LEAST),
        ("不超过3000万元", HANS, Approximation.AT_MOST),
        ("3000万元左右", HANS, Approximation.ABOUT),
        ("3000万元以上", HANS, Approximation.AT_LEAST),
        ("3000余万元", HANS, Approximation.OVER),
        ("3亿余元", HANS, Approximation.OVER),
        ("三年多，", HANS, Approximation.OVER),
    ],
)
def test_approximation_words_open_their_side(text, language, approximation):
    assert only(text, language).approximation is approximation


def test_under_and_over_are_no_approximation_of_places_and_plans():
    assert only("units under four departments").approximation is Approximation.EXACT
    assert only("will invest over three years").approximation is Approximation.EXACT
    assert only("idle for over three years").approximation is Approximation.OVER


@pytest.mark.parametrize(
    ("text", "approximation"),
    [
        ("and hand over 12 per cent of revenue", Approximation.EXACT),
        ("handing over the 12 million yuan", Approximation.EXACT),
        ("a row over 30 million yuan in rents", Approximation.EXACT),
        ("Auditors fault two harbour offices over 7.4 million yuan in dues", Approximation.EXACT),
        ("They paid over 12 million yuan", Approximation.OVER),
        ("The town was fined over 5 million yuan", Approximation.OVER),
        ("It needs the better part of 100 million yuan", Approximation.NEARLY),
        ("A bridge costs as much as 40 million yuan", Approximation.AT_MOST),
        ("A bridge costs about as much as 40 million yuan", Approximation.EXACT),
    ],
)
def test_over_is_no_approximation_of_what_is_handed_over_or_quarrelled_over(text, approximation):
    """ "Over 12 per cent" of "hand over 12 per cent" would make a fixed share a lower bound."""
    money = [s for s in quantities_in(text, EN) if s.kind in {Kind.MONEY, Kind.PERCENT}]
    assert [s.approximation for s in money] == [approximation]


@pytest.mark.parametrize("text", ["争的不是一成两成", "涨个五成六成也有人买", "便宜了三五成"])
def test_tenths_said_in_a_row_are_no_share(text):
    assert not quantities_in(text, HANS)


def test_the_number_of_a_notice_is_no_day():
    assert [s.kind for s in quantities_in("检查公告（2024年第12号）", HANS)] == [Kind.DATE]
    assert [s.unit for s in quantities_in("检查公告（2024年第12号）", HANS)] == ["2024"]
    assert next(iter(quantities_in("名单于12号公布，共三页。", HANS))).kind is Kind.DATE


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("fell 14 percent", Change.DOWN_BY),
        ("up 19.4 pct on the year", Change.UP_BY),
        ("a 64% increase", Change.UP_BY),
        ("a 64% drop", Change.DOWN_BY),
        ("a rise of 64%", Change.UP_BY),
        ("a fall of 64%", Change.DOWN_BY),
        ("prices were cut by up to 30%", Change.DOWN_BY),
        ("prices, raised twice, rose by up to 30%", Change.UP_BY),
        ("a share of 64%", Change.NONE),
        ("profit from 64%", Change.NONE),
        ("the rate reached 64%", Change.TO),
        ("paid by 64%", Change.NONE),
    ],
)
def test_english_change_words(text, change):
    assert only(text, kind=Kind.PERCENT).change is change


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("同比增长64%", Change.UP_BY),
        ("同比下降64%", Change.DOWN_BY),
        ("比重达到64%", Change.TO),
        ("占比64%", Change.NONE),
        ("找到64%", Change.NONE),
    ],
)
def test_chinese_change_words(text, change):
    assert only(text, HANS).change is change


def test_a_unit_that_stands_elsewhere_is_found():
    found = {
        s.low: s for s in quantities_in("Debt stood at 40.74 trillion yuan, of which 24.98 trillion was special.", EN)
    }
    assert found[Decimal("24.98E12")].currency == "CNY"
    found = {s.low: s for s in quantities_in("Nine of the 11 districts paid.", EN)}
    assert found[9].unit == "district"
    found = {s.low: s for s in quantities_in("The number of companies rose from 18 to 64.", EN)}
    assert {found[18].unit, found[64].unit} == {"company"}
    found = {s.low: s for s in quantities_in("They sold 3.9 million headsets, up from 2.4 million in May.", EN)}
    assert found[Decimal("2.4E6")].unit == "headset"
    found = {s.low: s for s in quantities_in("He raised 280 million of the 1.5 billion shekels.", EN)}
    assert found[280_000_000].currency == "ILS"
    found = {s.low: s for s in quantities_in("Until now 280 million was raised, against 1.5 billion shekels.", EN)}
    assert found[280_000_000].currency == "ILS"


def test_a_small_number_that_counts_nothing_is_none():
    assert quantities_in("they finished in the bottom three", EN) == ()


def test_half_a_unit_of_the_last_digit_is_known():
    assert only("2.48 billion yuan").half_unit == 5_000_000
    assert only("2.48亿元", HANS).half_unit == 500_000
    assert only("1000万元", HANS).half_unit == 5_000


def test_shares_inside_addresses_are_none():
    found = quantities_in("see https://a.example/half and https://a.example/doubled now", EN)
    assert found == ()
    assert only("the worst (a century").low == 100


@pytest.mark.parametrize(
    "text",
    [
        "十三届全国人大常委会审议了报告。",
        "十四届全国政协三次会议开幕。",
        "二十届三中全会的决定。",
        "省十四届人大二次会议通过。",
        "全国政协十三届五次会议闭幕。",
        "二十届中央纪委三次全会公报。",
        "二十国集团的公报。",
        "中央一号文件印发。",
        "三级医院须上传数据。",
        "写入十四五规划。",
        "a man in his mid-30s",
    ],
)
def test_what_number_a_session_a_body_or_a_plan_has_is_no_figure(text):
    language = EN if text.isascii() else HANS
    assert [s for s in quantities_in(text, language) if s.kind not in {Kind.DATE, Kind.PERIOD}] == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [("董事会开了三次会议。", "三次", 3), ("他干了三届任期。", "三届", 3)],
)
def test_sessions_and_terms_that_are_counted_are_figures(text, surface, value):
    found = only(text, HANS)
    assert (text[found.start : found.end], found.low) == (surface, value)


@pytest.mark.parametrize(("text", "surface"), [("撤牌九个多月后", "九个多月"), ("过了9个多月", "9个多月")])
def test_some_months_more_are_a_span_of_time(text, surface):
    found = only(text, HANS)
    assert text[found.start : found.end] == surface
    assert (found.kind, found.low, found.unit, found.approximation) == (
        Kind.DURATION,
        9,
        "month",
        Approximation.OVER,
    )


@pytest.mark.parametrize("text", ["from mid-2018 to last year", "rules of the pre-2018 sort", "the post-2018 order"])
def test_the_middle_of_a_year_is_a_date(text):
    (found,) = [s for s in quantities_in(text, EN) if s.unit == "2018"]
    assert found.kind is Kind.DATE


def test_one_widely_shared_post_is_one_post():
    assert only("One widely shared post claimed it.").unit == "widely shared post"
    assert only("One post claimed it.").unit == "post"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a fifth bus arrived", EN),
        ("a third bidder withdrew", EN),
        ("医疗救助队伍、登记人员", HANS),
        ("退伍三年", HANS),
        ("神舟十八号飞船", HANS),
        ("放肆", HANS),
        ("买卖双方给出了两个数字", HANS),
        ("两种说法都没有凭证", HANS),
        ("the two figures do not match", EN),
        ("2023国内十大新闻", HANS),
        ("在2023兩岸論壇上", HANT),
    ],
)
def test_words_that_only_look_like_numbers_are_none(text, language):
    counts = [s for s in quantities_in(text, language) if s.kind in {Kind.COUNT, Kind.FRACTION, Kind.OTHER}]
    assert counts == []


@pytest.mark.parametrize(
    "text", ["it fell by a fifth.", "a fifth more than last year", "a fifth, he said", "a fifth of it"]
)
def test_a_share_in_words_is_a_share(text):
    assert only(text).low == Decimal("0.2")


@pytest.mark.parametrize("text", ["网民规模达10.51亿", "预算通过，同时人口达14亿", "系统全年调用5亿"])
def test_a_bare_number_of_people_or_calls_is_no_money(text):
    assert only(text, HANS).kind is not Kind.MONEY


@pytest.mark.parametrize("text", ["预算规模达10.51亿", "用户数据的收入为3亿", "规模为3亿"])
def test_a_bare_amount_of_money_is_money(text):
    assert only(text, HANS).currency == "CNY"


def test_a_range_of_percentages_is_not_one_and_a_loss():
    found = only("just 30%-60% of the old number")
    assert (found.low, found.high) == (30, 60)
    assert only("growth of -5%").low == -5


@pytest.mark.parametrize("text", ["first-half profit", "the First-Half Report"])
def test_half_a_year_is_no_share(text):
    assert quantities_in(text, EN) == ()


def test_three_quarters_of_a_year_are_no_share():
    assert only("in the first three quarters").kind is Kind.DURATION
    assert only("for the first time in three quarters, it said").kind is not Kind.FRACTION
    assert only("three quarters of the fees").low == Decimal("0.75")


def test_a_share_of_a_few_is_none_of_a_year_or_of_fewer():
    assert only("nine in 20 audits").low == Decimal("0.45")
    assert [s.kind for s in quantities_in("nine in 2022, it said", EN)] == [Kind.DATE]
    assert [s.low for s in quantities_in("16 in 12 provinces", EN)] == [16, 12]
