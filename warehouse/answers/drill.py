"""Down a step: the children of a unit with one rate each, from what is kept ready."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Scope, over_time, times
from warehouse.answers.arrays import (
    NO_TEXT,
    Arrays,
    Numbers,
    array_of,
    arrays_of,
    at,
    column_of,
    index_of,
    percent,
    places_of,
    printed,
)
from warehouse.answers.held import rates_of_level, reporting_on, sums_of_level
from warehouse.answers.registry import NOBODY, PARTS, memberships, names_on, placed, units_below
from warehouse.frames import beside, rows_where
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
    is_grouped = children["grouped"].to_numpy()
    parts = [
        _with_figures(warehouse, group, replace(scope, boundary=_counted_on(scope.boundary, grouped)), rate, definition)
        for grouped in (False, True)
        if (group := rows_where(children, is_grouped == grouped)).height or not (grouped or children.height)
    ]
    found = pl.concat(parts)
    order = np.lexsort((found["unit_code"].to_numpy().astype(str), found["name_order"].to_numpy()))
    return found[index_of(order)][list(_SHOWN)]


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
    """The children with their own figure or the sums over them, who reported in them and how many should have."""
    numbers = children["unit_no"].to_numpy()
    units, world = numbers.tolist(), over_time(scope)
    reach = min(units, default=NOBODY), max(units, default=NOBODY)
    rates = rates_of_level(warehouse, world, rate, definition).between(*reach, scope.period)
    sums = sums_of_level(warehouse, world).of(units, rate)
    sums = rows_where(sums, ((sums["definition"] == definition) & (sums["period"] == scope.period)).to_numpy())
    sent = reporting_on(warehouse, scope.boundary, scope.simulated).between(*reach, scope.level, scope.period)
    positions = warehouse.remembered("positions", lambda: warehouse.ask("positions"))
    own = _beside(numbers, rates, ("numerator", "denominator", "given", "basis", "problem"))
    added = _beside(numbers, sums, ("numerator", "denominator", "units", "basis"))
    told = _beside(numbers, sent, ("reported", "short", "days_missing"))
    is_own = array_of(children["level"]) == scope.level
    share = printed(percent(own["numerator"], own["denominator"]))
    counted = {"percent": share, "units": np.where(np.isnan(share), 0, own["given"])}
    summed = {
        "percent": percent(added["numerator"], added["denominator"]),
        "basis": np.where(added["units"] > 0, added["basis"], NO_TEXT),
    }
    figures = {name: np.where(is_own, {**own, **counted}[name], {**added, **summed}[name]) for name in _EITHER}
    expected = _expected(warehouse, scope, numbers)
    counts = {"expected": expected, "units": figures["units"], "reported": told["reported"], "short": told["short"]}
    found = {
        **figures,
        **{name: np.nan_to_num(values) for name, values in counts.items()},
        **{"days_missing": np.where(told["short"] > 0, told["days_missing"], np.nan), "problem": own["problem"]},
        **_beside(numbers, positions, ("latitude", "longitude", "approximate")),
    }
    columns = [column_of(name, found[name], kind) for name, kind in _FOUND.items()]
    renamed = [children["former_whole"].alias("whole"), children["former_district_name"].alias("former_name")]
    has_children = pl.Series("has_children", array_of(children["level"]) != "commune", pl.Boolean)
    return beside(children, [has_children, *renamed, *columns])


def _expected(warehouse: Warehouse, scope: Scope, numbers: NDArray[np.uint16]) -> Numbers:
    """How many units of the scope's level there were in each unit at the end of the period."""
    day = (times(scope)["window_end"] - date(1970, 1, 1)).days
    there = memberships(warehouse, scope.boundary, scope.level).of(numbers.tolist())
    since, until, count = (array_of(there[name]) for name in ("valid_from", "valid_to", "units"))
    expected = np.zeros(len(numbers))
    np.add.at(expected, places_of(there["unit_no"].to_numpy(), numbers), count * (~(since > day) & ~(until <= day)))
    return expected


def _beside(numbers: NDArray[np.uint16], frame: pl.DataFrame, names: Sequence[str]) -> Arrays:
    """Columns of a frame for each unit."""
    row = places_of(numbers, frame["unit_no"].to_numpy())
    return {name: at(values, row) for name, values in arrays_of(frame, names).items()}


_FORMER = ("former_district", "former_district_name", "former_whole")
_EITHER = ("numerator", "denominator", "percent", "units", "basis")
_FOUND: dict[str, Any] = {
    **dict.fromkeys(("expected", "reported", "units"), pl.Int64),
    **{"numerator": PARTS, "denominator": PARTS, "percent": pl.Float64, "basis": pl.String, "problem": pl.String},
    **{"short": pl.Int64, "days_missing": pl.Int32},
    **{"latitude": pl.Float64, "longitude": pl.Float64, "approximate": pl.Boolean},
}
_SHOWN = (
    *("unit_code", "name", "kind", "level", "has_children", "expected", "reported", "units"),
    *("numerator", "denominator", "percent", "basis", "problem", "whole", "former_name", "short", "days_missing"),
    *("latitude", "longitude", "approximate"),
)
