"""The ranking figure: each unit's rate with its 95 % interval, in the order of the table."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.kit.theme import BLUE, GREY, styled
from pages.kit.words import Words

MOST_UNITS = 60
_ROW_HEIGHT = 24


def ranking_figure(frame: pl.DataFrame, words: Words, title: str, target: float | None = None) -> go.Figure:
    """Dots with Wilson 95 % intervals, best on top; at most the first 60 units of the frame."""
    shown = frame.head(MOST_UNITS)
    names = [f"{row['rank']}. {row['name']}" for row in shown.iter_rows(named=True)]
    figure = go.Figure(
        go.Scatter(
            x=shown["percent"].to_list(),
            y=list(range(shown.height)),
            mode="markers",
            marker={"color": BLUE, "size": 9},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (shown["high"] - shown["percent"]).to_list(),
                "arrayminus": (shown["percent"] - shown["low"]).to_list(),
                "color": GREY,
                "thickness": 1.5,
                "width": 3,
            },
            text=[_hover(row, words) for row in shown.iter_rows(named=True)],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    )
    figure.update_xaxes(title=title, ticksuffix=" %")
    figure.update_yaxes(
        tickvals=list(range(shown.height)), ticktext=names, range=[shown.height - 0.4, -0.6], showgrid=False
    )
    if target is not None:
        figure.add_vline(x=target, line={"color": GREY, "dash": "dot"})
    return styled(figure, words, height=110 + _ROW_HEIGHT * shown.height)


def _hover(row: dict[str, Any], words: Words) -> str:
    numbers = words.numbers
    interval = f"{numbers.number(row['low'], 2)} – {numbers.percent(row['high'])}"
    return "<br>".join(
        (
            f"<b>{row['name']}</b>",
            f"{numbers.percent(row['percent'])} ({interval})",
            f"{numbers.number(row['numerator'])} / {numbers.number(row['denominator'])}",
        )
    )
