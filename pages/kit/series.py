"""A unit's figures over time as a line, and what is said at a point: shared by every figure that has such lines."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.theme import DASHES, GREY, MARKERS, SERIES, as_written
from pages.kit.words import Words

MAP_CHANGE = date(2025, 7, 1)
_MOST_TICKS = 12
LEAST_POINTS = 10.0  # percentage points that an axis spans at least, so that a tiny change looks tiny
_ZOOMED_POINTS = 0.5
_ROOM = 0.06  # of the figures' range, above and below them
_JOINT = "~"


def add_line(
    figure: Drawing, points: pl.DataFrame, words: Words, look: int, decimals: int | None, **place: Any
) -> None:
    """A line over the windows' last days, gaps left open; `decimals` is null for a rate, `look` numbers the line.

    What is estimated has hollow markers and is reached by a dashed line, under the same name in the legend.
    """
    style = look % len(SERIES)
    colour, symbol = SERIES[style], MARKERS[style]
    days, values = points["window_end"].to_list(), points["value"].to_list()
    guessed = [basis == "estimated" for basis in points["basis"]]
    shared = {
        "x": days,
        "name": as_written(points["name"][0]),
        "legendgroup": points["unit_code"][0],
        "connectgaps": False,
        "cliponaxis": False,  # a point at 100 % lies on the edge
        "customdata": [point_code(points["unit_code"][0], period) for period in points["period"]],
        "text": [hover(row, words, decimals) for row in points.iter_rows(named=True)],
        "hovertemplate": "%{text}<extra></extra>",
        **place,
    }
    figure.add_scatter(
        y=[None if guess else value for guess, value in zip(guessed, values, strict=True)],
        mode="lines+markers",
        line={"color": colour, "dash": DASHES[style], "width": 2.5},
        marker={"symbol": symbol, "size": 9},
        **shared,
    )
    if any(guessed):
        near = [guess or any(guessed[max(0, at - 1) : at + 2]) for at, guess in enumerate(guessed)]
        figure.add_scatter(
            y=[value if close else None for close, value in zip(near, values, strict=True)],
            mode="lines+markers",
            line={"color": colour, "dash": "dot", "width": 1.5},
            marker={"symbol": f"{symbol}-open", "size": [10 if guess else 0 for guess in guessed]},
            **{**shared, "showlegend": False},
        )


def point_code(unit: str, period: str) -> str:
    """What a point or cell of a figure stands for, as a click gives it back."""
    return f"{unit}{_JOINT}{period}"


def point_of(clicked: str) -> tuple[str, str]:
    """The unit and the period of a `point_code`."""
    unit, _, period = clicked.partition(_JOINT)
    return unit, period


def percent_range(values: Iterable[float | None], zoomed: bool = False) -> tuple[float, float] | None:
    """The part of a percentage axis that holds the figures; null where there is none.

    At least ten points wide, or as narrow as the figures when `zoomed`; never above 100 or below 0 where they are not.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    room = _ROOM * (high - low)
    wide = max(high - low + 2 * room, _ZOOMED_POINTS if zoomed else LEAST_POINTS)
    top = (low + high + wide) / 2
    if high <= 100:
        top = min(top, 100.0)
    bottom = top - wide
    if low >= 0 and bottom < 0:
        bottom, top = 0.0, min(max(wide, high + room), max(high, 100.0))
    return bottom, top


def hover(row: Mapping[str, Any], words: Words, decimals: int | None) -> str:
    """What stands at a point: the figure and its parts, whose it is, the window it really has, and its source."""
    numbers = words.numbers
    lines = [
        f"<b>{as_written(row['name'])}</b>",
        f"{words.period(str(row['period']))}: <b>{value_text(row, words, decimals)}</b>",
    ]
    if row["denominator"] is not None:
        lines.append(f"{numbers.number(row['numerator'])} / {numbers.number(row['denominator'])}")
    lines.append(whose(row, words))
    lines.extend(window_of(row, words))
    if row.get("remark"):
        lines.append(str(row["remark"]))
    if row["file_name"]:
        lines.append(words("figure.source", file=as_written(row["file_name"])))
    return "<br>".join(lines)


def value_text(row: Mapping[str, Any], words: Words, decimals: int | None) -> str:
    """The figure as it is written: a percentage where `decimals` is null."""
    return words.numbers.percent(row["value"]) if decimals is None else words.numbers.number(row["value"], decimals)


def whose(row: Mapping[str, Any], words: Words) -> str:
    """How many units stand behind a figure and what was done with them."""
    numbers = words.numbers
    if row["basis"] in ("union", "estimated"):
        return words(f"carried.{row['basis']}", units=numbers.number(row["units"]))
    behind = words("figure.with_figures", units=numbers.number(row["units"]), expected=numbers.number(row["expected"]))
    return f"{behind}; {words('carried.difference')}" if row["basis"] == "difference" else behind


def window_of(row: Mapping[str, Any], words: Words) -> list[str]:
    """The stated start, the day to which figures run or that of signing, and whether much of the period is missing."""
    lines = []
    if row["window_start"]:
        lines.append(words("figure.from", date=words.date(row["window_start"])))
    if end := row["as_of"] or row["stated_end"]:
        lines.append(words("figure.as_of", date=words.date(end)))
    elif row["signed_on"]:
        lines.append(words("figure.signed_on", date=words.date(row["signed_on"])))
    if row["short"]:
        short, reports = words.numbers.number(row["short"]), words.numbers.number(row["reports"])
        lines.append(words("figure.short", short=short, reports=reports))
    return lines


def add_periods(figure: Drawing, frame: pl.DataFrame, words: Words, most: int = _MOST_TICKS) -> None:
    """The periods as the ticks of every time axis, as many as there is room for, the last one always."""
    ends = dict(zip(frame["period"].to_list(), frame["window_end"].to_list(), strict=True))
    ticks = sorted(ends, key=lambda code: ends[code])
    last = len(ticks) - 1
    step = max(1, -(-last // max(most - 1, 1)))
    at = list(range(last, -1, -step))[::-1]
    shown = [ticks[place] for place in ([0, *at] if at and at[0] > step / 2 else at)]
    figure.update_xaxes(
        tickvals=[ends[code] for code in shown],
        ticktext=[words.period(code) for code in shown],
        showgrid=False,
    )


def mark_map_change(figure: Drawing, frame: pl.DataFrame, words: Words, named: bool = True) -> None:
    """A line at 01/07/2025 wherever the axis passes it, `named` where there is room for its words."""
    days = frame["window_end"]
    if days.is_empty() or not days.min() <= MAP_CHANGE <= days.max():  # type: ignore[operator]
        return
    line = {"color": GREY, "dash": "dash"}
    figure.add_shape(type="line", x0=MAP_CHANGE, x1=MAP_CHANGE, y0=0, y1=1, yref="paper", line=line)
    if not named:
        return
    figure.add_annotation(
        x=MAP_CHANGE,
        y=0,  # figures crowd near 100 %
        yref="paper",
        text=words("figure.map_change"),
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"color": GREY, "size": 12},
    )
