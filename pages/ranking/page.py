"""Units compared on one rate under one definition: rank, interval, parts and change, and who is left out and why."""

import polars as pl
import streamlit as st

from pages.kit.address import number, segments
from pages.kit.choices import rate_and_definition, target_of
from pages.kit.context import Context
from pages.kit.tables import Column, show_table, table_height
from pages.kit.theme import show_figure
from pages.kit.words import plain
from pages.ranking.figures import MOST_UNITS, ranking_figure
from warehouse import answers

_FIGURE, _TABLE = "figure", "table"
_LEFT_OUT_SHOWN = 200


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    chosen = rate_and_definition(context)
    if chosen is None:
        st.info(words("rate.none"), icon=":material/info:")
        return
    rate, definition = chosen
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        minimum = number(words("ranking.minimum"), "minimum", 0, None, 0, step=10, help=words("ranking.minimum_help"))
    with right:
        view = segments(
            words("ranking.view"), [_TABLE, _FIGURE], "view", lambda option: words(f"ranking.show_{option}")
        )
    where = (context.selection.scope, rate, definition, minimum)
    ranked, others = context.ask(answers.ranking, *where), context.ask(answers.left_out, *where)
    _heading(context, rate, definition, ranked, others)
    if ranked.height and view == _FIGURE:
        _figure(context, rate, definition, ranked)
    elif ranked.height:
        _table(context, ranked)
    _left_out(context, rate, others)


def _heading(context: Context, rate: str, definition: str, ranked: pl.DataFrame, others: pl.DataFrame) -> None:
    words, selection = context.words, context.selection
    st.subheader(
        words(
            "ranking.heading",
            rate=context.rate_name(rate),
            level=words(f"level.{selection.level}").lower(),
            unit=plain(selection.name),
            period=words.period(selection.period),
        )
    )
    names = context.rate_names()[rate, definition]
    note = words.named(names, "note")
    st.caption(words("ranking.rates_only_same", definition=words.named(names), note=note))
    numbers = words.numbers
    said = words("ranking.ranked", ranked=numbers.number(ranked.height), left=numbers.number(others.height))
    first = ranked.filter(pl.col("rank") == 1)
    if first.height > 1:
        value = numbers.percent(first["percent"][0])
        said += " " + words("ranking.tied", units=numbers.number(first.height), value=value, rank=1)
    st.markdown(said)


def _table(context: Context, ranked: pl.DataFrame) -> None:
    words = context.words
    shown = ranked.with_columns(
        (pl.col("rank_before").cast(pl.Int64) - pl.col("rank").cast(pl.Int64)).alias("rank_change"),
        (pl.col("percent") - pl.col("percent_before")).alias("change"),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.col("parent_name").fill_null(""),
    )
    interval = words("column.interval_help")
    columns = [
        Column("rank", words("column.rank"), "count", width="small"),
        Column("name", words("column.unit"), width="medium"),
        Column("percent", words("column.percent"), "percent", width="small"),
        Column("numerator", words("column.numerator"), "count", width="small"),
        Column("denominator", words("column.denominator"), "count", width="small"),
        Column("low", words("column.low"), "percent", interval, width="small"),
        Column("high", words("column.high"), "percent", interval, width="small"),
        Column(
            "rank_change",
            words("column.rank_change"),
            "change",
            words("column.rank_change_help"),
            width="small",
        ),
        Column("change", words("column.change"), "points", words("column.change_help"), width="small"),
        Column("parent_name", words("column.parent"), width="medium"),
    ]
    show_table(shown, columns, words, key="ranking-table", height=table_height(shown.height))


def _figure(context: Context, rate: str, definition: str, ranked: pl.DataFrame) -> None:
    words = context.words
    target = target_of(context, rate, definition)
    figure = ranking_figure(ranked, words, context.rate_name(rate), target["target"] if target else None)
    alt = words(
        "ranking.alt",
        rate=context.rate_name(rate),
        units=ranked.height,
        best=words.numbers.percent(ranked["percent"].max()),  # type: ignore[arg-type]
        worst=words.numbers.percent(ranked["percent"].min()),  # type: ignore[arg-type]
    )
    show_figure(figure, words, key="ranking-figure", alt=alt)
    if ranked.height > MOST_UNITS:
        st.caption(words("ranking.figure_cut", shown=MOST_UNITS))


def _left_out(context: Context, rate: str, others: pl.DataFrame) -> None:
    """Who is not in the ranking and why: how many for each reason, then the units themselves."""
    if others.is_empty():
        return
    words, numbers = context.words, context.words.numbers
    reasons = [
        words(
            f"reason.{row['reason']}",
            definition=context.rate_name(rate, row["other_definition"]) if row["other_definition"] else "",
        )
        for row in others.iter_rows(named=True)
    ]
    shown = others.with_columns(
        pl.Series("why", reasons), pl.col("parent_name").fill_null(""), pl.col("denominator").cast(pl.Float64)
    )
    columns = [
        Column("name", words("column.unit"), width="medium"),
        Column("parent_name", words("column.parent"), width="medium"),
        Column("why", words("column.reason"), width="large"),
        Column("percent", words("column.percent"), "percent", width="small"),
        Column("denominator", words("column.denominator"), "count", width="small"),
    ]
    with st.expander(words("ranking.left_out", count=numbers.number(others.height))):
        counts = shown.group_by("why").len("units").sort("units", "why", descending=[True, False])
        st.markdown("\n".join(f"- {plain(why)}: {numbers.number(units)}" for why, units in counts.iter_rows()))
        show_table(shown.head(_LEFT_OUT_SHOWN), columns, words, key="left-out-table")
        if shown.height > _LEFT_OUT_SHOWN:
            st.caption(words("ranking.left_out_cut", shown=_LEFT_OUT_SHOWN))
