"""A click is acted on once."""

from typing import TypeVar

import streamlit as st

Click = TypeVar("Click")


def newly_clicked(key: str, clicked: Click | None) -> Click | None:
    """What was clicked, null where it is what was clicked at the last run; `key` tells tables and figures apart.

    A browser keeps what is marked in a table: in its next runs, and until a run that no longer draws the table is over.
    Who goes on before that, back to the page with that table, brings the mark along.
    """
    memory = f"clicked-{key}"
    before, st.session_state[memory] = st.session_state.get(memory), clicked
    return clicked if clicked != before else None
