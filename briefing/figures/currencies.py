"""How newspapers write currencies, in both languages. Data: folded spelling to ISO 4217 code and factor."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from decimal import Decimal

from briefing.figures.pattern import Pattern

UNKNOWN = "XXX"  # ISO 4217 for 'no currency': money whose currency the text leaves open (pesos, shillings, francs)

SIGNS = {  # before the number; '¥' and '$' are settled by the text around them
    "us$": "USD", "us $": "USD", "hk $": "HKD", "nt $": "TWD", "s $": "SGD", "a $": "AUD", "c $": "CAD", "$a": "AUD", "$c": "CAD", "$us": "USD", "u.s.$": "USD", "usd": "USD", "us dollars": "USD",
    "hk$": "HKD", "hkd": "HKD", "nt$": "TWD", "ntd": "TWD", "twd": "TWD", "mop$": "MOP", "mop": "MOP", "a$": "AUD",
    "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "s$": "SGD", "sgd": "SGD", "nz$": "NZD", "r$": "BRL",
    "mxn$": "MXN", "mxn": "MXN", "cn¥": "CNY", "cny": "CNY", "rmb¥": "CNY", "rmb": "CNY", "renminbi": "CNY", "yuan": "CNY",
    "人民币": "CNY", "jp¥": "JPY", "jpy": "JPY", "krw": "KRW", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "₩": "KRW",
    "₹": "INR", "inr": "INR", "rs.": "INR", "rs": "INR", "₽": "RUB", "rub": "RUB", "฿": "THB", "thb": "THB", "₫": "VND",
    "rm": "MYR", "myr": "MYR", "idr": "IDR", "php": "PHP", "₱": "PHP", "chf": "CHF", "sfr": "CHF", "sek": "SEK", "zar": "ZAR",
    "¥": "CNY", "$": "USD", "港币": "HKD", "港元": "HKD", "新台币": "TWD", "台币": "TWD", "美元": "USD", "澳门币": "MOP",
    "美金": "USD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP", "₿": UNKNOWN,
}  # fmt: skip
WORDS = {  # after the number, English, singular
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "cn¥": "CNY", "us dollar": "USD", "u.s. dollar": "USD",
    "american dollar": "USD", "dollar": "USD", "usd": "USD", "us$": "USD", "buck": "USD", "greenback": "USD",
    "united states dollar": "USD", "hong kong dollar": "HKD", "hkd": "HKD", "hk dollar": "HKD", "new taiwan dollar": "TWD",
    "taiwan dollar": "TWD", "nt dollar": "TWD", "ntd": "TWD", "twd": "TWD", "pataca": "MOP", "mop": "MOP", "euro": "EUR", "eur": "EUR",
    "pound sterling": "GBP", "british pound": "GBP", "quid": "GBP", "gbp": "GBP", "sterling": "GBP",
    "japanese yen": "JPY", "yen": "JPY", "jpy": "JPY", "south korean won": "KRW", "korean won": "KRW", "won": "KRW", "krw": "KRW",
    "singapore dollar": "SGD", "sgd": "SGD", "australian dollar": "AUD", "aud": "AUD", "canadian dollar": "CAD", "cad": "CAD",
    "swiss franc": "CHF", "chf": "CHF", "rupee": "INR", "indian rupee": "INR", "inr": "INR", "rouble": "RUB", "ruble": "RUB",
    "rub": "RUB", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "real": "BRL", "reai": "BRL", "shekel": "ILS",
    "krona": "SEK", "kronor": "SEK", "swedish krona": "SEK", "lira": "TRY", "rand": "ZAR", "dirham": "AED", "naira": "NGN",
    "mexican peso": "MXN", "philippine peso": "PHP", "peso": UNKNOWN, "franc": UNKNOWN, "shilling": UNKNOWN, "riyal": UNKNOWN,
    "krone": UNKNOWN, "kroner": UNKNOWN, "dinar": UNKNOWN, "bitcoin": UNKNOWN, "new zealand dollar": "NZD", "€": "EUR", "£": "GBP",
    "$": "USD", "zloty": "PLN", "forint": "HUF", "hryvnia": "UAH", "taka": "BDT", "pound": "GBP",
}  # fmt: skip
HAN_WORDS = {  # after the number, Chinese, folded; '元' and '块' are settled by the text around them
    "元人民币": "CNY", "人民币元": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD", "美圆": "USD", "港元": "HKD", "港币": "HKD",
    "元港币": "HKD", "元新台币": "TWD", "新台币": "TWD", "台币": "TWD", "台元": "TWD", "元台币": "TWD", "澳门元": "MOP", "澳门币": "MOP",
    "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "日圆": "JPY", "韩元": "KRW", "韩圆": "KRW", "新加坡元": "SGD", "新元": "SGD", "坡币": "SGD",
    "澳元": "AUD", "澳大利亚元": "AUD", "加元": "CAD", "加拿大元": "CAD", "瑞士法郎": "CHF", "法郎": UNKNOWN, "卢比": "INR",
    "卢布": "RUB", "泰铢": "THB", "林吉特": "MYR", "令吉": "MYR", "印尼盾": "IDR", "越南盾": "VND", "雷亚尔": "BRL", "谢克尔": "ILS",
    "里拉": "TRY", "兰特": "ZAR", "迪拉姆": "AED", "奈拉": "NGN", "比索": UNKNOWN, "克朗": UNKNOWN, "比特币": UNKNOWN, "个比特币": UNKNOWN, "本钱": UNKNOWN,
    "元": "CNY", "块钱": "CNY", "块": "CNY", "rmb": "CNY", "元rmb": "CNY",
}  # fmt: skip
CENTS = {"cent": ("USD", Decimal("0.01")), "fen": ("CNY", Decimal("0.01")), "jiao": ("CNY", Decimal("0.1")),
         "美分": ("USD", Decimal("0.01")), "角": ("CNY", Decimal("0.1")), "毛": ("CNY", Decimal("0.1")), "sen": ("MYR", Decimal("0.01"))}  # fmt: skip


def alternatives(names: tuple[str, ...]) -> str:
    """A pattern of names, the longest first, so that 'hong kong dollar' wins over 'dollar'."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


NEAR = 8  # characters before a number in which something has to speak of money
_PRICE = Pattern(r"[价费收付花钱元退交罚赚亏省补贵][^，。；！？]*$|每[^，。；！？]{1,4}$|卖[^，。；！？地]*$")


def is_priced(folded: str, start: int) -> bool:
    """Whether the number that begins here is a price, so that '块' behind it is yuan: '一块卖' is a piece."""
    return bool(_PRICE.search(folded, max(0, start - NEAR), start))
