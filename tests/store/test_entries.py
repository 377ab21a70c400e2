"""Entries are kept for good, with every state, and never without the bookmark that brought them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import apsw
import pytest

from briefing.model.entry import Entry, Stamp, Sureness
from briefing.store import entries
from briefing.store.connection import opened
from briefing.store.entries import Arrival, Poll, Stored

MONDAY = datetime(2024, 8, 26, 6, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def database(tmp_path):
    made = opened(tmp_path / "desk.db")
    yield made
    made.close()


def entry(key: str = "one", title: str = "审计署：四部门数据收费 2.48亿元", **more: object) -> Entry:
    stamp = Stamp("2024-08-26 14:00", MONDAY, Sureness.ZONE_ASSUMED)
    made = Entry("wire", key, f"https://wire.example/{key}", title, "", stamp, MONDAY, key=key)
    return replace(made, **more)


def arrival(made: Entry, *, page_wanted: bool = False) -> Arrival:
    return Arrival(made, made.link, page_wanted)


def test_an_entry_comes_back_exactly_as_it_was_given(database):
    made = entry(summary="Fees: 248 million yuan\n\n次段 — “引号”", content="全文")

    entries.save(database, "data", [arrival(made)], None, MONDAY)

    assert [s.entry for s in entries.changed_between(database, "data", None, MONDAY)] == [made]


def test_a_new_date_under_a_known_guid_is_no_change(database):
    entries.save(database, "data", [arrival(entry())], None, MONDAY)

    later = Stamp("2024-08-27 09:00", TUESDAY, Sureness.EXACT)
    saved = entries.save(database, "data", [arrival(entry(published=later))], None, TUESDAY)

    assert (saved.new, saved.changed) == (0, 0)
    assert entries.changed_between(database, "data", MONDAY, TUESDAY) == ()


def test_a_changed_title_keeps_the_old_state_and_the_first_sight(database):
    entries.save(database, "data", [arrival(entry(title="24.8亿元"))], None, MONDAY)

    changed = entry(title="2.48亿元", first_seen=TUESDAY)
    saved = entries.save(database, "data", [arrival(changed)], None, TUESDAY)
    (stored,) = entries.changed_between(database, "data", MONDAY, TUESDAY)

    assert saved.changed == 1
    assert (stored.entry.title, stored.entry.first_seen, stored.entry.revision) == ("2.48亿元", MONDAY, 1)
    assert stored.before is not None
    assert stored.before.title == "24.8亿元"


def test_an_entry_that_changed_before_it_was_ever_judged_has_no_before(database):
    entries.save(database, "data", [arrival(entry(title="first"))], None, MONDAY)
    entries.save(database, "data", [arrival(entry(title="second"))], None, TUESDAY)

    (stored,) = entries.changed_between(database, "data", MONDAY - timedelta(hours=1), TUESDAY)

    assert stored.before is None


def test_the_bookmark_is_not_moved_when_the_entries_cannot_be_kept(database):
    entries.save(database, "data", [], Poll("wire", '{"etag":"old"}', "{}", None), MONDAY)

    broken = Arrival(entry(), None)  # the address is NOT NULL
    with pytest.raises(apsw.ConstraintError):
        entries.save(database, "data", [broken], Poll("wire", '{"etag":"new"}', "{}", None), TUESDAY)

    assert entries.polls(database, "data")["wire"].record == '{"etag":"old"}'


def test_what_a_page_gave_stays_when_the_feed_comes_again_without_it(database):
    entries.save(database, "data", [arrival(entry(), page_wanted=True)], None, MONDAY)
    (wanted,) = entries.pages_wanted(database, "data", TUESDAY, 10)
    with database.transaction():
        entries.page_read(database, Stored(wanted.id, replace(wanted.entry, content="正文")), found=True)

    saved = entries.save(database, "data", [arrival(entry(), page_wanted=True)], None, TUESDAY)

    assert saved.changed == 0
    assert entries.pages_wanted(database, "data", TUESDAY, 10) == ()
    assert entries.changed_between(database, "data", None, TUESDAY)[0].entry.content == "正文"


def test_two_sources_may_use_the_same_guid(database):
    both = [arrival(entry()), arrival(replace(entry(title="other"), source="paper"))]

    assert entries.save(database, "data", both, None, MONDAY).new == 2


def test_words_are_found_in_both_languages_and_signs_are_taken_as_they_are(database):
    kept = [entry("a", "衡阳 100% 重新挂牌"), entry("b", "Hengyang lists 100 lots"), entry("c", "衡阳_数据")]
    entries.save(database, "data", [arrival(e) for e in kept], None, MONDAY)

    def found(*words: str) -> list[str]:
        stored = entries.mentioning(database, "data", words, MONDAY - timedelta(days=1), MONDAY)
        return [s.entry.key for s in stored]

    assert found("衡阳") == ["a", "c"]
    assert found("100%", "衡阳") == ["a"]
    assert found("hengyang") == ["b"]
    assert found("_") == ["c"]


def test_the_rhythm_of_a_source_is_its_newest_dates(database):
    kept = [entry(str(n), published=Stamp("", MONDAY + timedelta(days=n), Sureness.EXACT)) for n in range(4)]
    entries.save(database, "data", [arrival(e) for e in kept], None, MONDAY)

    assert entries.newest(database, "data", "wire", 2) == (MONDAY + timedelta(days=3), MONDAY + timedelta(days=2))
    assert entries.counts(database, "data", None, MONDAY) == {"wire": 4}


def test_what_stands_at_an_address_is_found_in_every_topic(database):
    entries.save(database, "data", [arrival(entry())], None, MONDAY)
    entries.save(database, "audit", [arrival(entry())], None, MONDAY)

    assert [topic for topic, _ in entries.at_address(database, "https://wire.example/one")] == ["data", "audit"]
