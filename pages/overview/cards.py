"""The tiles: a headline rate or a volume with its change, parts, target, coverage and course, and the way on.

The number on a tile and the one of the year before lead to their sources when they are clicked.
"""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.measures import figure_at
from pages.kit.ready import Ready
from pages.kit.remarks import coverage_words, exceeding, most_of, of_few, of_most, part_words, with_doubt
from pages.kit.source import source_number
from pages.kit.windows import part_of_period
from pages.kit.words import Words, plain
from pages.overview.course import course_html
from pages.overview.year_before import why_none
from warehouse.answers import Subject, disputes, sums
from warehouse.answers.dictionary import counts_all_tiers
from warehouse.answers.sources import Figure
from warehouse.frames import rows_with
from warehouse.model import NATION
from warehouse.numbers import rounded, shown_change
from warehouse.periods import parse_period

TILE_WIDTH = 225
_ALIKE = 0.9  # of the units behind one figure, those behind another at least, and the other way round
_VOLUMES = ("dossiers_received", "dossiers_resolved")
_FEWEST_POINTS = 3


def rate_tile(context: Context, rate: str, found: pl.DataFrame, expected: int) -> Figure | None:
    """One rate under its widest definition: value, change on the year before, parts, target, coverage.

    Returns the number that has none a year before to be compared with, null where there is one.
    """
    words = context.words
    with st.container(border=True, width=TILE_WIDTH, height="stretch"):
        if found.is_empty():
            _empty_tile(context, words(f"tile.{rate}"))
            return None
        row = found.row(0, named=True)
        few, coverage = _coverage(context, row["units"], expected)
        figure = _figure(context, Subject(rate, row["definition"]))
        names = context.rate_names[rate, row["definition"]]
        _value(
            context,
            figure,
            words(f"tile.{rate}"),
            words.numbers.percent(row["percent"]),
            help=f"{context.rate_name(rate)}. {words.named(names)}: {words.named(names, 'note')}",
            few=few,
            **({} if few else _change(context, row)),
        )
        _course(context, zip(row["course_periods"], row["course"], strict=True), percent=True)
        parts = words(
            "overview.parts",
            numerator=words.numbers.number(row["numerator"]),
            denominator=words.numbers.number(row["denominator"]),
        )
        about = (rate, row["definition"], context.selection.level)
        tiers = [words("overview.all_tiers")] if counts_all_tiers(context.warehouse, *about) else []
        beyond = [f"**⚠ {words('remark.exceeding')}**"] if exceeding(row) else []
        st.caption("  \n".join((parts, *beyond, *tiers, *coverage)))
        _before(context, figure, words.numbers.percent(row["percent_before"]), row)
        estimates = _estimates(context, row["estimated"], row["estimated_before"])
        if more := [*estimates, *_target(context, row, expected, figure)]:
            st.caption("  \n".join(more))
        _disputed(context, figure)
        _part(context, figure)
        subject = {"rate": rate, "definition": row["definition"]}
        lead_on(context, "ranking", **subject)
        lead_on(context, "trends", what=f"rate:{rate}", definition=row["definition"])
    return None if row["units_before"] else figure


def volume_tile(context: Context, expected: int) -> Figure | None:
    """How many dossiers: received where the forms ask for it, else resolved; returns what `rate_tile` does."""
    words, selection = context.words, context.selection
    indicator, found = shown_volume(context)
    values = {row["period"]: row for row in found.iter_rows(named=True)}
    with st.container(border=True, width=TILE_WIDTH, height="stretch"):
        name = words(f"tile.{indicator}")
        if selection.period not in values:
            _empty_tile(context, name)
            return None
        now, before = values[selection.period], values.get(parse_period(selection.period).year_before.code)
        figure = _figure(context, Subject(indicator=indicator))
        few, coverage = _coverage(context, now["units"], expected)
        change = {} if few else growth(words, now, before)
        _value(context, figure, name, words.numbers.number(now["value"]), few=few, **change)
        _course(context, found.select("period", pl.col("value").cast(pl.Float64)).reverse().iter_rows(), percent=False)
        for said in coverage:
            st.caption(said)
        row = {"units": now["units"], "units_before": before["units"] if before else None}
        _before(context, figure, words.numbers.number(before["value"]) if before else "", row)
        if estimates := _estimates(context, now["estimated"], bool(before and before["estimated"])):
            st.caption("  \n".join(estimates))
        _disputed(context, figure)
        _part(context, figure)
        lead_on(context, "trends", what=f"indicator:{indicator}")
    return None if before else figure


