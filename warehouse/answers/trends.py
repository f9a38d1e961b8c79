"""What becomes of a rate or an indicator over time, for several units."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.answers import Counting, Scope, Subject, catalogue
from warehouse.answers.arrays import NO_TEXT, Arrays, array_of, arrays_of, at, found_at, frame_of, order_of
from warehouse.answers.disputes import disputed_in_time
from warehouse.answers.followed import Followed, Unit
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
from warehouse.frames import rows_where
from warehouse.model import Level
from warehouse.store import Warehouse

# Why a line has no figure, where the figures themselves do not say so; the first that holds, the last of all others.
REASONS = ("no_unit", "no_report", "other_definition", "not_additive", "not_asked")


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
    missing_before, falls, standing, percentage). `basis` is own, sum, difference, union or estimated. `short` of the
    `reports` behind a figure leave out more than 7 days of the period, or much of it at the row of the figure itself;
    of a quarter that is a difference also where what is taken off does. `era` is when the youngest unit behind it came
    into being.
    """
    wanted = _wanted(warehouse, units)
    if not wanted:
        return pl.DataFrame(schema=_COLUMNS)
    found = Followed(scope, subject, counting).figures(warehouse, wanted)
    meant = _is_meant(found, subject)
    under = found if meant.all() else rows_where(found, meant)
    axis = _axis(warehouse, under, spans)
    grid = Grid([unit.number for unit in wanted], axis["period"].to_list())
    lines = {
        **grid.of_units(_named(warehouse, wanted, axis)),
        **grid.of_periods(arrays_of(axis, ("period", "window_end"))),
        **grid.beside(under["unit_no"].to_list(), under["period"].to_list(), _with_reports(warehouse, under)),
        **_reporting(warehouse, scope, grid, counting),
        **_others(grid, found, meant),
        **_expected(warehouse, scope, grid, axis),
    }
    of_rows = disputed_in_time(warehouse, scope, units, subject, counting, "short_rows")
    numbers = [number_of(warehouse, unit) for unit in of_rows["unit_code"]]
    lines |= grid.beside(numbers, of_rows["period"], {"short_rows": array_of(of_rows["disputed"])})
    if counting == "discrete" and not _subtracts(warehouse, subject):
        lines["short_before"] = np.full(grid.size, np.nan)
    return frame_of(lines | _finished(lines, scope.level, _may_add(warehouse, subject)), _COLUMNS)


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
    return np.array([definition == subject.definition for definition in found["definition"].to_list()], dtype=bool)


def _wanted(warehouse: Warehouse, units: Sequence[str]) -> list[Unit]:
    """The known units, each once, in the order asked."""
    known = [Unit(number_of(warehouse, unit), unit, level_of(warehouse, unit)) for unit in dict.fromkeys(units)]
    return [unit for unit in known if unit.number != NOBODY]


def _axis(warehouse: Warehouse, figures: pl.DataFrame, spans: Sequence[str]) -> pl.DataFrame:
    """The periods of `spans` from the first figure to the last, or to the last report of its own that a unit sent."""
    periods = periods_of(warehouse)
    ends = array_of(periods["window_end"])
    order = warehouse.remembered("places of periods", lambda: order_of(periods["period"].to_list()))
    there = at(ends, found_at(order, figures["period"].to_list()))
    given = ~np.isnan(array_of(figures["value"]))
    if not given.any():
        return periods.clear()
    last = there[given | (array_of(figures["own"]) == 1)].max()
    of_spans = np.array([span in spans for span in periods["span"].to_list()])
    return rows_where(periods, of_spans & (there[given].min() <= ends) & (ends <= last))


def _expected(warehouse: Warehouse, scope: Scope, grid: Grid, axis: pl.DataFrame) -> Arrays:
    """How many units of the level there are in each line of the grid, and when the youngest of them came into being."""
    members = memberships(warehouse, scope.boundary, scope.level)
    ends = array_of(axis["window_end"])
    expected, youngest = np.zeros((len(grid.units), ends.size)), np.full((len(grid.units), ends.size), np.nan)
    for place, unit in enumerate(grid.units):
        there = members.between(unit, unit)
        since, until, count = (array_of(there[name])[:, None] for name in ("valid_from", "valid_to", "units"))
        valid = ~(since > ends) & ~(until <= ends)  # a day that is not known is nan, and neither
        expected[place] = (valid * count).sum(axis=0)
        youngest[place] = np.fmax.reduce(np.where(valid, since, np.nan), axis=0, initial=np.nan)
    return {"expected": expected.ravel(), "era": youngest.ravel()}


def _reporting(warehouse: Warehouse, scope: Scope, grid: Grid, counting: Counting) -> Arrays:
    """Which reports there are in each line; for a quarter without any, those of the period that it is taken from.

    Of the period that is taken off, `short_before`: what that leaves out at its end is part of the quarter then.
    """
    there = reporting_on(warehouse, scope.boundary, scope.simulated).of(grid.units)
    sent = rows_where(there, np.array([level == scope.level for level in there["level"].to_list()], dtype=bool))
    told = {"reported": array_of(sent["reported"]), "short_reports": array_of(sent["short"])}
    units, periods = sent["unit_no"].to_list(), sent["period"].to_list()
    beside = grid.beside(units, periods, told)
    if counting == "printed":
        return beside | {"short_before": np.full(grid.size, np.nan)}
    quarters = warehouse.remembered("quarters", lambda: warehouse.ask("quarters"))
    until, since = (
        grid.beside(units, [taken.get(period, "") for period in periods], told)
        for taken in (dict(zip(quarters[end], quarters["period"], strict=True)) for end in _ENDS)
    )
    missing = np.isnan(beside["reported"])
    taken_off = {"short_before": np.where(missing, since["short_reports"], np.nan)}
    return {name: np.where(missing, until[name], values) for name, values in beside.items()} | taken_off


