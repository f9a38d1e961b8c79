"""Which reports arrive, and when: late ones, gaps, and units that stay silent for a while."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.demo.dice import Dice
from warehouse.demo.sheets import Mask
from warehouse.demo.timeline import PERIODS, Figures
from warehouse.tables import read_catalogue

Days = NDArray[np.datetime64]

WINDOW_ENDS: Days = np.array([period.window_end for period in PERIODS], dtype="datetime64[D]")
# Missing now and then; in the newest period, where many are still on their way; for several periods in a row.
_MISSING, _MISSING_NEWEST, _SILENT_UNITS = 0.02, 0.12, 0.04
_SIGNED_LATE = 0.07


def valid_at_window_end(units: Sequence[str]) -> Mask:
    """Which units exist on the last day of each period, shape (units, periods)."""
    known = read_catalogue("units").filter(pl.col("unit_code").is_in(list(units)))
    validity = {row["unit_code"]: (row["valid_from"], row["valid_to"]) for row in known.iter_rows(named=True)}
    return np.array([[_is_valid(*validity[code], period.window_end) for period in PERIODS] for code in units])


def _is_valid(valid_from: str | None, valid_to: str | None, day: date) -> bool:
    return (valid_from or "") <= day.isoformat() < (valid_to or "9999")


def sent_reports(dice: Dice, expected: Mask) -> Mask:
    """Of the reports expected (units, periods), those that arrive."""
    missing = np.full(len(PERIODS), _MISSING)
    missing[-1] = _MISSING_NEWEST
    forgotten = dice.uniform(count=len(PERIODS)) < missing
    silent = dice.uniform() < _SILENT_UNITS
    start, length = np.floor(dice.uniform(0, 16)), np.floor(dice.uniform(3, 6))
    position = np.arange(len(PERIODS))
    in_silence = silent & (position >= start) & (position < start + length)
    sent: Mask = expected & ~forgotten & ~in_silence
    return sent


def signing_days(dice: Dice) -> Days:
    """The day each report is signed, (units, periods): within three weeks of the window's end, some late."""
    lag = np.floor(dice.uniform(-6, 18, len(PERIODS)))
    late = dice.uniform(count=len(PERIODS)) < _SIGNED_LATE
    lag = lag + np.where(late, np.floor(dice.uniform(15, 60, len(PERIODS))), 0)
    days: Days = WINDOW_ENDS + lag.astype("timedelta64[D]")
    return days


def document_numbers(dice: Dice) -> Figures:
    """The running number of each report among its unit's documents of the year, (units, periods)."""
    pace = dice.uniform(40, 160)
    numbers: Figures = np.floor(pace * (1 + np.arange(len(PERIODS)) % 4) + dice.uniform(1, 30, len(PERIODS)))
    return numbers
