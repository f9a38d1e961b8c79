"""Reconciliation: what a unit's report prints for each tier below, against the sum of that tier's own reports.

The two are never added. What is printed less what is summed belongs to the units that gave no figure, or is a
contradiction; figures under two definitions are not compared.
"""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from pages.drilldown.printed import own_words, printed_words, with_contradictions
from pages.kit.address import said, toggle
from pages.kit.context import Context
from pages.kit.source import source_table
from pages.kit.tables import Column, Kind
from pages.kit.words import Words, plain
from warehouse import answers
from warehouse.answers import reporting
from warehouse.answers.sources import Figure
from warehouse.model import NATION

_MISSING_SHOWN = 200
_PRINTED = ("stated_percent", "percent", "numerator", "denominator", "printed", "place_name")
_FIGURES = (*_PRINTED, "summed", "summed_percent", "summed_numerator", "summed_denominator")
_WRONG = ("exceeds", "differs", "impossible")


def show_reconciliation(context: Context, rate: str) -> None:
    """A sentence a tier, the figures as a table, who is missing, and all indicators for those who ask."""
    words, selection = context.words, context.selection
    where = (selection.unit, selection.period, selection.simulated)
    found = context.ask(answers.reconcile_rate, *where, rate).with_columns(pl.lit(rate).alias("rate"))
    if found.is_empty():
        st.caption(words("drilldown.reconcile_nothing", unit=plain(selection.name)))
        return
    st.markdown(f"##### {words('drilldown.reconcile', rate=context.rate_name(rate))}")
    st.caption(words("drilldown.reconcile_help"))
    if selection.boundary != "then":
        st.caption(words("drilldown.reconcile_then"))
    for sentence in sentences(context, with_contradictions(context, found.to_dicts())):
        st.markdown(f"- {sentence}")
    _rate_table(context, found)
    _missing(context)
    toggle(words("drilldown.all_indicators"), "all", off="", on="1", help=words("drilldown.all_indicators_help"))
    if said("all") == "1":
        _indicator_table(context, context.ask(answers.reconcile, *where))


def sentences(context: Context, rows: list[dict[str, Any]]) -> list[str]:
    """What each row of `with_contradictions` says in words: first the tiers, then their windows."""
    told = [_sentence(context, row, rows) for row in rows]
    return [one for one in (*told, *windows(context, rows)) if one]


def windows(context: Context, rows: list[dict[str, Any]]) -> list[str]:
    """Which reports behind the rows of `answers.reconcile_rate` do not cover the period."""
    told = [_window(context, tier) for tier in {row["level"]: row for row in rows}.values()]
    return [one for one in told if one]