def shown_volume(context: Context) -> tuple[str, pl.DataFrame]:
    """The indicator that the tile of volumes shows, and its sums by period."""
    scope = context.selection.scope
    for indicator in _VOLUMES:
        found = context.ask(sums.volume, scope, indicator)
        if scope.period in found["period"]:
            break
    return indicator, found


def _figure(context: Context, subject: Subject) -> Figure:
    """The number of the selection: its unit's own, or the sum over the units of its level."""
    selection = context.selection
    return figure_at(selection.scope, subject, selection.unit, selection.period)


def _value(context: Context, figure: Figure, name: str, value: str, few: str, **look: Any) -> None:
    """The number, large; what opens its source lies over it.

    That of a few units is no larger than how few they are, which stands where the change of others does.
    """
    key = figure.rate or figure.indicator
    if few:
        look |= {"delta": few, "delta_arrow": "off", "delta_color": "orange"}
    with st.container(key=f"tile-value-{'few-' * bool(few)}{key}", gap="small"):
        source_number(context, figure, f"tile-{key}", value)
        st.metric(name, value, **look)


def _before(context: Context, figure: Figure, value: str, row: dict[str, Any]) -> None:
    """What stood a year before, to be clicked, with the units it covered where they differ; or why there is none."""
    words = context.words
    if not row["units_before"]:
        st.caption(words("overview.not_compared", why=words(f"overview.why_{why_none(context, figure)}")))
        return
    before = replace(figure, period=parse_period(figure.period).year_before.code)
    same = row["units_before"] == row["units"]
    key = "overview.year_before" if same else "overview.year_before_units"
    units = {} if same else {"units": words.numbers.number(row["units_before"])}
    source_number(context, before, f"before-{figure.rate or figure.indicator}", words(key, value=value, **units))


def _empty_tile(context: Context, name: str) -> None:
    words = context.words
    st.metric(name, words.numbers.missing)
    st.caption(words("overview.no_figure_help", level=words(f"level.{context.selection.level}").lower()))


