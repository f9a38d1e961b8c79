"""The drill-down as a map without outlines: each unit a dot at its place over the faint dots of all communes.

Hoàng Sa and Trường Sa are on every map, by name: where they stand on that of the country, in an inset of the whole
country on the others, which would shrink to a corner beside them.
"""

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.drilldown.colours import colour_axis, scale_of
from pages.drilldown.figures import hover, symbol
from pages.drilldown.names import name_units
from pages.kit.drawing import Drawing, Trace
from pages.kit.theme import BLUE, GREY, as_written, styled
from pages.kit.words import Words

ARCHIPELAGOS = ("20333", "22736@2025-07-01")  # đặc khu Hoàng Sa, đặc khu Trường Sa
EAST_SEA = 110.5  # degrees east: of all communes only those of the two archipelagos lie beyond
_LARGEST, _SMALLEST, _RING, _ROOMY = 46, 8, 9, 20  # pixels across; the largest where there are at most 20 units
_COUNTRY = {"x": [101.2, 117.6], "y": [7.6, 23.9]}

# Where numbers are explained: on the sea in the north east, or below the inset.
_SEA = {"xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 1, "yanchor": "top"}
_BELOW_INSET = {"xref": "paper", "x": 0.79, "xanchor": "left", "yref": "paper", "y": 0.46, "yanchor": "top"}

Axes = dict[str, str]
_MAIN: Axes = {"xaxis": "x", "yaxis": "y"}
_INSET: Axes = {"xaxis": "x2", "yaxis": "y2"}


def map_figure(frame: pl.DataFrame, country: pl.DataFrame, words: Words, title: str, nation: bool) -> Drawing:
    """Dots at the units' places, sized by the denominator, coloured by the rate, clickable.

    `frame` is that of `drill.drilldown` with a `note`, `country` that of `answers.places`. A unit without a figure is
    a small empty ring, an estimate a crossed diamond.
    """
    placed = frame.filter(pl.col("latitude").is_not_null())
    mainland = placed if nation else placed.filter(pl.col("longitude") < EAST_SEA)
    near = placed if mainland.is_empty() else mainland
    ranges = _COUNTRY if nation else _ranges(near)
    figure = Drawing()
    figure.add_trace(_backdrop(_cropped(country, ranges), 3, _MAIN))
    if not nation:
        figure.add_trace(_backdrop(_thinned(country), 1.5, _INSET))
    largest = max((float(value or 0) for value in placed["denominator"]), default=1.0) or 1.0
    _add_units(figure, near, words, largest, _MAIN)
    far = placed.filter(~pl.col("unit_code").is_in(near["unit_code"].to_list()))
    _add_units(figure, far, words, largest, _INSET)
    height, share, ratio = 820 if nation else 640, 1.0 if nation else 0.76, _ratio(ranges)
    _lay_out_axes(figure, ranges, words, nation, (share, ratio))
    _name_archipelagos(figure, country, words, nation)
    islands = country.filter(pl.col("unit_code").is_in(ARCHIPELAGOS)) if nation else country.clear()
    places = islands.select("longitude", "latitude").rows()
    look = (share, ratio, height)
    name_units(figure, _with_radius(near, largest), ranges, look, places, _SEA if nation else _BELOW_INSET)
    if not nation:
        _mark_place(figure, near)
    scale = scale_of(frame)
    if scale:
        figure.update_layout(coloraxis=colour_axis(scale, words, title))
    styled(figure, words, height=height)
    return figure.update_layout(showlegend=False)


def _add_units(figure: Drawing, units: pl.DataFrame, words: Words, largest: float, axes: Axes) -> None:
    """The rings first, then the dots, the largest first so that small ones stay in reach."""
    known = units.filter(pl.col("percent").is_not_null()).sort("denominator", descending=True)
    rings = units.filter(pl.col("percent").is_null())
    if rings.height:
        look = {"symbol": "circle-open", "size": _RING, "color": GREY, "line": {"width": 1.5}}
        figure.add_trace(_points(rings, words, look, axes))
    if known.height:
        figure.add_trace(_points(known, words, _dots(known, largest if axes is _MAIN else 6 * largest), axes))


def _dots(known: pl.DataFrame, largest: float) -> dict[str, Any]:
    return {
        "symbol": [symbol(basis).removesuffix("-open") for basis in known["basis"]],
        "color": known["percent"].to_list(),
        "coloraxis": "coloraxis",
        "size": known["denominator"].cast(pl.Float64).to_list(),
        "sizemode": "area",
        "sizeref": _size_of_a_pixel(largest, known.height),
        "sizemin": _SMALLEST / 2,
        "opacity": 0.92,
        "line": {"width": 1, "color": GREY},
    }


def _size_of_a_pixel(largest: float, dots: int) -> float:
    """The part of a denominator that is a square pixel of a dot's area: more where there are many dots."""
    return 2 * largest * max(dots, _ROOMY) / _ROOMY / _LARGEST**2


def _with_radius(units: pl.DataFrame, largest: float) -> pl.DataFrame:
    """The units with the `radius` in pixels at which Plotly draws them, as rings where they have no figure."""
    known = pl.col("percent").is_not_null()
    scale = _size_of_a_pixel(largest, units.filter(known).height)
    drawn = (pl.col("denominator").cast(pl.Float64) / 2 / scale).sqrt().clip(_SMALLEST / 2)
    return units.with_columns(pl.when(known).then(drawn).otherwise(_RING / 2).alias("radius"))


def _points(units: pl.DataFrame, words: Words, marker: dict[str, Any], axes: Axes) -> Trace:
    return dict(
        type="scatter",
        x=units["longitude"].to_list(),
        y=units["latitude"].to_list(),
        mode="markers",
        marker=marker,
        customdata=units["unit_code"].to_list(),
        hovertext=[hover(row, words) for row in units.iter_rows(named=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        **axes,
    )


def _backdrop(country: pl.DataFrame, size: float, axes: Axes) -> Trace:
    return dict(
        type="scatter",
        x=country["longitude"].to_list(),
        y=country["latitude"].to_list(),
        mode="markers",
        marker={"size": size, "color": GREY, "opacity": 0.35},
        hoverinfo="skip",
        **axes,
    )


def _cropped(country: pl.DataFrame, ranges: dict[str, list[float]]) -> pl.DataFrame:
    """The communes within the map and beside it: its sides stretch to the shape of the figure."""
    (west, east), (south, north) = ranges["x"], ranges["y"]
    margin = 0.7 * max(east - west, north - south)
    return country.filter(
        pl.col("longitude").is_between(west - margin, east + margin)
        & pl.col("latitude").is_between(south - margin, north + margin)
    )


def _thinned(country: pl.DataFrame) -> pl.DataFrame:
    """One commune every fifth of a degree: enough for a small picture."""
    fifths = (pl.col("longitude", "latitude") * 5).round() / 5
    return country.with_columns(fifths).unique(["longitude", "latitude"], maintain_order=True)


def _ranges(units: pl.DataFrame) -> dict[str, list[float]]:
    return {"x": _span(units["longitude"].to_list()), "y": _span(units["latitude"].to_list())}


def _span(values: Sequence[float]) -> list[float]:
    low, high = (min(values), max(values)) if values else (104.0, 108.0)
    margin = max(0.14 * (high - low), 0.06)
    return [low - margin, high + margin]


def _ratio(ranges: dict[str, list[float]]) -> float:
    """How much longer a degree of latitude is than one of longitude there."""
    return 1 / math.cos(math.radians(sum(ranges["y"]) / 2))


def _lay_out_axes(
    figure: Drawing, ranges: dict[str, list[float]], words: Words, nation: bool, place: tuple[float, float]
) -> None:
    """The graticule in degrees, over a share of the width; a degree of longitude is drawn as short as it is there."""
    look = {"showgrid": True, "gridcolor": "rgba(127, 127, 127, 0.22)", "zeroline": False, "nticks": 7}
    right, ratio = place
    figure.update_layout(
        xaxis={**look, "range": ranges["x"], "domain": [0, right], "ticksuffix": words("drilldown.east")},
        yaxis={
            **look,
            "range": ranges["y"],
            "ticksuffix": words("drilldown.north"),
            "scaleanchor": "x",
            "scaleratio": ratio,
        },
    )
    if nation:
        return
    small = {"showgrid": False, "zeroline": False, "showticklabels": False, "showline": True, "mirror": True}
    line = {"linecolor": GREY, "linewidth": 1, "constrain": "domain"}
    figure.update_layout(
        xaxis2={**small, **line, "range": _COUNTRY["x"], "domain": [0.79, 1], "anchor": "y2"},
        yaxis2={
            **small,
            **line,
            "range": _COUNTRY["y"],
            "domain": [0.5, 1],
            "anchor": "x2",
            "scaleanchor": "x2",
            "scaleratio": 1.04,
        },
    )


def _name_archipelagos(figure: Drawing, country: pl.DataFrame, words: Words, nation: bool) -> None:
    axes = _MAIN if nation else _INSET
    for row in country.filter(pl.col("unit_code").is_in(ARCHIPELAGOS)).iter_rows(named=True):
        full = words(
            "drilldown.archipelago", name=as_written(row["short_name"]), province=as_written(row["parent_name"])
        )
        figure.add_annotation(
            x=row["longitude"] if nation else _COUNTRY["x"][1] - 0.2,
            y=row["latitude"],
            xanchor="center" if nation else "right",
            xref=axes["xaxis"],
            yref=axes["yaxis"],
            text=full.replace(" (", "<br>(") if nation else as_written(row["short_name"]),
            showarrow=False,
            yshift=30 if nation else 10,
            font={"size": 13 if nation else 9, "color": GREY},
        )
        figure.add_trace(_islands(row, axes, full))


def _islands(row: dict[str, Any], axes: Axes, name: str) -> Trace:
    """A few dots, as an archipelago is written on small maps."""
    step = 0.28
    return dict(
        type="scatter",
        x=[row["longitude"] + step * east for east in (0, 1, -1, 0.4, -0.5)],
        y=[row["latitude"] + step * north for north in (0, 0.5, -0.4, -1, 0.9)],
        mode="markers",
        marker={"size": 5 if axes is _MAIN else 2.5, "color": GREY},
        hovertext=name,
        hovertemplate="%{hovertext}<extra></extra>",
        **axes,
    )


def _mark_place(figure: Drawing, near: pl.DataFrame) -> None:
    """A frame in the inset around what the map shows, never too small to be seen."""
    ranges = _ranges(near)
    (x0, x1), (y0, y1) = (_at_least(ranges[axis], 0.6) for axis in ("x", "y"))
    figure.add_shape(type="rect", x0=x0, x1=x1, y0=y0, y1=y1, xref="x2", yref="y2", line={"color": BLUE, "width": 2})


def _at_least(ends: list[float], size: float) -> tuple[float, float]:
    middle, half = sum(ends) / 2, max((ends[1] - ends[0]) / 2, size / 2)
    return middle - half, middle + half
