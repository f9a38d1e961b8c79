"""What becomes of a rate or an indicator over time, for several units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.answers import Counting, Scope, Subject, over_time
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
    reach,
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
    wanted = _wanted(warehouse, units)
    if wanted.is_empty():
        return pl.DataFrame(schema=_COLUMNS)
    found = _found(warehouse, _Asked(scope, subject, counting), wanted)
    under = found.filter(definition=subject.definition) if subject.rate else found
    axis = _axis(warehouse, under, spans)
    keys = ["unit_no", "period"]
    figures = (
        wanted.join(axis, how="cross")
        .join(under, on=keys, how="left")
        .join(_expected(warehouse, scope, wanted, axis), on=keys, how="left")
        .join(_reporting(warehouse, scope, wanted, counting), on=keys, how="left", suffix="_reports")
        .join(_others(found, subject), on=keys, how="left")
    )
    named = _named(warehouse, _with_reports(warehouse, figures), axis)
    return named.sort("order", "position").select(_finished(scope, _may_add(warehouse, subject)))


@dataclass(frozen=True)
class _Asked:
    """What is followed over time, and how; the questions about it are as flat as what is asked allows."""

    scope: Scope
    subject: Subject
    counting: Counting

    def own(self, warehouse: Warehouse, units: pl.DataFrame) -> pl.DataFrame:
        """Figures of units at the counted level: as printed, carried or counted."""
        asked = self._parameters | among(units["unit_no"].to_list())
        if self.counting == "printed":
            if self.subject.rate:
                return warehouse.ask("trend_own", asked)
            if self.scope.boundary == "then":
                return warehouse.ask("trend_own_printed", {key: asked[key] for key in asked if key != "boundary"})
        asked |= {"counting": self.counting, **self._reach(warehouse, units)}
        return warehouse.ask("trend_own_rates" if self.subject.rate else "trend_own_facts", asked)

    def sums(self, warehouse: Warehouse, units: pl.DataFrame) -> pl.DataFrame:
        """Figures added up over the units of the counted level in units above it."""
        asked = self._parameters | among(units["unit_no"].to_list())
        if self.counting == "printed":
            if self.subject.rate:
                return warehouse.ask("trend_sums", asked)
            return warehouse.ask("trend_sums_printed", asked | self._reach(warehouse, units))
        asked |= {"counting": self.counting, **self._reach(warehouse, units)}
        return warehouse.ask("trend_sums_rates" if self.subject.rate else "trend_sums_facts", asked)

    @property
    def _parameters(self) -> dict[str, Any]:
        about = {"rate": self.subject.rate} if self.subject.rate else {"indicator": self.subject.indicator}
        return over_time(self.scope) | about

    def _reach(self, warehouse: Warehouse, units: pl.DataFrame) -> dict[str, Any]:
        return reach(warehouse, self.scope.boundary, units["unit_code"].to_list(), self.scope.level)


def _found(warehouse: Warehouse, asked: _Asked, wanted: pl.DataFrame) -> pl.DataFrame:
    """The figures, of a rate under every definition; `own` at the counted level, else the sums over its units."""
    is_own = (pl.col("level") == asked.scope.level).fill_null(value=False)
    parts = [pl.DataFrame(schema=_FOUND)]
    for own, question in ((True, asked.own), (False, asked.sums)):
        units = wanted.filter(is_own == own)
        if units.height:
            parts += [question(warehouse, units).with_columns(pl.lit(own).alias("own"))]
    return _with_values(pl.concat(parts, how="diagonal_relaxed"))


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
    """With the percentage of a rate, and why there is no value."""
    counted = pl.when(pl.col("denominator") == 0).then(pl.lit("nothing_counted")).otherwise(pl.lit("parts_missing"))
    rate = pl.when("own").then(percent_printed()).otherwise(percent())
    known = found.with_columns(pl.coalesce("value", rate).alias("value"))
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


def _reporting(warehouse: Warehouse, scope: Scope, wanted: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    """Which reports there are in each unit; for a quarter without any, those of the period that it is taken from."""
    asked = over_time(scope) | among(wanted["unit_no"].to_list())
    sent = warehouse.recall("reporting_of", asked)
    if counting == "printed":
        return sent
    quarters = warehouse.remembered("quarters", lambda: warehouse.ask("quarters"))
    until = sent.rename({"period": "until_period"}).join(quarters, on="until_period").select(sent.columns)
    return pl.concat([sent, until.join(sent, on=["unit_no", "period"], how="anti")])


def _others(found: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """Where a rate stands under another definition."""
    other = found.filter(pl.col("definition") != subject.definition) if subject.rate else found.clear()
    return other.select("unit_no", "period").unique().with_columns(pl.lit(value=True).alias("otherwise"))


def _with_reports(warehouse: Warehouse, figures: pl.DataFrame) -> pl.DataFrame:
    """With the reports that say the figures of single units, by their identifier, else by their unit."""
    is_named = pl.col("report_id").is_not_null()
    by_name, by_unit = figures.filter(is_named), figures.filter(~is_named).drop("report_id")
    sources = by_unit["source_no"].drop_nulls().unique().sort().to_list()
    reports = warehouse.recall("reports_of", {"units": sources}) if sources else pl.DataFrame(schema=_REPORTS)
    ends = pl.lit(None, pl.Boolean).alias("ends_early")
    found = by_unit.join(reports.with_columns(ends), on=["source_no", "period"], how="left")
    if by_name.is_empty():
        return found
    named = warehouse.ask("reports_named", {"reports": by_name["report_id"].unique().to_list()})
    return pl.concat([found, by_name.join(named, on="report_id", how="left")], how="diagonal_relaxed")


def _may_add(warehouse: Warehouse, subject: Subject) -> bool:
    """Whether the figures of several units may be added up: a rate's parts always, an indicator where it says so."""
    known = warehouse.remembered("catalogue", lambda: warehouse.ask("catalogue"))
    return subject.rate is not None or bool(known.filter(indicator=subject.indicator)["additive"].any())


