"""Several processes on one warehouse: readers while versions are published, two loaders at once, a full disk."""

import resource
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from killing import Reference
from scene import Scene, command, content, content_of, forked, report_text, start, state_of

from warehouse.store import open_warehouse
from warehouse.versions import Versions

COMMUNES = ("Hoằng Giang", "Hoằng Xuân", "Hoằng Phượng", "Hoằng Phú", "Hoằng Quỳ", "Hoằng Kim", "Hoằng Trung")


@dataclass
class Shared:
    """How often a reader looked and how many versions it met; how many loads ran; what went wrong."""

    swaps: int = 0
    looks: int = 0
    loads: int = 0
    full_disks: int = 0
    problems: list[str] = field(default_factory=list)


def readers_during_swaps(scene: Scene, swaps: int) -> Shared:
    """Publish `swaps` versions while one process keeps the first open and another always opens the newest."""
    directory = scene.copy()
    before = content_of(directory)
    done = scene.folder / "done"
    done.unlink(missing_ok=True)
    keeper = start(lambda: _keep_looking(directory, done))
    follower = start(lambda: _follow(directory, done))
    shared = Shared(swaps=swaps)
    for number in range(swaps):
        file = scene.folder / f"swap-{number}.txt"
        file.write_text(report_text(COMMUNES[number % len(COMMUNES)], 100 + number, 90), encoding="utf-8")
        if forked(lambda file=file: command("load", directory, file)).value != 0:  # type: ignore[misc]
            shared.problems.append(f"load {number} failed")
    done.touch()
    looks, kept = keeper.end().value
    if kept != [before]:
        shared.problems.append("the version that a reader had open changed")
    followed, problems = follower.end().value
    shared.looks = looks + followed
    shared.problems += problems
    return shared


def _keep_looking(directory: Path, done: Path) -> tuple[int, list[dict[str, str]]]:
    """Ask one open version again and again: the distinct contents seen."""
    warehouse = open_warehouse(directory)
    seen: list[dict[str, str]] = []
    looks = 0
    while not done.exists() or looks == 0:
        found = content(directory, warehouse)
        seen += [] if found in seen else [found]
        looks += 1
    return looks, seen


def _follow(directory: Path, done: Path) -> tuple[int, list[str]]:
    """Open the newest version again and again: every one must hold one report more than the one before."""
    problems: list[str] = []
    looks = 0
    while not done.exists():
        warehouse = open_warehouse(directory)
        ((reports, orphans),) = warehouse.connection.sql(
            "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM fact ANTI JOIN report USING (report_id))"
        ).fetchall()
        if reports != warehouse.number or orphans:
            problems.append(f"version {warehouse.number} has {reports} reports and {orphans} facts of none")
        warehouse.connection.close()
        looks += 1
    return looks, problems


def two_loaders(scene: Scene, right: Reference, times: int) -> Shared:
    """Two loads started at once: both succeed, and the result is that of one after the other."""
    shared = Shared(loads=2 * times)
    for _ in range(times):
        directory = scene.copy()
        both = [start(partial(command, "load", directory, file)) for file in scene.files]
        codes = [child.end().value for child in both]
        if codes != [0, 0] or content_of(directory) != right.after["content"]:
            shared.problems.append(f"two loaders at once ended with {codes}")
        if Versions(directory).current() != 3:
            shared.problems.append("two loaders at once did not make one version each")
    return shared


def full_disk(scene: Scene, right: Reference, limits: int) -> Shared:
    """A disk that takes only so many bytes of a file: the load fails with a sentence and changes nothing."""
    shared = Shared(full_disks=limits)
    size = (scene.first / "cchc-1.duckdb").stat().st_size
    for step in range(limits):
        directory = scene.copy()
        limit = 1 + step * (size + (1 << 19)) // limits

        def work(limit: int = limit, directory: Path = directory) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            return scene.load(directory)

        ended = forked(work)
        if ended.killed or ended.value != 1 or content_of(directory) != right.before:
            shared.problems.append(f"a limit of {limit} bytes ended with {ended}")
        if forked(lambda directory=directory: scene.load(directory)).value != 0:  # type: ignore[misc]
            shared.problems.append(f"after a limit of {limit} bytes the same command fails")
        again = state_of(directory)
        if any(again[name] != right.after[name] for name in right.after):
            shared.problems.append(f"after a limit of {limit} bytes the same command ends otherwise")
    return shared
