"""Small tables as arrays: Polars hands every filter, join or selection to a thread of its own and waits for it.

That is a tenth of a millisecond a time whatever the size, and the interpreter's lock given away and waited for. Numbers
and days are doubles, nan where missing (a day is counted from 1970); texts are objects, null where missing.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

UNITS = 1 << 16  # numbers of units are smaller
NO_TEXT = np.array(None, dtype=object)
_DIGITS = 1e6  # of a percentage as the view `rate` has it
_BELOW_HALF = float(np.nextafter(0.5, 0))  # added before cutting, it rounds halves away from zero and nothing else


def array_of(column: pl.Series) -> NDArray[Any]:
    """A column as an array."""
    if column.dtype == pl.Date:
        column = column.cast(pl.Int32)
    if column.dtype.is_numeric() or column.dtype == pl.Boolean:
        return column.cast(pl.Float64).to_numpy()
    return np.array(column.cast(pl.String).to_list(), dtype=object)


def arrays_of(frame: pl.DataFrame, names: Iterable[str]) -> Arrays:
    """Some columns of a frame as arrays."""
    return {name: array_of(frame[name]) for name in names}


def column_of(name: str, values: NDArray[Any], kind: Any) -> pl.Series:  # noqa: ANN401 - a kind, or a class of kinds
    """An array as a column of some kind, null where it is missing."""
    if values.dtype == object:
        return pl.Series(name, values.tolist(), kind)
    column = pl.Series(name, values, nan_to_null=values.dtype.kind == "f")
    return (column.cast(pl.Int32) if kind == pl.Date else column).cast(kind)


def frame_of(arrays: Mapping[str, NDArray[Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """A frame of these columns, in the order of the schema."""
    return pl.DataFrame([column_of(name, arrays[name], kind) for name, kind in schema.items()])


def at(values: NDArray[Any], places: Places) -> NDArray[Any]:
    """The values, doubles or texts, at these places, missing where a place is -1."""
    missing = [None] if values.dtype == object else [np.nan]
    return np.append(values, np.array(missing, dtype=values.dtype))[places]


def chosen(
    name: str, codes: Sequence[str], holds: Mapping[str, NDArray[np.bool_]], otherwise: str | None = None
) -> pl.Series:
    """A column with the first code of which that `holds`, of all the `codes` there are; else null, or `otherwise`."""
    places = [codes.index(code) for code in holds]
    which = np.select(list(holds.values()), places, codes.index(otherwise) if otherwise else -1)
    return pl.Series(name, codes, pl.Enum(codes))[index_of(which)]


def index_of(places: Places) -> pl.Series:
    """Places as Polars takes them, null for -1: of another kind they are looked through first, ten times as long."""
    index = pl.Series(places.astype(np.uint32))
    return index if places.min(initial=0) >= 0 else index.set(pl.Series(places < 0), None)


def order_of(keys: Iterable[Hashable]) -> dict[Any, int]:
    """The place of each key; raises `ValueError` where one is there twice."""
    listed = list(keys)
    order = {key: place for place, key in enumerate(listed)}
    if len(order) < len(listed):
        raise ValueError("two rows for one key")
    return order


def found_at(order: Mapping[Any, int], keys: Iterable[Hashable]) -> Places:
    """The place of each key, -1 for one that has none."""
    return np.array([order.get(key, -1) for key in keys], dtype=np.int64)


def places_of(rows: NDArray[np.uint16], among: NDArray[np.uint16]) -> Places:
    """Where each number stands in an array of different numbers, -1 where it does not: a join without the hashing."""
    places: Places = np.full(UNITS, -1)
    places[among] = np.arange(len(among))
    return places[rows]


def percent(numerator: Numbers, denominator: Numbers) -> Numbers:
    """The ratio in percent; nan where a part is missing or the denominator is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, 100 * numerator / denominator, np.nan)


def printed(percents: Numbers) -> Numbers:
    """The same to six decimals, halves away from zero, as the view `rate` has it."""
    figures = percents * _DIGITS
    return np.trunc(figures + np.copysign(_BELOW_HALF, figures)) / _DIGITS


def numbers_of(frame: pl.DataFrame, names: Sequence[str] = ("numerator", "denominator")) -> list[Numbers]:
    """Some columns as numbers, the parts of rates unless named."""
    return [array_of(frame[name]) for name in names]
