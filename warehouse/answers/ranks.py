"""The ranking: who is compared, with what rate, interval and rank, now and a year before."""

import numpy as np
import polars as pl

from warehouse.answers import Scope, keys, times
from warehouse.answers.registry import named
from warehouse.answers.statistics import wilson_interval
from warehouse.store import Warehouse

_NAMES = ("unit_code", "name", "parent_name", "former_district", "former_district_name", "name_order")


def ranking(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """Units by one rate under one definition, ties sharing a rank; `minimum` is the smallest denominator ranked.

    `low` and `high` are the Wilson 95 % interval, null where the parts are no `cases` but money. The same of a year
    before stands in `rank_before`, `percent_before`, `low_before`, `high_before` and `basis_before`. `data_end` is the
    earliest day on which the figures of the unit, or of one it was made of, end; `days_short` by how many days that
    is before the window does. `direction` says which way the rate is better.
    """
    moments = times(scope)
    asked = {"rate": rate, "definition": definition}
    where = {**keys(warehouse, scope), "year_before": moments["year_before"]}
    found = warehouse.ask("ranking", {**where, **asked, "minimum": minimum})
    nature = warehouse.remembered(f"nature {rate} {definition}", lambda: warehouse.ask("rate_nature", asked).row(0))
    direction, cases = nature
    is_now = pl.col("period") == scope.period
    now, before = (
        _ranked(found.filter(chosen), direction, cases).with_columns(pl.lit(direction).alias("direction"))
        for chosen in (is_now, ~is_now)
    )
    past = before.select("unit_no", *(pl.col(name).alias(f"{name}_before") for name in _BEFORE))
    ends = warehouse.ask("data_ends", {key: where[key] for key in ("boundary", "period", "level", "simulated")})
    together = now.join(past, on="unit_no", how="left").join(ends, on="unit_no", how="left")
    short = (pl.lit(moments["window_end"]) - pl.col("data_end")).dt.total_days().clip(0)
    return (
        named(warehouse, moments["window_end"], together, _NAMES)
        .with_columns(short.alias("days_short"), pl.lit(cases).alias("cases"))
        .sort("rank", "name_order", "unit_no")
        .select(_COLUMNS)
    )


_BEFORE = ("rank", "percent", "low", "high", "basis")
_COLUMNS = (
    *("rank", "unit_code", "name", "parent_name", "percent", "numerator", "denominator", "stated_percent", "low", "high"),
    *("rank_before", "percent_before", "basis", "given", "data_end", "days_short", "low_before", "high_before", "cases"),
    *("direction", "former_district", "former_district_name", "basis_before"),
)


def _ranked(figures: pl.DataFrame, direction: str, cases: bool) -> pl.DataFrame:
    """Figures of one period with their percentage, their rank by it and their interval."""
    numerator, denominator = figures.select(pl.col("numerator", "denominator").cast(pl.Float64)).to_numpy().T
    percent = pl.Series("percent", np.round(100 * numerator / denominator, 6))
    low, high = wilson_interval(np.minimum(numerator / denominator, 1), denominator)
    better = percent if direction == "down" else -percent
    return figures.with_columns(
        percent,
        better.rank("min").cast(pl.Int64).alias("rank"),
        *(
            pl.Series(name, np.round(100 * bound, 9) if cases else None, dtype=pl.Float64)
            for name, bound in (("low", low), ("high", high))
        ),
    )
