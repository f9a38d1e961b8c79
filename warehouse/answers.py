"""The questions of the pages and the terminal, each a typed function over one `queries/*.sql` file.

Every function returns a Polars frame whose columns are those of the query, in its order. `unit` is a unit
code, or `NATION` for the whole country; `period` a period code; `level` the tier whose own work is added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from warehouse.model import Level
from warehouse.store import Warehouse
from warehouse.text import fold


def overview(warehouse: Warehouse, unit: str, level: Level, period: str) -> pl.DataFrame:
    """Each rate and definition added up over the units of a level, now and a year before, with its target."""
    return warehouse.ask("overview", {"unit": unit, "level": level, "period": period})


def completeness(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """How many units should report and how many did, by level."""
    return warehouse.ask("completeness", {"unit": unit, "period": period})


def volume(warehouse: Warehouse, unit: str, level: Level, period: str, indicator: str) -> pl.DataFrame:
    """One additive indicator added up over the units of a level: a row for now, a row for the year before."""
    parameters = {"unit": unit, "level": level, "period": period, "indicator": indicator}
    return warehouse.ask("volume", parameters)


def definitions(warehouse: Warehouse, unit: str, level: Level, period: str, rate: str) -> pl.DataFrame:
    """The definitions of a rate in use, the one that most units share first."""
    return warehouse.ask("definitions", {"unit": unit, "level": level, "period": period, "rate": rate})


def ranking(
    warehouse: Warehouse, unit: str, level: Level, period: str, rate: str, definition: str, minimum: int
) -> pl.DataFrame:
    """Units by one rate under one definition, ties sharing a rank; `minimum` is the smallest denominator ranked."""
    return warehouse.ask("ranking", _ranking(unit, level, period, rate, definition, minimum))


def left_out(
    warehouse: Warehouse, unit: str, level: Level, period: str, rate: str, definition: str, minimum: int
) -> pl.DataFrame:
    """The units `ranking` cannot show, with a `reason`: no_report, other_definition, small_denominator,
    parts_missing or not_asked.
    """
    return warehouse.ask("left_out", _ranking(unit, level, period, rate, definition, minimum))


def _ranking(unit: str, level: Level, period: str, rate: str, definition: str, minimum: int) -> dict[str, str | int]:
    return {
        "unit": unit,
        "level": level,
        "period": period,
        "rate": rate,
        "definition": definition,
        "minimum": minimum,
    }


def trend_rate(
    warehouse: Warehouse, units: Sequence[str], level: Level, rate: str, definition: str, spans: Sequence[str]
) -> pl.DataFrame:
    """One rate for several units over every period of `spans`; a period without a figure is a row with a null value."""
    return warehouse.ask(
        "trend_rate",
        {"units": list(units), "level": level, "rate": rate, "definition": definition, "spans": list(spans)},
    )


def trend_indicator(
    warehouse: Warehouse, units: Sequence[str], level: Level, indicator: str, spans: Sequence[str]
) -> pl.DataFrame:
    """One indicator for several units over every period of `spans`, with the columns of `trend_rate`."""
    return warehouse.ask(
        "trend_indicator",
        {"units": list(units), "level": level, "indicator": indicator, "spans": list(spans)},
    )


def drilldown(warehouse: Warehouse, unit: str, level: Level, period: str, rate: str, definition: str) -> pl.DataFrame:
    """The children of a unit with one rate each, added up over their units of a level."""
    return warehouse.ask(
        "drilldown", {"unit": unit, "level": level, "period": period, "rate": rate, "definition": definition}
    )


def children(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """The units directly below a unit that were valid in a period."""
    return warehouse.ask("children", {"unit": unit, "period": period})


def own_rates(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """Every rate that a unit's own report gives for a period, for its own tier and those it prints below."""
    return warehouse.ask("own_rates", {"unit": unit, "period": period})


@dataclass(frozen=True)
class RowFilter:
    """Which printed rows are wanted; an empty tuple asks for all."""

    unit: str
    periods: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def parameters(self) -> dict[str, str | list[str]]:
        """The filter as query parameters."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.__dict__.items()}


def rows(warehouse: Warehouse, wanted: RowFilter, limit: int, offset: int = 0) -> pl.DataFrame:
    """Printed rows with their source, in the order of unit, period and place."""
    return warehouse.ask("rows", {**wanted.parameters(), "limit": limit, "offset": offset})


def rows_count(warehouse: Warehouse, wanted: RowFilter) -> pl.DataFrame:
    """One row: how many printed rows and reports the filter finds, and how many of them are simulated."""
    return warehouse.ask("rows_count", wanted.parameters())


def unit_search(warehouse: Warehouse, text: str, limit: int = 12) -> pl.DataFrame:
    """Units whose name holds every word of `text`, accents or not; those with reports first."""
    return warehouse.ask("unit_search", {"text": fold(text), "limit": limit})


def unit_path(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """A unit and its ancestors, the province first; no row for an unknown code."""
    return warehouse.ask("unit_path", {"unit": unit})


def data_units(warehouse: Warehouse) -> pl.DataFrame:
    """The provinces with reports, the most reports first."""
    return warehouse.ask("data_units")


def data_periods(warehouse: Warehouse, unit: str) -> pl.DataFrame:
    """The periods for which a unit or its descendants reported, newest first."""
    return warehouse.ask("data_periods", {"unit": unit})


def data_levels(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """The levels of the units that reported under a unit in a period."""
    return warehouse.ask("data_levels", {"unit": unit, "period": period})


def status(warehouse: Warehouse) -> pl.DataFrame:
    """One row: what is in this version."""
    return warehouse.ask("status")


def findings(warehouse: Warehouse, reports: Sequence[str] = ()) -> pl.DataFrame:
    """The findings in the reports in force, the gravest first; all reports when none is named."""
    return warehouse.ask("findings", {"reports": list(reports)})


def findings_of(warehouse: Warehouse, unit: str, period: str) -> pl.DataFrame:
    """The findings in the reports in force of a unit and its descendants for a period, the gravest first."""
    return warehouse.ask("findings_of", {"unit": unit, "period": period})


def catalogue(warehouse: Warehouse) -> pl.DataFrame:
    """The indicators with their themes and units of measure, in catalogue order."""
    return warehouse.ask("catalogue")


def rates(warehouse: Warehouse) -> pl.DataFrame:
    """The rates and their definitions with names and notes; a null definition is the rate itself."""
    return warehouse.ask("rates")
