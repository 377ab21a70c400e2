"""Quantities and labels as a table shows them: the noun that the label already says is left out."""

import re

from briefing.model.fact import Fact
from briefing.model.figure import Kind, Quantity
from briefing.model.text import Bilingual
from briefing.model.wording import grouped, scaled, written

SPANS = {  # of time and land, in both languages; their other forms are read as the same
    "year": ("year", "年"), "years": ("year", "年"), "年": ("year", "年"),
    "month": ("month", "个月"), "months": ("month", "个月"), "个月": ("month", "个月"), "個月": ("month", "个月"),
    "week": ("week", "周"), "weeks": ("week", "周"), "周": ("week", "周"),
    "day": ("day", "天"), "days": ("day", "天"), "天": ("day", "天"), "日": ("day", "天"),
    "hour": ("hour", "小时"), "hours": ("hour", "小时"), "小时": ("hour", "小时"),
    "minute": ("minute", "分钟"), "minutes": ("minute", "分钟"), "分钟": ("minute", "分钟"),
    "hectare": ("hectare", "公顷"), "hectares": ("hectare", "公顷"), "公顷": ("hectare", "公顷"),
    "mu": ("mu", "亩"), "亩": ("mu", "亩"), "畝": ("mu", "亩"),
}  # fmt: skip
NO_PLURAL = frozenset({"mu"})
COUNTED = frozenset({Kind.COUNT, Kind.OTHER})
HAN = re.compile("[\u3400-\u9fff]")


def code(language: str) -> str:
    """'en' or 'zh': the two languages that an issue is written in."""
    return "zh" if language.startswith("zh") else "en"


def shown(quantity: Quantity, language: str) -> str:
    """'248 million yuan', '20 years', '13': counts stand without their noun, spans of time in the issue's language."""
    lang = code(language)
    span = SPANS.get(quantity.unit.casefold())
    if span is None or quantity.kind in {Kind.MONEY, Kind.PERCENT}:
        return _counted(quantity, lang) if quantity.kind in COUNTED else written(quantity, lang)
    bare = _counted(quantity, lang)
    if lang == "zh":
        return f"{bare}{span[1]}"
    return f"{bare} {span[0]}{'' if quantity.amount == 1 or span[0] in NO_PLURAL else 's'}"


def _counted(quantity: Quantity, language: str) -> str:
    """The number, with the words of its approximation and without a unit."""
    number = scaled(quantity.low, language) if quantity.low == quantity.high else ""
    whole = written(quantity, language)
    return whole[: whole.index(number) + len(number)] if number else _range(quantity, whole, language)


def _range(quantity: Quantity, whole: str, language: str) -> str:
    high = scaled(quantity.high, language)
    return whole[: whole.rindex(high) + len(high)] if high in whole else grouped(quantity.amount)


def named(fact: Fact) -> Bilingual:
    """What the fact measures, as a line begins: with a capital."""
    return Bilingual(fact.label.en[:1].upper() + fact.label.en[1:], fact.label.zh)


def sentence(text: str) -> str:
    """The text with a capital, and with a full stop where it has none."""
    text = text[:1].upper() + text[1:]
    if not text or text[-1] in ".!?。！？…":
        return text
    letters = [sign for sign in text if sign.isalpha()]  # a sentence may end in a number: '不是5000万元的58%'
    return text + ("。" if (letters and HAN.search(letters[-1])) or text[-1] in "”）》" else ".")
