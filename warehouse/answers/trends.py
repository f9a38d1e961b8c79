"""What becomes of a rate or an indicator over time, for several units; rates as printed from what is kept ready."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from warehouse.answers import Counting, Scope, Subject, where
from warehouse.answers.registry import (
    NOBODY,
    among,
    level_of,
    memberships,
    names_on,
    number_of,
    percent,
    percent_printed,
    placed,
)
from warehouse.store import Warehouse


def trend(
    warehouse: Warehouse,
    scope: Scope,
    units: Sequence[str],
    subject: Subject,
    spans: Sequence[str],
    counting: Counting = "printed",
) -> pl.DataFrame:
    """One rate or indicator for several units over every period of `spans`, of the scope's level, world and boundary.

    A period without a figure is a row with a null value and the `problem`: no_unit (not on this map then), no_report,
    other_definition, not_asked, parts_missing, left_blank or nothing_counted (a denominator of 0); split, incomplete
    or not_additive (what the unit was made of); or why a quarter is no difference (lineage, definition, form,
    missing_before, falls, percentage). `basis` is own, sum, difference, union or estimated. `short` of the `reports`
    behind a figure leave out more than 7 days of the period. `era` is when the youngest unit behind it came into being.
    """
    if subject.rate and counting == "printed":
        return _of_rate(warehouse, scope, units, subject, spans)
    what = {**_over_time(scope), **asdict(subject), "counting": counting}
    return warehouse.ask("trend_counted", {**what, "units": list(units), "spans": list(spans)})


def _over_time(scope: Scope) -> dict[str, Any]:
    return {name: value for name, value in where(scope).items() if name != "period"}


def _of_rate(
    warehouse: Warehouse, scope: Scope, units: Sequence[str], subject: Subject, spans: Sequence[str]
) -> pl.DataFrame:
    wanted = _wanted(warehouse, units)
    if wanted.is_empty():
        return pl.DataFrame(schema=_COLUMNS)
    asked = _over_time(scope)
    found = _found(warehouse, asked | {"rate": subject.rate}, wanted)
    reporting = warehouse.ask("reporting_of", asked | among(wanted["unit_no"].to_list()))
    under = _with_values(found.filter(definition=subject.definition))
    axis = _axis(warehouse, under, spans)
    figures = (
        wanted.join(axis, how="cross")
        .join(under, on=["unit_no", "period"], how="left")
        .join(_expected(warehouse, scope, wanted, axis), on=["unit_no", "period"], how="left")
        .join(reporting, on=["unit_no", "period"], how="left", suffix="_reports")
        .join(_others(found, subject), on=["unit_no", "period"], how="left")
        .join(_reports(warehouse, under), on=["source_no", "period"], how="left")
    )
    named = _named(warehouse, figures, axis)
    return named.sort("order", "position").select(_finished(scope))


def _found(warehouse: Warehouse, asked: dict[str, Any], wanted: pl.DataFrame) -> pl.DataFrame:
    """The rate under every definition: of units at the counted level their own (`own`), of others the sums over it."""
    is_own = (pl.col("level") == asked["level"]).fill_null(value=False)
    own, sums = (wanted.filter(chosen)["unit_no"].to_list() for chosen in (is_own, ~is_own))
    parts = [pl.DataFrame(schema={"source_no": pl.UInt16, "short": pl.UInt16})]
    if own:
        parts += [warehouse.ask("trend_own", asked | among(own)).with_columns(pl.lit(value=True).alias("own"))]
    if sums:
        parts += [warehouse.ask("trend_sums", asked | among(sums)).with_columns(pl.lit(value=False).alias("own"))]
    return pl.concat(parts, how="diagonal")


def _wanted(warehouse: Warehouse, units: Sequence[str]) -> pl.DataFrame:
    """The known units, each once, in the order asked."""
    known = [
        (number, unit, level_of(warehouse, unit), order)
        for order, unit in enumerate(dict.fromkeys(units))
        if (number := number_of(warehouse, unit)) != NOBODY
    ]
    schema = {"unit_no": pl.UInt16, "unit_code": pl.String, "level": pl.String, "order": pl.Int64}
    return pl.DataFrame(known, schema=schema, orient="row")


def _with_values(found: pl.DataFrame) -> pl.DataFrame:
    counted = pl.when(pl.col("denominator") == 0).then(pl.lit("nothing_counted")).otherwise(pl.lit("parts_missing"))
    known = found.with_columns(pl.when("own").then(percent_printed()).otherwise(percent()).alias("value"))
    missing = pl.when(pl.col("value").is_null()).then(counted)
    return known.with_columns(pl.coalesce("problem", missing).alias("problem"))


def _axis(warehouse: Warehouse, figures: pl.DataFrame, spans: Sequence[str]) -> pl.DataFrame:
    """The periods of `spans` from the first figure to the last, or to the last report of its own that a unit sent."""
    periods = warehouse.remembered("periods", lambda: warehouse.ask("periods"))
    known = figures.join(periods, on="period")
    first = known.filter(pl.col("value").is_not_null())["window_end"].min()
    if first is None:
        return periods.clear()
    last = known.filter(pl.col("value").is_not_null() | pl.col("own"))["window_end"].max()
    return periods.filter(pl.col("span").is_in(list(spans)), pl.col("window_end").is_between(first, last))


def _expected(warehouse: Warehouse, scope: Scope, wanted: pl.DataFrame, axis: pl.DataFrame) -> pl.DataFrame:
    """How many units of the level each unit has in a period, and when the youngest of them came into being."""
    everywhere = memberships(warehouse, scope.boundary, scope.level)
    stretches = everywhere.join(wanted, on="unit_no", how="semi").join(axis.select("period", "window_end"), how="cross")
    return (
        stretches.filter(placed("then", pl.col("window_end")))
        .group_by("unit_no", "period")
        .agg(pl.col("units").sum().alias("expected"), pl.col("valid_from").max().alias("era"))
    )


def _others(found: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    other = found.filter(pl.col("definition") != subject.definition).select("unit_no", "period").unique()
    return other.with_columns(pl.lit(value=True).alias("otherwise"))


def _reports(warehouse: Warehouse, figures: pl.DataFrame) -> pl.DataFrame:
    """The reports that say the figures of single units."""
    sources = figures["source_no"].drop_nulls().unique().to_list()
    return warehouse.ask("reports_of", {"units": sources}) if sources else pl.DataFrame(schema=_REPORTS)


def _named(warehouse: Warehouse, figures: pl.DataFrame, axis: pl.DataFrame) -> pl.DataFrame:
    """The units under the names of the newest period."""
    if axis.is_empty():
        return figures.with_columns(pl.lit(None, pl.String).alias("name"))
    names = names_on(warehouse, axis["window_end"][-1]).select("unit_no", "name")
    return figures.join(names, on="unit_no", how="left")


def _finished(scope: Scope) -> list[pl.Expr]:
    given = pl.col("value").is_not_null()
    problem = (
        pl.when(given)
        .then(pl.lit(None, pl.String))
        .when(pl.col("expected").is_null())
        .then(pl.lit("no_unit"))
        .when(pl.col("problem").is_not_null())
        .then(pl.col("problem"))
        .when(pl.col("reported").is_null())
        .then(pl.lit("no_report"))
        .when(pl.col("otherwise"))
        .then(pl.lit("other_definition"))
        .otherwise(pl.lit("not_asked"))
    )
    is_own = (pl.col("level") == scope.level).fill_null(value=False)
    units = pl.when(given | is_own).then(pl.col("units")).fill_null(0)
    short = pl.when(given).then(pl.when(is_own).then(pl.col("short_reports")).otherwise(pl.col("short"))).fill_null(0)
    computed = {
        "units": units,
        "expected": pl.col("expected").fill_null(0),
        "problem": problem,
        "short": short,
        "reports": pl.when(given).then(units).otherwise(0),
    }
    return [computed.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in _COLUMNS.items()]


_REPORTS: dict[str, Any] = {
    **{"source_no": pl.UInt16, "period": pl.String, "report_id": pl.String, "file_name": pl.String},
    **dict.fromkeys(("window_start", "stated_end", "as_of", "signed_on"), pl.Date),
}
_COLUMNS: dict[str, Any] = {
    **{"unit_code": pl.String, "name": pl.String, "period": pl.String, "window_end": pl.Date},
    **{"numerator": pl.Decimal(18, 4), "denominator": pl.Decimal(18, 4), "value": pl.Float64},
    **{"units": pl.Int64, "expected": pl.Int64, "file_name": pl.String, "window_start": pl.Date},
    **{"stated_end": pl.Date, "as_of": pl.Date, "signed_on": pl.Date, "basis": pl.String, "problem": pl.String},
    **{"report_id": pl.String, "short": pl.Int64, "reports": pl.Int64, "era": pl.Date},
}
