"""The questions of the pages and the terminal, each a typed function over one `queries/*.sql` file.

Every function returns a Polars frame whose columns are those of the query, in its order.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import polars as pl

from warehouse.model import Level
from warehouse.store import Warehouse
from warehouse.text import fold


@dataclass(frozen=True)
class Scope:
    """What is counted: the units of `level` under `unit` (a unit code or `NATION`) in `period`.

    Real and simulated reports are two worlds: figures of the one are never added to or ranked with the other's.
    """

    unit: str
    level: Level
    period: str
    simulated: bool = False


@dataclass(frozen=True)
class RowFilter:
    """Which printed rows are wanted; an empty tuple asks for all, a null `simulated` for both worlds."""

    unit: str
    periods: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    simulated: bool | None = None


def overview(warehouse: Warehouse, scope: Scope) -> pl.DataFrame:
    """Each rate and definition added up over the scope, now and a year before, with its target."""
    return warehouse.ask("overview", asdict(scope))


def completeness(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """How many units should report and how many did, by level."""
    return warehouse.ask("completeness", {"unit": unit, "period": period, "simulated": simulated})


def volume(warehouse: Warehouse, scope: Scope, indicator: str) -> pl.DataFrame:
    """One additive indicator added up over the scope: a row for now, a row for the year before."""
    return warehouse.ask("volume", {**asdict(scope), "indicator": indicator})


def definitions(warehouse: Warehouse, scope: Scope, rate: str) -> pl.DataFrame:
    """The definitions of a rate in use in the scope, the one that most units share first."""
    return warehouse.ask("definitions", {**asdict(scope), "rate": rate})


def ranking(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """Units by one rate under one definition, ties sharing a rank; `minimum` is the smallest denominator ranked."""
    parameters = {"rate": rate, "definition": definition, "minimum": minimum}
    return warehouse.ask("ranking", {**asdict(scope), **parameters})


def left_out(warehouse: Warehouse, scope: Scope, rate: str, definition: str, minimum: int) -> pl.DataFrame:
    """The units `ranking` cannot show, with a `reason`: no_report, other_definition, small_denominator,
    parts_missing or not_asked.
    """
    parameters = {"rate": rate, "definition": definition, "minimum": minimum}
    return warehouse.ask("left_out", {**asdict(scope), **parameters})


def trend_rate(
    warehouse: Warehouse, scope: Scope, units: Sequence[str], rate: str, definition: str, spans: Sequence[str]
) -> pl.DataFrame:
    """One rate for several units over every period of `spans`, of the scope's level and world.

    A period without a figure is a row with a null value.
    """
    return warehouse.ask(
        "trend_rate",
        {
            "units": list(units),
            "level": scope.level,
            "simulated": scope.simulated,
            "rate": rate,
            "definition": definition,
            "spans": list(spans),
        },
    )


def trend_indicator(
    warehouse: Warehouse, scope: Scope, units: Sequence[str], indicator: str, spans: Sequence[str]
) -> pl.DataFrame:
    """One indicator for several units over every period of `spans`, with the columns of `trend_rate`."""
    return warehouse.ask(
        "trend_indicator",
        {
            "units": list(units),
            "level": scope.level,
            "simulated": scope.simulated,
            "indicator": indicator,
            "spans": list(spans),
        },
    )


def drilldown(warehouse: Warehouse, scope: Scope, rate: str, definition: str) -> pl.DataFrame:
    """The children of the scope's unit with one rate each, added up over their units of its level."""
    return warehouse.ask("drilldown", {**asdict(scope), "rate": rate, "definition": definition})


def children(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """The units directly below a unit that were valid in a period."""
    return warehouse.ask("children", {"unit": unit, "period": period})


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


def unit_path(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """A unit and its ancestors, the province first; no row for an unknown code."""
    return warehouse.ask("unit_path", {"unit": unit})


def data_units(warehouse: Warehouse) -> pl.DataFrame:
    """The provinces with reports, the most reports first."""
    return warehouse.ask("data_units")


def data_worlds(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """Whether a unit or its descendants have real reports, simulated ones or both, real ones first."""
    return warehouse.ask("data_worlds", {"unit": unit})


def data_periods(warehouse: Warehouse, unit: str, simulated: bool) -> pl.DataFrame:
    """The periods for which a unit or its descendants reported, newest first."""
    return warehouse.ask("data_periods", {"unit": unit, "simulated": simulated})


def data_levels(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """The levels of the units that reported under a unit in a period."""
    return warehouse.ask("data_levels", {"unit": unit, "period": period, "simulated": simulated})


def status(warehouse: Warehouse) -> pl.DataFrame:
    """One row: what is in this version."""
    return warehouse.ask("status")


def findings(warehouse: Warehouse, reports: Sequence[str] = ()) -> pl.DataFrame:
    """The findings in the reports in force, the gravest first; all reports when none is named."""
    return warehouse.ask("findings", {"reports": list(reports)})


def findings_of(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """The findings in the reports in force of a unit and its descendants for a period, the gravest first."""
    return warehouse.ask("findings_of", {"unit": unit, "period": period, "simulated": simulated})


def rules(warehouse: Warehouse) -> pl.DataFrame:
    """The checks with their severity and names, the gravest first."""
    return warehouse.ask("rules")


def reports(warehouse: Warehouse, unit: str, period: str, simulated: bool) -> pl.DataFrame:
    """The reports of a period with what was found in them, then the units that sent none."""
    return warehouse.ask("reports", {"unit": unit, "period": period, "simulated": simulated})


def report_card(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """One row: what a report says of itself and how its rows were read; none for an unknown report."""
    return warehouse.ask("report_card", {"report": report})


def report_rows(warehouse: Warehouse, report: str) -> pl.DataFrame:
    """Every row of one report in printed order, with the findings at its place in both languages."""
    return warehouse.ask("report_rows", {"report": report})


def quality_periods(warehouse: Warehouse, unit: str, simulated: bool) -> pl.DataFrame:
    """Reports expected and received, and findings, by period and level, the newest first."""
    return warehouse.ask("quality_periods", {"unit": unit, "simulated": simulated})


def catalogue(warehouse: Warehouse) -> pl.DataFrame:
    """The indicators with their themes and units of measure, in catalogue order."""
    return warehouse.ask("catalogue")


def rates(warehouse: Warehouse) -> pl.DataFrame:
    """The rates and their definitions with names and notes; a null definition is the rate itself."""
    return warehouse.ask("rates")


def held_reports(warehouse: Warehouse) -> pl.DataFrame:
    """Every report of the version, in the order they were loaded."""
    return warehouse.ask("held_reports")


def facts_as_text(warehouse: Warehouse) -> pl.DataFrame:
    """The facts of real reports as text, to be compared with another version's to the last digit."""
    return warehouse.ask("facts_as_text")
