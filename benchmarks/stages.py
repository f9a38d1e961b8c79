"""Where the time of reading a file goes, beside what the plain script takes for the same rows.

The product and the script run in a process each, as they do in use: what one of them leaves in memory is no burden to
the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from time import process_time

from benchmarks.clock import clocked
from benchmarks.made import FAMILIES, MadeFile
from benchmarks.plain import plain_rows
from loaders.annexes import find_annexes
from loaders.load import load_file
from loaders.readers import read_document
from loaders.workers import main_unnamed

_PART = len(FAMILIES)  # files in a row: one of each form family
_MOST_ROUNDS = 5


@dataclass(frozen=True)
class Stages:
    """Milliseconds of processor time a file, medians of the rounds.

    `load` ends with the report: form, unit, period, observations, figures of the running text. `read`, a part of it,
    ends with paragraphs and tables. `rows` is reading up to the annex rows, which is all that `plain` has in the end.
    `times_as_fast` is how many times as long the plain script takes for the same rows, the median of the rounds too.
    """

    read: float
    load: float
    rows: float
    plain: float
    times_as_fast: float


def rounds(files: Sequence[MadeFile]) -> list[tuple[Sequence[MadeFile], Sequence[MadeFile]]]:
    """The files of each round: those both read up to the rows, and those the product loads; the first part warms up.

    The product remembers labels and figures it has met. It may profit from that as in a real load, from one file for
    the next: so it meets each file once only, and every part has all form families.
    """
    parts = [files[start : start + _PART] for start in range(0, len(files), _PART)]
    parts = parts[1:] or parts
    return list(zip(parts[::2], parts[1::2] or parts, strict=False))[:_MOST_ROUNDS]


def measure(
    kinds: Mapping[str, Sequence[MadeFile]], progress: Callable[[], object] = lambda: None
) -> dict[str, Stages]:
    """Measure the files of each format, all ways in turn within each round; `progress` is told of every round."""
    with main_unnamed(), _process() as product, _process() as script:
        return {kind: _measure(files, product, script, progress) for kind, files in kinds.items()}


def _measure(files: Sequence[MadeFile], product: Executor, script: Executor, progress: Callable[[], object]) -> Stages:
    product.submit(_load, files[:_PART]).result()
    script.submit(_plain, files[:_PART]).result()
    found: list[tuple[float, ...]] = []
    for one, other in rounds(files):
        plain = script.submit(_plain, one).result()
        rows = product.submit(_rows, one).result()
        found.append((*product.submit(_load, other).result(), rows, plain, plain / rows))
        progress()
    return Stages(*map(median, zip(*found, strict=True)))


@contextmanager
def _process() -> Iterator[Executor]:
    """A process of its own, as those that read files for `cchc load`."""
    with ProcessPoolExecutor(1, get_context("forkserver")) as process:
        yield process


def _plain(files: Sequence[MadeFile]) -> float:
    return _milliseconds(lambda file: plain_rows(file.kind, file.path), files)


def _rows(files: Sequence[MadeFile]) -> float:
    return _milliseconds(lambda file: find_annexes(read_document(file.path)), files)


def _load(files: Sequence[MadeFile]) -> tuple[float, float]:
    """Milliseconds a file for reading, and for all of loading."""
    with clocked("loaders.load", "read_document", process_time) as reading:
        load = _milliseconds(lambda file: load_file(file.path), files)
    return 1000 * sum(reading) / len(files), load


def _milliseconds(way: Callable[[MadeFile], object], files: Sequence[MadeFile]) -> float:
    started = process_time()
    for file in files:
        way(file)
    return (process_time() - started) * 1000 / len(files)
