"""`python -m benchmarks.answers`: the questions of the pages, through the product and through what one would else use.

Every draw is asked of all in turn, and all must give the same answer. Times are those of the clock, so the machine
should do nothing else; the ratios hold better than the times, since every draw is measured side by side.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from benchmarks.peers.data import Data, take_out
from benchmarks.peers.dense import DensePeer
from benchmarks.peers.frames import PandasPeer
from benchmarks.peers.postgres import missing, postgres_peer
from benchmarks.peers.sqlite import sqlite_peer
from benchmarks.questions import BESIDES, MAIN, Asked, Drawer, Product, System, asker, same
from warehouse.store import Warehouse, open_warehouse

_FEWER = 3  # of the questions besides one draw for three


@dataclass(frozen=True)
class Times:
    """One question: the median milliseconds of each system."""

    question: str
    draws: int
    milliseconds: dict[str, float]

    def ratio(self, peer: str) -> float:
        """How many times as long a peer takes as the product, which is named first."""
        return self.milliseconds[peer] / next(iter(self.milliseconds.values()))


@dataclass(frozen=True)
class Result:
    """A run: how much there is, the bytes of each system, who was left out and why, and the times."""

    facts: int
    bytes_a_fact: float
    sizes: dict[str, int]
    left_out: dict[str, str]
    times: tuple[Times, ...]


def run(directory: Path, draws: int, folder: Path, seed: int = 1, shows_progress: bool = False) -> Result:
    """Ask everything of a warehouse and of peers kept below `folder`; raises `RuntimeError` where two disagree."""
    warehouse = open_warehouse(directory)
    try:
        data = take_out(warehouse, folder)
        with _systems(warehouse, data, folder) as systems:
            drawer = Drawer(warehouse, data, seed)
            asked = [(each, draws) for each in MAIN] + [(each, -(-draws // _FEWER)) for each in BESIDES]
            times = _measure(systems, drawer, asked, shows_progress)
            sizes = {system.name: system.size for system in systems}
        facts = warehouse.connection.execute("SELECT count(*) FROM fact WHERE simulated").fetchall()[0][0]
    finally:
        warehouse.connection.close()
    reason = missing()
    return Result(facts, sizes["cchc"] / facts, sizes, {"PostgreSQL": reason} if reason else {}, times)


@contextmanager
def _systems(warehouse: Warehouse, data: Data, folder: Path) -> Iterator[list[System]]:
    """The product first, then its peers, made one after the other."""
    with ExitStack() as stack:
        systems: list[System] = [Product(warehouse), PandasPeer(data), stack.enter_context(sqlite_peer(data, folder))]
        if missing() is None:
            systems.append(stack.enter_context(postgres_peer(data, folder)))
        yield [*systems, DensePeer(data)]


def _measure(
    systems: Sequence[System], drawer: Drawer, asked: Sequence[tuple[Asked, int]], shows_progress: bool
) -> tuple[Times, ...]:
    """The medians over the draws, each asked of all systems in turn; the first draw of each question is not counted."""
    spent: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with tqdm(total=sum(draws + 1 for _, draws in asked), disable=not shows_progress) as bar:
        for turn in range(max(draws for _, draws in asked) + 1):
            for each, draws in asked:
                if turn <= draws:
                    for system, seconds in _in_turn(systems, drawer, each):
                        spent[each.name][system].append(seconds)
                    bar.update()
    return tuple(
        Times(each.name, draws, {name: 1000 * median(clock[1:]) for name, clock in spent[each.name].items()})
        for each, draws in asked
    )


def _in_turn(systems: Sequence[System], drawer: Drawer, asked: Asked) -> Iterator[tuple[str, float]]:
    draw = drawer.draw(asked.around)
    answers = []
    for system in systems:
        ask = asker(system, asked.question)
        started = perf_counter()
        answers.append(ask(draw))
        yield system.name, perf_counter() - started
    for system, answer in zip(systems[1:], answers[1:], strict=True):
        if not same(asked.question, answers[0], answer):
            raise RuntimeError(f"{system.name} answers otherwise: {asked.name}, {draw}")


def tell(result: Result, out: TextIO) -> None:
    """Print a result as a Markdown table: milliseconds, and in brackets how many times ours."""
    names = list(result.sizes)
    print(f"{result.facts} facts, {result.bytes_a_fact:.1f} bytes a fact in the version file.\n", file=out)
    print(f"| median milliseconds of | {' | '.join(names)} |\n|---|{'--:|' * len(names)}", file=out)
    for each in result.times:
        cells = (f"{each.milliseconds[name]:.1f} ({each.ratio(name):.3g})" for name in names[1:])
        print(f"| {each.question} | {each.milliseconds[names[0]]:.1f} | {' | '.join(cells)} |", file=out)
    sizes = (f"{size / 2**20:.0f} MB" for size in result.sizes.values())
    print(f"| memory or disk | {' | '.join(sizes)} |", file=out)
    for name, reason in result.left_out.items():
        print(f"\n{name} was left out: {reason}.", file=out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True, metavar="DIR", help="with simulated figures")
    parser.add_argument("--draws", type=int, default=30, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="keep the databases there for the next run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there too")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        folder = asked.peers or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # the account that PostgreSQL runs as passes through it
        result = run(asked.warehouse, asked.draws, folder, asked.seed, shows_progress=True)
    tell(result, sys.stdout)
    if asked.json:
        asked.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
