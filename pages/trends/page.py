"""Rates or indicators over periods, for one or several units: gaps as gaps, the break of 01/07/2025 marked.

Several measures are drawn in a panel each. What is said beside the figure is in `notes.py`, its table in `table.py`.
"""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import segments, select, several
from pages.kit.choices import target_of
from pages.kit.context import Context
from pages.kit.measures import RATE, Choice, indicator_choices, rate_choice, rate_choices
from pages.kit.panels import Panel, show_panels
from pages.kit.theme import show_figure
from pages.kit.unit_set import choose_units, named_apart, nearby_units, unit_name
from pages.trends.figures import trend_figure
from pages.trends.notes import say_marks, say_refusals, say_short_windows
from pages.trends.table import show_figures
from warehouse import answers
from warehouse.answers import Counting, ranks, trends
from warehouse.answers.peer_band import peer_band
from warehouse.model import NATION
from warehouse.periods import SPANS

_MOST_UNITS = 8
_MOST_MORE = 5
_ALL_SPANS = "all"
_COUNTINGS: tuple[Counting, ...] = ("printed", "discrete")
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def show(context: Context) -> None:
    """Draw the page."""
    words, selection, scope = context.words, context.selection, context.selection.scope
    measures = _measures(context)
    own = [selection.unit] if selection.unit != NATION else []
    others = {unit: name for unit, name in nearby_units(context).items() if unit not in own}
    units = [*own, *choose_units(context, "with", words("trends.units"), others, _MOST_UNITS - len(own), own=own)]
    left, right = st.columns([5, 7], vertical_alignment="bottom")
    with left:
        counting = segments(
            words("trends.counting"),
            _COUNTINGS,
            "counting",
            lambda way: words(f"trends.counting_{way}"),
            help=words("trends.counting_help"),
        )
    with right:
        spans = _spans(context, counting, units)
    if not units:
        st.info(words("trends.units_hint"), icon=":material/info:")
        return
    frames = [
        (choice, named_apart(context, context.ask(trends.trend, scope, tuple(units), choice.subject, spans, counting)))
        for choice in measures
    ]
    drawn = [(choice, frame) for choice, frame in frames if frame.height]
    if not drawn:
        st.info(words("trends.none"), icon=":material/info:")
        return
    if len(frames) == 1:
        _figure(context, *drawn[0], counting, spans)
    else:
        _panels(context, drawn)
    st.caption(words(f"trends.{counting}_note"))
    for choice, frame in drawn:
        _notes(context, choice, frame, counting, alone=len(frames) == 1)
    st.caption(words("trends.marks_help"))


def _notes(context: Context, choice: Choice, frame: pl.DataFrame, counting: Counting, alone: bool) -> None:
    """What belongs to one measure: the trend marks, the windows, the refused quarters, the table."""
    words = context.words
    if not alone:
        st.markdown(f"**{choice.full_name}**")
    say_short_windows(words, frame)
    say_marks(words, frame)
    if counting == "discrete":
        say_refusals(words, frame)
    with st.expander(words("trends.table")):
        show_figures(words, frame, choice.decimals, key=f"trend-table-{choice.code}")


def _measures(context: Context) -> list[Choice]:
    """What is drawn: a rate under one of the definitions in use, or an indicator; and any more beside it."""
    words = context.words
    indicators, named_rates = indicator_choices(context), rate_choices(context)
    rates = [f"{RATE}{rate}" for rate, definition in context.rate_names() if definition is None]

    def named(option: str) -> str:
        return indicators[option].full_name if option in indicators else context.rate_name(option.removeprefix(RATE))

    left, right = st.columns([1, 1])
    with left:
        what = select(words("trends.what"), [*rates, *indicators], "what", named)
    if what in indicators:
        first = [indicators[what]]
    else:
        with right:
            definition = _definition(context, what.removeprefix(RATE))
        first = [rate_choice(context, what.removeprefix(RATE), definition)] if definition else []
    everything = named_rates | indicators
    more = several(
        words("trends.more"),
        list(everything),
        "more",
        lambda code: everything[code].full_name,
        most=_MOST_MORE,
        placeholder=words("trends.more_hint"),
    )
    return [*first, *(everything[code] for code in more if not first or code != first[0].code)]


def _spans(context: Context, counting: Counting, units: list[str]) -> tuple[str, ...]:
    """The kinds of period on the axis: all that have reports, or one of them; the quarters where each stands alone."""
    words, selection = context.words, context.selection
    where = (selection.simulated, selection.boundary)
    known = {
        span for unit in (selection.unit, *units) for span in context.ask(answers.data_periods, unit, *where)["span"]
    }
    options = _QUARTERS if counting == "discrete" else tuple(span for span in SPANS if span in known)
    chosen = segments(
        words("trends.spans"),
        [_ALL_SPANS, *options],
        "spans",
        lambda span: words("trends.all_spans") if span == _ALL_SPANS else words(f"span.{span}"),
    )
    return options if chosen == _ALL_SPANS else (chosen,)


def _definition(context: Context, rate: str) -> str | None:
    """The definition with the widest coverage in the selected period, switchable."""
    found = context.ask(ranks.definitions, context.selection.scope, rate)
    if found.is_empty():
        return None
    options: list[str] = found["definition"].to_list()
    if len(options) == 1:
        return options[0]
    return select(
        context.words("rate.definition"), options, "definition", lambda definition: context.rate_name(rate, definition)
    )


def _figure(context: Context, choice: Choice, frame: pl.DataFrame, counting: Counting, spans: tuple[str, ...]) -> None:
    words, selection = context.words, context.selection
    target: dict[str, Any] | None = None
    if choice.subject.rate and choice.subject.definition:
        st.caption(f"**{choice.name}**")
        target = target_of(context, choice.subject.rate, choice.subject.definition)
    band = context.ask(peer_band, selection.scope, choice.subject, spans, counting)
    band = band.filter(pl.col("period").is_in(frame["period"].unique().to_list()))
    around = _around(context, band)
    figure = trend_figure(
        frame, words, choice.name, choice.decimals, target["target"] if target else None, band, around
    )
    show_figure(figure, words, key="trend-figure", alt=_alt(context, choice.name, frame))
    if target:
        source = words.named(target, "target_source")
        st.caption(words("trends.target", value=words.numbers.percent(target["target"], 0), source=source))


def _around(context: Context, band: pl.DataFrame) -> str:
    """Whose band it is: `Cấp xã, Tỉnh Quảng Ninh`."""
    words, selection = context.words, context.selection
    if band.is_empty():
        return ""
    level = selection.path[-1].level or selection.level
    where = str(band["around"][0])
    name = words("unit.nation") if where == NATION else unit_name(context, where)
    return f"{words(f'level.{level}')}, {name}"


def _panels(context: Context, drawn: list[tuple[Choice, pl.DataFrame]]) -> None:
    panels = [Panel(choice.name, frame, choice.decimals) for choice, frame in drawn]
    units = drawn[0][1]["unit_code"].unique(maintain_order=True)
    looks = {unit: number for number, unit in enumerate(units)}
    show_panels(panels, context.words, 2, shared_axis=False, looks=looks, key="trend-panel")


def _alt(context: Context, what: str, frame: pl.DataFrame) -> str:
    words = context.words
    return words(
        "trends.alt",
        what=what,
        units=", ".join(frame["name"].unique(maintain_order=True)),
        first=words.period(frame["period"][0]),
        last=words.period(frame["period"][-1]),
    )
