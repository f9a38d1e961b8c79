"""Reading a warehouse: the version in force, opened read-only, and questions put to it as `.sql` files.

A reader keeps the version it opened; a new version is a new file, so nobody waits and nobody sees half a load.
"""

import os
import warnings
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Event, Lock
from typing import Any, Protocol, TypeVar

import duckdb
import polars as pl
from cachetools import LRUCache

from warehouse.environment import setting
from warehouse.frames import with_text
from warehouse.versions import Versions

QUERIES = Path(__file__).parent / "queries"
_TRIES = 3
_RECALLED = 50_000_000  # bytes of small answers kept to be asked for again
_HELD_MEGABYTES = 400  # the country on all maps takes 282
_MOST_THREADS = 256
ENTRY_BYTES = 12_000  # what a small frame takes besides its values, with its key: measured, not given by Polars


class Weighed(Protocol):
    """What tells how much of memory it takes."""

    def estimated_size(self) -> int | float:
        """Bytes."""


Kept = TypeVar("Kept")
Heavy = TypeVar("Heavy", bound=Weighed)
# `cursor.sql(...).pl()`, which it proposes, plans a question twice; most of these cost more to plan than to run.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)


class EmptyWarehouse(FileNotFoundError):
    """There is no published version in the directory yet."""


class BrokenFile(OSError):
    """A version file that cannot be read whole."""


class Room:
    """What was made, up to so many bytes: what was asked for longest ago makes room. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        """So many bytes at most."""
        self._kept: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=_bytes)
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Heavy]) -> Heavy:
        """What was made for the key before, else what is made now: by one, while others who want it wait."""
        with self._lock:
            found: Heavy | None = self._kept.get(key)
            if found is not None:
                return found
            gate = self._making.setdefault(key, Lock())
        with gate:
            with self._lock:
                found = self._kept.get(key)
            try:
                if found is None:
                    found = make()
                with self._lock, suppress(ValueError):  # one larger than all the room there is
                    self._kept[key] = found
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return found

    @property
    def left(self) -> int:
        """How many bytes are not taken."""
        with self._lock:
            return int(self._kept.maxsize - self._kept.currsize)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()


@dataclass(frozen=True)
class Warehouse:
    """One version of a warehouse, open for reading. Safe to share between threads."""

    number: int
    path: Path
    connection: duckdb.DuckDBPyConnection
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    recalled: "Room" = field(default_factory=lambda: Room(_RECALLED), compare=False, repr=False)
    held: "Room" = field(default_factory=lambda: Room(_room()), compare=False, repr=False)
    forgotten: Event = field(default_factory=Event, compare=False, repr=False)

    def ask(self, question: str, parameters: Mapping[str, Any] | None = None, as_text: bool = True) -> pl.DataFrame:
        """The answer to `queries/<question>.sql` with its `$named` parameters; every run has its own cursor.

        Codes are text, or categories, which take less room, unless `as_text`.
        """
        with self.connection.cursor() as cursor:
            rows = pl.DataFrame(cursor.execute(question_sql(question), dict(parameters or {})).to_arrow_table())
            return with_text(rows) if as_text else rows

    def recall(self, question: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """The same, kept while there is room: for an answer that several others start from. Not to be changed."""
        values = (tuple(value) if isinstance(value, list) else value for value in parameters.values())
        return self.recalled.get(
            (question, *zip(parameters, values, strict=True)), lambda: self.ask(question, parameters)
        )

    def hold(self, key: Hashable, make: Callable[[], Heavy]) -> Heavy:
        """What `make` gives, large and the same for many questions, kept while there is room."""
        return self.held.get(key, make)

    def forget(self) -> None:
        """Let go of answers: a newer version is in force. Whoever still reads this one asks again."""
        self.forgotten.set()
        self.recalled.clear()
        self.held.clear()

    def remembered(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once: a version never changes. Only for what is small and asked for by all."""
        if name not in self.memory:
            self.memory[name] = make()
        kept: Kept = self.memory[name]
        return kept


def _room() -> int:
    """How many bytes may be held."""
    return int(setting("CCHC_HELD_MB", _HELD_MEGABYTES) * 1e6)


def _bytes(kept: Weighed) -> int:
    return int(kept.estimated_size()) + ENTRY_BYTES


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
    for _ in range(_TRIES):
        try:
            return of_this_program(open_version(versions.path(number)))
        except BrokenFile:
            moved = versions.current()
            if moved in {None, number}:
                raise
            number = moved  # it was dropped while it was opened, after several new ones
    return of_this_program(open_version(versions.path(number)))


def of_this_program(warehouse: Warehouse) -> Warehouse:
    """The same; raises `BrokenFile` for a version that an older program made, whose tables the questions do not fit."""
    if warehouse.ask("layout")["fits"][0]:
        return warehouse
    warehouse.connection.close()
    raise BrokenFile(
        f"{warehouse.path}: phiên bản này do chương trình cũ tạo, chương trình hiện nay không đọc được; hãy chạy “cchc "
        "rebuild” để dựng lại từ các tệp gốc, hoặc “cchc load TỆP…” để nạp thêm (số liệu cũ được chuyển sang)"
    )


def open_version(path: Path) -> Warehouse:
    """Open a version file; raises `BrokenFile` when it is cut short, damaged or locked by a program that writes.

    `CCHC_QUERY_THREADS` is how many threads DuckDB has for a question; its own choice is one a processor.
    """
    asked = int(setting("CCHC_QUERY_THREADS", _MOST_THREADS)) or 1
    threads: Any = {"threads": min(asked, _MOST_THREADS)} if os.environ.get("CCHC_QUERY_THREADS") else {}
    try:
        connection = duckdb.connect(str(path), read_only=True, config=threads)
    except duckdb.Error as error:
        raise _broken(path, str(error)) from error
    try:
        ((blocks, size, number),) = connection.execute(question_sql("wholeness")).fetchall()
        if path.stat().st_size < blocks * size:
            raise _broken(path, f"cần {blocks * size} byte, chỉ có {path.stat().st_size}")
    except (duckdb.Error, ValueError) as error:
        connection.close()
        raise _broken(path, str(error)) from error
    except BrokenFile:
        connection.close()
        raise
    return Warehouse(number, path, connection)


def _broken(path: Path, found: str) -> BrokenFile:
    if "Could not set lock" in found:
        return BrokenFile(f"{path}: chương trình khác đang mở tệp này để ghi ({found}); hãy đóng chương trình ấy lại")
    return BrokenFile(
        f"{path}: tệp phiên bản hỏng hoặc bị cắt cụt ({found}); cần một phiên bản nguyên vẹn; hãy chạy “cchc rollback” "
        "để trở về phiên bản trước, hoặc “cchc rebuild” để dựng lại từ các tệp gốc"
    )
