"""Writes a quantity for readers: '248.37 million yuan', '2.4837亿元'. Exact: no digit is rounded away."""

from decimal import Decimal
from fractions import Fraction

from briefing.model.figure import Approximation, Kind, Quantity

LARGEST_PART = 20  # of a share that is written with two numbers
ENGLISH_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)
CHINESE_SCALES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
CURRENCIES = {  # how a newspaper names them after the number; others by their ISO code
    "CNY": ("yuan", "元"),
    "USD": ("dollars", "美元"),
    "HKD": ("Hong Kong dollars", "港元"),
    "TWD": ("New Taiwan dollars", "新台币"),
    "MOP": ("patacas", "澳门元"),
    "EUR": ("euros", "欧元"),
    "GBP": ("pounds", "英镑"),
    "JPY": ("yen", "日元"),
    "KRW": ("won", "韩元"),
    "SGD": ("Singapore dollars", "新加坡元"),
}
UNITS = {
    Kind.PERCENT: ("%", "%"),
    Kind.PERCENTAGE_POINT: (" percentage points", "个百分点"),
    Kind.BASIS_POINT: (" basis points", "个基点"),
    Kind.MULTIPLE: (" times", "倍"),
}
BEFORE = {
    Approximation.EXACT: ("", ""),
    Approximation.ABOUT: ("about ", "约"),
    Approximation.NEARLY: ("nearly ", "近"),
    Approximation.OVER: ("over ", "逾"),
    Approximation.AT_LEAST: ("at least ", "至少"),
    Approximation.AT_MOST: ("at most ", "至多"),
}


def plain(number: Decimal) -> str:
    """The digits without exponent or trailing zeros: Decimal('2.480E8') is '248000000'."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: Decimal) -> str:
    """The digits with thousands separators."""
    whole, point, rest = plain(number).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() else plain(number)


def scaled(number: Decimal, language: str) -> str:
    """A number in the scale that the language counts in, every digit kept."""
    chinese = language.startswith("zh")
    for scale, name in CHINESE_SCALES if chinese else ENGLISH_SCALES:
        if abs(number) >= scale:
            digits = plain(number / scale)
            return f"{digits}{name}" if chinese else f"{digits} {name}"
    return plain(number) if chinese and abs(number) < Decimal(10) ** 4 else grouped(number)


def parted(number: Decimal, language: str) -> str:
    """A share as it is spoken of: '2/3'; the digits where it is no simple one."""
    simple = Fraction(number).limit_denominator(LARGEST_PART)
    is_simple = simple.denominator > 1 and abs(Fraction(number) - simple) < Fraction(1, 10**6)
    return f"{simple.numerator}/{simple.denominator}" if is_simple else scaled(number, language)


def written(quantity: Quantity, language: str) -> str:
    """A quantity in 'en' or 'zh', with its approximation and unit."""
    chinese = language.startswith("zh")
    before = BEFORE[quantity.approximation][chinese]
    number_in = parted if quantity.kind is Kind.FRACTION else scaled
    low, high = number_in(quantity.low, language), number_in(quantity.high, language)
    number = low if quantity.low == quantity.high else f"{low}{'至' if chinese else ' to '}{high}"
    return f"{before}{number}{_unit(quantity, chinese=chinese)}"


def _unit(quantity: Quantity, *, chinese: bool) -> str:
    if quantity.kind is Kind.MONEY:
        names = CURRENCIES.get(quantity.currency)
        name = names[chinese] if names else quantity.currency
        return name if chinese and names else f" {name}"
    if quantity.kind in UNITS:
        return UNITS[quantity.kind][chinese]
    if quantity.kind is Kind.FRACTION or not quantity.unit:
        return ""
    return _noun_zh(quantity.unit) if chinese else f" {_noun_en(quantity)}".rstrip()


NOUNS = {  # what is counted, in the words of the other language; others stand as they were published
    "unit": "家单位",
    "entity": "家单位",
    "department": "个部门",
    "system": "个系统",
    "information system": "个信息系统",
    "company": "家企业",
    "firm": "家企业",
    "people": "人",
    "city": "个城市",
    "province": "个省份",
    "county": "个县",
    "article": "条",
    "measure": "项措施",
    "product": "个产品",
    "case": "起",
    "year": "年",
    "month": "个月",
    "week": "周",
    "day": "天",
    "working day": "个工作日",
    "hour": "小时",
}
BACK = {
    "单位": "unit",
    "运维单位": "operating unit",
    "部门": "department",
    "中央部门": "central department",
    "系统": "system",
    "信息系统": "information system",
    "企业": "company",
    "公司": "company",
    "家": "company",
    "人": "people",
    "城市": "city",
    "省份": "province",
    "省": "province",
    "县": "county",
    "条": "article",
    "條": "article",
    "年": "year",
    "个月": "month",
    "個月": "month",
    "周": "week",
    "天": "day",
    "小时": "hour",
    "亩": "mu",
    "措施": "measure",
    "产品": "product",
    "起": "case",
}
UNCOUNTED = frozenset({"people", "staff", "personnel", "police", "data", "mu", "horsepower", "hertz"})


def _noun_zh(unit: str) -> str:
    if not unit.isascii():
        return unit if unit[0] in "个家条项名人次件起款位個條項年周天亩" or unit == "小时" else f"个{unit}"
    if unit.endswith(" data"):
        return "组数据"
    singular = unit if unit in NOUNS else unit.removesuffix("s")
    return NOUNS.get(singular) or NOUNS.get(unit.rsplit(" ", 1)[-1].removesuffix("s")) or f" {unit}"


def _noun_en(quantity: Quantity) -> str:
    noun = BACK.get(quantity.unit, quantity.unit)
    if noun.endswith(" data"):  # a mass is not counted: '13 system data'
        return f"set{'' if abs(quantity.high) == 1 else 's'} of {noun}"
    if not noun.isascii() and quantity.kind is Kind.COUNT:  # a classifier, or a noun without an English word
        return ""
    if not noun.isascii() or abs(quantity.high) == 1 or noun.rsplit(" ", 1)[-1] in UNCOUNTED or noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "sh", "x")) else f"{noun}s"
