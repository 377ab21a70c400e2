"""Published files are whole or absent, whatever happens in between."""

import pytest

from briefing.archive.shelf import replace_file, staged, tidy
from briefing.errors import ArchiveError


def test_a_staged_folder_is_not_in_the_archive_until_it_is_moved_in(tmp_path):
    waiting = staged(tmp_path / "2024-08-30", {"issue.json": b"{}", "issue.txt": "简报".encode()})

    assert not (tmp_path / "2024-08-30").exists()
    place = waiting.move_in()

    assert sorted(path.name for path in place.iterdir()) == ["issue.json", "issue.txt"]
    assert (place / "issue.txt").read_text("utf-8") == "简报"
    assert [path.name for path in tmp_path.iterdir()] == ["2024-08-30"]


def test_moving_in_replaces_what_stood_there(tmp_path):
    staged(tmp_path / "one", {"old.txt": b"old"}).move_in()

    staged(tmp_path / "one", {"new.txt": b"new"}).move_in()

    assert [path.name for path in (tmp_path / "one").iterdir()] == ["new.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_an_unwritable_archive_is_an_error_that_says_that_nothing_was_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ArchiveError, match="nothing was marked as told"):
        staged(tmp_path / "file" / "2024-08-30", {"issue.json": b"{}"})


def test_tidying_removes_what_was_never_moved_in(tmp_path):
    staged(tmp_path / "two", {"issue.json": b"{}"})
    (tmp_path / ".new-feed.atom").write_bytes(b"half")

    tidy(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_tidying_brings_back_a_folder_that_was_set_aside_and_never_replaced(tmp_path):
    place = staged(tmp_path / "three", {"issue.json": b"{}"}).move_in()
    place.rename(tmp_path / ".old-three")

    tidy(tmp_path)

    assert (place / "issue.json").read_bytes() == b"{}"


def test_tidying_drops_a_folder_set_aside_once_its_successor_stands(tmp_path):
    place = staged(tmp_path / "four", {"issue.json": b"new"}).move_in()
    staged(tmp_path / ".old-four", {"issue.json": b"old"}).move_in()

    tidy(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["four"]
    assert (place / "issue.json").read_bytes() == b"new"


def test_a_replaced_file_leaves_nothing_beside_it(tmp_path):
    replace_file(tmp_path / "deep" / "feed.atom", b"one")
    replace_file(tmp_path / "deep" / "feed.atom", b"two")

    assert [(path.name, path.read_bytes()) for path in (tmp_path / "deep").iterdir()] == [("feed.atom", b"two")]


def test_a_file_that_cannot_be_replaced_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ArchiveError, match=r"feed\.atom: cannot be written"):
        replace_file(tmp_path / "file" / "feed.atom", b"one")
