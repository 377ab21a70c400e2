"""An edition remembers only its own line, and finds near texts by one shared hash."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from briefing.model.fact import Fact, Status
from briefing.model.figure import Kind, Quantity
from briefing.model.judgement import Sketch, Told
from briefing.model.story import Story
from briefing.model.text import Bilingual, Language
from briefing.store import memory as memory_module
from briefing.store.connection import opened
from briefing.store.memory import Remembered, digits_of

NOW = datetime(2024, 8, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    made = opened(tmp_path / "desk.db")
    yield made
    made.close()


def sketch(article: str, *hashes: int) -> Sketch:
    return Sketch(article, "wire", f"https://wire.example/{article}", hashes, len(hashes), NOW)


def test_a_sketch_is_found_by_any_shared_hash_and_the_nearest_comes_first(database):
    memory = Remembered(database, "data", "weekly")
    biggest = 2**64 - 1
    with database.transaction():
        memory.keep_sketch(sketch("far", 1, 2, biggest))
        memory.keep_sketch(sketch("near", 2, 3, 4))
        memory.keep_sketch(sketch("none", 9))

    assert [s.article for s in memory.sketches_sharing([(3, 4, biggest)])[0]] == ["near", "far"]
    assert memory.sketches_sharing([(biggest,)])[0][0].hashes == (1, 2, biggest)
    assert memory.sketches_sharing([()]) == [()]


def test_a_renewed_sketch_forgets_its_old_hashes(database):
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        memory.keep_sketch(sketch("one", 1, 2))
        memory.keep_sketch(sketch("one", 3))

    assert memory.sketches_sharing([(1, 2)]) == [()]
    assert [s.article for s in memory.sketches_sharing([(3,)])[0]] == ["one"]


def test_sentences_told_are_found_in_both_languages(database):
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        memory.keep_told(Told("审计署公布整改结果", "审计署公布整改结果", "1"))
        memory.keep_told(Told("The audit office reports.", "the audit office reports.", "1"))

    assert [t.text for t in memory.told_near([[("整改",)]])[0]] == ["审计署公布整改结果"]
    assert [t.text for t in memory.told_near([[("audit", "衡阳")]])[0]] == ["The audit office reports."]
    assert memory.told_near([[]]) == [()]
    assert memory.told_near([[("衡阳",)]]) == [()]


def test_one_edition_does_not_know_what_another_told(database):
    weekly, daily = Remembered(database, "data", "weekly"), Remembered(database, "data", "daily")
    story = Story("s1", "衡阳", Language.HANS, ("a",), NOW, NOW)
    with database.transaction():
        weekly.keep_story(story)

    assert weekly.stories_since(NOW) == (story,)
    assert daily.stories_since(NOW) == ()


def test_rare_words_are_asked_for_and_common_ones_only_together(database, monkeypatch):
    monkeypatch.setattr(memory_module, "ROWS", 3)
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        for number in range(5):
            memory.keep_told(Told("t", f"public data plan {number}", str(number)))
        memory.keep_told(Told("t", "public data, harbour dues", "rare"), Told("t", "public works", "works"))

    assert [t.issue for t in memory.told_near([[("public", "data", "harbour")]])[0]] == ["rare"]
    assert {t.issue for t in memory.told_near([[("public", "data")]])[0]} == {"0", "1", "2", "3", "4", "rare"}


def test_a_story_is_found_under_the_id_of_one_that_it_took_in(database):
    memory = Remembered(database, "data", "weekly")
    story = Story("s1", "衡阳", Language.HANS, ("a", "b"), NOW, NOW, redirects=("s2",))
    with database.transaction():
        memory.keep_story(Story("s2", "Hengyang", Language.EN, ("b",), NOW, NOW))
        memory.keep_story(story)

    assert memory.story("s1") == memory.story("s2") == story
    assert memory.story("s3") is None
    assert memory.stories_since(NOW) == (story,)


def fact(key: str, amount: str) -> Fact:
    value = Decimal(amount)
    quantity = Quantity(value, value, Decimal(1), "CNY", Kind.MONEY, "CNY")
    return Fact(key, Bilingual("Fees", "费用"), quantity, (), Status.NEW)


def test_a_fact_is_found_by_its_measure_and_subject_or_by_its_digits(database):
    memory = Remembered(database, "data", "weekly")
    fees, slip, other = (
        fact("fees|office|2024", "58657000"),
        fact("levy|river|", "586600000"),
        fact("fees|officer|", "77"),
    )
    with database.transaction():
        for one in (fees, slip, other):
            memory.keep_fact(one, "1")

    assert memory.facts_near(["fees|office|"], []) == (fees,)
    assert memory.facts_near([], [fact("", "5.87").quantity]) == (fees, slip)
    assert memory.facts_near([], [fact("", "0").quantity]) == ()
    assert memory.has_more_facts(2)
    assert not memory.has_more_facts(3)


@pytest.mark.parametrize(("near", "far"), [("9.99", "10.01"), ("1000", "9.993"), ("58.6", "58.7")])
def test_amounts_that_rounding_parts_are_still_found_together(database, near, far):
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        memory.keep_fact(fact("fees|office|", near), "1")

    assert digits_of(fact("", near).quantity) != digits_of(fact("", far).quantity)
    assert len(memory.facts_near([], [fact("", far).quantity])) == 1


def test_the_index_of_told_words_stays_in_few_pieces(database):
    memory = Remembered(database, "data", "weekly")
    for number in range(63):
        with database.transaction():
            memory.keep_told(Told("t", f"harbour dues {number} 港口", str(number)))

    pieces = "SELECT count(DISTINCT segid) FROM told_words_idx"
    assert next(iter(database.connection.execute(pieces)))[0] == 1
    assert len(memory.told_near([[("harbour", "港口")]])[0]) == 20
