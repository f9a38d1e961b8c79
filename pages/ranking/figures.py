"""The ranking's figures: each unit's rate with its interval, and the funnel of rates against their denominators."""

from collections.abc import Iterator, Sequence
from math import floor, log10
from typing import Any, NamedTuple

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.marks import add_ring
from pages.kit.remarks import DISPUTED
from pages.kit.theme import BLUE, GREEN, GREY, RED, as_written, styled
from pages.kit.words import Words
from pages.ranking.names import name_units

_ROW_HEIGHT = 24
_FUNNEL_HEIGHT = 560
_EDGE = 0.06  # of the range, so that a mark at 100 % and its name above it are seen whole; no tick stands there
_LEAST_RATIO = 4.0  # of the ends of the axis of denominators
_SIDE = 0.05  # of the range of denominators, on both sides of the curves
# Colour and shape say the same: a triangle points to where the unit stands; hollow is an estimate.
_LOOKS = {
    "far_above": (GREEN, "star-triangle-up", 12),
    "above": (GREEN, "triangle-up", 10),
    "within": (BLUE, "circle", 8),
    "below": (RED, "triangle-down", 10),
    "far_below": (RED, "star-triangle-down", 12),
    "unknown": (GREY, "square", 8),
}
_SWAPPED = {"far_above": RED, "above": RED, "below": GREEN, "far_below": GREEN}


class Line(NamedTuple):
    """A value of all units that single ones are set against, with its name and the dash it is drawn in."""

    value: float
    name: str
    dash: str


def ranking_figure(
    frame: pl.DataFrame, words: Words, title: str, lines: Sequence[Line] = (), focus: str | None = None
) -> Drawing:
    """Dots with their intervals in the order of the frame, the first on top; a click on a dot gives its unit."""
    figure = Drawing()
    rows = frame.with_row_index("position")
    for value, name, dash in lines:
        figure.add_scatter(
            x=[value, value],
            y=[-0.6, frame.height - 0.4],
            mode="lines",
            line={"color": GREY, "dash": dash, "width": 1.5},
            name=f"{as_written(name)} {words.numbers.percent(value)}",
            hoverinfo="name",
        )
    disputed = rows.filter(pl.col("disputed"))
    add_ring(figure, disputed["percent"].to_list(), disputed["position"].to_list(), words("ranking.disputed_mark"))
    for standing, part in _by_standing(rows):
        figure.add_scatter(
            x=part["percent"].to_list(),
            y=part["position"].to_list(),
            error_x=_intervals(part),
            **_points(standing, part, words),
        )
    names = [_tick(row, words, focus) for row in frame.iter_rows(named=True)]
    figure.update_xaxes(title={"text": title}, ticksuffix=" %")
    figure.update_yaxes(
        tickvals=list(range(frame.height)), ticktext=names, range=[frame.height - 0.4, -0.6], showgrid=False
    )
    return styled(figure, words, height=150 + _ROW_HEIGHT * frame.height)


def funnel_figure(
    frame: pl.DataFrame,
    curves: pl.DataFrame,
    words: Words,
    titles: tuple[str, str],
    pooled: Line,
    marked: Sequence[str],
) -> tuple[Drawing, int]:
    """Rates against denominators (a log axis) with the control limits about the pooled rate.

    `titles` are those of the two axes. The marked units are named, then those beyond a limit, the farthest out first,
    of which the number is returned; a click on a point gives its unit.
    """
    figure = Drawing()
    _curves(figure, curves, words, pooled)
    disputed = frame.filter(pl.col("disputed")).select(pl.col("denominator").cast(pl.Float64), "percent")
    add_ring(figure, disputed["denominator"].to_list(), disputed["percent"].to_list(), words("ranking.disputed_mark"))
    for standing, part in _by_standing(frame):
        figure.add_scatter(
            x=part["denominator"].cast(pl.Float64).to_list(),
            y=part["percent"].to_list(),
            **_points(standing, part, words),
        )
    smallest, largest = ends(pl.concat(part["denominator"].cast(pl.Float64) for part in (frame, curves)))
    across, up = _logarithms(smallest, largest), _window(frame)
    named = name_units(figure, frame, curves, pooled.value, marked, (across, up))
    ticks = _ticks(smallest, largest)
    figure.update_xaxes(
        title={"text": titles[0]},
        type="log",
        range=across,
        tickvals=ticks,
        ticktext=[words.numbers.number(tick, max(0, -floor(log10(tick)))) for tick in ticks],
    )
    figure.update_yaxes(title={"text": titles[1]}, ticksuffix=" %", range=up)
    return styled(figure, words, height=_FUNNEL_HEIGHT), named


def ends(denominators: pl.Series) -> tuple[float, float]:
    """The smallest and the largest, set apart about their middle where they are all alike, so that curves are seen."""
    smallest, largest = _smallest(denominators), _largest(denominators)
    wider = max(1.0, (_LEAST_RATIO * smallest / largest) ** 0.5)
    return smallest / wider, largest * wider


