"""Publish: a new version file with more reports in it, put in force in one step, or nothing at all."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import polars as pl

from warehouse.build import (
    append,
    carry,
    catalogue_fingerprint,
    create_version,
    fill_dimensions,
    refill,
    writing,
)
from warehouse.derivation import BrokenVersion, derive, run, verify
from warehouse.model import Batch, Form
from warehouse.store import open_version, question_sql
from warehouse.versions import PublishingElsewhere, Versions
from warehouse.versions.audit import AuditLog, Brought, Entry, as_table, stamped
from warehouse.versions.originals import ChangedFile, Originals
from warehouse.versions.recovery import recover

# The last where a disk is full while rows are added.
_DISK = (OSError, duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException, duckdb.TransactionException)
Say = Callable[[str], object]
_DETAIL = 300  # characters of an error in the log
MOST_LOOSE = 500_000  # facts out of order: every question looks through all of them, four stretches of a table


class NotStored(OSError):
    """A version that could not be written; the one in force stays."""


@dataclass(frozen=True)
class Replaced:
    """The version that is built anew, and the file from which its simulated reports are taken, null for none."""

    number: int | None
    simulated: Path | None


@dataclass(frozen=True)
class Published:
    """What a publication did: the version in force and the reports that were new in it."""

    number: int
    added: tuple[str, ...]
    already_there: tuple[str, ...]


def publish(
    directory: Path,
    batch: Batch,
    forms: Sequence[Form],
    action: str,
    originals: Mapping[str, Path] = MappingProxyType({}),
    wait: float = 0.0,
    replacing: Replaced | None = None,
    say: Say = str,
) -> Published:
    """Add a batch of reports to the warehouse of `directory`, or nothing at all.

    Reports that are there already change nothing. A report of the same unit and period as an earlier one
    supersedes it, both stay; a simulated report never supersedes a real one. `originals` are the files of the
    reports by their hash, which are kept. With `replacing` the batch is all there is, but for the simulated reports
    of the version replaced. `say` is told what takes a while in a large warehouse. Raises `PublishingElsewhere` when
    another process publishes for more than `wait` seconds or has published over `replacing`, `BrokenVersion` when the
    result fails its checks and `NotStored` when it cannot be written.
    """
    versions, log = Versions(directory), AuditLog(directory)
    with versions.publishing(wait):
        recover(versions, log)
        current = _replaced_or_current(versions, replacing)
        base = None if replacing or current is None else versions.path(current)
        fresh, known = _divided(batch, _reports_in(base))
        if base is not None and fresh.is_empty():
            _keep_missing(Originals(directory), originals)
            return Published(current or 0, (), known)
        number = max([0, *versions.numbers()]) + 1
        with told(versions, Entry("begun", action, number, current)), _kept(versions, number, fresh, originals):
            building = versions.building(number)
            is_new = _start(building, base, replacing, forms, say)
            built = _add(building, batch, fresh, forms, Entry("built", action, number, current), log, is_new)
            extend_to_its_blocks(building)
            open_version(building).connection.close()
            sync(building)
            log.add(built)
            building.replace(versions.path(number))
            versions.point_to(number)
        versions.drop_old()
        return Published(number, tuple(fresh["report_id"]), known)


@contextmanager
def told(versions: Versions, begun: Entry) -> Iterator[None]:
    """Tell the log how a publication begins and ends; what the database or the disk refuses becomes one sentence."""
    log = AuditLog(versions.directory)
    try:
        log.add(begun)
        yield
    except BaseException as error:
        with suppress(OSError):  # the disk may be full: the next publication closes what this one could not
            log.add(replace(begun, event="failed", detail=f"{type(error).__name__}: {error}"[:_DETAIL]))
        if isinstance(error, duckdb.ConstraintException):
            raise BrokenVersion(f"phiên bản mới không toàn vẹn, giữ nguyên phiên bản cũ: {error}") from error
        if isinstance(error, duckdb.DataError):
            raise BrokenVersion(
                f"phiên bản mới không tính được vì có số vượt khả năng lưu ({error}); giữ nguyên phiên bản cũ; hãy nạp "
                "từng tệp để biết số nằm ở báo cáo nào, sửa số ấy rồi nạp lại"
            ) from error
        if isinstance(error, _DISK) and not isinstance(error, ChangedFile):
            raise NotStored(
                f"{log.directory}: không ghi được phiên bản {begun.version} ({error}); phiên bản đang dùng giữ nguyên; "
                "hãy kiểm tra chỗ trống và quyền ghi rồi chạy lại"
            ) from error
        raise
    with suppress(OSError):  # it is in force whatever the log says: the next publication closes it
        log.add(replace(begun, event="published"))


@contextmanager
def _kept(versions: Versions, number: int, fresh: pl.DataFrame, originals: Mapping[str, Path]) -> Iterator[None]:
    """Keep the original files of the reports that are new; nothing of them or of the version when it fails."""
    archive = Originals(versions.directory)
    new: list[str] = []
    try:
        for sha256 in filter(originals.__contains__, fresh["sha256"].unique(maintain_order=True)):
            if archive.keep(originals[sha256], sha256):
                new += [sha256]
        yield
    except BaseException:
        versions.sweep()
        archive.sweep()
        if versions.named() != number:  # else it was stopped just after it came into force
            versions.path(number).unlink(missing_ok=True)
            for sha256 in new:
                archive.forget(sha256)
        raise


def _reports_in(version: Path | None) -> list[str]:
    if version is None:
        return []
    with open_version(version).connection as connection:
        return [row[0] for row in connection.execute("SELECT report_id FROM report").fetchall()]


def _divided(batch: Batch, there: list[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The reports of a batch that are new, and the ids of those that are there already."""
    offered = batch.reports.unique("report_id", keep="last", maintain_order=True)
    is_there = pl.col("report_id").is_in(there)
    return offered.filter(~is_there), tuple(offered.filter(is_there)["report_id"])


