"""The figures behind a trend as a table: each with its parts, its reason where it is missing, its window and file."""

import polars as pl

from pages.kit.series import whose, window_of
from pages.kit.tables import Column, show_table, table_height
from pages.kit.words import Words

_MOST_PIXELS = 560


def show_figures(words: Words, frame: pl.DataFrame, decimals: int | None, key: str) -> None:
    """Show a frame of `trends.trend`; `decimals` is null for a rate."""
    rows = list(frame.iter_rows(named=True))
    shown = frame.with_columns(
        pl.Series("period_name", [words.period(row["period"]) for row in rows], dtype=pl.String),
        pl.Series("basis_name", ["" if row["problem"] else whose(row, words) for row in rows], dtype=pl.String),
        pl.Series("why", [words(f"why.{row['problem']}") if row["problem"] else "" for row in rows], dtype=pl.String),
        pl.Series("window", ["; ".join(window_of(row, words)) for row in rows], dtype=pl.String),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.col("file_name").fill_null(""),
    )
    is_rate = decimals is None
    parts = [
        Column("numerator", words("column.numerator"), "count"),
        Column("denominator", words("column.denominator"), "count"),
    ]
    columns = [
        Column("name", words("column.unit")),
        Column("period_name", words("column.period")),
        Column("value", words("column.percent" if is_rate else "column.value"), "percent" if is_rate else "number"),
        *(parts if is_rate else []),
        Column("basis_name", words("column.basis"), width="medium"),
        Column("why", words("column.reason"), width="medium"),
        Column("window", words("column.window"), width="medium"),
        Column("file_name", words("column.file")),
    ]
    show_table(shown, columns, words, key=key, height=table_height(shown.height, most=_MOST_PIXELS))
