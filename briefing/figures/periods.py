"""Which time a figure is of: the date or period nearest to it, with years filled in from the article's own date."""

import re
from datetime import date, timedelta

from briefing.model.figure import Figure, Kind

_AWAY = re.compile(r"^([+-]\d)(?:-(.+))?$")
_AS_OF = re.compile(
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
    if iso[0] in "QHLM":
        return (
            f"{day.year}-{iso}"
            if "/" not in iso
            else "/".join(f"{day.year}-{part.removeprefix('M')}" for part in iso.split("/"))
        )
    return iso


def _year_for(iso: str, day: date) -> int:
    """Months well ahead are last year's, unless the text is from the end of the year: news looks back, and a little ahead."""
    ahead = int(iso[2:4]) - day.month
    if ahead > 6:  # noqa: PLR2004 - half a year ahead: more likely past
        return day.year - 1
    return day.year + 1 if ahead < -9 else day.year  # noqa: PLR2004 - 'January' in December


def period_for(figure: Figure, sentence: list[Figure], carried: str) -> str:
    """The period in the figure's sentence that is nearest before it, else after it, else the one carried along."""
    dated = [f for f in sentence if f.quantity.kind in {Kind.DATE, Kind.PERIOD}]
    before = [f for f in dated if f.end <= figure.start]
    chosen = before[-1] if before else min(dated, key=lambda f: abs(f.start - figure.end), default=None)
    return chosen.period if chosen else carried


def last_day(period: str) -> str:
    """Something that sorts by time: the end of a period, as far as it is known."""
    end = period.rsplit("/", 1)[-1].removeprefix("to ").removeprefix("from ").strip()
    end = re.sub(r"-Q([1-4])", lambda m: f"-{int(m.group(1)) * 3:02}", end)
    return re.sub(r"-H([12])", lambda m: f"-{int(m.group(1)) * 6:02}", end)