def _replaced_or_current(versions: Versions, replacing: Replaced | None) -> int | None:
    if replacing is None:
        return versions.current()
    if versions.named() not in {None, replacing.number}:
        raise PublishingElsewhere(
            f"{versions.directory}: đã có phiên bản {versions.named()} trong khi dựng lại phiên bản "
            f"{replacing.number}; hãy chạy lại"
        )
    return replacing.number


def _keep_missing(archive: Originals, originals: Mapping[str, Path]) -> None:
    """A file loaded before files were kept, or lost since, is kept when it comes again."""
    for sha256, path in originals.items():
        archive.keep(path, sha256)


def _start(building: Path, base: Path | None, replacing: Replaced | None, forms: Sequence[Form], say: Say) -> bool:
    """Begin with a copy of `base`; or anew, all in order, where too much in it is not.

    Anew also where the catalogue changed since: its codes are the types of the tables.
    """
    if base is not None:
        outgrown = _outgrown(base, forms)
        if not outgrown:
            shutil.copyfile(base, building)
            return False
        say(outgrown)
    create_version(building)
    with writing(building) as connection:
        fill_dimensions(connection, forms)
    if base is not None:
        carry(building, base, simulated_only=False)
    elif replacing and replacing.simulated:
        carry(building, replacing.simulated, simulated_only=True)
    return True


def _add(
    path: Path, batch: Batch, fresh: pl.DataFrame, forms: Sequence[Form], built: Entry, log: AuditLog, is_new: bool
) -> Entry:
    """Fill the version at `path`; returns `built` with all that it brought."""
    with writing(path) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        before = _superseded(connection)
        # No transaction: nobody sees this file before it is whole, and the planner knows nothing of rows that are not
        # committed (a check over them took minutes instead of milliseconds).
        _insert(connection, fresh, batch)
        derive(connection, from_all=is_new)
        superseded = dict(_superseded(connection).items() - before.items())
        built = stamped(replace(built, **_brought(fresh), superseded=superseded))
        refill(connection, "audit", as_table([*log.entries(), built, replace(built, event="published")]))
        write_version(connection, built, forms, loose=0 if is_new else _loose(connection))
        verify(connection)
        connection.execute("CHECKPOINT")
        return built


