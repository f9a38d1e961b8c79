"""The drill-down figure: one dot a child, clickable; a child without a figure is named, not drawn as zero."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.kit.theme import BLUE, styled
from pages.kit.words import Words

_ROW_HEIGHT = 26


def children_figure(frame: pl.DataFrame, words: Words, title: str) -> go.Figure:
    """Dots at the children's rates, highest on top, each carrying its unit code for the click.

    Dots, not bars: rates crowd near 100 %, where bars from zero all look alike and cut ones mislead.
    """
    drawn = frame.filter(pl.col("percent").is_not_null()).sort("percent", "name", descending=[True, False])
    figure = go.Figure(
        go.Scatter(
            x=drawn["percent"].to_list(),
            y=list(range(drawn.height)),
            mode="markers+text",
            marker={"color": BLUE, "size": 14},
            customdata=drawn["unit_code"].to_list(),
            text=[words.numbers.percent(value) for value in drawn["percent"]],
            textposition="middle right",
            hovertext=[_hover(row, words) for row in drawn.iter_rows(named=True)],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_xaxes(title=title, ticksuffix=" %", range=_range(drawn["percent"]))
    figure.update_yaxes(
        tickvals=list(range(drawn.height)),
        ticktext=drawn["name"].to_list(),
        range=[drawn.height - 0.4, -0.6],
        gridcolor="rgba(127, 127, 127, 0.12)",
        zeroline=False,
    )
    return styled(figure, words, height=100 + _ROW_HEIGHT * max(drawn.height, 2))


def _range(values: pl.Series) -> list[float]:
    """The values' own range with room for the labels on the right."""
    numbers = values.to_list()
    low, high = min(numbers), max(numbers)
    span = max(high - low, 1.0)
    return [low - 0.08 * span, high + 0.25 * span]


def _hover(row: dict[str, Any], words: Words) -> str:
    numbers = words.numbers
    return "<br>".join(
        (
            f"<b>{row['name']}</b>: {numbers.percent(row['percent'])}",
            f"{numbers.number(row['numerator'])} / {numbers.number(row['denominator'])}",
            words("figure.units", units=numbers.number(row["reported"]), expected=numbers.number(row["expected"])),
        )
    )
