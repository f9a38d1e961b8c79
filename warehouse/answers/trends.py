"""What becomes of a rate or an indicator over time, for several units."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Counting, Scope, Subject, catalogue
from warehouse.answers.disputes import disputed_in_time
from warehouse.answers.followed import Followed
from warehouse.answers.grid import Grid
from warehouse.answers.held import reporting_on
from warehouse.answers.registry import (
    NOBODY,
    PARTS,
    level_of,
    memberships,
    names_on,
    number_of,
    periods_of,
)
from warehouse.model import Level
from warehouse.store import Warehouse, rows_where


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
    behind a figure leave out more than 7 days of the period, or much of it at the row of the figure itself. `era` is
    when the youngest unit behind it came into being.
    """
    wanted = _wanted(warehouse, units)
    if wanted.is_empty():
        return pl.DataFrame(schema=_COLUMNS)
    found = Followed(scope, subject, counting).figures(warehouse, wanted)
    meant = _is_meant(found, subject)
    under = found if meant.all() else rows_where(found, meant)
    axis = _axis(warehouse, under, spans)
    grid = Grid(_named(warehouse, wanted, axis), axis)
    parts = [
        grid.lines(),
        grid.beside(_with_reports(warehouse, under)),
        grid.beside(_reporting(warehouse, scope, wanted, counting)),
        grid.beside(_others(found, meant)),
        _expected(warehouse, scope, grid),
    ]
    made = pl.concat(parts, how="horizontal").select(_finished(scope.level, _may_add(warehouse, subject)))
    return _with_short_rows(made, disputed_in_time(warehouse, scope, units, subject, counting, "short_rows"))


