"""A version built anew from the original files that were kept: the proof that the figures come from them.

The unit and the period of each report are those under which it was loaded, for a person may have given them.
Simulated reports were never files: their rows are carried over as they stand.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import polars as pl

from loaders.form import all_forms
from loaders.load import LoadedFile, Options
from loaders.workers import load_in_workers
from warehouse import answers
from warehouse.model import Batch, batch_of
from warehouse.periods import parse_period
from warehouse.store import BrokenFile, EmptyWarehouse, Warehouse, open_version
from warehouse.versions import Versions
from warehouse.versions.audit import AuditLog, Brought, brought_by
from warehouse.versions.originals import Originals
from warehouse.versions.publish import Replaced, publish

_TOLD = 10


class NotRebuilt(LookupError):
    """Original files that are missing, or that are refused today: nothing was changed."""


@dataclass(frozen=True)
class Rebuilt:
    """The new version and the one it replaces; how many files were read; how many facts differ, null if unknown."""

    number: int
    before: int | None
    files: int
    differing: int | None


def rebuild(directory: Path, wait: float = 0.0, progress: Callable[[LoadedFile], None] = lambda _: None) -> Rebuilt:
    """Read every original file again and publish the result as a new version.

    Where the version in force cannot be opened, the audit log says what was in it, and simulated reports are lost.
    Raises `EmptyWarehouse` where nothing was ever loaded and `NotRebuilt` where a file is missing or refused.
    """
    versions, log = Versions(directory), AuditLog(directory)
    number = versions.named() or log.last_in_force()
    if number is None:
        raise EmptyWarehouse(f"{directory}: chưa có dữ liệu để dựng lại; hãy chạy “cchc load TỆP…” để nạp báo cáo")
    old = _opened(versions.path(number))
    held = answers.held_reports(old) if old else None
    brought = brought_by(log.entries(), number) if held is None else _files_of(held)
    batch = _read_again(Originals(directory), brought, progress)
    facts = answers.facts_as_text(old) if old else None
    if old:
        old.connection.close()
    replaced = Replaced(number, old.path if old else None)
    published = publish(directory, _dated(batch, held), all_forms(), "rebuild", wait=wait, replacing=replaced)
    new = open_version(versions.path(published.number))
    differing = None if facts is None else _differing(facts, answers.facts_as_text(new))
    new.connection.close()
    return Rebuilt(published.number, number, len(brought), differing)


def _opened(path: Path) -> Warehouse | None:
    try:
        return open_version(path)
    except (BrokenFile, FileNotFoundError):
        return None


def _files_of(held: pl.DataFrame) -> list[Brought]:
    lines = held.filter(~pl.col("simulated")).drop("simulated", "loaded_at")
    return [Brought(**line) for line in lines.iter_rows(named=True)]


def _read_again(archive: Originals, brought: Sequence[Brought], progress: Callable[[LoadedFile], None]) -> Batch:
    missing = [report.file_name for report in brought if not archive.holds(report.sha256)]
    if missing:
        raise NotRebuilt(
            f"{archive.directory}: thiếu hoặc hỏng {len(missing)} tệp gốc ({_some(missing)}); cần đủ mọi tệp đã nạp; "
            "hãy nạp lại các tệp ấy rồi chạy lại"
        )
    with TemporaryDirectory() as folder:
        paths = [_copy(archive, report, Path(folder) / str(at)) for at, report in enumerate(brought)]
        options = [Options(report.unit_code, parse_period(report.period)) for report in brought]
        files = load_in_workers(paths, options, progress=progress)
    refused = [str(file.problem) for file in files if file.report is None]
    if refused:
        raise NotRebuilt(
            f"{archive.directory}: {len(refused)} tệp gốc nay bị từ chối ({_some(refused)}); "
            "phiên bản đang dùng giữ nguyên"
        )
    return batch_of([file.report for file in files if file.report])


def _copy(archive: Originals, report: Brought, folder: Path) -> Path:
    """The kept file under the name it came with, for the suffix tells text from a web page; never outside `folder`."""
    folder.mkdir()
    name = PureWindowsPath(PurePosixPath(report.file_name).name).name
    return Path(shutil.copyfile(archive.path(report.sha256), folder / (name or "report")))


def _dated(batch: Batch, held: pl.DataFrame | None) -> Batch:
    """The reports with the moments at which they were loaded first: what superseded what stays so."""
    if held is None:
        return batch
    moments = dict(held.select("report_id", "loaded_at").iter_rows())
    dates = pl.Series("loaded_at", [moments[report] for report in batch.reports["report_id"]], dtype=pl.Datetime("us"))
    return Batch(batch.reports.with_columns(dates), batch.observations, batch.remarks)


def _differing(before: pl.DataFrame, after: pl.DataFrame) -> int:
    """How many facts are in one of the two only, or with another value in each."""
    old, new = set(before.iter_rows()), set(after.iter_rows())
    return max(len(old - new), len(new - old))


def _some(names: Sequence[str]) -> str:
    return "; ".join(names[:_TOLD]) + ("; …" if len(names) > _TOLD else "")
