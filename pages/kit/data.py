"""The warehouse as the pages see it: the version in force, and its answers kept for all sessions.

Frames are kept with `cache_resource`, which hands out the same object (Polars frames are never changed in
place); `cache_data` would pickle them on every hit. The version is part of the key, so a new one starts fresh.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import polars as pl
import streamlit as st

from warehouse.store import EmptyWarehouse, Warehouse, open_warehouse
from warehouse.versions import Versions

DEFAULT_DIRECTORY = "data"
_log = logging.getLogger("cchc")
_last_whole: dict[str, Warehouse] = {}
_refused: dict[str, int | None] = {}
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
        _last_whole[place] = _opened(place, number)
    except EmptyWarehouse:
        raise
    except OSError as problem:  # a version that is damaged or gone: the one before goes on
        if place not in _last_whole:
            raise
        if _refused.get(place) != number:
            _log.error("version %s refused, %s goes on: %s", number, _last_whole[place].number, problem)
            _refused[place] = number
    return _last_whole[place]


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(directory: str, number: int | None) -> Warehouse:  # noqa: ARG001 - the number is the cache's key
    return open_warehouse(Path(directory))


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