def _sentence(context: Context, row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    words = context.words
    tier = [other for other in rows if other["level"] == row["level"] and other is not row]
    verdict = row["verdict"]
    if verdict == "other_definition":
        if not _is_printed(row):
            named = any(other["verdict"] == verdict and _is_printed(other) for other in tier)
            verdict = "" if named else "also"
        elif not row["given"]:
            row = {**row, "own_definitions": [other for other in tier if other["given"]]}
    if not verdict:
        return ""
    if verdict == "not_printed" and context.selection.unit == NATION:
        verdict = "summed"  # nobody expects the country to send a report
    return words(f"reconcile.{verdict}", **_values(context, row, verdict))


def _is_printed(row: dict[str, Any]) -> bool:
    return row["percent"] is not None or row["stated_percent"] is not None


# What each sentence is given to say.
_SAYS: dict[str, tuple[str, ...]] = {
    "own": ("tier", "unit", "printed"),
    "none_reported": ("tier", "unit", "printed", "expected"),
    "implied": ("tier", "unit", "printed", "given", "expected", "summed", "rest", "missing"),
    "agrees": ("tier", "unit", "printed", "expected"),
    "agrees_so_far": ("tier", "unit", "printed", "given", "expected"),
    "differs": ("tier", "unit", "printed", "expected", "summed"),
    "exceeds": ("tier", "unit", "printed", "given", "expected", "summed"),
    "impossible": ("tier", "unit", "printed", "given", "expected", "summed", "rest_parts", "missing"),
    "other_definition": ("tier", "unit", "printed", "definition", "own_definition", "own"),
    "also": ("tier", "given", "definition", "summed"),
    "not_asked": ("tier", "unit", "printed", "reported"),
    "summed": ("tier", "given", "expected", "summed"),
    "not_printed": ("tier", "unit", "given", "expected", "summed"),
    "parts_missing": ("tier", "unit", "printed"),
    "no_figure": ("tier", "reported", "expected"),
}


def _values(context: Context, row: dict[str, Any], verdict: str) -> dict[str, str]:
    words, numbers = context.words, context.words.numbers
    others = row.get("own_definitions", [])
    values = {
        "tier": words(f"level.{row['level']}"),
        "unit": plain(context.selection.name),
        "printed": (own_words if verdict == "own" else printed_words)(words, row),
        "summed": _figure(words, row, ("summed_percent", "summed_numerator", "summed_denominator")),
        "rest": _figure(words, row, ("implied_percent", "residual_numerator", "residual_denominator")),
        "rest_parts": f"{numbers.shortest(row['residual_numerator'])}/{numbers.shortest(row['residual_denominator'])}",
        "missing": numbers.number(row["expected"] - row["given"]),
        "definition": plain(_definition(context, row)),
        "own_definition": plain("; ".join(_definition(context, other) for other in others)),
        "own": "; ".join(
            _figure(words, other, ("summed_percent", "summed_numerator", "summed_denominator")) for other in others
        ),
        **{name: numbers.number(row[name]) for name in ("expected", "reported", "given")},
    }
    return {name: values[name] for name in _SAYS[verdict]}


def _definition(context: Context, row: dict[str, Any]) -> str:
    return context.rate_name(row["rate"], row["definition"]) if row["definition"] else ""


def _figure(words: Words, row: dict[str, Any], fields: tuple[str, str, str]) -> str:
    """`99,62 % (6.626/6.651)` of sums and what is left."""
    percent, numerator, denominator = (row[field] for field in fields)
    numbers = words.numbers
    if numerator is None or denominator is None:
        return f"**{numbers.missing}**"
    return f"**{numbers.percent(percent)}** ({numbers.shortest(numerator)}/{numbers.shortest(denominator)})"


def _window(context: Context, row: dict[str, Any]) -> str:
    """A report that does not cover the period is compared with fuller ones: that is said."""
    words = context.words
    if not row["short"]:
        return ""
    days = row["days_missing"]
    if row["own"]:
        return words("reconcile.short_own", unit=plain(context.selection.name), days=days)
    tier = words(f"level.{row['level']}")
    return words("reconcile.short", tier=tier, count=words.numbers.number(row["short"]), days=days)


def _rate_table(context: Context, found: pl.DataFrame) -> None:
    words = context.words
    shown = found.with_columns(
        pl.Series("tier", [words(f"level.{level}") for level in found["level"]]),
        pl.Series("definition_name", [_definition(context, row) for row in found.iter_rows(named=True)]),
        pl.Series("verdict_name", [words(f"reconcile.verdict_{verdict}") for verdict in found["verdict"]]),
        pl.Series("who", [words.numbers.share(*who) for who in found.select("given", "expected").iter_rows()]),
        pl.selectors.decimal().cast(pl.Float64),
    )
    columns = _rate_columns(words)
    source_table(context, shown, columns, f"reconcile-{context.selection.unit}", partial(_figure_at, context))


def _rate_columns(words: Words) -> list[Column]:
    """What is printed, what is summed, and what follows."""

    def column(field: str, key: str, kind: Kind, width: int, narrow: int | None = None) -> Column:
        return Column(field, words(f"reconcile.column_{key}"), kind, words(f"reconcile.{key}_help"), width, narrow)

    return [
        Column("tier", words("column.level"), width=80, narrow=58),
        Column("definition_name", words("rate.definition"), width=140),
        column("stated_percent", "printed", "number", 75),
        column("percent", "worked_out", "percent", 95, 95),
        Column("numerator", words("column.numerator"), "count", width=66),
        Column("denominator", words("column.denominator"), "count", width=66),
        column("summed_percent", "summed", "percent", 85, 85),
        Column("summed_numerator", words("reconcile.column_summed_numerator"), "count", width=80),
        Column("summed_denominator", words("reconcile.column_summed_denominator"), "count", width=80),
        column("who", "given", "text", 72),
        column("residual_denominator", "residual", "count", 75),
        column("implied_percent", "implied", "percent", 62),
        Column("verdict_name", words("reconcile.column_verdict"), width=190, narrow=78),
    ]


def _figure_at(context: Context, row: dict[str, Any], field: str) -> Figure | None:
    """The number in a cell: as the unit's own report prints it, or the sum of the tier's own reports.

    Reconciliation follows the map of the period: the sum has no card where the filter bar asks for another.
    """
    selection = context.selection
    summed = field.startswith("summed")
    if field not in _FIGURES or (summed and (row["given"] == 0 or selection.boundary != "then")):
        return None
    about = {name: row[name] for name in ("indicator", "rate", "definition") if row.get(name)}
    return Figure(selection.unit, row["level"], selection.period, printed=not summed, **about)


def _missing(context: Context) -> None:
    """The units that should have reported and did not, by name."""
    words, selection = context.words, context.selection
    found = context.ask(reporting.missing, selection.unit, selection.period, selection.simulated)
    for level in found["level"].unique(maintain_order=True):
        units = found.filter(pl.col("level") == level)
        tier = words(f"level.{level}")
        with st.expander(words("drilldown.missing", tier=tier, count=words.numbers.number(units.height))):
            shown = units.head(_MISSING_SHOWN)
            for (parent,), group in shown.group_by("parent_name", maintain_order=True):
                above = f"**{plain(parent)}**: " if parent and parent != selection.name else ""
                st.markdown(above + ", ".join(plain(name) for name in group["name"]))
            if units.height > _MISSING_SHOWN:
                st.caption(words("drilldown.missing_more", count=words.numbers.number(units.height - _MISSING_SHOWN)))


def _indicator_table(context: Context, found: pl.DataFrame) -> None:
    """Every additive indicator that the unit's report or the tier's own reports have, contradictions first."""
    words = context.words
    if found.is_empty():
        st.caption(words("drilldown.no_indicators"))
        return
    shown = (
        found.with_columns(
            pl.Series("tier", [words(f"level.{level}") for level in found["level"]]),
            pl.Series("indicator_name", [words.named(row) for row in found.iter_rows(named=True)]),
            pl.Series("verdict_name", [words(f"reconcile.verdict_{verdict}") for verdict in found["verdict"]]),
            pl.Series("who", [words.numbers.share(*who) for who in found.select("given", "expected").iter_rows()]),
            pl.Series("place_name", [words.place(place or "") for place in found["place"]]),
            pl.selectors.decimal().cast(pl.Float64),
        )
        .with_columns(pl.col("verdict").is_in(_WRONG).alias("wrong"))
        .sort("wrong", descending=True, maintain_order=True)
    )
    several = found["level"].n_unique() > 1
    columns = [
        Column("tier", words("column.level"), width=90, narrow=58 if several else None),
        Column("indicator_name", words("reconcile.column_indicator"), width=330, narrow=104 if several else 158),
        Column("printed", words("reconcile.column_printed"), "number", width=110, narrow=86),
        Column("summed", words("reconcile.column_summed"), "number", width=110, narrow=86),
        Column("who", words("reconcile.column_given"), width=90),
        Column("residual", words("reconcile.column_residual"), "number", width=110),
        Column("verdict_name", words("reconcile.column_verdict"), width=220),
        Column("place_name", words("column.place"), width=150),
    ]
    key = f"indicators-{context.selection.unit}"
    source_table(context, shown, columns, key, partial(_figure_at, context), most=560)
