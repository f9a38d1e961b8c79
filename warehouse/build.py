"""The tables of a version file: created once, their dimensions refilled whenever the catalogue changed."""

import hashlib
import os
import re
from collections.abc import Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import get_args

import duckdb
import polars as pl

from warehouse.dimensions import catalogue_frames, form_frames
from warehouse.model import LEVELS, Form, Status
from warehouse.periods import all_periods
from warehouse.tables import catalogue_files, read_catalogue
from warehouse.territory import BOUNDARIES

_HERE = Path(__file__).parent
MOST_MEGABYTES = 4000  # that the database takes while a version is made, whatever the size of the country
STORAGE_VERSION = "v1.4.0"  # so that older DuckDB and other tools can attach the file


def create_version(path: Path) -> None:
    """An empty version file with all its tables, typed by the codes of the catalogue."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{_quoted(path)}' AS version (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE version")
        for name, codes in _keys().items():
            listed = ", ".join(f"'{code}'" for code in sorted(codes))
            connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
        connection.execute((_HERE / "schema.sql").read_text(encoding="utf-8"))


def writing(path: Path) -> duckdb.DuckDBPyConnection:
    """A version file open for writing; what does not fit into the memory allowed goes to disk beside it."""
    return duckdb.connect(str(path), config={"memory_limit": f"{_memory_megabytes()}MB"})


def _memory_megabytes() -> int:
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    return min(MOST_MEGABYTES, there * 6 // 10)


def carry(path: Path, source: Path, simulated_only: bool) -> None:
    """Copy reports, row by row as they stand in the version `source`, into the new version at `path`.

    Facts are copied only of reports that have no printed rows to derive them from.
    """
    chosen = "report_id IN (SELECT report_id FROM source.report WHERE simulated)" if simulated_only else "TRUE"
    with writing(path) as connection:
        connection.execute(f"ATTACH '{_quoted(source)}' AS source (READ_ONLY)")
        for table in ("report", "observation", "remark"):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM source.{table} WHERE {chosen}")  # noqa: S608
        connection.execute((_HERE / "derive" / "carry.sql").read_text(encoding="utf-8"))


def _keys() -> dict[str, set[str]]:
    """The types of the codes, each with all its values."""
    rates = read_catalogue("rates")
    return {
        "period_key": {code for period in all_periods() for code in (period.code, period.year_before.code)},
        "indicator_key": set(read_catalogue("indicators")["indicator"]),
        "rate_key": {*rates["rate"], *read_catalogue("rate_names")["rate"]},
        "definition_key": {*rates["definition"], *read_catalogue("rate_names")["definition"].drop_nulls()},
        "level_key": set(LEVELS),
        "status_key": set(get_args(Status)),
        "boundary_key": set(BOUNDARIES),
    }


def fill_dimensions(connection: duckdb.DuckDBPyConnection, forms: Sequence[Form]) -> None:
    """Refill every dimension table from the catalogue and the forms, and define the views anew."""
    for table, frame in {**catalogue_frames(), **form_frames(forms)}.items():
        refill(connection, table, frame)
    for view in _views():
        connection.execute(view)


def refill(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Replace all rows of a table by those of a frame, matched by column name."""
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    append(connection, table, frame)


def append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Add the rows of a frame to a table, matched by column name; columns the table lacks are left out."""
    known = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    columns = [column for column in frame.columns if column in known]
    connection.register("incoming", frame.select(columns).to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608 - a name of ours
    connection.unregister("incoming")


def catalogue_fingerprint(forms: Sequence[Form]) -> str:
    """Changes whenever a catalogue file, a form, or the SQL or code that derives from them changes."""
    digest = hashlib.sha256(repr(tuple(forms)).encode())
    sql = (path for folder in ("derive", "checks", "views") for path in (_HERE / folder).glob("*.sql"))
    code = (
        _HERE / f"{name}.py"
        for name in ("build", "derivation", "dimensions", "findings", "numbers", "periods", "territory", "text")
    )
    for path in (*catalogue_files(), _HERE / "schema.sql", *sorted(sql), *code):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _views() -> list[str]:
    """The statements that define the views, each after those it reads from."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((_HERE / "views").glob("*.sql"))}
    read = {
        name: set(re.findall(r"\b(?:FROM|JOIN) (\w+)", text)) & texts.keys() - {name} for name, text in texts.items()
    }
    return [texts[name] for name in TopologicalSorter(read).static_order()]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
