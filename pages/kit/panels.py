"""Small multiples: one panel a unit or a measure, over the same periods."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from pages.kit.series import add_line, add_periods, mark_map_change
from pages.kit.theme import GREY, styled
from pages.kit.words import Words

_PANEL_PIXELS = 210
_TICKS = 3


@dataclass(frozen=True)
class Panel:
    """One panel: its title, the rows of a frame of `answers.trend` it shows, and the decimals (null for a rate)."""

    title: str
    rows: pl.DataFrame
    decimals: int | None


def panels_figure(
    panels: Sequence[Panel], words: Words, columns: int, shared_axis: bool, one_look: bool = False
) -> go.Figure:
    """The panels in rows of `columns`; on a shared axis heights compare, on its own each panel shows its detail.

    With `one_look` the title says whose line it is, so that all lines look alike and need no legend.
    """
    lines = -(-len(panels) // columns)
    figure = make_subplots(
        rows=lines,
        cols=columns,
        subplot_titles=[panel.title for panel in panels],
        shared_yaxes="all" if shared_axis else False,
        vertical_spacing=min(0.3, 70 / (_PANEL_PIXELS * lines)),
        horizontal_spacing=0.06,
    )
    units: dict[str, int] = {}
    for at, panel in enumerate(panels):
        for unit in panel.rows["unit_code"].unique(maintain_order=True):
            first = unit not in units
            look = 0 if one_look else units.setdefault(unit, len(units))
            place = {"row": at // columns + 1, "col": at % columns + 1, "showlegend": first and not one_look}
            add_line(figure, panel.rows.filter(unit_code=unit), words, look, panel.decimals, **place)
        rate = panel.decimals is None
        figure.update_yaxes(
            ticksuffix=" %" if rate else "",
            tickformat="" if rate else ",",
            rangemode="normal" if rate else "tozero",
            showticklabels=True,
            row=at // columns + 1,
            col=at % columns + 1,
        )
    everything = pl.concat([panel.rows for panel in panels])
    mark_map_change(figure, everything, words, panels=len(panels))
    styled(figure, words, height=70 + _PANEL_PIXELS * lines)
    add_periods(figure, everything, words, most=_TICKS)
    figure.update_annotations(font={"size": 13, "color": GREY})
    figure.update_layout(margin={"t": 60})
    return figure
