"""The twenty periods of the simulation, and how work is spread over a year.

Every array of the simulation ends in an axis of these periods: five years of Q1, 6M, 9M and 12M.
"""

import numpy as np
from numpy.typing import NDArray

from warehouse.periods import Period, Span

Figures = NDArray[np.float64]
Counts = NDArray[np.int64]

SPANS: tuple[Span, ...] = ("Q1", "6M", "9M", "12M")
YEARS: tuple[int, ...] = (2021, 2022, 2023, 2024, 2025)
PERIODS: tuple[Period, ...] = tuple(Period(year, span) for year in YEARS for span in SPANS)

# Years since the first, for every period.
YEAR_INDEX: Figures = np.repeat(np.arange(len(YEARS), dtype=np.float64), len(SPANS))
# How far the year has gone at the end of a period.
PART_OF_YEAR: Figures = np.tile(np.arange(1, len(SPANS) + 1) / len(SPANS), len(YEARS))
# The share of a year's work done in each of its quarters: the first one holds Tết.
SEASON: Figures = np.tile([0.22, 0.26, 0.27, 0.25], len(YEARS))
# The outbreaks of early 2021 and of the summer of 2021 kept people away from the counters.
PANDEMIC: Figures = np.concatenate([[0.85, 0.90, 0.65, 0.85], np.ones(len(PERIODS) - len(SPANS))])

# The first period whose window ends after districts were abolished and communes merged (01/07/2025).
AFTER_REFORM = next(position for position, period in enumerate(PERIODS) if period.code == "2025-9M")
# Of the quarter from 15/06 to 14/09/2025, the part before that day.
_BEFORE_REFORM_IN_QUARTER = 16 / 92


def cumulate(quarterly: Counts) -> Figures:
    """Work of single quarters to the sums since 15 December; shape (..., periods)."""
    by_year = quarterly.reshape(*quarterly.shape[:-1], len(YEARS), len(SPANS))
    return by_year.cumsum(axis=-1).reshape(quarterly.shape).astype(np.float64)


def quarterly(cumulated: Figures) -> Counts:
    """The reverse of `cumulate`."""
    by_year = cumulated.reshape(*cumulated.shape[:-1], len(YEARS), len(SPANS))
    steps = np.diff(by_year, axis=-1, prepend=0).reshape(cumulated.shape)
    return steps.astype(np.int64)


def stopped_at_reform(cumulated: Figures) -> Figures:
    """Cumulative work of units that ended on 01/07/2025: it stays where it was on that day."""
    before, after = cumulated[..., AFTER_REFORM - 1], cumulated[..., AFTER_REFORM]
    stopped = cumulated.copy()
    at_the_end = np.floor(before + _BEFORE_REFORM_IN_QUARTER * (after - before))
    stopped[..., AFTER_REFORM:] = at_the_end[..., None]
    return stopped


def nothing_after_reform(figures: Figures) -> Figures:
    """Figures of units that ended on 01/07/2025 and have no state after it."""
    ended = figures.copy()
    ended[..., AFTER_REFORM:] = np.nan
    return ended
