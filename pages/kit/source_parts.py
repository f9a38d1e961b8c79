"""The source card of a number that no single row states: a sum of units, carried to today's map, or a quarter apart."""

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.remarks import DISPUTED
from pages.kit.tables import Column, clickable_table, show_table, table_height
from pages.kit.words import Words, plain
from warehouse.answers import Scope
from warehouse.answers.disputes import disputes_behind
from warehouse.answers.sources import Figure, source_heritage, source_own, source_parts, source_quarter

_PARTS_SHOWN = 100


def parts_text(words: Words, numerator: float | None, denominator: float | None) -> str:
    """`7.813 / 7.843`."""
    number = words.numbers.shortest
    return words("overview.parts", numerator=number(numerator), denominator=number(denominator))


def draw_worked_out(context: Context, figure: Figure) -> bool:
    """Draw a unit's own figure that is made of former units or of two periods; false where it is neither."""
    if figure.boundary == "then" and figure.counting == "printed":
        return False
    heritage = context.ask(source_heritage, figure)
    found = context.ask(source_own, figure)
    own: dict[str, Any] = found.row(0, named=True) if found.height else {}
    if heritage["unit_code"].to_list() not in ([], [figure.unit]):
        _carried(context, figure, own, heritage)
    elif own.get("basis") == "difference":
        _quarter(context, figure, own)
    else:
        return False
    if figure.simulated:
        st.warning(context.words("app.simulated"), icon=":material/science:")
    return True


def _carried(context: Context, figure: Figure, own: dict[str, Any], heritage: pl.DataFrame) -> None:
    """A figure on today's map: how it came about, and every former unit with what of it counts."""
    words = context.words
    _figure(words, figure, own, "source.carried")
    if own.get("basis") == "estimated" and own["problem"] is None:
        st.warning(words("source.estimated"), icon=":material/call_split:")
    else:
        st.caption(words("source.carried_help"))
    _units_table(words, figure, heritage)


def _quarter(context: Context, figure: Figure, own: dict[str, Any]) -> None:
    """A quarter's figure that is a difference: the two cumulative figures it is taken from."""
    words = context.words
    _figure(words, figure, own, "source.quarter")
    st.caption(words("source.quarter_help"))
    found = context.ask(source_quarter, figure)
    shown = found.with_columns(pl.Series("name", [words.period(code) for code in found["period"]], dtype=pl.String))
    _table(words, figure, shown, Column("name", words("column.period"), width=190, narrow=112))


def _figure(words: Words, figure: Figure, own: dict[str, Any], label: str) -> None:
    """The number as the pages show it, with its parts and its basis, or why there is none."""
    write = words.numbers.percent if figure.rate else words.numbers.shortest
    st.metric(words(label), write(own.get("value")))
    problem = own.get("problem") if own else "no_figure"
    if problem:
        st.info(words("source.missing", reason=words(f"problem.{problem}")), icon=":material/info:")
        return
    said = [parts_text(words, own["numerator"], own["denominator"])] if figure.rate else []
    st.markdown(plain(" · ".join([*said, words(f"basis.{own['basis']}")])))


def draw_added_up(context: Context, figure: Figure) -> Figure | None:
    """A figure that is the sum over several units: the sum, and each unit's part with its report.

    On the map of the period a click on a part asks for its own card, which goes on to the printed row.
    """
    words, number = context.words, context.words.numbers.shortest
    parts = context.ask(source_parts, figure)
    if parts.is_empty():
        st.info(words("source.no_parts"), icon=":material/info:")
        return None
    parts, units = _marked(context, figure, parts), words.numbers.number(parts.height)
    if figure.rate:
        numerator, denominator = float(parts["numerator"].sum()), float(parts["denominator"].sum())
        percent = words.numbers.percent(100 * numerator / denominator if denominator else None)
        st.metric(words("source.recomputed"), percent)
        sums = parts_text(words, numerator, denominator)
        st.markdown(plain(words("source.added_rate", units=units, parts=sums)))
    elif _additive(context, figure):
        st.metric(words("source.sum"), number(parts["value"].sum()))
        st.markdown(plain(words("source.added", units=units)))
    else:
        st.info(words("source.not_additive"), icon=":material/info:")
    if parts.filter(pl.col("share") < 1).height:
        st.warning(words("source.estimated"), icon=":material/call_split:")
    if figure.boundary != "then":
        _units_table(words, figure, parts)
        return None
    st.caption(words("source.parts_help"))
    clicked = _units_table(words, figure, parts, clickable=True)
    return None if clicked is None else replace(figure, unit=parts["unit_code"][clicked])


