"""Printed rows as a table: what the report says, how it was read, and where it stands."""

import polars as pl

from pages.kit.context import Context
from pages.kit.tables import WRAPPED_ROW_PIXELS, Column, clickable_table, table_height


def clickable_rows(context: Context, rows: pl.DataFrame, one_period: bool = True) -> int | None:
    """Show the frame of `warehouse.answers.rows`; returns the position of the row clicked, null until one is.

    The rows are high enough for labels of several lines. A phone says the period unless all are of `one_period`.
    """
    shown, columns = _spoken(context, rows, one_period)
    height = table_height(shown.height, 760, WRAPPED_ROW_PIXELS)
    return clickable_table(shown, columns, context.words, "rows-table", height, WRAPPED_ROW_PIXELS)


def _spoken(context: Context, rows: pl.DataFrame, one_period: bool) -> tuple[pl.DataFrame, list[Column]]:
    """The rows in the reader's words, and the columns in their order."""
    words = context.words
    shown = rows.with_columns(
        pl.Series("period_name", [words.period(code) for code in rows["period"]]),
        pl.Series("level_name", [words(f"level.{level}") for level in rows["level"]]),
        pl.Series("status_name", [words(f"status.{status}") for status in rows["status"]]),
        pl.Series("place_name", [words.place(place) for place in rows["place"]]),
        pl.when(pl.col("source") == "narrative")
        .then(pl.lit(words("quality.narrative")))
        .otherwise("annex")
        .alias("annex"),
        pl.col("code", "parent_label", "unit_of_measure", "raw_value", "note").fill_null(""),
        pl.when("simulated").then(pl.lit(words("app.simulated_short"))).otherwise(pl.lit(words("real"))).alias("data"),
    )
    columns = [
        Column("unit_name", words("column.unit"), width=145, narrow=92 if one_period else 76),
        Column("period_name", words("column.period"), width=100, narrow=None if one_period else 66),
        Column("annex", words("column.annex"), width=95),
        Column("code", words("column.code"), width=56),
        Column(
            "label",
            words("column.label"),
            width=350,
            narrow=182 if one_period else 130,
            short=words("column.label_short"),
        ),
        Column("raw_value", words("column.raw_value"), width=120),
        Column("value", words("column.value"), "number", width=85, narrow=80),
        Column("unit_of_measure", words("column.measure"), width=110),
        Column("status_name", words("column.status"), width=120),
        Column("note", words("column.note"), width=140),
        Column("level_name", words("column.level"), width=90),
        Column("parent_label", words("column.parent_label"), width=200),
        Column("file_name", words("column.file"), width=200),
        Column("place_name", words("column.place"), width=90),
        Column("data", words("column.data"), width=100),
    ]
    return shown, columns