def write_version(connection: duckdb.DuckDBPyConnection, built: Entry, forms: Sequence[Form], loose: int) -> None:
    """Say in the version which it is."""
    connection.execute("DELETE FROM version")
    values = (built.version, now(), built.action, catalogue_fingerprint(forms), loose)
    connection.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?)", values)


def _loose(connection: duckdb.DuckDBPyConnection) -> int:
    """How many facts stand behind those that are in order: those of the versions before and what was derived now."""
    derived = "SELECT count(*) FROM fact_by_unit SEMI JOIN printed USING (unit_no, period)"
    counted = f"SELECT loose + ({derived}) FROM version"  # noqa: S608 - no text of others
    ((loose,),) = connection.execute(counted).fetchall()
    return int(loose)


def _superseded(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(
        connection.execute("SELECT report_id, superseded_by FROM report WHERE superseded_by IS NOT NULL").fetchall()
    )


def _brought(fresh: pl.DataFrame) -> dict[str, Any]:
    """What the log says of the reports that are new: files one by one, simulated ones by their number."""
    files = fresh.filter(~pl.col("simulated")).select(*(column.name for column in fields(Brought)))
    return {
        "loaded": tuple(Brought(**line) for line in files.iter_rows(named=True)),
        "simulated": fresh.height - files.height,
    }


def _insert(connection: duckdb.DuckDBPyConnection, reports: pl.DataFrame, batch: Batch) -> None:
    """Add reports with their rows and remarks; the order in the batch is the order of loading."""
    if "loaded_at" not in reports.columns:
        at = now()
        loaded_at = pl.Series("loaded_at", [at + timedelta(microseconds=step) for step in range(reports.height)])
        reports = reports.with_columns(loaded_at.cast(pl.Datetime("us")))
    append(connection, "report", reports)
    added = pl.col("report_id").is_in(reports["report_id"].to_list())
    append(connection, "observation", batch.observations.filter(added))
    append(connection, "remark", batch.remarks.filter(added))
    connection.register("fresh", reports.select("unit_code", "period").unique().to_arrow())
    run(connection, "touched")
    connection.unregister("fresh")


def _outgrown(version: Path, forms: Sequence[Form]) -> str:
    """Why a version cannot be added to, as a line for the terminal; empty where it can."""
    with open_version(version).connection as connection:
        ((fingerprint, loose),) = connection.execute("SELECT fingerprint, loose FROM version").fetchall()
    if fingerprint != catalogue_fingerprint(forms):
        return "Danh mục hoặc cách tính đã đổi: tính lại toàn bộ kho dữ liệu, kho lớn có thể mất vài phút …"
    if int(loose) > MOST_LOOSE:
        return f"{int(loose)} số liệu nằm ngoài thứ tự: sắp xếp lại toàn bộ kho dữ liệu, kho lớn có thể mất vài phút …"
    return ""


def extend_to_its_blocks(path: Path) -> None:
    """Give the file the length that its header counts, so that one cut short is told from it by length alone.

    The database drops free blocks at the end of the file but still counts them; the hole that is put there takes no
    room on disk.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        blocks, size, _ = connection.execute(question_sql("wholeness")).fetchall()[0]
    if path.stat().st_size < blocks * size:
        os.truncate(path, blocks * size)


def sync(path: Path) -> None:
    """Wait until the disk has all of a file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def now() -> datetime:
    """The time in UTC, without saying so, as the tables hold it."""
    return datetime.now(UTC).replace(tzinfo=None)
