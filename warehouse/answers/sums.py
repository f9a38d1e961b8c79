"""What adds up over a unit: its rates with targets, and single indicators, now and a year before."""

from dataclasses import asdict
from datetime import date

import polars as pl

from warehouse.answers import Scope, keys, times
from warehouse.answers.registry import level_of, percent, reach
from warehouse.periods import parse_period
from warehouse.store import Warehouse

_RATE = ("rate", "definition")
_PARTS = ("numerator", "denominator")
_TARGET = ("target", "target_source_vi", "target_source_en")


def overview(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """Each rate and definition added up over the scope, now and a year before, with its target.

    A unit of the counted level has its own figure. `estimated` where shares of split units are part of it.
    """
    moments = times(scope)
    found = warehouse.ask("overview", {**keys(warehouse, scope), "year_before": moments["year_before"]})
    parts = found.with_columns(percent().alias("percent")).select(
        *_RATE, "period", "units", *_PARTS, "percent", "estimated"
    )
    is_now = pl.col("period") == scope.period
    this = parts.filter(is_now).drop("period")
    before = parts.filter(~is_now).drop("period")
    together = this.join(before, on=_RATE, how="left", suffix="_before").join(
        _targets_on(warehouse, moments["window_end"]), on="rate", how="left"
    )
    meant = pl.col("target_definition").is_null() | (pl.col("target_definition") == pl.col("definition"))
    target = (pl.when(meant).then(pl.col(name)).alias(name) for name in _TARGET)
    return (
        together.with_columns(target)
        .sort("rate", "units", "definition", "target", descending=[False, True, False, False], nulls_last=True)
        .unique(_RATE, keep="first", maintain_order=True)
        .select(
            *(*_RATE, "units", *_PARTS, "percent"),
            *(f"{name}_before" for name in ("units", *_PARTS, "percent")),
            *(*_TARGET, "estimated"),
            pl.col("estimated_before").fill_null(value=False),
        )
    )


def _targets_on(warehouse: Warehouse, day: date) -> pl.DataFrame:
    targets = warehouse.remembered("targets", lambda: warehouse.ask("targets"))
    since = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    until = pl.col("valid_to").is_null() | (pl.col("valid_to") > day)
    return targets.filter(since & until).select("rate", pl.col("definition").alias("target_definition"), *_TARGET)


def volume(warehouse: Warehouse, scope: Scope, indicator: str) -> pl.DataFrame:
    """One additive indicator added up over the scope: a row for now, a row for the year before."""
    moments = times(scope)
    if level_of(warehouse, scope.unit) == scope.level:
        own = {**asdict(scope), "year_before": moments["year_before"], "indicator": indicator}
        return warehouse.ask("volume_own", own | reach(warehouse, scope.boundary, [scope.unit], scope.level))
    end_before = parse_period(scope.period).year_before.window_end
    asked = {**moments, "end_before": end_before, "indicator": indicator}
    return warehouse.ask("volume", {**keys(warehouse, scope), **asked})
