"""Marks about points of a figure: what is to be known of a number before it is believed."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.theme import GREY, ORANGE
from pages.kit.words import Words

_MANY = 0.1  # of the units of a sum
_RING, _SQUARE = 19, 25  # pixels across: the one lies within the other
_LAST = 1100  # in the legend, whose names of lines have 1000


def add_ring(figure: Drawing, x: Sequence[Any], y: Sequence[Any], name: str) -> None:
    """A ring about points that their own report contradicts; pointed at, the point answers."""
    _add(figure, x, y, name, {"symbol": "circle-open", "size": _RING, "color": ORANGE})


def ringed(rows: pl.DataFrame) -> pl.DataFrame:
    """Those rows of `trends.trend`, with `disputed`, that a ring is drawn about: what reports contradict.

    Of a sum only where a tenth of its units contradict themselves: of hundreds there is always one.
    """
    return rows.filter((pl.col("disputed") > 0) & (pl.col("disputed") >= _MANY * pl.col("units")))


def ring_disputed(figure: Drawing, rows: pl.DataFrame, words: Words) -> None:
    """A ring about each point that is `ringed`."""
    points = ringed(rows)
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
