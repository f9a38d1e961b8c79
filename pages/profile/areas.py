"""Every indicator of a unit's own report, by area of reform."""

import polars as pl
import streamlit as st

from pages.kit.address import select
from pages.kit.context import Context
from pages.kit.remarks import DISPUTED
from pages.kit.source import source_table
from pages.kit.tables import Column
from pages.kit.words import plain
from pages.profile.findings import disputed_indicators
from warehouse.answers import profiles
from warehouse.answers.sources import Figure
from warehouse.periods import parse_period

_ALL_THEMES = "all"


def show_areas(context: Context) -> None:
    """Every indicator of the unit's own report, by area of reform."""
    words, selection = context.words, context.selection
    own = words(f"level.{selection.path[-1].level}").lower()
    st.markdown(f"##### {words('profile.areas', unit=plain(selection.name), level=own)}")
    facts = context.ask(profiles.unit_facts, *selection.place)
    if facts.is_empty():
        st.caption(words("profile.no_facts"))
        return
    names = {row["theme"]: words.named(row, "theme") for row in facts.iter_rows(named=True)}
    theme = select(
        words("profile.area"),
        [_ALL_THEMES, *names],
        "theme",
        lambda option: names.get(option) or words("profile.all_areas"),
    )
    chosen = facts if theme == _ALL_THEMES else facts.filter(pl.col("theme") == theme)
    disputed = disputed_indicators(context)
    shown = chosen.with_columns(
        pl.Series("theme_name", [words.named(row, "theme") for row in chosen.iter_rows(named=True)]),
        pl.Series("name", [words.named(row) + DISPUTED * (row["indicator"] in disputed) for row in chosen.to_dicts()]),
        pl.Series("measure_name", [words.named(row, "measure") for row in chosen.iter_rows(named=True)]),
        pl.Series("state", [_state(context, row) for row in chosen.iter_rows(named=True)]),
        pl.col("value", "value_before").cast(pl.Float64),
    ).with_columns(pl.when(pl.col("kind") != "coded").then(pl.col("value") - pl.col("value_before")).alias("change"))
    columns = [
        *([Column("theme_name", words("profile.area"), width=135)] if theme == _ALL_THEMES else []),
        Column("name", words("dictionary.indicator"), width=470, narrow=184),
        Column("value", words("column.value"), "number", width=80, narrow=84),
        Column("measure_name", words("column.measure"), width=100, narrow=88),
        Column("value_before", words("profile.before"), "number", width=128),
        Column("change", words("profile.change"), "difference", width=82),
        Column("state", words("column.status"), width=205),
    ]
    period = parse_period(selection.period)
    at = {"value_before": period.year_before.code}
    level = selection.path[-1].level or selection.level
    source_table(
        context,
        shown,
        columns,
        "profile-facts",
        lambda row, field: Figure(selection.unit, level, at.get(field, period.code), indicator=row["indicator"]),
        most=560,
    )


def _state(context: Context, row: dict[str, object]) -> str:
    """How the figure came about, or why there is none."""
    words = context.words
    if row["problem"]:
        return words(f"problem.{row['problem']}")
    if row["value"] is None:
        return words(f"status.{row['status']}")
    return words(f"basis.{row['basis']}")
