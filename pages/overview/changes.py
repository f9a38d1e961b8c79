"""Who needs attention, and what changed most: only changes that are more than chance are named."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.words import plain
from warehouse import answers, profiles

_SHOWN = 5
# The two-sided 1 % point of the normal distribution: of a hundred units that only drew lots, one would be named.
_SIGNIFICANT = 2.5758


def changes(context: Context, rate: str) -> None:
    """One rate under its widest definition: units that are low and fell, then the greatest rises and falls."""
    words, scope = context.words, context.selection.scope
    found = context.ask(answers.definitions, scope, rate)
    if found.is_empty():
        return
    definition = found["definition"][0]
    units = context.ask(profiles.attention, scope, rate, definition)
    if units.height < 2:
        return
    st.markdown(f"##### {context.rate_name(rate)}")
    better = -1 if context.rate_names()[rate, None]["direction"] == "down" else 1
    compared = units.filter(pl.col("change_z").is_not_null())
    fell = compared.filter(pl.col("change_z") * better < -_SIGNIFICANT)
    rose = compared.filter(pl.col("change_z") * better > _SIGNIFICANT).reverse()
    low = units.filter(pl.col("low"))
    _lines(context, "overview.attention", fell.filter(pl.col("low")), "overview.attention_none")
    _lines(context, "overview.fell", fell.filter(~pl.col("low")), None)
    _lines(context, "overview.rose", rose, None)
    numbers = words.numbers
    st.caption(
        words(
            "overview.changes_note",
            low=numbers.number(low.height),
            units=numbers.number(units.height),
            pooled=numbers.percent(units["pooled"][0]),
            still=numbers.number(compared.height - fell.height - rose.height),
        )
    )
    lead_on(context, "ranking", rate=rate, definition=definition)


def _lines(context: Context, key: str, units: pl.DataFrame, otherwise: str | None) -> None:
    """The first units of a list with their figures, and how many more there are."""
    words = context.words
    if units.is_empty():
        if otherwise:
            st.markdown(f"**{words(key)}**")
            st.markdown(words(otherwise))
        return
    st.markdown(f"**{words(key)}**")
    st.markdown("\n".join(_sentences(context, units.head(_SHOWN).to_dicts())))
    if units.height > _SHOWN:
        st.caption(words("overview.more_units", count=words.numbers.number(units.height - _SHOWN)))


def _sentences(context: Context, rows: Sequence[dict[str, Any]]) -> list[str]:
    words, numbers = context.words, context.words.numbers
    return [
        "- "
        + words(
            "overview.change_line",
            unit=plain(row["name"]),
            value=numbers.percent(row["percent"]),
            parts=f"{numbers.number(row['numerator'])}/{numbers.number(row['denominator'])}",
            change=numbers.points(row["change"]),
            before=numbers.percent(row["percent_before"]),
        )
        for row in rows
    ]
