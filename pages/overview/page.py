"""Tiles a leader reads in two minutes: each with its change, target and coverage; then who is high, low or unsure."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.words import plain
from warehouse import answers

_FINDINGS_SHOWN = 4
_EXTREMES_SHOWN = 5
_TILE_WIDTH = 225
_NO_CHANGE = 0.005
_VOLUMES = ("dossiers_received", "dossiers_resolved")


def show(context: Context) -> None:
    """Draw the page."""
    words, selection = context.words, context.selection
    rates = context.ask(answers.overview, selection.scope)
    complete = context.ask(answers.completeness, *selection.place)
    expected = int(complete.filter(pl.col("level") == selection.level)["expected"].sum())
    st.subheader(
        words(
            "overview.intro",
            unit=plain(selection.name),
            period=words.period(selection.period),
            level=words(f"level.{selection.level}"),
        )
    )
    with st.container(horizontal=True, key="tiles"):
        for rate in HEADLINE_RATES:
            _rate_tile(context, rate, rates.filter(pl.col("rate") == rate), expected)
        _volume_tile(context, expected)
    _completeness(context, complete)
    _extremes(context)
    _findings(context)


def _rate_tile(context: Context, rate: str, found: pl.DataFrame, expected: int) -> None:
    """One rate under its widest definition: value, change on the year before, parts, target, coverage."""
    words = context.words
    with st.container(border=True, width=_TILE_WIDTH, height="stretch"):
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
        )
        st.caption("  \n".join(_tile_lines(context, row, expected)))


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
    ]
    if row["target"] is not None:
        key = "overview.target_met" if row["percent"] >= row["target"] else "overview.target_missed"
        source = plain(words.named(row, "target_source"))
        lines.append(words(key, value=numbers.percent(row["target"], 0), source=source))
    return lines


def _coverage(context: Context, units: int, expected: int) -> str:
    numbers = context.words.numbers
    return context.words("overview.coverage", units=numbers.number(units), expected=numbers.number(expected))


def _before_line(context: Context, value: str, row: dict[str, Any]) -> str:
    """What stood a year before, and how many units it covered when that differs."""
    words = context.words
    if not row["units_before"]:
        return words("overview.no_year_before")
    if row["units_before"] == row["units"]:
        return words("overview.year_before", value=value)
    return words("overview.year_before_units", value=value, units=row["units_before"])


def _volume_tile(context: Context, expected: int) -> None:
    """How many dossiers: received where the forms ask for it, else resolved."""
    words, selection = context.words, context.selection
    for indicator in _VOLUMES:
        found = context.ask(answers.volume, selection.scope, indicator)
        values = {row["now"]: row for row in found.iter_rows(named=True)}
        if True in values:
            break
    with st.container(border=True, width=_TILE_WIDTH, height="stretch"):
        name = words(f"tile.{indicator}")
        if True not in values:
            _empty_tile(context, name)
            return
        now, before = values[True], values.get(False)
        st.metric(name, words.numbers.number(now["value"]), **_growth(context, now, before))
        value = words.numbers.number(before["value"]) if before else ""
        row = {"units": now["units"], "units_before": before["units"] if before else None}
        st.caption(f"{_before_line(context, value, row)}  \n{_coverage(context, now['units'], expected)}")


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


def _completeness(context: Context, complete: pl.DataFrame) -> None:
    words = context.words
    st.markdown(f"##### {words('overview.completeness')}")
    with st.container(horizontal=True):
        for row in complete.iter_rows(named=True):
            with st.container(width=_TILE_WIDTH):
                line = words(
                    "overview.completeness_row",
                    level=words(f"level.{row['level']}"),
                    reported=words.numbers.number(row["reported"]),
                    expected=words.numbers.number(row["expected"]),
                )
                st.progress(row["reported"] / row["expected"], text=line)
    missing = int((complete["expected"] - complete["reported"]).sum())
    if missing:
        st.caption(words("overview.completeness_low", missing=words.numbers.number(missing)))


def _extremes(context: Context) -> None:
    """The highest and lowest units of the two rates that are ranked; none where all are the same."""
    for rate, column in zip(("on_time_rate", "online_rate"), st.columns(2), strict=True):
        with column:
            _extreme(context, rate)


def _extreme(context: Context, rate: str) -> None:
    words, selection = context.words, context.selection
    found = context.ask(answers.definitions, selection.scope, rate)
    if found.is_empty():
        return
    definition = found["definition"][0]
    ranked = context.ask(answers.ranking, selection.scope, rate, definition, minimum=0)
    if ranked.height < 2:
        return
    st.markdown(f"##### {words('overview.extremes', rate=context.rate_name(rate))}")
    if ranked["percent"].n_unique() == 1:
        value = words.numbers.percent(ranked["percent"][0])
        st.caption(words("overview.all_same", units=ranked.height, value=value))
        return
    shown = min(_EXTREMES_SHOWN, ranked.height // 2)
    _extreme_list(context, "overview.highest", ranked, shown)
    _extreme_list(context, "overview.lowest", ranked.reverse(), shown)


def _extreme_list(context: Context, key: str, ordered: pl.DataFrame, shown: int) -> None:
    """The first units of `ordered`; where more than those share its first value, only how many they are."""
    words, numbers = context.words, context.words.numbers
    tied = ordered.filter(pl.col("percent") == ordered["percent"][0])
    st.markdown(f"**{words(key)}**")
    if tied.height > shown:
        st.markdown(words("overview.tied", units=tied.height, value=numbers.percent(ordered["percent"][0])))
        return
    lines = [
        f"- {plain(row['name'])}: **{numbers.percent(row['percent'])}** "
        f"({numbers.number(row['numerator'])}/{numbers.number(row['denominator'])})"
        for row in ordered.head(shown).iter_rows(named=True)
    ]
    st.markdown("\n".join(lines))


def _findings(context: Context) -> None:
    """The gravest contradictions in the real and simulated reports of the selection."""
    words, selection = context.words, context.selection
    found = context.ask(answers.findings_of, *selection.place)
    st.markdown(f"##### {words('overview.findings')}")
    if found.is_empty():
        st.caption(words("overview.findings_none"))
        return
    for row in found.head(_FINDINGS_SHOWN).iter_rows(named=True):
        st.markdown(
            f"- **{words('severity.' + row['severity'])}** · {plain(row['unit_name'])} · "
            f"{plain(words.place(row['place']))}: {plain(words.named(row, 'message'))}"
        )
    if found.height > _FINDINGS_SHOWN:
        st.caption(words("overview.findings_more", count=words.numbers.number(found.height - _FINDINGS_SHOWN)))
