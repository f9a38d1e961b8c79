"""Printed rows as a table: what the report says, how it was read, and where it stands."""

import polars as pl

from pages.kit.context import Context
from pages.kit.tables import Column, show_table


def show_rows(context: Context, rows: pl.DataFrame) -> None:
    """Show the frame of `warehouse.answers.rows` as a table."""
    words = context.words
    shown = rows.with_columns(
        pl.Series("period_name", [words.period(code) for code in rows["period"]]),
        pl.Series("level_name", [words(f"level.{level}") for level in rows["level"]]),
        pl.Series("status_name", [words(f"status.{status}") for status in rows["status"]]),
        pl.Series("place_name", [words.place(place) for place in rows["place"]]),
        pl.col("code", "parent_label", "unit_of_measure", "raw_value", "note").fill_null(""),
        pl.when("simulated").then(pl.lit(words("app.simulated_short"))).otherwise(pl.lit(words("real"))).alias("data"),
    )
    columns = [
        Column("unit_name", words("column.unit"), width="medium"),
        Column("period_name", words("column.period"), width="small"),
        Column("level_name", words("column.level"), width="small"),
        Column("annex", words("column.annex"), width="small"),
        Column("code", words("column.code"), width="small"),
        Column("label", words("column.label"), width="large"),
        Column("raw_value", words("column.raw_value"), width="small"),
        Column("value", words("column.value"), "number", width="small"),
        Column("unit_of_measure", words("column.measure"), width="small"),
        Column("status_name", words("column.status"), width="small"),
        Column("note", words("column.note"), width="small"),
        Column("parent_label", words("column.parent_label"), width="medium"),
        Column("file_name", words("column.file"), width="medium"),
        Column("place_name", words("column.place"), width="small"),
        Column("data", words("column.data"), width="small"),
    ]
    show_table(shown, columns, words, key="rows-table", height=520)
