"""Time spent in one function of the product while it does its usual work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from unittest.mock import patch


@contextmanager
def clocked(module: str, function: str, now: Callable[[], float]) -> Iterator[list[float]]:
    """The seconds of every call of the function by the module, on the clock `now`, while this is open."""
    spent: list[float] = []
    run = getattr(import_module(module), function)

    def timed(*arguments: object) -> object:
        started = now()
        found = run(*arguments)
        spent.append(now() - started)
        return found

    with patch(f"{module}.{function}", timed):
        yield spent
