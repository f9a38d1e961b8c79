"""Down a step: the children of a unit with one rate each, from what is kept ready."""

from dataclasses import replace
from datetime import date

import polars as pl

from warehouse.answers import Scope, over_time, times
from warehouse.answers.held import rates_of_level, reporting_on, sums_of_level
from warehouse.answers.registry import (
    NOBODY,
    PARTS,
    memberships,
    names_on,
    percent,
    percent_printed,
    placed,
    units_below,
)
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def drilldown(warehouse: Warehouse, scope: Scope, rate: str, definition: str, former: bool = False) -> pl.DataFrame:
    """The children of the scope's unit with one rate each, added up over the units of its level in them.

    Children without a figure stay, with nulls; a child of the counted level has its own figure, carried where the
    boundary is today's. `former` puts the old districts between a province and its communes of today, as groups; a
    commune of today says the district it mostly came of, and whether it did as a `whole`. `short` of the reports
    counted do not cover the period, at most `days_missing` of it. Positions are in degrees, `approximate` where the
    unit's own is unknown.
    """
    day = times(scope)["window_end"]
    children = _children(warehouse, scope, day, former)
    parts = [
        _with_figures(warehouse, group, replace(scope, boundary=_counted_on(scope.boundary, grouped)), rate, definition)
        for grouped in (False, True)
        if (group := children.filter(pl.col("grouped") == grouped)).height or not (grouped or children.height)
    ]
    positions = warehouse.remembered("positions", lambda: warehouse.ask("positions"))
    found = pl.concat(parts).join(positions, on="unit_no", how="left")
    return found.sort("name_order", "unit_code").select(_finished(scope))


def _counted_on(boundary: Boundary, grouped: bool) -> Boundary:
    """An old district as a group is one of communes of today, whatever map it is shown on."""
    return "now" if grouped and boundary == "then" else boundary


def _children(warehouse: Warehouse, scope: Scope, day: date, former: bool) -> pl.DataFrame:
    """The units directly below, and `grouped` old districts where they are asked for."""
    district = pl.col("former_district")
    below = units_below(warehouse, scope.boundary, scope.unit, day).with_columns(pl.lit(value=False).alias("grouped"))
    if not former:
        return below
    names = names_on(warehouse, day)
    there = names.filter(placed(scope.boundary, day), pl.col("parent_code") == scope.unit)
    between = there["former_district"].drop_nulls().unique()
    groups = names.filter(pl.col("unit_code").is_in(between.implode())).with_columns(
        pl.lit(value=True).alias("grouped"),
        *(pl.lit(None).cast(names.schema[name]).alias(name) for name in _FORMER),
    )
    return pl.concat([below.filter(district.fill_null(scope.unit) == scope.unit), groups])


def _with_figures(
    warehouse: Warehouse, children: pl.DataFrame, scope: Scope, rate: str, definition: str
) -> pl.DataFrame:
    """The children with their own figure, the sums over them, who reported in them and how many should have."""
    units, world = children["unit_no"].to_list(), over_time(scope)
    there = memberships(warehouse, scope.boundary, scope.level).rows.filter(placed("then", times(scope)["window_end"]))
    expected = there.group_by("unit_no").agg(pl.col("units").sum().alias("expected"))
    sums = sums_of_level(warehouse, world).of(units, rate).filter(definition=definition, period=scope.period)
    summed = sums.select(*_SUMMED, percent().alias("percent"))
    reach = min(units, default=NOBODY), max(units, default=NOBODY)
    rates = rates_of_level(warehouse, world, rate, definition).between(*reach, scope.period)
    own = rates.select(*_OWN, percent_printed().alias("percent"))
    sent = reporting_on(warehouse, scope.boundary, scope.simulated).between(*reach, scope.level, scope.period)
    return (
        children.join(expected, on="unit_no", how="left")
        .join(sent.select("unit_no", "reported", "short", "days_missing"), on="unit_no", how="left")
        .join(own, on="unit_no", how="left")
        .join(summed, on="unit_no", how="left", suffix="_sum")
    )


_SUMMED = ("unit_no", "numerator", "denominator", "units", "basis")
_OWN = ("unit_no", "numerator", "denominator", "basis", "problem", "given")
_FORMER = ("former_district", "former_district_name", "former_whole")


def _finished(scope: Scope) -> list[pl.Expr]:
    is_own = pl.col("level") == scope.level
    units = pl.when(pl.col("percent").is_not_null()).then(pl.col("given")).otherwise(0)
    summed = pl.when(pl.col("units") > 0).then(pl.col("basis_sum"))
    short = pl.col("short").fill_null(0).cast(pl.Int64)
    return [
        *(pl.col(name) for name in ("unit_code", "name", "kind", "level")),
        (pl.col("level") != "commune").alias("has_children"),
        *(pl.col(name).fill_null(0).cast(pl.Int64) for name in ("expected", "reported")),
        pl.when(is_own).then(units).otherwise(pl.col("units")).fill_null(0).cast(pl.Int64).alias("units"),
        *(
            pl.when(is_own).then(pl.col(name)).otherwise(pl.col(f"{name}_sum")).cast(kind).alias(name)
            for name, kind in (("numerator", PARTS), ("denominator", PARTS), ("percent", pl.Float64()))
        ),
        pl.when(is_own).then(pl.col("basis")).otherwise(summed).alias("basis"),
        pl.col("problem"),
        pl.col("former_whole").alias("whole"),
        pl.col("former_district_name").alias("former_name"),
        short,
        pl.when(short > 0).then(pl.col("days_missing")).alias("days_missing"),
        *(pl.col(name) for name in ("latitude", "longitude", "approximate")),
    ]
