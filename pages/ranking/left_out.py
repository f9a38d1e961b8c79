"""Who is not in the ranking and why, with the figures they have all the same, each leading to its source."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.source import source_table
from pages.kit.tables import Column
from pages.kit.words import Words, plain
from pages.ranking.choice import Ranking
from pages.ranking.notes import reason
from warehouse.answers.sources import Figure

_SHOWN = 200
_SOURCED = ("percent", "denominator")


def show_left_out(ranking: Ranking) -> None:
    """How many units for each reason, then the units themselves, those first that have a figure all the same."""
    others = ranking.left.sort(pl.col("percent").is_null(), maintain_order=True)
    if others.is_empty():
        return
    words, numbers = ranking.context.words, ranking.context.words.numbers
    reasons = [reason(ranking, row) for row in others.iter_rows(named=True)]
    shown = others.with_columns(
        pl.Series("why", reasons), pl.col("parent_name").fill_null(""), pl.col("denominator").cast(pl.Float64)
    )

    def figure_of(row: dict[str, Any], field: str) -> Figure | None:
        if field not in _SOURCED:
            return None
        definition = row["other_definition"] or ranking.definition
        scope = ranking.scope
        return Figure(row["unit_code"], scope.level, scope.period, rate=ranking.rate, definition=definition)

    with st.expander(words("ranking.left_out", count=numbers.number(others.height))):
        counts = shown.group_by("why").len("units").sort("units", "why", descending=[True, False])
        st.markdown("\n".join(f"- {plain(why)}: {numbers.number(units)}" for why, units in counts.iter_rows()))
        source_table(ranking.context, shown.head(_SHOWN), _columns(words), "left-out-table", figure_of, most=460)
        if shown.height > _SHOWN:
            st.caption(words("ranking.left_out_cut", shown=_SHOWN))


def _columns(words: Words) -> list[Column]:
    return [
        Column("name", words("column.unit"), width=165),
        Column("percent", words("column.percent"), "percent", width=80),
        Column("denominator", words("column.denominator"), "count", width=80),
        Column("why", words("column.reason"), width=440),
        Column("parent_name", words("column.parent"), width=180),
    ]
