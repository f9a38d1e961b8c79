"""Click a number, see its source: one card for all pages, held in the address so that a link opens it.

A page calls `show_source` once for each table or figure whose numbers can be clicked, on every run, with what the
reader's click stands for:

    clicked = clickable_table(frame, columns, words, key="ranking", height=400)
    figure = None
    if clicked is not None:
        row = frame.row(clicked, named=True)
        figure = Figure(row["unit_code"], scope.level, scope.period, rate=rate, definition=definition)
    show_source(context, figure, key="ranking")

A `Figure` names an indicator, or a rate with its definition. Where the unit is not of the figure's level, the number
is the sum over the units below, and the card lists them; with `printed` it is what the unit's own report prints for
the tier below. Nothing else is needed: `app.py` draws the card after the page.
"""

from dataclasses import replace
from typing import get_args

import streamlit as st

from pages.kit.address import said, say
from pages.kit.context import Context
from pages.kit.source_card import draw_card
from warehouse import answers
from warehouse.model import NATION, Level
from warehouse.periods import parse_period
from warehouse.sources import Figure

_NAME = "source"
_PRINTED = "printed"


def show_source(context: Context, figure: Figure | None, key: str) -> None:
    """Open the card of the figure that was clicked; null while nothing is.

    `key` tells the tables and figures of a page apart. A click that stays selected opens the card once: closed, it
    stays closed until another number, or the same one again, is clicked. The world is that of the filter bar.
    """
    memory = f"{_NAME}-{key}"
    if figure is not None and st.session_state.get(memory) != figure:
        say(_NAME, _code_of(replace(figure, simulated=context.selection.simulated)))
    st.session_state[memory] = figure


def draw_source(context: Context) -> None:
    """Draw the card that the address names, if it names one."""
    figure = _figure_of(context, said(_NAME) or "")
    if figure is None:
        return

    @st.dialog(context.words("source.heading"), width="large", on_dismiss=_forget)
    def card() -> None:
        draw_card(context, figure)

    card()


def _forget() -> None:
    say(_NAME, "")


def _code_of(figure: Figure) -> str:
    """`15919~commune~2024-6M~on_time_rate~received`, with `~printed` at the end where that is meant."""
    subject = (figure.rate, figure.definition) if figure.rate else (figure.indicator,)
    parts = (figure.unit, figure.level, figure.period, *subject)
    return "~".join((*parts, _PRINTED) if figure.printed else parts)


def _figure_of(context: Context, code: str) -> Figure | None:
    """The figure of a code; null for one that names what does not exist."""
    parts = code.split("~")
    printed = parts[-1] == _PRINTED
    if not 4 <= len(parts) - printed <= 5:
        return None
    unit, level, period, subject, *definition = parts[: len(parts) - printed]
    levels: dict[str, Level] = {known: known for known in get_args(Level)}
    if level not in levels or (unit != NATION and context.ask(answers.unit_path, unit).is_empty()):
        return None
    try:
        parse_period(period)
    except ValueError:
        return None
    selection = context.selection
    figure = Figure(unit, levels[level], period, "", "", "", selection.simulated, printed, selection.boundary)
    if definition:
        known = (subject, definition[0]) in context.rate_names()
        return replace(figure, rate=subject, definition=definition[0]) if known else None
    known = subject in context.ask(answers.catalogue)["indicator"].to_list()
    return replace(figure, indicator=subject) if known else None
