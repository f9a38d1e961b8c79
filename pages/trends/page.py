"""Rates or indicators over periods, for one or several units: gaps as gaps, the break of 01/07/2025 marked.

Several measures are drawn in a panel each. What the page shows first is in `first.py`, what is said beside the figure
in `notes.py`, its table in `table.py`. A click on a point or a number of the table leads to its source.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import segments, select, several, toggle
from pages.kit.choices import target_of
from pages.kit.context import Context
from pages.kit.course_export import course_export
from pages.kit.measures import RATE, Choice, figure_at, indicator_choices, rate_choice, rate_choices
from pages.kit.panels import Panel, show_panels
from pages.kit.series import point_of
from pages.kit.source import show_source
from pages.kit.theme import clickable_figure
from pages.kit.unit_set import choose_units, named_apart, named_units, nearby_units, unit_name
from pages.trends.figures import shown_range, trend_figure
from pages.trends.first import definitions_in_use, first_provinces, first_rate, first_span
from pages.trends.names import axis_title
from pages.trends.notes import remarked, say_gaps, say_marks, say_remarks, say_short_windows
from pages.trends.table import show_figures
from warehouse.answers import Counting, Scope, disputes, reporting, trends
from warehouse.answers.peer_band import peer_band
from warehouse.model import NATION
from warehouse.periods import SPANS

_MOST_UNITS = 8
_MOST_MORE = 5
_ALL_SPANS = "all"
_COUNTINGS: tuple[Counting, ...] = ("printed", "discrete")
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@dataclass(frozen=True)
class Course:
    """What is drawn: the frames by measure, the kinds of period on the axis, and how they are counted."""

    context: Context
    drawn: list[tuple[Choice, pl.DataFrame]]
    spans: tuple[str, ...]
    counting: Counting

    @property
    def mixed(self) -> bool:
        """Whether quarters stand beside cumulative periods, which no line may join."""
        return self.counting == "printed" and len(self.spans) > 1

    def clicked(self, choice: Choice, point: str | None, key: str) -> None:
        """Open the source of the point that was clicked."""
        at = point_of(point) if point else None
        figure = figure_at(self.context.selection.scope, choice.subject, *at, self.counting) if at else None
        show_source(self.context, figure, key)


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    measures = _measures(context)
    own = [selection.unit] if selection.unit != NATION else []
    others = {unit: name for unit, name in nearby_units(context).items() if unit not in own}
    first = [] if own else first_provinces(context, _MOST_UNITS)
    most = _MOST_UNITS - len(own)
    units = [*own, *choose_units(context, "with", words("trends.units"), others, most, default=first, own=own)]
    if first and not named_units(context, "with", most):
        st.caption(words("trends.first"))
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
        spans = _spans(context, counting, units, measures)
    if not units:
        st.info(words("trends.units_hint"), icon=":material/info:")
        return
    asked = (selection.scope.in_any_period, tuple(units))
    frames = [(choice, _frame(context, asked, choice, spans, counting)) for choice in measures]
    course = Course(context, [(choice, frame) for choice, frame in frames if frame.height], spans, counting)
    if not course.drawn:
        st.info(words("trends.none"), icon=":material/info:")
        return
    _heading(course)
    if len(frames) == 1:
        _figure(course, *course.drawn[0])
    else:
        _panels(course)
    st.caption(words(f"trends.{counting}_note"))
    for choice, frame in course.drawn:
        _notes(course, choice, frame, alone=len(frames) == 1)
    course_export(context, "trends", course.drawn, counting)


def _frame(
    context: Context, asked: tuple[Scope, tuple[str, ...]], choice: Choice, spans: tuple[str, ...], counting: Counting
) -> pl.DataFrame:
    """The course of one measure, units told apart by name, with what is to be known of each figure."""
    found = named_apart(context, context.ask(trends.trend, *asked, choice.subject, spans, counting))
    contradicted = context.ask(disputes.disputed_in_time, *asked, choice.subject, counting)
    return remarked(found, contradicted, context.words)


def _heading(course: Course) -> None:
    """Whose work is counted, and that a point is clicked for its source."""
    words, selection = course.context.words, course.context.selection
    st.caption(words("trends.heading", level=words(f"level.{selection.level}").lower()))
    if course.mixed:
        st.caption(words("trends.mixed"))


def _notes(course: Course, choice: Choice, frame: pl.DataFrame, alone: bool) -> None:
    """What belongs to one measure: the trend marks, the windows, the gaps, the table."""
    words = course.context.words
    if not alone:
        st.markdown(f"**{choice.full_name}**")
    say_remarks(words, frame)
    say_short_windows(words, frame)
    say_marks(words, frame, key=choice.code)
    say_gaps(words, frame)
    with st.expander(words("trends.table")):
        show_figures(course.context, choice, frame, course.counting)


def _measures(context: Context) -> list[Choice]:
    """What is drawn: a rate under one of the definitions in use, or an indicator; and any more beside it."""
    words = context.words
    indicators, named_rates = indicator_choices(context), rate_choices(context)
    rates = [f"{RATE}{rate}" for rate, definition in context.rate_names if definition is None]

    def named(option: str) -> str:
        return indicators[option].full_name if option in indicators else context.rate_name(option.removeprefix(RATE))

    left, right = st.columns([1, 1])
    with left:
        first_shown = f"{RATE}{first_rate(context)}"
        what = select(words("trends.what"), [*rates, *indicators], "what", named, default=first_shown)
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


def _spans(context: Context, counting: Counting, units: list[str], measures: list[Choice]) -> tuple[str, ...]:
    """The kinds of period on the axis: at first one kind, so that no line mixes them, or all quarters apart."""
    words, selection = context.words, context.selection
    where = (selection.simulated, selection.boundary)
    known = {
        span for unit in (selection.unit, *units) for span in context.ask(reporting.data_periods, unit, *where)["span"]
    }
    options = _QUARTERS if counting == "discrete" else tuple(span for span in SPANS if span in known)
    first = _ALL_SPANS if counting == "discrete" else first_span(context, options, tuple(units), measures)
    chosen = segments(
        words("trends.spans"),
        [*options, _ALL_SPANS],
        "spans",
        lambda span: words("trends.all_spans") if span == _ALL_SPANS else words(f"span.{span}"),
        default=first,
    )
    return options if chosen == _ALL_SPANS else (chosen,)


def _definition(context: Context, rate: str) -> str | None:
    """The definition with the widest coverage, switchable; in the selected period, else in the last that has one."""
    options = definitions_in_use(context, rate)
    if len(options) < 2:
        return options[0] if options else None
    return select(
        context.words("rate.definition"), options, "definition", lambda definition: context.rate_name(rate, definition)
    )


def _figure(course: Course, choice: Choice, frame: pl.DataFrame) -> None:
    context, words, selection = course.context, course.context.words, course.context.selection
    target: dict[str, Any] | None = None
    if choice.subject.rate and choice.subject.definition:
        target = target_of(context, choice.subject.rate, choice.subject.definition)
    aim = target["target"] if target else None
    band = context.ask(peer_band, selection.scope.in_any_period, choice.subject, course.spans, course.counting)
    band = band.filter(pl.col("period").is_in(frame["period"].unique().to_list()))
    span = _axis(context, choice, frame, aim, band)
    lines = frame.with_columns(pl.col("period").str.split("-").list.last().alias("line")) if course.mixed else frame
    shown_band = None if course.mixed else band
    title = axis_title(context, choice)
    figure = trend_figure(lines, words, title, choice.decimals, aim, shown_band, _around(context, band), span)
    alt = _alt(context, choice.name, frame)
    course.clicked(choice, clickable_figure(figure, words, key="trend-figure", alt=alt), "trend-figure")
    if span and span[0] > 0:
        low, high = (words.numbers.percent(edge, 1) for edge in span)
        st.caption(words("trends.axis", low=low, high=high))
    if target:
        source = words.named(target, "target_source")
        st.caption(words("trends.target", value=words.numbers.percent(target["target"], 0), source=source))


def _axis(
    context: Context, choice: Choice, frame: pl.DataFrame, target: float | None, band: pl.DataFrame
) -> tuple[float, float] | None:
    """What the axis of a rate shows, at least ten points unless the reader zooms in; null for a count."""
    if choice.decimals is not None:
        st.markdown(f"**{choice.name}**")
        return None
    words = context.words
    left, right = st.columns([8, 4], vertical_alignment="center")
    with left:
        st.markdown(f"**{choice.full_name}**")
    with right:
        zoomed = toggle(words("trends.zoom"), "axis", off="", on="zoom", help=words("trends.zoom_help"))
    return shown_range(frame, target, band, zoomed)


def _around(context: Context, band: pl.DataFrame) -> str:
    """Whose band it is: `Cấp xã, Tỉnh Quảng Ninh`."""
    words, selection = context.words, context.selection
    if band.is_empty():
        return ""
    level = selection.path[-1].level or selection.level
    where = str(band["around"][0])
    name = words("unit.nation") if where == NATION else unit_name(context, where)
    return f"{words(f'level.{level}')}, {name}"


def _panels(course: Course) -> None:
    panels = [Panel(choice.name, frame, choice.decimals) for choice, frame in course.drawn]
    units = course.drawn[0][1]["unit_code"].unique(maintain_order=True)
    looks = {unit: number for number, unit in enumerate(units)}

    def clicked(number: int, point: str | None) -> None:
        course.clicked(course.drawn[number][0], point, f"trend-panel-{number}")

    show_panels(panels, course.context.words, 2, shared_axis=False, looks=looks, key="trend-panel", on_click=clicked)


def _alt(context: Context, what: str, frame: pl.DataFrame) -> str:
    words = context.words
    return words(
        "trends.alt",
        what=what,
        units=", ".join(frame["name"].unique(maintain_order=True)),
        first=words.period(frame["period"][0]),
        last=words.period(frame["period"][-1]),
    )
