"""Who reported, for which periods and levels, who did not, and what was found in the reports."""

from collections import Counter
from datetime import date

import polars as pl

from warehouse.answers import Scope
from warehouse.answers.held import reporting_on
from warehouse.answers.registry import (
    among,
    members_in,
    memberships,
    names_on,
    number_of,
    periods_of,
    placed,
)
from warehouse.model import LEVELS, SEVERITIES, Level
from warehouse.periods import parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def completeness(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """How many units should report and how many did, by level."""
    number, end = number_of(warehouse, unit), parse_period(period).window_end
    sent, there = reporting_on(warehouse, boundary, simulated), placed("then", end)
    counted = [
        (level, int(expected), int(sent.between(number, number, level, period)["reported"].sum()))
        for level in LEVELS
        if (expected := memberships(warehouse, boundary, level).between(number, number).filter(there)["units"].sum())
    ]
    return pl.DataFrame(counted, schema={"level": pl.String, "expected": pl.Int64, "reported": pl.Int64}, orient="row")


def window(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """How many units of the scope's level `reported`, how many `short`, the most `days_missing`, the first `data_end`.

    No row where none reported.
    """
    number = number_of(warehouse, scope.unit)
    sent = reporting_on(warehouse, scope.boundary, scope.simulated).between(number, number, scope.level, scope.period)
    return sent[["reported", "short", "days_missing", "data_end"]]


def missing(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """The units below a unit that should have reported for a period and did not, tier by tier."""
    below = _members_on(warehouse, "then", unit, period).filter(pl.col("unit_code") != unit)
    sent = reporting_on(warehouse, "then", simulated)
    numbers = among(below["unit_no"].to_list())
    received = pl.concat(sent.between(numbers["first"], numbers["last"], level, period) for level in LEVELS)
    tier = pl.col("level").cast(pl.Enum(LEVELS))
    return (
        below.join(received, on=["unit_no", "level"], how="anti")
        .sort(tier, "parent_order", "name_order", "unit_code", nulls_last=True)
        .select("level", "unit_code", "name", "parent_name")
    )


def data_units(warehouse: Warehouse, boundary: Boundary = "then") -> pl.DataFrame:
    """The provinces with reports: those with the most real ones first, then by all."""
    return warehouse.ask("data_units", {"boundary": boundary})


def loaded(warehouse: Warehouse, simulated: bool) -> pl.DataFrame:
    """One row: how many reports of a world there are, of how many units and for how many periods."""
    sent = reporting_on(warehouse, "then", simulated).rows.select("level", "period", "unit_no", "reported")
    levels = names_on(warehouse, date.max).select("unit_no", pl.col("level").alias("own_level"))
    own = sent.join(levels, on="unit_no").filter(pl.col("level").cast(pl.String) == pl.col("own_level"))
    return own.select(
        pl.col("reported").cast(pl.Int64).sum().alias("reports"),
        pl.col("unit_no").n_unique().cast(pl.Int64).alias("units"),
        pl.col("period").n_unique().cast(pl.Int64).alias("periods"),
    )


def data_worlds(warehouse: Warehouse, unit: str, boundary: Boundary = "then") -> pl.DataFrame:
    """Whether a unit or those in it have real reports, simulated ones or both, real ones first."""
    counted = [
        (simulated, data_periods(warehouse, unit, simulated, boundary)["reports"].sum()) for simulated in (False, True)
    ]
    return pl.DataFrame(
        [each for each in counted if each[1]], schema={"simulated": pl.Boolean, "reports": pl.Int64}, orient="row"
    )


def data_periods(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """The periods for which a unit or those in it reported, newest first."""
    there = reporting_on(warehouse, boundary, simulated).of([number_of(warehouse, unit)])
    levels, counts = _levels_on(boundary), Counter[str]()
    for level, period, reported in zip(
        *(there[name].to_list() for name in ("level", "period", "reported")), strict=True
    ):
        if level in levels:
            counts[period] += reported
    periods = periods_of(warehouse)
    ends, places = periods["window_end"].to_list(), periods["position"].to_list()
    codes = periods["period"].to_list()
    rows = [row for row, code in enumerate(codes) if code in counts]
    rows.sort(key=lambda row: (ends[row], counts[codes[row]], places[row]), reverse=True)
    known = periods[["period", "span", "year", "window_start", "window_end"]][pl.Series(rows, dtype=pl.UInt32)]
    return known.hstack([pl.Series("reports", [counts[codes[row]] for row in rows], pl.Int64)])


def data_levels(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """The levels of the units that reported under a unit in a period."""
    held, number = reporting_on(warehouse, boundary, simulated), number_of(warehouse, unit)
    parts = {level: held.between(number, number, level, period)["reported"].to_list() for level in _levels_on(boundary)}
    counted = [(level, reported) for level, counts in parts.items() for reported in counts]
    return pl.DataFrame(counted, schema={"level": pl.String, "reports": pl.Int64}, orient="row")


def reports(warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """The reports of a period with what was found in them, the gravest first, then the units that sent none.

    Who sent none has no count, rather than a count of 0.
    """
    members = _members_on(warehouse, boundary, unit, period)
    numbers = members["unit_no"]
    asked = {"period": period, "simulated": simulated, **among(numbers.to_list())}
    found = members.join(warehouse.ask("reports", asked), on="unit_no", how="left")
    counts = pl.when(pl.col("report_id").is_not_null()).then(pl.col(SEVERITIES).fill_null(0))
    return (
        found.with_columns(counts)
        .sort(
            pl.col("report_id").is_null(),
            *SEVERITIES,
            "name_order",
            "unit_code",
            descending=[False, *[True] * 3, False, False],
        )
        .select(_REPORT_COLUMNS)
    )


def quality_periods(warehouse: Warehouse, unit: str, simulated: bool, boundary: Boundary = "then") -> pl.DataFrame:
    """Reports expected and received, and findings, by period and level, the newest first."""
    return warehouse.ask("quality_periods", {"unit": unit, "simulated": simulated, "boundary": boundary})


def _levels_on(boundary: Boundary) -> list[Level]:
    """The levels whose units a map has; districts of before are no units of today's."""
    return [level for level in LEVELS if boundary == "then" or level != "district"]


_REPORT_COLUMNS = (
    *("unit_code", "name", "level", "parent_name", "report_id", "file_name", "form", "signed_on", "as_of"),
    *("document_number", "rows", "unmapped", *SEVERITIES),
)


def _members_on(warehouse: Warehouse, boundary: Boundary, unit: str, period: str) -> pl.DataFrame:
    """The units of a period that lie in a unit on a map, itself among them, under their names then."""
    end = parse_period(period).window_end
    rows = members_in(warehouse, boundary, unit).cast(pl.UInt32) - 1
    return names_on(warehouse, end)[rows].filter(placed("then", end))
