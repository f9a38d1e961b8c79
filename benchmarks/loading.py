"""`python -m benchmarks.loading`: make annex files of every format, load and publish them, and print what it took.

Wall-clock times hold only on a machine that does nothing else; the ratios to the plain script hold more widely.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from benchmarks.made import WRITERS, MadeFile, make_files
from benchmarks.publishing import Cost, publish, publish_in_turn
from benchmarks.stages import Stages, measure
from loaders.load import LoadedFile
from loaders.workers import load_in_workers


@dataclass(frozen=True)
class FormatResult:
    """One format: its files through the product's own path, and the stages of one file."""

    kind: str
    files: int
    rows: int
    files_a_second: float
    stages: Stages
    publication: Cost


@dataclass(frozen=True)
class Result:
    """A run: all files together, each format, and what publishing costs."""

    files: int
    rows: int
    processors: int
    load_seconds: float
    formats: tuple[FormatResult, ...]
    publications: tuple[Cost, ...]


def run(folder: Path, count: int, seed: int = 1, shows_progress: bool = False) -> Result:
    """Make `count` files below `folder` and measure; raises `RuntimeError` where a file is not read as made."""
    files = make_files(folder / "files", count, seed)
    kinds = list(dict.fromkeys(file.kind for file in files))
    started = perf_counter()
    loaded = _load(files, shows_progress)
    load_seconds = perf_counter() - started
    reports = [file.report for file in loaded if file.report]
    return Result(
        files=len(files),
        rows=sum(file.rows for file in loaded),
        processors=os.cpu_count() or 1,
        load_seconds=load_seconds,
        formats=tuple(_format(folder, kind, [file for file in files if file.kind == kind]) for kind in kinds),
        publications=tuple(publish_in_turn(folder / "all", reports)),
    )


def _format(folder: Path, kind: str, files: Sequence[MadeFile]) -> FormatResult:
    started = perf_counter()
    loaded = _load(files)
    seconds = perf_counter() - started
    return FormatResult(
        kind=kind,
        files=len(files),
        rows=sum(file.rows for file in loaded),
        files_a_second=len(files) / seconds,
        stages=measure(files),
        publication=publish(folder / kind, [file.report for file in loaded if file.report], 0),
    )


def _load(files: Sequence[MadeFile], shows_progress: bool = False) -> list[LoadedFile]:
    """The files as `cchc load` reads them."""
    with tqdm(total=len(files), unit="file", disable=not shows_progress) as bar:
        loaded = load_in_workers([file.path for file in files], progress=lambda _: bar.update())
    wrong = [made.path.name for made, file in zip(files, loaded, strict=True) if not _as_made(made, file)]
    if wrong:
        raise RuntimeError(f"not read as they were made: {', '.join(wrong[:5])}")
    return loaded


def _as_made(made: MadeFile, file: LoadedFile) -> bool:
    if file.report is None:
        return False
    return (file.report.unit_code, file.report.period, file.rows) == (made.unit_code, made.period, made.rows)


def tell(result: Result, out: TextIO) -> None:
    """Print a result as Markdown tables."""
    pace = result.files / result.load_seconds
    print(
        f"{result.files} files, {result.rows} rows: read in {result.load_seconds:.1f} s on {result.processors} "
        f"processors ({pace:.0f} files a second, start of the processes included)\n\n"
        "| format | files/s | read | match, extract | check | publish | rows a file | plain script | times as fast |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        file=out,
    )
    for each in result.formats:
        stages, cost = each.stages, each.publication
        checks, rest = (1000 * part / cost.reports for part in (cost.checks, cost.seconds - cost.checks))
        print(
            f"| {each.kind} | {each.files_a_second:.0f} | {stages.read:.1f} | {stages.load - stages.read:.1f} "
            f"| {checks:.1f} | {rest:.1f} | {each.rows / each.files:.0f} | {stages.plain:.1f} "
            f"| {stages.times_as_fast:.1f} |",
            file=out,
        )
    print("\nMilliseconds a file; “times as fast” is the plain script against reading the same rows.\n", file=out)
    for cost in result.publications:
        print(
            f"Publishing {cost.reports} into a warehouse of {cost.held_before}: {cost.seconds:.2f} s, "
            f"{cost.checks:.2f} of them in the checks",
            file=out,
        )


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
