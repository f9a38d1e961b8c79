"""Who needs attention, and what changed most: only changes that are more than chance are named.

What is more than chance is what the ranking says of the same units (`warehouse.answers.comparison.compare`).
"""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.words import plain
from warehouse.answers import ranks
from warehouse.answers.comparison import FEWEST_UNITS, Common, common, compare
from warehouse.answers.statistics import TAIL_95

_SHOWN = 5
_ANY_UNIT = 0  # the ranking's own smallest denominator, unless its reader sets another


def changes(context: Context, rate: str) -> None:
    """One rate under its widest definition: units that are low and fell, then the greatest falls and rises."""
    scope = context.selection.scope
    found = context.ask(ranks.definitions, scope, rate)
    if found.is_empty():
        return
    definition = found["definition"][0]
    units = context.ask(compare, scope, rate, definition, _ANY_UNIT)
    if units.height < 2:
        return
    st.markdown(f"##### {context.rate_name(rate)}")
    shared = common(units)
    low, fell, rose = worse_and_better(units)
    if shared.pooled is not None:
        _lines(context, "overview.attention", fell.filter(pl.col("unit_code").is_in(low)), "overview.attention_none")
    _lines(context, "overview.fell", fell.filter(~pl.col("unit_code").is_in(low)), None)
    _lines(context, "overview.rose", rose, None)
    st.caption(" ".join(_notes(context, units, shared, len(low))))
    lead_on(context, "ranking", rate=rate, definition=definition)


def worse_and_better(units: pl.DataFrame) -> tuple[list[str], pl.DataFrame, pl.DataFrame]:
    """The codes of the units beyond the limits on the worse side, those that really got worse and those better."""
    down = units["direction"][0] == "down"
    worse, better = ("rises", "falls") if down else ("falls", "rises")
    low = units.filter(pl.col("standing").is_in(["above", "far_above"] if down else ["below", "far_below"]))
    by_change = units.sort("change", "place", descending=[down, False])
    fell = by_change.filter(pl.col("change_real") == worse)
    rose = by_change.filter(pl.col("change_real") == better).sort("change", "place", descending=[not down, False])
    return low["unit_code"].to_list(), fell, rose


def _notes(context: Context, units: pl.DataFrame, shared: Common, low: int) -> list[str]:
    """How many units are low, how many changes are named, and how many of those chance alone would bring."""
    words, numbers = context.words, context.words.numbers
    if shared.pooled is None:
        said = [words("overview.changes_few", fewest=FEWEST_UNITS)]
    else:
        pooled = numbers.percent(shared.pooled)
        said = [words("overview.low_note", low=numbers.number(low), units=numbers.number(units.height), pooled=pooled)]
    compared = units["change_real"].drop_nulls()
    if compared.len():
        still = compared.filter(compared == "open").len()
        said.append(
            words(
                "overview.changes_note",
                still=numbers.number(still),
                compared=numbers.number(compared.len()),
                chance=numbers.number(2 * TAIL_95 * compared.len()),
            )
        )
    return said


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
