"""What is said beside a trend: whether it rises or falls, which windows are short, why a quarter is refused."""

from itertools import groupby

import polars as pl
import streamlit as st

from pages.kit.words import Words, plain
from warehouse.answers.trend_test import FEWEST_PERIODS, Mark, trend_marks
from warehouse.periods import parse_period

_ARROWS = {"rising": "↗", "falling": "↘", "steady": "→"}
_REFUSED = ("lineage", "definition", "form", "missing_before", "falls", "percentage")
_LISTED = 60


def say_marks(words: Words, frame: pl.DataFrame) -> None:
    """For each unit whether its rate rises or falls, or that there is too little to say so."""
    names = dict(frame.select("unit_code", "name").unique(maintain_order=True).iter_rows())
    marks = trend_marks(frame)
    if all(mark.reason == "counts" for mark in marks.values()):
        st.caption(words("mark.counts"))
        return
    lines = [f"- **{plain(names[unit])}**: {_mark(words, mark)}" for unit, mark in marks.items()]
    st.markdown("\n".join(lines))


def _mark(words: Words, mark: Mark) -> str:
    if mark.direction == "unknown":
        return words(f"mark.{mark.reason}", needed=FEWEST_PERIODS, periods=mark.periods)
    first, last = parse_period(str(mark.first)).year, parse_period(str(mark.last)).year
    statistic = words.numbers.number((mark.chi_square or 0) / (mark.dispersion or 1), 2)
    span = words(f"span.{mark.span}")
    said = words(f"mark.{mark.direction}", span=span, first=first, last=last, statistic=statistic)
    return f"{_ARROWS[mark.direction]} {said}"


def say_short_windows(words: Words, frame: pl.DataFrame) -> None:
    """Warn where a figure that leaves out much of its period stands beside one of the same kind that does not."""
    beside = short_beside_full(frame)
    if beside.is_empty():
        return
    named = [
        f"{plain(row['name'])}, {words.period(row['period'])} ({_cut_off(words, row)})"
        for row in beside.head(_LISTED).iter_rows(named=True)
    ]
    st.info(words("trends.short_windows", figures="; ".join(named)), icon=":material/date_range:")


def short_beside_full(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of which every report is short, where another of the same kind of period is wholly full."""
    drawn = frame.filter(pl.col("value").is_not_null() & (pl.col("reports") > 0))
    drawn = drawn.with_columns(pl.col("period").str.split("-").list.last().alias("span"))
    short = drawn.filter(pl.col("short") == pl.col("reports"))
    full = drawn.filter(pl.col("short") == 0)
    return short.filter(pl.col("span").is_in(full["span"].unique().to_list()))


def _cut_off(words: Words, row: dict[str, object]) -> str:
    for key, day in (("figure.as_of", row["as_of"] or row["stated_end"]), ("figure.signed_on", row["signed_on"])):
        if day:
            return words(key, date=words.date(day)).lower()  # type: ignore[arg-type]
    return words("figure.short", short=row["short"], reports=row["reports"]).lower()


def say_refusals(words: Words, frame: pl.DataFrame) -> None:
    """Which quarters are no difference of two reports, and why, by unit and reason."""
    refused = frame.filter(pl.col("problem").is_in(_REFUSED))
    if refused.is_empty():
        return
    with st.expander(words("trends.refused", count=words.numbers.number(refused.height))):
        lines = []
        keyed = refused.select("name", "problem", "period").iter_rows()
        ordered = sorted(keyed, key=lambda one: (one[0], one[1]))
        for (name, problem), rows in groupby(ordered, key=lambda one: (one[0], one[1])):
            periods = ", ".join(words.period(period) for _, _, period in rows)
            lines.append(f"- **{plain(name)}**, {periods}: {words(f'why.{problem}')}")
        st.markdown("\n".join(lines[:_LISTED]))
