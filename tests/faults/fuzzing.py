"""Damaged files: made in every format, then changed at random, in their bytes and inside their packages."""

import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "loaders" / "readers"))

from make import SAMPLE, WRITERS
from scene import report_text

from loaders.load import LoadedFile
from loaders.workers import Limits, load_in_workers

FORMATS = ("docx", "xlsx", "xls", "ods", "html", "pdf", "txt")
LIMITS = Limits(seconds=60)
_STOPPED = "dừng đột ngột"
_LATE = "vẫn chưa xong"


@dataclass
class Fuzzed:
    """How many inputs of a format were tried: read, refused, refused because the reader died or took too long."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    died: int = 0
    late: int = 0
    problems: list[str] = field(default_factory=list)


def fuzz(kind: str, count: int, seed: int) -> Fuzzed:
    """Load `count` damaged files of one format in workers, as `cchc load` does."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = _whole(kind, folder).read_bytes()
        paths = []
        for number in range(count):
            path = folder / f"{number}.{kind}"
            path.write_bytes(chance.choice(_WAYS)(whole, chance))
            paths.append(path)
        files = load_in_workers(paths, limits=LIMITS)
    found = Fuzzed(tried=count)
    for file in files:
        _count(found, file)
    return found


def _count(found: Fuzzed, file: LoadedFile) -> None:
    if file.report is not None:
        found.read += 1
        wrong = [row for row in file.report.observations if (row.status == "reported") != (row.value is not None)]
        if wrong or not file.report.observations:
            found.problems.append(f"{file.path.name}: a report with rows that are none: {wrong[:1]}")
        return
    if file.problem is None:
        found.problems.append(f"{file.path.name}: neither a report nor a problem")
        return
    found.refused += 1
    found.died += _STOPPED in file.problem.found
    found.late += _LATE in file.problem.found


def _whole(kind: str, folder: Path) -> Path:
    if kind == "txt":
        path = folder / "whole.txt"
        path.write_text(report_text("Hoằng Hợp", 494, 450), encoding="utf-8")
        return path
    return WRITERS[kind](SAMPLE, folder / f"whole.{kind}")


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _moved(data: bytes, chance: random.Random) -> bytes:
    """A piece written again somewhere else."""
    start, to = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 4096)]
    return data[:to] + piece + data[to + chance.choice((0, len(piece))) :]


def _package(data: bytes, chance: random.Random) -> bytes:
    """One member of a zip package changed inside, so that the damage gets past the check sums."""
    if not data.startswith(b"PK"):
        return _moved(data, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        chosen = chance.choice(names)
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, chance.choice(_MEMBER_WAYS)(inside, chance) if name == chosen else inside)
    return made.getvalue()


def _marked(data: bytes, chance: random.Random) -> bytes:
    """Signs that mean something to a parser, put in anywhere."""
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(_SIGNS) + data[at:]


def _numbered(data: bytes, chance: random.Random) -> bytes:
    """A run of digits replaced by a number that nobody expects."""
    places = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not places:
        return _flipped(data, chance)
    at = chance.choice(places)
    return data[:at] + chance.choice(_NUMBERS) + data[at + 1 :]


_SIGNS = (
    b"<",
    b">",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE x>",
    b"\x00",
    b"\xff\xfe",
    b"\t\t\t",
    b"|||",
    b"<table>" * 50,
    b"=1+1",
)
_NUMBERS = (b"-1", b"99999999999999999999", b"1e999", b"NaN", b"0", b"1048577", b"\xd9\xa3", b"2147483648")
_MEMBER_WAYS = (_flipped, _cut, _moved, _marked, _numbered, _numbered)
_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped,
    _cut,
    _moved,
    _marked,
    _numbered,
    _package,
    _package,
)


def every_format(count: int, seed: int) -> Iterator[tuple[str, Fuzzed]]:
    """`count` damaged files of each format."""
    for kind in FORMATS:
        yield kind, fuzz(kind, count, seed)
