"""How a rate is coloured: orange below the rate of the whole, blue above it, told apart by colour-blind readers.

The middle is the ratio of sums over the units that have a figure; the ends are where nine tenths of the units lie, so
that one unit far away does not wash out the others. Both themes use the same colours, on which dark text is readable.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.kit.remarks import WHOLE
from pages.kit.theme import GREY
from pages.kit.words import Words

COLOURS = ((0.0, "#e08214"), (0.5, "#f3efe6"), (1.0, "#4aa3d8"))
INK = "#16202a"
ESTIMATED_PATTERN = "/"
_APART = 0.5  # of half the scale, for two labels beside each other
_LEAST_HALF = 0.05  # percentage points: below that all are alike


@dataclass(frozen=True)
class Scale:
    """The rate of the whole, the rates at the ends of the scale, and the lowest and highest rate there are."""

    middle: float
    half: float
    lowest: float
    highest: float


def scale_of(frame: pl.DataFrame, below: pl.Series | None = None) -> Scale | None:
    """The scale for the units of a frame with numerator, denominator and percent; null when none has a figure.

    `below` are the rates of units in these that are coloured too: of a tier of one unit alone all would be at the ends.
    """
    drawn = frame.filter(pl.col("percent").is_not_null())
    if drawn.is_empty():
        return None
    parts = drawn.select(pl.col("numerator", "denominator").cast(pl.Float64).sum()).row(0)
    middle = 100 * parts[0] / parts[1]
    percents = pl.concat([drawn["percent"], *([] if below is None else [below])])
    half = float((percents - middle).abs().quantile(0.9, "linear") or 0.0)
    return Scale(middle, max(half, _LEAST_HALF), min(percents.to_list()), max(percents.to_list()))


def colour_of(scale: Scale, percent: float) -> str:
    """The colour of a rate, for figures that cannot take it from the axis; as the axis has it."""
    position = min(max((percent - scale.middle) / scale.half, -1.0), 1.0)
    middle, end = _channels(COLOURS[1][1]), _channels(COLOURS[2 if position > 0 else 0][1])
    mixed = (round(a + (b - a) * abs(position)) for a, b in zip(middle, end, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def colour_axis(scale: Scale, words: Words, title: str) -> dict[str, Any]:
    """Plotly's colour axis with the three rates that matter written beside it."""
    ends = (scale.middle - scale.half, scale.middle + scale.half)
    marks = [
        (ends[0], f"≤ {words.numbers.percent(ends[0])}" if scale.lowest < ends[0] else words.numbers.percent(ends[0])),
        (scale.middle, words("drilldown.overall", value=words.numbers.percent(scale.middle))),
        (ends[1], f"≥ {words.numbers.percent(ends[1])}" if scale.highest > ends[1] else words.numbers.percent(ends[1])),
    ]
    if scale.highest <= WHOLE < ends[1]:  # nothing lies beyond, and no rate of this kind can
        marks[-1:] = [(WHOLE, words.numbers.percent(WHOLE))] if WHOLE - scale.middle > _APART * scale.half else []
    return {
        "colorscale": [list(stop) for stop in COLOURS],
        "cmin": ends[0],
        "cmax": ends[1],
        "colorbar": {
            "orientation": "h",
            "x": 0.0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "len": 0.72,
            "thickness": 12,
            "outlinecolor": GREY,
            "outlinewidth": 1,
            "tickvals": [value for value, _ in marks],
            "ticktext": [text for _, text in marks],
            "tickfont": {"color": GREY, "size": 12},
            "title": {"text": title, "side": "top", "font": {"color": GREY, "size": 13}},
        },
    }
