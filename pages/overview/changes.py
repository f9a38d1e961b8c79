"""Who needs attention, and what changed most: only changes that are more than chance are named.

What is more than chance is what the ranking says of the same units (`warehouse.answers.comparison.compare`). Every
number in the lists leads to its source.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.measures import figure_at
from pages.kit.source import source_table
from pages.kit.tables import Column, with_shown_change
from pages.overview.year_before import offer_units_on_other_map, why_not_compared
from warehouse.answers import Subject, ranks, sums
from warehouse.answers.arrays import numbers_of
from warehouse.answers.comparison import FEWEST_UNITS, Common, common, compare
from warehouse.answers.sources import Figure
from warehouse.answers.statistics import TAIL_95
from warehouse.frames import beside, rows_where, rows_with
from warehouse.periods import parse_period

_SHOWN = 5
_ANY_UNIT = 0  # the ranking's own smallest denominator, unless its reader sets another
_NOW = ("percent", "numerator", "denominator")


def changes(context: Context, rate: str) -> None:
    """One rate under its widest definition: units that are low and fell, then the greatest falls and rises.

    Where no unit has a year before, it says so with the reason and lists those that are low.
    """
    words, scope = context.words, context.selection.scope
    found = context.ask(ranks.definitions, scope, rate)
    if found.is_empty():
        return
    definition = found["definition"][0]
    units = context.ask(compare, scope, rate, definition, _ANY_UNIT)
    if units.height < 2:
        return
    level = words(f"level.{scope.level}").lower()
    st.markdown(f"##### {words('overview.changes', rate=context.rate_name(rate), level=level)}")
    shared = common(units)
    low, fell, rose = worse_and_better(units)
    figure = figure_at(scope, Subject(rate, definition), scope.unit, scope.period)
    lists = Lists(context, figure)
    if not units["percent_before"].count():
        why = why_not_compared(context, figure)
        st.markdown(words("overview.none_compared", why=words(f"overview.why_{why}")))
        offer_units_on_other_map(context, figure)
        lists.draw("overview.low", low)
    else:
        is_low, is_falling = set(low["unit_code"]), set(fell["unit_code"])
        attention = _among(fell, is_low)
        if shared.pooled is not None:
            lists.draw("overview.attention", attention, "overview.attention_none")
        lists.draw("overview.low", _among(low, is_falling, inside=False))
        lists.draw("overview.fell", _among(fell, is_low, inside=False))
        lists.draw("overview.rose", rose)
    if low.is_empty() and (alone := low_alone(units, shared)).height:
        lists.draw("overview.lowest", alone)
        st.caption(words("overview.lowest_note"))
    whole = rows_with(context.ask(sums.overview, scope), rate=rate, definition=definition)
    st.caption(_summary(context, units, shared, low.height, int(whole["units"].sum())))
    with st.container(horizontal=True, vertical_alignment="center"):
        lead_on(context, "ranking", rate=rate, definition=definition)
        with st.popover(words("method.button"), icon=":material/help:"):
            st.markdown(_method(context, units))


def worse_and_better(units: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The units beyond the limits on the worse side, the worst first, those that really got worse, those better."""
    down = units["direction"][0] == "down"
    worse, better = ("rises", "falls") if down else ("falls", "rises")
    beyond = {"above", "far_above"} if down else {"below", "far_below"}
    low = rows_where(units, np.array([standing in beyond for standing in units["standing"].to_list()], dtype=bool))
    fell = rows_with(units, change_real=worse).sort("change", "place", descending=[down, False])
    rose = rows_with(units, change_real=better).sort("change", "place", descending=[not down, False])
    return low.sort("percent", "place", descending=[down, True]), fell, rose


def low_alone(units: pl.DataFrame, shared: Common) -> pl.DataFrame:
    """The units whose own interval lies on the worse side of the overall rate, the worst first; none without one.

    Where units differ much the limits around that rate are widened until nobody is beyond them, and a reader would not
    be told who lags.
    """
    down = units["direction"][0] == "down"
    pooled = np.nan if shared.pooled is None else shared.pooled
    low, high = numbers_of(units, ("low", "high"))
    return rows_where(units, low > pooled if down else high < pooled).sort("percent", "place", descending=[down, True])


