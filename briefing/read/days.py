"""The day in a written date: year, month and day in the orders and words that sources use."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_NAMES = (
    "jan january janv janvier januar jänner ene enero gennaio gen janeiro",
    "feb february fév févr février februar febrero febbraio fev fevereiro",
    "mar march mars märz mrz marzo março",
    "apr april avr avril abr abril aprile",
    "may mai mayo maggio mag maio",
    "jun june juin juni junio giugno giu junho",
    "jul july juil juillet juli julio luglio lug julho",
    "aug august août agosto ago",
    "sep sept september septembre septiembre settembre set setembro",
    "oct october octobre oktober okt octubre ottobre ott out outubro",
    "nov november novembre noviembre novembro",
    "dec december déc décembre dezember dez diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, start=1) for name in names.split()}
ROC_EPOCH = 1911  # 民国元年 is 1912
PIVOT = 70  # '69' is 2069 to nobody here, but mail says so; years so far ahead are refused later

NUMERALS = re.compile(r"[〇零○一二三四五六七八九十]{1,4}(?=\s*(?:年|月|日|号|时|点|分|秒|天|小时|周前|个))")
DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}

WORD = r"[^\W\d_]{3,10}|\d{1,2}月"
YMD = re.compile(r"(?<!\d)(?P<y>\d{4})\s?[-/.年년_]\s?(?P<m>\d{1,2})\s?[-/.月월_]\s?(?P<d>\d{1,2})(?!\d)\s*[日号일]?")
ROC = re.compile(r"民[国國]\s*(?P<roc>\d{1,3}|元)\s*[年/.-]\s*(?P<m>\d{1,2})\s*[月/.-]\s*(?P<d>\d{1,2})(?!\d)\s*日?")
COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=t?\d{4}(?:\d{2})?(?!\d)|(?!\d))")
WEEK = re.compile(r"(?<!\d)(?P<y>\d{4})-?w(?P<w>\d{2})-?(?P<wd>[1-7])(?!\d)")
ORDINAL = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<n>\d{3})(?![\d-])")
DMY = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s/-]*(?:de\s+|of\s+)?(?P<name>{WORD})\.?,?[\s/-]*(?:de\s+)?"
    r"(?P<y>\d{4}|'?\d{2})(?![\d:])"
)
MDY = re.compile(rf"(?<![^\W\d_])(?P<name>{WORD})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y>\d{{4}})(?!\d)")
MIDDLE = re.compile(  # 'Tue Jun 25 09:30:00 CST 2024'
    rf"(?<![^\W\d_])(?P<name>{WORD})\s+(?P<d>\d{{1,2}})\s+(?P<rest>\d{{1,2}}:\d{{2}}.{{0,30}}?)(?<!\d)(?P<y>\d{{4}})(?!\d)"
)
NUMBERS = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")
MONTH_DAY = re.compile(r"(?<![\d.:/+-])(?P<m>\d{1,2})\s?(?:月|[-/.])\s?(?P<d>\d{1,2})(?![\d:]|[-/.]\d)\s*[日号]?")
NAME_DAY = re.compile(rf"(?<![^\W\d_])(?P<name>{WORD})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])")
DAY_NAME = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*(?P<name>{WORD})(?![^\W\d_])")
DAY_ONLY = re.compile(r"^(?P<d>\d{1,2})[日号]")

WITH_YEAR = (ROC, YMD, COMPACT, WEEK, ORDINAL, DMY, MDY, MIDDLE, NUMBERS)
WITHOUT_YEAR = (MONTH_DAY, NAME_DAY, DAY_NAME)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, what stands beside it in the text, and whether its year had to be assumed."""

    day: date
    rest: str
    assumed: bool = False


def digits_for_numerals(text: str) -> str:
    """Chinese numerals of a date in digits: 二〇二四年六月二十五日 becomes 2024年6月25日."""
    return NUMERALS.sub(lambda found: _digits(found[0]), text)


def _digits(numerals: str) -> str:
    if "十" not in numerals:
        return "".join(str(DIGIT[c]) for c in numerals)
    tens, _, ones = numerals.partition("十")
    return str((DIGIT.get(tens, 1) if tens else 1) * 10 + (DIGIT.get(ones, 0) if ones else 0))


def day_in(text: str, today: date, *, american: bool = False) -> Day | None:
    """The day that a text names; None where it names none. Raises ValueError for a day that no calendar has."""
    for pattern in WITH_YEAR:
        for found in pattern.finditer(text):
            if (day := _full(found, american=american)) is not None:
                between = found.groupdict().get("rest") or ""
                return Day(day, f"{text[: found.start()]} {between} {text[found.end() :]}")
    for pattern in WITHOUT_YEAR:
        for found in pattern.finditer(text):
            month = _month(found)
            if month is not None:
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return Day(latest(month, int(found["d"]), today), rest, assumed=True)
    if only := DAY_ONLY.match(text):
        return Day(_latest_day(int(only["d"]), today), text[only.end() :], assumed=True)
    return None


def _full(found: re.Match[str], *, american: bool) -> date | None:
    parts = found.groupdict()
    if "roc" in parts:
        year = 1 if parts["roc"] == "元" else int(parts["roc"])
        return date(ROC_EPOCH + year, int(parts["m"]), int(parts["d"]))
    year = _year(parts["y"])
    if "w" in parts:
        return date.fromisocalendar(year, int(parts["w"]), int(parts["wd"]))
    if "n" in parts:
        return date(year, 1, 1) + timedelta(days=int(parts["n"]) - 1)
    if "a" in parts:
        return _numbers(parts, year, american=american)
    month = _month(found)
    return None if month is None else date(year, month, int(parts["d"]))


def _year(written: str) -> int:
    digits = written.lstrip("'")
    if len(digits) == 2:  # noqa: PLR2004 - a year of two digits
        return int(digits) + (2000 if int(digits) < PIVOT else 1900)
    return int(digits)


def _month(found: re.Match[str]) -> int | None:
    parts = found.groupdict()
    if "name" not in parts:
        return int(parts["m"])
    name = parts["name"]
    return int(name[:-1]) if name[0].isdigit() else MONTHS.get(name)


def _numbers(parts: dict[str, str], year: int, *, american: bool) -> date:
    """'25.06.2024' and '06/25/2024': whichever order a calendar allows, else that of the source's part of the world."""
    first, second = int(parts["a"]), int(parts["b"])
    month_first = second > 12 or (american and first <= 12 and parts["sep"] != ".")  # noqa: PLR2004 - months
    return date(year, first, second) if month_first else date(year, second, first)


def latest(month: int, day: int, today: date) -> date:
    """The latest such day that is not in the future; a 29th of February may be years back."""
    date(2000, month, day)  # raises for a day that no year has
    years = (year for year in range(today.year, today.year - 9, -1) if (month, day) != (2, 29) or _is_leap(year))
    return next(found for found in (date(year, month, day) for year in years) if found <= today)


def _latest_day(day: int, today: date) -> date:
    candidates = [today - timedelta(days=back) for back in range(62)]
    found = [candidate for candidate in candidates if candidate.day == day]
    if not found:
        raise ValueError(day)
    return found[0]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
