"""Dates as sources write them, in both languages, and how sure each reading is.

Nothing is filled in from today but what a form itself leaves to today ('yesterday', '[06-25]').
"""

import re
import unicodedata
from datetime import UTC, datetime, time, timedelta, tzinfo

from briefing.model.entry import Stamp, Sureness
from briefing.read.days import Day, day_in, digits_for_numerals
from briefing.read.zones import EAST_EIGHT, NAMED_PLACE, named_zone, shifted, zone_of

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # nothing on the web is older; empty clocks say 1970, 1900 or year 1
AHEAD = timedelta(hours=48)  # clocks and zones go wrong by a day, not by more
NOON = time(12)
MAX_RAW = 300  # a longer text is no date

EPOCH = re.compile(r"^(?:/?date\()?(?P<n>-?\d{9,16})(?:\.\d+)?(?:[+-]\d{4})?(?:\)/?)?$")
CLOCK = re.compile(
    r"(?P<half>上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|夜间|午前|午后|午後|晚|早|오전|오후|[ap]m)?\s*"
    r"(?<![\d+:])(?P<h>\d{1,2})\s*(?::|时|時|点|點|h(?=\d\d))\s*(?:(?P<m>\d{1,2})(?!\d)\s*分?)?"
    r"(?:\s*:?\s*(?P<s>\d{1,2})(?![\d:])(?:[.,]\d+)?\s*秒?)?\s*(?P<ampm>[ap]\.?m\b\.?)?"
)
COMPACT_CLOCK = re.compile(r"^\s*t?(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})?(?:[.,]\d+)?(?!\d)(?P<half>)(?P<ampm>)")
HOUR_ONLY = re.compile(r"(?<![\d:+-])(?P<h>\d{1,2})\s*(?P<ampm>[ap]\.?m\b\.?)(?P<m>)(?P<s>)(?P<half>)")
OFFSET = re.compile(r"(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)")
ZONE_NAME = re.compile(r"(?<![a-z/])(?P<name>[a-z]{1,4})(?![a-z/])")

AFTERNOON = frozenset(("下午", "傍晚", "晚上", "夜间", "午后", "午後", "晚", "오후", "pm"))
SECONDS = {"秒": 1, "s": 1, "分": 60, "m": 60, "小": 3600, "钟": 3600, "h": 3600, "天": 86400, "日": 86400, "d": 86400}
SECONDS |= {"周": 604800, "星": 604800, "w": 604800}
AGO = re.compile(
    r"(?P<n>\d+|半|两|an?|one)\s*个?\s*"
    r"(?P<unit>秒|分|小时|钟头|天|日|周|星期|s(?:ec)?|m(?:in)?|h(?:ou)?r?|d(?:ay)?|w(?:eek)?)[a-z]*钟?\s*(?:以?前|ago)"
)
DAYS_BACK = {"前天": 2, "昨天": 1, "昨日": 1, "今天": 0, "今日": 0, "yesterday": 1, "today": 0}
JUST_NOW = ("刚刚", "刚才", "just now", "moments ago")


def stamp(raw: str, zone: str, now: datetime) -> Stamp:
    """What a written date means to a source of that zone. The raw text is kept whatever comes of it."""
    kept = raw.strip()[:MAX_RAW]
    text = digits_for_numerals(unicodedata.normalize("NFKC", kept).casefold())
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        return Stamp(raw=kept)
    try:
        instant, sureness = (
            _epoch(text) or _relative(text, zone, now) or _dated(text, kept, zone, now) or (None, Sureness.NONE)
        )
    except (ValueError, OverflowError):  # a 31st of June, a 25th hour, a year 0
        return Stamp(raw=kept)
    if instant is None or not EARLIEST <= instant <= now + AHEAD:
        return Stamp(raw=kept)
    return Stamp(raw=kept, instant=instant, sureness=sureness)


Reading = tuple[datetime, Sureness]


