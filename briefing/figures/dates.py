"""Dates and periods in folded text, so that their digits are no amounts and figures get their period.

ISO-like texts: '2018-06/2023', '--06-25' (no year), 'Q1', 'H1', 'M01/M05' (months of an unstated year), '-1' before a form for last year.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from dataclasses import dataclass

from briefing.figures.numerals import ENGLISH_ONES, HAN_DIGITS
from briefing.figures.pattern import Pattern
from briefing.model.figure import Kind

MONTHS = {
    name: f"{i + 1:02}"
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}


@dataclass(frozen=True, slots=True)
class Dated:
    start: int
    end: int
    iso: str
    kind: Kind  # DATE or PERIOD


_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember)?\.?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_Y = r"(?:1[5-9]|20)\d\d"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_NUMBERS = "|".join(w for w in ENGLISH_ONES if w != "zero")
_FOLLOWED = (  # what makes four digits an amount after all
    r"(?![\d%]|[.,:]\d|-(?:year|day|month|week|hour|minute|million|billion|yuan|mu|km|mile)|(?:st|nd|rd|th|m|bn|k|km|kg|mph|tn|mn|cc|hp)\b"
    r"|\s?(?:yuan|dollars?|euros?|pounds?|yen|won|sq|square|million|billion|trillion|thousand|(?:tr?|b|m)l?n|percent|per cent|pct|people|km|kg|tonnes?|tons?"
    r"|metres?|meters?|miles?|companies|homes|jobs|units|users|times|days|hours|kilomet|hectares|mu|rpm|MW|barrels|workers|employees"
    r"|students|points|words|copies|cases|deaths|troops|soldiers|seats|pages|mAh|nits)\b)"
)
ENGLISH = Pattern(
    rf"(?<![\w])(?:(?P<span>{_M} {_Y}\s?(?:to|-|–|—|and|through|until)\s?(?:{_M} )?{_Y})"
    rf"|(?P<dmy>{_D} (?:of )?{_M},? {_Y})|(?P<mdy>{_M} {_D},? {_Y})|(?P<iso>{_Y}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))"
    rf"|(?:in|by|since|until|end of|through|early|late|mid|end)[ -](?P<m>{_M})(?!\.? ?\d|[’'a-z])|(?P<my>{_M},? (?:of )?{_Y})|(?P<md>{_M} {_D}\b(?!\.\d|,\d|%| (?:million|billion)))|(?P<dm>{_D} {_M}\b)"
    rf"|(?P<years>(?:{_Y}\s?(?:-|–|—|/)\s?(?:{_Y}|\d\d)|(?<=rom ){_Y} (?:to|through|until) {_Y}|(?<=etween ){_Y} and {_Y})(?![\d/-]|[.,]\d))"
    rf"|(?P<quarter>(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[ -]quarter(?:'s)?(?: of {_Y})?|Q[1-4](?: (?:of )?{_Y})?)"
    rf"|(?P<half>(?:[Ff]irst|[Ss]econd|[Ll]atter)[ -]half(?= (?:of (?:the year|{_Y}|this|last)|year))(?: of {_Y})?|H[12](?: {_Y})?)"
    rf"|(?P<months>(?:[Ff]irst|[Ll]ast) (?P<n>{_NUMBERS}|\d\d?) months(?: of {_Y})?)"
    rf"|(?P<slashed>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d))(?!\d)"
    rf"|(?P<decade>(?:1[5-9]|20)\d0s\b|(?:the|mid-|late|early) '?\d0s\b)"
    rf"|(?P<year>(?:fiscal (?:year )?|FY ?)?{_Y}(?:'?s)?){_FOLLOWED}(?=\W|$))"
)
_BEFORE_YEAR = Pattern(
    r"(?:[$€£¥#]|\d[.,]|(?<!mid)(?<!pre)(?<!post)-)\s?$|(?:over|than|about|nearly|some|around|at least|up to) $"
)
_YEAR = Pattern(_Y)
_MONTH = Pattern(_M)
_DAY = Pattern(r"(?<!\d)\d{1,2}(?!\d)")

_HY = r"(?:(?:1[5-9]|20)\d\d|[一二][〇零九八七六五一][〇零一二三四五六七八九]{2})"
_HM = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_HD = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s?(?:至|到|-|–|—|~|－)\s?"
_REL = r"(?:今年|去年|前年|明年|后年|当年|同年|上年|次年)"
# '26日均返回' is a day; '公示10日', '15日内' and '拘留10日' are spans
_UNSPANNED = r"(?<![\d.,、至到—~-])" + "".join(
    f"(?<!{word})"
    for word in (
        "为期",
        "历时",
        "公示",
        "少于",
        "超过",
        "不足",
        "连续",
        "满",
        "期限",
        "每",
        "限",
        "时长",
        "拘留",
        "近",
        "共",
        "达",
        "间隔",
        "长达",
        "延长",
        "推迟",
        "提前",
        "至少",
        "约",
        "需",
        "以上",
        "以下",
    )
)
_DAY_FROM = _UNSPANNED + r"|(?<=[日号][至到—~、-])|(?<=截至)|(?<=截止)"
_NO_SPAN = r"(?!内|以内|之内|间|期|后|之后|以后|以上|以下|拘留|游|无理由|有效|宽限|冷静|元|本|圆|的?时间|之久|为限|前|左右|[延缩縮减減]|增|变为|改为)"
HAN = Pattern(
    rf"(?P<span>{_HY}年(?:{_HM}月(?:{_HD}[日号])?)?{_TO}(?:{_HY}年(?:{_HM}月(?:{_HD}[日号])?|底|末|度)?|{_HM}月(?:{_HD}[日号])?|今年{_HM}月))"
    rf"|(?P<fiscal>{_HY}{_TO}(?:{_HY}|\d\d)(?:财政)?年度?)|(?P<monthspan>(?:{_HY}年|{_REL})?{_HM}月?{_TO}{_HM}月份?(?!\d))"
    rf"|(?P<full>(?:{_HY}年|{_REL}){_HM}月(?:{_HD}[日号](?!\d)|份|底|末|初|上旬|中旬|下旬)?)"
    rf"|(?P<md>(?<![\d.,]){_HM}月(?:{_HD}[日号](?!元)|份|底|末|初|上旬|中旬|下旬|(?![\d之])))"
    rf"|(?P<quarter>(?:{_HY}年|{_REL})?第?[一二三四1-4](?<!个[一二三四1-4])季度?末?(?!度))|(?P<half>(?:{_HY}年|{_REL})?(?:上|下)半年)"
    rf"|(?P<months>(?:{_HY}年|{_REL})?前(?P<n>十[一二]?|[二两三四五六七八九]|\d\d?)(?:个月|月|季度|个季度))"
    rf"|(?P<iso>{_HY}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d))"
    rf"|(?P<year>{_HY}(?:年(?:年?底|末|初|度|代)?|年前后|财年|(?=版|修订)))"
    rf"|(?P<relative>{_REL}(?:底|末|初)?)"
    rf"|(?P<day>(?:{_DAY_FROM})(?:3[01]|[12]\d|0?[1-9])日{_NO_SPAN}|(?<!第){_UNSPANNED}{_HD}[日号](?=[，。、；:）)上下晚早中凌获讯电说称举召公发表起透开宣正在前的通介指披印签回（( ]|起|$))"
)
_NUMERAL = {"十": 10, "十一": 11, "十二": 12, "两": 2} | {c: int(v) for c, v in HAN_DIGITS.items()}


def dates_in(folded: str, *, chinese: bool) -> list[Dated]:
    """Every date and period of a folded text, in reading order."""
    found = []
    for match in (HAN if chinese else ENGLISH).finditer(folded):
        group = next(name for name, text in match.groupdict().items() if text is not None and name != "n")
        if not chinese and group == "year" and _BEFORE_YEAR.search(folded[max(0, match.start() - 10) : match.start()]):
            continue
        iso, kind = (_han_iso if chinese else _english_iso)(group, match)
        start = match.start("m") if group == "m" else match.start()
        found.append(Dated(start, match.end(), iso, kind))
    return found


def _english_iso(group: str, match: re.Match[str]) -> tuple[str, Kind]:
    text = match.group("m") if group == "m" else match.group()
    years, months = _YEAR.findall(text), [MONTHS[m[:3].lower()] for m in _MONTH.findall(text)]
    if group == "span":
        ends = [f"{years[0]}-{months[0]}", f"{years[1]}-{months[1]}" if len(months) > 1 else years[1]]
        return "/".join(ends), Kind.PERIOD
    if group in {"years", "decade", "slashed"}:
        return _year_span(text, years), Kind.PERIOD if group == "years" else Kind.DATE
    if group in {"quarter", "half", "months"}:
        return _part_of_year(group, match, years), Kind.PERIOD
    if group == "iso":
        return text, Kind.DATE
    if not months:
        return years[0], Kind.DATE
    rest = _MONTH.sub(" ", text)
    day = _DAY.search(_YEAR.sub(" ", rest))
    tail = f"{months[0]}-{int(day.group()):02}" if day else months[0]
    return (f"{years[0]}-{tail}" if years else f"--{tail}"), Kind.DATE


def _year_span(text: str, years: list[str]) -> str:
    if not years:
        return text
    if len(years) == 1:
        tail = re.findall(r"\d\d", text)[-1]
        return f"{years[0]}/{years[0][:2]}{tail}" if text[:4] == years[0] and text[4:5] != "s" else years[0]
    return f"{years[0]}/{years[1]}"


def _part_of_year(group: str, match: re.Match[str], years: list[str]) -> str:
    text, year = match.group(), f"{years[0]}-" if years else ""
    if group == "months":
        count = match.group("n")
        number = int(count) if count.isdigit() else int(ENGLISH_ONES[count])
        return f"{year}M01/M{number:02}" if text[0] in "Ff" else f"{year}L{number:02}"
    which = ORDINALS.get(text.split()[0].split("-")[0].lower(), "2") if text[1].isalpha() else text[1]
    return f"{year}{'Q' if group == 'quarter' else 'H'}{which}"


def _han_iso(group: str, match: re.Match[str]) -> tuple[str, Kind]:
    text = match.group()
    if group in {"span", "fiscal", "monthspan"}:
        left, right = re.split(r"至|到|-|–|—|~|－", text, maxsplit=1)
        left = f"{left.strip()}月" if group == "monthspan" and not left.strip().endswith("月") else left.strip()
        return _han_span(left, right.strip()), Kind.PERIOD
    if group in {"quarter", "half", "months"}:
        return _han_part(group, match), Kind.PERIOD
    if group == "day":
        return f"---{_number(text[:-1]):02}", Kind.DATE
    if group == "iso":
        return "-".join(part.zfill(2) for part in re.split(r"[-/.]", text)), Kind.DATE
    return _han_point(text), Kind.PERIOD if text.endswith("年度") else Kind.DATE


def _number(text: str) -> int:
    """A day or month: '25', '十二', '二十五'."""
    if text.isdigit():
        return int(text)
    tens, found, ones = text.replace("廿", "二十").partition("十")
    if not found:
        return _NUMERAL[tens]
    return (_NUMERAL[tens] if tens else 1) * 10 + (_NUMERAL[ones] if ones else 0)


_HAN_PARTS = Pattern(rf"(?:(?P<y>{_HY}|{_REL})年?)?(?:(?P<m>{_HM})月)?(?:(?P<d>{_HD})[日号])?(?P<tail>年?底|末|初)?")
_AWAY = {"去": "-1", "上": "-1", "前": "-2", "明": "+1", "次": "+1", "后": "+2", "今": "+0"}


def _han_point(text: str) -> str:
    match = _HAN_PARTS.match(text)
    assert match is not None  # every part is optional
    year = _year(match.group("y") or "")
    if not match.group("m"):
        return f"{year}-12-31" if match.group("tail") in {"底", "末", "年底"} and year.isdigit() else year
    month = _number(match.group("m"))
    day = _number(match.group("d")) if match.group("d") else LAST_DAYS[month] if text[-1] in "底末" else 0
    tail = f"{month:02}" + (f"-{day:02}" if day else "")
    return f"{year}-{tail}" if year else f"--{tail}"


def _year(text: str) -> str:
    if not text or text.isdigit():
        return text
    if text[0] in _AWAY and text.endswith("年"):
        return _AWAY[text[0]]
    return "" if text.endswith("年") else "".join(str(_NUMERAL[c]) for c in text)


def _han_span(left: str, right: str) -> str:
    start = _han_point(left if "年" in left or "月" in left else f"{left}年" if len(left) == 4 else f"{left}月")  # noqa: PLR2004 - a year
    if "月" in right and "年" not in right:
        end = _han_point(right)
        year = start[:4] if start[:4].isdigit() else ""
        return f"{start}/{year}-{end[2:]}" if year else f"M{start[2:]}/M{end[2:]}"
    digits = re.sub(r"\D", "", right)
    short_year = start[:2] + digits if len(digits) == 2 else ""  # noqa: PLR2004 - '2023至24年度'
    return f"{start}/{short_year or _han_point(right)}"


def _han_part(group: str, match: re.Match[str]) -> str:
    text = match.group()
    year = _YEAR.match(text)
    prefix = f"{year.group()}-" if year else f"{_AWAY[text[0]]}-" if text[0] in _AWAY and text[1] == "年" else ""
    if group == "half":
        return f"{prefix}H{'1' if '上' in text[-3:] else '2'}"
    if group == "quarter":
        which = re.findall(r"[一二三四1-4]", text)[-1]
        return f"{prefix}Q{_number(which)}"
    number = _number(match.group("n"))
    return f"{prefix}M01/M{number * (3 if '季' in text else 1):02}"