def _curves(figure: Drawing, curves: pl.DataFrame, words: Words, pooled: Line) -> None:
    """The limits on both sides, each pair under one name, and the pooled rate between them."""
    for share, dash in (("998", "solid"), ("95", "dash")):
        for side in ("high", "low"):
            figure.add_scatter(
                x=curves["denominator"].to_list(),
                y=curves[f"{side}_{share}"].to_list(),
                mode="lines",
                line={"color": GREY, "dash": dash, "width": 1.2},
                name=words(f"ranking.limits_{share}"),
                legendgroup=share,
                showlegend=side == "high",
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=[curves["denominator"].min(), curves["denominator"].max()],
        y=[pooled.value, pooled.value],
        mode="lines",
        line={"color": GREY, "dash": pooled.dash, "width": 1.2},
        name=f"{pooled.name} {words.numbers.percent(pooled.value)}",
        hoverinfo="skip",
    )


def _by_standing(frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for standing in _LOOKS:
        part = frame.filter(pl.col("standing").cast(pl.String) == standing)
        if part.height:
            yield standing, part


def _points(standing: str, part: pl.DataFrame, words: Words) -> dict[str, Any]:
    colour, symbol, size = _LOOKS[standing]
    if part["direction"][0] == "down":
        colour = _SWAPPED.get(standing, colour)
    hollow = part["basis"] == "estimated"
    return {
        "mode": "markers",
        "marker": {
            "color": colour,
            "size": size,
            "symbol": [f"{symbol}-open" if estimated else symbol for estimated in hollow],
        },
        "name": words(f"standing.{standing}"),
        "customdata": part["unit_code"].to_list(),
        "text": [_hover(row, words) for row in part.iter_rows(named=True)],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _intervals(part: pl.DataFrame) -> dict[str, Any] | None:
    """The bars of the intervals; a rate above 100 % lies beyond its own, which then has no length on that side."""
    if part["low"].is_null().all():
        return None
    above, below = part["high"] - part["percent"], part["percent"] - part["low"]
    return {
        "type": "data",
        "symmetric": False,
        "array": above.clip(0).to_list(),
        "arrayminus": below.to_list(),
        "color": GREY,
        "thickness": 1.5,
        "width": 3,
    }


def _tick(row: dict[str, Any], words: Words, focus: str | None) -> str:
    number = words.numbers.number
    best, worst = row["rank_best"], row["rank_worst"]
    open_ranks = number(row["rank"]) if best is None else f"{number(best)}–{number(worst)}"
    text = f"{as_written(row['name'])}{DISPUTED if row['disputed'] else ''} · {open_ranks}"
    return f"<b>▶ {text}</b>" if row["unit_code"] == focus else text


def _smallest(values: pl.Series) -> float:
    return float(values.min())  # type: ignore[arg-type]


def _largest(values: pl.Series) -> float:
    return float(values.max())  # type: ignore[arg-type]


def _ticks(smallest: float, largest: float) -> list[float]:
    """1, 2, 5, 10, 20, 50 … between two denominators."""
    first, last = floor(log10(smallest)), floor(log10(largest))
    steps = [step * 10.0**power for power in range(first, last + 1) for step in (1, 2, 5)]
    return [step for step in steps if smallest <= step <= largest]


def _logarithms(smallest: float, largest: float) -> tuple[float, float]:
    """The range of an axis from one denominator to another, with room for the points at both ends."""
    low, high = log10(smallest), log10(largest)
    return low - _SIDE * (high - low), high + _SIDE * (high - low)


def _window(frame: pl.DataFrame) -> tuple[float, float]:
    """The part of the percentages that the units take up, with some room: the limits of small units go far beyond."""
    low, high = _smallest(frame["percent"]), _largest(frame["percent"])
    room = max(0.12 * (high - low), 0.1)
    top = high + room if high > 100 else min(high + room, 100 + _EDGE * (high - low + room))
    return max(low - room, -1), top


def _hover(row: dict[str, Any], words: Words) -> str:
    numbers = words.numbers
    lines = [f"<b>{as_written(row['name'])}</b>", numbers.percent(row["percent"])]
    if row["low"] is not None:
        lines[1] += f" ({numbers.number(row['low'], 2)} – {numbers.percent(row['high'])})"
    lines.append(f"{numbers.number(row['numerator'])} / {numbers.number(row['denominator'])}")
    if row["rank"] is None:
        lines.append(words("remark.exceeding"))
    else:
        lines.append(words("ranking.plain_rank", rank=numbers.number(row["rank"])))
    if row["rank_best"] is not None:
        lines.append(_open_ranks(row, words))
    if row["disputed"]:
        lines.append(words("remark.disputed"))
    if row["basis"] == "estimated":
        lines.append(words("remark.estimated"))
    return "<br>".join(lines)


def _open_ranks(row: dict[str, Any], words: Words) -> str:
    best, worst = (words.numbers.number(row[name]) for name in ("rank_best", "rank_worst"))
    return words("ranking.open_ranks", best=best, worst=worst)
