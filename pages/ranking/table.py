"""The ranking as a table: the ranks that are open, the parts, the interval, the standing and the change."""

from contextlib import nullcontext
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import number, say
from pages.kit.printed_table import Excerpt
from pages.kit.remarks import DISPUTED, contradictions
from pages.kit.source import show_source
from pages.kit.tables import Column, clickable_cells, table_height, with_shown_change
from pages.kit.words import Words, plain
from pages.ranking.choice import Ranking
from warehouse.answers.sources import Figure

TABLE_ROWS, FIGURE_ROWS = 250, 60  # a province of today whole; more would be over 50 kB
PRINTED_WHOLE, _ENDS, _AROUND = 60, 20, 5  # rows on paper: of a table no longer, at either end of one, on either side
MARK = "▶ "
_SOURCED = ("percent", "numerator", "denominator")
_GLYPHS = {"far_above": "▲▲ ", "above": "▲ ", "within": "● ", "below": "▼ ", "far_below": "▼▼ ", "unknown": ""}


def part(ranking: Ranking, size: int, printed: bool = True) -> pl.DataFrame:
    """The units to show: those found, a part of at most `size` at a time, said so; at first the part of the focus.

    Which part it is is not `printed` where paper has others.
    """
    words, found = ranking.context.words, ranking.found
    parts = max(1, -(-found.height // size))
    at = found["unit_code"].index_of(ranking.focus) if ranking.focus else None
    chosen = 1
    if parts > 1:
        default = 1 if at is None else at // size + 1
        chosen = number(words("ranking.part", parts=parts), "part", 1, parts, default, width=170)
    first = size * (chosen - 1)
    shown = found.slice(first, size)
    numbers = words.numbers
    if found.height < ranking.frame.height:
        key = "ranking.found" if found.height else "ranking.found_none"
        values = {"found": numbers.number(found.height)} if found.height else {}
        st.caption(words(key, text=plain(ranking.search), ranked=numbers.number(ranking.frame.height), **values))
    if parts > 1:
        last = numbers.number(first + shown.height)
        with nullcontext() if printed else st.container(key="screen-only-part"):
            st.caption(words("ranking.shown", first=first + 1, last=last, found=numbers.number(found.height)))
    return shown


def ranking_table(ranking: Ranking) -> None:
    """Show the table; a click on a figure opens its source, one elsewhere in a row marks its unit."""
    words = ranking.context.words
    shown = part(ranking, TABLE_ROWS, printed=ranking.found.height <= PRINTED_WHOLE)
    if shown.is_empty():
        return
    with st.container(key="screen-only-hint"):
        st.caption(words("ranking.click"))
    table = written(ranking, shown)
    clicked = clickable_cells(
        table,
        columns(ranking),
        words,
        key=f"ranking-table-{ranking.focus}",
        height=table_height(shown.height, most=740),
        excerpt=_excerpt(ranking, table),
    )
    unit, field = (shown["unit_code"][clicked[0]], clicked[1]) if clicked else ("", "")
    sourced = field in _SOURCED
    show_source(ranking.context, figure_of(ranking, unit) if sourced else None, key="ranking-table")
    if unit and not sourced:
        mark(ranking, unit)


def _excerpt(ranking: Ranking, table: pl.DataFrame) -> Excerpt | None:
    """What of a long ranking is printed: its ends, and the marked unit among its neighbours; null for a short one.

    `table` is what is shown of it, as `written`.
    """
    words, found, write = ranking.context.words, ranking.found, ranking.context.words.numbers.number
    if found.height <= PRINTED_WHOLE:
        return None
    last = found.height - 1
    numbers = {*range(_ENDS), *range(last - _ENDS + 1, last + 1)}
    at = found["unit_code"].index_of(ranking.focus) if ranking.focus else None
    if at is not None:
        numbers |= {*range(max(0, at - _AROUND), min(last, at + _AROUND) + 1)}
    kept = sorted(numbers)
    key = "ranking.printed" if at is None else "ranking.printed_around"
    about = {} if at is None else {"unit": found["name"][at]}
    note = words(key, shown=write(len(kept)), found=write(found.height), ends=write(_ENDS), **about)
    rows = table[kept] if table.height == found.height else written(ranking, found[kept])
    return Excerpt(rows, kept, note)


def figure_of(ranking: Ranking, unit: str) -> Figure:
    """The number of a unit of the ranking."""
    scope = ranking.scope
    return Figure(unit, scope.level, scope.period, rate=ranking.rate, definition=ranking.definition)


def mark(ranking: Ranking, unit: str) -> None:
    """Mark a unit, in the address and so in every view."""
    if unit == ranking.focus:  # its row stays selected, which would mark it anew without an end
        return
    say("focus", unit)
    say("part", "")
    st.rerun()


def written(ranking: Ranking, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with what only a reader needs: changes, words for codes, the mark."""
    words = ranking.context.words
    changed = with_shown_change(frame)
    return changed.with_columns(
        (pl.col("rank_before").cast(pl.Int64) - pl.col("rank").cast(pl.Int64)).alias("rank_change"),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.col("parent_name", "former_district_name").fill_null(""),
        pl.concat_str(
            pl.when(pl.col("unit_code") == (ranking.focus or "")).then(pl.lit(MARK)).otherwise(pl.lit("")),
            "name",
            pl.when(pl.col("disputed") | pl.col("covers").is_not_null()).then(pl.lit(DISPUTED)).otherwise(pl.lit("")),
        ).alias("name"),
        pl.Series("percent_name", [_percent(row, words) for row in frame.iter_rows(named=True)], dtype=pl.String),
        pl.Series("interval", [_between(row, words) for row in frame.iter_rows(named=True)], dtype=pl.String),
        pl.Series("ranks", [_ranks(row, words) for row in frame.iter_rows(named=True)], dtype=pl.String),
        pl.Series(
            "standing_name", [_GLYPHS[name] + words(f"standing.{name}") for name in frame["standing"]], dtype=pl.String
        ),
        pl.Series("change_name", [_real(words, *row) for row in changed.select("change_real", "change").iter_rows()]),
        pl.Series("remark", [_remark(row, words) for row in frame.iter_rows(named=True)], dtype=pl.String),
    )


def columns(ranking: Ranking) -> list[Column]:
    """The columns in reading order: those about chance only where it has a say, and none that would say nothing.

    Of one unit alone there are no ranks.
    """
    words, frame, cases = ranking.context.words, ranking.frame, ranking.cases
    several = frame.height > 1
    careful, told_apart = cases and not ranking.plain, cases and several
    before = frame["percent_before"].drop_nulls().len() > 0
    interval, open_ranks = words("column.interval_help"), words("column.rank_open_help")
    short = {name: words(f"column.{name}_short") for name in ("rank", "ranks", "change")}
    rank = Column("rank", words("column.rank"), "count", words("column.rank_help"), 110, 56, short=short["rank"])
    moved = words("column.rank_change_help")
    real = words("column.change_real_help")
    estimates = "percent_name" if "estimated" in frame["basis"] else None
    district = frame["former_district_name"].drop_nulls()
    change = Column(
        "change", words("column.change"), "points", words("column.change_help"), 105, 76, short=short["change"]
    )
    every = [
        (several and not careful, rank),
        (True, Column("name", words("column.unit"), width=165, narrow=114)),
        (True, Column("percent", words("column.percent"), "percent", width=78, narrow=76, text=estimates)),
        (True, Column("numerator", words("column.numerator"), "count", width=74)),
        (True, Column("denominator", words("column.denominator"), "count", width=77)),
        (not frame.filter(_has_remark()).is_empty(), Column("remark", words("column.note"), width=128)),
        (cases, Column("low", words("column.interval"), "percent", interval, width=120, text="interval")),
        (
            told_apart,
            Column("rank_best", words("column.ranks_open"), "count", open_ranks, 125, 72, "ranks", short["ranks"]),
        ),
        (
            told_apart,
            Column("standing_name", words("column.standing"), "text", words("column.standing_help"), width=130),
        ),
        (before, change),
        (before and cases, Column("change_name", words("column.change_real"), "text", real, width=84)),
        (several and careful, rank),
        (before and several, Column("rank_change", words("column.rank_change"), "change", moved, width=78)),
        (frame["parent_name"].n_unique() > 1, Column("parent_name", words("column.parent"), width=150)),
        (district.len() > 0, Column("former_district_name", words("column.former_district"), width=150)),
    ]
    return [column for wanted, column in every if wanted]


def _real(words: Words, real: str | None, change: float | None) -> str:
    """Whether a change is real; one that is written as 0 is none."""
    if real is None:
        return words.numbers.missing
    return words("changed.same" if real == "open" and not change else f"change.{real}")


def _percent(row: dict[str, Any], words: Words) -> str:
    """`99,94 %`; `≈ 99,94 %` for an estimate, which a phone shows without its remark."""
    return ("≈ " if row["basis"] == "estimated" else "") + words.numbers.percent(row["percent"])


def _between(row: dict[str, object], words: Words) -> str:
    """`99,94–99,99 %`; nothing where the parts are no cases."""
    if row["low"] is None:
        return words.numbers.missing
    low, high = (words.numbers.percent(row[name]).lstrip("<>\u00a0 ") for name in ("low", "high"))  # type: ignore[arg-type]
    return f"{low.removesuffix('%').rstrip()}–{high}"


def _ranks(row: dict[str, Any], words: Words) -> str:
    """`1–57`."""
    if row["rank_best"] is None:
        return words.numbers.missing
    best, worst = (words.numbers.number(row[name]) for name in ("rank_best", "rank_worst"))
    return best if best == worst else f"{best}–{worst}"


def _has_remark() -> pl.Expr:
    return (
        (pl.col("numerator") > pl.col("denominator"))
        | pl.col("short")
        | pl.col("covers").is_not_null()
        | pl.col("disputed")
        | pl.col("basis").is_in(["union", "estimated"])
    )


def _remark(row: dict[str, Any], words: Words) -> str:
    """What is special about a unit's figure."""
    said = contradictions(row, words, own=True)
    if row["short"]:
        said.append(words("remark.short", date=words.date(row["data_end"]), days=row["days_missing"]))
    if row["basis"] == "union":
        said.append(words("remark.union", given=words.numbers.number(row["given"])))
    if row["basis"] == "estimated":
        said.append(words("remark.estimated"))
    return "; ".join(said)
