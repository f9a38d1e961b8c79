"""Which reports arrive, and when: late ones, gaps, and units that stay silent for a while."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.demo.dice import Dice
from warehouse.demo.sheets import Mask
from warehouse.demo.timeline import SPANS, Figures, Timeline
from warehouse.tables import read_catalogue

Days = NDArray[np.datetime64]

# Missing now and then; in the newest period, where many are still on their way; for several periods in a row.
_MISSING, _MISSING_NEWEST, _SILENT_UNITS = 0.02, 0.12, 0.04
_SIGNED_LATE = 0.07


def valid_at_window_end(units: Sequence[str], timeline: Timeline) -> Mask:
    """Which units exist on the last day of each period that is over, shape (units, periods)."""
    known = read_catalogue("units").filter(pl.col("unit_code").is_in(list(units)))
    validity = {row["unit_code"]: (row["valid_from"], row["valid_to"]) for row in known.iter_rows(named=True)}
    valid = [[_is_valid(*validity[code], period.window_end) for period in timeline.periods] for code in units]
    return np.array(valid) & (np.arange(len(timeline)) < timeline.reported)


def _is_valid(valid_from: str | None, valid_to: str | None, day: date) -> bool:
    return (valid_from or "") <= day.isoformat() < (valid_to or "9999")


def sent_reports(dice: Dice, expected: Mask) -> Mask:
    """Of the reports expected (units, periods), those that arrive."""
    position = np.arange(len(dice.timeline))
    missing = np.where(position == dice.timeline.reported - 1, _MISSING_NEWEST, _MISSING)
    forgotten = dice.uniform(count=len(position)) < missing
    silent = dice.uniform() < _SILENT_UNITS
    start, length = np.floor(dice.uniform(0, len(position) - len(SPANS))), np.floor(dice.uniform(3, 6))
    in_silence = silent & (position >= start) & (position < start + length)
    sent: Mask = expected & ~forgotten & ~in_silence
    return sent


def signing_days(dice: Dice) -> Days:
    """The day each report is signed, (units, periods): within three weeks of the window's end, some late."""
    periods = len(dice.timeline)
    lag = np.floor(dice.uniform(-6, 18, periods))
    late = dice.uniform(count=periods) < _SIGNED_LATE
    lag = lag + np.where(late, np.floor(dice.uniform(15, 60, periods)), 0)
    window_ends = np.array([period.window_end for period in dice.timeline.periods], dtype="datetime64[D]")
    days: Days = window_ends + lag.astype("timedelta64[D]")
    return days


def document_numbers(dice: Dice) -> Figures:
    """The running number of each report among its unit's documents of the year, (units, periods)."""
    pace = dice.uniform(40, 160)
    periods = len(dice.timeline)
    numbers: Figures = np.floor(pace * (1 + np.arange(periods) % len(SPANS)) + dice.uniform(1, 30, periods))
    return numbers
