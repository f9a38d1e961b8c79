"""The pointer and the lock: one version in force, one publisher at a time."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.store import EmptyWarehouse, open_warehouse
from warehouse.versions import PublishingElsewhere, Versions

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from warehouse.versions import Versions
with Versions(Path(sys.argv[1])).publishing():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """Three version files; their content does not matter to the pointer."""
    for name in ("cchc-1.duckdb", "cchc-2.duckdb", "cchc-10.duckdb", "cchc-x.duckdb", "building-11.tmp", "notes.txt"):
        (tmp_path / name).touch()
    return Versions(tmp_path)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def lock(directory: Path) -> Path:
    return directory / "LOCK"


def test_versions_are_counted_by_number_not_by_name(versions: Versions) -> None:
    assert versions.numbers() == [1, 2, 10]
    assert versions.path(10) == versions.directory / "cchc-10.duckdb"


@pytest.mark.parametrize("directory", ["", "missing"])
def test_an_empty_directory_has_no_version(tmp_path: Path, directory: str) -> None:
    versions = Versions(tmp_path / directory)
    assert (versions.current(), versions.numbers()) == (None, [])
    with pytest.raises(EmptyWarehouse, match="chưa có dữ liệu; hãy chạy “cchc demo”"):
        open_warehouse(versions.directory)
    assert list(tmp_path.iterdir()) == []


def test_the_pointer_is_moved_in_one_step(versions: Versions) -> None:
    versions.point_to(2)
    assert versions.current() == 2
    versions.point_to(10)
    assert versions.current() == 10
    assert versions.pointer.read_bytes() == b"cchc-10.duckdb\n"
    versions.point_to(1)
    assert versions.current() == 1
    assert not (versions.directory / "CURRENT.new").exists()


@pytest.mark.parametrize("text", ["cchc-2.duckdb", " cchc-2.duckdb \r\n", "2"])
def test_the_pointer_may_be_written_by_hand(versions: Versions, text: str) -> None:
    versions.pointer.write_text(text, encoding="utf-8")
    assert versions.current() == 2


@pytest.mark.parametrize("text", ["cchc-3.duckdb", "", "cchc-.duckdb", "../cchc-2.duckdb", "cchc-²"])
def test_a_pointer_to_nothing_says_what_to_do(versions: Versions, text: str) -> None:
    versions.pointer.write_text(text, encoding="utf-8")
    with pytest.raises(FileNotFoundError) as problem:
        versions.current()
    assert str(problem.value) == (
        f"{versions.pointer}: trỏ tới “{text}” nhưng không có tệp đó; cần một tệp cchc-<số>.duckdb; "
        "hãy chạy “cchc rollback” để trở về một phiên bản còn giữ"
    )


def test_the_lock_holds_while_another_process_publishes(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    versions = Versions(tmp_path)
    assert versions.is_publishing()
    with pytest.raises(PublishingElsewhere, match="một tiến trình khác đang ghi"), versions.publishing():
        pytest.fail("two publishers at once")
    holder.communicate("", timeout=10)
    assert not versions.is_publishing()
    with versions.publishing():
        assert versions.is_publishing()
    assert not versions.is_publishing()


def test_a_second_publisher_waits_for_the_first(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin
    holder.stdin.close()
    with Versions(tmp_path).publishing(wait=30):
        assert holder.wait() == 0


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with Versions(tmp_path).publishing():
        assert Versions(tmp_path).is_publishing()


@pytest.mark.parametrize("text", ["", "not a number", "1"])
def test_what_stands_in_the_lock_file_does_not_matter(tmp_path: Path, text: str) -> None:
    lock(tmp_path).write_text(text, encoding="ascii")
    with Versions(tmp_path).publishing():
        assert Versions(tmp_path).is_publishing()


def test_the_lock_is_let_go_when_publishing_fails(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "new")
    with pytest.raises(ZeroDivisionError), versions.publishing():
        raise ZeroDivisionError
    assert not versions.is_publishing()
    with versions.publishing():
        pass


def test_a_version_in_force_is_never_dropped(versions: Versions) -> None:
    versions.point_to(1)
    versions.drop_old()
    assert versions.numbers() == [1, 10]
