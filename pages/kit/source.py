"""Click a number, see its source: one card for all pages, held in the address so that a link opens it.

A table of numbers is drawn by `source_table`, which opens the card of the cell that is clicked; a page says only what
number a cell stands for, from the row and the field (null where a cell stands for none):

    def figure_of(row: dict[str, Any], field: str) -> Figure | None:
        return Figure(row["unit_code"], scope.level, row["period"], rate=rate, definition=definition)

    source_table(context, frame, columns, key="trends", figure_of=figure_of)

Where a click is read otherwise (a chart, a table that does more), a page calls `show_source` with the `Figure` or null
on every run; `source_button` opens the card of one number, `source_number` is that number itself, to be clicked, and
`source_address` the address that opens its card, for tables of our own in HTML. A `Figure` names an indicator, or a
rate with its definition. Where the unit is not of the figure's level, the number is the sum over the units below, and
the card lists them; with `printed` it is what the unit's own report prints for the tier below; with
`counting="discrete"` a quarter alone. World and boundary are those of the filter bar. Nothing else is needed: `app.py`
draws the card after the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, get_args
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from pages.kit.address import said, say
from pages.kit.clicks import newly_clicked
from pages.kit.context import Context
from pages.kit.source_card import draw_card
from pages.kit.tables import Column, clickable_cells, table_height
from pages.kit.turns import a_turn, in_turn
from warehouse import answers
from warehouse.answers.sources import Figure
from warehouse.model import NATION, Level
from warehouse.periods import parse_period

_NAME = "source"
_PRINTED, _DISCRETE = "printed", "discrete"


def source_table(
    context: Context,
    frame: pl.DataFrame,
    columns: Sequence[Column],
    key: str,
    figure_of: Callable[[dict[str, Any], str], Figure | None],
    most: int = 900,
) -> None:
    """Show a frame, at most `most` pixels high, whose cells open the card of the number that `figure_of` gives."""
    clicked = clickable_cells(frame, columns, context.words, key, table_height(frame.height, most))
    show_source(context, figure_of(frame.row(clicked[0], named=True), clicked[1]) if clicked else None, key)


def source_button(context: Context, figure: Figure, key: str) -> None:
    """A button that opens the card of a number."""
    label, icon = context.words("source.button"), ":material/plagiarism:"
    st.button(label, key=f"{_NAME}-{key}", type="tertiary", icon=icon, on_click=say, args=(_NAME, _code_of(figure)))


def source_number(context: Context, figure: Figure, key: str, written: str) -> None:
    """A number that opens its card when it is clicked; `written` may be Markdown."""
    st.button(
        written,
        key=f"{_NAME}-number-{key}",
        type="tertiary",
        on_click=say,
        args=(_NAME, _code_of(figure)),
        help=context.words("source.button"),
    )


def source_address(figure: Figure) -> str:
    """The address of this very view with the card of a number open."""
    return "?" + urlencode({**st.query_params.to_dict(), _NAME: _code_of(figure)})


def show_source(context: Context, figure: Figure | None, key: str) -> None:
    """Open the card of the figure that was clicked; null while nothing is.

    `key` tells the tables and figures of a page apart. A click that stays selected opens the card once: closed, it
    stays closed until another number, or the same one again, is clicked. The world is that of the filter bar.
    """
    clicked = newly_clicked(f"{_NAME}-{key}", figure)
    if clicked is not None:
        say(_NAME, _code_of(replace(clicked, simulated=context.selection.simulated)))


def draw_source(context: Context) -> None:
    """Draw the card that the address names, if it names one."""
    if _figure_of(context, said(_NAME) or "") is None:
        return

    @st.dialog(context.words("source.heading"), width="large", on_dismiss=_forget)
    def card() -> None:
        alone = not in_turn()
        with a_turn():
            figure = _figure_of(context, said(_NAME) or "")
            part = draw_card(context, figure) if figure else None
            if part is not None:
                say(_NAME, _code_of(part))
                st.rerun(scope="fragment" if alone else "app")

    card()


def _forget() -> None:
    say(_NAME, "")


def _code_of(figure: Figure) -> str:
    """`15919~commune~2024-6M~on_time_rate~received`, with `~printed` or `~discrete` at the end where that is meant."""
    subject = (figure.rate, figure.definition) if figure.rate else (figure.indicator,)
    marks = [*([_PRINTED] if figure.printed else []), *([_DISCRETE] if figure.counting == _DISCRETE else [])]
    return "~".join((figure.unit, figure.level, figure.period, *subject, *marks))


def _figure_of(context: Context, code: str) -> Figure | None:
    """The figure of a code; null for one that names what does not exist."""
    parts = code.split("~")
    printed, discrete = _PRINTED in parts[4:], _DISCRETE in parts[4:]
    parts = [*parts[:4], *(part for part in parts[4:] if part not in (_PRINTED, _DISCRETE))]
    if not 4 <= len(parts) <= 5:
        return None
    unit, level, period, subject, *definition = parts
    levels: dict[str, Level] = {known: known for known in get_args(Level)}
    if level not in levels or (unit != NATION and context.ask(answers.unit_path, unit).is_empty()):
        return None
    try:
        parse_period(period)
    except ValueError:
        return None
    selection = context.selection
    figure = Figure(
        unit,
        levels[level],
        period,
        simulated=selection.simulated,
        printed=printed,
        boundary=selection.boundary,
        counting="discrete" if discrete else "printed",
    )
    if definition:
        known = (subject, definition[0]) in context.rate_names
        return replace(figure, rate=subject, definition=definition[0]) if known else None
    return replace(figure, indicator=subject) if subject in context.indicators else None
