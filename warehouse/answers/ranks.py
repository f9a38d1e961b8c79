"""The ranking: who is compared, with what rate, interval and rank, now and a year before."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Scope, over_time, times
from warehouse.answers.arrays import Arrays, array_of, at, column_of, index_of, numbers_of, percent, places_of, printed
from warehouse.answers.held import rates_of_level, reporting_on
from warehouse.answers.registry import (
    NOBODY,
    PARTS,
    definitions_of,
    inside,
    names_on,
    nature_of,
    units_placed,
)
from warehouse.answers.statistics import ranks, wilson_interval
from warehouse.frames import alike, beside, spelt
from warehouse.store import Warehouse

_NAMES = ("unit_code", "name", "parent_name", "former_district", "former_district_name")


def ranking(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """Units by one rate under one definition, ties sharing a rank; `minimum` is the smallest denominator ranked.

    One whose numerator is above its denominator stands last and has no rank and no interval: that cannot be. `low` and
    `high` are the Wilson 95 % interval, null where the parts are no `cases` but money. The same of a year
    before stands in `rank_before`, `percent_before`, `low_before`, `high_before` and `basis_before`. `data_end` is the
    earliest day on which the figures of the unit, or of one it was made of, end, `days_missing` the most days of the
    period that are left out, which is `short` as `covered_window` has it. `direction`: which way the rate is better.
    """
    moments, reach = times(scope), _reach(warehouse, scope)
    end = moments["window_end"]
    held = rates_of_level(warehouse, over_time(scope), rate, definition)
    direction, cases = nature_of(warehouse, rate, definition)
    on_map = units_placed(warehouse, scope.boundary, scope.unit, scope.level, end)["unit_no"].to_numpy()
    now, before = (
        _ranked(held.coded_between(*reach, period), on_map, minimum, direction, cases)
        for period in (scope.period, moments["year_before"])
    )
    names = names_on(warehouse, end)
    row = now.units.astype(np.int64) - 1
    by_name = names["name_order"].to_numpy()[row].astype(np.int64) << 16 | row
    order = np.argsort(np.nan_to_num(now.figures["rank"], nan=_LAST).astype(np.int64) << 40 | by_name)
    units, row = now.units[order], row[order]
    sent = _sent(warehouse, scope, reach)
    earlier, reported = places_of(units, before.units), places_of(units, sent["unit_no"].to_numpy())
    figures = {
        **{name: values[order] for name, values in now.figures.items()},
        **{f"{name}_before": at(before.figures[name], earlier) for name in _BEFORE},
        **{name: at(array_of(sent[name]), reported) for name in _SENT},
    }
    columns = {name: column_of(name, figures[name], kind) for name, kind in _FIGURES.items()}
    named = index_of(row)
    columns |= {name: names[name][named] for name in _NAMES}
    columns["basis"] = spelt(now.basis[index_of(order)])
    columns["basis_before"] = spelt(before.basis[index_of(earlier)]).alias("basis_before")
    columns["short"] = pl.Series("short", np.nan_to_num(figures["short"]) > 0)
    columns |= {"direction": alike("direction", direction, len(row)), "cases": alike("cases", cases, len(row))}
    return pl.DataFrame([columns[name] for name in _COLUMNS])


def definitions(warehouse: Warehouse, scope: Scope, rate: str) -> pl.DataFrame:
    """The definitions of a rate in use in the scope, the one that most units share first."""
    units = units_placed(warehouse, scope.boundary, scope.unit, scope.level, times(scope)["window_end"])
    counted = []
    for definition in definitions_of(warehouse, rate):
        held = rates_of_level(warehouse, over_time(scope), rate, definition)
        known = held.coded_between(*_reach(warehouse, scope), scope.period)
        there = places_of(known["unit_no"].to_numpy(), units["unit_no"].to_numpy()) >= 0
        count = int((there & ~np.isnan(percent(*numbers_of(known)))).sum())
        counted += [(definition, count)] if count else []
    counted.sort(key=lambda one: (-one[1], one[0]))
    return pl.DataFrame(counted, schema={"definition": pl.String, "units": pl.Int64}, orient="row")


def left_out(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """The units `ranking` cannot show, with a `reason`: no_report, other_definition, small_denominator,
    parts_missing or not_asked; on today's map also split or incomplete (what the unit was made of).
    """
    units = units_placed(warehouse, scope.boundary, scope.unit, scope.level, times(scope)["window_end"])
    known = _rates_of(warehouse, scope, rate).sort(pl.col("percent").is_null(), "definition", maintain_order=True)
    same = known.filter(definition=definition).select("unit_no", *_FIGURE, "problem", pl.lit(value=True).alias("asked"))
    other = known.filter(pl.col("definition") != definition).unique("unit_no", keep="first", maintain_order=True)
    sent = _sent(warehouse, scope, _reach(warehouse, scope)).select("unit_no", "reported")
    together = (
        units.join(same, on="unit_no", how="left")
        .join(other.select("unit_no", "definition", *_FIGURE), on="unit_no", how="left", suffix="_other")
        .join(sent, on="unit_no", how="left")
    )
    small = (pl.col("denominator") == 0) | (pl.col("denominator") < minimum)
    ranked = pl.col("percent").is_not_null() & (pl.col("denominator") >= minimum)
    reason = (
        pl.when(pl.col("problem").is_in(["split", "incomplete"]))
        .then(pl.col("problem"))
        .when(small)
        .then(pl.lit("small_denominator"))
        .when(pl.col("asked"))
        .then(pl.lit("parts_missing"))
        .when(pl.col("definition").is_not_null())
        .then(pl.lit("other_definition"))
        .when(pl.col("reported").is_null())
        .then(pl.lit("no_report"))
        .otherwise(pl.lit("not_asked"))
    )
    return (
        together.filter(~ranked.fill_null(value=False))
        .with_columns(reason.alias("reason"), *(pl.coalesce(name, f"{name}_other").alias(name) for name in _FIGURE))
        .sort("reason", "name_order", "unit_no")
        .select("unit_code", "name", "parent_name", "reason", pl.col("definition").alias("other_definition"), *_FIGURE)
    )


def leaves(warehouse: Warehouse, scope: Scope, rate: str, definition: str, former: bool = False) -> pl.DataFrame:
    """Every unit of the scope's level with a figure for one rate, under the `parent_code` directly above it.

    `former` puts communes of today under their old district.
    """
    units = units_placed(warehouse, scope.boundary, scope.unit, scope.level, times(scope)["window_end"])
    known = _rates_of(warehouse, scope, rate).filter(
        pl.col("definition") == definition, pl.col("percent").is_not_null()
    )
    parent = pl.coalesce("former_district", "parent_code") if former else pl.col("parent_code")
    return (
        units.join(known, on="unit_no")
        .sort("name_order", "unit_no")
        .select("unit_code", "name", parent.alias("parent_code"), "numerator", "denominator", "percent", "basis")
    )


def _rates_of(warehouse: Warehouse, scope: Scope, rate: str) -> pl.DataFrame:
    """One rate of all units of the scope's level in its period, under every definition, by `unit_no`."""
    reach, found = _reach(warehouse, scope), []
    for definition in definitions_of(warehouse, rate):
        figures = rates_of_level(warehouse, over_time(scope), rate, definition).between(*reach, scope.period)
        share = column_of("percent", printed(percent(*numbers_of(figures))), pl.Float64)
        parts = [figures[name].cast(PARTS) for name in _PARTS]
        found.append(beside(figures, [alike("definition", definition, figures.height), share, *parts]))
    return pl.concat(found).sort("unit_no", "definition")


