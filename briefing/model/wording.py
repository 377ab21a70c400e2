"""Writes a quantity for readers: '248.37 million yuan', '2.4837亿元'. Exact: no digit is rounded away."""

from decimal import Decimal

from briefing.model.figure import Approximation, Kind, Quantity

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
    Kind.PERCENT: (" %", "%"),
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


def written(quantity: Quantity, language: str) -> str:
    """A quantity in 'en' or 'zh', with its approximation and unit."""
    chinese = language.startswith("zh")
    before = BEFORE[quantity.approximation][chinese]
    low, high = scaled(quantity.low, language), scaled(quantity.high, language)
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
    return quantity.unit if chinese else f" {quantity.unit}"
