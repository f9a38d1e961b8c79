"""Parts of the screen that are drawn again alone where something in them is changed.

What is drawn around them, and with them the frame of all pages, stays as it is: a click on a number opens its source
without the page being worked out anew.
"""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from pages.kit.address import carried
from pages.kit.data import current_warehouse
from pages.kit.frame import calmly
from pages.kit.turns import a_turn, in_turn
from pages.kit.words import Words
from warehouse.store import Warehouse


def draw_apart(
    name: str, warehouse: Warehouse, words: Words, draw: Callable[[], None], alone: Callable[[], None] | None = None
) -> None:
    """Draw a part of what the address shows of a version; the log calls it `name` where that fails.

    `alone` is drawn after it where the rest of the page, which draws that otherwise, is not.
    """
    parts = (draw, alone) if alone else (draw,)
    _part(warehouse, carried(), *(partial(calmly, words, name, part) for part in parts))


@st.fragment
def _part(
    warehouse: Warehouse, drawn_for: Mapping[str, str], draw: Callable[[], None], *alone: Callable[[], None]
) -> None:
    """The part; all is drawn again where a change in it changed what links carry along, or there is a new version."""
    if in_turn():
        draw()
        return
    if carried() != drawn_for or current_warehouse() != warehouse:
        st.rerun()
    with a_turn():
        for part in (draw, *alone):
            part()
