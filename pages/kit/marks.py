"""Marks about points of a figure: what is to be known of a number before it is believed."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.theme import GREY, ORANGE
from pages.kit.words import Words

_RING, _SQUARE = 19, 25  # pixels across: the one lies within the other
_LAST = 1100  # in the legend, whose names of lines have 1000


def add_ring(figure: Drawing, x: Sequence[Any], y: Sequence[Any], name: str) -> None:
    """A ring about points that their own report contradicts; pointed at, the point answers."""
    _add(figure, x, y, name, {"symbol": "circle-open", "size": _RING, "color": ORANGE})


def ring_disputed(figure: Drawing, rows: pl.DataFrame, words: Words) -> None:
    """A ring about each point of `trends.trend`, with `disputed`, that reports behind it contradict: where any view
    has a mark, all have.
    """
    points = rows.filter(pl.col("disputed") > 0)
    add_ring(figure, points["window_end"].to_list(), points["value"].to_list(), words("ranking.disputed_mark"))


def add_square(figure: Drawing, x: Sequence[Any], y: Sequence[Any], name: str) -> None:
    """A square about points that are not of the whole: of part of the period, or of few of the units."""
    _add(figure, x, y, name, {"symbol": "square-open", "size": _SQUARE, "color": GREY})


def _add(figure: Drawing, x: Sequence[Any], y: Sequence[Any], name: str, look: dict[str, Any]) -> None:
    if x:
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            marker={**look, "line": {"width": 2.5}},
            name=name,
            legendrank=_LAST,
            cliponaxis=False,  # about a point at 100 % it lies over the edge
            hoverinfo="skip",
        )
