"""The database opens, refuses what it does not understand, and keeps nothing of a transaction that failed."""

from datetime import UTC, datetime, timedelta, timezone

import apsw
import pytest

from briefing.errors import StoreError
from briefing.store import connection
from briefing.store.connection import as_instant, as_text, opened


def test_opening_twice_changes_nothing(tmp_path):
    opened(tmp_path / "desk.db").close()
    again = opened(tmp_path / "desk.db")

    names = [name for (name,) in again.connection.execute("SELECT name FROM migration ORDER BY name")]
    assert names[:2] == ["0001_desk.sql", "0001_desk.sqlite.sql"]
    assert again.connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]


def test_a_statement_is_planned_once_however_many_rows_are_asked_for(tmp_path):
    """SQLite looks into the values of LIMIT and plans anew for each, unless it is told not to."""
    database = opened(tmp_path / "desk.db")
    planned = []
    database.connection.authorizer = lambda *deed: planned.append(deed) or apsw.SQLITE_OK  # asked whenever it plans
    for most in range(1, 6):
        database.rows("newest_matching", query='"数据"', word="数据", before=0, ranked=50, most=most, skip=0)
        assert bool(planned) == (most == 1)
        planned.clear()


def test_no_two_migrations_have_one_number():
    """They are applied by name, so a pair does no harm; but the order of two is then an accident of their names."""
    shared = [
        path.name for path in (connection.HERE / "migrations").glob("*.sql") if not path.name.endswith(".sqlite.sql")
    ]
    twice = {name for name in shared if sum(other[:4] == name[:4] for other in shared) > 1}

    assert twice == {"0007_editors.sql", "0007_push.sql"}  # applied in the world before this was a rule


def test_a_store_of_a_newer_program_is_refused(tmp_path):
    database = opened(tmp_path / "desk.db")
    database.connection.execute("INSERT INTO migration VALUES ('9999_future.sql', 'x')")
    database.close()

    with pytest.raises(StoreError, match="made by a newer briefing"):
        opened(tmp_path / "desk.db")


def test_a_store_whose_past_was_edited_is_refused(tmp_path):
    database = opened(tmp_path / "desk.db")
    database.connection.execute("UPDATE migration SET checksum = 'x'")
    database.close()

    with pytest.raises(StoreError, match="is not the one that made this store"):
        opened(tmp_path / "desk.db")


def test_what_is_no_database_is_named(tmp_path):
    (tmp_path / "desk.db").write_text("this is a letter, not a database" * 100)

    with pytest.raises(StoreError, match=r"desk\.db: the store cannot be opened"):
        opened(tmp_path / "desk.db")


def test_a_place_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError, match="check the folder and its rights"):
        opened(tmp_path / "file" / "desk.db")


def test_a_sqlite_that_can_corrupt_the_store_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(connection.apsw, "sqlite_lib_version", lambda: "3.40.1")

    with pytest.raises(StoreError, match="can corrupt the store"):
        opened(tmp_path / "desk.db")


def test_a_failed_transaction_leaves_nothing(tmp_path):
    database = opened(tmp_path / "desk.db")

    def fail_halfway():
        with database.transaction():
            database.connection.execute("INSERT INTO feedback VALUES ('t', 'a', 1, 'now')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()

    assert database.rows("feedback_on", topic="t") == []


def test_a_second_writer_waits_instead_of_failing(tmp_path):
    one, two = opened(tmp_path / "desk.db"), opened(tmp_path / "desk.db")
    two.connection.set_busy_timeout(50)

    with one.transaction(), pytest.raises(apsw.BusyError), two.transaction():
        pass


def test_times_sort_as_text_and_come_back():
    beijing = timezone(timedelta(hours=8))
    early, late = datetime(2024, 8, 30, 8, tzinfo=beijing), datetime(2024, 8, 30, 0, 0, 1, tzinfo=UTC)

    assert as_text(early) < as_text(late)
    assert as_instant(as_text(early)) == early


def test_a_full_disk_is_an_error_that_says_that_nothing_was_changed(tmp_path):
    database = opened(tmp_path / "desk.db")
    pages = database.connection.execute("PRAGMA page_count").get
    database.connection.execute(f"PRAGMA max_page_count = {int(pages)}")
    insert = "INSERT INTO audit (at, who, action, subject, detail) VALUES ('', '', '', '', ?)"
    with pytest.raises(StoreError, match=r"full.*nothing was changed"), database.transaction():
        database.connection.execute(insert, ("x" * 1_000_000,))
    database.connection.execute("PRAGMA max_page_count = 4294967294")
    with database.transaction():
        database.connection.execute(insert, ("x",))
    assert database.connection.execute("SELECT count(*) FROM audit").get == 1
    database.close()
