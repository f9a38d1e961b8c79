"""What the page shows before its reader chose anything: a rate, a definition and a kind of period that have figures."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.measures import Choice
from warehouse.answers import ranks, reporting, trends
from warehouse.periods import parse_period


def first_rate(context: Context) -> str:
    """The first headline rate that has a figure in any period; where none has, the first."""
    return next((rate for rate in HEADLINE_RATES if definitions_in_use(context, rate)), HEADLINE_RATES[0])


def definitions_in_use(context: Context, rate: str) -> list[str]:
    """The definitions of a rate in use, the widest coverage first: in the selected period, else the last that has any.

    A blank cell in one period must not hide the figures of the others.
    """
    selection = context.selection
    found = context.ask(ranks.definitions, selection.scope, rate)
    if found.is_empty():
        known = context.ask(reporting.data_periods, selection.unit, selection.simulated, selection.boundary)
        for period in known["period"]:
            found = context.ask(ranks.definitions, replace(selection.scope, period=period), rate)
            if found.height:
                break
    return list(found["definition"])


def first_span(context: Context, options: Sequence[str], units: tuple[str, ...], measures: Sequence[Choice]) -> str:
    """The kind of the selected period, else the first kind in which any measure has a figure."""
    selection = context.selection
    own = parse_period(selection.period).span
    for span in sorted(options, key=lambda one: one != own):
        for choice in measures if units else ():
            frame = context.ask(trends.trend, selection.scope.in_any_period, units, choice.subject, (span,), "printed")
            if frame["value"].drop_nulls().len():
                return span
    return own if own in options else options[-1]


def first_provinces(context: Context, most: int) -> list[str]:
    """The provinces with most reports of the selected world; the country itself is no line (`overview.cards`)."""
    simulated, known = pl.col("simulated"), context.ask(reporting.data_units, context.selection.boundary)
    reports = simulated if context.selection.simulated else pl.col("reports") - simulated
    found = known.with_columns(reports.alias("of_world")).filter(pl.col("of_world") > 0)
    return found.sort("of_world", descending=True, maintain_order=True)["unit_code"].head(most).to_list()
