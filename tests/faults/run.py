"""All faults in one command; writes what was tried and lost as a table, and ends with 1 when anything was.

uv run python tests/faults/run.py [--kills 200] [--files 300] [--swaps 40] [--sessions 100] [--into FILE.md] [--json]
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import fuzzing
import killing
import sharing
from crowd import crowd
from scene import Scene, scene


@dataclass(frozen=True)
class Line:
    """One line of the fault report."""

    fault: str
    tried: str
    outcome: str
    problems: list[str]
    seconds: float


def main() -> int:
    """Try everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="kills at random moments")
    parser.add_argument("--steps", type=int, default=1, help="1: kill before each named step; 0: do not")
    parser.add_argument("--others", type=int, default=20, help="kills of a rebuild, and as many of a rollback")
    parser.add_argument("--every", type=int, default=1, help="kill at every n-th file operation; 0: at none")
    parser.add_argument("--files", type=int, default=300, help="damaged files of each format")
    parser.add_argument("--swaps", type=int, default=40, help="versions published under readers")
    parser.add_argument("--loaders", type=int, default=10, help="pairs of loaders at once")
    parser.add_argument("--full", type=int, default=12, help="sizes at which the disk is full")
    parser.add_argument("--sessions", type=int, default=100, help="sessions at a server while versions are published")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, help="write the report to this file")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    lines = []
    for line in _lines(asked):
        lines.append(line)
        print(f"{line.fault}: {line.tried}; {line.outcome}; {line.seconds:.0f} s", file=sys.stderr, flush=True)
        print("".join(f"  {problem}\n" for problem in line.problems[:20]), end="", file=sys.stderr, flush=True)
    if asked.json:
        print(json.dumps([line.__dict__ for line in lines]))
    if asked.into:
        asked.into.write_text(_report(lines, asked), encoding="utf-8")
    return 1 if any(line.problems for line in lines) else 0


def _lines(asked: argparse.Namespace) -> Iterator[Line]:
    clock = _Clock()
    with TemporaryDirectory() as name:
        stage = scene(Path(name))
        right = killing.reference(stage)
        yield from _kills(stage, right, asked, clock)
        if asked.every:
            operations = killing.at_file_operations(stage, right, asked.every)
            yield _killed("`kill -9` at each file operation of a load", operations, clock)
        if asked.full:
            full = sharing.full_disk(stage, right, asked.full)
            yield Line("disk full", f"{full.full_disks} sizes", _lost(full.problems), full.problems, clock())
        if asked.loaders:
            two = sharing.two_loaders(stage, right, asked.loaders)
            yield Line("two loaders at once", f"{two.loads} loads", _lost(two.problems), two.problems, clock())
        if asked.swaps:
            shared = sharing.readers_during_swaps(stage, asked.swaps)
            tried = f"{shared.swaps} versions published, {shared.looks} looks"
            yield Line(
                "readers on the old and the newest version", tried, _lost(shared.problems), shared.problems, clock()
            )
        if asked.sessions:
            yield _crowd(stage, asked, clock)
    for kind, found in fuzzing.every_format(asked.files, asked.seed) if asked.files else ():
        contained = f"{found.died} reader deaths and {found.late} timeouts contained"
        outcome = f"{found.read} read, {found.refused} refused, {contained}"
        yield Line(f"damaged .{kind} files", f"{found.tried} files", outcome, found.problems, clock())


def _kills(stage: Scene, right: killing.Reference, asked: argparse.Namespace, clock: "_Clock") -> Iterator[Line]:
    if asked.steps:
        yield _killed("`kill -9` before each named step of a load", killing.at_steps(stage, right), clock)
    if asked.kills:
        kills = killing.at_random_moments(stage, right, asked.kills, asked.seed)
        yield _killed("`kill -9` at random moments of a load", kills, clock)
        few = max(1, asked.kills // 10)
        kills = killing.at_random_moments(stage, right, few, asked.seed, workers=True)
        yield _killed("the same with the reading processes", kills, clock)
    if asked.others:
        kills = killing.other_commands(stage, right, asked.others, asked.seed)
        yield _killed("`kill -9` of `rebuild` and `rollback`", kills, clock)


def _crowd(stage: Scene, asked: argparse.Namespace, clock: "_Clock") -> Line:
    found = crowd(stage, asked.sessions, swaps=3)
    tried = f"{found.sessions} sessions, {found.runs} runs, {found.swaps} versions published"
    outcome = f"{_lost(found.problems)}; all on the last version after {found.slowest:.0f} s"
    return Line("sessions at the server while versions are published", tried, outcome, found.problems, clock())


class _Clock:
    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self) -> float:
        """The seconds since it was asked last."""
        before, self._last = self._last, time.monotonic()
        return self._last - before


def _killed(fault: str, kills: killing.Kills, clock: _Clock) -> Line:
    outcome = f"{kills.before} before and {kills.after} after the new version, {_lost(kills.problems)}"
    return Line(fault, f"{kills.killed} killed of {kills.tried}", outcome, kills.problems, clock())


def _lost(problems: list[str]) -> str:
    return f"lost: {len(problems) or 'nothing'}"


def _report(lines: list[Line], asked: argparse.Namespace) -> str:
    rows = [f"| {line.fault} | {line.tried} | {line.outcome} |" for line in lines]
    machine = f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    head = ["# Fault report", "", f"{datetime.now(UTC):%Y-%m-%d}, seed {asked.seed}, {machine}.", ""]
    return "\n".join([*head, "| fault | tried | outcome |", "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.exit(main())
