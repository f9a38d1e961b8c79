"""One rate or indicator over periods, for one or several units: gaps as gaps, the break of 01/07/2025 marked."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import segments, select, several
from pages.kit.choices import target_of
from pages.kit.context import Context
from pages.kit.tables import Column, show_table
from pages.kit.theme import show_figure
from pages.trends.figures import trend_figure
from warehouse import answers
from warehouse.answers import Subject
from warehouse.model import NATION
from warehouse.periods import SPANS

_MOST_UNITS = 8
_ALL_SPANS = "all"
_RATE, _INDICATOR = "rate:", "indicator:"


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    left, right = st.columns([1, 1])
    with left:
        what = _subject(context)
    with right:
        units = _units(context)
    spans = _spans(context)
    if not units:
        st.info(words("trends.units_hint"), icon=":material/info:")
        return
    definition = _definition(context, what) if what.startswith(_RATE) else None
    subject = Subject(what.removeprefix(_RATE), definition) if definition else _indicator(what)
    frame = context.ask(answers.trend, selection.scope, units, subject, spans) if subject else pl.DataFrame()
    if frame.is_empty():
        st.info(words("trends.none"), icon=":material/info:")
        return
    _figure(context, frame, what, definition)
    st.caption(words("trends.cumulative_note"))
    with st.expander(words("trends.table")):
        _table(context, frame, what)


def _subject(context: Context) -> str:
    """What is drawn: a rate, or an indicator that has figures."""
    words = context.words
    rates = [f"{_RATE}{rate}" for rate, definition in context.rate_names() if definition is None]
    catalogue = context.ask(answers.catalogue)
    drawn = catalogue.filter(pl.col("has_data") & ~pl.col("kind").is_in(["text", "coded"]))
    indicators = {f"{_INDICATOR}{row['indicator']}": row for row in drawn.iter_rows(named=True)}

    def named(option: str) -> str:
        if option in indicators:
            row = indicators[option]
            return f"{words.named(row, 'theme')} · {words.named(row)}"
        return context.rate_name(option.removeprefix(_RATE))

    options = [*rates, *indicators]
    return select(words("trends.what"), options, "what", named)


def _indicator(what: str) -> Subject | None:
    return Subject(indicator=what.removeprefix(_INDICATOR)) if what.startswith(_INDICATOR) else None


def _units(context: Context) -> list[str]:
    """The selected unit, and any of its siblings and children beside it."""
    selection = context.selection
    own = [selection.unit] if selection.unit != NATION else []
    parent = selection.path[-2].unit if len(selection.path) > 1 else NATION
    around = dict.fromkeys((parent, selection.unit))
    found = pl.concat([context.ask(answers.children, unit, selection.period, selection.boundary) for unit in around])
    names = {step.unit: step.name for step in selection.path if step.unit != NATION}
    names |= dict(found.select("unit_code", "name").iter_rows())
    beside = several(
        context.words("trends.units"),
        [unit for unit in names if unit != selection.unit],
        "with",
        lambda unit: names[unit],
        most=_MOST_UNITS - len(own),
        placeholder=context.words("trends.units_hint"),
    )
    return [*own, *beside]


def _spans(context: Context) -> tuple[str, ...]:
    """The kinds of period on the axis: all that have reports, or one of them."""
    words, selection = context.words, context.selection
    known = (
        context.ask(answers.data_periods, selection.unit, selection.simulated, selection.boundary)["span"]
        .unique()
        .to_list()
    )
    options = [span for span in SPANS if span in known]
    chosen = segments(
        words("trends.spans"),
        [_ALL_SPANS, *options],
        "spans",
        lambda span: words("trends.all_spans") if span == _ALL_SPANS else words(f"span.{span}"),
    )
    return tuple(options) if chosen == _ALL_SPANS else (chosen,)


def _definition(context: Context, what: str) -> str | None:
    """The definition with the widest coverage in the selected period, switchable."""
    words = context.words
    rate = what.removeprefix(_RATE)
    found = context.ask(answers.definitions, context.selection.scope, rate)
    if found.is_empty():
        return None
    options: list[str] = found["definition"].to_list()
    if len(options) == 1:
        return options[0]
    return select(
        words("rate.definition"),
        options,
        "definition",
        lambda definition: context.rate_name(rate, definition),
    )


def _subject_name(context: Context, what: str, definition: str | None) -> tuple[str, int]:
    """How the subject is called on the axis, and its decimals."""
    if definition:
        return context.rate_name(what.removeprefix(_RATE)), 2
    rows = context.ask(answers.catalogue).filter(pl.col("indicator") == what.removeprefix(_INDICATOR))
    row: dict[str, Any] = rows.row(0, named=True)
    return f"{context.words.named(row)} ({context.words.named(row, 'measure')})", int(row["decimals"])


def _figure(context: Context, frame: pl.DataFrame, what: str, definition: str | None) -> None:
    words = context.words
    name, decimals = _subject_name(context, what, definition)
    target = target_of(context, what.removeprefix(_RATE), definition) if definition else None
    figure = trend_figure(frame, words, name, definition is not None, decimals, target["target"] if target else None)
    alt = words(
        "trends.alt",
        what=name,
        units=", ".join(frame["name"].unique(maintain_order=True)),
        first=words.period(frame["period"][0]),
        last=words.period(frame["period"][-1]),
    )
    if definition:
        st.caption(f"**{context.rate_name(what.removeprefix(_RATE), definition)}**")
    show_figure(figure, words, key="trend-figure", alt=alt)


def _table(context: Context, frame: pl.DataFrame, what: str) -> None:
    words = context.words
    shown = frame.with_columns(
        pl.Series("period_name", [words.period(code) for code in frame["period"]]),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.col("file_name").fill_null(""),
    )
    is_rate = what.startswith(_RATE)
    parts = [
        Column("numerator", words("column.numerator"), "count"),
        Column("denominator", words("column.denominator"), "count"),
    ]
    columns = [
        Column("name", words("column.unit")),
        Column("period_name", words("column.period")),
        Column(
            "value",
            words("column.percent" if is_rate else "column.value"),
            "percent" if is_rate else "number",
        ),
        *(parts if is_rate else []),
        Column("units", words("column.reported"), "count"),
        Column("expected", words("column.expected"), "count"),
        Column("file_name", words("column.file")),
    ]
    show_table(shown, columns, words, key="trend-table")
