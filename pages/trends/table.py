"""The figures behind a trend as a table: each with its parts, its reason where it is missing, its window and file."""

from typing import Any

import polars as pl

from pages.kit.context import Context
from pages.kit.measures import Choice, figure_at
from pages.kit.series import whose, window_of
from pages.kit.source import source_table
from pages.kit.tables import Column, Kind
from pages.kit.words import Words
from warehouse.answers import Counting
from warehouse.answers.sources import Figure

_MOST_PIXELS = 560
_SOURCED = ("value", "numerator", "denominator")


def show_figures(context: Context, choice: Choice, frame: pl.DataFrame, counting: Counting) -> None:
    """Show a frame of `trends.trend`; a click on a number, there or missing, opens its source."""
    scope = context.selection.scope

    def figure_of(row: dict[str, Any], field: str) -> Figure | None:
        if field not in _SOURCED:
            return None
        return figure_at(scope, choice.subject, row["unit_code"], row["period"], counting)

    columns = _columns(context.words, choice.decimals is None, bool((frame["remark"] != "").any()))
    source_table(
        context, _spoken(frame, context.words), columns, f"trend-table-{choice.code}", figure_of, most=_MOST_PIXELS
    )


def _spoken(frame: pl.DataFrame, words: Words) -> pl.DataFrame:
    """The frame in the reader's words."""
    rows = list(frame.iter_rows(named=True))
    return frame.with_columns(
        pl.Series("period_name", [words.period(row["period"]) for row in rows], dtype=pl.String),
        pl.Series("basis_name", ["" if row["problem"] else whose(row, words) for row in rows], dtype=pl.String),
        pl.Series("why", [words(f"why.{row['problem']}") if row["problem"] else "" for row in rows], dtype=pl.String),
        pl.Series("window", ["; ".join(window_of(row, words)) for row in rows], dtype=pl.String),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.col("file_name").fill_null(""),
    )


def _columns(words: Words, is_rate: bool, remarked: bool) -> list[Column]:
    """The columns in reading order; unit, period and value fit a phone."""
    kind: Kind = "percent" if is_rate else "number"
    heading = words("column.percent" if is_rate else "column.value")
    parts = [
        Column("numerator", words("column.numerator"), "count", width=80),
        Column("denominator", words("column.denominator"), "count", width=80),
    ]
    return [
        Column("name", words("column.unit"), width=140),
        Column("period_name", words("column.period"), width=100),
        Column("value", heading, kind, width=85),
        *(parts if is_rate else []),
        *([Column("remark", words("column.note"), width=150)] if remarked else []),
        Column("basis_name", words("column.basis"), width=200),
        Column("why", words("column.reason"), width=220),
        Column("window", words("column.window"), width=200),
        Column("file_name", words("column.file"), width=180),
    ]