def _epoch(text: str) -> Reading | None:
    """Seconds, milliseconds or microseconds since 1970; fewer digits are no instant of ours."""
    found = EPOCH.match(text)
    if not found:
        return None
    digits = len(found["n"].lstrip("-"))
    if 13 < digits < 16 or 10 < digits < 13:  # noqa: PLR2004 - '20240625093000' is a date in one piece
        return None
    scale = {9: 1, 10: 1, 13: 1_000, 16: 1_000_000}[digits]
    return datetime.fromtimestamp(int(found["n"]) / scale, UTC).replace(microsecond=0), Sureness.EXACT


def _relative(text: str, zone: str, now: datetime) -> Reading | None:
    if any(word in text for word in JUST_NOW):
        return now, Sureness.RELATIVE
    if ago := AGO.search(text):
        number = {"半": 0.5, "两": 2, "a": 1, "an": 1, "one": 1}.get(ago["n"]) or float(ago["n"])
        return now - timedelta(seconds=number * SECONDS[ago["unit"][0]]), Sureness.RELATIVE
    for word, back in DAYS_BACK.items():
        if word in text:
            place = zone_of(zone)
            day = now.astimezone(place).date() - timedelta(days=back)
            return _combined(Day(day, text.replace(word, " ", 1)), place, zone)[0], Sureness.RELATIVE
    return None


def _dated(text: str, raw: str, zone: str, now: datetime) -> Reading | None:
    place = zone_of(zone)
    today = now.astimezone(place).date()
    day = day_in(text, today, american=zone.startswith("America/"))
    if day is not None:
        if named := NAMED_PLACE.search(raw):
            place, zone = zone_of(named[0]), named[0]
        return _combined(day, place, zone)
    if CLOCK.fullmatch(text):  # a time alone stands for today, or for yesterday if that hour is still to come
        instant, _ = _combined(Day(today, text), place, zone)
        return (instant if instant <= now + timedelta(hours=1) else instant - timedelta(days=1)), Sureness.RELATIVE
    return None


def _combined(day: Day, place: tzinfo, zone: str) -> Reading:
    """The day with its time and zone, and what had to be assumed."""
    found = _clock(day.rest)
    after = day.rest[found.end() :] if found else day.rest
    stated = _zone(after, zone)
    if found is None:
        moment = datetime.combine(day.day, NOON, tzinfo=stated or place)
        return moment.astimezone(UTC), Sureness.YEAR_ASSUMED if day.assumed else Sureness.DAY
    clock, next_day = _time(found)
    moment = datetime.combine(day.day + timedelta(days=next_day), clock, tzinfo=stated or place)
    if day.assumed:
        return moment.astimezone(UTC), Sureness.YEAR_ASSUMED
    return moment.astimezone(UTC), Sureness.EXACT if stated else Sureness.ZONE_ASSUMED


def _clock(rest: str) -> re.Match[str] | None:
    return COMPACT_CLOCK.search(rest) or CLOCK.search(rest) or HOUR_ONLY.search(rest)


def _time(found: re.Match[str]) -> tuple[time, int]:
    """The time of day, and whether it belongs to the next day (24:00)."""
    hour, minute, second = int(found["h"]), int(found["m"] or 0), min(int(found["s"] or 0), 59)
    half = found["half"] or (found["ampm"] or "").replace(".", "")
    if (half in AFTERNOON and hour < 12) or (half == "中午" and hour < 6):  # noqa: PLR2004 - one at noon is 13:00
        hour += 12
    elif half in {"am", "凌晨", "오전", "晚上", "夜间", "晚"} and hour == 12:  # noqa: PLR2004 - midnight
        return time(0, minute, second), int(half in {"晚上", "夜间", "晚"})
    if hour == 24 and minute == 0:  # noqa: PLR2004 - the end of a day is the next one's beginning
        return time(0, 0, second), 1
    return time(hour, minute, second), 0


def _zone(after: str, zone: str) -> tzinfo | None:
    """The zone that a date states: an offset outranks a name ('+0800 CST')."""
    if offset := OFFSET.search(after):
        return shifted(offset["sign"], int(offset["h"]), int(offset["m"] or 0))
    if any(name in after for name in EAST_EIGHT):
        return shifted("+", 8, 0)
    for word in ZONE_NAME.finditer(after):
        if known := named_zone(word["name"], zone):
            return known
    return None