def _marked(context: Context, figure: Figure, parts: pl.DataFrame) -> pl.DataFrame:
    """The parts with a mark behind the names of those whose reports contradict the figure, and these first.

    So the list, which may be cut, leads to each of the contradictions that the sum is warned of.
    """
    scope = Scope(figure.unit, figure.level, figure.period, figure.simulated, figure.boundary)
    about = {"rate": figure.rate, "definition": figure.definition} if figure.rate else {"indicator": figure.indicator}
    disputed = context.ask(disputes_behind, scope).filter(**about)["unit_code"].unique()
    if disputed.is_empty():
        return parts
    marked = pl.col("unit_code").is_in(disputed.implode())
    named = parts.with_columns(pl.col("name") + pl.when(marked).then(pl.lit(DISPUTED)).otherwise(pl.lit("")))
    return named.sort(marked, descending=True, maintain_order=True)


def _units_table(words: Words, figure: Figure, parts: pl.DataFrame, clickable: bool = False) -> int | None:
    """Units with their figures; what of each counts where that is not all of it, why one has none.

    Returns the position of the one that was clicked, null for none.
    """
    shown = parts.head(_PARTS_SHOWN).with_columns(
        pl.Series("share_name", [_share(words, share) for share in parts["share"].head(_PARTS_SHOWN)], dtype=pl.String)
    )
    last = []
    if "problem" in parts.columns or parts.filter(pl.col("share") < 1).height:
        last.append(Column("share_name", words("source.share"), "text", words("source.share_help"), 150, 114))
    if "problem" in parts.columns and parts["problem"].drop_nulls().len():
        reasons = [words(f"problem.{problem}") if problem else "" for problem in shown["problem"]]
        shown = shown.with_columns(pl.Series("reason", reasons, dtype=pl.String))
        last.append(Column("reason", words("column.reason"), width=190, narrow=130))
    unit = Column("name", words("column.unit"), width=190, narrow=112)
    clicked = _table(words, figure, shown, unit, *last, clickable=clickable)
    if parts.height > _PARTS_SHOWN:
        st.caption(words("source.parts_cut", shown=_PARTS_SHOWN, units=words.numbers.number(parts.height)))
    return clicked


def _share(words: Words, share: float | None) -> str:
    if share is None:
        return words("source.share_unknown")
    return words("source.share_whole") if share == 1 else f"○ {words.numbers.percent(100 * share)}"


def _table(
    words: Words, figure: Figure, shown: pl.DataFrame, first: Column, *last: Column, clickable: bool = False
) -> int | None:
    parts = None if last else 62  # on a phone there is no room for both
    rate = [
        Column("numerator", words("column.numerator"), "number", width=90, narrow=parts),
        Column("denominator", words("column.denominator"), "number", width=90, narrow=parts),
        Column("value", words("column.percent"), "percent", width=90, narrow=68),
    ]
    value = [Column("value", words("column.value"), "number", width=100, narrow=80)]
    file = Column("file_name", words("column.file"), width=240)
    written = shown.with_columns(pl.col("file_name").fill_null(""))
    height = table_height(shown.height, most=420)
    columns = [first, *(rate if figure.rate else value), *last, file]
    if clickable:  # by its figure: what was clicked in one card is no click in the next
        return clickable_table(written, columns, words, f"source-parts-{figure.unit}-{figure.period}", height)
    show_table(written, columns, words, key="source-parts", height=height)
    return None


def _additive(context: Context, figure: Figure) -> bool:
    return bool(context.indicators[figure.indicator]["additive"])
