"""The tiles: a headline rate or a volume with its change, parts, target, coverage and course, and the way on."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.words import plain
from warehouse.answers import Subject, sums, trends
from warehouse.model import NATION
from warehouse.periods import parse_period

TILE_WIDTH = 225
_NO_CHANGE = 0.005
_VOLUMES = ("dossiers_received", "dossiers_resolved")
_FEWEST_POINTS = 3


def rate_tile(context: Context, rate: str, found: pl.DataFrame, expected: int) -> None:
    """One rate under its widest definition: value, change on the year before, parts, target, coverage."""
    words = context.words
    with st.container(border=True, width=TILE_WIDTH, height="stretch"):
        if found.is_empty():
            _empty_tile(context, words(f"tile.{rate}"))
            return
        row = found.row(0, named=True)
        names = context.rate_names()[rate, row["definition"]]
        st.metric(
            words(f"tile.{rate}"),
            words.numbers.percent(row["percent"]),
            help=f"{context.rate_name(rate)}. {words.named(names)}: {words.named(names, 'note')}",
            **_change(context, row["percent"], row["percent_before"]),
            **_course(context, Subject(rate, row["definition"])),
        )
        st.caption("  \n".join(_tile_lines(context, row, expected)))
        subject = {"rate": rate, "definition": row["definition"]}
        lead_on(context, "ranking", **subject)
        lead_on(context, "trends", what=f"rate:{rate}", definition=row["definition"])


def _empty_tile(context: Context, name: str) -> None:
    words = context.words
    st.metric(name, words.numbers.missing)
    st.caption(words("overview.no_figure_help"))


def _change(context: Context, now: float, before: float | None) -> dict[str, Any]:
    """The change as words: Streamlit's own reading of signs does not know the minus sign."""
    words = context.words
    if before is None:
        return {}
    change = now - before
    arrow = "off" if abs(change) < _NO_CHANGE else "up" if change > 0 else "down"
    color = {"off": "off", "up": "green", "down": "red"}[arrow]
    return {
        "delta": words("overview.points", value=words.numbers.points(change)),
        "delta_arrow": arrow,
        "delta_color": color,
    }


def _tile_lines(context: Context, row: dict[str, Any], expected: int) -> list[str]:
    words, numbers = context.words, context.words.numbers
    lines = [
        words(
            "overview.parts",
            numerator=numbers.number(row["numerator"]),
            denominator=numbers.number(row["denominator"]),
        ),
        _before_line(context, numbers.percent(row["percent_before"]), row),
        _coverage(context, row["units"], expected),
        *_estimates(context, row["estimated"], row["estimated_before"]),
    ]
    if row["target"] is not None:
        key = "overview.target_met" if row["percent"] >= row["target"] else "overview.target_missed"
        source = plain(words.named(row, "target_source"))
        lines.append(words(key, value=numbers.percent(row["target"], 0), source=source))
    return lines


def _coverage(context: Context, units: int, expected: int) -> str:
    numbers = context.words.numbers
    return context.words("overview.coverage", units=numbers.number(units), expected=numbers.number(expected))


def _estimates(context: Context, now: bool, before: bool) -> list[str]:
    """That shares of split units are part of the figure, or of the one a year before."""
    keys = [("overview.estimated", now), ("overview.estimated_before", before)]
    return [f"◇ {context.words(key)}" for key, applies in keys if applies]


def _before_line(context: Context, value: str, row: dict[str, Any]) -> str:
    """What stood a year before, and how many units it covered when that differs."""
    words = context.words
    if not row["units_before"]:
        return words("overview.no_year_before")
    if row["units_before"] == row["units"]:
        return words("overview.year_before", value=value)
    return words("overview.year_before_units", value=value, units=row["units_before"])


def volume_tile(context: Context, expected: int) -> None:
    """How many dossiers: received where the forms ask for it, else resolved."""
    words, selection = context.words, context.selection
    for indicator in _VOLUMES:
        found = context.ask(sums.volume, selection.scope, indicator)
        values = {row["now"]: row for row in found.iter_rows(named=True)}
        if True in values:
            break
    with st.container(border=True, width=TILE_WIDTH, height="stretch"):
        name = words(f"tile.{indicator}")
        if True not in values:
            _empty_tile(context, name)
            return
        now, before = values[True], values.get(False)
        course = _course(context, Subject(indicator=indicator))
        st.metric(name, words.numbers.number(now["value"]), **_growth(context, now, before), **course)
        value = words.numbers.number(before["value"]) if before else ""
        row = {"units": now["units"], "units_before": before["units"] if before else None}
        estimates = _estimates(context, now["estimated"], bool(before and before["estimated"]))
        lines = [_before_line(context, value, row), _coverage(context, now["units"], expected), *estimates]
        st.caption("  \n".join(lines))
        lead_on(context, "trends", what=f"indicator:{indicator}")


def _growth(context: Context, now: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """The growth in per cent; more dossiers are neither good nor bad."""
    if not before or not before["value"]:
        return {}
    change = 100 * (float(now["value"]) / float(before["value"]) - 1)
    return {
        "delta": f"{context.words.numbers.points(change, 1)} %",
        "delta_arrow": "up" if change > 0 else "down",
        "delta_color": "off",
    }


def _course(context: Context, subject: Subject) -> dict[str, Any]:
    """The same span over the years up to this period, as a small line; none for fewer than three figures."""
    selection = context.selection
    span = parse_period(selection.period).span
    units = (selection.unit,)
    if selection.unit == NATION:
        return {}
    frame = context.ask(trends.trend, selection.scope, units, subject, (span,))
    values = frame.filter(pl.col("period") <= selection.period)["value"].drop_nulls().to_list()
    return {"chart_data": values, "chart_type": "line"} if len(values) >= _FEWEST_POINTS else {}
