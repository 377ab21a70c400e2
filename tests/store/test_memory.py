"""An edition remembers only its own line, and finds near texts by one shared hash."""

from datetime import UTC, datetime

import pytest

from briefing.model.judgement import Sketch, Told
from briefing.model.story import Story
from briefing.model.text import Language
from briefing.store.connection import opened
from briefing.store.memory import Remembered

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

    assert [s.article for s in memory.sketches_sharing((3, 4, biggest))] == ["near", "far"]
    assert memory.sketches_sharing((biggest,))[0].hashes == (1, 2, biggest)
    assert memory.sketches_sharing(()) == ()


def test_a_renewed_sketch_forgets_its_old_hashes(database):
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        memory.keep_sketch(sketch("one", 1, 2))
        memory.keep_sketch(sketch("one", 3))

    assert memory.sketches_sharing((1, 2)) == ()
    assert [s.article for s in memory.sketches_sharing((3,))] == ["one"]


def test_sentences_told_are_found_in_both_languages(database):
    memory = Remembered(database, "data", "weekly")
    with database.transaction():
        memory.keep_told(Told("审计署公布整改结果", "审计署公布整改结果", "1"))
        memory.keep_told(Told("The audit office reports.", "the audit office reports.", "1"))

    assert [t.text for t in memory.told_near(("整改",))] == ["审计署公布整改结果"]
    assert [t.text for t in memory.told_near(("audit", "衡阳"))] == ["The audit office reports."]
    assert memory.told_near(()) == ()


def test_one_edition_does_not_know_what_another_told(database):
    weekly, daily = Remembered(database, "data", "weekly"), Remembered(database, "data", "daily")
    story = Story("s1", "衡阳", Language.HANS, ("a",), NOW, NOW)
    with database.transaction():
        weekly.keep_story(story)

    assert weekly.stories_since(NOW) == (story,)
    assert daily.stories_since(NOW) == ()
