"""Marks about points of a figure: what is to be known of a number before it is believed."""

from collections.abc import Sequence
from typing import Any

from pages.kit.drawing import Drawing
from pages.kit.theme import GREY, ORANGE

_RING, _SQUARE = 19, 25  # pixels across: the one lies within the other
_LAST = 1100  # in the legend, whose names of lines have 1000


def add_ring(figure: Drawing, x: Sequence[Any], y: Sequence[Any], name: str) -> None:
    """A ring about points that their own report contradicts; pointed at, the point answers."""
    _add(figure, x, y, name, {"symbol": "circle-open", "size": _RING, "color": ORANGE})


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
