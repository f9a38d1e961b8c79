"""The names in the funnel plot: the marked units, then those beyond a limit, as many as find room."""

from collections.abc import Sequence
from math import log10

import numpy as np
import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.label_room import Name, Screen
from pages.kit.labels import placed, write_names
from pages.kit.theme import as_written

MOST_LABELS = 12
MOST_NARROW = 5  # the style sheet counts them
_SIZE = 12
_NARROW, _WIDE = (260.0, 340.0), (780.0, 450.0)  # pixels of the axes on a phone, below five rows of legend, and wide
_RADIUS, _REACH = 5.0, 170.0  # pixels
_CURVES = ("low_95", "high_95", "low_998", "high_998")

Range = tuple[float, float]
Places = Sequence[tuple[float, float]]


def name_units(
    figure: Drawing,
    frame: pl.DataFrame,
    curves: pl.DataFrame,
    pooled: float,
    marked: Sequence[str],
    axes: tuple[Range, Range],
) -> int:
    """Write names beside the points, on axes over logarithms of denominators and over percentages.

    The marked units first, whether there is room or not, then those beyond a limit, the farthest out first: beyond the
    outer one, then by the distance from the pooled rate in its own chance. Returns how many beyond a limit are named.
    """
    ordered = frame.with_row_index("mark").join(
        pl.DataFrame({"unit_code": marked, "at": range(len(marked))}, schema={"unit_code": pl.String, "at": pl.Int64}),
        on="unit_code", how="left", maintain_order="left",
    )  # fmt: skip
    standing, is_marked = pl.col("standing").cast(pl.String), pl.col("at").is_not_null()
    away = (pl.col("percent") - pooled).abs() * pl.col("denominator").cast(pl.Float64).sqrt()
    beyond = ordered.filter(~standing.is_in(["within", "unknown"]))
    rows = pl.concat(
        [
            ordered.filter(is_marked).sort("at"),
            beyond.filter(~is_marked).sort(standing.str.starts_with("far_"), away, descending=True),
        ]
    )
    names = [
        Name(row["mark"], as_written(row["name"]), marked=row["at"] is not None, reach=_REACH)
        for row in rows.iter_rows(named=True)
    ]
    places = _places(frame, "percent")
    lines = [place for curve in _CURVES for place in _places(curves, curve)]
    narrow, wide = (_screen(places, lines, size, axes) for size in (_NARROW, _WIDE))
    both, rest = placed(names, narrow, wide, (MOST_NARROW, MOST_LABELS), _SIZE)
    write_names(figure, places, both, rest, MOST_NARROW, _SIZE)
    return len({name.mark for name in (*both, *rest)} & set(beyond["mark"]))


def _places(frame: pl.DataFrame, percent: str) -> list[tuple[float, float]]:
    return [(log10(float(denominator)), value) for denominator, value in frame.select("denominator", percent).rows()]


def _screen(places: Places, lines: Places, size: Range, axes: tuple[Range, Range]) -> Screen:
    (left, right), (bottom, top) = axes
    points, curves = (
        (np.array(part, dtype=float).reshape(-1, 2) - (left, bottom)) / (right - left, top - bottom) * size
        for part in (places, lines)
    )
    return Screen(*size, np.column_stack((points, np.full(len(points), _RADIUS))), curves)
