"""At most so many runs of the script at once, first come first served.

Each session runs in a thread of its own. Hundreds at once share the interpreter's lock and hand it to each other in the
middle of everything: all of them end late. In turns, each takes as long as if it were alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

AT_ONCE = 2  # one draws while the other waits for the database, which does not need the interpreter
_turns = Semaphore(AT_ONCE)
_mine = local()


@contextmanager
def a_turn() -> Iterator[None]:
    """Wait for a turn and keep it; part of a run that has one already goes on with it."""
    if getattr(_mine, "held", False):
        yield
        return
    with _turns:
        _mine.held = True
        try:
            yield
        finally:
            _mine.held = False
