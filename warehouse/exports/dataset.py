"""A whole version as a folder of Parquet files, for tools and clusters that do not read DuckDB.

Every table is a folder of its name; the large ones have one folder a year (`year=2024`) below. Codes are text,
decimals stay decimals. DuckDB streams the rows from file to file, so memory does not grow with the version.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.store import BrokenFile, Warehouse

README = "README.txt"
MEMORY = "1GB"  # of DuckDB: with more it only keeps more of the version's blocks
# The tables that are cut by the year of their reports: most have a period, whose code begins with it.
_YEAR_OF_PERIOD = "substr(CAST(period AS VARCHAR), 1, 4)"
_YEAR_OF_REPORT = "(SELECT substr(report.period, 1, 4) FROM report WHERE report.report_id = observation.report_id)"
_BY_YEAR = {
    **dict.fromkeys(("added_rate", "fact", "fact_by_indicator", "rate", "reporting", "shown_rate"), _YEAR_OF_PERIOD),
    "observation": _YEAR_OF_REPORT,
}
# The contract's names for what the version file holds by number: the same rows.
_SHOWN_AS = {"fact_by_unit": "fact", "rate_by_unit": "rate"}
_TEXT = ("ENUM", "JSON")
_ABOUT = """CCHC, phiên bản {number} của kho dữ liệu, công bố {published_at:%Y-%m-%d %H:%M} (UTC)
Mỗi bảng là một thư mục tệp Parquet cùng tên; bảng có dấu * chia theo năm (thư mục year=NĂM, cột year).
Ý nghĩa của bảng và cột: xem mục “The data” trong README và tệp warehouse/schema.sql của CCHC. Bảng
fact_by_indicator là bảng fact xếp theo chỉ tiêu. Dòng có simulated = true là số liệu mô phỏng, không phải số liệu thật;
không được cộng hoặc xếp hạng chung với số liệu thật.

CCHC, version {number} of the warehouse, published {published_at:%Y-%m-%d %H:%M} (UTC)
A table is a folder of Parquet files of its name; those marked * are cut by year (folders year=YEAR, column year).
What tables and columns mean: “The data” in the README and warehouse/schema.sql of CCHC. fact_by_indicator is fact in
the order of indicators. Rows with simulated = true are simulated, not real; never add or rank them with real ones.

bảng/table, số dòng/rows
{lines}
"""


def export_dataset(warehouse: Warehouse, target: Path) -> int:
    """Write the version into the folder `target`, which is new or empty; returns the number of rows of all tables.

    What is written stands beside it until it is whole. Raises `FileExistsError` for a folder that holds something, and
    `BrokenFile` where a table has lost rows on the way.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(f"{target}: đã có tệp ở đó; hãy chọn một thư mục mới hoặc thư mục trống")
    target = target.resolve()
    building = target.with_name(f".{target.name}.partial")
    shutil.rmtree(building, ignore_errors=True)  # of a run that was killed
    building.mkdir(parents=True)
    try:
        with _little_memory(warehouse):
            rows = {table: _write(warehouse, table, building) for table in _tables(warehouse)}
        (building / README).write_text(_about(warehouse, rows), encoding="utf-8")
        if target.exists():
            target.rmdir()
        building.rename(target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return sum(rows.values())


@contextmanager
def _little_memory(warehouse: Warehouse) -> Iterator[None]:
    with warehouse.connection.cursor() as cursor:
        ((before,),) = cursor.execute("SELECT current_setting('memory_limit')").fetchall()
        cursor.execute(f"SET GLOBAL memory_limit = '{MEMORY}'")
        try:
            yield
        finally:
            cursor.execute(f"SET GLOBAL memory_limit = '{before}'")


def _tables(warehouse: Warehouse) -> list[str]:
    with warehouse.connection.cursor() as cursor:
        found = cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    return sorted(table for (table,) in found)


def _write(warehouse: Warehouse, table: str, into: Path) -> int:
    """One table as files; returns how many rows it has."""
    shown = _SHOWN_AS.get(table, table)
    folder = into / shown
    with warehouse.connection.cursor() as cursor:
        columns = ", ".join(
            f"CAST({name} AS VARCHAR) AS {name}" if kind.startswith(_TEXT) else name
            for name, kind, *_ in cursor.execute(f"DESCRIBE {shown}").fetchall()
        )
        (expected,) = cursor.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608 - a name of ours
        options, target = "FORMAT parquet, COMPRESSION zstd", folder
        if shown in _BY_YEAR:
            columns += f", CAST({_BY_YEAR[shown]} AS INTEGER) AS year"
        if shown in _BY_YEAR and expected:
            options += ", PARTITION_BY (year)"
        else:  # no rows make no folders, and a table without a file has no columns
            folder.mkdir()
            target = folder / f"{shown}.parquet"
        quoted = str(target).replace("'", "''")
        copied = f"COPY (SELECT {columns} FROM {shown}) TO '{quoted}' ({options})"  # noqa: S608 - names of ours
        (rows,) = cursor.execute(copied).fetchone() or (0,)
    if rows != expected:
        raise BrokenFile(f"{warehouse.path}: bảng {table} có {expected} dòng, chỉ ghi được {rows} dòng")
    return int(rows)


def _about(warehouse: Warehouse, rows: dict[str, int]) -> str:
    with warehouse.connection.cursor() as cursor:
        ((number, published_at),) = cursor.execute("SELECT number, published_at FROM version").fetchall()
    named = sorted((_SHOWN_AS.get(table, table), count) for table, count in rows.items())
    lines = "\n".join(f"{table}{'*' if table in _BY_YEAR else ''}, {count}" for table, count in named)
    return _ABOUT.format(number=number, published_at=published_at, lines=lines)
