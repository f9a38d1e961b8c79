"""A warehouse with one report, two more to be loaded, and the commands run on it in processes that may be killed.

This process never opens a database itself: it forks, and what was opened does not survive a fork.
"""

import contextlib
import csv
import hashlib
import io
import os
import pickle
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import cli  # noqa: E402
import loaders.rebuild  # noqa: E402
from loaders.load import LoadedFile, Options, load_file  # noqa: E402
from warehouse.store import Warehouse, open_warehouse  # noqa: E402
from warehouse.versions import Versions  # noqa: E402
from warehouse.versions.audit import AuditLog  # noqa: E402

TABLES = ("report", "observation", "remark", "fact", "rate", "finding")
LEFT_OUT = {"report": "loaded_at"}


def report_text(name: str, received: int, on_time: int) -> str:
    """A commune's report as text: all rows of its form's annex, three of them filled in."""
    with (ROOT / "loaders" / "forms" / "thanh-hoa-commune-2024" / "rows.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["annex"] == "Phụ lục 01b"]
    printed = {"3.3.1": str(received), "3.3.2": str(on_time), "1.1.1": "20"}
    title = (
        f"UBND XÃ {name.upper()}",
        "BÁO CÁO",
        "Công tác cải cách hành chính 6 tháng đầu năm 2024",
        f"Xã {name}, huyện Hoằng Hóa, tỉnh Thanh Hóa",
        "",
        "Phụ lục 01b",
        "STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú",
    )
    lines = (
        "\t".join((row["code"], row["label"], row["unit_of_measure"], printed.get(row["code"], ""), "")) for row in rows
    )
    return "\n".join([*title, *lines, ""])


@dataclass(frozen=True)
class Scene:
    """Where the warehouses are made: `first` holds one report, `files` supersede it and add another."""

    folder: Path
    first: Path
    files: tuple[Path, ...]

    def copy(self) -> Path:
        """A fresh copy of the first warehouse."""
        directory = self.folder / "trial"
        shutil.rmtree(directory, ignore_errors=True)
        return shutil.copytree(self.first, directory)

    def load(self, directory: Path, workers: bool = False) -> int:
        """`cchc load` of the two files, in this process; files are read in it too unless `workers`."""
        return command("load", directory, *self.files, workers=workers)


def scene(folder: Path) -> Scene:
    """Make the files and the first version."""
    contents = {
        "first.txt": ("Hoằng Hợp", 494, 450),
        "later.txt": ("Hoằng Hợp", 500, 480),
        "other.txt": ("Hoằng Đức", 800, 700),
    }
    for name, (unit, received, on_time) in contents.items():
        (folder / name).write_text(report_text(unit, received, on_time), encoding="utf-8")
    made = Scene(folder, folder / "first", (folder / "later.txt", folder / "other.txt"))
    assert forked(lambda: command("load", made.first, folder / "first.txt")).value == 0
    return made


def command(name: str, directory: Path, *arguments: Path | str, workers: bool = False) -> int:
    """Run a command of the terminal without its words."""
    if not workers:
        cli.load_in_workers = loaders.rebuild.load_in_workers = _in_this_process  # type: ignore[assignment]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return cli.main([name, "--warehouse", str(directory), *map(str, arguments)])


def _in_this_process(
    paths: Sequence[Path], options: Options | Sequence[Options], progress: Callable[[LoadedFile], None]
) -> list[LoadedFile]:
    """Read without workers, which take longer to start than all the rest."""
    each = [options] * len(paths) if isinstance(options, Options) else options
    files = [load_file(path, option) for path, option in zip(paths, each, strict=True)]
    for file in files:
        progress(file)
    return files


# Processes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How a child ended: what its function returned, or that it was killed."""

    killed: bool
    value: Any


@dataclass
class Child:
    """A forked process and the pipe on which it answers."""

    process: int
    pipe: int

    def end(self) -> Ended:
        """Wait for it."""
        with os.fdopen(self.pipe, "rb") as answers:
            answer = answers.read()
        _, status = os.waitpid(self.process, 0)
        if os.WIFSIGNALED(status):
            return Ended(True, None)
        value = pickle.loads(answer)  # noqa: S301 - from our own child
        if isinstance(value, BaseException):
            raise value
        return Ended(False, value)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


def start(work: Callable[[], Any]) -> Child:
    """Run `work` in a child."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Child(process, reading)
    os.close(reading)
    try:
        answer: Any = work()
    except BaseException as error:  # told to the parent
        answer = AssertionError(f"{type(error).__name__}: {error}")
    with os.fdopen(writing, "wb") as answers:
        answers.write(pickle.dumps(answer))
    os._exit(0)


def forked(work: Callable[[], Any]) -> Ended:
    """Run `work` in a child to its end."""
    return start(work).end()


# States ---------------------------------------------------------------------------------------------------


def content(directory: Path, opened: Warehouse | None = None) -> dict[str, str]:
    """A digest of every table of the version in force, or of one `opened`; the moment of loading is left out."""
    warehouse = opened or open_warehouse(directory)
    found = {}
    for table in TABLES:
        without = f"EXCLUDE ({LEFT_OUT[table]})" if table in LEFT_OUT else ""
        rows = warehouse.connection.sql(f"SELECT * {without} FROM {table} ORDER BY ALL").fetchall()  # noqa: S608
        found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    if opened is None:
        warehouse.connection.close()
    return found


def state(directory: Path) -> dict[str, Any]:
    """All that is in a warehouse directory: content, version, files by name, originals, and what the log says."""
    paths = [path for path in directory.rglob("*") if path.is_file()]
    originals = [path for path in paths if path.parent.parent.name == "archive"]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in originals)
    return {
        "content": content(directory),
        "version": Versions(directory).current(),
        "files": sorted(str(path.relative_to(directory)) for path in paths),
        "published": [entry.version for entry in AuditLog(directory).entries() if entry.event == "published"],
        "open": AuditLog(directory).open_entry(),
    }


def state_of(directory: Path) -> dict[str, Any]:
    """The state, looked at from a process of its own."""
    found: dict[str, Any] = forked(lambda: state(directory)).value
    return found


def content_of(directory: Path) -> dict[str, str]:
    """The content, looked at from a process of its own."""
    found: dict[str, str] = forked(lambda: content(directory)).value
    return found
