"""The trend figure: a frame of `warehouse.answers.trend_*` in, a Plotly figure out."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.kit.theme import DASHES, GREY, MARKERS, SERIES, styled
from pages.kit.words import Words

MAP_CHANGE = date(2025, 7, 1)
_MOST_TICKS = 12


def trend_figure(
    frame: pl.DataFrame, words: Words, title: str, is_rate: bool, decimals: int, target: float | None = None
) -> go.Figure:
    """One line a unit over the windows' last days; a missing period is a gap, never a line through it."""
    figure = go.Figure()
    for number, (unit, name) in enumerate(frame.select("unit_code", "name").unique(maintain_order=True).iter_rows()):
        points = frame.filter(pl.col("unit_code") == unit)
        figure.add_scatter(
            x=points["window_end"].to_list(),
            y=points["value"].to_list(),
            name=name,
            mode="lines+markers",
            connectgaps=False,
            line={"color": SERIES[number % len(SERIES)], "dash": DASHES[number % len(DASHES)], "width": 2.5},
            marker={"symbol": MARKERS[number % len(MARKERS)], "size": 9},
            text=[_hover(row, words, is_rate, decimals) for row in points.iter_rows(named=True)],
            hovertemplate="%{text}<extra></extra>",
        )
    _axes(figure, frame, words, title, is_rate)
    _mark_map_change(figure, frame, words)
    if target is not None:
        figure.add_hline(
            y=target,
            line={"color": GREY, "dash": "dot"},
            annotation_text=words("figure.target", value=words.numbers.percent(target, 0)),
        )
    return styled(figure, words, height=440)


def _axes(figure: go.Figure, frame: pl.DataFrame, words: Words, title: str, is_rate: bool) -> None:
    ticks = frame.select("window_end", "period").unique(maintain_order=True).sort("window_end")
    step = max(1, -(-ticks.height // _MOST_TICKS))
    shown = ticks.gather_every(step)
    figure.update_xaxes(
        tickvals=shown["window_end"].to_list(),
        ticktext=[words.period(code) for code in shown["period"]],
        showgrid=False,
    )
    if is_rate:
        figure.update_yaxes(title=title, ticksuffix=" %", rangemode="normal")
    else:
        figure.update_yaxes(title=title, tickformat=",", rangemode="tozero")


def _mark_map_change(figure: go.Figure, frame: pl.DataFrame, words: Words) -> None:
    """A line at 01/07/2025 wherever the axis passes it: units before and after are not the same."""
    days = frame["window_end"]
    if days.is_empty() or not days.min() <= MAP_CHANGE <= days.max():  # type: ignore[operator]
        return
    figure.add_shape(
        type="line",
        x0=MAP_CHANGE,
        x1=MAP_CHANGE,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": GREY, "dash": "dash"},
    )
    figure.add_annotation(
        x=MAP_CHANGE,
        y=1,
        yref="paper",
        text=words("figure.map_change"),
        showarrow=False,
        xanchor="right",
        yanchor="top",
        font={"color": GREY, "size": 12},
    )


def _hover(row: dict[str, Any], words: Words, is_rate: bool, decimals: int) -> str:
    """What stands at a point: the period, the figure, its parts, who reported, and the source of a single report."""
    numbers = words.numbers
    value = numbers.percent(row["value"]) if is_rate else numbers.number(row["value"], decimals)
    lines = [f"<b>{row['name']}</b>", f"{words.period(str(row['period']))}: <b>{value}</b>"]
    if row["denominator"] is not None:
        lines.append(f"{numbers.number(row['numerator'])} / {numbers.number(row['denominator'])}")
    lines.append(words("figure.units", units=numbers.number(row["units"]), expected=numbers.number(row["expected"])))
    if row["as_of"]:
        lines.append(words("figure.as_of", date=words.date(row["as_of"])))
    if row["file_name"]:
        lines.append(words("figure.source", file=row["file_name"]))
    return "<br>".join(lines)
