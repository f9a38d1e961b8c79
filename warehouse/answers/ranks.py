"""The ranking: who is compared, with what rate, interval and rank, now and a year before."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Scope, times, where
from warehouse.answers.registry import NOBODY, inside, names_on, natures, percent_printed, units_placed
from warehouse.answers.statistics import wilson_interval
from warehouse.store import Warehouse

_NAMES = ("unit_code", "name", "parent_name", "former_district", "former_district_name")


def ranking(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """Units by one rate under one definition, ties sharing a rank; `minimum` is the smallest denominator ranked.

    `low` and `high` are the Wilson 95 % interval, null where the parts are no `cases` but money. The same of a year
    before stands in `rank_before`, `percent_before`, `low_before`, `high_before` and `basis_before`. `data_end` is the
    earliest day on which the figures of the unit, or of one it was made of, end, `days_missing` the most days of the
    period that are left out, which is `short` as `covered_window` has it. `direction`: which way the rate is better.
    """
    moments, asked = times(scope), _asked(warehouse, scope)
    end = moments["window_end"]
    chosen_rate = {"rate": rate, "definition": definition, "minimum": minimum}
    found = warehouse.ask("ranking", {**asked, **chosen_rate, "year_before": moments["year_before"]})
    nature = natures(warehouse).filter(rate=rate, definition=definition).select("direction", "cases").rows()
    direction, cases = nature[0] if nature else ("up", True)
    on_map = units_placed(warehouse, scope.boundary, scope.unit, scope.level, end)
    now, before = (
        _ranked(found.filter(chosen).join(on_map, on="unit_no", how="semi", maintain_order="left"), direction, cases)
        for chosen in (pl.col("now"), ~pl.col("now"))
    )
    names = names_on(warehouse, end)
    rows = now["unit_no"].to_numpy() - 1
    now = now[np.lexsort((rows, names["name_order"].to_numpy()[rows], now["rank"].to_numpy()))]
    sent = warehouse.recall("reporting", asked).with_columns(pl.col("short") > 0)
    beside = [
        names.select(_NAMES)[now["unit_no"].cast(pl.UInt32) - 1],
        _beside(now["unit_no"], before, _BEFORE).rename({name: f"{name}_before" for name in _BEFORE}),
        _beside(now["unit_no"], sent, ("data_end", "days_missing", "short")),
    ]
    whole = pl.concat([now, *beside], how="horizontal")
    return whole.with_columns(
        pl.col("short").fill_null(value=False), pl.lit(direction).alias("direction"), pl.lit(cases).alias("cases")
    ).select(_COLUMNS)


def _beside(units: pl.Series, frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Columns of a frame for some units, null where it has none: a join by numbers, without the hashing."""
    rows, theirs = units.to_numpy(), frame["unit_no"].to_numpy()
    places: NDArray[np.int64] = np.full(1 + max(rows.max(initial=0), theirs.max(initial=0)), -1)
    places[theirs] = np.arange(frame.height)
    row = pl.lit(pl.Series(places[rows]))
    return frame.select(pl.col(columns).gather(pl.when(row >= 0).then(row)))


def disputed(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """The units whose figures behind a rate another figure of their own report contradicts, gravely or fairly."""
    return warehouse.ask("disputed", asdict(scope))


def definitions(warehouse: Warehouse, scope: Scope, rate: str) -> pl.DataFrame:
    """The definitions of a rate in use in the scope, the one that most units share first."""
    units = units_placed(warehouse, scope.boundary, scope.unit, scope.level, times(scope)["window_end"])
    known = _rates_of(warehouse, scope, rate).filter(pl.col("percent").is_not_null())
    counted = known.join(units.select("unit_no"), on="unit_no", how="semi").group_by("definition").agg(pl.len())
    return counted.select("definition", pl.col("len").cast(pl.Int64).alias("units")).sort(
        "units", "definition", descending=[True, False]
    )


def left_out(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """The units `ranking` cannot show, with a `reason`: no_report, other_definition, small_denominator,
    parts_missing or not_asked; on today's map also split or incomplete (what the unit was made of).
    """
    units = units_placed(warehouse, scope.boundary, scope.unit, scope.level, times(scope)["window_end"])
    known = _rates_of(warehouse, scope, rate).sort(pl.col("percent").is_null(), "definition", maintain_order=True)
    same = known.filter(definition=definition).select("unit_no", *_FIGURE, "problem", pl.lit(value=True).alias("asked"))
    other = known.filter(pl.col("definition") != definition).unique("unit_no", keep="first", maintain_order=True)
    sent = warehouse.recall("reporting", _asked(warehouse, scope)).select("unit_no", "reported")
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
    found = warehouse.ask("rates_in_period", {**_asked(warehouse, scope), "rate": rate})
    return found.with_columns(percent_printed().alias("percent"))


def _asked(warehouse: Warehouse, scope: Scope) -> dict[str, object]:
    """The scope's parameters of a query over the large tables, with the numbers between which its units lie."""
    within = inside(warehouse, scope.boundary, scope.unit)
    first, last = (within[0], within[-1]) if within.len() else (NOBODY, NOBODY)
    return {**where(scope), "first": first, "last": last}


_FIGURE = ("percent", "denominator")
_BEFORE = ("rank", "percent", "low", "high", "basis")
_COLUMNS = (
    *("rank", "unit_code", "name", "parent_name", "percent", "numerator", "denominator", "stated_percent"),
    *("low", "high", "rank_before", "percent_before", "basis", "given", "data_end", "days_missing", "short"),
    *("low_before", "high_before", "cases", "direction", "former_district", "former_district_name", "basis_before"),
)


def _ranked(figures: pl.DataFrame, direction: str, cases: bool) -> pl.DataFrame:
    """Figures of one period with their percentage, their rank by it and their interval."""
    parts = figures.select(pl.col("numerator", "denominator").cast(pl.Float64), percent_printed().alias("percent"))
    numerator, denominator, percent = (parts[name].to_numpy() for name in ("numerator", "denominator", "percent"))
    low, high = wilson_interval(numerator, denominator)
    better = percent if direction == "down" else -percent
    bounds = {
        name: pl.Series(name, np.round(100 * bound, 9) if cases else [None] * figures.height, dtype=pl.Float64)
        for name, bound in (("low", low), ("high", high))
    }
    return figures.with_columns(
        parts["percent"], pl.Series("rank", 1 + np.searchsorted(np.sort(better), better)), **bounds
    )
