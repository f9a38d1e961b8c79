"""The warehouse as the pages see it: the version in force, and its answers kept for all sessions.

Frames are kept with `cache_resource`, which hands out the same object (Polars frames are never changed in
place); `cache_data` would pickle them on every hit. The version is part of the key, so a new one starts fresh.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import polars as pl
import streamlit as st

from warehouse.store import Warehouse, open_warehouse
from warehouse.versions import Versions

DEFAULT_DIRECTORY = "data"
Arguments = ParamSpec("Arguments")


def warehouse_directory() -> Path:
    """The directory that `cchc serve` or the environment names."""
    return Path(os.environ.get("CCHC_WAREHOUSE") or DEFAULT_DIRECTORY)


def current_warehouse() -> Warehouse:
    """The version in force now; raises `EmptyWarehouse` when there is none."""
    directory = warehouse_directory()
    return _opened(str(directory.resolve()), Versions(directory).current())


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
