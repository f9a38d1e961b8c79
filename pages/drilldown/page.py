"""From a province to its districts and communes: a chart and a table of the children, each one click away."""

import polars as pl
import streamlit as st

from pages.drilldown.figures import children_figure
from pages.kit.choices import rate_and_definition
from pages.kit.context import Context
from pages.kit.kin import choose_unit, go_to_unit
from pages.kit.rows import show_rows
from pages.kit.tables import Column, clickable_table, show_table, table_height
from pages.kit.theme import clickable_figure
from pages.kit.words import plain
from warehouse import answers
from warehouse.answers import RowFilter

_NAMES_SHOWN = 12
_ROWS_OF_A_COMMUNE = 500


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    if selection.path[-1].level == "commune":
        st.caption(words("drilldown.leaf", unit=plain(selection.name)))
        _own_report(context)
        wanted = RowFilter(
            selection.unit, periods=(selection.period,), simulated=selection.simulated, boundary=selection.boundary
        )
        show_rows(context, context.ask(answers.rows, wanted, _ROWS_OF_A_COMMUNE))
        return
    _children(context)
    _own_report(context)


def _children(context: Context) -> None:
    """The units below, by a rate; where none has a figure, still the way down to each."""
    words, selection = context.words, context.selection
    chosen = rate_and_definition(context)
    if chosen is None:
        st.info(words("rate.none"), icon=":material/info:")
        _children_buttons(context.ask(answers.children, selection.unit, selection.period, selection.boundary))
        return
    rate, definition = chosen
    children = context.ask(answers.drilldown, selection.scope, rate, definition)
    st.subheader(words("drilldown.heading", unit=plain(selection.name), count=words.numbers.number(children.height)))
    st.caption(words("drilldown.hint"))
    left, right = st.columns([1, 1])
    with left:
        _figure(context, children, rate)
    with right:
        _table(context, children)


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
        Column("rate_name", words("column.rate_name"), width="medium"),
        Column("level_name", words("column.level"), width="small"),
        Column("percent", words("column.percent"), "percent", width="small"),
        Column("stated_percent", words("column.raw_value"), "number", width="small"),
        Column("numerator", words("column.numerator"), "count", width="small"),
        Column("denominator", words("column.denominator"), "count", width="small"),
        Column("definition_name", words("rate.definition"), width="medium"),
        Column("file_name", words("column.file"), width="medium"),
    ]
    show_table(shown, columns, words, key=f"own-{selection.unit}")


def _figure(context: Context, children: pl.DataFrame, rate: str) -> None:
    words, selection = context.words, context.selection
    name = context.rate_name(rate)
    missing = children.filter(pl.col("percent").is_null())
    if missing.height < children.height:
        clicked = clickable_figure(
            children_figure(children, words, name),
            words,
            key=f"children-figure-{selection.unit}",
            alt=words("drilldown.alt", rate=name, units=children.height - missing.height),
        )
        if clicked is not None and clicked in children["unit_code"]:
            go_to_unit(clicked)
    if missing.height:
        names = ", ".join(plain(one) for one in missing["name"].head(_NAMES_SHOWN))
        more = "…" if missing.height > _NAMES_SHOWN else ""
        st.caption(words("drilldown.no_figure", count=missing.height, names=names + more))


def _table(context: Context, children: pl.DataFrame) -> None:
    words, selection = context.words, context.selection
    shown = children.with_columns(pl.col("numerator", "denominator").cast(pl.Float64))
    columns = [
        Column("name", words("column.unit"), width="medium"),
        Column("percent", words("column.percent"), "percent", width="small"),
        Column("numerator", words("column.numerator"), "count", width="small"),
        Column("denominator", words("column.denominator"), "count", width="small"),
        Column("reported", words("column.reported"), "count", width="small"),
        Column("expected", words("column.expected"), "count", width="small"),
    ]
    clicked = clickable_table(
        shown,
        columns,
        words,
        key=f"children-{selection.unit}",
        height=table_height(shown.height),
    )
    if clicked is not None:
        go_to_unit(children["unit_code"][clicked])


def _children_buttons(children: pl.DataFrame) -> None:
    """The way down where there is no figure to click on."""
    with st.container(horizontal=True):
        for row in children.iter_rows(named=True):
            st.button(
                plain(row["name"]),
                key=f"child-{row['unit_code']}",
                on_click=choose_unit,
                args=(row["unit_code"],),
            )
