"""`python -m benchmarks.one_more`: what it costs to publish one more report into a warehouse that holds many.

It is published by a process of its own into a copy, so that the warehouse stays as it is and the memory is its own.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from loaders.form import all_forms
from loaders.load import Options, load_file
from tests.loaders.readers.make import golden_report, write_xlsx
from warehouse.model import Report, batch_of
from warehouse.periods import parse_period
from warehouse.store import open_warehouse
from warehouse.versions import Versions
from warehouse.versions.publish import publish

_GOLDEN, _UNIT, _PERIOD = "nam-thanh-mien_2025-12M", "00004@2025-07-01", "2026-9M"  # a commune of today
_MOST_ROWS = 500  # by which one report can change how many facts there are; it replaces a simulated one


@dataclass(frozen=True)
class Cost:
    """One publication: seconds by the clock, the most memory in MB, and bytes a fact of the version file after it."""

    facts: int
    seconds: float
    memory: float
    bytes_a_fact: float


def measure(directory: Path, folder: Path) -> Cost:
    """Copy a warehouse into `folder` and publish one more report there, in a process of its own."""
    versions = Versions(directory)
    copy = Versions(folder / "copy")
    copy.directory.mkdir()
    shutil.copy(versions.path(versions.current() or 0), copy.directory)
    copy.point_to(versions.current() or 0)
    command = [sys.executable, "-m", "benchmarks.one_more", "--into", str(copy.directory)]
    seconds, memory = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    before = _facts(directory)
    published = open_warehouse(copy.directory)
    published.connection.close()
    facts = _facts(copy.directory)
    if abs(facts - before) > _MOST_ROWS:
        raise RuntimeError(f"{before} facts before, {facts} with one more report")
    return Cost(facts, seconds, memory, published.path.stat().st_size / facts)


def _facts(directory: Path) -> int:
    with open_warehouse(directory).connection as connection:
        ((facts,),) = connection.execute("SELECT count(*) FROM fact").fetchall()
    return int(facts)


def _publish_into(directory: Path) -> tuple[float, float]:
    """The seconds of publishing, and the most memory of this process in MB."""
    with TemporaryDirectory() as folder:
        report = _made(Path(folder))
    started = perf_counter()
    publish(directory, batch_of([report]), all_forms(), action="load")
    seconds = perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _made(folder: Path) -> Report:
    """A made report, read from its file as any other, for a commune and period that the simulation has too."""
    printed = golden_report(_GOLDEN, "Kết quả công tác cải cách hành chính 9 tháng đầu năm 2026", "phường Ngọc Hà")
    loaded = load_file(
        write_xlsx(printed, folder / f"{_UNIT}-{_PERIOD}.xlsx", numbers=True), Options(_UNIT, parse_period(_PERIOD))
    )
    if loaded.report is None:
        raise RuntimeError(f"the made report is not read: {loaded}")
    return loaded.report


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print what it cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_more", description=__doc__)
    parser.add_argument("--warehouse", type=Path, metavar="DIR", help="is copied")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there too")
    asked = parser.parse_args(arguments)
    if asked.into:
        print(json.dumps(_publish_into(asked.into)))
        return 0
    if not asked.warehouse:
        parser.error("--warehouse is needed")
    with TemporaryDirectory() as folder:
        cost = measure(asked.warehouse, Path(folder))
    print(
        f"One more report into {cost.facts} facts: {cost.seconds:.1f} s, at most {cost.memory:.0f} MB of memory; "
        f"{cost.bytes_a_fact:.1f} bytes a fact."
    )
    if asked.json:
        asked.json.write_text(json.dumps(asdict(cost), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
