"""What the tests of the checks share: a commune a case, one warehouse for all of them, and what was found in each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.model import Form, Observation, Remark, Report, batch_of
from warehouse.tables import read_catalogue
from warehouse.versions import Versions
from warehouse.versions.publish import publish

COMMUNES = [
    code
    for code, parent in read_catalogue("units").select("unit_code", "parent_code").iter_rows()
    if parent in {"399", "398"} and "@" not in code
]
Found = tuple[str, str, str]  # the rule and its sentences in Vietnamese and English


@dataclass(frozen=True)
class Case:
    """The rows of one report, what only its document showed, and the rules with their sentences to be found."""

    name: str
    rows: tuple[Observation, ...]
    found: tuple[Found, ...] = ()
    remarks: tuple[Remark, ...] = ()


@contextmanager
def checked(directory: Path, reports: Sequence[Report], forms: Sequence[Form]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The version that the reports make, open for reading."""
    publish(directory, batch_of(reports), forms, "load")
    with duckdb.connect(str(Versions(directory).path(1)), read_only=True) as opened:
        yield opened


def found_in(connection: duckdb.DuckDBPyConnection, unit: str) -> list[Found]:
    """What was found in the reports of a unit, sorted."""
    return connection.execute(
        "SELECT rule, message_vi, message_en FROM finding JOIN report USING (report_id) "
        "WHERE unit_code = ? ORDER BY ALL",
        [unit],
    ).fetchall()