def _sent(warehouse: Warehouse, scope: Scope, reach: tuple[int, int]) -> pl.DataFrame:
    """Who of the units numbered between two reported."""
    return reporting_on(warehouse, scope.boundary, scope.simulated).between(*reach, scope.level, scope.period)


def _reach(warehouse: Warehouse, scope: Scope) -> tuple[int, int]:
    """The numbers between which the scope's units lie."""
    within = inside(warehouse, scope.boundary, scope.unit)
    return (within[0], within[-1]) if within.len() else (NOBODY, NOBODY)


_FIGURE = ("percent", "denominator")
_LAST = 1 << 20  # a rank behind all others
_PARTS = ("numerator", "denominator", "stated_percent")
_BEFORE = ("rank", "percent", "low", "high")
_SENT = ("data_end", "days_missing", "short")
_FIGURES: dict[str, Any] = {
    **dict.fromkeys(_PARTS, PARTS),
    **dict.fromkeys(("percent", "low", "high", "percent_before", "low_before", "high_before"), pl.Float64),
    **{"rank": pl.Int64, "rank_before": pl.Int64, "given": pl.UInt16, "data_end": pl.Date, "days_missing": pl.Int32},
}
_COLUMNS = (
    *("rank", "unit_code", "name", "parent_name", "percent", "numerator", "denominator", "stated_percent"),
    *("low", "high", "rank_before", "percent_before", "basis", "given", "data_end", "days_missing", "short"),
    *("low_before", "high_before", "cases", "direction", "former_district", "former_district_name", "basis_before"),
)


@dataclass(frozen=True)
class _Ranked:
    """Those of some units that can be ranked in one period, by number: their figures, and how these came about."""

    units: NDArray[np.uint16]
    figures: Arrays
    basis: pl.Series


def _ranked(known: pl.DataFrame, units: NDArray[np.uint16], minimum: int, direction: str, cases: bool) -> _Ranked:
    """Figures of some units in one period with their percentage, their rank by it and their interval."""
    counted, whole = numbers_of(known)
    numbers = known["unit_no"].to_numpy()
    row = np.flatnonzero(~np.isnan(counted) & (whole > 0) & (whole >= minimum) & (places_of(numbers, units) >= 0))
    numerator, denominator = counted[row], whole[row]
    share, possible = printed(percent(numerator, denominator)), numerator <= denominator
    better = np.where(possible, share if direction == "down" else -share, np.inf)
    low, high = wilson_interval(numerator, denominator)
    figures = {
        **{"numerator": numerator, "denominator": denominator, "percent": share},
        **{name: array_of(known[name])[row] for name in ("stated_percent", "given")},
        "rank": np.where(possible, ranks(better), np.nan),
        "low": np.where(possible & cases, np.round(100 * low, 9), np.nan),
        "high": np.where(possible & cases, np.round(100 * high, 9), np.nan),
    }
    return _Ranked(numbers[row], figures, known["basis"][index_of(row)])
