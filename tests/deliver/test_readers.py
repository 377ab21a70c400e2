"""Readers come, change and go by links alone, and nobody learns who is subscribed."""

import io
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest

from briefing.deliver import tokens
from briefing.desk import readers
from briefing.desk.readers import How, Register, Wish
from briefing.desk.roll import Imported, export, imported
from briefing.errors import UsageError
from briefing.model.subscriber import ConsentEvent, SubscriberState, Subscription, Suppressed
from briefing.store import outbox, subscribers
from briefing.store.connection import opened
from briefing.store.outbox import Planned

KEY = b"0123456789abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
DAILY, OTHER = Subscription("t", "daily"), Subscription("other", "weekly")
FORM = How("form", "2026-11", "192.0.2.7")
WISH = Wish("Ann@Example.org", (OTHER, DAILY), "zh", "Asia/Shanghai", time(7, 30), "安")


@pytest.fixture
def register(tmp_path):
    numbers = count(1)
    store = opened(tmp_path / "desk.db")
    yield Register(store, KEY, lambda: f"reader{next(numbers):010d}")
    store.close()


def joined(register, wish=WISH):
    reader = readers.ask(register, wish, FORM, NOW)
    return readers.confirm(register, readers.opt_in_token(register, reader, NOW), How("link"), NOW)


def link(reader, topic="t"):
    return tokens.token(KEY, tokens.Purpose.READER, reader.id, topic=topic)


def test_a_reader_is_active_only_after_pressing_the_button(register):
    reader = readers.ask(register, WISH, FORM, NOW)
    assert reader.state == SubscriberState.PENDING
    assert subscribers.count_readers(register.db, "t", "daily") == 0
    token = readers.opt_in_token(register, reader, NOW)
    active = readers.confirm(register, token, How("link", origin="192.0.2.9"), NOW + timedelta(hours=71))
    assert replace(reader, state=SubscriberState.ACTIVE) == active == subscribers.by_id(register.db, reader.id)
    assert subscribers.count_readers(register.db, "t", "daily") == 1
    assert active == readers.confirm(register, token, How("link"), NOW + timedelta(hours=71))


def test_the_consent_log_says_when_how_and_to_which_wording(register):
    reader = joined(register)
    asked, agreed = subscribers.consents(register.db, reader.id)
    assert (asked.event, asked.how, asked.wording, asked.origin) == (ConsentEvent.ASKED, "form", "2026-11", "192.0.2.7")
    assert (agreed.event, agreed.how, agreed.wording, agreed.at) == (ConsentEvent.CONFIRMED, "link", "2026-11", NOW)


def test_a_forged_or_late_confirmation_changes_nothing(register):
    reader = readers.ask(register, WISH, FORM, NOW)
    token = readers.opt_in_token(register, reader, NOW)
    assert readers.confirm(register, token, How("link"), NOW + timedelta(hours=73)) is None
    assert readers.confirm(register, link(reader), How("link"), NOW) is None
    assert readers.confirm(register, "forged", How("link"), NOW) is None
    assert subscribers.by_id(register.db, reader.id).state == SubscriberState.PENDING


def test_one_address_gets_one_confirmation_a_day_and_an_active_reader_none(register):
    assert readers.ask(register, WISH, FORM, NOW)
    assert readers.ask(register, WISH, FORM, NOW + timedelta(hours=23)) is None
    again = readers.ask(register, replace(WISH, address="ANN@example.ORG"), FORM, NOW + timedelta(hours=25))
    assert again
    readers.confirm(register, readers.opt_in_token(register, again, NOW), How("link"), NOW)
    assert readers.ask(register, WISH, FORM, NOW + timedelta(days=9)) is None


def test_a_link_in_a_letter_leaves_that_topic_alone_and_twice_is_no_harm(register):
    reader = joined(register)
    outbox.plan(register.db, "t", "i", [Planned(reader.id, "example.org", NOW, "<m>")], NOW)
    left = readers.leave(register, link(reader), How("one click"), NOW)
    assert left.subscriptions == (OTHER,)
    assert left.state == SubscriberState.ACTIVE
    assert left == readers.leave(register, link(reader), How("one click"), NOW + timedelta(days=900))
    assert outbox.owed(register.db, NOW) == 0
    assert readers.leave(register, link(reader) + "x", How("one click"), NOW) is None


def test_who_leaves_everything_is_not_brought_back_by_an_import_but_by_their_own_wish(register):
    reader = joined(register)
    left = readers.leave(register, link(reader), How("link"), NOW, everything=True)
    assert left.state == SubscriberState.LEFT
    readers.delete(register, left, NOW)
    file = ["address,consent_at,consent_how,subscriptions", "ann@example.org,2026-01-31T08:00:00+00:00,paper,t/daily"]
    assert Imported(suppressed=1) == imported(register, file, How("import"), NOW)
    assert joined(register).state == SubscriberState.ACTIVE
    assert subscribers.suppression(register.db, register.hash("ann@example.org")) is None


