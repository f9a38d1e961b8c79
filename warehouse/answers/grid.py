"""Units by periods: rows of several frames put beside each other by their place, without the hashing of joins."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

_UNITS = 1 << 16  # numbers of units are smaller


@dataclass(frozen=True)
class Grid:
    """A line for each of some `units` (`unit_no`, ...) in each of some `periods` (`period`, ...), unit by unit."""

    units: pl.DataFrame
    periods: pl.DataFrame

    def lines(self) -> pl.DataFrame:
        """What units and periods say of themselves, for every line."""
        units, periods = np.arange(self.units.height), np.arange(self.periods.height)
        return pl.concat(
            [self.units[np.repeat(units, periods.size)], self.periods[np.tile(periods, units.size)]], how="horizontal"
        )

    def beside(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The other columns of a frame for every line, null where it has no row for the `unit_no` and `period`.

        Raises `ValueError` where it has two.
        """
        line = self._lines_of(frame)
        known = line >= 0
        rows: NDArray[np.int64] = np.full(self.units.height * self.periods.height, -1)
        rows[line[known]] = np.flatnonzero(known)
        if (rows >= 0).sum() < known.sum():
            raise ValueError("two rows for one unit and period")
        row = pl.lit(pl.Series(rows))
        return frame.select(pl.exclude("unit_no", "period").gather(pl.when(row >= 0).then(row)))

    def place_of_units(self, numbers: pl.Series) -> NDArray[np.int64]:
        """Which of the units each number is; -1 for one of another."""
        place: NDArray[np.int64] = np.full(_UNITS, -1)
        place[self.units["unit_no"].to_numpy()] = np.arange(self.units.height)
        places: NDArray[np.int64] = place[numbers.to_numpy()]
        return places

    def _lines_of(self, frame: pl.DataFrame) -> NDArray[np.int64]:
        """The line of each row; -1 for one of another unit or period."""
        order = {period: place for place, period in enumerate(self.periods["period"])}
        periods = np.array([order.get(period, -1) for period in frame["period"]], dtype=np.int64)
        units = self.place_of_units(frame["unit_no"])
        return np.where((units >= 0) & (periods >= 0), units * len(order) + periods, -1)
