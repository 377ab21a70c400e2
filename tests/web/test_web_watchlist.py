"""An editor tries, adds, pauses and wakes sources; what is asked stays within the guard."""

import pytest
from lxml import html

from briefing.collect.guard import Policy
from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer
from briefing.desk.parts import Fetching
from briefing.desk.watching import watched
from briefing.settings import load_sources, own_sources
from briefing.settings.sourceswriting import with_sources
from briefing.store.sessions import log

from .conftest import TOPIC, serving
from .test_web_editor import form, signed_in

PLACE = f"/editor/sources/{TOPIC}"


@pytest.fixture
def feeds():
    sample = load_sample()
    with SampleServer(sample, sample.days[0]) as served:
        yield served


@pytest.fixture
def watching(own_desk, feeds):
    """A desk that is no sample: its sources are those of its own file. It may ask one server of this machine."""
    with_sources(own_desk, TOPIC, ())
    policy = Policy.for_loopback(int(feeds.origin.rpartition(":")[2]))
    with serving(own_desk, sample=False, fetching=Fetching(policy, user_agent="test", processes=0)) as site:
        site.cookie = signed_in(site)
        yield site


def do(site, act, **wish):
    return site.send(PLACE, {"form": form(site, site.cookie), "act": act, **wish}, Cookie=site.cookie)


def feed_of(feeds):
    return next(source.address for source in feeds.sources if source.kind == "feed")


def own(site):
    return own_sources(site.desk.folder, TOPIC)


def test_an_address_is_tried_and_nothing_is_stored(watching, feeds):
    before = watching.rows("SELECT count(*) FROM entry")
    page = do(watching, "test", address=feed_of(feeds))

    assert page.status == 200
    assert "would come in" in page.text
    assert html.fromstring(page.body).xpath("//button[@value='add']")
    assert watching.rows("SELECT count(*) FROM entry") == before


def test_a_source_is_added_at_the_end_of_the_desks_own_file_and_asked_without_a_restart(watching, feeds):
    address = feed_of(feeds)
    assert do(watching, "add", address=address).status == 303
    text = own(watching).read_text("utf-8")

    assert text.count("#") > 3  # the comments of the packaged file
    assert load_sources(own(watching))[-1].address == address
    topic = watched(watching.desk, watching.desk.topics[0])
    assert topic.sources[-1].address == address
    assert address in log(watching.desk.database)[0].detail
    assert topic.sources[-1].key in watching.ask("/editor/sources", Cookie=watching.cookie).text
    assert do(watching, "add", address=address).status == 400


def test_a_source_is_paused_and_woken_in_its_file_and_all_else_stays(watching):
    first = watched(watching.desk, watching.desk.topics[0]).sources[0].key
    packaged = own(watching).read_text("utf-8")
    assert do(watching, "pause", key=first).status == 303
    paused = own(watching).read_text("utf-8")
    off = {s.key for s in watched(watching.desk, watching.desk.topics[0]).sources if not s.enabled}
    assert first in off
    assert do(watching, "wake", key=first).status == 303

    assert set(paused.splitlines()) - set(packaged.splitlines()) <= {"enabled = false"}
    assert [line for line in own(watching).read_text("utf-8").splitlines() if line != "enabled = true"] == [
        line for line in packaged.splitlines() if line != "enabled = true"
    ]
    assert [d.action for d in log(watching.desk.database)][:2] == ["wake source", "pause source"]
    assert do(watching, "pause", key="nobody").status == 400
    assert do(watching, "sing", key=first).status == 400


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:5/feed", "http://[::1]:8000/", "http://localhost:8000/", "http://169.254.169.254/latest/",
        "http://10.0.0.1/", "http://0.0.0.0:8000/", "http://2130706433/", "http://[::ffff:127.0.0.1]:8000/",
    ],
)  # fmt: skip
def test_no_address_leads_into_the_house(own_desk, address):
    """The guard refuses before anything is dialled."""
    with serving(own_desk, sample=False, fetching=Fetching(Policy(), user_agent="test", processes=0)) as site:
        site.cookie = signed_in(site)
        page = do(site, "test", address=address)

        assert page.status == 200
        assert "Nothing would come in" in page.text
        assert not html.fromstring(page.body).xpath("//button[@value='add']")
        assert do(site, "add", address=address).status == 200
        assert not (site.desk.folder / "feeds" / TOPIC / "sources.toml").exists()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/etc/passwd", "sources.toml", "gopher://x/", "x:y"])
def test_a_form_opens_no_file(watching, address):
    page = do(watching, "test", address=address)

    assert "Nothing would come in" in page.text
    assert "root:" not in page.text
