"""Version files and the pointer: `cchc-<n>.duckdb` beside `CURRENT`, a text file that names the one in force.

A version is never changed once the pointer names it; a new one is built beside it and the pointer is
moved in one step, so a reader sees a whole version, old or new.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PREFIX, _SUFFIX = "cchc-", ".duckdb"


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

    def before(self) -> int | None:
        """The version before the one in force; the newest kept where the pointer names none."""
        try:
            current = self.current()
        except FileNotFoundError:
            current = None
        return max((number for number in self.numbers() if current is None or number < current), default=None)

    def point_to(self, number: int) -> None:
        """Put version `number` in force, in one step that survives a power cut."""
        pending = self.directory / "CURRENT.new"
        with pending.open("w", encoding="utf-8") as file:
            file.write(self.path(number).name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self.pointer)

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the lock of the one publisher; a lock whose process is gone is taken over."""
        self.directory.mkdir(parents=True, exist_ok=True)
        lock = self.directory / "PUBLISHING"
        _take(lock)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _take(lock: Path) -> None:
    for _ in range(2):
        try:
            with lock.open("x", encoding="ascii") as file:
                file.write(str(os.getpid()))
            return
        except FileExistsError:
            owner = lock.read_text(encoding="ascii").strip()
            if owner.isdecimal() and _alive(int(owner)):
                break
            lock.unlink(missing_ok=True)
    raise PublishingElsewhere(f"{lock}: một tiến trình khác đang ghi vào kho dữ liệu này; hãy chờ nó xong rồi chạy lại")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
