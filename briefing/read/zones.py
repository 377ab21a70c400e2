"""Time zones as dates name them. What a name means may depend on who writes it: CST is China's and Chicago's."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIXED_HOURS = {
    "gmt": 0.0, "utc": 0.0, "ut": 0.0, "z": 0.0, "wet": 0.0, "west": 1.0,
    "est": -5.0, "edt": -4.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "akdt": -8.0, "hst": -10.0, "nst": -3.5, "ndt": -2.5, "adt": -3.0, "brt": -3.0, "art": -3.0,
    "cet": 1.0, "mez": 1.0, "cest": 2.0, "mesz": 2.0, "met": 1.0, "mest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "sast": 2.0, "gst": 4.0, "pkt": 5.0, "npt": 5.75, "ict": 7.0, "wib": 7.0,
    "hkt": 8.0, "sgt": 8.0, "myt": 8.0, "pht": 8.0, "awst": 8.0, "ulat": 8.0, "bjt": 8.0,
    "jst": 9.0, "kst": 9.0, "acst": 9.5, "acdt": 10.5, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0,
}  # fmt: skip
RULED = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
# Names that two parts of the world use: by the source's own zone, else the meaning that mail gives it.
SHARED = {
    "cst": (("Asia/", 8.0), ("Etc/GMT-8", 8.0), ("America/Havana", -5.0), ("", -6.0)),
    "ist": (("Europe/", 1.0), ("Asia/Jerusalem", 2.0), ("Asia/Tel_Aviv", 2.0), ("", 5.5)),
    "bst": (("Asia/", 6.0), ("Pacific/", 11.0), ("", 1.0)),
    "ast": (("Asia/", 3.0), ("", -4.0)),
    "est": (("Australia/", 10.0), ("", -5.0)),
    "edt": (("Australia/", 11.0), ("", -4.0)),
}
EAST_EIGHT = ("北京时间", "北京時間", "beijing", "china standard time", "香港时间", "台北时间", "singapore")
NAMED_PLACE = re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")
OFFSET = re.compile(r"^(?:UTC|GMT)?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?$")


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """The zone of a source: an IANA name or '+08:00'; UTC where neither is given."""
    if offset := OFFSET.match(name.strip()):
        return shifted(offset["sign"], int(offset["h"]), int(offset["m"] or 0)) or UTC
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of the zone data
        return UTC


def shifted(sign: str, hours: int, minutes: int) -> tzinfo | None:
    """A fixed offset; None for one that no place has."""
    delta = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or delta > timedelta(hours=14):  # noqa: PLR2004 - minutes of an hour
        return None
    return timezone(-delta if sign == "-" else delta)


def named_zone(name: str, source_zone: str) -> tzinfo | None:
    """What a zone's short name means to a source of that zone; None for a word that names no zone."""
    name = name.lower()
    for prefix, hours in SHARED.get(name, ()):
        if source_zone.startswith(prefix) or (
            prefix == "Asia/" and source_zone in {"+08:00", "PRC", "Hongkong", "ROC"}
        ):
            return timezone(timedelta(hours=hours))
    if name in FIXED_HOURS:
        return timezone(timedelta(hours=FIXED_HOURS[name]))
    return zone_of(RULED[name]) if name in RULED else None
