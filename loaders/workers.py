"""Files are read in child processes with limits, so that no file can take down a batch or the server.

The file libraries themselves can abort, hang or fill the memory on damaged or hostile files. A worker that dies or
passes its time is replaced, its file is refused, and the others go on.
"""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from time import monotonic
from types import ModuleType

from loaders.load import LoadedFile, Options, load_file
from loaders.problems import UnreadableFile
from loaders.readers.limits import ROWS
from warehouse.environment import setting

MEGABYTE = 1 << 20
_STARTING = Lock()


@dataclass(frozen=True)
class Limits:
    """What one file may cost: seconds of waiting, memory beyond the reader's own, its size on disk, and its rows."""

    seconds: float = 60.0
    memory_megabytes: int = 1536
    file_megabytes: int = 100
    rows: int = 20_000

    @classmethod
    def from_environment(cls) -> "Limits":
        """What `CCHC_READ_SECONDS`, `…_MEMORY_MB`, `…_FILE_MB` and `…_ROWS` say; raises `WrongSetting`."""
        return cls(
            seconds=setting("CCHC_READ_SECONDS", cls.seconds),
            memory_megabytes=int(setting("CCHC_READ_MEMORY_MB", cls.memory_megabytes)),
            file_megabytes=int(setting("CCHC_READ_FILE_MB", cls.file_megabytes)),
            rows=int(setting(ROWS, cls.rows)),
        )


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    position: int | None = None
    deadline: float = 0.0


def load_in_workers(
    paths: Sequence[Path],
    options: Options | Sequence[Options] = Options(),
    limits: Limits | None = None,
    progress: Callable[[LoadedFile], None] = lambda _: None,
) -> list[LoadedFile]:
    """Read every file, in as many processes as there are processors; the outcomes in the order of `paths`.

    `options` are those of all files, or of each. Without `limits` those of the environment hold.
    """
    outcomes: dict[int, LoadedFile] = {}
    each = [options] * len(paths) if isinstance(options, Options) else options
    for position, outcome in _outcomes(paths, each, limits or Limits.from_environment()):
        outcomes[position] = outcome
        progress(outcome)
    return [outcomes[position] for position in range(len(paths))]


def _outcomes(paths: Sequence[Path], options: Sequence[Options], limits: Limits) -> Iterator[tuple[int, LoadedFile]]:
    waiting: deque[int] = deque()
    for position, path in enumerate(paths):
        if (refused := _too_large(path, limits)) is None:
            waiting.append(position)
        else:
            yield position, refused
    workers = [_start(limits) for _ in range(min(os.cpu_count() or 1, len(waiting)))]
    try:
        for worker in workers:
            _give(worker, waiting, paths, options, limits)
        while any(worker.position is not None for worker in workers):
            _wait_for(workers)
            for number, worker in enumerate(workers):
                found = _collect(worker, paths, limits)
                if found is None:
                    continue
                yield found
                if not worker.process.is_alive():
                    workers[number] = _start(limits)
                _give(workers[number], waiting, paths, options, limits)
    finally:
        for worker in workers:
            _stop(worker)


def _wait_for(workers: list[_Worker]) -> None:
    """Sleep until a busy worker answers, dies or is out of time."""
    busy = [worker for worker in workers if worker.position is not None]
    nearest = min(worker.deadline for worker in busy)
    wait([worker.connection for worker in busy], timeout=max(0.0, nearest - monotonic()))


def _collect(worker: _Worker, paths: Sequence[Path], limits: Limits) -> tuple[int, LoadedFile] | None:
    """The outcome of a worker's file, null while it is still at work."""
    if worker.position is None:
        return None
    position = worker.position
    if worker.connection.poll():
        try:
            outcome: LoadedFile = worker.connection.recv()
        except (EOFError, OSError):
            outcome = _broken(paths[position], "trình đọc dừng đột ngột khi đọc tệp này")
            _stop(worker)
    elif monotonic() >= worker.deadline:
        outcome = _broken(paths[position], f"đọc quá {limits.seconds:.0f} giây vẫn chưa xong")
        _stop(worker)
    else:
        return None
    worker.position = None
    return position, outcome


def _give(
    worker: _Worker, waiting: deque[int], paths: Sequence[Path], options: Sequence[Options], limits: Limits
) -> None:
    if waiting:
        worker.position = waiting.popleft()
        worker.deadline = monotonic() + limits.seconds
        worker.connection.send((paths[worker.position], options[worker.position]))


def _start(limits: Limits) -> _Worker:
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, limits), daemon=True)
    with main_unnamed():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def main_unnamed() -> Iterator[None]:
    """While a child starts, hide the main module, which the child would run again for functions it does not need.

    The whole command line would be imported, which takes longer than reading dozens of files; in the web server the
    main module is even a page.
    """
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _context() -> ForkServerContext | SpawnContext:
    """Children start from a clean process that has the readers loaded; forking this one could inherit held locks."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["loaders.workers"])
    return context


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _serve(connection: Connection, limits: Limits) -> None:
    """The child: read what is asked until the parent goes away."""
    os.environ[ROWS] = str(limits.rows)
    _limit_memory(limits.memory_megabytes)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            path, options = connection.recv()
            connection.send(_read(path, options))


def _read(path: Path, options: Options) -> LoadedFile:
    try:
        return load_file(path, options)
    except MemoryError:
        return _broken(path, "đọc tệp này cần quá nhiều bộ nhớ")
    except RecursionError:
        return _broken(path, "cấu trúc lồng nhau quá sâu")


def _limit_memory(megabytes: int) -> None:
    """Allow `megabytes` beyond the address space in use; not every system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * MEGABYTE, resource.RLIM_INFINITY))


def _too_large(path: Path, limits: Limits) -> LoadedFile | None:
    with suppress(OSError):
        size = path.stat().st_size
        if size > limits.file_megabytes * MEGABYTE:
            return _broken(path, f"tệp {size // MEGABYTE} MB, lớn hơn giới hạn {limits.file_megabytes} MB")
    return None


def _broken(path: Path, found: str) -> LoadedFile:
    problem = UnreadableFile(
        place=path.name,
        found=found,
        expected="một tệp báo cáo đọc được trong giới hạn",
        action="mở tệp, lưu lại thành tệp mới rồi nạp lại",
    )
    return LoadedFile(path, None, problem)
