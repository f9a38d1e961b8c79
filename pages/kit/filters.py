"""The filter bar that all pages share. What was chosen in it stands in the address, so a link shows the same view.

Only a choice is written there, in one step: what a run wrote by itself would be one more place to go back to, from
which the run leads forward again.

The unit is chosen by search, by the path or by a click in a page. A unit that does not exist is as if none
were named: the province with most real reports is shown, one with simulated ones where there are no others or the
address asks for them.
"""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import ASKED_SHOWN, one_of, said, segments, select, toggle
from pages.kit.apart import draw_apart
from pages.kit.context import Selection, UnitStep
from pages.kit.data import ask
from pages.kit.kin import choose_unit, lineage, successors
from pages.kit.words import Words, plain
from warehouse import answers
from warehouse.answers import Scope, reporting
from warehouse.model import LEVELS, NATION, Level
from warehouse.periods import is_period
from warehouse.store import Warehouse
from warehouse.territory import BOUNDARIES, Boundary

_SEARCH_RESULTS, _PROVINCES_SHOWN = 8, 10
_HARDLY_ANY = 10  # times as many reports came for another; mergers left a third of the units
_WORLDS = ("real", "simulated")
_MAPS: tuple[Boundary, ...] = ("then", "now")


def filter_bar(warehouse: Warehouse, words: Words) -> Selection | None:
    """Draw the bar and return what it selects; null when there is nothing to show, which it says."""
    boundary = one_of("map", BOUNDARIES, "then")
    path = _path(warehouse, words, boundary)
    left, middle, right = st.columns([5, 3, 4], vertical_alignment="bottom")
    with left:
        draw_apart("search", warehouse, words, partial(_search, warehouse, words))
    way, switch = st.columns([7, 5], vertical_alignment="center")
    with switch:
        _boundary(words, boundary)
    if path is None:
        successors(warehouse, words, said("unit") or "")
        return None
    worlds = ask(reporting.data_worlds, warehouse, path[-1].unit, boundary)["simulated"].to_list()
    if not worlds:
        with way:
            _breadcrumb(path, words)
        _no_reports(warehouse, words, path[-1], boundary)
        return None
    simulated = _simulated(worlds, words)
    known = ask(reporting.data_periods, warehouse, path[-1].unit, simulated, boundary)
    with middle:
        period = select(words("filters.period"), known["period"].to_list(), "period", words.period, _first(known))
    path = _path(warehouse, words, boundary, period) or path
    with way:
        _breadcrumb(path, words)
    _replaced(path, period, simulated, words)
    if not said("period") and period != known["period"][0]:
        count = words.numbers.number(int(known["reports"][0]))
        st.caption(words("filters.newer", period=words.period(known["period"][0]), count=count))
    with right:
        level = _level(warehouse, words, Scope(path[-1].unit, "commune", period, simulated, boundary))
    return Selection(path, period, level, simulated, boundary)


def _first(periods: pl.DataFrame) -> str:
    """The newest period, but for those of which hardly any reports have come yet: it would look like a bad one."""
    most = periods["reports"].max()
    return str(periods.filter(_HARDLY_ANY * pl.col("reports") >= most)["period"][0])


def _no_reports(warehouse: Warehouse, words: Words, step: UnitStep, boundary: Boundary) -> None:
    """Say that a unit has no reports on the map asked for, and where it has any on the other, lead there."""
    there: Boundary = "then" if boundary != "then" else "now"
    if ask(reporting.data_worlds, warehouse, step.unit, there).height and step.unit != NATION:
        st.info(
            words(f"filters.none_on_{'then' if boundary == 'then' else 'now'}", unit=plain(step.name)),
            icon=":material/map:",
        )
        label = words("kin.as_it_was" if there == "then" else "kin.as_it_is", unit=plain(step.name))
        st.button(label, key="other-map", on_click=choose_unit, args=(step.unit, there))
    else:
        st.info(words("filters.no_reports", unit=plain(step.name)), icon=":material/info:")
        _with_reports(warehouse, words, boundary)
    if boundary == "then" and step.unit != NATION:
        lineage(warehouse, words, step.unit)


def _with_reports(warehouse: Warehouse, words: Words, boundary: Boundary) -> None:
    """The ways to the provinces that have reports, those with the most real ones first."""
    known = ask(reporting.data_units, warehouse, boundary).head(_PROVINCES_SHOWN)
    st.markdown(f"**{words('overview.elsewhere_places')}**")
    with st.container(horizontal=True, key="with-reports"):
        for row in known.iter_rows(named=True):
            label = words("overview.world_link", unit=plain(row["name"]), count=words.numbers.number(row["reports"]))
            st.button(label, key=f"reports-{row['unit_code']}", on_click=choose_unit, args=(row["unit_code"],))


