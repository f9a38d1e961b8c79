"""What adds up over a unit: its rates with targets, and single indicators, now, a year before and over the years."""

from datetime import date

import polars as pl

from warehouse.answers import Scope, over_time
from warehouse.answers.comparison import change_real
from warehouse.answers.held import sums_of_level
from warehouse.answers.registry import PARTS, level_of, natures, number_of, percent, reach
from warehouse.periods import parse_period
from warehouse.store import Warehouse

_RATE = ("rate", "definition")
_PARTS = ("numerator", "denominator")
_PAIR = ("units", *_PARTS, "percent")
_TARGET = ("target", "target_source_vi", "target_source_en")


def overview(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """Each rate and definition added up over the scope, now and a year before, with its target.

    `change_real` tells whether the change is more than chance, as `comparison.compare` has it.
    A unit of the counted level has its own figure. `estimated` where shares of split units are part of it. `course` are
    the percentages of `course_periods`, all periods of the same kind up to this one with one, the oldest first.
    """
    period = parse_period(scope.period)
    world, number = over_time(scope), number_of(warehouse, scope.unit)
    if level_of(warehouse, scope.unit) == scope.level:
        found = warehouse.recall("overview_own", {**world, "unit_no": number})
    else:
        found = sums_of_level(warehouse, world).of([number]).filter(pl.col("units") > 0)
    up_to_now = pl.col("period").str.ends_with(f"-{period.span}") & (pl.col("period") <= scope.period)
    parts = found.filter(up_to_now).with_columns(percent().alias("percent"), pl.col(_PARTS).cast(PARTS))
    this = parts.filter(period=scope.period).drop("period")
    before = parts.filter(period=period.year_before.code).drop("period")
    known = parts.filter(pl.col("percent").is_not_null())
    courses = known.group_by(_RATE).agg(pl.col("percent").alias("course"), pl.col("period").alias("course_periods"))
    together = this.join(before, on=_RATE, how="left", suffix="_before").join(
        _targets_on(warehouse, period.window_end), on="rate", how="left"
    )
    cases = natures(warehouse).select(*_RATE, "cases")
    together = together.join(cases, on=_RATE, how="left")
    meant = pl.col("target_definition").is_null() | (pl.col("target_definition") == pl.col("definition"))
    target = (pl.when(meant).then(pl.col(name)).alias(name) for name in _TARGET)
    return (
        together.join(courses, on=_RATE, how="left")
        .with_columns(change_real(together).alias("change_real"), *target)
        .sort("rate", "units", "definition", "target", descending=[False, True, False, False], nulls_last=True)
        .unique(_RATE, keep="first", maintain_order=True)
        .select(
            *(*_RATE, *_PAIR),
            *(f"{name}_before" for name in _PAIR),
            *(*_TARGET, "cases", "change_real"),
            (pl.col("basis") == "estimated").alias("estimated"),
            (pl.col("basis_before") == "estimated").fill_null(value=False).alias("estimated_before"),
            "course",
            "course_periods",
        )
    )


def _targets_on(warehouse: Warehouse, day: date) -> pl.DataFrame:
    targets = warehouse.remembered("targets", lambda: warehouse.ask("targets"))
    since = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    until = pl.col("valid_to").is_null() | (pl.col("valid_to") > day)
    return targets.filter(since & until).select("rate", pl.col("definition").alias("target_definition"), *_TARGET)


def volume(warehouse: Warehouse, scope: Scope, indicator: str) -> pl.DataFrame:
    """One additive indicator added up over the scope: a row for each period of its kind up to it, the newest first."""
    period = parse_period(scope.period)
    asked = {**over_time(scope), "indicator": indicator, "span": period.span, "window_end": period.window_end}
    if level_of(warehouse, scope.unit) == scope.level:
        reached = reach(warehouse, scope.boundary, [scope.unit], scope.level)
        return warehouse.ask("volume_own", {**asked, **reached, "unit": scope.unit})
    return warehouse.ask("volume", {**asked, "unit_no": number_of(warehouse, scope.unit)})