def test_preferences_change_by_link_and_an_empty_choice_is_leaving(register):
    reader = joined(register)
    wish = Wish(reader.address, (OTHER,), "en", "Europe/Berlin", None, "Ann")
    changed = readers.prefer(register, reader, wish, How("link"), NOW)
    assert (
        changed.language,
        changed.zone,
        changed.at,
        changed.subscriptions,
    ) == ("en", "Europe/Berlin", None, (OTHER,))
    assert readers.prefer(register, changed, replace(wish, subscriptions=()), FORM, NOW).state == SubscriberState.LEFT
    with pytest.raises(ValueError, match="time zone"):
        readers.prefer(register, changed, replace(wish, zone="Mars/Base"), FORM, NOW)
    with pytest.raises(ValueError, match="language"):
        readers.prefer(register, changed, replace(wish, language="fr"), FORM, NOW)


def test_a_pause_takes_back_what_is_owed_and_ends_on_request(register):
    reader = joined(register)
    outbox.plan(register.db, "t", "i", [Planned(reader.id, "example.org", NOW, "<m>")], NOW)
    paused = readers.pause(register, reader, How("link"), NOW)
    assert (paused.state, outbox.owed(register.db, NOW)) == (SubscriberState.PAUSED, 0)
    resumed = readers.resume(register, paused, How("link"), NOW)
    assert SubscriberState.ACTIVE == resumed.state == readers.resume(register, resumed, FORM, NOW).state


def test_a_complaint_ends_letters_for_good(register):
    reader = joined(register)
    readers.complain(register, reader, How("complaint"), NOW)
    assert subscribers.suppression(register.db, register.hash(reader.address)) == Suppressed.COMPLAINED
    assert readers.ask(register, WISH, FORM, NOW + timedelta(days=30)) is None
    readers.delete(register, readers.found(register, reader.address), NOW)
    assert readers.ask(register, WISH, FORM, NOW + timedelta(days=60)) is None


def test_deletion_leaves_no_trace_of_the_address_in_any_file(register):
    reader = joined(register, replace(WISH, address="Unmistakable.Name@example.org", name="Unmistakable"))
    outbox.plan(register.db, "t", "i", [Planned(reader.id, "example.org", NOW, "<m>")], NOW)
    folder = register.db.path.parent
    assert any(b"nmistakable" in file.read_bytes() for file in folder.iterdir())
    readers.delete(register, reader, NOW)
    assert not any(b"nmistakable" in file.read_bytes().lower() for file in folder.iterdir())
    assert not any(reader.id.encode() in file.read_bytes() for file in folder.iterdir())
    assert list(subscribers.every(register.db)) == []
    assert subscribers.suppression(register.db, register.hash("unmistakable.name@example.org")) == Suppressed.DELETED


def test_an_export_can_be_imported_with_its_evidence(register, tmp_path):
    joined(register)
    joined(register, Wish("bo@example.org", (DAILY,), name="=HYPERLINK(1)"))
    file = io.StringIO()
    assert export(register.db, file) == 2
    assert "'=HYPERLINK" in file.getvalue()
    fresh = Register(opened(tmp_path / "other.db"), KEY, register.fresh_id)
    file.seek(0)
    assert Imported(added=2) == imported(fresh, file, How("import", detail="move"), NOW)
    file.seek(0)
    assert Imported(known=2) == imported(fresh, file, How("import"), NOW)
    ann = readers.found(fresh, "ann@example.org")
    assert (ann.name, ann.at, ann.zone, ann.subscriptions) == ("安", time(7, 30), "Asia/Shanghai", (OTHER, DAILY))
    assert subscribers.consents(fresh.db, ann.id)[0].detail == "given 2026-11-25T06:30:00+00:00: link"
    fresh.db.close()


def test_each_line_without_address_consent_or_topic_is_named_and_the_others_are_taken(register):
    file = [
        "address,consent_at,consent_how,subscriptions,zone,state",
        "no address,2026-01-31T08:00:00+00:00,paper,t/daily,,",
        "a@example.org,,,t/daily,,",
        "b@example.org,2026-01-31,paper,t/daily,,",
        "c@example.org,2030-01-31T08:00:00+00:00,paper,t/daily,,",
        "d@example.org,2026-01-31T08:00:00+00:00,paper,,,",
        "e@example.org,2026-01-31T08:00:00+00:00,paper,t/daily,Mars/Base,",
        "f@example.org,2026-01-31T08:00:00+00:00,paper,t/daily,,sleeping",
        "g@例子.中国,2026-01-31T08:00:00+00:00,paper,t/daily,,",
        f"{'h' * 300}@example.org,2026-01-31T08:00:00+00:00,paper,t/daily,,",
        '"i@example.org,2026-01-31T08:00:00+00:00,paper,t/daily,,',
    ]
    found = imported(register, file, How("import"), NOW)
    assert found.added == 1
    assert len(found.refused) == 9
    assert [fault.partition(":")[0] for fault in found.refused[:2]] == ["line 2", "line 3"]


def test_a_file_without_evidence_is_refused_whole(register):
    with pytest.raises(UsageError, match="consent_at"):
        imported(register, ["address", "a@example.org"], How("import"), NOW)
    with pytest.raises(UsageError, match="lacks"):
        imported(register, [], How("import"), NOW)


def test_a_search_for_nobody_says_so(register):
    for address in ("bo@example.org", "no address"):
        with pytest.raises(UsageError, match=address):
            readers.found(register, address)
