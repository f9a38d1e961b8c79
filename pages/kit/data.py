"""The warehouse as the pages see it: the version in force, and its answers kept for all sessions.

Frames are kept with `cache_resource`, which hands out the same object (Polars frames are never changed in
place); `cache_data` would pickle them on every hit. The version is part of the key, so a new one starts fresh.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec

import polars as pl
import streamlit as st

from pages.kit.events import tell
from warehouse.store import EmptyWarehouse, Warehouse, open_warehouse
from warehouse.versions import Versions

DEFAULT_DIRECTORY = "data"
_last_whole: dict[str, Warehouse] = {}
_refused: dict[str, int | None] = {}
_lock = Lock()  # of the two above: who swaps tells so once
Arguments = ParamSpec("Arguments")


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
            tell("version swapped", version=opened.number, before=before.number)
    return opened


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
    return _answer(
        str(warehouse.path), question.__name__, (arguments, tuple(sorted(named.items()))), question, warehouse
    )


@st.cache_resource(max_entries=4000, show_spinner=False)
def _answer(
    version: str,  # noqa: ARG001 - part of the cache's key
    name: str,  # noqa: ARG001
    arguments: tuple[tuple[Any, ...], tuple[tuple[str, Any], ...]],
    _question: Callable[..., pl.DataFrame],
    _warehouse: Warehouse,
) -> pl.DataFrame:
    positional, named = arguments
    return _question(_warehouse, *positional, **dict(named))