def _named(warehouse: Warehouse, figures: pl.DataFrame, axis: pl.DataFrame) -> pl.DataFrame:
    """The units under the names of the newest period."""
    if axis.is_empty():
        return figures.with_columns(pl.lit(None, pl.String).alias("name"))
    names = names_on(warehouse, axis["window_end"][-1]).select("unit_no", "name")
    return figures.join(names, on="unit_no", how="left")


def _finished(scope: Scope, may_add: bool) -> list[pl.Expr]:
    given = pl.col("value").is_not_null()
    is_own = (pl.col("level") == scope.level).fill_null(value=False)
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
        .when(~is_own & ~pl.lit(may_add))
        .then(pl.lit("not_additive"))
        .otherwise(pl.lit("not_asked"))
    )
    units = pl.when(given | is_own).then(pl.col("units")).fill_null(0)
    short_own = pl.when(pl.col("basis") == "difference").then(pl.col("ends_early")).otherwise(pl.col("short_reports"))
    short = pl.when(given).then(pl.when(is_own).then(short_own).otherwise(pl.col("short"))).fill_null(0)
    computed = {
        "units": units,
        "expected": pl.col("expected").fill_null(0),
        "problem": problem,
        "short": short,
        "reports": pl.when(given).then(units).otherwise(0),
    }
    return [computed.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in _COLUMNS.items()]


_FOUND: dict[str, Any] = {
    **{"unit_no": pl.UInt16, "period": pl.String, "definition": pl.String, "value": pl.Float64, "units": pl.Int64},
    **{"numerator": pl.Decimal(18, 4), "denominator": pl.Decimal(18, 4), "problem": pl.String, "basis": pl.String},
    **{"source_no": pl.UInt16, "report_id": pl.String, "short": pl.Int64, "own": pl.Boolean},
}
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
