"""Parts of the screen that are drawn again alone where something in them is changed.

The search in the bar is one, the page under it another: what is typed finds units without the page being worked out.
Both stay as long as the bar does. Tables of a page are none: a change to one that the page has given up meanwhile would
get no answer.
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


def draw_apart(name: str, warehouse: Warehouse, words: Words, draw: Callable[[], None]) -> None:
    """Draw a part of what the address shows of a version; the log calls it `name` where that fails."""
    _part(warehouse, carried(), partial(calmly, words, name, draw))


@st.fragment
def _part(warehouse: Warehouse, drawn_for: Mapping[str, str], draw: Callable[[], None]) -> None:
    """The part; all is drawn again where a change in it changed what links carry along, or there is a new version."""
    if in_turn():  # drawn with all the rest
        draw()
        return
    if carried() != drawn_for or current_warehouse() != warehouse:
        st.rerun()
    with a_turn():
        draw()
