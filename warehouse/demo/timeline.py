"""The periods a simulation goes through, and how work is spread over them.

Every array of a simulation ends in an axis of these periods: whole years of Q1, 6M, 9M and 12M.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from warehouse.periods import Period, Span

Figures = NDArray[np.float64]
Counts = NDArray[np.int64]

SPANS: tuple[Span, ...] = ("Q1", "6M", "9M", "12M")
# Ranges and shares of the simulation are those of this year; other years grow or shrink from it.
BASE_YEAR = 2021

# The share of a year's work done in each of its quarters: the first one holds Tết.
_SEASON = (0.22, 0.26, 0.27, 0.25)
# The outbreaks of early 2021 and of the summer of 2021 kept people away from the counters.
_PANDEMIC = {2021: (0.85, 0.90, 0.65, 0.85)}
_USUAL = (1.0, 1.0, 1.0, 1.0)
# The first period whose window ends after districts were abolished and communes merged (01/07/2025).
_AFTER_REFORM = "2025-9M"
# Of the quarter from 15/06 to 14/09/2025, the part before that day.
_BEFORE_REFORM_IN_QUARTER = 16 / 92


@dataclass(frozen=True)
class Timeline:
    """Whole years, and how many of their periods are over and reported on; the others are only worked out."""

    years: tuple[int, ...]
    reported: int

    def __len__(self) -> int:
        """How many periods there are, reported or not."""
        return len(self.years) * len(SPANS)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period in order."""
        return tuple(Period(year, span) for year in self.years for span in SPANS)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The code of every period."""
        return tuple(period.code for period in self.periods)

    @cached_property
    def year_index(self) -> Figures:
        """Years since the base year, for every period; negative before it."""
        return np.repeat(np.array(self.years, dtype=np.float64) - BASE_YEAR, len(SPANS))

    @cached_property
    def since_base(self) -> Counts:
        """Periods since the first one of the base year; negative before it."""
        return np.arange(len(self)) - (BASE_YEAR - self.years[0]) * len(SPANS)

    @cached_property
    def part_of_year(self) -> Figures:
        """How far the year has gone at the end of a period."""
        return np.tile(np.arange(1, len(SPANS) + 1) / len(SPANS), len(self.years))

    @cached_property
    def season(self) -> Figures:
        """The share of a year's work done in the quarter that ends with a period."""
        return np.tile(_SEASON, len(self.years))

    @cached_property
    def pandemic(self) -> Figures:
        """Of the usual work, what was left of it in the outbreaks."""
        return np.array([_PANDEMIC.get(year, _USUAL) for year in self.years]).ravel()

    @cached_property
    def after_reform(self) -> int:
        """The position of the first period on the map of today."""
        return self.codes.index(_AFTER_REFORM)

    def yearly(self, by_year: Figures) -> Figures:
        """Values of years (..., years) for each of their periods."""
        return np.repeat(by_year, len(SPANS), axis=-1)

    def cumulate(self, quarterly: Counts) -> Figures:
        """Work of single quarters to the sums since 15 December; shape (..., periods)."""
        by_year = quarterly.reshape(*quarterly.shape[:-1], len(self.years), len(SPANS))
        return by_year.cumsum(axis=-1).reshape(quarterly.shape).astype(np.float64)

    def quarterly(self, cumulated: Figures) -> Counts:
        """The reverse of `cumulate`."""
        by_year = cumulated.reshape(*cumulated.shape[:-1], len(self.years), len(SPANS))
        steps = np.diff(by_year, axis=-1, prepend=0).reshape(cumulated.shape)
        return steps.astype(np.int64)

    def stopped_at_reform(self, cumulated: Figures) -> Figures:
        """Cumulative work of units that ended on 01/07/2025: it stays where it was on that day, until the year ends."""
        this_year, next_year = self.after_reform, self._year_after_reform
        before, after = cumulated[..., this_year - 1], cumulated[..., this_year]
        stopped = cumulated.copy()
        at_the_end = np.floor(before + _BEFORE_REFORM_IN_QUARTER * (after - before))
        stopped[..., this_year:next_year] = at_the_end[..., None]
        stopped[..., next_year:] = np.nan
        return stopped

    def nothing_after_reform(self, figures: Figures) -> Figures:
        """Figures of units that ended on 01/07/2025 and have no state after it."""
        ended = figures.copy()
        ended[..., self.after_reform :] = np.nan
        return ended

    @property
    def _year_after_reform(self) -> int:
        return self.codes.index(_AFTER_REFORM) // len(SPANS) * len(SPANS) + len(SPANS)


def whole_years(years: Sequence[int]) -> Timeline:
    """Years whose four periods are all over."""
    return Timeline(tuple(years), len(years) * len(SPANS))


# What the simulated province goes through.
FIVE_YEARS = whole_years(range(2021, 2026))
