"""Rates of a level, their sums and who reported: whole stretches of the tables, held in memory once they are asked for.

Each is one flat scan (20 to 40 ms for the country), kept as long as there is room. What a page asks of it is a few
comparisons of numbers then, where the plan of a query alone would take ten times as long. Parts of rates are doubles:
exact up to fifteen digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers.arrays import index_of
from warehouse.frames import alike, spelt, with_text
from warehouse.store import Warehouse
from warehouse.territory import Boundary


@dataclass(frozen=True)
class Held:
    """Rows in one stretch a key, each in ascending order of `unit_no`; `units` are the numbers of all rows.

    A key is what the columns named `keys` have in all rows of a stretch.
    """

    rows: pl.DataFrame
    units: NDArray[np.uint16]
    stretches: dict[tuple[str | None, ...], slice]
    keys: tuple[str, ...] = ()

    @classmethod
    def by(cls, rows: pl.DataFrame, *names: str) -> Self:
        """Rows that lie in the order of some columns of codes and then of units."""
        changes = np.zeros(max(rows.height - 1, 0), dtype=bool)
        for name in names:
            codes = rows[name].rle_id().to_numpy()  # null is like null
            changes |= codes[1:] != codes[:-1]
        starts = [0, *(np.flatnonzero(changes) + 1).tolist()] if rows.height else []
        keys = with_text(rows.select(names)[starts]).rows() if names else [()] * len(starts)
        stretches = dict(zip(keys, map(slice, starts, [*starts[1:], rows.height]), strict=True))
        return cls(rows, rows["unit_no"].to_numpy(), stretches, names)

    def estimated_size(self) -> int:
        """Bytes in memory, with the order of units that is made when it is first wanted."""
        return int(self.rows.estimated_size()) + 4 * self.units.nbytes

    def between(self, first: int, last: int, *key: str | None) -> pl.DataFrame:
        """The rows of one key for the units numbered from `first` to `last`."""
        cut = self.coded_between(first, last, *key)
        said = dict(zip(self.keys, key, strict=True))
        return pl.DataFrame(
            [
                alike(each.name, said[each.name], cut.height)
                if each.name in said
                else spelt(each)
                if each.name in self._coded
                else each
                for each in cut.get_columns()
            ]
        )

    def coded_between(self, first: int, last: int, *key: str | None) -> pl.DataFrame:
        """The same with categories for codes, which need not be spelt out where few are wanted."""
        whole = self.stretches.get(key, slice(0, 0))
        if not 0 <= first <= last:
            return self.rows.clear()
        there = self.units[whole]
        start = int(there.searchsorted(np.uint16(first), "left"))  # of their own kind: all would be converted else
        end = int(there.searchsorted(np.uint16(last), "right"))
        return self.rows.slice(whole.start + start, end - start)

    def of(self, units: Sequence[int], *key: str | None) -> pl.DataFrame:
        """The rows of some units under one key, or under all."""
        whole = self.stretches.get(key, slice(0, 0))
        if len(units) == 1 and (key or not self.keys):  # the rows of a unit lie together in a stretch
            return self.between(units[0], units[0], *key)
        order, numbers = self._by_unit
        wanted = np.array([unit for unit in units if unit >= 0], dtype=np.uint16)
        starts, ends = numbers.searchsorted(wanted, "left"), numbers.searchsorted(wanted, "right")
        parts = [order[start:end] for start, end in zip(starts, ends, strict=True)]
        rows = np.sort(np.concatenate([order[:0], *parts]))
        index = index_of(rows[(whole.start <= rows) & (rows < whole.stop)] if key else rows)
        return pl.DataFrame([spelt(each[index]) for each in self.rows.get_columns()])

    @cached_property
    def _coded(self) -> frozenset[str]:
        """The columns that have categories; to ask each of its kind takes as long as to spell it out."""
        return frozenset(name for name, kind in self.rows.schema.items() if kind in (pl.Categorical, pl.Enum))

    @cached_property
    def _by_unit(self) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
        """The rows in the order of units, and the number of the unit of each."""
        order = np.argsort(self.units, kind="stable").astype(np.int32)
        return order, self.units[order]


def rates_of_level(warehouse: Warehouse, world: Mapping[str, Any], rate: str, definition: str) -> Held:
    """One rate under one definition of all units of a level of a world on a map, a stretch a period."""
    asked = {**world, "rate": rate, "definition": definition}
    return warehouse.hold(
        ("rates_of_level", *sorted(asked.items())),
        lambda: Held.by(warehouse.ask("rates_of_level", asked, as_text=False).pipe(_compact), "period"),
    )


def sums_of_level(warehouse: Warehouse, world: Mapping[str, Any]) -> Held:
    """The rates added up over the units of a level of a world in each unit above them, a stretch a rate."""
    return warehouse.hold(
        ("sums_of_level", *sorted(world.items())),
        lambda: Held.by(warehouse.ask("sums_of_level", world, as_text=False).pipe(_compact), "rate"),
    )


def reporting_on(warehouse: Warehouse, boundary: Boundary, simulated: bool) -> Held:
    """Who reported on a map, a stretch a level and period."""
    asked = {"boundary": boundary, "simulated": simulated}
    return warehouse.hold(
        ("reporting", *sorted(asked.items())),
        lambda: Held.by(warehouse.ask("reporting", asked, as_text=False).pipe(_compact), "level", "period"),
    )


def _compact(rows: pl.DataFrame) -> pl.DataFrame:
    """The same with codes in a byte or two: the few that there are."""
    coded = [each for each in rows.get_columns() if each.dtype in (pl.Categorical, pl.String)]
    kinds = {each.name: pl.Enum(each.unique().drop_nulls().cast(pl.String).sort()) for each in coded}
    return rows.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items())
