"""The choice of several units, found without accents, each with all units below it or by itself.

The address holds their codes: `units=22,477!` is a province with everything below and one district alone.
"""

import streamlit as st

from pages.kit.address import said, say
from pages.kit.context import Context
from pages.kit.filters import found_label
from pages.kit.words import plain
from warehouse import answers

_NAME, _ALONE = "units", "!"
_MOST_UNITS, _RESULTS = 30, 8
_SEARCH = "explore-search"


def chosen_units(context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw the choice; returns the units with all below them, and those by themselves."""
    words, chosen = context.words, _chosen(context)
    _search(context, chosen)
    if not chosen:
        st.caption(words("explore.units_none", unit=plain(context.selection.name)))
    for unit, alone in chosen.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"chosen-{unit}"):
            st.markdown(f"**{plain(_name(context, unit))}**")
            st.button(
                words("explore.alone" if alone else "explore.with_below"),
                key=f"scope-{unit}",
                icon=":material/swap_horiz:",
                help=words("explore.scope_switch"),
                on_click=_write,
                args=({**chosen, unit: not alone},),
            )
            st.button(
                words("explore.remove"),
                key=f"remove-{unit}",
                type="tertiary",
                icon=":material/close:",
                on_click=_write,
                args=({code: by_itself for code, by_itself in chosen.items() if code != unit},),
            )
    below = tuple(unit for unit, alone in chosen.items() if not alone)
    return below, tuple(unit for unit, alone in chosen.items() if alone)


def _chosen(context: Context) -> dict[str, bool]:
    """The units that the address names and that exist, each with whether it is meant by itself."""
    asked = [code for code in (said(_NAME) or "").split(",") if code]
    named = {code.removesuffix(_ALONE): code.endswith(_ALONE) for code in asked[:_MOST_UNITS]}
    return {unit: alone for unit, alone in named.items() if not context.ask(answers.unit_path, unit).is_empty()}


def _name(context: Context, unit: str) -> str:
    names = context.ask(answers.unit_path, unit)["name"].to_list()
    return ", ".join(reversed(names))


def _search(context: Context, chosen: dict[str, bool]) -> None:
    words = context.words
    text = st.text_input(
        words("explore.units"),
        key=_SEARCH,
        placeholder=words("filters.search_hint"),
        icon=":material/search:",
        max_chars=80,
        help=words("explore.units_help"),
    )
    if not text or not text.strip():
        return
    found = context.ask(answers.unit_search, text.strip(), limit=_RESULTS)
    if found.is_empty():
        st.caption(words("filters.search_none", text=plain(text)))
    for row in found.iter_rows(named=True):
        st.button(
            found_label(row, words),
            key=f"add-{row['unit_code']}",
            type="tertiary",
            icon=":material/add:",
            on_click=_add,
            args=({**chosen, row["unit_code"]: False},),
        )


def _add(units: dict[str, bool]) -> None:
    """Add a unit when its button is pressed (a callback); the search is done with."""
    _write(units)
    st.session_state[_SEARCH] = ""


def _write(units: dict[str, bool]) -> None:
    say(_NAME, [unit + _ALONE if alone else unit for unit, alone in units.items()])
    say("page", "")
