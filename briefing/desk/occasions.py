"""Which issue is to be made: the next one of an edition, that of a slot, or a briefing on demand."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.desk.making import Occasion
from briefing.desk.parts import Desk
from briefing.errors import UsageError
from briefing.model.topic import Edition, Topic
from briefing.store import issues

UNITS = {"h": "hours", "d": "days", "w": "weeks"}
USUAL = "30d"


def period(text: str) -> timedelta:
    """A period as typed: '36h', '30d', '4w'. Raises UsageError."""
    number, unit = text[:-1], text[-1:]
    if unit not in UNITS or not number.isdecimal() or not number.isascii() or not 0 < int(number) < 10_000:  # noqa: PLR2004 - 27 years of days
        raise UsageError(f"{text!r} is no period", hint="write 36h, 30d or 4w")
    return timedelta(**{UNITS[unit]: int(number)})


def next_occasion(
    desk: Desk, topic: Topic, edition: Edition, now: datetime, *, day: date | None = None, late: bool = False
) -> Occasion:
    """Everything since the edition's last issue; its slot is that local day, or today in the edition's zone."""
    last = issues.last(desk.database, topic.key, edition.name)
    slot = (day or now.astimezone(ZoneInfo(edition.zone)).date()).isoformat()
    return Occasion(
        topic=topic,
        id=f"{slot}-{edition.name}",
        now=now,
        since=last.made_at if last else None,
        number=last.number + 1 if last else 1,
        edition=edition.name,
        slot=slot,
        zone=edition.zone,
        previous=last.id if last else "",
        late=late,
    )


def on_demand(topic: Topic, query: str, since: str, now: datetime) -> Occasion:
    """A briefing on demand: a period, and words if any."""
    return Occasion(
        topic=topic,
        id=f"on-demand-{now:%Y%m%dT%H%M%SZ}",
        now=now,
        since=now - period(since or USUAL),
        query=query,
        slot=now.date().isoformat(),
    )
