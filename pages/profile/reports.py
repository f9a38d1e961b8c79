"""Every report of a unit, with the window that its figures really cover."""

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.tables import Column, show_table, table_height
from warehouse.answers import profiles


def show_reports(context: Context) -> None:
    """Every report of the unit with the window it speaks of; a superseded one is told."""
    words, selection = context.words, context.selection
    found = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    st.markdown(f"##### {words('profile.reports')}")
    if found.is_empty():
        st.caption(words("profile.no_reports"))
        return
    shown = found.with_columns(
        pl.Series("period_name", [words.period(code) for code in found["period"]]),
        pl.Series("window", [_window(context, row) for row in found.iter_rows(named=True)], dtype=pl.String),
        pl.Series("signed", [words.date(day) for day in found["signed_on"]], dtype=pl.String),
        pl.Series(
            "state",
            [words("profile.superseded" if code else "profile.in_force") for code in found["superseded_by"]],
            dtype=pl.String,
        ),
        pl.col("document_number").fill_null(""),
    )
    columns = [
        Column("period_name", words("column.period"), width=110, narrow=110),
        Column("unit_name", words("column.unit"), width=160),
        Column("window", words("profile.window"), width=200),
        Column("signed", words("quality.signed_on"), width=100, narrow=100),
        Column("document_number", words("profile.number"), width=130),
        Column("high", words("severity.high"), "count", words("quality.high_help"), width=108),
        Column("medium", words("severity.medium"), "count", words("quality.medium_help"), width=72),
        Column("low", words("severity.low"), "count", words("quality.low_help"), width=62),
        Column("state", words("column.status"), width=130, narrow=140),
        Column("file_name", words("column.file"), width=220),
    ]
    show_table(shown, columns, words, key="profile-reports", height=table_height(shown.height, most=420))


def _window(context: Context, row: dict[str, object]) -> str:
    """The window the figures really cover, as far as the report says."""
    words = context.words
    start = row["window_start"] or row["nominal_start"]
    end = row["as_of"] or row["window_end"]
    if end is None:
        return words("profile.window_unsaid")
    return words("profile.window_said", start=words.date(start), end=words.date(end))  # type: ignore[arg-type]
