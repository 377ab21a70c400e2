"""Every shared statement and table is understood by a real PostgreSQL as it stands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import aiosql
import pytest

STORE = Path(__file__).resolve().parents[2] / "briefing" / "store"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
    Path(shutil.which("postgres") or "/nowhere/postgres").parent
]
BIN = BINARIES[-1]
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not (BIN / "initdb").exists(), reason="PostgreSQL is not installed"),
]


def as_owner(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root: there, its own user runs it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="module")
def psql(tmp_path_factory):
    """Runs SQL on a private server that listens on a socket file only."""
    home = tmp_path_factory.mktemp("pg")
    for path in (home, *home.parents):
        if path == Path("/tmp") or not os.access(path, os.W_OK) or path.stat().st_uid != os.geteuid():
            break
        path.chmod(0o755)
    home.chmod(0o777)
    data, here = str(home / "data"), str(home)
    subprocess.run(
        as_owner(str(BIN / "initdb"), "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync"),
        check=True,
        capture_output=True,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={here} -c fsync=off"
    control = [str(BIN / "pg_ctl"), "-D", data, "-w", "-t", "30", "-o", options, "-l", f"{here}/log"]
    subprocess.run(as_owner(*control, "start"), check=True, capture_output=True)

    def run(sql: str) -> str:
        command = as_owner(str(BIN / "psql"), "-h", here, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt", "-f", "-")
        done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    yield run
    subprocess.run(
        as_owner(str(BIN / "pg_ctl"), "-D", data, "-m", "immediate", "stop"), check=True, capture_output=True
    )


def positional(sql: str) -> str:
    """Named values as PostgreSQL numbers them."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return re.sub(r"(?<!:):([a-z_]+)", number, sql)


def test_the_shared_tables_are_made_and_every_shared_statement_is_prepared(psql):
    shared = [path for path in sorted((STORE / "migrations").glob("*.sql")) if not path.name.endswith(".sqlite.sql")]
    psql("\n".join(path.read_text("utf-8") for path in shared))
    queries = aiosql.from_path(STORE / "sql", "psycopg2", mandatory_parameters=False)
    own = set(queries.sqlite.available_queries)
    names = [
        name
        for name in queries.available_queries
        if "." not in name and name not in own and not name.endswith("_cursor")
    ]

    loaded = aiosql.from_path(STORE / "sql", "apsw", mandatory_parameters=False)
    psql("\n".join(f"PREPARE p{n} AS {positional(getattr(loaded, name).sql)};" for n, name in enumerate(names)))

    assert len(names) > 30
