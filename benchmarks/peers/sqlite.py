"""SQLite beside the product: one file with the same facts."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.peers.data import Data
from benchmarks.peers.sql import FACTS_OUT, Rows, SqlPeer, make_small_tables

_AT_ONCE = 200_000
_TABLE = (
    "CREATE TABLE fact (indicator INTEGER NOT NULL, period INTEGER NOT NULL, level INTEGER NOT NULL, "
    "unit_no INTEGER NOT NULL, value REAL, PRIMARY KEY (indicator, period, level, unit_no)) WITHOUT ROWID"
)
_INDEX = "CREATE INDEX by_unit ON fact (unit_no, period, level, indicator, value)"


@contextmanager
def sqlite_peer(data: Data, folder: Path) -> Iterator[SqlPeer]:
    """The facts in SQLite: a table kept in the order of its key, and a covering index in that of units."""
    path = folder / "facts.sqlite"
    if not path.exists():
        _fill(data, path)
    connection = sqlite3.connect(path, cached_statements=0)
    connection.executescript("PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -500000; PRAGMA temp_store = MEMORY")

    def ask(sql: str) -> Rows:
        return connection.execute(sql).fetchall()

    try:
        yield SqlPeer("SQLite", data, ask, path.stat().st_size)
    finally:
        connection.close()


def _fill(data: Data, path: Path) -> None:
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    connection = sqlite3.connect(half)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000")

    def do(sql: str, rows: list[Any] | None = None) -> None:
        if rows is None:
            connection.execute(sql)
        else:
            connection.executemany(sql, rows)

    do(_TABLE)
    facts = duckdb.connect().execute(FACTS_OUT.format(path=data.facts))
    while rows := facts.fetchmany(_AT_ONCE):
        do("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", rows)
    do(_INDEX)
    make_small_tables(data, do)
    do("ANALYZE")
    connection.commit()
    connection.close()
    half.rename(path)
