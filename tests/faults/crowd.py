"""A crowd of sessions at a real server while `cchc load` publishes one corrected report after the other."""

import asyncio
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

from scene import ROOT, Scene, command, forked, report_text

from tests.faults.sessions import Run, Visit, visitors
from tests.serving import free_port, started


@dataclass
class Crowd:
    """How many sessions and runs there were, over how many versions; the seconds until all were on the last one."""

    sessions: int = 0
    runs: int = 0
    swaps: int = 0
    slowest: float = 0.0
    problems: list[str] = field(default_factory=list)


PERIOD = "unit=15919&period=2024-6M"
LINKS = (("overview", PERIOD), ("profile", PERIOD), ("overview", f"{PERIOD}&lang=en"), ("quality", PERIOD))
RECEIVED = 997


def crowd(scene: Scene, count: int, swaps: int, pause: float = 5.0) -> Crowd:
    """`count` sessions over the simulated province and one real report, of which `swaps` corrections are loaded.

    A run must show the version in force when it began, or one that came while it ran.
    """
    directory = scene.copy()
    numbers = [901 + 7 * version for version in range(swaps + 1)]
    files = [scene.folder / f"corrected-{number}.txt" for number in numbers]
    for file, number in zip(files, numbers, strict=True):
        file.write_text(report_text("Hoằng Hợp", RECEIVED, number), encoding="utf-8")
    assert forked(lambda: command("demo", directory)).value == 0
    assert forked(lambda: command("load", directory, files[0])).value == 0
    moments = [(0.0, 0.0)]  # when the loading of each version began and ended

    def publish() -> None:
        for file in files[1:]:
            begun = time.monotonic()
            load = [sys.executable, "cli.py", "load", "--warehouse", str(directory), str(file)]
            subprocess.run(load, cwd=ROOT, check=True, capture_output=True)
            moments.append((begun, time.monotonic()))

    port = free_port()
    rates = [f"{100 * number / RECEIVED:.2f}" for number in numbers]
    wanted = re.compile("|".join(rate.replace(".", "[.,]") for rate in rates))
    with started(directory, port):
        visit = Visit(f"http://127.0.0.1:{port}", LINKS, wanted, pause)
        everyone, published = asyncio.run(visitors(visit, count, publish))
    runs = [run for visitor in everyone for run in visitor.runs]
    shown = [run for run in runs if run.seen]
    late = [
        min((run.ended - published for run in visitor.runs if run.begun > published), default=float("inf"))
        for visitor in everyone
    ]
    found = Crowd(count, len(runs), swaps, max(late))
    found.problems += [problem for visitor in everyone for problem in visitor.problems]
    found.problems += [f"a run showed {set(run.seen)}" for run in shown if not _was_in_force(run, rates, moments)]
    if len(shown) * 3 < len(runs):
        found.problems.append(f"only {len(shown)} of {len(runs)} runs showed the rate")
    return found


def _was_in_force(run: Run, rates: list[str], moments: list[tuple[float, float]]) -> bool:
    """Whether all that a run showed is of versions that were not replaced before it began nor made after it ended."""
    for text in run.seen:
        version = rates.index(text.replace(",", "."))
        replaced = moments[version + 1][1] if version + 1 < len(moments) else float("inf")
        if replaced < run.begun or moments[version][0] > run.ended:
            return False
    return True