def _change(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    """The change as words: Streamlit's own reading of signs does not know the minus sign.

    Without arrow and colour where it may be chance alone, or other units stand behind the figure of a year before.
    """
    words = context.words
    if row["percent_before"] is None or not _alike(row["units"], row["units_before"]):
        return {}
    change = shown_change(row["percent"], row["percent_before"])
    said = words("overview.points", value=words.numbers.points(change))
    if row["units"] != row["units_before"]:
        return {"delta": words("overview.other_units", change=said), "delta_arrow": "off", "delta_color": "off"}
    sure = not row["cases"] or row["change_real"] in ("rises", "falls")
    arrow = "off" if not change or not sure else "up" if change > 0 else "down"
    colour = {"off": "off", "up": "green", "down": "red"}[arrow]
    said = with_doubt(said, row["change_real"], words) if change else said
    return {"delta": said, "delta_arrow": arrow, "delta_color": colour}


def _disputed(context: Context, figure: Figure) -> None:
    """That reports behind the figure contradict themselves there; it leads to where, or to whose reports."""
    words, selection = context.words, context.selection
    reports = _disputing(context, figure)
    if not reports:
        return
    name, own = figure.rate or figure.indicator, _is_own(context)
    summed = words("overview.disputed", count=words.numbers.number(reports))
    with st.container(key=f"disputed-{name}"):
        if own:
            source_number(context, figure, f"disputed-{name}", words("overview.disputed_own"))
        elif figure.rate and selection.boundary == "then":  # today's map may rank none of the former units
            lead_on(context, "ranking", summed, **_about(figure))
        else:
            lead_on(context, "quality", summed)
    # Paper has neither buttons nor links, and the number must not stand there bare.
    st.html(f'<p class="only-printed">{escape(words("ranking.disputed_mark") if own else summed)}</p>')


def _disputing(context: Context, figure: Figure) -> int:
    """How many reports behind a figure contradict it."""
    found = context.ask(disputes.disputes_behind, context.selection.scope)
    return rows_with(found, **_about(figure))["report_id"].n_unique()


def _about(figure: Figure) -> dict[str, Any]:
    if figure.rate:
        return {"rate": figure.rate, "definition": figure.definition}
    return {"indicator": figure.indicator}


def _is_own(context: Context) -> bool:
    """Whether the number is of the selected unit alone, no sum."""
    return context.selection.path[-1].level == context.selection.level


def _part(context: Context, figure: Figure) -> None:
    """That the row of the figure itself, or of those added up, covers only part of the period."""
    found = part_of_period(context, figure)
    if found:
        st.caption(f"**{part_words(found, context.words)}**")


def _alike(units: int, units_before: int | None) -> bool:
    """Whether about as many units stand behind two figures: else the difference says more of them than of the work."""
    return bool(units_before) and _ALIKE <= units / float(units_before or 1) <= 1 / _ALIKE


def _target(context: Context, row: dict[str, Any], expected: int, figure: Figure) -> list[str]:
    """Whether the target is met; open where too few units have figures or these cannot be right."""
    if row["target"] is None:
        return []
    words = context.words
    key = "overview.target_met" if row["percent"] >= row["target"] else "overview.target_missed"
    if not of_most(row["units"], expected):
        key = "overview.target_open"
    elif exceeding(row) or (_is_own(context) and _disputing(context, figure)):
        key = "overview.target_disputed"
    source = plain(words.named(row, "target_source"))
    write = words.numbers.number
    counts = {"needed": write(most_of(expected)), "expected": write(expected)}
    return [words(key, value=words.numbers.percent(row["target"], 0), source=source, **counts)]


def _coverage(context: Context, units: int, expected: int) -> tuple[str, list[str]]:
    """How many units a number is that of: said beside it where they are few, else below it."""
    said = coverage_words(context.words, context.selection.level, units, expected)
    return (said, []) if of_few(units, expected) else ("", [said])


def _estimates(context: Context, now: bool, before: bool) -> list[str]:
    """That shares of split units are part of the figure, or of the one a year before."""
    keys = [("overview.estimated", now), ("overview.estimated_before", before)]
    return [f"◇ {context.words(key)}" for key, applies in keys if applies]


def growth(words: Words, now: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """The growth in per cent; more dossiers are neither good nor bad."""
    if not before or not before["value"] or not _alike(now["units"], before["units"]):
        return {}
    change = rounded(100 * (float(now["value"]) / float(before["value"]) - 1), 1)
    said = f"{words.numbers.points(change, 1)} %"
    if now["units"] != before["units"]:
        said = words("overview.other_units", change=said)
        return {"delta": said, "delta_arrow": "off", "delta_color": "off"}
    return {
        "delta": said,
        "delta_arrow": "off" if not change else "up" if change > 0 else "down",
        "delta_color": "off",
    }


def _course(context: Context, points: Iterable[tuple[str, float]], percent: bool) -> None:
    """The same kind of period over the years up to this one, as a small line; none for fewer than three figures.

    None for the country, whose reports are too many or too few by the year to be one line.
    """
    known = list(points)
    if context.selection.unit != NATION and len(known) >= _FEWEST_POINTS:
        st.html(Ready(course_html(known, context.words, percent)))
