"""Originals, the audit log, recovery, damaged versions, and the return to an earlier one."""

import hashlib
import os
import shutil
from pathlib import Path

import duckdb
import pytest
from small import DUC, FORMS, HA, HOP, NOW, ON_TIME, RECEIVED, report

from warehouse.model import Report, batch_of
from warehouse.store import BrokenFile, open_version, open_warehouse
from warehouse.versions import Versions
from warehouse.versions.audit import AuditLog, Entry
from warehouse.versions.originals import ChangedFile, Originals
from warehouse.versions.publish import NotStored, Published, publish
from warehouse.versions.recovery import NoSuchVersion, roll_back

FIRST = report(HOP, NOW, {RECEIVED: 200, ON_TIME: 198})
LATER = report(HOP, NOW, {RECEIVED: 300, ON_TIME: 298}, content="-later")
OTHER = report(HA, NOW, {RECEIVED: 100, ON_TIME: 99})
SIMULATED = report(DUC, NOW, {RECEIVED: 7}, content="-made-up", simulated=True)


def load(directory: Path, *reports: Report, files: dict[str, Path] | None = None) -> Published:
    return publish(directory, batch_of(reports), FORMS, "load", files or {})


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("two")
    load(directory, FIRST)
    load(directory, LATER, OTHER, SIMULATED)
    return directory


@pytest.fixture
def directory(two_versions: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two_versions, tmp_path / "kho")


def original(folder: Path, made: Report) -> tuple[Report, dict[str, Path]]:
    """A report of a file that is there."""
    path = folder / made.file_name
    path.write_bytes(made.file_name.encode())
    return made, {made.sha256: path}


# The audit log ------------------------------------------------------------------------------------------


def test_every_version_holds_what_was_done_so_far(directory: Path) -> None:
    roll_back(directory, 1)
    load(directory, OTHER)
    columns = "event, action, version, version_before, report_id, superseded_by, detail"
    rows = open_warehouse(directory).connection.sql(f"SELECT {columns} FROM audit").fetchall()  # noqa: S608
    assert rows == [
        ("published", "load", 1, None, None, None, None),
        ("loaded", "load", 1, None, FIRST.report_id, None, FIRST.file_name),
        ("published", "load", 2, 1, None, None, None),
        ("loaded", "load", 2, 1, LATER.report_id, None, LATER.file_name),
        ("loaded", "load", 2, 1, OTHER.report_id, None, OTHER.file_name),
        ("superseded", "load", 2, 1, FIRST.report_id, LATER.report_id, None),
        ("rolled_back", "rollback", 1, 2, None, None, None),
        ("published", "load", 3, 1, None, None, None),
        ("loaded", "load", 3, 1, OTHER.report_id, None, OTHER.file_name),
    ]


def test_the_log_outlives_a_return_and_a_half_written_line(directory: Path) -> None:
    log = AuditLog(directory)
    with log.path.open("ab") as file:
        file.write(b'{"event": "beg')
    roll_back(directory, None)
    assert [entry.event for entry in log.entries()][-2:] == ["published", "rolled_back"]
    assert log.path.read_bytes().count(b"\n") == 8


def test_the_same_reports_again_leave_no_line(directory: Path) -> None:
    before = AuditLog(directory).path.read_bytes()
    assert load(directory, LATER).added == ()
    assert AuditLog(directory).path.read_bytes() == before


@pytest.mark.parametrize(("version", "event"), [(2, "published"), (3, "interrupted")])
def test_who_comes_next_closes_what_was_left_open(directory: Path, version: int, event: str) -> None:
    AuditLog(directory).add(Entry("built", "load", version, 1))
    if version == 3:
        shutil.copyfile(Versions(directory).path(2), Versions(directory).path(3))
    load(directory, LATER)
    last = AuditLog(directory).entries()[-1]
    assert (last.event, last.version) == (event, version)
    assert Versions(directory).numbers() == [1, 2]


# Originals ----------------------------------------------------------------------------------------------


def test_originals_are_kept_by_their_hash_and_never_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"bao cao")
    sha256 = hashlib.sha256(b"bao cao").hexdigest()
    archive = Originals(tmp_path)
    assert archive.keep(path, sha256)
    assert not archive.keep(path, sha256)
    kept = tmp_path / "archive" / sha256[:2] / sha256
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"bao cao", 0o444)
    kept.unlink()
    kept.write_bytes(b"damaged")
    assert archive.keep(path, sha256)
    assert archive.holds(sha256)


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(b"other"), lambda path: path.unlink()])
def test_a_file_that_changes_or_vanishes_after_it_was_read_stores_nothing(directory: Path, change: object) -> None:
    made, files = original(directory.parent, report(DUC, NOW, {RECEIVED: 50}))
    change(files[made.sha256])  # type: ignore[operator]
    with pytest.raises(ChangedFile, match="đã bị đổi hoặc xóa sau khi đọc"):
        load(directory, made, files=files)
    assert Versions(directory).numbers() == [1, 2]
    assert not (directory / "archive").exists() or not any((directory / "archive").rglob("*.*"))


# Damaged versions ---------------------------------------------------------------------------------------


def cut(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.99])
def test_a_version_that_was_cut_short_is_refused(directory: Path, share: float) -> None:
    cut(Versions(directory).path(2), share)
    with pytest.raises(BrokenFile, match=r"hỏng hoặc bị cắt cụt.*cchc rollback"):
        open_warehouse(directory)
    with pytest.raises(BrokenFile):
        load(directory, report(DUC, NOW, {RECEIVED: 50}))
    assert roll_back(directory, None) == 1


def test_a_return_passes_over_a_damaged_version(directory: Path) -> None:
    load(directory, report(DUC, NOW, {RECEIVED: 50}))
    cut(Versions(directory).path(2), 0.5)
    with pytest.raises(BrokenFile):
        roll_back(directory, 2)
    assert roll_back(directory, None) == 1
    with pytest.raises(NoSuchVersion, match="trước đó"):
        roll_back(directory, None)


def test_a_version_open_for_writing_elsewhere_is_not_called_damaged(directory: Path) -> None:
    path = Versions(directory).path(2)
    with duckdb.connect(str(path)), pytest.raises(BrokenFile):
        open_version(path)


def test_a_version_of_an_older_program_gets_the_tables_it_lacks(directory: Path) -> None:
    with duckdb.connect(str(Versions(directory).path(2))) as connection:
        connection.execute("DROP TABLE audit")
        connection.execute("UPDATE version SET fingerprint = 'of an older program'")
    assert load(directory, report(DUC, NOW, {RECEIVED: 50})).number == 3
    assert open_warehouse(directory).connection.sql("SELECT max(version) FROM audit").fetchall() == [(3,)]


@pytest.mark.parametrize("part", ["TABLE reporting", "MACRO TABLE own_fact_of"])
def test_a_version_whose_tables_an_older_program_made_is_refused_with_what_to_do(directory: Path, part: str) -> None:
    with duckdb.connect(str(Versions(directory).path(2))) as connection:
        connection.execute(f"DROP {part}")
    with pytest.raises(BrokenFile, match="do chương trình cũ tạo"):
        open_warehouse(directory)


def test_what_the_disk_does_not_take_is_a_sentence(directory: Path) -> None:
    (directory / "building-3.tmp").mkdir()
    Versions(directory).path(2).chmod(0o644)
    (directory / "audit.jsonl").unlink()
    (directory / "audit.jsonl").mkdir()
    with pytest.raises((NotStored, IsADirectoryError)):
        load(directory, report(DUC, NOW, {RECEIVED: 50}))
    assert open_warehouse(directory).number == 2
