"""What is compared before the reader chooses: the headline rates, and units that have figures for them."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.measures import RATE
from pages.kit.unit_set import named_units
from pages.kit.words import plain
from warehouse import answers
from warehouse.answers import drill, sums
from warehouse.model import NATION

_ROOM = 4  # places that the reader finds free where not all units can be compared


def first_measures(context: Context) -> list[str]:
    """The headline rates, each under the definition that most units report."""
    in_use = context.ask(sums.overview, context.selection.scope)
    widest = dict(in_use[["rate", "definition"]].rows()[::-1])
    return [f"{RATE}{rate}@{widest[rate]}" for rate in HEADLINE_RATES if rate in widest]


def first_units(context: Context, most: int) -> list[str]:
    """The children of the selected unit that have a figure, else the unit and its siblings that have; it says which.

    Where none has, the children or the unit and its siblings all the same, with their reasons. Nothing where the
    address names units: they are the reader's own choice.
    """
    if named_units(context, "set", most):
        return []
    selection = context.selection
    below, known = _units_in(context, selection.unit)
    if known:
        return _fewer(context, known, len(below), selection.unit, most)
    parent = selection.path[-2].unit if len(selection.path) > 1 else NATION
    beside, known = _units_in(context, parent)
    if not known:
        return (below or list(dict.fromkeys([selection.unit, *beside])))[: most - _ROOM]
    others = [unit for unit in known if unit != selection.unit]
    if below:
        key = "compare.first_beside" if others else "compare.first_alone"
        st.caption(context.words(key, unit=plain(selection.name)))
    return [selection.unit, *_fewer(context, others, len(others), parent, most - 1)]


def _units_in(context: Context, unit: str) -> tuple[list[str], list[str]]:
    """The units directly in one, and those of them that have a figure for a headline rate."""
    selection = context.selection
    units = context.ask(answers.children, unit, selection.period, selection.boundary)["unit_code"].to_list()
    known: set[str] = set()
    for measure in first_measures(context) if units else ():
        found = _rates_in(context, unit, measure, selection.period)
        known.update(unit for unit, share in found[["unit_code", "percent"]].rows() if share is not None)
    return units, [each for each in units if each in known]


def _rates_in(context: Context, unit: str, measure: str, period: str) -> pl.DataFrame:
    """One rate of the units directly in one, as `drill.drilldown` has it."""
    scope = replace(context.selection.scope, unit=unit, period=period)
    rate, definition = measure.removeprefix(RATE).split("@")
    return context.ask(drill.drilldown, scope, rate, definition)


def _fewer(context: Context, known: list[str], all_: int, parent: str, most: int) -> list[str]:
    """Of the `known` units in one those whose first rate fell most on a year before; the largest where too few have
    both. What was left out is said, and there is room for others.
    """
    words, count = context.words, context.words.numbers.number
    if len(known) < most:
        if len(known) < all_:
            st.caption(words("compare.first_known", shown=count(len(known)), all=count(all_)))
        return known
    measure = first_measures(context)[0]
    now = _rates_in(context, parent, measure, context.selection.period).select("unit_code", "percent", "denominator")
    past = answers.year_before(context.selection.scope)
    before = dict(_rates_in(context, parent, measure, past.period)["unit_code", "percent"].rows()) if past else {}
    rows = [row for row in now.rows() if row[0] in known]
    changes = {unit: rate - before[unit] for unit, rate, _ in rows if None not in (rate, before.get(unit))}
    first = most - _ROOM
    fell = len(changes) >= first
    sizes = {unit: -float(denominator or 0) for unit, _, denominator in rows}
    rate, definition = measure.removeprefix(RATE).split("@")
    key = "compare.first_fell" if fell else "compare.first_largest"
    st.caption(words(key, shown=count(first), known=count(len(known)), rate=context.rate_name(rate)))
    lead_on(context, "ranking", rate=rate, definition=definition)
    order = changes if fell else sizes
    return sorted(known, key=lambda unit: order.get(unit, float("inf")))[:first]
