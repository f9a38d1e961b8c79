"""The warehouse as the pages see it: the version in force, and its answers kept for all sessions.

Answers are handed out as they are kept (Polars frames are never changed in place). `st.cache_data` would pickle them on
every hit, and both of Streamlit's caches spend more on hashing the arguments than the pages on drawing the answer. The
version is part of the key, so a new one starts fresh.
"""

import os
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl
import streamlit as st
from cachetools import LRUCache

from pages.kit.events import tell
from warehouse.answers.ahead import hold_ahead
from warehouse.environment import setting
from warehouse.store import ENTRY_BYTES, EmptyWarehouse, Warehouse, open_warehouse
from warehouse.versions import Versions

DEFAULT_DIRECTORY = "data"
_last_whole: dict[str, Warehouse] = {}
_refused: dict[str, int | None] = {}
_lock = Lock()  # of the two above: who swaps tells so once
_ended = Event()
Arguments = ParamSpec("Arguments")
Kept = TypeVar("Kept")

MOST_BYTES = int(setting("CCHC_CACHE_MB", 256) * 1e6)
_answers: LRUCache[Hashable, tuple[Any, int]] = LRUCache(MOST_BYTES, getsizeof=lambda entry: entry[1])
_answers_lock = Lock()


def warehouse_directory() -> Path:
    """The directory that `cchc serve` or the environment names."""
    return Path(os.environ.get("CCHC_WAREHOUSE") or DEFAULT_DIRECTORY)


def current_warehouse() -> Warehouse:
    """The version in force now, or the last whole one where that is damaged; raises `EmptyWarehouse` for none."""
    directory = warehouse_directory()
    place = str(directory.resolve())
    number: int | None = None
    try:
        number = Versions(directory).current()
        opened = _opened(place, number)
    except EmptyWarehouse:
        raise
    except OSError as problem:  # a version that is damaged or gone: the one before goes on
        with _lock:
            before = _last_whole.get(place)
            if _refused.get(place) != number:
                tell("version refused", problem, version=number, served=before and before.number, problem=problem)
                _refused[place] = number
        if before is None:
            raise
        return before
    with _lock:
        before = _last_whole.get(place)
        _last_whole[place] = opened
        _refused.pop(place, None)
        if before is not None and before.number != opened.number:
            before.forget()
            # Said, for a visitor's thread is a daemon and hands that on: the process would not wait for it.
            Thread(target=read_ahead, args=(opened,), name="read ahead", daemon=False).start()
            tell("version swapped", version=opened.number, before=before.number)
    return opened


def read_ahead(warehouse: Warehouse) -> None:
    """Read what pages ask for first, resting as long as it works, until that is ended.

    By a thread that the process waits for: torn off in the middle of a question, it would take the process down.
    """
    if not _ended.is_set():
        hold_ahead(warehouse, rest=1.0)


def end_reading_ahead() -> None:
    """Let who reads ahead stop after the rate at hand: the process ends."""
    _ended.set()
    with _lock:
        for warehouse in _last_whole.values():
            warehouse.forgotten.set()


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(directory: str, number: int | None) -> Warehouse:  # noqa: ARG001 - the number is the cache's key
    warehouse = open_warehouse(Path(directory))
    tell("version opened", version=warehouse.number)
    return warehouse


def ask(
    question: Callable[Concatenate[Warehouse, Arguments], pl.DataFrame],
    warehouse: Warehouse,
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> pl.DataFrame:
    """The answer to a question of `warehouse.answers`, computed once a version for the same arguments."""
    key = (str(warehouse.path), question.__module__, question.__name__, arguments, tuple(sorted(named.items())))
    return kept(key, lambda: question(warehouse, *arguments, **named), _bytes)


def _bytes(frame: pl.DataFrame) -> int:
    return int(frame.estimated_size())


def kept(key: Hashable, make: Callable[[], Kept], size: Callable[[Kept], int]) -> Kept:
    """What was made for the key before, else what is made now; `size` is what it takes in bytes.

    The answers asked for longest ago make room. What is handed out is shared, and must not be changed.
    """
    with _answers_lock:
        answer: Kept | None = _answers.get(key, (None, 0))[0]
    if answer is None:
        answer = make()
        with _answers_lock, suppress(ValueError):  # one larger than all the room there is
            _answers[key] = (answer, size(answer) + ENTRY_BYTES)
    return answer
