"""Reading a warehouse: the version in force, opened read-only, and questions put to it as `.sql` files.

A reader keeps the version it opened; a new version is a new file, so nobody waits and nobody sees half a load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.versions import Versions

QUERIES = Path(__file__).parent / "queries"


class EmptyWarehouse(FileNotFoundError):
    """There is no published version in the directory yet."""


@dataclass(frozen=True)
class Warehouse:
    """One version of a warehouse, open for reading. Safe to share between threads."""

    number: int
    path: Path
    connection: duckdb.DuckDBPyConnection

    def ask(self, question: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The answer to `queries/<question>.sql` with its `$named` parameters; every run has its own cursor."""
        with self.connection.cursor() as cursor:
            answer: pl.DataFrame = cursor.sql(question_sql(question), params=dict(parameters or {})).pl()
            return answer


@cache
def question_sql(question: str) -> str:
    """The SQL text of a question."""
    return (QUERIES / f"{question}.sql").read_text(encoding="utf-8")


def open_warehouse(directory: Path) -> Warehouse:
    """Open the version in force; raises `EmptyWarehouse` when nothing was published yet."""
    versions = Versions(directory)
    number = versions.current()
    if number is None:
        raise EmptyWarehouse(
            f"{directory}: chưa có dữ liệu; hãy chạy “cchc demo” để tạo dữ liệu mô phỏng hoặc “cchc load TỆP…” "
            "để nạp báo cáo"
        )
    path = versions.path(number)
    return Warehouse(number, path, duckdb.connect(str(path), read_only=True))