def _path(
    warehouse: Warehouse, words: Words, boundary: Boundary, period: str | None = None
) -> tuple[UnitStep, ...] | None:
    """From the whole country to the unit in the address, else to the first province with reports.

    Those with real ones come first, or those with simulated ones where the address asks for these.
    Null where the unit in the address exists but not on today's map, which is asked for.
    """
    nation = UnitStep(NATION, words("unit.nation"), None)
    asked = said("unit")
    if asked == NATION:
        return (nation,)
    named = period if boundary == "then" else None
    steps = ask(answers.unit_path, warehouse, asked, boundary, named) if asked else None
    if asked and steps is not None and steps.is_empty() and not ask(answers.unit_path, warehouse, asked).is_empty():
        return None
    if steps is None or steps.is_empty():
        known = ask(reporting.data_units, warehouse, boundary)
        if said("world") == "simulated":
            known = known.sort(pl.col("simulated") > 0, descending=True, maintain_order=True)
        first = known["unit_code"][0] if known.height else NATION
        steps = ask(answers.unit_path, warehouse, first, boundary, named)
    return (nation, *(UnitStep(row["unit_code"], row["name"], row["level"]) for row in steps.iter_rows(named=True)))


def _replaced(path: tuple[UnitStep, ...], period: str, simulated: bool, words: Words) -> None:
    """Say what is shown instead of a unit, world or period that the address names and that has nothing to show."""
    unit, asked, shown_world = said("unit"), said("period"), _WORLDS[simulated]
    if said("world") in _WORLDS and said("world") != shown_world:
        st.caption(words(f"filters.other_world_{shown_world}", unit=plain(path[-1].name)))
    if unit and unit != path[-1].unit:
        st.caption(words("filters.other_unit", asked=plain(unit[:ASKED_SHOWN]), shown=plain(path[-1].name)))
    elif asked and asked != period:
        name = words.period(asked) if is_period(asked) else asked[:ASKED_SHOWN]
        shown = words.period(period)
        st.caption(words("filters.other_period", asked=plain(name), unit=plain(path[-1].name), shown=shown))


def _boundary(words: Words, boundary: Boundary) -> None:
    """Which map figures stand on; on today's, estimates for split units only when they are asked for."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="boundary"):
        if boundary != "then":
            toggle(words("filters.estimate"), "map", off="now", on="estimated", help=words("filters.estimate_help"))
        segments(
            words("filters.map"),
            _MAPS,
            "map",
            lambda map_: words(f"filters.map_{map_}"),
            shown=None if boundary == "then" else "now",
            label_visibility="collapsed",
            help=words("filters.map_help"),
        )


def _search(warehouse: Warehouse, words: Words) -> None:
    """A search box over folded names: `quang dien` finds Quảng Điền."""
    text = st.text_input(
        words("filters.search"),
        key="search",
        placeholder=words("filters.search_hint"),
        icon=":material/search:",
        max_chars=80,
    )
    if not text or not text.strip():
        return
    found = ask(answers.unit_search, warehouse, text.strip(), limit=_SEARCH_RESULTS)
    if found.is_empty():
        st.caption(words("filters.search_none", text=plain(text)))
    with st.container(key="found"):
        for row in found.iter_rows(named=True):
            st.button(
                found_label(row, words),
                key=f"found-{row['unit_code']}",
                type="tertiary",
                on_click=choose_unit,
                args=(row["unit_code"],),
            )


def found_label(row: dict[str, Any], words: Words) -> str:
    """A unit that a search found: its name, what it is in, its reports, and until when it was valid."""
    above = ", ".join(name for name in (row["parent_name"], row["grandparent_name"]) if name)
    until = words("filters.until", date=words.date(row["valid_to"])) if row["valid_to"] else ""
    reports = words("filters.reports", count=words.numbers.number(row["reports"]))
    return " · ".join(part for part in (f"**{plain(row['name'])}**", plain(above), reports, until) if part)


def _breadcrumb(path: tuple[UnitStep, ...], words: Words) -> None:
    """The way from the country to the unit; every step above it leads back."""
    with st.container(horizontal=True, key="breadcrumb", gap="small", vertical_alignment="center"):
        for step in path[:-1]:
            st.button(
                f"{plain(step.name)} ›",
                key=f"path-{step.unit}",
                type="tertiary",
                on_click=choose_unit,
                args=(step.unit,),
                help=words("filters.go_up", unit=plain(step.name)),
            )
        st.markdown(f"**{plain(path[-1].name)}**")


def _simulated(worlds: list[bool], words: Words) -> bool:
    """Which world is shown; a choice only where there are both, and then the real one first."""
    if len(worlds) == 1:
        return worlds[0]
    chosen = segments(
        words("filters.world"),
        list(_WORLDS),
        "world",
        lambda world: words(f"filters.world_{world}"),
        help=words("filters.world_help"),
    )
    return chosen == "simulated"


def _level(warehouse: Warehouse, words: Words, scope: Scope) -> Level:
    """The level whose work is counted: communes where they reported, else the lowest level that did."""
    where = (scope.unit, scope.period, scope.simulated, scope.boundary)
    reported = ask(reporting.data_levels, warehouse, *where)["level"].to_list()
    options: list[Level] = [level for level in LEVELS if level in reported]
    return segments(
        words("filters.level"),
        options,
        "level",
        lambda level: words(f"level.{level}"),
        default=options[-1],
        help=words("filters.level_help"),
    )
