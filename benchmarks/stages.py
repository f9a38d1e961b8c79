"""Where the time of reading a file goes, beside what the plain script takes for the same rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from benchmarks.clock import clocked
from benchmarks.made import FAMILIES, MadeFile
from benchmarks.plain import plain_rows
from loaders.annexes import find_annexes
from loaders.load import load_file
from loaders.readers import read_document

_PART = len(FAMILIES)  # files in a row: one of each form family


@dataclass(frozen=True)
class Stages:
    """Milliseconds of processor time a file, medians of the rounds.

    `load` ends with the report: form, unit, period, observations, figures of the running text. `read`, a part of it,
    ends with paragraphs and tables. `rows` is reading up to the annex rows, which is all that `plain` has in the end.
    """

    read: float
    load: float
    rows: float
    plain: float

    @property
    def times_as_fast(self) -> float:
        """How many times as long the plain script takes for the same rows."""
        return self.plain / self.rows


def measure(files: Sequence[MadeFile]) -> Stages:
    """Measure files of one format, all ways in turn within each round.

    The product remembers labels and figures it has met. It may profit from that as in a real load, from one file for
    the next: so it meets each file once only, and every part has all form families.
    """
    parts = [files[start : start + _PART] for start in range(0, len(files), _PART)]
    warming, parts = parts[0], parts[1:] or parts
    for file in warming:
        load_file(file.path)
        plain_rows(file.kind, file.path)
    rounds = [_round(one, other) for one, other in zip(parts[::2], parts[1::2] or parts, strict=False)]
    return Stages(*map(median, zip(*rounds, strict=True)))


def _round(one: Sequence[MadeFile], other: Sequence[MadeFile]) -> tuple[float, float, float, float]:
    """Milliseconds a file, in the order of `Stages`."""
    plain = _milliseconds(lambda file: plain_rows(file.kind, file.path), one)
    rows = _milliseconds(lambda file: find_annexes(read_document(file.path)), one)
    with clocked("loaders.load", "read_document", process_time) as reading:
        load = _milliseconds(lambda file: load_file(file.path), other)
    return 1000 * sum(reading) / len(other), load, rows, plain


def _milliseconds(way: Callable[[MadeFile], object], files: Sequence[MadeFile]) -> float:
    started = process_time()
    for file in files:
        way(file)
    return (process_time() - started) * 1000 / len(files)
