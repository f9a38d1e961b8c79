"""Going to another unit, and to those a unit came of or went into on 01/07/2025 and later."""

from typing import Any

import streamlit as st

from pages.kit.address import say
from pages.kit.data import ask
from pages.kit.words import Words, plain
from warehouse import answers
from warehouse.answers import profiles
from warehouse.store import Warehouse
from warehouse.territory import Boundary


def choose_unit(unit: str, boundary: Boundary | None = None) -> None:
    """Go to another unit, and another map where one is named, when a button is pressed (a callback)."""
    say("unit", unit)
    if boundary:
        say("map", boundary)
    st.session_state["search"] = ""


def go_to_unit(unit: str, boundary: Boundary | None = None) -> None:
    """Go to another unit, and another map where one is named, from within a page, at once."""
    say("unit", unit)
    if boundary:
        say("map", boundary)
    st.rerun()


def predecessors(warehouse: Warehouse, words: Words, unit: str) -> None:
    """The units that a unit of today came of, each one click away on the map of its time."""
    found = [row for row in _kin(warehouse, unit) if row["relation"] == "predecessor"]
    if found:
        st.markdown(words("kin.predecessors", date=words.date(found[0]["date"])))
        _buttons(words, found, "then")


def successors(warehouse: Warehouse, words: Words, unit: str, way_back: bool = True) -> None:
    """Says that a unit is no longer on the map, and offers those it went into, and itself on the map of its time."""
    name = ask(answers.unit_path, warehouse, unit)["name"][-1]
    found = [row for row in _kin(warehouse, unit) if row["relation"] == "successor"]
    date = words.date(found[0]["date"]) if found else ""
    st.info(words(f"kin.ended_{_kind(found)}", unit=plain(name), date=date), icon=":material/map:")
    _buttons(words, found, "now")
    if way_back:
        st.button(words("kin.as_it_was", unit=plain(name)), key="as-it-was", on_click=choose_unit, args=(unit, "then"))


def lineage(warehouse: Warehouse, words: Words, unit: str) -> None:
    """What a unit came of and what it went into, if anything, each one click away on the map of its time."""
    predecessors(warehouse, words, unit)
    found = [row for row in _kin(warehouse, unit) if row["relation"] == "successor"]
    if found:
        st.markdown(words(f"kin.successors_{_kind(found)}", date=words.date(found[0]["date"])))
        _buttons(words, found, "now")


def _kind(successors: list[dict[str, Any]]) -> str:
    """Whether a unit went `whole` into another one or in parts into several."""
    return "part" if any(row["kind"] == "part" for row in successors) else "whole"


def _kin(warehouse: Warehouse, unit: str) -> list[dict[str, Any]]:
    return list(ask(profiles.unit_kin, warehouse, unit).iter_rows(named=True))


def _buttons(words: Words, found: list[dict[str, Any]], boundary: Boundary) -> None:
    with st.container(horizontal=True):
        for row in found:
            label = plain(row["name"])
            if row["kind"] == "part":
                label = words("kin.part", unit=label)
            st.button(label, key=f"kin-{row['unit_code']}", on_click=choose_unit, args=(row["unit_code"], boundary))
