"""Up to twelve units side by side: a table for the period, small multiples over time, a heatmap of units by periods.

One frame of `warehouse.answers.side_by_side` gives all three and the file to download.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from pages.compare.figures import MOST_AT_A_GLANCE, heatmap_figure
from pages.compare.first import first_measures, first_units
from pages.compare.notes import cautions, with_disputes, with_remarks
from pages.compare.table import Order, comparison_table
from pages.kit.address import segments, select, several, toggle
from pages.kit.context import Context
from pages.kit.course_export import course_export
from pages.kit.measures import Choice, figure_at, indicator_choices, rate_choices
from pages.kit.panels import Panel, show_panels
from pages.kit.series import point_of
from pages.kit.source import show_source, source_address
from pages.kit.theme import clickable_figure
from pages.kit.unit_set import choose_units, named_apart, nearby_units, told_apart, unit_name
from pages.kit.words import Words, plain
from warehouse.answers import reporting
from warehouse.answers.registry import natures
from warehouse.answers.side_by_side import MOST_MEASURES, MOST_UNITS, Measure, in_period, side_by_side
from warehouse.frames import rows_where, rows_with
from warehouse.periods import SPANS, parse_period

_VIEWS = ("table", "panels", "heatmap")
_SAME, _ALL = "same", "all"
_FELL, _AS_CHOSEN = "fell:", "set"
_COLUMNS = 3


@dataclass(frozen=True)
class Compared:
    """What is on screen: the units by code and name, the measures, and the frame that everything is drawn from."""

    names: dict[str, str]
    choices: list[Choice]
    figures: pl.DataFrame
    measures: tuple[Measure, ...]


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    nearby = nearby_units(context)
    units = choose_units(context, "set", words("compare.units"), nearby, MOST_UNITS, first_units(context, MOST_UNITS))
    choices = _choices(context)
    left, right = st.columns([5, 7], vertical_alignment="bottom")
    with left:
        view = segments(words("compare.view"), _VIEWS, "view", lambda name: words(f"compare.view_{name}"))
    with right:
        spans = _spans(context, units) if view != "table" else (parse_period(context.selection.period).span,)
    if not units or not choices:
        st.info(words("compare.none"), icon=":material/info:")
        return
    measures = _measures(context, choices)
    asked = (context.selection.scope.in_any_period, tuple(units))
    figures = named_apart(context, context.ask(side_by_side, *asked, measures, spans))
    figures = with_disputes(context, figures, choices)
    names = {unit: nearby.get(unit) or unit_name(context, unit) or unit for unit in units}
    compared = Compared(told_apart(context, names), choices, figures, measures)
    if figures.is_empty():
        st.info(words("trends.none"), icon=":material/info:")
        return
    {"table": _table, "panels": _panels, "heatmap": _heatmap}[view](context, compared)
    shown = compared.figures
    if view == "table":
        period = parse_period(context.selection.period)
        shown = rows_where(shown, (shown["period"] == period.code) | (shown["period"] == period.year_before.code))
    by_measure = [(choice, rows_with(shown, measure=choice.code)) for choice in compared.choices]
    course_export(context, "compare", by_measure)


def _measures(context: Context, choices: list[Choice]) -> tuple[Measure, ...]:
    """The measures as the warehouse takes them; a rate of money has no say about chance."""
    money = rows_with(context.ask(natures), cases=False)[["rate", "definition"]].rows()
    return tuple(
        Measure(one.code, one.subject, one.less_is_better, (one.subject.rate, one.subject.definition) not in money)
        for one in choices
    )


def _choices(context: Context) -> list[Choice]:
    """The measures compared, each rate with its definition; first the headline rates as most units report them."""
    words = context.words
    offered = rate_choices(context) | indicator_choices(context)
    chosen = several(
        words("compare.measures"),
        list(offered),
        "measures",
        lambda code: offered[code].full_name,
        most=MOST_MEASURES,
        default=first_measures(context),
        placeholder=words("trends.more_hint"),
    )
    return [offered[code] for code in chosen]


def _spans(context: Context, units: list[str]) -> tuple[str, ...]:
    """Only periods of the selected kind, which can be compared with each other, or all."""
    words, span = context.words, parse_period(context.selection.period).span
    chosen = segments(
        words("trends.spans"),
        (_SAME, _ALL),
        "periods",
        lambda name: words(f"span.{span}") if name == _SAME else words("trends.all_spans"),
    )
    if chosen == _SAME:
        return (span,)
    selection = context.selection
    where = (selection.simulated, selection.boundary)
    known = {span for unit in units for span in context.ask(reporting.data_periods, unit, *where)["span"]}
    return tuple(span for span in SPANS if span in known)


def _table(context: Context, compared: Compared) -> None:
    words, selection = context.words, context.selection
    lines = in_period(compared.figures, selection.period, list(compared.names), compared.measures)
    lines = with_remarks(lines, compared.figures, selection.period, words)
    order = _order(context, compared, lines)
    st.subheader(
        words(
            "compare.heading",
            period=words.period_within(selection.period),
            count=len(compared.names),
            level=words(f"level.{selection.level}").lower(),
        )
    )

    def address(choice: Choice, unit: str, before: bool) -> str:
        period = parse_period(selection.period)
        code = period.year_before.code if before else period.code
        return source_address(figure_at(selection.scope, choice.subject, unit, code))

    if missing := _without_year_before(context, compared, lines):
        st.caption(missing)
    st.html(comparison_table(lines, compared.names, compared.choices, words, order, address))
    st.caption(words("compare.rank_note"))
    _cautions(context, compared, compared.figures.filter(period=selection.period))
    _definitions(context, compared)


def _cautions(context: Context, compared: Compared, figures: pl.DataFrame) -> None:
    """What to know before the comparison is quoted: which figures are contradicted, partial, short or estimates."""
    words = context.words
    over_time = figures["period"].n_unique() > 1

    def named(row: Mapping[str, Any]) -> str:
        unit = compared.names[row["unit_code"]]
        return f"{unit}, {words.period_within(row['period'])}" if over_time else unit

    if said := cautions(figures, words, named):
        st.markdown(f"##### {words('ranking.caveats')}")
        st.markdown("\n".join(f"- {text}" for text in said))


def _order(context: Context, compared: Compared, lines: pl.DataFrame) -> Order:
    """What the units are sorted by: at first what got worse most, else the rank."""
    words = context.words
    named = {choice.code: choice.title or choice.name for choice in compared.choices}
    worse = {one.code: "compare.sort_rose" if one.less_is_better else "compare.sort_fell" for one in compared.choices}
    moves = zip(lines["measure"].to_list(), lines["change"].to_list(), strict=True)
    moved = dict.fromkeys(measure for measure, change in moves if change is not None)

    def written(option: str) -> str:
        if option == _AS_CHOSEN:
            return words("compare.sort_set")
        code = option.removeprefix(_FELL)
        return words(worse[code] if option.startswith(_FELL) else "compare.sort_rank", measure=named[code])

    options = [*(_FELL + code for code in moved), *named, _AS_CHOSEN]
    chosen = select(words("compare.sort"), options, "sort", written)
    if chosen == _AS_CHOSEN:
        return Order()
    return Order(chosen.removeprefix(_FELL), chosen.startswith(_FELL))


def _without_year_before(context: Context, compared: Compared, lines: pl.DataFrame) -> str:
    """Once for all cells: for which measures no unit, or which units, have nothing a year before."""
    words, said = context.words, []
    rows = [row for row in lines["measure", "unit_code", "value", "change"].iter_rows() if row[2] is not None]
    for choice in compared.choices:
        of_it = [(unit, change) for measure, unit, _, change in rows if measure == choice.code]
        alone = [unit for unit, change in of_it if change is None]
        if alone:
            everyone = len(alone) == len(of_it)
            units = words("compare.all_units") if everyone else ", ".join(compared.names[one] for one in alone)
            said.append(f"{choice.title or choice.name}: {units}")
    if not lines["change"].count():
        return words("compare.no_year_before_any")
    return plain(words("compare.no_year_before", which="; ".join(said))) if said else ""


def _definitions(context: Context, compared: Compared) -> None:
    """Each rate with what its definition counts."""
    words, names = context.words, context.rate_names
    rates = [choice for choice in compared.choices if choice.subject.rate]
    if rates:
        with st.expander(words("compare.definitions")):
            notes = [
                f"- **{plain(choice.full_name)}**: "
                + plain(words.named(names[choice.subject.rate, choice.subject.definition], "note"))
                for choice in rates
                if choice.subject.rate
            ]
            st.markdown("\n".join(notes))


def _measure(context: Context, compared: Compared) -> tuple[Choice, pl.DataFrame]:
    """The one measure that is drawn over time, and its rows."""
    by_code = {choice.code: choice for choice in compared.choices}
    code = select(context.words("compare.measure"), list(by_code), "measure", lambda one: by_code[one].full_name)
    return by_code[code], compared.figures.filter(measure=code)


def _panels(context: Context, compared: Compared) -> None:
    words = context.words
    left, right = st.columns([8, 4], vertical_alignment="bottom")
    with left:
        choice, rows = _measure(context, compared)
    with right:
        shared = not toggle(words("compare.own_axis"), "axis", off="", on="own", help=words("compare.own_axis_help"))
    if rows.is_empty():
        st.info(words("trends.none"), icon=":material/info:")
        return
    parts = [(name, rows.filter(unit_code=unit)) for unit, name in compared.names.items()]
    panels = [Panel(name, part, choice.decimals) for name, part in parts if part["value"].is_not_null().any()]
    drawn = {panel.title for panel in panels}

    def clicked(number: int, point: str | None) -> None:
        _clicked(context, choice, point, f"compare-panel-{number}")

    show_panels(panels, words, _COLUMNS, shared_axis=shared, looks={}, key="compare-panel", on_click=clicked)
    _cautions(context, compared, rows)
    if empty := [_empty(name, part, words) for name, part in parts if name not in drawn]:
        st.caption(words("compare.no_figure", units="; ".join(empty)))


def _empty(name: str, rows: pl.DataFrame, words: Words) -> str:
    """A unit that has no figure in any period, with the newest reason."""
    problem = rows["problem"][-1] if rows.height else "no_figure"
    return f"{plain(name)} ({words(f'gap.{problem}')})"


def _heatmap(context: Context, compared: Compared) -> None:
    words = context.words
    choice, rows = _measure(context, compared)
    if rows.is_empty():
        st.info(words("trends.none"), icon=":material/info:")
        return
    figure = heatmap_figure(rows, compared.names, words, choice.decimals)
    with st.container(key="heatmap" if rows["period"].n_unique() <= MOST_AT_A_GLANCE else "heatmap-wide"):
        point = clickable_figure(figure, words, key="compare-heatmap", alt=_alt(context, compared, choice))
    _clicked(context, choice, point, "compare-heatmap")
    st.caption(words("compare.heatmap_note"))
    _cautions(context, compared, rows)


def _clicked(context: Context, choice: Choice, point: str | None, key: str) -> None:
    """Open the source of the point or cell that was clicked."""
    figure = figure_at(context.selection.scope, choice.subject, *point_of(point)) if point else None
    show_source(context, figure, key)


def _alt(context: Context, compared: Compared, choice: Choice) -> str:
    return context.words("compare.alt", what=choice.full_name, units=", ".join(compared.names.values()))
