"""The choice of a rate and of its definition, shared by the pages that compare units."""

from typing import Any

import streamlit as st

from pages.kit.address import select
from pages.kit.context import Context
from warehouse.answers import ranks, sums

HEADLINE_RATES = ("on_time_rate", "online_rate", "plan_completion", "disbursement_rate")


def rate_and_definition(context: Context) -> tuple[str, str] | None:
    """Let the reader choose a rate and one of the definitions in use, the widest coverage first.

    Null when no unit of the selection has a figure for the chosen rate; the page then says so.
    """
    words = context.words
    left, right = st.columns([1, 1])
    rates = [rate for rate, definition in context.rate_names if definition is None]
    with left:
        rate = select(words("rate.choose"), rates, "rate", context.rate_name)
    found = context.ask(ranks.definitions, context.selection.scope, rate)
    if found.is_empty():
        return None
    counted = {definition: words.numbers.number(units) for definition, units in found.iter_rows()}

    def named(definition: str) -> str:
        return words("rate.definition_option", name=context.rate_name(rate, definition), units=counted[definition])

    with right:
        definition = select(words("rate.definition"), list(counted), "definition", named)
    return rate, definition


def target_of(context: Context, rate: str, definition: str) -> dict[str, Any] | None:
    """The target in force for a rate under a definition in the selected period, with its sources."""
    rows = context.ask(sums.overview, context.selection.scope).iter_rows(named=True)
    found = (row for row in rows if row["rate"] == rate and row["definition"] == definition and row["target"])
    return next(found, None)
