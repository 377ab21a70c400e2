"""Days, months and years that a text names, as keys that are the same in both languages: '09-18', '2025-12', '2030'."""

import re
from collections.abc import Iterator
from datetime import timedelta

from briefing.model.article import Article

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,6})\.?"
DIGIT, NUMBER = re.compile(r"\d"), re.compile(r"\d+")
BESIDE = 16  # characters between the ends of a month and of its number: 'september, 2025', '3rd of october'
NAMED_MONTH = re.compile("|".join(MONTHS))
CENTURIES = ("19", "20")
YEAR_AFTER = r"(?:\s*,?\s*((?:19|20)\d\d)(?!\d))?"
MONTH_DAY = re.compile(rf"(?<![a-z]){MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d){YEAR_AFTER}")
DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?![a-z]){YEAR_AFTER}")
MONTH_YEAR = re.compile(rf"(?<![a-z]){MONTH}\s*,?\s*((?:19|20)\d\d)(?!\d)")
CHINESE = re.compile(r"(?:((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号])?")
YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d|\d|年?\s*(?:yuan|元|万|亿|家|项|个))")


def days_in(folded: str) -> frozenset[str]:
    """Every day ('09-18'), month of a year ('2025-10') and year ('2030') that a text names."""
    return frozenset(_found(folded))


def days_of(when: str) -> frozenset[str]:
    """The keys of an ISO day, month or year: '2023-11-10' is told as a day, a month and a year."""
    year, month, day = [*when.split("-"), "", ""][:3]
    keys = (year, f"{year}-{month}" if month else "", f"{month}-{day}" if day else "")
    return frozenset(key for key in keys if key)


def own_days(article: Article) -> frozenset[str]:
    """The days around publication: a dateline is no news."""
    published = article.dates.published
    days = [published + timedelta(days=n) for n in (-1, 0, 1)]
    return frozenset({f"{day.month:02}-{day.day:02}" for day in days} | {str(published.year)})


def _found(folded: str) -> Iterator[str]:
    if not DIGIT.search(folded):
        return
    if any(map(folded.__contains__, MONTHS)) and _names_month_at_number(folded):
        yield from _english(folded)
    for year, month, day in CHINESE.findall(folded) if "月" in folded else ():
        if day:
            yield from _day(year, int(month), int(day))
        elif year and 1 <= int(month) <= len(MONTHS):
            yield f"{year}-{int(month):02}"
    if any(map(folded.__contains__, CENTURIES)):
        yield from YEAR.findall(folded)


def _names_month_at_number(folded: str) -> bool:
    """Whether a month may stand beside a number; 'market' holds one too, and most amounts stand far from any."""
    beside = (folded[max(0, at.start() - BESIDE) : at.end() + BESIDE] for at in NUMBER.finditer(folded))
    return any(month in part for part in beside for month in MONTHS)


def _english(folded: str) -> Iterator[str]:
    for month, day, year in MONTH_DAY.findall(folded):
        yield from _day(year, MONTHS.index(month) + 1, int(day))
    for day, month, year in DAY_MONTH.findall(folded):
        yield from _day(year, MONTHS.index(month) + 1, int(day))
    for month, year in MONTH_YEAR.findall(folded):
        yield f"{year}-{MONTHS.index(month) + 1:02}"


def _day(year: str, month: int, day: int) -> Iterator[str]:
    """A day, and its month where the year is stated: 'October 2023' is then told as well."""
    if 1 <= month <= len(MONTHS) and 1 <= day <= 31:  # noqa: PLR2004 -- no month is longer
        yield f"{month:02}-{day:02}"
        if year:
            yield f"{year}-{month:02}"
