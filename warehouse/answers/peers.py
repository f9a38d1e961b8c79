"""Where units stand among their peers: every rate of all units around, with ranks and quartiles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Scope, over_time, times
from warehouse.answers.arrays import (
    Arrays,
    Numbers,
    Places,
    array_of,
    at,
    column_of,
    found_at,
    index_of,
    percent,
    places_of,
    printed,
)
from warehouse.answers.comparison import change_real, open_ranks, with_intervals
from warehouse.answers.held import rates_of_level, sums_of_level
from warehouse.answers.registry import NOBODY, PARTS, WHOLE, natures, units_placed
from warehouse.answers.statistics import quartiles, ranks
from warehouse.frames import beside, rows_where, spelt
from warehouse.model import Level
from warehouse.store import Warehouse


def peers(warehouse: Warehouse, scope: Scope, root: str, peer_level: Level) -> pl.DataFrame:
    """Every rate of the units of `peer_level` within `root`, in the scope's period with the year before.

    Each has its own figure where the scope counts its own level, else the sums over the units of that level in it; the
    scope's unit plays no part. What stood a year before is null where another number of units stood behind a sum, for
    the difference may be theirs. `rank` among those that have a figure under the same definition (`ranked`), and their
    quartiles, without those above 100 %, which cannot be; `rank_best`, `rank_worst`, `alike` and `change_real` as
    `comparison.compare` has them.
    """
    moments = times(scope)
    units = units_placed(warehouse, scope.boundary, root, peer_level, moments["window_end"])
    numbers = units["unit_no"].to_numpy()
    read = _own if peer_level == scope.level else _summed
    now, before = (read(warehouse, scope, numbers, period) for period in (scope.period, moments["year_before"]))
    place = places_of(now.unit, numbers)
    order = np.lexsort((now.unit, array_of(units["name_order"])[place], np.isnan(now.figures["percent"]), now.rate))
    order = order[place[order] >= 0]
    rates, group = natures(warehouse), now.rate[order]
    figures = {name: values[order] for name, values in now.figures.items()}
    row = _row_of(now.key[order], before.key)
    past = {name: at(values, row) for name, values in before.figures.items()}
    same = figures["units"] == past.pop("units")  # else the change may be that of other units alone
    figures |= {f"{name}_before": np.where(same, values, np.nan) for name, values in past.items()}
    columns = [
        *(units[name][index_of(place[order])] for name in ("unit_code", "name")),
        *(rates[name][index_of(group)] for name in rates.columns),
        *(column_of(name, values, pl.Float64) for name, values in figures.items()),
        *(column[index_of(order)] for column in (now.basis, now.problem)),
        before.basis[index_of(row)].alias("basis_before"),
    ]
    return _ranked(pl.DataFrame(columns), figures["percent"], group)


@dataclass(frozen=True)
class _Figures:
    """Figures of some units under all rates: the number of each's unit, the place of its rate in `natures`."""

    unit: NDArray[np.uint16]
    rate: Places
    figures: Arrays
    basis: pl.Series
    problem: pl.Series

    @property
    def key(self) -> Places:
        """One number for both."""
        return self.rate << 16 | self.unit


def _row_of(keys: Places, among: Places) -> Places:
    """Where each key stands among others, -1 where it does not."""
    order = np.argsort(among)
    row = np.searchsorted(among, keys, sorter=order)
    found = np.append(order, -1)[row]
    return np.where(np.append(among, -1)[found] == keys, found, -1)


def _own(warehouse: Warehouse, scope: Scope, units: NDArray[np.uint16], period: str) -> _Figures:
    """Every rate of the units numbered between some units, as printed or carried, in a period."""
    reach = (int(units.min()), int(units.max())) if len(units) else (NOBODY, NOBODY)
    keys, world = natures(warehouse).select("rate", "definition").rows(), over_time(scope)
    parts = [rates_of_level(warehouse, world, *key).coded_between(*reach, period) for key in keys]
    rate = np.repeat(np.arange(len(keys)), [part.height for part in parts])
    return _figures(parts, rate, np.ones(len(rate)), printed)


def _summed(warehouse: Warehouse, scope: Scope, units: NDArray[np.uint16], period: str) -> _Figures:
    """Every rate added up over the units of the scope's level in some units, in a period."""
    sums = sums_of_level(warehouse, over_time(scope)).of(units.tolist())
    there = rows_where(sums, ((sums["period"] == period) & (sums["units"] > 0)).to_numpy())
    places = {key: place for place, key in enumerate(natures(warehouse).select("rate", "definition").rows())}
    rate = found_at(places, zip(there["rate"].to_list(), there["definition"].to_list(), strict=True))
    return _figures([there], rate, array_of(there["units"]), lambda share: share)


def _figures(
    parts: Sequence[pl.DataFrame], rate: Places, units: Numbers, as_shown: Callable[[Numbers], Numbers]
) -> _Figures:
    numerator, denominator = (
        np.concatenate([array_of(part[name]) for part in parts]) for name in ("numerator", "denominator")
    )
    share = as_shown(percent(numerator, denominator))
    figures = {"percent": share, "numerator": numerator, "denominator": denominator, "units": units}
    basis, problem = (pl.concat([spelt(part[name]) for part in parts]) for name in ("basis", "problem"))
    return _Figures(np.concatenate([part["unit_no"].to_numpy() for part in parts]), rate, figures, basis, problem)


def _ranked(found: pl.DataFrame, percents: Numbers, group: Places) -> pl.DataFrame:
    """Figures that lie rate by rate with their ranks, sure and open, and with the quartiles of each rate."""
    value = np.where(percents <= WHOLE, percents, np.nan)
    standing = {name: np.full(len(value), np.nan) for name in ("rank", "ranked", *_QUARTILES)}
    for rows in _stretches(group):
        known = ~np.isnan(value[rows])
        better = value[rows][known] * (1 if found["direction"][rows.start] == "down" else -1)
        standing["rank"][rows][known] = ranks(better)
        standing["ranked"][rows] = known.sum()
        for name, quartile in zip(_QUARTILES, quartiles(value[rows][known]), strict=True):
            standing[name][rows] = quartile
    kinds = dict.fromkeys(("rank", "ranked"), pl.Int64) | dict.fromkeys(_QUARTILES, pl.Float64)
    whole = beside(found, (column_of(name, standing[name], kind) for name, kind in kinds.items()))
    whole = open_ranks(with_intervals(whole), group)
    parts = [whole[name].cast(PARTS) for name in _COLUMNS if name.startswith(("numerator", "denominator"))]
    return beside(whole, [change_real(whole).alias("change_real"), *parts])[list(_COLUMNS)]


def _stretches(group: Places) -> Iterator[slice]:
    """The rows of each group, which lie together."""
    ends = [*(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    yield from (slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start)


_QUARTILES = ("lower_quartile", "median", "upper_quartile")
_COLUMNS = (
    *("unit_code", "name", "rate", "definition", "numerator", "denominator", "percent", "basis", "problem"),
    *("percent_before", "numerator_before", "denominator_before", "change_real", "rank", "ranked"),
    *("rank_best", "rank_worst", "alike", "direction", "cases", "measure_vi", "measure_en", *_QUARTILES),
)
