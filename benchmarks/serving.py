"""How the dashboard answers visitors: `python -m benchmarks.serving [--warehouse DIR]`.

A server of its own is started as a user starts it, and visited over Streamlit's websocket: by one visitor who touches
every page, by a crowd, and by a few who leave it no pause, for what it keeps in memory. What is timed is an
interaction, from the message sent to the end of the script run; bytes are those on the wire.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TextIO

from benchmarks.visiting import PAGES, Interaction, Stay, alone, crowd
from tests.serving import free_port, started

_HERE = Path(__file__).parents[1]
_FEW = 4  # visitors who leave no pause
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spread:
    """How long interactions took and what they brought; milliseconds and bytes on the wire."""

    name: str
    count: int
    p50: float
    p95: float
    longest: float
    bytes_p50: int
    bytes_most: int
    errors: int


@dataclass(frozen=True)
class Load:
    """One way of visiting: all interactions together and by page; the server's processor time for one."""

    name: str
    everything: Spread
    parts: tuple[Spread, ...]
    processor_milliseconds: float
    seconds: float
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """A run of the benchmark; memory of the server in MB after so many interactions."""

    processors: int
    workers: int
    loads: tuple[Load, ...]
    memory: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Asked:
    """How much is done: interactions a page, the crowd with its pause and time in seconds, interactions for memory."""

    each: int = 100
    people: int = 200
    pause: float = 5.0
    seconds: float = 60.0
    memory: int = 10_000
    workers: int = 1
    seed: int = 1


def run(warehouse: Path, asked: Asked) -> Result:
    """Visit a server over a warehouse, each way of visiting a fresh one."""
    loads: list[Load] = []
    memory: list[tuple[int, float]] = []
    if asked.each:
        with _server(warehouse, asked.workers) as (address, process):
            loads.append(_clocked("1 visitor", process, alone(address, PAGES, asked.each, asked.seed)))
    if asked.people:
        with _server(warehouse, asked.workers) as (address, process):
            name = f"{asked.people} visitors, {asked.pause:g} s"
            visits = crowd(address, Stay(asked.people, asked.pause, asked.seconds), asked.seed)
            loads.append(_clocked(name, process, visits))
    if asked.memory:
        with _server(warehouse, asked.workers) as (address, process):
            memory = list(_memory(address, process, asked))
    return Result(os.cpu_count() or 1, asked.workers, tuple(loads), tuple(memory))


@contextmanager
def _server(warehouse: Path, workers: int) -> Iterator[tuple[str, int]]:
    """The address of a server and its process."""
    port = free_port()
    more = ("--workers", str(workers)) if workers > 1 else ()
    with started(warehouse, port, None, more) as process:
        yield f"http://127.0.0.1:{port}", process.pid


def _clocked(name: str, process: int, visits: Coroutine[None, None, list[Interaction]]) -> Load:
    begun, before = monotonic(), processor_seconds(process)
    done = asyncio.run(visits)
    seconds, used = monotonic() - begun, processor_seconds(process) - before
    pages = {page: [each for each in done if each.page == page] for page in PAGES}
    return Load(
        name,
        _spread("all", done),
        tuple(_spread(page, part) for page, part in pages.items() if part),
        1000 * used / len(done),
        seconds,
        tuple(f"{each.page} {each.kind}: {text}" for each in done for text in each.problems)[:20],
    )


def _spread(name: str, done: Sequence[Interaction]) -> Spread:
    times = sorted(each.milliseconds for each in done)
    sizes = sorted(each.received for each in done)
    return Spread(
        name,
        len(done),
        times[len(times) // 2],
        times[len(times) * 95 // 100],
        times[-1],
        sizes[len(sizes) // 2],
        sizes[-1],
        sum(bool(each.problems) for each in done),
    )


def _memory(address: str, process: int, asked: Asked) -> Iterator[tuple[int, float]]:
    """The server's memory after every tenth part of the interactions.

    Each part is four new sessions that do the same again: what grows then is not an answer kept for the first time.
    """
    yield 0, memory_megabytes(process)
    part = max(1, asked.memory // 10)
    for number in range(10):
        asyncio.run(crowd(address, Stay(_FEW, count=part // _FEW), asked.seed))
        yield (number + 1) * part, memory_megabytes(process)


def family(process: int) -> list[int]:
    """A process and all its children."""
    below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *(each for child in below for each in family(int(child)))]


def processor_seconds(process: int) -> float:
    """What a process and its children have used of the processors."""
    stats = [Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2] for each in family(process)]
    return sum(int(stat.split()[11]) + int(stat.split()[12]) for stat in stats) / _TICKS


def memory_megabytes(process: int) -> float:
    """What a process and its children hold in memory."""
    statuses = [Path(f"/proc/{each}/status").read_text(encoding="ascii") for each in family(process)]
    return sum(int(status.partition("VmRSS:")[2].split()[0]) for status in statuses if "VmRSS:" in status) / 1024


def tell(result: Result, out: TextIO) -> None:
    """Print a result as Markdown tables."""
    for load in result.loads:
        print(
            f"{load.name}: {load.everything.count} interactions in {load.seconds:.0f} s on {result.processors} "
            f"processors, {result.workers} server process(es); {load.processor_milliseconds:.1f} ms of the server's "
            "processor time each\n\n"
            "| page | interactions | p50 ms | p95 ms | longest ms | kB p50 | kB most | errors |\n"
            "|---|--:|--:|--:|--:|--:|--:|--:|",
            file=out,
        )
        for each in (*load.parts, load.everything):
            print(
                f"| {each.name} | {each.count} | {each.p50:.0f} | {each.p95:.0f} | {each.longest:.0f} "
                f"| {each.bytes_p50 / 1000:.1f} | {each.bytes_most / 1000:.1f} | {each.errors} |",
                file=out,
            )
        print("".join(f"\n- {problem}" for problem in load.problems), file=out)
    if result.memory:
        print("| interactions so far | memory MB |\n|--:|--:|", file=out)
        print("".join(f"| {count} | {size:.0f} |\n" for count, size in result.memory), file=out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its result; 1 where an interaction failed."""
    plain = Asked()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--warehouse", type=Path, metavar="DIR", help="the simulated province unless given")
    for name, text in _OPTIONS.items():
        value = getattr(plain, name)
        parser.add_argument(f"--{name}", type=type(value), default=value, metavar="N", help=f"{text} ({value:g})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there too")
    given = parser.parse_args(arguments)
    asked = Asked(**{name: getattr(given, name) for name in _OPTIONS})
    with TemporaryDirectory() as folder:
        warehouse = given.warehouse or Path(folder) / "data"
        if not given.warehouse:
            subprocess.run([sys.executable, "cli.py", "demo", "--warehouse", str(warehouse)], cwd=_HERE, check=True)
        result = run(warehouse, asked)
    tell(result, sys.stdout)
    if given.json:
        given.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return 1 if any(load.everything.errors for load in result.loads) else 0


_OPTIONS = {
    "each": "interactions of the one visitor on each page, 0 for none",
    "people": "visitors of the crowd, 0 for none",
    "pause": "seconds from one interaction of a visitor to the next",
    "seconds": "how long the crowd stays",
    "memory": "interactions over which memory is watched, 0 for none",
    "workers": "server processes",
    "seed": "what the visitors' choices are drawn from",
}

if __name__ == "__main__":
    sys.exit(main())
