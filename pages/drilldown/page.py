"""From a province to its districts and communes: the units below, one click away, and how their figures add up."""

import polars as pl
import streamlit as st

from pages.drilldown.children import children_of, former_districts, show_children
from pages.drilldown.reconcile import show_reconciliation, windows
from pages.kit.address import said
from pages.kit.choices import rate_and_definition
from pages.kit.context import Context
from pages.kit.kin import choose_unit, lineage
from pages.kit.rows import clickable_rows
from pages.kit.source import show_source, source_table
from pages.kit.tables import Column
from pages.kit.words import plain
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.answers.sources import figure_printed

_ROWS_OF_A_COMMUNE = 500


def show(context: Context) -> None:
    """Draw the page."""
    if context.selection.path[-1].level == "commune":
        _commune(context)
        return
    former = former_districts(context)
    chosen = rate_and_definition(context)
    if chosen is None:
        st.info(context.words("rate.none"), icon=":material/info:")
        _children_buttons(context)
    else:
        show_children(context, children_of(context, *chosen, former), *chosen, former)
    show_reconciliation(context, chosen[0] if chosen else _rate(context))
    _own_report(context)


def _rate(context: Context) -> str:
    """The rate that the address names, else the first."""
    rates = [rate for rate, definition in context.rate_names if definition is None]
    asked = said("rate")
    return asked if asked in rates else rates[0]


def _commune(context: Context) -> None:
    """Where there is no level below: what its own report says, what it came of and went into, and every row."""
    words, selection = context.words, context.selection
    st.caption(words("drilldown.leaf", unit=plain(selection.name)))
    lineage(context.warehouse, words, selection.unit)
    tiers = context.ask(answers.reconcile_rate, selection.unit, selection.period, selection.simulated, _rate(context))
    if not tiers["reported"].sum():
        st.caption(words("drilldown.no_own", unit=plain(selection.name)))
    for sentence in windows(context, tiers.to_dicts()):
        st.caption(sentence)
    _own_report(context)
    wanted = RowFilter(
        selection.unit, periods=(selection.period,), simulated=selection.simulated, boundary=selection.boundary
    )
    rows = context.ask(answers.rows, wanted, _ROWS_OF_A_COMMUNE)
    st.caption(words("explore.click_hint"))
    clicked = clickable_rows(context, rows)
    show_source(context, None if clicked is None else figure_printed(rows.row(clicked, named=True)), key="rows")


def _own_report(context: Context) -> None:
    """What the unit's own report says, its own work and what it prints for the tiers below, never added together."""
    words, selection = context.words, context.selection
    own = context.ask(answers.own_rates, selection.unit, selection.period, selection.simulated)
    if own.is_empty():
        return
    st.markdown(f"##### {words('drilldown.own', unit=plain(selection.name))}")
    shown = own.with_columns(
        pl.Series("rate_name", [context.rate_name(rate) for rate in own["rate"]]),
        pl.Series("level_name", [words(f"level.{level}") for level in own["level"]]),
        pl.Series(
            "definition_name",
            [context.rate_name(rate, definition) for rate, definition in own.select("rate", "definition").iter_rows()],
        ),
        pl.col("numerator", "denominator", "stated_percent").cast(pl.Float64),
    )
    columns = [
        Column("rate_name", words("column.rate_name"), width=300, narrow=184),
        Column("level_name", words("column.level"), width=80, narrow=84),
        Column("percent", words("column.percent"), "percent", width=80, narrow=84),
        Column("stated_percent", words("column.raw_value"), "printed", width=130),
        Column("numerator", words("column.numerator"), "count", width=90),
        Column("denominator", words("column.denominator"), "count", width=90),
        Column("definition_name", words("rate.definition"), width=300),
        Column("file_name", words("column.file"), width=195),
    ]
    source_table(context, shown, columns, f"own-{selection.unit}", lambda row, _: figure_printed(row))


def _children_buttons(context: Context) -> None:
    """The way down where there is no figure to click on."""
    selection = context.selection
    children = context.ask(answers.children, selection.unit, selection.period, selection.boundary)
    with st.container(horizontal=True):
        for row in children.iter_rows(named=True):
            st.button(
                plain(row["name"]), key=f"child-{row['unit_code']}", on_click=choose_unit, args=(row["unit_code"],)
            )
