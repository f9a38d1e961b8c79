"""What is compared before the reader chooses: the headline rates, and of many units those that fell most."""

import polars as pl
import streamlit as st

from pages.kit.address import said
from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.measures import RATE
from pages.kit.unit_set import unit_name
from warehouse import answers
from warehouse.answers import drill, reporting, sums
from warehouse.model import NATION


def first_measures(context: Context) -> list[str]:
    """The headline rates, each under the definition that most units report."""
    in_use = context.ask(sums.overview, context.selection.scope)
    widest = dict(in_use.select("rate", "definition").rows()[::-1])
    return [f"{RATE}{rate}@{widest[rate]}" for rate in HEADLINE_RATES if rate in widest]


def first_units(context: Context, most: int) -> list[str]:
    """The children of the selected unit, else the unit and its siblings; of too many those that fell most, said so.

    Of the country's provinces those with reports come first.
    """
    selection = context.selection
    where = (selection.period, selection.boundary)
    below = context.ask(answers.children, selection.unit, *where)["unit_code"].to_list()
    if selection.unit == NATION:
        known = context.ask(reporting.data_units, selection.boundary)["unit_code"].to_list()
        return sorted(below, key=lambda unit: unit not in known)[:most]
    if below:
        return below if len(below) <= most else _fell_most(context, below, most)
    parent = selection.path[-2].unit if len(selection.path) > 1 else NATION
    beside = context.ask(answers.children, parent, *where)["unit_code"].to_list()
    return list(dict.fromkeys([selection.unit, *beside]))[:most]


def _fell_most(context: Context, units: list[str], most: int) -> list[str]:
    """The units whose first headline rate fell most on a year before, in their own order where none has both."""
    measures = first_measures(context)
    if not measures:
        return units[:most]
    rate, definition = measures[0].removeprefix(RATE).split("@")
    scope = context.selection.scope
    now, past = context.ask(drill.drilldown, scope, rate, definition), answers.year_before(scope)
    before = context.ask(drill.drilldown, past, rate, definition) if past else now.clear()
    both = now.select("unit_code", "percent").join(
        before.select("unit_code", "percent"), on="unit_code", suffix="_before"
    )
    changes = dict(both.select("unit_code", pl.col("percent") - pl.col("percent_before")).drop_nulls().rows())
    if not any(unit_name(context, code) for code in (said("set") or "").split(",")[:most]):  # nobody chose others
        words, count = context.words, context.words.numbers.number
        key = "compare.first_fell" if changes else "compare.first_some"
        st.caption(words(key, shown=most, all=count(len(units)), rate=context.rate_name(rate)))
        lead_on(context, "ranking", rate=rate, definition=definition)
    return sorted(units, key=lambda unit: changes.get(unit, float("inf")))[:most]
