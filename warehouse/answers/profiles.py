"""Questions about one unit: where it stands among its peers, all its figures and reports, and who it was before."""

import numpy as np
import polars as pl

from warehouse.answers import Scope, over_time, times
from warehouse.answers.comparison import change_real, open_ranks, with_intervals
from warehouse.answers.held import Held, rates_of_level, sums_of_level
from warehouse.answers.registry import (
    NOBODY,
    PARTS,
    WHOLE,
    level_of,
    natures,
    number_of,
    percent,
    percent_printed,
    reach,
    units_placed,
)
from warehouse.model import Level
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


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
    sums = peer_level != scope.level
    both = (scope.period, moments["year_before"])
    found = (_summed if sums else _own)(warehouse, scope, units["unit_no"].to_list(), both)
    share = percent() if sums else percent_printed()
    figures = found.with_columns(share.alias("percent")).lazy()
    is_now = pl.col("period") == scope.period
    keys = ["unit_no", "rate", "definition"]
    told = (*_PARTS, "units", "basis")
    before = figures.filter(~is_now).select(*keys, *told).rename({name: f"{name}_before" for name in told})
    same = ["rate", "definition"]
    rates = natures(warehouse).lazy()
    joined = figures.filter(is_now).join(before, on=keys, how="left").join(rates, on=same, how="left")
    alike = pl.col("units") == pl.col("units_before")
    past = [f"{name}_before" for name in _PARTS]
    this = joined.with_columns(pl.when(alike).then(pl.col(name)).alias(name) for name in past)
    value = pl.when(pl.col("percent") <= WHOLE).then(pl.col("percent"))
    better = pl.when(pl.col("direction") == "down").then(value).otherwise(-value)
    ranked = (
        this.join(units.lazy().select("unit_no", "unit_code", "name", "name_order"), on="unit_no")
        .with_columns(
            better.rank("min").over(same).cast(pl.Int64).alias("rank"),
            value.count().over(same).cast(pl.Int64).alias("ranked"),
            value.quantile(0.25, "linear").over(same).alias("lower_quartile"),
            value.median().over(same).alias("median"),
            value.quantile(0.75, "linear").over(same).alias("upper_quartile"),
        )
        .sort("rate", "definition", pl.col("percent").is_null(), "name_order", "unit_no")
        .with_columns(pl.struct(same).rle_id().alias("group"))
    )
    return _with_open_ranks(ranked.collect())


def _summed(warehouse: Warehouse, scope: Scope, units: list[int], periods: tuple[str, str]) -> pl.DataFrame:
    """Every rate added up over the units of the scope's level in some units, in two periods."""
    sums = sums_of_level(warehouse, over_time(scope)).of(units)
    return sums.filter(pl.col("period").is_in(periods), pl.col("units") > 0)


def _own(warehouse: Warehouse, scope: Scope, units: list[int], periods: tuple[str, str]) -> pl.DataFrame:
    """Every rate of the units numbered between some units, as printed or carried, in two periods."""
    reach = min(units, default=NOBODY), max(units, default=NOBODY)
    keys = natures(warehouse).select("rate", "definition")
    found = [
        rates_of_level(warehouse, over_time(scope), rate, definition).between(*reach, period)
        for rate, definition in keys.rows()
        for period in periods
    ]
    heights = [sum(part.height for part in found[first : first + 2]) for first in range(0, len(found), 2)]
    named = pl.concat([pl.concat(found), keys[np.repeat(np.arange(keys.height), heights)]], how="horizontal")
    return named.with_columns(pl.lit(1).alias("units"))


def _with_open_ranks(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures of each `group` with the ranks that their intervals leave open; null where there is no figure."""
    named = with_intervals(figures)
    ranked = open_ranks(named, figures["group"].to_numpy())
    ranked = ranked.with_columns(change_real(ranked).alias("change_real"))
    return ranked.with_columns(pl.col("^(numerator|denominator)(_before)?$").cast(PARTS)).select(_PEER_COLUMNS)


_PARTS = ("percent", "numerator", "denominator")
_PEER_COLUMNS = (
    *("unit_code", "name", "rate", "definition", "numerator", "denominator", "percent", "basis", "problem"),
    *("percent_before", "numerator_before", "denominator_before", "change_real", "rank", "ranked"),
    *("rank_best", "rank_worst", "alike", "direction", "cases", "measure_vi", "measure_en"),
    *("lower_quartile", "median", "upper_quartile"),
)


def unit_facts(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """Every indicator of a unit's own work in a period, beside the year before, in catalogue order.

    What no report of the period asked for has no row; what was asked and left blank has one, with its status.
    """
    asked = {"unit": unit, "period": period, "simulated": simulated}
    years = {"year_before": parse_period(period).year_before.code}
    if boundary == "then":
        lying = {"unit_no": number_of(warehouse, unit), "level": level_of(warehouse, unit) or ""}
        found = warehouse.ask("unit_facts", {**asked, **years, **lying})
    else:
        found = warehouse.ask(
            "unit_facts_carried",
            {**asked, **years, "boundary": boundary, **reach(warehouse, boundary, [unit], level_of(warehouse, unit))},
        )
    names = warehouse.remembered("indicator_names", lambda: warehouse.ask("indicator_names"))
    is_now = pl.col("period") == period
    before = found.filter(~is_now).select("indicator", "value", "problem")
    return (
        names.join(found.filter(is_now), on="indicator", maintain_order="left")
        .join(before, on="indicator", how="left", suffix="_before", maintain_order="left")
        .select(*names.columns, *_FACT_COLUMNS)
    )


_FACT_COLUMNS = ("value", "status", "basis", "problem", "value_before", "problem_before", "report_id", "place")


def unit_reports(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """Every report of a unit, and on today's map of what it was made of, the newest first."""
    return warehouse.ask("unit_reports", {"unit": unit, "simulated": simulated, "boundary": boundary})


def unit_kin(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """The units a unit came of (`predecessor`) and went into (`successor`), and its `former_district`."""
    held = warehouse.remembered("unit_kin", lambda: Held.by(warehouse.ask("unit_kin")))
    return held.of([number_of(warehouse, unit)]).drop("unit_no")
