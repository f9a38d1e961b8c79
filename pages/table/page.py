"""Every printed row with its source: filter it, page through it, and export exactly what the filter finds."""

import polars as pl
import streamlit as st

from pages.kit.address import number, segments, several
from pages.kit.context import Context
from pages.kit.export import export_buttons
from pages.kit.rows import show_rows
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.model import LEVELS

_ROWS_A_PAGE = 50
_STATUSES = ("reported", "blank", "text", "formula", "ratio_text")


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    wanted = _filters(context)
    counted = context.ask(answers.rows_count, wanted).row(0, named=True)
    if not counted["rows"]:
        st.info(words("table.none"), icon=":material/info:")
        return
    numbers = words.numbers
    st.markdown(words("table.count", rows=numbers.number(counted["rows"]), reports=numbers.number(counted["reports"])))
    offset = _offset(context, counted["rows"])
    show_rows(context, context.ask(answers.rows, wanted, _ROWS_A_PAGE, offset))
    export_buttons(context, wanted, counted["rows"])


def _filters(context: Context) -> RowFilter:
    words, selection = context.words, context.selection
    catalogue = context.ask(answers.catalogue)
    themes = {row["theme"]: words.named(row, "theme") for row in catalogue.iter_rows(named=True)}
    with st.expander(words("table.filters"), expanded=True):
        first, second, third = st.columns(3)
        with first:
            scope = segments(
                words("table.periods"),
                ["this", "all"],
                "scope",
                lambda option: words(f"table.scope_{option}"),
            )
        with second:
            levels = _several("table.levels", {level: words(f"level.{level}") for level in LEVELS}, "levels", context)
        with third:
            statuses = _several(
                "table.statuses",
                {status: words(f"status.{status}") for status in _STATUSES},
                "statuses",
                context,
            )
        theme = _several("table.themes", themes, "themes", context)
        offered = catalogue.filter(pl.col("theme").is_in(theme)) if theme else catalogue
        names = {row["indicator"]: words.named(row) for row in offered.iter_rows(named=True)}
        indicators = _several("table.indicators", names, "indicators", context)
    return RowFilter(
        unit=selection.unit,
        periods=() if scope == "all" else (selection.period,),
        levels=levels,
        themes=theme,
        indicators=indicators,
        statuses=statuses,
        simulated=selection.simulated,
        boundary=selection.boundary,
    )


def _several(label: str, names: dict[str, str], key: str, context: Context) -> tuple[str, ...]:
    """A choice of several; none chosen means all."""
    return several(
        context.words(label),
        list(names),
        key,
        lambda option: names[option],
        placeholder=context.words("table.all"),
    )


def _offset(context: Context, rows: int) -> int:
    words, numbers = context.words, context.words.numbers
    pages = -(-rows // _ROWS_A_PAGE)
    page = 1
    if pages > 1:
        page = number(words("table.page"), "page", 1, pages, 1, width=140)
    first = (page - 1) * _ROWS_A_PAGE
    last = min(first + _ROWS_A_PAGE, rows)
    st.caption(
        words(
            "table.page_of",
            first=numbers.number(first + 1),
            last=numbers.number(last),
            total=numbers.number(rows),
        )
    )
    return first
