"""The questions of the pages and the terminal, each a typed function that returns a Polars frame.

Here stand what questions are about (`Scope`, `Subject`, `RowFilter`) and those that one `queries/*.sql` file answers
whole: their columns are those of the query, in its order.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from warehouse.answers.registry import ancestry, lying_in, number_of, reach, units_below
from warehouse.model import Level
from warehouse.periods import is_period, parse_period
from warehouse.store import Warehouse
from warehouse.territory import Boundary
from warehouse.text import fold


@dataclass(frozen=True)
class Scope:
    """What is counted: the units of `level` under `unit` (a unit code or `NATION`) in `period`.

    Real and simulated reports are two worlds: figures of the one are never added to or ranked with the other's.
    `boundary` says on which map: that of the period, or today's (`warehouse.territory`).
    """

    unit: str
    level: Level
    period: str
    simulated: bool = False
    boundary: Boundary = "then"

    @property
    def in_any_period(self) -> "Scope":
        """The same of no period: what is followed over time is one answer, whatever period is looked at."""
        return replace(self, period="")


Counting = Literal["printed", "discrete"]


@dataclass(frozen=True)
class Subject:
    """What is followed over time: a rate under a definition, or an indicator."""

    rate: str | None = None
    definition: str | None = None
    indicator: str | None = None


@dataclass(frozen=True)
class RowFilter:
    """Which printed rows are wanted; an empty tuple asks for all, a null `simulated` for both worlds.

    Of what is below `unit`, only the units of `below` with all under them and those of `alone` by themselves are
    wanted where any is named.
    """

    unit: str
    periods: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    simulated: bool | None = None
    boundary: Boundary = "then"
    below: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


def where(scope: Scope) -> dict[str, Any]:
    """The scope as parameters of a query over the large tables, but for the unit."""
    return {name: value for name, value in vars(scope).items() if name != "unit"}


def over_time(scope: Scope) -> dict[str, Any]:
    """The same without the period, for questions about every period."""
    return {name: value for name, value in where(scope).items() if name != "period"}


def times(scope: Scope) -> dict[str, Any]:
    """The period as constants: a scan passes over what lies outside them, which it cannot for a joined table."""
    period = parse_period(scope.period)
    return {"year_before": period.year_before.code, "window_end": period.window_end}


def year_before(scope: Scope) -> Scope | None:
    """The same a year before; null in the first year there is."""
    code = parse_period(scope.period).year_before.code
    return replace(scope, period=code) if is_period(code) else None


def places(warehouse: Warehouse) -> pl.DataFrame:
    """The communes of today with their place in degrees, which together show the shape of the country."""
    return warehouse.ask("places")


def children(warehouse: Warehouse, unit: str, period: str, boundary: Boundary = "then") -> pl.DataFrame:
    """The units directly below a unit that were valid in a period, or are today, in Vietnamese order."""
    found = units_below(warehouse, boundary, unit, parse_period(period).window_end)
    return found.sort("name_order", "unit_code")[["unit_code", "name", "kind", "level"]]


def reconcile(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """What a unit's report prints for each tier below, beside the sum of that tier's own reports, with the residual.

    `verdict`: agrees, agrees_so_far (though some gave no figure), differs (all gave theirs), exceeds (the sum is more
    than what is printed), implied (the residual is what those without a figure must have), none_reported, not_asked
    (those that reported have no such row) or not_printed.
    """
    asked = {"unit": unit, "period": period, "simulated": simulated}
    return warehouse.ask("reconcile", asked | reach(warehouse, "then", [unit]))


def reconcile_rate(warehouse: Warehouse, unit: str, period: str, simulated: bool, rate: str) -> pl.DataFrame:
    """One rate at each tier of a unit: as its report gives it, as the tier's own reports give it, and the rest.

    `verdict` as in `reconcile`, of both parts; own at the unit's own tier; other_definition where printed and own
    figures stand under two definitions; parts_missing where only a percentage is printed; impossible where those
    without a figure would have more cases done than there were.
    """
    asked = {"unit": unit, "period": period, "simulated": simulated, "rate": rate}
    return warehouse.ask("reconcile_rate", asked | {"unit_no": number_of(warehouse, unit)})


def own_rates(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """Every rate that a unit's own report gives for a period, for its own tier and those it prints below."""
    return warehouse.ask("own_rates", {"unit": unit, "period": period, "simulated": simulated})


