"""The names of units on the map: of the largest first, as many as find room."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.label_room import Name, Screen
from pages.kit.labels import placed, write_names
from pages.kit.theme import GREY, as_written

MOST_NARROW, _MOST_WIDE = 6, 24  # the style sheet counts the first
_MOST_NUMBERED = 12
_SIZE, _REACH = 11, 60  # pixels
_NARROW, _WIDE = 300, 480  # pixels across: the figure on a phone, and beside its table on a small wide screen
_AROUND = (64, 142)  # pixels of the figure that are not its axes, across and up

_ARCHIPELAGO = ((0, 0, 14), *((right, 31, 18) for right in (-45, -22, 0, 22, 45)))  # pixels: dots, two lines above

Ranges = dict[str, list[float]]
Places = Sequence[tuple[float, float]]


def name_units(
    figure: Drawing,
    units: pl.DataFrame,
    ranges: Ranges,
    look: tuple[float, float, int],
    islands: Places,
    key_place: dict[str, Any],
) -> None:
    """Write names beside the dots of `units`, of the largest denominator first and of rings last.

    The largest few are always named, if need be over other dots. A few for which there is no room are numbered, and
    the numbers explained at `key_place`.
    `units` have a `radius` in pixels. `look` is the share of the figure's width that the axes take, how much longer a
    degree of latitude is drawn than one of longitude, and the figure's height in pixels; `islands` are where the
    archipelagos are drawn and named, which no other name covers.
    """
    ordered = units.sort("denominator", descending=True, nulls_last=True, maintain_order=True)
    names = [
        Name(at, as_written(short_name(row)), needed=at < MOST_NARROW, reach=_REACH)
        for at, row in enumerate(ordered.iter_rows(named=True))
    ]
    places = list(ordered.select("longitude", "latitude").iter_rows())
    share, ratio, height = look
    narrow, wide = (
        _screen(
            [*places, *islands],
            ordered["radius"].to_list(),
            ranges,
            (share * (across - _AROUND[0]), height - _AROUND[1]),
            ratio,
        )
        for across in (_NARROW, _WIDE)
    )
    both, rest = placed(names, narrow, wide, (MOST_NARROW, _MOST_WIDE), _SIZE, _MOST_NUMBERED)
    write_names(figure, places, both, rest, MOST_NARROW, _SIZE)
    numbered = [f"<b>{name.text}</b> {names[name.mark].text}" for name in rest if name.text != names[name.mark].text]
    if numbered:
        figure.add_annotation(
            text="<br>".join(numbered), align="left", showarrow=False, font={"size": _SIZE, "color": GREY}, **key_place
        )


def short_name(row: dict[str, Any]) -> str:
    """The name without its kind, save where the rest is a mere number (`Quận 1`)."""
    words, kind = str(row["name"]).split(), str(row["kind"]).lower().split()
    shared = next((at for at, (one, other) in enumerate(zip(words, kind, strict=False)) if one.lower() != other), None)
    rest = " ".join(words[len(kind) if shared is None else shared :])
    return rest if rest and not rest.isdecimal() else str(row["name"])


def _screen(places: Places, radius: Sequence[float], ranges: Ranges, axes: tuple[float, float], ratio: float) -> Screen:
    """Where the dots lie, and behind them the archipelagos with their names, as dots that cover them.

    Plotly widens one range until a degree is as long as the other needs it to be.
    """
    (west, east), (south, north) = ranges["x"], ranges["y"]
    degree = min(axes[0] / (east - west), axes[1] / (north - south) / ratio)
    longitude, latitude = np.array(places, dtype=float).T
    x = axes[0] / 2 + degree * (longitude - (west + east) / 2)
    y = axes[1] / 2 + degree * ratio * (latitude - (south + north) / 2)
    dots = np.column_stack((x[: len(radius)], y[: len(radius)], radius))
    covered = [
        (east + right, north + up, across)
        for east, north in zip(x[len(radius) :], y[len(radius) :], strict=True)
        for right, up, across in _ARCHIPELAGO
    ]
    return Screen(*axes, np.vstack([dots, *covered]))
