"""Version files and the pointer: `cchc-<n>.duckdb` beside `CURRENT`, a text file that names the one in force.

A version is never changed once the pointer names it; a new one is built beside it and the pointer is
moved in one step, so a reader sees a whole version, old or new.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

_PREFIX, _SUFFIX = "cchc-", ".duckdb"
_KEPT = 5


class PublishingElsewhere(RuntimeError):
    """Another process is publishing into the same directory."""


@dataclass(frozen=True)
class Versions:
    """The version files of one warehouse directory."""

    directory: Path

    @property
    def pointer(self) -> Path:
        """The text file that names the version in force."""
        return self.directory / "CURRENT"

    def path(self, number: int) -> Path:
        """The file of version `number`, there or not."""
        return self.directory / f"{_PREFIX}{number}{_SUFFIX}"

    def building(self, number: int) -> Path:
        """Where version `number` is made before it is finished."""
        return self.directory / f"building-{number}.tmp"

    def sweep(self) -> None:
        """Remove what is half built, and its write-ahead log, which would be replayed into the next of that number."""
        for left in (*self.directory.glob("building-*.tmp*"), self.directory / "CURRENT.new"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)  # what did not fit into memory
            else:
                left.unlink(missing_ok=True)

    def drop_old(self) -> None:
        """Keep the last few versions for a return to them, and the one in force; who reads an older one keeps it."""
        numbers, current = self.numbers(), self.named()
        for number in numbers:
            if number <= numbers[-1] - _KEPT and number != current:
                with suppress(OSError):  # where a file that is read cannot be removed, it is removed the next time
                    self.path(number).unlink(missing_ok=True)

    def named(self) -> int | None:
        """The number that the pointer names, there or not; null when it names none."""
        try:
            return self.current()
        except FileNotFoundError:
            return None

    def numbers(self) -> list[int]:
        """The numbers of the finished versions, in order."""
        stems = (path.stem.removeprefix(_PREFIX) for path in self.directory.glob(f"{_PREFIX}*{_SUFFIX}"))
        return sorted(int(stem) for stem in stems if stem.isdecimal())

    def current(self) -> int | None:
        """The number of the version in force; null in an empty directory."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        number = name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
        if not number.isdecimal() or not self.path(int(number)).exists():
            raise FileNotFoundError(
                f"{self.pointer}: trỏ tới “{name}” nhưng không có tệp đó; cần một tệp {_PREFIX}<số>{_SUFFIX}; hãy "
                "chạy “cchc rollback” để trở về một phiên bản còn giữ"
            )
        return int(number)

    def point_to(self, number: int) -> None:
        """Put version `number` in force, in one step that survives a power cut."""
        sync_directory(self.directory)
        pending = self.directory / "CURRENT.new"
        with pending.open("w", encoding="utf-8") as file:
            file.write(self.path(number).name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self.pointer)
        sync_directory(self.directory)

    @contextmanager
    def publishing(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the lock of the one publisher, which the system lets go when a process dies.

        Waits up to `wait` seconds for another one; then raises `PublishingElsewhere`.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        lock = self._lock()
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise PublishingElsewhere(
                f"{lock.lock_file}: một tiến trình khác đang ghi vào kho dữ liệu này, đã chờ {wait:.0f} giây; "
                "hãy chờ nó xong rồi chạy lại"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def is_publishing(self) -> bool:
        """Whether some process holds the lock now."""
        try:
            with self._lock().acquire(timeout=0):
                return False
        except Timeout:
            return True

    def _lock(self) -> BaseFileLock:
        return FileLock(self.directory / "LOCK", is_singleton=False, thread_local=False)


def sync_directory(directory: Path) -> None:
    """Make renames in a directory survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
