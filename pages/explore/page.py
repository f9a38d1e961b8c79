"""Any mix of rows, figures or rates: filter, lay out, page through, open a number's source, export what is found."""

from typing import Any

import polars as pl
import streamlit as st

from pages.explore.filters import chosen_filter
from pages.explore.layouts import figure_columns, is_carried, spoken
from pages.explore.version import version_file
from pages.kit.address import segments
from pages.kit.context import Context
from pages.kit.export import export_buttons
from pages.kit.paging import first_of_page
from pages.kit.rows import clickable_rows
from pages.kit.source import show_source
from pages.kit.tables import ROW_PIXELS, WRAPPED_ROW_PIXELS, clickable_cells, table_height
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.answers.explore import FigureFilter, RateFilter, figures, figures_count, rate_figures, rate_figures_count
from warehouse.answers.sources import Figure, figure_printed
from warehouse.exports.extract import Wanted

_LINES_A_PAGE = 50
_VIEWS = ("rows", "figures", "rates")


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    view = segments(words("explore.view"), list(_VIEWS), "view", lambda option: words(f"explore.view_{option}"))
    wanted = chosen_filter(context, view)
    counted = _counted(context, wanted)
    if not counted["rows"]:
        st.info(words("explore.none"), icon=":material/info:")
        return
    number_of = words.numbers.number
    if is_carried(wanted):
        st.markdown(words("explore.count_carried", rows=number_of(counted["rows"]), units=number_of(counted["units"])))
        st.caption(words(f"explore.note_{context.selection.boundary}"))
    else:
        st.markdown(words("explore.count", rows=number_of(counted["rows"]), reports=number_of(counted["reports"])))
    offset = first_of_page(words, counted["rows"], _LINES_A_PAGE)
    if isinstance(wanted, RowFilter):
        figure = _rows(context, wanted, offset)
    else:
        figure = _figures(context, wanted, counted, offset)
    st.caption(words("explore.click_hint"))
    show_source(context, figure, key=f"explore-{view}")
    export_buttons(context, wanted, counted["rows"])
    version_file(context)


def _counted(context: Context, wanted: Wanted) -> dict[str, Any]:
    if isinstance(wanted, RowFilter):
        return context.ask(answers.rows_count, wanted).row(0, named=True)
    if isinstance(wanted, RateFilter):
        return context.ask(rate_figures_count, wanted).row(0, named=True)
    return context.ask(figures_count, wanted).row(0, named=True)


def _rows(context: Context, wanted: RowFilter, offset: int) -> Figure | None:
    """The printed rows; a row that asks for an indicator stands for its figure."""
    rows = context.ask(answers.rows, wanted, _LINES_A_PAGE, offset)
    clicked = clickable_rows(context, rows, one_period=len(wanted.periods) == 1)
    return None if clicked is None else figure_printed(rows.row(clicked, named=True))


def _figures(
    context: Context, wanted: FigureFilter | RateFilter, counted: dict[str, Any], offset: int
) -> Figure | None:
    """Figures or rates in their layout; a cell stands for its figure, one without a value too."""
    frame = _page_of(context, wanted, offset)
    shown = spoken(context, frame, wanted, counted)
    columns = figure_columns(context, shown, wanted, counted)
    if wanted.layout != "long":
        st.caption(context.words("explore.empty_cells"))
    pixels = ROW_PIXELS if wanted.layout == "indicators" else WRAPPED_ROW_PIXELS  # names stand in the rows, whole
    height = table_height(shown.height, 760, pixels)
    clicked = clickable_cells(shown, columns, context.words, f"figures-{wanted.layout}", height, pixels)
    if clicked is None:
        return None
    row, field = shown.row(clicked[0], named=True), clicked[1]
    period, subject = row.get("period"), row.get("subject")
    if wanted.layout == "periods":
        period = field if field in counted["heads"] else None
    if wanted.layout == "indicators":
        subject = field if field in counted["heads"] else None
    if period is None or subject is None:
        return None
    rate, _, definition = subject.partition(".")
    about = {"rate": rate, "definition": definition} if definition else {"indicator": subject}
    printed, counting = wanted.boundary == "then" and wanted.counting == "printed", wanted.counting
    return Figure(row["unit_code"], row["level"], period, printed=printed, counting=counting, **about)


def _page_of(context: Context, wanted: FigureFilter | RateFilter, offset: int) -> pl.DataFrame:
    if isinstance(wanted, RateFilter):
        return context.ask(rate_figures, wanted, _LINES_A_PAGE, offset)
    return context.ask(figures, wanted, _LINES_A_PAGE, offset)