def _others(grid: Grid, found: pl.DataFrame, meant: NDArray[np.bool_]) -> Arrays:
    """Where a rate stands under another definition."""
    if meant.all():
        return {"otherwise": np.full(grid.size, np.nan)}
    other = rows_where(found[["unit_no", "period"]], ~meant)
    pairs = dict.fromkeys(zip(other["unit_no"], other["period"], strict=True))
    units, periods = zip(*pairs, strict=True)
    return grid.beside(units, periods, {"otherwise": np.ones(len(pairs))})


def _with_reports(warehouse: Warehouse, figures: pl.DataFrame) -> Arrays:
    """Figures with the reports that say those of single units, by their identifier, else by their unit."""
    found = arrays_of(figures, _FIGURE)
    named = [report for report in dict.fromkeys(found["report_id"]) if report is not None]
    sources = sorted({int(source) for source in found["source_no"] if source == source})  # noqa: PLR0124 - NaN
    if named:
        reports = warehouse.ask("reports_named", {"reports": named})
        keys, wanted = reports["report_id"].to_list(), found["report_id"].tolist()
    else:
        reports = warehouse.recall("reports_of", {"units": sources}) if sources else pl.DataFrame(schema=_REPORTS)
        keys = list(zip(reports["source_no"].to_list(), reports["period"].to_list(), strict=True))
        wanted = list(zip(found["source_no"].tolist(), figures["period"].to_list(), strict=True))
    row = found_at(order_of(keys), wanted)
    told = arrays_of(reports, [name for name in _PAPERS if name in reports.columns])
    unknown = {"ends_early": np.full(figures.height, np.nan)}
    return found | unknown | {name: at(values, row) for name, values in told.items()}


def _may_add(warehouse: Warehouse, subject: Subject) -> bool:
    """Whether the figures of several units may be added up: a rate's parts always, an indicator where it says so."""
    return subject.rate is not None or bool(catalogue(warehouse).filter(indicator=subject.indicator)["additive"].any())


def _subtracts(warehouse: Warehouse, subject: Subject) -> bool:
    """Whether a quarter's figure is a difference: what stands at the end of it is what the report of that day says."""
    return subject.rate is not None or bool(
        catalogue(warehouse).filter(indicator=subject.indicator)["kind"].is_in(("flow", "cumulative")).any()
    )


def _named(warehouse: Warehouse, wanted: Sequence[Unit], axis: pl.DataFrame) -> Arrays:
    """The units with their levels, under the names of the newest period."""
    newest = date.max if axis.is_empty() else axis["window_end"][-1]
    names = names_on(warehouse, newest)["name"]
    rows = [(unit.code, names[unit.number - 1] if unit.number else None, unit.level) for unit in wanted]
    columns = zip(*rows, strict=True)
    return {
        name: np.array(column, dtype=object)
        for name, column in zip(("unit_code", "name", "level"), columns, strict=True)
    }


def _finished(lines: Arrays, level: Level, may_add: bool) -> Arrays:
    """Why a line has no figure, and how many units and reports stand behind one."""
    given, is_own = ~np.isnan(lines["value"]), lines["level"] == level
    holds = [lines["expected"] == 0, np.isnan(lines["reported"]), lines["otherwise"] == 1, ~is_own & (not may_add)]
    why = np.select(holds, REASONS[:-1], REASONS[-1]).astype(object)
    own_why = (lines["problem"] != None) & ~holds[0]  # noqa: E711 - of each line
    problem = np.where(given, NO_TEXT, np.where(own_why, lines["problem"], why))
    units = np.where(given | is_own, lines["units"], 0)
    short_own = np.where(lines["basis"] == "difference", lines["ends_early"], lines["short_reports"])
    short = np.where(is_own, short_own, lines["short"])
    reports = np.where(given, units, 0)
    short = np.fmax(np.fmax(short, lines["short_before"]), lines["short_rows"])
    counts = {"units": units, "short": np.where(given, short, 0), "reports": reports}
    known = {name: np.nan_to_num(count) for name, count in counts.items()}
    known["short"] = np.minimum(known["short"], known["reports"])
    return {**known, "problem": problem}


_ENDS = ("until_period", "since_period")  # of the periods whose difference a quarter is
_FIGURE = ("numerator", "denominator", "value", "units", "basis", "problem", "short", "source_no", "report_id")
_REPORTS: dict[str, Any] = {
    **{"source_no": pl.UInt16, "period": pl.String, "report_id": pl.String, "file_name": pl.String},
    **dict.fromkeys(("window_start", "stated_end", "as_of", "signed_on"), pl.Date),
}
_PAPERS = ("report_id", "file_name", "window_start", "stated_end", "as_of", "signed_on", "ends_early")
_COLUMNS: dict[str, Any] = {
    **{"unit_code": pl.String, "name": pl.String, "period": pl.String, "window_end": pl.Date},
    **{"numerator": PARTS, "denominator": PARTS, "value": pl.Float64},
    **{"units": pl.Int64, "expected": pl.Int64, "file_name": pl.String, "window_start": pl.Date},
    **{"stated_end": pl.Date, "as_of": pl.Date, "signed_on": pl.Date, "basis": pl.String, "problem": pl.String},
    **{"report_id": pl.String, "short": pl.Int64, "reports": pl.Int64, "era": pl.Date},
}
