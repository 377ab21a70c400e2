"""The one door to the database: opening, transactions, migrations, named statements."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosql
import apsw
from aiosql.queries import Queries
from aiosql.types import QueryFn

from briefing.errors import StoreError

HERE = Path(__file__).parent
SAFE_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL database when two connections write at once
UTC_ENDING = "+00:00"  # written as Z
BUSY_MS = 10_000
DIALECT = "sqlite"  # the folder of statements that only this database understands
UNWRITABLE = (apsw.FullError, apsw.IOError, apsw.ReadOnlyError)
Row = tuple[Any, ...]  # SQL has no types of ours; `decoded` checks what matters


@dataclass(frozen=True, slots=True)
class Database:
    """An open database and its named statements."""

    connection: apsw.Connection
    statements: Queries
    path: Path

    def __reduce__(self) -> tuple[Callable[[Path], "Database"], tuple[Path]]:
        """A store that is sent to another process is opened there anew."""
        return opened, (self.path,)

    def rows(self, statement: str, **values: object) -> list[Row]:
        """The answer of a named statement, whole."""
        return self.connection.execute(self._named(statement).sql, values).fetchall()  # twice as fast as row by row

    def row(self, statement: str, **values: object) -> Row | None:
        """The first row (`^` statements), or None."""
        found: Row | None = self.connection.execute(self._named(statement).sql, values).fetchone()
        return found

    def text(self, statement: str, **values: object) -> str:
        """The first cell (`$` statements) as text, '' where there is none."""
        found = self._named(statement)(self.connection, **values)
        return "" if found is None else str(found)

    def number(self, statement: str, **values: object) -> int:
        """The first cell as a whole number: a new row's id, or a count. What `!` statements changed is not counted."""
        return int(self._named(statement)(self.connection, **values) or 0)

    def many(self, statement: str, rows: list[dict[str, object]]) -> None:
        """One statement for many rows (`*!` statements)."""
        self._named(statement)(self.connection, rows)

    def _named(self, statement: str) -> QueryFn:
        """A statement that every database understands, or this one's own form of it."""
        own = getattr(self.statements, DIALECT)
        found: QueryFn = getattr(self.statements, statement, None) or getattr(own, statement)
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; taken at once, so that two writers queue instead of failing halfway.

        Raises StoreError where the disk is full or fails: then nothing was changed.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException as fault:
            if self.connection.in_transaction:  # a full disk ends it by itself
                self.connection.execute("ROLLBACK")
            if isinstance(fault, UNWRITABLE):
                hint = "free some space or check the rights of the folder; nothing was changed"
                raise StoreError(f"{self.path}: cannot be written ({fault}); {hint}") from fault
            raise

    def close(self) -> None:
        self.connection.close()


def opened(path: Path) -> Database:
    """The database at `path`, made or brought up to date. Raises StoreError with what to do."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < SAFE_SQLITE:
        raise StoreError(f"SQLite {apsw.sqlite_lib_version()} can corrupt the store; install apsw 3.51.3 or newer")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = apsw.Connection(str(path))
        connection.set_busy_timeout(BUSY_MS)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)  # or a statement with LIMIT :most is planned at each use
    except (apsw.Error, OSError) as fault:
        raise StoreError(f"{path}: the store cannot be opened ({fault}); check the folder and its rights") from fault
    database = Database(connection, aiosql.from_path(HERE / "sql", "apsw", mandatory_parameters=False), path)
    migrate(database)
    return database


def migrate(database: Database) -> None:
    """Applies the numbered migrations that are missing; refuses a store that is newer, or whose past was edited."""
    run = database.connection.execute
    run("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)")
    known = {path.name: path.read_text("utf-8") for path in sorted((HERE / "migrations").glob("*.sql"))}
    done = {str(name): str(checksum) for name, checksum in run("SELECT name, checksum FROM migration")}
    for name in sorted(done.keys() - known.keys()):
        raise StoreError(f"{database.path}: made by a newer briefing (it has {name}); install that version")
    for name, text in known.items():
        checksum = hashlib.sha256(text.encode()).hexdigest()
        if name not in done:
            with database.transaction():
                run(text)
                run("INSERT INTO migration (name, checksum) VALUES (?, ?)", (name, checksum))
        elif done[name] != checksum:
            raise StoreError(f"{database.path}: migration {name} is not the one that made this store; reinstall")


def as_text(instant: datetime) -> str:
    """An aware time as UTC text of one width, so that text order is time order."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix(UTC_ENDING) + "Z"


def as_instant(text: str) -> datetime:
    """The aware time that `as_text` wrote."""
    return datetime.fromisoformat(text)


def backed_up(db: Database, file: Path) -> None:
    """Writes the store as it stands now into a new file; others may go on writing. The file appears whole or not."""
    if file.exists():
        raise StoreError(f"{file} is there already", hint="name a new file; a backup is never written over")
    beside = file.with_name(f"{file.name}.part")
    try:
        beside.unlink(missing_ok=True)
        db.connection.execute("VACUUM INTO ?", (str(beside),))
        beside.chmod(0o600)  # it holds readers' addresses
        beside.replace(file)
    except (apsw.Error, OSError) as fault:
        beside.unlink(missing_ok=True)
        raise StoreError(f"{file} cannot be written: {fault}") from fault
