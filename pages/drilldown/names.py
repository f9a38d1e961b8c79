"""The names of units on the map: of the largest first, as many as find room."""

from typing import Any

import numpy as np
import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.labels import Name, Screen, placed, write_names
from pages.kit.theme import as_written

MOST_NARROW, _MOST_WIDE = 6, 24  # the style sheet counts the first
_SIZE = 11
_NARROW, _WIDE = 300, 480  # pixels across: the figure on a phone, and beside its table on a small wide screen
_AROUND = (64, 142)  # pixels of the figure that are not its axes, across and up

Ranges = dict[str, list[float]]


def name_units(figure: Drawing, units: pl.DataFrame, ranges: Ranges, look: tuple[float, float, int]) -> None:
    """Write names beside the dots of `units`, of the largest denominator first and of rings last.

    `units` have a `radius` in pixels. `look` is the share of the figure's width that the axes take, how much longer a
    degree of latitude is drawn than one of longitude, and the figure's height in pixels.
    """
    ordered = units.sort("denominator", descending=True, nulls_last=True, maintain_order=True)
    names = [Name(at, as_written(short_name(row))) for at, row in enumerate(ordered.iter_rows(named=True))]
    share, ratio, height = look
    narrow, wide = (
        _screen(ordered, ranges, (share * (across - _AROUND[0]), height - _AROUND[1]), ratio)
        for across in (_NARROW, _WIDE)
    )
    both, rest = placed(names, narrow, wide, (MOST_NARROW, _MOST_WIDE), _SIZE)
    places = list(ordered.select("longitude", "latitude").iter_rows())
    write_names(figure, places, both, rest, MOST_NARROW, _SIZE)


def short_name(row: dict[str, Any]) -> str:
    """The name without its kind, save where the rest is a mere number (`Quận 1`)."""
    rest = str(row["name"])[len(row["kind"]) :].strip()
    return rest if row["name"].lower().startswith(row["kind"]) and not rest.isdecimal() else str(row["name"])


def _screen(units: pl.DataFrame, ranges: Ranges, axes: tuple[float, float], ratio: float) -> Screen:
    """Where the dots lie: Plotly widens one range until a degree is as long as the other needs it to be."""
    (west, east), (south, north) = ranges["x"], ranges["y"]
    degree = min(axes[0] / (east - west), axes[1] / (north - south) / ratio)
    longitude, latitude, radius = units.select("longitude", "latitude", "radius").to_numpy().T
    x = axes[0] / 2 + degree * (longitude - (west + east) / 2)
    y = axes[1] / 2 + degree * ratio * (latitude - (south + north) / 2)
    return Screen(*axes, np.column_stack((x, y, radius)))
