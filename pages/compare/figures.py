"""The heatmap of units by periods: a frame of `side_by_side` for one measure, with `disputed`, in, a drawing out."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap
from typing import Any

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.remarks import contradictions
from pages.kit.series import hover, point_code, value_text
from pages.kit.theme import GREY, as_written, styled
from pages.kit.words import Words

# Steps of one blue from light to dark, told apart by every reader and in print, each with a text that stands out on it.
STEPS = ("#e3eef8", "#b8d4ec", "#84b3dc", "#3f83bf", "#0b5394")
_DARK_TEXT, _LIGHT_TEXT = "#10202e", "#ffffff"
_FIRST_DARK_STEP = 3
_PAPER = "rgba(128, 140, 152, 0.06)"
_HATCHES = {"fgcolor": GREY, "bgcolor": _PAPER, "size": 8, "solidity": 0.2}
_ROW_PIXELS, _LEGEND_PIXELS = 38, 36
_CLOSE, _MOST_PLACES = 2.0, 9  # between the lowest and the highest rate, which are then written finer; decimals
_SIGN = "\u00a0%"
_MOST_SIGNS = 14  # periods; in cells of more there is no room for the sign of per cent, which the legend has
_WIDEST_LINE = 8  # letters of a reason in a cell
MOST_AT_A_GLANCE = 6  # periods for which a phone has room; beyond, the page lets the figure scroll


def heatmap_figure(rows: pl.DataFrame, names: Mapping[str, str], words: Words, decimals: int | None) -> Drawing:
    """A cell for every unit and period: its figure written on one of five steps of colour.

    A missing figure is no colour but a hatched cell with its reason; an estimate has a frame and a ≈, a contradicted
    figure a ⚠.
    """
    periods = rows.select("period", "window_end").unique(maintain_order=True).sort("window_end")["period"].to_list()
    cells = [row for row in rows.iter_rows(named=True) if row["unit_code"] in names]
    order = list(names)
    figure = Drawing()
    for filled in (True, False):
        shown = [row for row in cells if (row["value"] is not None) == filled]
        _add_cells(figure, shown, list(names), periods, words, decimals, filled)
    _add_steps(
        figure, [_written(row["value"], words, decimals) for row in cells if row["value"] is not None], words, decimals
    )
    figure.update_xaxes(
        tickvals=list(range(len(periods))),
        ticktext=[words.period(period) for period in periods],
        side="top",
        range=[-0.5, len(periods) - 0.5],
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[as_written(name) for name in names.values()],
        range=[len(order) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    styled(figure, words, height=90 + _LEGEND_PIXELS + _ROW_PIXELS * len(order))
    legend = {"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "itemclick": False, "itemdoubleclick": False}
    return figure.update_layout(barmode="overlay", bargap=0, legend=legend)


def _add_steps(figure: Drawing, known: list[float], words: Words, decimals: int | None) -> None:
    """What each step of colour stands for, in the legend."""
    for colour, name in zip(*_steps(known, words, decimals), strict=True):
        marker = {"color": colour, "symbol": "square", "size": 15, "line": {"color": GREY, "width": 0.5}}
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=name, hoverinfo="skip")


def _steps(known: list[float], words: Words, decimals: int | None) -> tuple[list[str], list[str]]:
    """The colours in use and the figures that each is for."""
    if not known:
        return [], []
    low, high = min(known), max(known)
    if low == high:
        only = words.numbers.percent(low) if decimals is None else words.numbers.number(low, decimals)
        return [STEPS[len(STEPS) // 2]], [only]
    if decimals is None:
        return list(STEPS), _steps_of_rates(low, high, words)
    return _steps_of_counts(low, high, words, decimals)


def _steps_of_rates(low: float, high: float, words: Words) -> list[str]:
    """From one end of a step to the next, with as many decimals as tell the ends apart."""
    ends = [low + (high - low) * step / len(STEPS) for step in range(len(STEPS))] + [high]
    fewest = 1 + (high - low < _CLOSE)
    for places in range(fewest, _MOST_PLACES + 1):
        spoken = [words.numbers.percent(end, places) for end in ends]
        if len(set(spoken)) == len(spoken):
            break
    return [f"{first.removesuffix(_SIGN)}–{last}" for first, last in pairwise(spoken)]


def _steps_of_counts(low: float, high: float, words: Words, decimals: int) -> tuple[list[str], list[str]]:
    """The numbers that a step holds, of those that can be written; a step that holds none is not in use."""
    first, last = (int(words.numbers.rounded(end, decimals).scaleb(decimals)) for end in (low, high))
    starts = [first - (first - last) * step // len(STEPS) for step in range(len(STEPS))] + [last + 1]
    steps = {
        colour: [words.numbers.number(Decimal(end).scaleb(-decimals), decimals) for end in (start, after - 1)]
        for colour, (start, after) in zip(STEPS, pairwise(starts), strict=True)
        if start < after
    }
    return list(steps), ["–".join(dict.fromkeys(ends)) for ends in steps.values()]


def _written(value: float, words: Words, decimals: int | None) -> float:
    """The figure that colours a cell: a count as it is written there, a rate as it is."""
    return value if decimals is None else float(words.numbers.rounded(value, decimals))


def _add_cells(
    figure: Drawing,
    rows: list[dict[str, Any]],
    units: list[str],
    periods: list[str],
    words: Words,
    decimals: int | None,
    filled: bool,
) -> None:
    """The cells with a figure, or those without, as bars of one period's width."""
    known = [_written(row["value"], words, decimals) for row in rows if filled]
    looks = [_look(row, known[at] if filled else None, known) for at, row in enumerate(rows)]
    figure.add_bar(
        orientation="h",
        y=[units.index(row["unit_code"]) for row in rows],
        base=[periods.index(row["period"]) - 0.48 for row in rows],
        x=[0.96] * len(rows),
        width=0.9,
        marker={
            "color": [look["colour"] for look in looks],
            "line": {"width": [look["frame"] for look in looks], "color": GREY},
            "pattern": {**_HATCHES, "shape": "" if filled else "/"},
        },
        text=[_text(row, words, decimals, len(periods) <= _MOST_SIGNS) for row in rows],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": [look["text"] for look in looks], "size": 11 if filled else 10},
        customdata=[point_code(row["unit_code"], row["period"]) for row in rows],
        hovertext=[_hover(row, words, decimals) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def _look(row: Mapping[str, Any], value: float | None, known: list[float]) -> dict[str, Any]:
    if value is None:
        return {"colour": _PAPER, "text": GREY, "frame": 0.5}
    low, high = min(known), max(known)
    share = (value - low) / (high - low) if high > low else 0.5
    step = min(int(share * len(STEPS)), len(STEPS) - 1)
    text = _LIGHT_TEXT if step >= _FIRST_DARK_STEP else _DARK_TEXT
    return {"colour": STEPS[step], "text": text, "frame": 2 if row["basis"] == "estimated" else 0}


def _text(row: Mapping[str, Any], words: Words, decimals: int | None, signs: bool) -> str:
    if row["value"] is None:
        return "<br>".join(wrap(words(f"gap.{row['problem']}"), _WIDEST_LINE, break_long_words=False))
    mark = ("⚠ " if row["disputed"] else "") + ("≈ " if row["basis"] == "estimated" else "")
    written = words.numbers.percent(row["value"], 1) if decimals is None else value_text(row, words, decimals)
    return f"{mark}{written}" if signs else f"{mark}{written}".replace(_SIGN, "")


def _hover(row: Mapping[str, Any], words: Words, decimals: int | None) -> str:
    if row["value"] is not None:
        return "<br>".join([hover(row, words, decimals), *contradictions(row, words, own=row["expected"] == 1)])
    reason = words(f"why.{row['problem']}")
    return f"<b>{as_written(row['name'])}</b><br>{words.period(str(row['period']))}: {reason}"
