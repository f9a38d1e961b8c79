"""What follows from the reports: facts, rates, rollups and findings, worked out in the SQL of `derive/`.

The temporary table `touched` (unit_code, period) says for whom.
"""

from pathlib import Path

import duckdb

from warehouse.build import append
from warehouse.findings import find_problems

_SQL = Path(__file__).parent / "derive"
_INDICATORS_AT_ONCE = 16


class BrokenVersion(RuntimeError):
    """A version that was built but does not hold together; it was not put in force."""


def derive(connection: duckdb.DuckDBPyConnection, from_all: bool) -> None:
    """Rebuild everything for the touched units and periods, or for those of all reports there are."""
    if from_all:
        touch_all(connection)
        order_by_indicator(connection)
    for name in ("superseded", "printed", "clear", "fact", "rate", "coverage"):
        run(connection, name)
    roll_up(connection)
    run(connection, "checked")
    append(connection, "finding", find_problems(connection))


def touch_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Everything counts as touched."""
    connection.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT unit_code, period FROM report")


def order_by_indicator(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy all facts in the order of indicators, some at a time so that the memory it takes is bounded."""
    found = [row[0] for row in connection.execute("SELECT DISTINCT indicator FROM fact_by_unit ORDER BY 1").fetchall()]
    for start in range(0, len(found), _INDICATORS_AT_ONCE):
        some = ", ".join(f"'{indicator}'" for indicator in found[start : start + _INDICATORS_AT_ONCE])
        chosen = f"SELECT * FROM fact_by_unit WHERE indicator IN ({some})"  # noqa: S608 - codes of ours
        ordered = f"{chosen} ORDER BY indicator, period, unit_no, level"
        connection.execute(f"INSERT INTO fact_by_indicator BY NAME {ordered}")
    counted = "SELECT (SELECT count(*) FROM fact_by_unit), (SELECT count(*) FROM fact_by_indicator)"
    ((first, second),) = connection.execute(counted).fetchall()
    if first != second:
        raise BrokenVersion(f"phiên bản mới không toàn vẹn, giữ nguyên phiên bản cũ: {first} và {second} số liệu")


def roll_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Rebuild what is kept ready for the pages, year by year so that the memory it takes is bounded."""
    years = connection.execute("SELECT DISTINCT left(period, 4) AS year FROM touched ORDER BY year").fetchall()
    for (year,) in years:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS FROM touched WHERE left(period, 4) = '{year}'")
        run(connection, "rollups")


def verify(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise `BrokenVersion` with the first rows of the touched that break a rule of the data contract."""
    for statement in _text("verify").split(";"):
        if not statement.strip():
            continue
        broken = connection.sql(statement).limit(5).fetchall()
        if broken:
            raise BrokenVersion(f"phiên bản mới không toàn vẹn, giữ nguyên phiên bản cũ: {broken}")


def run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """The statements of `derive/<name>.sql`."""
    connection.execute(_text(name))


def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
