"""What is said beside a trend: whether it rises or falls, which windows are short, why figures are missing."""

from itertools import groupby
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.remarks import MOST_UNITS, contradictions, listed
from pages.kit.words import Words, plain
from warehouse.answers.trend_test import FEWEST_PERIODS, Mark, trend_marks
from warehouse.frames import beside, rows_where
from warehouse.periods import parse_period

_ARROWS = {"rising": "↗", "falling": "↘", "steady": "→"}
_LISTED = 60
_OPEN = 3


def say_marks(words: Words, frame: pl.DataFrame, key: str) -> None:
    """For each unit whether its rate rises or falls, or that there is too little to say so; how, for who asks."""
    names = dict(frame[["unit_code", "name"]].rows())
    marks = trend_marks(frame)
    if all(mark.reason == "counts" for mark in marks.values()):
        st.caption(words("mark.counts"))
        return
    lines = [f"- **{plain(names[unit])}**: {_mark(words, mark)}" for unit, mark in marks.items()]
    st.markdown("\n".join(lines))
    with st.popover(words("method.button"), icon=":material/help:", key=f"marks-{key}"):
        st.markdown(words("trends.marks_help"))
        tested = {unit: mark for unit, mark in marks.items() if mark.direction != "unknown"}
        lines = [f"- {plain(names[unit])}: {_statistic(words, mark)}" for unit, mark in tested.items()]
        st.markdown("\n".join(lines))


def _mark(words: Words, mark: Mark) -> str:
    if mark.direction == "unknown":
        return words(f"mark.{mark.reason}", needed=FEWEST_PERIODS, periods=mark.periods)
    first, last = parse_period(str(mark.first)).year, parse_period(str(mark.last)).year
    said = words(f"mark.{mark.direction}", span=words(f"span.{mark.span}"), first=first, last=last)
    return f"{_ARROWS[mark.direction]} {said}"


def _statistic(words: Words, mark: Mark) -> str:
    """Chi-square, and what it is of the scatter about the line."""
    trend, scatter = mark.chi_square or 0.0, mark.dispersion or 0.0
    quotient = f", F = {words.numbers.number(trend / scatter, 2)}" if scatter else ""
    return f"χ² = {words.numbers.number(trend, 2)}{quotient}"


def remarked(frame: pl.DataFrame, disputes: pl.DataFrame, words: Words) -> pl.DataFrame:
    """A frame of `trends.trend` with what is to be known of each figure, and the same in words as `remark`.

    `disputed` of the reports behind it contradict it (`disputes`: a frame of `disputed_in_time`); `part`: all of these
    leave out much of the period; `few`: fewer than nine in ten of the units have a figure.
    """
    counts = {(unit, period): count for unit, period, count in disputes["unit_code", "period", "disputed"].iter_rows()}
    marks: dict[str, list[Any]] = {"disputed": [], "part": [], "few": [], "remark": []}
    for row in frame.iter_rows(named=True):
        given, summed = row["value"] is not None, row["basis"] in {"sum", "difference"}
        mark = {
            "disputed": counts.get((row["unit_code"], row["period"]), 0) if given else 0,
            "part": given and row["reports"] > 0 and row["short"] == row["reports"],
            "few": given and summed and row["units"] < MOST_UNITS * row["expected"],
        }
        for name, said in {**mark, "remark": _remark(words, row | mark)}.items():
            marks[name].append(said)
    return beside(frame, (pl.Series(name, said, _MARKS[name]) for name, said in marks.items()))


_MARKS = {"disputed": pl.Int64, "part": pl.Boolean, "few": pl.Boolean, "remark": pl.String}


def _remark(words: Words, row: dict[str, Any]) -> str:
    said = contradictions(row, words, own=row["expected"] <= 1)
    said += [words(key) for key, mark in (("trends.part", "part"), ("trends.few", "few")) if row[mark]]
    return "; ".join(said)


def say_remarks(words: Words, frame: pl.DataFrame) -> None:
    """Which figures their own reports contradict, which are of part of a period, which of few of the units."""
    warned = short_beside_full(frame).to_numpy()  # of these the reader is warned
    marks = {"disputed": frame["disputed"] > 0, "part": frame["part"] & pl.Series(~warned), "few": frame["few"]}
    for key, mark in marks.items():
        if mark.any():
            named = [_figure(words, key, row) for row in rows_where(frame, mark).iter_rows(named=True)]
            st.caption(words(f"trends.{key}_note", figures=listed(named, "; ")))


def _figure(words: Words, key: str, row: dict[str, Any]) -> str:
    """`Xã A, 6 tháng 2024`, of a sum with how many of the units."""
    of, write = f"{row['name']}, {words.period_within(row['period'])}", words.numbers.number
    if key == "few":
        return f"{of} ({write(row['units'])}/{write(row['expected'])})"
    if key == "disputed" and row["expected"] > 1:
        return f"{of} ({write(row['disputed'])})"
    return of


def say_short_windows(words: Words, frame: pl.DataFrame) -> None:
    """Warn where a figure that leaves out much of its period stands beside one of the same kind that does not."""
    short = rows_where(frame, short_beside_full(frame))
    if short.is_empty():
        return
    named = [
        f"{plain(row['name'])}, {words.period_within(row['period'])} ({_cut_off(words, row)})"
        for row in short.head(_LISTED).iter_rows(named=True)
    ]
    st.info(words("trends.short_windows", figures="; ".join(named)), icon=":material/date_range:")


def short_beside_full(frame: pl.DataFrame) -> pl.Series:
    """Whether every report of a row is short, and another row of the same kind of period is wholly full."""
    names = ("period", "value", "reports", "short")
    drawn = [
        (period.rpartition("-")[2], short / reports) if reports and value is not None else ("", None)
        for period, value, reports, short in zip(*(frame[name].to_list() for name in names), strict=True)
    ]
    full = {span for span, part in drawn if part == 0}
    return pl.Series([part == 1 and span in full for span, part in drawn], dtype=pl.Boolean)


def _cut_off(words: Words, row: dict[str, object]) -> str:
    for key, day in (("figure.as_of", row["as_of"] or row["stated_end"]), ("figure.signed_on", row["signed_on"])):
        if day:
            return words(key, date=words.date(day)).lower()  # type: ignore[arg-type]
    short, reports = (words.numbers.number(row[name]) for name in ("short", "reports"))  # type: ignore[arg-type]
    return words("figure.short", short=short, reports=reports).lower()


def say_gaps(words: Words, frame: pl.DataFrame) -> None:
    """Where the lines have gaps and why, by unit and reason; open where there are few."""
    missing = frame.filter(pl.col("problem").is_not_null())
    if missing.is_empty():
        return
    lines = []
    ordered = missing.sort("name", "problem", "window_end").select("name", "problem", "period").iter_rows()
    for (name, problem), rows in groupby(ordered, key=lambda one: one[:2]):
        periods = ", ".join(words.period_within(period) for _, _, period in rows)
        lines.append(f"- **{plain(name)}**, {periods}: {words(f'why.{problem}')}")
    count = words.numbers.number(missing.height)
    with st.expander(words("trends.gaps", count=count), expanded=len(lines) <= _OPEN):
        st.markdown("\n".join(lines[:_LISTED]))
