"""The filters of the page: units, periods, levels, what is asked for, and how figures are laid out."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from pages.explore.units import chosen_units
from pages.kit.address import one_of, segments, several, switch
from pages.kit.context import Context
from pages.kit.words import Words
from warehouse.answers import Counting, RowFilter, reporting
from warehouse.answers.explore import LAYOUTS, FigureFilter, RateFilter
from warehouse.exports.extract import Wanted
from warehouse.model import LEVELS, NATION
from warehouse.periods import parse_period, quarters_within

_STATUSES = ("reported", "blank", "text", "formula", "ratio_text")
_MOST_YEARS = 4
_COUNTINGS: tuple[Counting, ...] = ("printed", "discrete")
_WORLDS = {"real": False, "simulated": True}


def chosen_filter(context: Context, view: str) -> Wanted:
    """Draw the filters of a view and return what they ask for; the unit of the filter bar where none is chosen."""
    selection = context.selection
    with st.expander(context.words("explore.filters"), expanded=True):
        below, alone = chosen_units(context)
        unit = NATION if below or alone else selection.unit
        common: dict[str, Any] = {
            "unit": unit,
            "below": below,
            "alone": alone,
            "simulated": _world(context, (*below, *alone)),
        }
        counting: Counting = "printed" if view == "rows" else one_of("counting", _COUNTINGS, "printed")
        common |= _periods_and_levels(context, unit, common["simulated"], counting)
        common["boundary"] = selection.boundary
        if view == "rows":
            return RowFilter(**common, **_indicators(context))
        if view == "figures":
            return FigureFilter(**common, **_indicators(context), **_layout(context))
        return RateFilter(**common, **_rates(context), **_layout(context))


def _world(context: Context, units: tuple[str, ...]) -> bool | None:
    """Which world is shown: the filter bar's, unless the chosen units have reports in the other only, or choose.

    Null is both at once, each row marked; nothing is added up on this page.
    """
    words, selection = context.words, context.selection
    worlds = {one for unit in units for one in context.ask(reporting.data_worlds, unit)["simulated"]}
    if worlds == {True, False}:
        default = "simulated" if selection.simulated else "real"
        named = {**{name: words(f"filters.world_{name}") for name in _WORLDS}, "both": words("explore.both")}
        chosen = segments(words("filters.world"), list(named), "data", lambda name: named[name], default=default)
        shown = _WORLDS.get(chosen)
    else:
        shown = next(iter(worlds), selection.simulated)
    if shown is not False and not selection.simulated:
        st.warning(words("app.simulated" if shown else "explore.both_note"), icon=":material/science:")
    if shown is not True and selection.simulated:
        st.info(words("explore.both_note" if shown is None else "explore.real_note"), icon=":material/info:")
    return shown


def _periods_and_levels(context: Context, unit: str, simulated: bool | None, counting: Counting) -> dict[str, Any]:
    """The periods and levels; counted by quarters, a period stands for the quarters within it."""
    words, selection = context.words, context.selection
    discrete = counting == "discrete"
    worlds = _WORLDS.values() if simulated is None else (simulated,)
    found = (context.ask(reporting.data_periods, unit, one, selection.boundary)["period"] for one in worlds)
    reported = {code for codes in found for code in codes}
    offered = {quarter for code in reported for quarter in quarters_within(code)} if discrete else reported
    known = sorted(offered, key=_position, reverse=True)
    years = list(dict.fromkeys(str(parse_period(code).year) for code in known))[:_MOST_YEARS]
    scope = segments(words("explore.periods"), ["this", *years, "some", "all"], "scope", partial(_scope_name, words))
    this = quarters_within(selection.period) if discrete else (selection.period,)
    periods: tuple[str, ...] = this if scope == "this" else ()
    if scope in years:
        periods = tuple(code for code in known if str(parse_period(code).year) == scope)
    if scope == "some":
        names = {code: words.period(code) for code in known}
        periods = _several("explore.which_periods", names, "periods", context)
        if not periods:
            st.caption(words("explore.periods_none", count=len(known)))
    levels = _several("explore.levels", {level: words(f"level.{level}") for level in LEVELS}, "levels", context)
    if not levels:
        st.caption(words("explore.levels_all"))
    return {"periods": periods, "levels": levels}


def _scope_name(words: Words, scope: str) -> str:
    return words("explore.scope_year", year=scope) if scope.isdigit() else words(f"explore.scope_{scope}")


def _position(code: str) -> tuple[date, bool]:
    period = parse_period(code)
    return period.window_end, period.cumulative


def _indicators(context: Context) -> dict[str, Any]:
    words = context.words
    themes = {row["theme"]: words.named(row, "theme") for row in context.indicators.values()}
    first, second = st.columns(2)
    with first:
        theme = _several("explore.themes", themes, "themes", context)
    with second:
        statuses = {status: words(f"status.{status}") for status in _STATUSES}
        status = _several("explore.statuses", statuses, "statuses", context)
    names = {
        indicator: words.named(row)
        for indicator, row in context.indicators.items()
        if not theme or row["theme"] in theme
    }
    return {
        "themes": theme,
        "indicators": _several("explore.indicators", names, "indicators", context),
        "statuses": status,
    }


def _rates(context: Context) -> dict[str, Any]:
    """The rates, and the definitions of one where only one is chosen: their codes mean something within a rate only."""
    names = context.rate_names
    first, second = st.columns(2)
    with first:
        titles = {rate: context.rate_name(rate) for rate, definition in names if definition is None}
        rates = _several("explore.rates", titles, "rates", context)
    definitions: tuple[str, ...] = ()
    if len(rates) == 1:
        offered = {
            definition: context.rate_name(rate, definition)
            for rate, definition in names
            if rate == rates[0] and definition is not None
        }
        with second:
            definitions = _several("explore.definitions", offered, "definitions", context)
    return {"rates": rates, "definitions": definitions}


def _layout(context: Context) -> dict[str, Any]:
    """How figures are laid out and counted; what is printed for the tiers below is there only as it was printed."""
    words = context.words
    first, second, third = st.columns([3, 2, 3], vertical_alignment="bottom")
    with first:
        layout = segments(
            words("explore.layout"), list(LAYOUTS), "layout", lambda option: words(f"explore.layout_{option}")
        )
    with second:
        counting = segments(
            words("trends.counting"),
            _COUNTINGS,
            "counting",
            lambda way: words(f"trends.counting_{way}"),
            help=words("trends.counting_help"),
        )
    others = False
    if context.selection.boundary == "then" and counting == "printed":
        with third:
            others = switch(words("explore.others"), "others", help=words("explore.others_help"))
    return {"layout": layout, "counting": counting, "others": others}


def _several(label: str, names: Mapping[str, str], key: str, context: Context) -> tuple[str, ...]:
    """A choice of several; none chosen means all."""
    return several(
        context.words(label),
        list(names),
        key,
        lambda option: names[option],
        placeholder=context.words("table.all"),
    )
