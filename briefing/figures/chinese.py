"""The Chinese grammar, for folded text: 万 and 亿, digits or numerals, currencies before or after.

Classifiers with their noun.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from briefing.figures import currencies, units
from briefing.figures.numerals import ONE, han
from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted, from_number
from briefing.model.figure import Approximation, Kind

_HAN = "零〇一壹二两贰三叁四肆五伍六陆七柒八捌九玖"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?(?=\s?[万亿元])|\d+(?:\.\d+)?|(?<![\d\w])\.\d+)"
_MULT = "十拾百佰千仟万亿兆"
_TAIL = r"(?:\s?(?:千万|百万|十万|[万亿](?!科|达)|兆(?![瓦赫字])|千(?![克米瓦卡帕])|百(?!分))+)?"
_NUMERAL = rf"(?:[{_HAN}十拾百佰千仟](?:\s?(?:[{_HAN}{_MULT}](?![瓦克米赫]))|\s?点(?=\s?[{_HAN}]))*)"
_COMPOUND = rf"{_ARABIC}(?:\s?(?:千|百|十)?[万亿兆](?![瓦赫字])[零又]?(?![千百]?[瓦克米赫])(?:{_ARABIC}|{_NUMERAL})(?:千|百|十)?[万千百]?(?!分))+"
_MORE = r"(?:[余多几来](?=[万亿元美港个家条项人名亩件户次种座所倍天年处辆省%]|$|\s?[\u4e00-\u9fff]))"
_SIGN_NAMES = currencies.alternatives(
    tuple(
        n
        for n in currencies.SIGNS
        if n.isascii() or not n.isalpha() or n in {"人民币", "港币", "新台币", "台币", "澳门币"}
    )
)
NUMBER = Pattern(
    rf"(?P<sign>负|(?<![\dA-Za-z%亿万元年月日-])-(?=[\d.]))?(?P<pre>(?<![A-Za-z\d万亿])(?:{_SIGN_NAMES})\s{{0,2}})?(?P<sign2>负|(?<![\dA-Za-z%亿万元年月日-])-(?=\d))?"
    rf"(?P<num>{_COMPOUND}|{_ARABIC}(?:\s?{_MORE})?{_TAIL}|{_NUMERAL}{_MORE}?{_TAIL})(?P<more>{_MORE})?",
    re.IGNORECASE,
)
_CLASSIFIERS = "|".join(sorted(set(units.CLASSIFIERS), key=len, reverse=True))
_WORDS = currencies.alternatives(tuple(currencies.HAN_WORDS))


def _keys(names: dict[str, str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


_UNIT = Pattern(
    rf"(?P<pp>\s*个?\s?百\s?分\s?点)|(?P<bp>\s?个?基点|\s?bps?\b)|(?P<percent>\s?%)|(?P<permille>‰)|(?P<cheng>\s?成(?![员为立交分果本功就都了])(?P<half>半|[一二三四五六七八九](?![个家名成点万亿千百十]))?)"
    rf"|(?P<zhe>\s?折(?![合算旧线叠])|对折)"
    rf"|(?P<currency>\s?(?:{_WORDS})(?!素|首|旦|宵|件)(?:整(?!改|体|个|治|合))?)"
    rf"|(?P<paren>[（(](?:人民币)?元[)）])"
    rf"|(?P<area>\s?(?:{_keys(units.HAN_AREAS)}))"
    rf"|(?P<duration>\s?(?:{_keys(units.HAN_DURATIONS)})(?![份末初底度])|个(?P<many>[多余])(?:月|星期|小时))"
    rf"|(?P<other>\s?(?:{_keys(units.HAN_OTHERS)})(?![A-Za-z]))"
    rf"|(?P<times>\s?倍)"
    rf"|(?P<classifier>\s?(?:{_CLASSIFIERS}))",
    re.IGNORECASE,
)
_PER = Pattern(r"\s?(?:/|每)\s?(平方米|平米|平方英尺|平方尺|吨|公斤|千克|桶|盎司|升|亩|股|千瓦时|度)")
_PER_NAMES = {"平方米": "m2", "平米": "m2", "平方英尺": "sq ft", "平方尺": "sq ft", "吨": "tonne", "公斤": "kilogram", "千克": "kilogram", "桶": "barrel",
              "盎司": "ounce", "升": "litre", "亩": "mu", "股": "share", "千瓦时": "kilowatt-hour", "度": "kilowatt-hour"}  # fmt: skip
_PERCENT = Pattern(
    rf"(?P<sign>负)?(?<![\d{_HAN}])(?P<base>百\s?万万|百\s?万|千万|万万|万|千|仟|百\s?|佰\s?)\s?分\s?之\s*(?P<num>{_COMPOUND}|{_ARABIC}{_TAIL}|{_NUMERAL}(?:点[{_HAN}]+)?)(?P<k>\s?[kK])?(?P<more>[多余])?"
)
_FRACTION = Pattern(rf"(?P<base>{_ARABIC}|{_NUMERAL})分之(?P<num>{_ARABIC}|{_NUMERAL})")
_HALVES = Pattern(r"(?<=打)对折|半成(?!品)|半折|^对折")
_FAN = Pattern(r"翻了?(?P<num>[一两二三四]|\d+(?:\.\d+)?)番|(?P<half>腰斩|减半)|翻(?P<double>倍)|(?P<twice>加倍)")
_HALF = Pattern(r"(?<![\w])(?:一半|过半|半数)|一半(?!是)|(?:超|近|约|超过|达到|占)半数?")


def amounts_in(folded: str, free: bytearray) -> list[Spotted]:
    """Every amount outside the spans that dates and traps have taken (`free` is 0 there)."""
    found = []
    end = 0
    for match in NUMBER.finditer(folded):
        if free[match.start("num")] and match.start("num") >= end and not _is_word(match, folded):
            spotted = _amount(folded, match)
            end = spotted.end
            found.append(spotted)
    return found


def _is_word(match: re.Match[str], folded: str) -> bool:
    """A lone numeral that is part of a word ('百姓', '十分'): only multipliers, or followed by no unit."""
    text = match.group("num")
    if text[0].isdigit() or text[0] == ".":
        return (
            folded[match.start("num") - 1 : match.start("num")].isascii()
            and folded[max(0, match.start("num") - 1) : match.start("num")].isalpha()
            and not match.group("pre")
        )
    if match.group("pre") or len(text) > 2:  # noqa: PLR2004 - '二十' may stand alone
        return False
    return _UNIT.match(folded, match.end()) is None and not _NEXT_IN_LIST.match(folded, match.end())


_NEXT_IN_LIST = Pattern(rf"[、至到-][{_HAN}十百\d]")


def _amount(folded: str, match: re.Match[str]) -> Spotted:
    text = match.group("num")
    number = han(text)
    if match.group("sign") or match.group("sign2"):
        number = replace(number, value=-number.value)
    found = from_number(number, match.start("num"), match.end("num"))
    if match.group("sign") and not match.group("pre"):
        found = replace(found, start=match.start("sign"))
    more = match.group("more")
    if more or re.search("[余多几来]", text):
        found = replace(found, approximation=Approximation.OVER, end=match.end())
    prefix = (match.group("pre") or "").strip()
    if prefix:
        return _priced(folded, replace(found, start=match.start()), prefix)
    unit = _UNIT.match(folded, found.end)
    if unit is None or unit.lastgroup is None:
        return _after(folded, found)
    if unit.lastgroup == "classifier" and (direct := _DIRECT.match(folded, found.end)):  # '四部门': no classifier
        return replace(found, kind=Kind.COUNT, unit=direct.group(), end=direct.end())
    group = {"half": "cheng", "many": "duration"}.get(unit.lastgroup, unit.lastgroup)
    return _WITH_UNIT[group](folded, replace(found, end=unit.end()), unit)


def _priced(folded: str, found: Spotted, prefix: str) -> Spotted:
    currency = currencies.SIGNS[prefix.lower()]
    unit = Pattern(r"\s?(?:元|圆)整?").match(folded, found.end)
    return _per(
        folded, replace(found, end=unit.end() if unit else found.end, kind=Kind.MONEY, unit=currency, currency=currency)
    )


def _per(folded: str, found: Spotted) -> Spotted:
    per = _PER.match(folded, found.end)
    return replace(found, end=per.end(), unit=f"{found.unit}/{_PER_NAMES[per.group(1)]}") if per else found


def _money(folded: str, found: Spotted, unit: re.Match[str]) -> Spotted:
    name = unit.group("currency").strip().lower().removesuffix("整")
    if name == "块" and not currencies.is_priced(folded, found.start):
        return found
    currency = currencies.HAN_WORDS[name]
    found = replace(found, kind=Kind.MONEY, unit=currency, currency=currency)
    for pattern, factor in _SMALL_CHANGE:  # '五元三毛', '两美元又三美分'
        change = pattern.match(folded, found.end)
        if change:
            extra = han(change.group(1)).value * factor
            found = replace(
                found, end=change.end(), low=found.low + extra, high=found.high + extra, half_unit=factor / 2
            )
    return _per(folded, found)


_SMALL_CHANGE = (
    (Pattern(rf"([\d{_HAN}])(?:角|毛)"), Decimal("0.1")),
    (Pattern(rf"又?([\d{_HAN}]{{1,2}})(?:分|美分)(?![之钟])"), Decimal("0.01")),
)


def _kind(kind: Kind, unit: str) -> Callable[[str, Spotted, re.Match[str]], Spotted]:
    return lambda _, found, __: replace(found, kind=kind, unit=unit)


def _cheng(folded: str, found: Spotted, unit: re.Match[str]) -> Spotted:
    more = unit.group("half")
    extra = Decimal(0) if not more else Decimal(5) if more == "半" else han(more).value
    if folded[found.end : found.end + 1] == "多":  # '三成多'
        found = replace(found, end=found.end + 1, approximation=Approximation.OVER)
    tens = found.scaled(Decimal(10))
    return replace(
        tens, low=tens.low + extra, high=tens.high + extra, kind=Kind.PERCENT, unit="percent", scale=Decimal(10)
    )


def _zhe(_: str, found: Spotted, __: re.Match[str]) -> Spotted:
    """'七折' is 70 percent, '72折' 72."""
    factor = Decimal(10) if found.low < 10 else ONE  # noqa: PLR2004 - one digit
    return replace(found.scaled(factor), kind=Kind.PERCENT, unit="percent", scale=ONE)


def _named(kind: Kind, names: dict[str, str], group: str) -> Callable[[str, Spotted, re.Match[str]], Spotted]:
    def named(_: str, found: Spotted, unit: re.Match[str]) -> Spotted:
        name = unit.group(group).strip()
        if unit.group("many"):  # '九个多月'
            found = replace(found, approximation=Approximation.OVER)
            name = name.replace(unit.group("many"), "")
        return replace(found, kind=kind, unit=names[name.lower()])

    return named


_HEADS = Pattern(rf"[\u4e00-\u9fff]{{0,6}}?(?:{'|'.join(sorted(set(units.COUNTED_HAN), key=len, reverse=True))})")
_DIRECT = Pattern(r"部门|部委|省份|家庭|条例|项目|种类|名单|位置|人员|人次|人口")
_NOT_COUNTED = Pattern(
    r"[的在有和与及从向把被未已共均将对为是参用收完存上超达占由获以等还里内外其涉因此约出起到就能可应须需按经]|(?<!数)据"
)


def _classified(folded: str, found: Spotted, unit: re.Match[str]) -> Spotted:
    """A count with its classifier, and the noun after it where that is known: '7个运维单位'."""
    name = unit.group("classifier").strip()
    noun = _counted(folded, unit.end())
    return replace(found, kind=Kind.COUNT, unit=noun or name, end=unit.end() + len(noun))


def _counted(folded: str, position: int) -> str:
    match = _RANKED.match(folded, position) or _HEADS.match(folded, position)
    if not match or (match.group() not in _WHOLE and _NOT_COUNTED.search(match.group())):
        return ""
    if match.group() == "收费" and folded[position - 1] == "家":  # '两家收费58万元': a verb
        return ""
    noun = match.group()
    more = _HEADS_NEXT.match(folded, match.end())
    return noun + more.group() if more else noun


_WHOLE = frozenset(("收费", "参保人", "参保人员", "参保单位"))
_RANKED = Pattern(  # '10个国家数据中心集群', '2420个国家级气象站': national ones, not nations
    r"国家级?[\u4e00-\u9fff]{0,6}?(?:集群|节点|数据中心|试点|基地|平台|系统|项目|标准|气象站|监测站|观测站|站|实验室|园区|示范区)(?:集群)?"
)
_HEADS_NEXT = Pattern(
    r"(?:产品|企业|机构|系统|单位|平台|项目|中心|节点|城市|场景|部门|案件|人员|账户)(?![\u4e00-\u9fff]?数据收)"
)


def _after(folded: str, found: Spotted) -> Spotted:
    """No unit: a known noun right after ('1800万考生', '二十多个') is counted; otherwise it stays bare."""
    noun = _counted(folded, found.end)
    return replace(found, kind=Kind.COUNT, unit=noun, end=found.end + len(noun)) if noun else found


_WITH_UNIT: dict[str, Callable[[str, Spotted, re.Match[str]], Spotted]] = {
    "pp": _kind(Kind.PERCENTAGE_POINT, "percentage_point"),
    "bp": _kind(Kind.BASIS_POINT, "basis_point"),
    "percent": _kind(Kind.PERCENT, "percent"),
    "permille": lambda _, found, __: replace(
        found.scaled(Decimal("0.1")), kind=Kind.PERCENT, unit="percent", scale=ONE
    ),
    "cheng": _cheng,
    "zhe": _zhe,
    "currency": _money,
    "paren": lambda _, found, unit: replace(found, end=unit.start(), kind=Kind.MONEY, unit="CNY", currency="CNY"),
    "area": _named(Kind.AREA, units.HAN_AREAS, "area"),
    "duration": _named(Kind.DURATION, units.HAN_DURATIONS, "duration"),
    "other": _named(Kind.OTHER, units.HAN_OTHERS, "other"),
    "times": _kind(Kind.MULTIPLE, "times"),
    "classifier": _classified,
}


def fractions_in(folded: str, free: bytearray) -> list[Spotted]:
    """'百分之六十四' and '万分之五', '三分之二', '翻了一番', '腰斩'."""
    found = [_percent(match) for match in _PERCENT.finditer(folded) if free[match.start()]]
    taken = [(this.start, this.end) for this in found]
    for match in _FRACTION.finditer(folded):
        if free[match.start()] and not any(start < match.end() and match.start() < end for start, end in taken):
            base, top = han(match.group("base")).value, han(match.group("num")).value
            found.append(_spotted(match, top / base if base else Decimal(0), Kind.FRACTION, ""))
    found += [
        _spotted(match, Decimal(5 if match.group() == "半成" else 50), Kind.PERCENT, "percent")
        for match in _HALVES.finditer(folded)
    ]
    for match in _FAN.finditer(folded):
        start = match.start("num") if match.group("num") else match.start()
        doublings = int(han(match.group("num") or "一").value)
        value = Decimal("0.5") if match.group("half") else Decimal(2) ** doublings
        found.append(replace(_spotted(match, value, Kind.MULTIPLE, "times"), start=start))
    return found


def _percent(match: re.Match[str]) -> Spotted:
    number = han(match.group("num"))
    value = -number.value if match.group("sign") else number.value
    base = match.group("base").replace(" ", "")
    spotted = _spotted(match, value, Kind.PERCENT, "percent")
    spotted = replace(
        spotted,
        half_unit=number.last_unit / 2,
        approximation=Approximation.OVER if match.group("more") else Approximation.EXACT,
    )
    if match.group("k"):
        spotted = replace(spotted.scaled(Decimal(1000)), scale=ONE)
    if base in {"百", "佰"}:
        return spotted
    bottom = {"千": 10**3, "仟": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "万万": 10**8, "百万万": 10**10}[
        base
    ]
    return replace(spotted.scaled(ONE / bottom), kind=Kind.FRACTION, unit="", scale=ONE)


def _spotted(match: re.Match[str], value: Decimal, kind: Kind, unit: str) -> Spotted:
    return Spotted(
        match.start(),
        match.end(),
        value,
        value,
        Decimal("0.005"),
        kind,
        unit,
        number_start=match.start(),
        number_end=match.end(),
    )
