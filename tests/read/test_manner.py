import pytest

from briefing.model.entry import Manner
from briefing.read.manner import joined, manner_of

HERE = "https://news.example/feed"


def test_hours_and_days_are_read_from_the_channel():
    text = """<rss><channel><title>审计</title><skipHours><hour>0</hour> <hour>24</hour><hour> 7 </hour>
        <hour>99</hour></skipHours><SkipDays><day>Saturday</day><Day>SUNDAY</Day><day>someday</day></SkipDays>"""
    manner = manner_of({}, text, HERE)
    assert (manner.skip_hours, manner.skip_days) == ((0, 7), (5, 6))


def test_a_feed_that_never_wants_to_be_asked_slipped_with_its_pen():
    hours = "".join(f"<hour>{number}</hour>" for number in range(24))
    days = "".join(f"<day>{day}day</day>" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"))
    assert manner_of({}, f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>", HERE) == Manner()


@pytest.mark.parametrize(
    ("fields", "ttl_s"),
    [
        ({"ttl": "60"}, 3_600),
        ({"ttl": "soon"}, 0),
        ({"ttl": "9999999"}, 0),
        ({"ttl": None}, 0),
        ({"sy_updateperiod": "hourly"}, 3_600),
        ({"sy_updateperiod": " Daily ", "sy_updatefrequency": "4"}, 21_600),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "0"}, 86_400),
        ({"sy_updateperiod": "often"}, 0),
        ({"sy_updateperiod": "hourly", "ttl": "120"}, 7_200),
    ],
)
def test_how_rarely_is_the_longer_of_ttl_and_period(fields, ttl_s):
    assert manner_of(fields, "", HERE).ttl_s == ttl_s


def test_hub_and_own_address_are_made_whole():
    links = [{"rel": "hub", "href": "/hub"}, {"rel": "self", "href": "https://news.example/all"}, {"rel": "hub"}, 3]
    assert manner_of({"links": links}, "", HERE) == Manner(
        hub="https://news.example/hub", own_address="https://news.example/all"
    )


@pytest.mark.parametrize("link", ["", " ", "ftp://news.example/", "mailto:a@b.example", "http://[bad"])
def test_a_link_that_leads_nowhere_on_the_web_is_none(link):
    assert joined(HERE, link) == ""
