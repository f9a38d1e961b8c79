"""The frame behind the page as a file: the rows that table, panels and heatmap are drawn from, and definitions."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.measures import Choice
from warehouse.exports.workbook import table_csv, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(context: Context, figures: pl.DataFrame, choices: Sequence[Choice]) -> None:
    """A button a format; each row says its basis, or why it has no figure."""
    words, selection = context.words, context.selection
    name = f"cchc_compare_{selection.unit}_{selection.period}"
    rows = figures.with_columns(
        pl.Series("problem_text", [words(f"why.{one}") if one else None for one in figures["problem"]], pl.String),
        pl.lit(selection.boundary).alias("boundary"),
        pl.lit(selection.simulated).alias("simulated"),
    )
    st.markdown(f"**{words('explore.export', rows=words.numbers.number(rows.height))}**")
    with st.container(horizontal=True):
        st.download_button(
            "XLSX",
            data=lambda: workbook(
                {words("column.value"): rows, words("compare.definitions"): _definitions(context, choices)}
            ),
            file_name=f"{name}.xlsx",
            mime=_XLSX,
            key="compare-xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            data=lambda: table_csv(rows),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="compare-csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _definitions(context: Context, choices: Sequence[Choice]) -> pl.DataFrame:
    words, names = context.words, context.rate_names()
    return pl.DataFrame(
        [
            (
                choice.code,
                choice.full_name,
                words.named(names[choice.subject.rate, choice.subject.definition], "note")
                if choice.subject.rate
                else "",
            )
            for choice in choices
        ],
        schema={"measure": pl.String, "name": pl.String, "note": pl.String},
        orient="row",
    )
