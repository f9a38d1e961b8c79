"""Units by periods: rows of several frames put beside each other by their place, without the hashing of joins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from warehouse.answers.arrays import Arrays, Places, at

_NOWHERE = -(1 << 40)  # less than any line


@dataclass(frozen=True)
class Grid:
    """A line for each of some units, by number, in each of some periods, by code, unit by unit."""

    units: Sequence[int]
    periods: Sequence[str]

    @property
    def size(self) -> int:
        """How many lines there are."""
        return len(self.units) * len(self.periods)

    def of_units(self, arrays: Arrays) -> Arrays:
        """What is known of each unit, in each of its lines."""
        return {name: np.repeat(values, len(self.periods)) for name, values in arrays.items()}

    def of_periods(self, arrays: Arrays) -> Arrays:
        """What is known of each period, in each of its lines."""
        return {name: np.tile(values, len(self.units)) for name, values in arrays.items()}

    def beside(self, units: Iterable[int], periods: Iterable[str], arrays: Arrays) -> Arrays:
        """Rows of `units` in `periods` in the line of each, missing in lines without one.

        Raises `ValueError` where a line has two.
        """
        lines = self._lines_of(units, periods)
        known = np.flatnonzero(lines >= 0)
        rows: Places = np.full(self.size, -1)
        rows[lines[known]] = known
        if (rows >= 0).sum() < known.size:
            raise ValueError("two rows for one unit and period")
        return {name: at(values, rows) for name, values in arrays.items()}

    def _lines_of(self, units: Iterable[int], periods: Iterable[str]) -> Places:
        """The line of each row; -1 for one of another unit or period."""
        firsts, places = self._orders
        pairs = zip(units, periods, strict=True)
        lines = [firsts.get(unit, _NOWHERE) + places.get(period, _NOWHERE) for unit, period in pairs]
        return np.maximum(np.array(lines, dtype=np.int64), -1)

    @cached_property
    def _orders(self) -> tuple[dict[int, int], dict[str, int]]:
        """The first line of each unit, and the place of each period behind it."""
        count = len(self.periods)
        return (
            {unit: count * place for place, unit in enumerate(self.units)},
            {period: place for place, period in enumerate(self.periods)},
        )
