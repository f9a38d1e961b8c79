"""Publish: a new version file with more reports in it, put in force in one step, or nothing at all."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from warehouse.build import append, catalogue_fingerprint, create_version, fill_dimensions
from warehouse.findings import find_problems
from warehouse.model import Batch, Form
from warehouse.versions import Versions

_DERIVE = Path(__file__).parent / "derive"
_KEPT_VERSIONS = 5


class BrokenVersion(RuntimeError):
    """A version that was built but does not hold together; it was not put in force."""


@dataclass(frozen=True)
class Published:
    """What a publication did: the version in force and the reports that were new in it."""

    number: int
    added: tuple[str, ...]
    already_there: tuple[str, ...]


def publish(directory: Path, batch: Batch, forms: Sequence[Form], action: str) -> Published:
    """Add a batch of reports to the warehouse of `directory`.

    Reports that are there already change nothing. A report of the same unit and period as an earlier
    one supersedes it, both stay; a simulated report never supersedes a real one. Raises
    `PublishingElsewhere` while another process publishes, `BrokenVersion` when the result fails its checks.
    """
    versions = Versions(directory)
    with versions.publishing():
        current = versions.current()
        number = max([0, *versions.numbers()]) + 1
        building = directory / f"building-{number}.tmp"
        _sweep(building)  # of a load that was killed: its log would be replayed into this one
        try:
            if current is None:
                create_version(building)
            else:
                shutil.copyfile(versions.path(current), building)
            added, known = _add(building, batch, forms, number, action)
            if current is not None and not added:
                return Published(current, (), known)
            _sync(building)
            building.replace(versions.path(number))
            versions.point_to(number)
            _drop_old(versions, number)
            return Published(number, added, known)
        finally:
            _sweep(building)


def _add(
    path: Path, batch: Batch, forms: Sequence[Form], number: int, action: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        there = {row[0] for row in connection.execute("SELECT report_id FROM report").fetchall()}
        offered = batch.reports.unique("report_id", keep="last", maintain_order=True)
        fresh = offered.filter(~pl.col("report_id").is_in(list(there)))
        known = tuple(offered.filter(pl.col("report_id").is_in(list(there)))["report_id"])
        if there and fresh.is_empty():
            return (), known
        # No transaction: nobody sees this file before it is whole, and the planner knows nothing of rows that are not
        # committed (a check over them took minutes instead of milliseconds).
        fingerprint = catalogue_fingerprint(forms)
        if is_changed := _fingerprint(connection) != fingerprint:
            fill_dimensions(connection, forms)
        _insert(connection, fresh, batch)
        derive(connection, from_all=is_changed)
        connection.execute("DELETE FROM version")
        connection.execute(
            "INSERT INTO version VALUES ($number, $now, $action, $fingerprint)",
            {"number": number, "now": _now(), "action": action, "fingerprint": fingerprint},
        )
        verify(connection)
        connection.execute("CHECKPOINT")
        return tuple(fresh["report_id"]), known


def _insert(connection: duckdb.DuckDBPyConnection, reports: pl.DataFrame, batch: Batch) -> None:
    """Add reports with their rows and remarks; the order in the batch is the order of loading."""
    now = _now()
    loaded_at = pl.Series("loaded_at", [now + timedelta(microseconds=step) for step in range(reports.height)])
    append(connection, "report", reports.with_columns(loaded_at.cast(pl.Datetime("us"))))
    added = pl.col("report_id").is_in(reports["report_id"].to_list())
    append(connection, "observation", batch.observations.filter(added))
    append(connection, "remark", batch.remarks.filter(added))
    connection.register("fresh", reports.select("unit_code", "period").unique().to_arrow())
    connection.execute((_DERIVE / "touched.sql").read_text(encoding="utf-8"))
    connection.unregister("fresh")


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What the version that is being extended was derived with; null for a new one."""
    row = connection.execute("SELECT fingerprint FROM version").fetchone()
    return row[0] if row else None


def derive(connection: duckdb.DuckDBPyConnection, from_all: bool) -> None:
    """Rebuild facts, rates and findings of the touched units and periods, or of all reports there are."""
    if from_all:
        connection.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT unit_code, period FROM report")
    for name in ("superseded", "clear", "fact", "rate"):
        connection.execute((_DERIVE / f"{name}.sql").read_text(encoding="utf-8"))
    append(connection, "finding", find_problems(connection))


def verify(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise `BrokenVersion` with the first rows that break a rule of the data contract."""
    for statement in (_DERIVE / "verify.sql").read_text(encoding="utf-8").split(";"):
        if not statement.strip():
            continue
        broken = connection.sql(statement).limit(5).fetchall()
        if broken:
            raise BrokenVersion(f"phiên bản mới không toàn vẹn, giữ nguyên phiên bản cũ: {broken}")


def _sweep(building: Path) -> None:
    """Remove a half-built version and its write-ahead log."""
    building.unlink(missing_ok=True)
    Path(f"{building}.wal").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _drop_old(versions: Versions, newest: int) -> None:
    """Keep the last few versions for a return to them."""
    for number in versions.numbers():
        if number <= newest - _KEPT_VERSIONS:
            versions.path(number).unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
