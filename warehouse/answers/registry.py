"""The units of a version by number, kept in memory: the large tables hold numbers, an answer needs names.

A version never changes, so what is read once of its units holds as long as it is open.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.model import Level
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def number_of(warehouse: Warehouse, unit: str) -> int:
    """The number of a unit; that of no unit (-1) for a code the version does not know."""
    return _numbers(warehouse).get(unit, -1)


def numbers_of(warehouse: Warehouse, units: Sequence[str]) -> list[int]:
    """The numbers of units, in their order, without those that the version does not know."""
    known = _numbers(warehouse)
    return [known[unit] for unit in units if unit in known]


def names_on(warehouse: Warehouse, day: date) -> pl.DataFrame:
    """Every unit under the name it bore on a day, the unit numbered n in row n - 1; columns as in `names.sql`."""
    changes = warehouse.remembered("name_changes", lambda: warehouse.ask("name_changes")["day"].to_list())
    stretch = sum(change <= day for change in changes)
    return warehouse.remembered(f"names {stretch}", lambda: warehouse.ask("names", {"day": day}))


def named(warehouse: Warehouse, day: date, frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """A frame with a column `unit_no`, and the asked columns of its units' names beside it."""
    rows: NDArray[np.uint32] = frame["unit_no"].to_numpy().astype(np.uint32) - 1
    return frame.hstack(names_on(warehouse, day).select(columns)[rows].get_columns())


def placed(boundary: Boundary, day: date) -> pl.Expr:
    """Whether a unit is on a map: on that of a day, or on today's, by its `valid_from` and `valid_to`."""
    until = pl.col("valid_to")
    if boundary != "then":
        return until.is_null()
    since = pl.col("valid_from")
    return (since.is_null() | (since <= day)) & (until.is_null() | (until > day))


def inside(warehouse: Warehouse, boundary: Boundary, unit: str) -> pl.Series:
    """The numbers of all units that lie in a unit as a whole, itself among them, in ascending order."""
    where = {"boundary": boundary, "unit_no": number_of(warehouse, unit)}
    return warehouse.remembered(f"inside {boundary} {unit}", lambda: warehouse.ask("inside", where)["member_no"])


def units_placed(warehouse: Warehouse, boundary: Boundary, unit: str, level: Level, day: date) -> pl.DataFrame:
    """The units of a level that lie in a unit on a map, with their names on a day; columns as in `names.sql`."""
    names = names_on(warehouse, day)[inside(warehouse, boundary, unit).cast(pl.UInt32) - 1]
    return names.filter(pl.col("level") == level, placed(boundary, day))


def _numbers(warehouse: Warehouse) -> dict[str, int]:
    def read() -> dict[str, int]:
        units = warehouse.ask("unit_numbers")
        return dict(zip(units["unit_code"], units["unit_no"], strict=True))

    return warehouse.remembered("unit_numbers", read)