def _with_short_rows(made: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """With the reports among the `short` ones of which the row of the figure itself covers only part of the period."""
    if found.is_empty():
        return made
    beside = made.join(found, on=["unit_code", "period"], how="left", maintain_order="left")
    short = pl.min_horizontal("reports", pl.max_horizontal("short", pl.col("disputed").fill_null(0)))
    return beside.with_columns(short.alias("short")).drop("disputed")


def values(
    warehouse: Warehouse, scope: Scope, units: Sequence[str], subject: Subject, counting: Counting = "printed"
) -> pl.DataFrame:
    """The figures of `trend` alone, as they are known, in all periods: `unit_no`, `period`, `value`."""
    found = Followed(scope, subject, counting).figures(warehouse, _wanted(warehouse, units))
    known = _is_meant(found, subject) & found["value"].is_not_null().to_numpy()
    return rows_where(found[["unit_no", "period", "value"]], known)


def _is_meant(found: pl.DataFrame, subject: Subject) -> NDArray[np.bool_]:
    """Which figures are those asked for: of a rate, the ones under its definition."""
    if not subject.rate:
        return np.ones(found.height, dtype=bool)
    return found["definition"].eq_missing(subject.definition).to_numpy()


def _wanted(warehouse: Warehouse, units: Sequence[str]) -> pl.DataFrame:
    """The known units, each once, in the order asked."""
    known = [
        (number, unit, level_of(warehouse, unit), order)
        for order, unit in enumerate(dict.fromkeys(units))
        if (number := number_of(warehouse, unit)) != NOBODY
    ]
    schema = {"unit_no": pl.UInt16, "unit_code": pl.String, "level": pl.String, "order": pl.Int64}
    return pl.DataFrame(known, schema=schema, orient="row")


def _axis(warehouse: Warehouse, figures: pl.DataFrame, spans: Sequence[str]) -> pl.DataFrame:
    """The periods of `spans` from the first figure to the last, or to the last report of its own that a unit sent."""
    periods = periods_of(warehouse)[["period", "span", "window_end", "position"]]
    ends = dict(zip(periods["period"], periods["window_end"], strict=True))
    known = list(zip(figures["period"], figures["value"], figures["own"], strict=True))
    given = [ends[period] for period, value, _ in known if value is not None]
    if not given:
        return periods.clear()
    last = max(ends[period] for period, value, own in known if value is not None or own)
    there = [
        span in spans and min(given) <= end <= last
        for span, end in zip(periods["span"], periods["window_end"], strict=True)
    ]
    return rows_where(periods, np.array(there))


def _expected(warehouse: Warehouse, scope: Scope, grid: Grid) -> pl.DataFrame:
    """How many units of the level there are in each line of the grid, and when the youngest of them came into being."""
    members = memberships(warehouse, scope.boundary, scope.level)
    place = grid.place_of_units(members["unit_no"])
    there, unit = rows_where(members, place >= 0), place[place >= 0]
    since, until = (there[name].to_physical().to_numpy()[:, None] for name in ("valid_from", "valid_to"))
    ends = grid.periods["window_end"].to_physical().to_numpy()
    valid = ~(since > ends) & ~(until <= ends)  # a day that is not known is nan, and neither
    expected = np.zeros((grid.units.height, ends.size), dtype=np.int64)
    np.add.at(expected, unit, valid * there["units"].to_numpy()[:, None])
    youngest = np.full(expected.shape, np.nan)
    np.fmax.at(youngest, unit, np.where(valid, since, np.nan))
    era = pl.Series("era", youngest.ravel(), nan_to_null=True).cast(pl.Int32).cast(pl.Date)
    return pl.DataFrame([pl.Series("expected", expected.ravel()), era])


def _reporting(warehouse: Warehouse, scope: Scope, wanted: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    """Which reports there are in each unit; for a quarter without any, those of the period that it is taken from."""
    there = reporting_on(warehouse, scope.boundary, scope.simulated).of(wanted["unit_no"].to_list())
    of_level = there[["unit_no", "period", "reported", "short"]].rename({"short": "short_reports"})
    sent = rows_where(of_level, (there["level"] == scope.level).to_numpy())
    if counting == "printed":
        return sent
    quarters = warehouse.remembered("quarters", lambda: warehouse.ask("quarters"))
    until = sent.rename({"period": "until_period"}).join(quarters, on="until_period").select(sent.columns)
    return pl.concat([sent, until.join(sent, on=["unit_no", "period"], how="anti")])


def _others(found: pl.DataFrame, meant: NDArray[np.bool_]) -> pl.DataFrame:
    """Where a rate stands under another definition."""
    other = rows_where(found[["unit_no", "period"]], ~meant)
    return (other if meant.all() else other.unique()).with_columns(pl.lit(value=True).alias("otherwise"))


def _with_reports(warehouse: Warehouse, figures: pl.DataFrame) -> pl.DataFrame:
    """With the reports that say the figures of single units, by their identifier, else by their unit."""
    named = figures["report_id"].drop_nulls().unique().to_list()
    if named:
        reports = warehouse.ask("reports_named", {"reports": named}).drop("short")
        return figures.join(reports, on="report_id", how="left")
    sources = figures["source_no"].drop_nulls().unique().sort().to_list()
    if not sources:
        return figures.with_columns(_NO_REPORT)
    reports = warehouse.recall("reports_of", {"units": sources})
    found = figures.drop("report_id").join(reports, on=["source_no", "period"], how="left")
    return found.with_columns(_NO_REPORT[-1])


def _may_add(warehouse: Warehouse, subject: Subject) -> bool:
    """Whether the figures of several units may be added up: a rate's parts always, an indicator where it says so."""
    return subject.rate is not None or bool(catalogue(warehouse).filter(indicator=subject.indicator)["additive"].any())


def _named(warehouse: Warehouse, wanted: pl.DataFrame, axis: pl.DataFrame) -> pl.DataFrame:
    """The units under the names of the newest period."""
    newest = date.max if axis.is_empty() else axis["window_end"][-1]
    names = names_on(warehouse, newest)["name"]
    return wanted.with_columns(
        pl.Series("name", [names[number - 1] if number else None for number in wanted["unit_no"]])
    )


@cache
def _finished(level: Level, may_add: bool) -> list[pl.Expr]:
    given = pl.col("value").is_not_null()
    is_own = (pl.col("level") == level).fill_null(value=False)
    problem = (
        pl.when(given)
        .then(pl.lit(None, pl.String))
        .when(pl.col("expected") == 0)
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
        "problem": problem,
        "short": short,
        "reports": pl.when(given).then(units).otherwise(0),
    }
    return [computed.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in _COLUMNS.items()]


_REPORTS: dict[str, Any] = {
    **{"source_no": pl.UInt16, "period": pl.String, "report_id": pl.String, "file_name": pl.String},
    **dict.fromkeys(("window_start", "stated_end", "as_of", "signed_on"), pl.Date),
}
_NO_REPORT = [
    pl.lit(None, kind).alias(name)
    for name, kind in {**_REPORTS, "ends_early": pl.Boolean}.items()
    if name not in ("source_no", "period")
]
_COLUMNS: dict[str, Any] = {
    **{"unit_code": pl.String, "name": pl.String, "period": pl.String, "window_end": pl.Date},
    **{"numerator": PARTS, "denominator": PARTS, "value": pl.Float64},
    **{"units": pl.Int64, "expected": pl.Int64, "file_name": pl.String, "window_start": pl.Date},
    **{"stated_end": pl.Date, "as_of": pl.Date, "signed_on": pl.Date, "basis": pl.String, "problem": pl.String},
    **{"report_id": pl.String, "short": pl.Int64, "reports": pl.Int64, "era": pl.Date},
}