def _among(units: pl.DataFrame, others: set[str], inside: bool = True) -> pl.DataFrame:
    """Those of some units that are, or are not, among others."""
    return rows_where(units, np.array([(unit in others) == inside for unit in units["unit_code"]], dtype=bool))


@dataclass(frozen=True)
class Lists:
    """The lists of one rate: tables whose numbers lead to the reports, of this period or of the year before.

    `figure` is the rate of the selection, of which the units' own are parts.
    """

    context: Context
    figure: Figure

    def draw(self, key: str, units: pl.DataFrame, otherwise: str | None = None) -> None:
        """The first units of a list with their figures, and how many more there are; a sentence where there is none."""
        words = self.context.words
        if units.is_empty() and not otherwise:
            return
        st.markdown(f"**{words(key)}**")
        if units.is_empty():
            st.markdown(words(str(otherwise)))
            return
        shown = with_shown_change(units.head(_SHOWN))
        shown = beside(shown, (shown[name].cast(pl.Float64) for name in ("numerator", "denominator")))
        name = f"{key}-{self.figure.rate}-{self.figure.unit}-{self.figure.period}-{self.figure.boundary}"
        source_table(self.context, shown, self._columns(units), name, self._figure_of)
        if units.height > _SHOWN:
            st.caption(words("overview.more_units", count=words.numbers.number(units.height - _SHOWN)))

    def _columns(self, units: pl.DataFrame) -> list[Column]:
        words = self.context.words
        columns = [
            Column("name", words("column.unit"), width=160),
            Column("percent", words("column.percent"), "percent", width=80),
            Column("numerator", words("column.numerator"), "count", width=75),
            Column("denominator", words("column.denominator"), "count", width=80),
        ]
        if not units["percent_before"].count():
            return columns
        return [
            *columns[:2],
            Column("change", words("column.change_short"), "points", words("column.change_help"), width=85),
            Column("percent_before", words("column.before"), "percent", words("column.before_help"), width=95),
            *columns[2:],
        ]

    def _figure_of(self, row: dict[str, Any], field: str) -> Figure | None:
        if field in _NOW:
            return replace(self.figure, unit=row["unit_code"])
        before = parse_period(self.figure.period).year_before.code
        return replace(self.figure, unit=row["unit_code"], period=before) if field == "percent_before" else None


def _summary(context: Context, units: pl.DataFrame, shared: Common, low: int, added: int) -> str:
    """How many units are low and how many changes are too small to be named, in plain words.

    `added` units stand behind the tile: on today's map more than can be compared, and their common rate is another.
    """
    words, numbers = context.words, context.words.numbers
    level = words(f"level.{context.selection.level}").lower()
    if shared.pooled is None:
        said = [words("overview.changes_few", fewest=FEWEST_UNITS, level=level)]
    else:
        pooled = numbers.percent(shared.pooled)
        low_units, all_units = numbers.number(low), numbers.number(units.height)
        former = context.selection.boundary != "then" and added != units.height
        key = "overview.low_note_of" if former else "overview.low_note"
        about = {"low": low_units, "units": all_units, "added": numbers.number(added)}
        said = [words(key, pooled=pooled, level=level, **about)]
    compared = units["change_real"].drop_nulls()
    if open_ones := compared.filter(compared == "open").len():
        still = numbers.number(open_ones)
        said.append(words("overview.changes_note", still=still, compared=numbers.number(compared.len())))
    return " ".join(said)


def _method(context: Context, units: pl.DataFrame) -> str:
    """How low and changed are told from chance, for who wants to know."""
    words, write = context.words, context.words.numbers.number
    compared = units["change_real"].drop_nulls().len()
    said = [words("overview.method_low")]
    if compared:
        said.append(words("overview.method_change", chance=write(2 * TAIL_95 * compared)))
    return "\n\n".join(said)
