"""PostgreSQL beside the product: a server of its own in a folder, on a socket there, ended when the block is left."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.peers.data import Data
from benchmarks.peers.sql import FACTS_OUT, Rows, SqlPeer, make_small_tables

_OWNER = "postgres"  # PostgreSQL refuses to run as the system's administrator
# As a careful administrator sets it up for reading on such a machine; safety of writes is given up for the loading.
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1536MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "6GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
}
_TABLE = (
    "CREATE TABLE fact (indicator smallint NOT NULL, period smallint NOT NULL, level smallint NOT NULL, "
    "unit_no smallint NOT NULL, value double precision)"
)
_INDEXES = (
    "CREATE UNIQUE INDEX by_indicator ON fact (indicator, period, level, unit_no) INCLUDE (value)",
    "CREATE INDEX by_unit ON fact (unit_no, period, level, indicator) INCLUDE (value)",
    "VACUUM ANALYZE",
)


def missing() -> str | None:
    """Why PostgreSQL cannot be run here; null where it can."""
    lacking = [name for name in ("initdb", "postgres") if not shutil.which(name)]
    if lacking:
        return f"no {' and no '.join(lacking)} on the path"
    try:
        import psycopg  # noqa: F401, PLC0415
    except ImportError:
        return "the package psycopg is not installed"
    if os.geteuid() == 0 and _OWNER not in {account.pw_name for account in pwd.getpwall()}:
        return f"it does not run as the administrator, and there is no account {_OWNER}"
    return None


@contextmanager
def postgres_peer(data: Data, folder: Path) -> Iterator[SqlPeer]:
    """The facts in PostgreSQL: one table with two covering indexes, filled the first time."""
    place = folder / "postgres"
    is_new = not (place / "full").exists()
    if is_new:
        shutil.rmtree(place, ignore_errors=True)
        _made(place)
    with _server(place) as process, _connected(place, process) as connection:

        def ask(sql: str) -> Rows:
            rows: Rows = connection.execute(sql).fetchall()
            return rows

        def do(sql: str, rows: list[Any] | None = None) -> None:
            text = sql.replace("?", "%s")
            if rows is None:
                connection.execute(text)
            else:
                connection.cursor().executemany(text, rows)

        if is_new:
            do(_TABLE)
            _copy(connection, data, folder)
            make_small_tables(data, do)
            for statement in _INDEXES:
                do(statement)
            (place / "full").touch()
        ((size,),) = ask("SELECT pg_database_size('postgres')")
        yield SqlPeer("PostgreSQL", data, ask, size)


def _connected(place: Path, process: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401
    """A connection, once the server is up; it may have to recover first."""
    import psycopg  # noqa: PLC0415

    while True:
        try:
            return psycopg.connect(f"host={place} user={_OWNER} dbname=postgres", autocommit=True)
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise
            time.sleep(0.1)


def _copy(connection: Any, data: Data, folder: Path) -> None:  # noqa: ANN401
    text = folder / "facts.csv"
    duckdb.execute(f"COPY ({FACTS_OUT.format(path=data.facts)}) TO '{text}' (FORMAT csv, HEADER false)")
    with (
        text.open("rb") as file,
        connection.cursor() as cursor,
        cursor.copy("COPY fact FROM STDIN (FORMAT csv)") as copy,
    ):
        while block := file.read(1 << 20):
            copy.write(block)
    text.unlink()


def _owner() -> dict[str, Any]:
    """Whom the server runs as: oneself, but for the administrator another account."""
    return {"user": _OWNER, "group": _OWNER, "extra_groups": []} if os.geteuid() == 0 else {}


def _made(place: Path) -> None:
    place.mkdir()
    if os.geteuid() == 0:
        shutil.chown(place, _OWNER, _OWNER)
    command = ["initdb", "-D", str(place / "data"), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=place, **_owner())


@contextmanager
def _server(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = ["postgres", "-D", str(place / "data"), "-k", str(place), *settings]
    with (place.parent / "postgres.log").open("w") as log:
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log, **_owner())
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
