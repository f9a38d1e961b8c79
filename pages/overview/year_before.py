"""Why a number cannot be compared with the year before, and the other map where it can."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.kit.address import say
from pages.kit.context import Context
from warehouse import answers
from warehouse.answers import ranks, reporting, sums
from warehouse.answers.sources import Figure, source_own

_OF_UNIONS = ("split", "incomplete", "not_additive")


def why_none(context: Context, figure: Figure) -> str:
    """Why there is no number a year before.

    no_unit: no unit of the level was on the map; no_report: none sent a report; other_definition; split, incomplete
    or not_additive: what the unit was made of; else no_figure.
    """
    scope = answers.year_before(context.selection.scope)
    if scope is None:
        return "no_report"
    if scope.boundary != "then" and context.selection.path[-1].level == figure.level:
        problems = context.ask(source_own, replace(figure, period=scope.period)).to_dicts()
        if problems and problems[0]["problem"] in _OF_UNIONS:
            return str(problems[0]["problem"])
    complete = context.ask(reporting.completeness, scope.unit, scope.period, scope.simulated, scope.boundary)
    counted = complete.filter(pl.col("level") == figure.level)
    if not counted["expected"].sum():
        return "no_unit"
    if not counted["reported"].sum():
        return "no_report"
    if figure.rate and context.ask(ranks.definitions, scope, figure.rate).height:
        return "other_definition"
    return "no_figure"


def why_not_compared(context: Context, figure: Figure) -> str:
    """Why none of the units within the selection has a rate a year before, where others may have had one."""
    scope = answers.year_before(context.selection.scope)
    if scope and context.ask(ranks.ranking, scope, figure.rate, figure.definition, 0).height:
        return "no_unit"
    return why_none(context, figure)


def offer_other_map(context: Context, figures: list[Figure]) -> None:
    """Offer today's map where it has a year before for any of the rates that stand alone on that of the period."""
    if context.selection.boundary != "then" or not figures:
        return
    rates = context.ask(sums.overview, replace(context.selection.scope, boundary="now"))
    compared = rates.filter(pl.col("units_before") > 0).select("rate", "definition").rows()
    if any((figure.rate, figure.definition) in compared for figure in figures):
        _button(context, "tiles")


def offer_units_on_other_map(context: Context, figure: Figure) -> None:
    """Offer today's map where the units within the selection have a year before on it."""
    if context.selection.boundary != "then":
        return
    carried = replace(context.selection.scope, boundary="now")
    units = context.ask(ranks.ranking, carried, figure.rate, figure.definition, 0)
    if units["percent_before"].drop_nulls().len():
        _button(context, figure.rate)


def _button(context: Context, key: str) -> None:
    words = context.words
    with st.container(horizontal=True, vertical_alignment="center", key=f"screen-only-other-map-{key}"):
        st.markdown(words("overview.other_map"), width="content")
        label = words("overview.other_map_button")
        st.button(label, key=f"other-map-{key}", icon=":material/map:", on_click=say, args=("map", "now"))