def rows(warehouse: Warehouse, wanted: RowFilter, limit: int, offset: int = 0) -> pl.DataFrame:
    """Printed rows with their source, in the order of unit, period and place."""
    return warehouse.ask("rows", {**asdict(wanted), "limit": limit, "offset": offset})


def rows_count(warehouse: Warehouse, wanted: RowFilter) -> pl.DataFrame:
    """One row: how many printed rows the filter finds, and in how many reports."""
    return warehouse.ask("rows_count", asdict(wanted))


def unit_search(warehouse: Warehouse, text: str, limit: int = 12) -> pl.DataFrame:
    """Units whose name holds every word of `text`, accents or not; the whole phrase first, then those with reports."""
    return warehouse.ask("unit_search", {"text": fold(text), "limit": limit})


def unit_path(warehouse: Warehouse, unit: str, boundary: Boundary = "then", period: str | None = None) -> pl.DataFrame:
    """A unit and its ancestors, the province first, under their names in a period or their present ones.

    No row for a code that is unknown, or not on today's map when that is asked for; an ended district is on it as a
    group of communes.
    """
    day = parse_period(period).window_end if period else date.max
    found = ancestry(warehouse, unit, day) if boundary == "then" else lying_in(warehouse, boundary, unit, day)
    return found[["unit_code", "name", "level", "kind", "parent_code", "valid_from", "valid_to"]]


def status(warehouse: Warehouse) -> pl.DataFrame:
    """One row: what is in this version."""
    return warehouse.ask("status")


def findings(warehouse: Warehouse, reports: Sequence[str] = ()) -> pl.DataFrame:
    """The findings in the reports in force, the gravest first; all reports when none is named."""
    return warehouse.ask("findings", {"reports": list(reports)})


def findings_of(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, boundary: Boundary = "then"
) -> pl.DataFrame:
    """The findings in the reports in force of a unit and those in it for a period, the gravest first.

    `apart` is how far the two values compared lie apart, as a part of the larger; null where there are no two.
    """
    where = {"unit": unit, "period": period, "simulated": simulated, "boundary": boundary}
    return warehouse.ask("findings_of", where)


def report_findings(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """The findings in one report, in force or not, the gravest first; `compared` is JSON of the values, by name."""
    return warehouse.ask("report_findings", {"report": report})


def rules(warehouse: Warehouse) -> pl.DataFrame:
    """The checks with their severity and names, the gravest first."""
    return warehouse.ask("rules")


def report_card(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """One row: what a report says of itself and how its rows were read; none for an unknown report."""
    return warehouse.ask("report_card", {"report": report})


def form_codes(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """The annex, code and label of the numbered rows of a report's form, in its order; none where no form is known."""
    return warehouse.ask("form_codes", {"report": report})


def papers(warehouse: Warehouse, reports: Sequence[str]) -> pl.DataFrame:
    """The unit, period, number, dates, window and file hash of reports, a row for each."""
    return warehouse.ask("papers", {"reports": list(reports)})


def report_rows(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """Every row of one report in printed order, with the findings at its place in both languages."""
    return warehouse.ask("report_rows", {"report": report})


def catalogue(warehouse: Warehouse) -> pl.DataFrame:
    """The indicators with their themes and units of measure, in catalogue order."""
    return warehouse.remembered("catalogue", lambda: warehouse.ask("catalogue"))


def rates(warehouse: Warehouse) -> pl.DataFrame:
    """The rates and their definitions with names and notes; a null definition is the rate itself."""
    return warehouse.ask("rates")


def replaced(warehouse: Warehouse, reports: Sequence[str]) -> pl.DataFrame:
    """Which reports, real or `simulated`, the named ones took the place of, with the figures before and now."""
    return warehouse.ask("replaced", {"reports": list(reports)})


def place_taken(warehouse: Warehouse, reports: Sequence[str]) -> pl.DataFrame:
    """Which report is in force in the place of each named one, itself or another, and when both were signed."""
    return warehouse.ask("place_taken", {"reports": list(reports)})


def held_reports(warehouse: Warehouse) -> pl.DataFrame:
    """Every report of the version, in the order they were loaded."""
    return warehouse.ask("held_reports")


def facts_as_text(warehouse: Warehouse) -> pl.DataFrame:
    """The facts of real reports as text, to be compared with another version's to the last digit."""
    return warehouse.ask("facts_as_text")
