"""Small multiples: one panel a unit or a measure, over the same periods, side by side where there is room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from pages.kit.drawing import Drawing
from pages.kit.marks import ring_disputed
from pages.kit.series import add_line, add_periods, mark_map_change, percent_range
from pages.kit.theme import GREY, clickable_figure, styled
from pages.kit.words import Words

_PANEL_PIXELS = 230
_TICKS = 3
_MARGIN = 0.06  # of the range, above and below the lines of counts on a shared axis


@dataclass(frozen=True)
class Panel:
    """One panel: its title, the rows of a frame of `trends.trend` it shows, and the decimals (null for a rate)."""

    title: str
    rows: pl.DataFrame
    decimals: int | None


def show_panels(
    panels: Sequence[Panel],
    words: Words,
    columns: int,
    shared_axis: bool,
    looks: Mapping[str, int],
    key: str,
    on_click: Callable[[int, str | None], None],
) -> None:
    """Draw the panels in rows of `columns`, one below the other on a phone.

    On a shared axis heights compare; on its own each panel shows its detail. `looks` numbers the lines' looks by unit
    code, the same in every panel; with one unit a panel no legend is needed. `on_click` is told for every panel, by its
    number, which point is clicked (`series.point_of`), null where none is.
    """
    periods = pl.concat([panel.rows for panel in panels])
    span = shared_range(periods["value"], panels[0].decimals is None) if shared_axis else None
    for start in range(0, len(panels), columns):
        for at, column in enumerate(st.columns(columns)[: len(panels) - start], start):
            panel = panels[at]
            with column:
                figure = panel_figure(panel, periods, words, span, looks)
                on_click(at, clickable_figure(figure, words, key=f"{key}-{at}", alt=_alt(panel, words)))
    if "disputed" in periods.columns and (periods["disputed"] > 0).any():  # panels of one unit have no legend
        st.caption(words("figure.ring"))


def panel_figure(
    panel: Panel, periods: pl.DataFrame, words: Words, span: tuple[float, float] | None, looks: Mapping[str, int]
) -> Drawing:
    """One panel over the periods of all, from the least to the most of `span`, or of its own figures.

    A ring is about what reports contradict, which `disputed` in the rows tells.
    """
    figure = Drawing()
    if "disputed" in panel.rows.columns:
        ring_disputed(figure, panel.rows, words)
    units = panel.rows["unit_code"].unique(maintain_order=True).to_list()
    for unit in units:
        add_line(figure, panel.rows.filter(unit_code=unit), words, looks.get(unit, 0), panel.decimals)
    mark_map_change(figure, periods, words, named=False)
    add_periods(figure, periods, words, most=_TICKS)
    rate = panel.decimals is None
    figure.update_yaxes(
        ticksuffix=" %" if rate else "", tickformat="" if rate else ",", rangemode="normal" if rate else "tozero"
    )
    if span := span or (percent_range(panel.rows["value"]) if rate else None):
        figure.update_yaxes(range=span, autorange=False)
    styled(figure, words, height=_PANEL_PIXELS + (40 if len(units) > 1 else 0))
    title = {"text": panel.title, "font": {"size": 14, "color": GREY}, "x": 0, "y": 0.98, "yanchor": "top"}
    legend = {"orientation": "h", "yanchor": "top", "y": -0.2, "x": 0}
    return figure.update_layout(title=title, margin={"t": 36}, showlegend=len(units) > 1, legend=legend)


def shared_range(values: pl.Series, percent: bool) -> tuple[float, float] | None:
    """From a little below the least to a little above the most of the figures; null where there is none."""
    known = values.drop_nulls().to_list()
    if percent or not known:
        return percent_range(known)
    low, high = min(known), max(known)
    room = _MARGIN * (high - low) or 1.0
    return low - room, high + room


def _alt(panel: Panel, words: Words) -> str:
    periods = panel.rows["period"].to_list()
    return words("figure.panel_alt", what=panel.title, first=words.period(periods[0]), last=words.period(periods[-1]))
