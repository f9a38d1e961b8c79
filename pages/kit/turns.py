"""At most so many runs of the script at once, first come first served.

Each session runs in a thread of its own. Hundreds at once share the interpreter's lock and hand it to each other in the
middle of everything: all of them end late. In turns, each takes as long as if it were alone.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Event, Lock, local

from warehouse.environment import setting

_mine = local()


class Turns:
    """Places, handed to whoever has waited longest: a semaphore lets newcomers overtake."""

    def __init__(self, places: int) -> None:
        """So many may have a turn at once."""
        self._lock, self._places, self._free, self._waiting = Lock(), places, places, deque[Event]()
        self._ended, self._back = False, Condition(self._lock)

    def take(self) -> None:
        """Wait for a place; for ever where there are no more."""
        with self._lock:
            if self._free and not self._ended:
                self._free -= 1
                return
            mine = Event()
            self._waiting.append(mine)
        mine.wait()

    def give_back(self) -> None:
        """Hand the place on."""
        with self._lock:
            if self._waiting and not self._ended:
                self._waiting.popleft().set()
                return
            self._free += 1
            self._back.notify_all()

    def end(self, seconds: float) -> bool:
        """Give nobody a place any more, and wait so long at most for those who have one; whether all gave it back."""
        with self._lock:
            self._ended = True
            return self._back.wait_for(lambda: self._free == self._places, seconds)


# So many runs a process has at once. One draws while the other waits for the database, which does not need the
# interpreter. Where there is a process for each processor, another process uses that wait, and one run at a time spares
# the handing over of the lock.
AT_ONCE = int(setting("CCHC_RUNS_AT_ONCE", 2)) or 1
_turns = Turns(AT_ONCE)


@contextmanager
def a_turn() -> Iterator[None]:
    """Wait for a turn and keep it; part of a run that has one already goes on with it."""
    if getattr(_mine, "held", False):
        yield
        return
    _turns.take()
    _mine.held = True
    try:
        yield
    finally:
        _mine.held = False
        _turns.give_back()


def end_drawing(seconds: float) -> None:
    """Let those who draw come to an end within so many seconds, and nobody begin: the process ends.

    Torn off in the middle of a question, a drawing thread would take the process down with it.
    """
    _turns.end(seconds)


def in_turn() -> bool:
    """Whether this thread is drawing."""
    return getattr(_mine, "held", False)
