"""`python -m benchmarks.loading`: make annex files of every format, load and publish them, and print what it took.

All but the total are processor times: those of the clock hold only on a machine that does nothing else.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from benchmarks.made import WRITERS, MadeFile, make_files
from benchmarks.publishing import Cost, publish_clocked, publish_in_turn
from benchmarks.stages import Stages, measure, rounds
from loaders.load import LoadedFile
from loaders.workers import load_in_workers
from warehouse.model import Report


@dataclass(frozen=True)
class FormatResult:
    """One format: how many files and annex rows, the stages of one file, and what publishing all of them cost."""

    kind: str
    files: int
    rows: int
    stages: Stages
    publication: Cost

    def files_a_second(self, processors: int) -> float:
        """How many files so many processors read."""
        return processors * 1000 / self.stages.load


@dataclass(frozen=True)
class Result:
    """A run: when and where, all files together, each format, and what publishing costs."""

    measured_on: str
    files: int
    rows: int
    processors: int
    load_seconds: float
    formats: tuple[FormatResult, ...]
    publications: tuple[Cost, ...]


def run(folder: Path, count: int, seed: int = 1, shows_progress: bool = False) -> Result:
    """Make `count` files below `folder` and measure; raises `RuntimeError` where a file is not read as made."""
    measured_on = _machine()
    bar = partial(tqdm, disable=not shows_progress)
    with bar(desc="make", total=count, unit="file") as made:
        files = make_files(folder / "files", count, seed, made.update)
    started = perf_counter()
    with bar(desc="load", total=count, unit="file") as read:
        loaded = _load(files, read.update)
    load_seconds = perf_counter() - started
    kinds = {kind: [file for file in files if file.kind == kind] for kind in dict.fromkeys(file.kind for file in files)}
    with bar(desc="measure", total=sum(len(rounds(each)) for each in kinds.values()), unit="round") as measured:
        stages = measure(kinds, measured.update)
    found = dict(zip((file.path for file in files), loaded, strict=True))
    formats = [
        _format(folder / kind, stages[kind], each, [found[file.path] for file in each])
        for kind, each in bar(kinds.items(), desc="publish", unit="format")
    ]
    return Result(
        measured_on=measured_on,
        files=len(files),
        rows=sum(file.rows for file in loaded),
        processors=os.cpu_count() or 1,
        load_seconds=load_seconds,
        formats=tuple(formats),
        publications=tuple(publish_in_turn(folder / "all", _reports(loaded))),
    )


def _format(folder: Path, stages: Stages, made: Sequence[MadeFile], loaded: Sequence[LoadedFile]) -> FormatResult:
    return FormatResult(
        kind=made[0].kind,
        files=len(made),
        rows=sum(file.rows for file in loaded),
        stages=stages,
        publication=publish_clocked(folder, _reports(loaded)),
    )


def _reports(loaded: Sequence[LoadedFile]) -> list[Report]:
    return [file.report for file in loaded if file.report]


def _load(files: Sequence[MadeFile], progress: Callable[[], object]) -> list[LoadedFile]:
    """The files as `cchc load` reads them."""

    def one_more(_: LoadedFile) -> None:
        progress()

    loaded = load_in_workers([file.path for file in files], progress=one_more)
    wrong = [made.path.name for made, file in zip(files, loaded, strict=True) if not _as_made(made, file)]
    if wrong:
        raise RuntimeError(f"not read as they were made: {', '.join(wrong[:5])}")
    return loaded


def _as_made(made: MadeFile, file: LoadedFile) -> bool:
    if file.report is None:
        return False
    return (file.report.unit_code, file.report.period, file.rows) == (made.unit_code, made.period, made.rows)


def tell(result: Result, out: TextIO) -> None:
    """Print a result as Markdown, ready for `benchmarks/README.md`."""
    pace = result.files / result.load_seconds
    print(
        f"{result.measured_on}. {result.files} files, {result.rows} rows: loaded in {result.load_seconds:.0f} s on "
        f"{result.processors} processors ({pace:.0f} files a second by the clock, start of the processes included).\n\n"
        "| format | rows a file | files/s | read | match, extract | check | publish "
        "| the same rows | plain script | ratio |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        file=out,
    )
    for each in result.formats:
        print(_line(each, result.processors), file=out)
    print("\n| published | into | seconds | of them checks |\n|--:|--:|--:|--:|", file=out)
    for cost in result.publications:
        print(f"| {cost.reports} | {cost.held_before} | {cost.seconds:.2f} | {cost.checks:.2f} |", file=out)


def _line(each: FormatResult, processors: int) -> str:
    stages, cost = each.stages, each.publication
    checks, rest = (1000 * part / cost.reports for part in (cost.checks, cost.seconds - cost.checks))
    return (
        f"| {each.kind} | {each.rows / each.files:.0f} | {each.files_a_second(processors):.0f} "
        f"| {stages.read:.1f} | {stages.load - stages.read:.1f} | {checks:.1f} | {rest:.1f} "
        f"| {stages.rows:.1f} | {stages.plain:.1f} | {stages.times_as_fast:.1f} |"
    )


def _machine() -> str:
    """The day, the machine, and how much else it had to do at the start."""
    load = f", load average {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    return f"{date.today()}, {platform.machine()}, Python {platform.python_version()}{load}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, metavar="N", help="how many files, of all formats together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there too")
    asked = parser.parse_args(arguments)
    if asked.files < len(WRITERS):
        parser.error(f"at least one file a format: {len(WRITERS)}")
    with TemporaryDirectory() as folder:
        result = run(Path(folder), asked.files, asked.seed, shows_progress=True)
    tell(result, sys.stdout)
    if asked.json:
        asked.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
