"""Which time a figure is of: the date or period nearest to it, with years filled in from the article's own date."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from datetime import date, timedelta

from briefing.figures.pattern import Pattern
from briefing.model.figure import Figure

_AWAY = Pattern(r"^([+-]\d)(?:-(.+))?$")
_AS_OF = Pattern(
    r"(?:as of|by|until|up to|to|at the end of|end of|through|since|from|in|on|截至|截止|到|至|自|从)\s?(?:the )?$"
)


def resolved(iso: str, day: date) -> str:
    """'--06-25' gets the latest such year that is not far ahead, '-1' the year before, 'M01/M05' the article's year."""
    away = _AWAY.match(iso)
    if away:
        year = str(day.year + int(away.group(1)))
        return f"{year}-{away.group(2)}" if away.group(2) else year
    if iso.startswith("---"):
        number = int(iso[3:])
        month = day.replace(day=1)
        if number > day.day + 1:
            month = (month - timedelta(days=1)).replace(day=1)
        return f"{month.year}-{month.month:02}-{number:02}"
    if iso.startswith("--"):
        return f"{_year_for(iso, day)}-{iso[2:]}"
    if iso and iso[0] in "QHLM":
        return (
            f"{day.year}-{iso}"
            if "/" not in iso
            else "/".join(f"{day.year}-{part.removeprefix('M')}" for part in iso.split("/"))
        )
    return iso


def _year_for(iso: str, day: date) -> int:
    """Months well ahead are last year's, unless the text is from the end of the year: news looks back further than ahead."""
    ahead = int(iso[2:4]) - day.month
    if ahead > 6:  # noqa: PLR2004 - half a year ahead: more likely past
        return day.year - 1
    return day.year + 1 if ahead < -9 else day.year  # noqa: PLR2004 - 'January' in December


def period_for(figure: Figure, dated: list[Figure], text: str, carried: str) -> str:
    """The period of the figure's sentence that is nearest before it, else after it in its clause.

    Else the one carried along.
    """
    before = [f for f in dated if f.end <= figure.start]
    if before:
        return before[-1].period
    after = [f for f in dated if f.start >= figure.end and not _CLAUSE_END.search(text, figure.end, f.start)]
    return after[0].period if after else carried


_CLAUSE_END = Pattern(r"[,;，；。：:]")
_SAID_BEFORE = Pattern(
    r"(?:\b(?:said|told|says|reported|disclosed|revealed|announced|published|issued|dated|wrote|released|posted)\b(?: [\w ]{1,20})?,? (?:in|on|late on|early on)"
    r"|^[A-Z][A-Z .]+,|\(First published)\s?$"
)
_SAID_AFTER = Pattern(
    r"^(?:披露|公布|表示|称|说|通报|发布|消息|电|讯|获悉|报道|刊|\s?\([A-Za-z ]+\)\s?[-–—])|^的(?:消息|报道)"
)


def is_when_said(figure: Figure, text: str) -> bool:
    """'said in June', '26日获悉', a dateline: the day of the words, not of what they tell."""
    before, after = (
        text[max(0, figure.start - 40) : figure.start].rsplit("\n", 1)[-1],
        text[figure.end : figure.end + 20],
    )
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(after))


def last_day(period: str) -> str:
    """Something that sorts by time: the end of a period, as far as it is known; empty where it is not a date."""
    end = period.rsplit("/", 1)[-1].removeprefix("to ").removeprefix("from ").strip()
    end = re.sub(r"-Q([1-4])$", lambda m: f"-{int(m.group(1)) * 3:02}", end)
    end = re.sub(r"-H([12])$", lambda m: f"-{int(m.group(1)) * 6:02}", end)
    return end if _ISO.fullmatch(end) else ""


_ISO = Pattern(r"\d{4}(?:-\d\d){0,2}")


def same_time(one: str, other: str) -> bool:
    """Whether two periods end in the same month.

    And on the same day where both name one ('by the end of August' names none).
    """
    first, second = last_day(one), last_day(other)
    if not first or not second:
        return False
    shorter = min(len(first), len(second))
    return shorter >= len("2024-08") and first[:shorter] == second[:shorter]


def is_later(one: str, other: str) -> bool:
    """Whether the first period ends in a later month or on a later day; both must name a month."""
    first, second = last_day(one), last_day(other)
    shorter = min(len(first), len(second))
    return shorter >= len("2024-08") and first[:shorter] > second[:shorter]


SERIES_MONTHS = 6  # further apart, two amounts of one measure are two events


def months_between(one: str, other: str) -> int:
    """Whole months between the ends of two periods that name a month."""
    first, second = last_day(one), last_day(other)
    return abs((int(first[:4]) - int(second[:4])) * 12 + int(first[5:7]) - int(second[5:7]))
