"""Kill a load, a rebuild and a rollback: before each named step, at each file operation, and at random moments."""

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from scene import Scene, command, content, content_of, forked, start, state, state_of

# The steps of a publication, in order: a function of ours, before which the process is killed.
STEPS = (
    ("cli", "publish"),
    ("warehouse.versions.publish", "recover"),
    ("warehouse.versions.publish", "told"),
    ("warehouse.versions.publish", "_kept"),
    ("warehouse.versions.originals", "_copy"),
    ("warehouse.versions.publish", "_start"),
    ("warehouse.versions.publish", "_add"),
    ("warehouse.versions.publish", "fill_dimensions"),
    ("warehouse.versions.publish", "_insert"),
    ("warehouse.versions.publish", "derive"),
    ("warehouse.derivation", "find_problems"),
    ("warehouse.versions.publish", "refill"),
    ("warehouse.versions.publish", "verify"),
    ("warehouse.versions.publish", "sync"),
    ("cli", "findings_by_report"),
)
_FILE_EVENTS = frozenset(("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.copyfile"))


@dataclass
class Kills:
    """How many processes were killed and what was lost."""

    tried: int = 0
    killed: int = 0
    before: int = 0
    after: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Kills") -> None:
        """Count another's too."""
        for name in ("tried", "killed", "before", "after"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.problems += other.problems


@dataclass(frozen=True)
class Reference:
    """The content before, and the whole state after a load that nobody disturbed, with its seconds."""

    before: dict[str, str]
    after: dict[str, Any]
    seconds: float


def reference(scene: Scene) -> Reference:
    """Load once, undisturbed."""
    directory = scene.copy()
    before = content_of(directory)
    begun = time.monotonic()
    assert forked(lambda: scene.load(directory)).value == 0
    seconds = time.monotonic() - begun
    return Reference(before, state_of(directory), seconds)


def check(scene: Scene, right: Reference, directory: Path, killed: bool, where: str) -> Kills:
    """After a kill: the served version is whole and one of the two; the same command again makes all as it would be."""
    found = Kills(tried=1, killed=int(killed))
    served, code, again = forked(lambda: _looked_at(scene, directory)).value
    if served == right.before:
        found.before = 1
    elif served == right.after["content"]:
        found.after = 1
    else:
        found.problems.append(f"{where}: the served version is neither the old nor the new one")
    if code != 0:
        found.problems.append(f"{where}: the same command again fails")
    differing = [name for name in right.after if again[name] != right.after[name]]
    if differing:
        found.problems.append(f"{where}: {differing} differ after the same command again")
    return found


def _looked_at(scene: Scene, directory: Path) -> tuple[dict[str, str], int, dict[str, Any]]:
    """What is served after a kill, how the same command again ends, and the state it leaves."""
    served = content(directory)
    assert command("status", directory) == 0
    return served, scene.load(directory), state(directory)


def at_steps(scene: Scene, right: Reference) -> Kills:
    """Kill before each named step."""
    total = Kills()
    for module, name in STEPS:
        directory = scene.copy()

        def work(module: str = module, name: str = name, directory: Path = directory) -> int:
            if name == "fill_dimensions":  # runs only after a change of the catalogue
                import_module(module)._fingerprint = str
            setattr(import_module(module), name, _suicide)
            return scene.load(directory)

        total.add(check(scene, right, directory, forked(work).killed, f"before {module}.{name}"))
    if total.killed != len(STEPS):
        total.problems.append(f"only {total.killed} of {len(STEPS)} steps were reached")
    return total


def at_file_operations(scene: Scene, right: Reference, every: int = 1) -> Kills:
    """Kill at the first, second, … operation on a file of the warehouse, until a load gets to its end."""
    total = Kills()
    number = 1
    while True:
        directory = scene.copy()
        ended = forked(lambda number=number, directory=directory: _load_until(scene, directory, number))  # type: ignore[misc]
        if not ended.killed:
            return total
        total.add(check(scene, right, directory, True, f"file operation {number}"))
        number += every


def at_random_moments(scene: Scene, right: Reference, count: int, seed: int, workers: bool = False) -> Kills:
    """Kill `count` loads, each at a moment drawn from the time a whole one takes."""
    chance, total = random.Random(seed), Kills()  # noqa: S311
    seconds = right.seconds
    if workers:
        directory = scene.copy()
        begun = time.monotonic()
        assert forked(lambda: scene.load(directory, workers=True)).value == 0
        seconds = time.monotonic() - begun
    while total.killed < count and total.tried < 3 * count:
        directory = scene.copy()
        child = start(lambda directory=directory: scene.load(directory, workers))  # type: ignore[misc]
        moment = chance.uniform(0, seconds)
        time.sleep(moment)
        child.kill()
        total.add(check(scene, right, directory, child.end().killed, f"after {moment:.3f} s"))
    return total


def other_commands(scene: Scene, right: Reference, count: int, seed: int) -> Kills:
    """Kill `cchc rebuild` and `cchc rollback 1` at random moments: the figures stay, and both can be run again."""
    chance, total = random.Random(seed), Kills()  # noqa: S311
    whole = scene.copy()
    assert forked(lambda: scene.load(whole)).value == 0
    commands: tuple[tuple[str, tuple[str, ...], float, dict[str, str]], ...] = (
        ("rebuild", (), right.seconds * 2, right.after["content"]),
        ("rollback", ("1",), 0.1, right.before),
    )
    for name, arguments, seconds, wanted in commands:
        for _ in range(count):
            total.add(_other_command(scene, right, _Killed(name, arguments, chance.uniform(0, seconds), wanted)))
    return total


@dataclass(frozen=True)
class _Killed:
    name: str
    arguments: tuple[str, ...]
    moment: float
    wanted: dict[str, str]


def _other_command(scene: Scene, right: Reference, plan: _Killed) -> Kills:
    directory = scene.copy()
    assert forked(lambda: scene.load(directory)).value == 0
    child = start(lambda: command(plan.name, directory, *plan.arguments))
    time.sleep(plan.moment)
    child.kill()
    found = Kills(tried=1, killed=int(child.end().killed))
    where = f"{plan.name} after {plan.moment:.3f} s"
    if content_of(directory) not in (right.before, right.after["content"]):
        found.problems.append(f"{where}: the served version is not whole")
    if forked(lambda: command(plan.name, directory, *plan.arguments)).value != 0:
        found.problems.append(f"{where}: the same command again fails")
    if content_of(directory) != plan.wanted:
        found.problems.append(f"{where}: the figures differ after the same command again")
    return found


def _suicide(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _load_until(scene: Scene, directory: Path, number: int) -> int:
    left = number

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _FILE_EVENTS and str(arguments[0]).startswith(str(directory)):
            left -= 1
            if left == 0:
                _suicide()

    sys.addaudithook(watch)
    return scene.load(directory)
