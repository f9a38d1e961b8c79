"""The card of one number: as stated, as recomputed, as told; the printed rows, the report, and what contradicts it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from pages.kit.context import Context
from pages.kit.findings import finding_line
from pages.kit.source_parts import draw_added_up, draw_worked_out, parts_text
from pages.kit.source_rows import draw_rows
from pages.kit.windows import data_until
from pages.kit.words import Words, plain
from warehouse import answers
from warehouse.answers.sources import (
    Figure,
    is_added_up,
    source_findings,
    source_of,
    source_rate,
    source_told,
)
from warehouse.model import NATION

_HASH_SHOWN = 12
_GOOD, _BAD, _OPEN = "✓", "✗", "○"
MARKS = {
    "agrees": _GOOD,
    "rate_differs": _BAD,
    "rate_on_zero": _BAD,
    "narrative_differs": _BAD,
    "rate_truncated": _BAD,
    "rate_as_ratio": _BAD,
    "not_stated": _OPEN,
    "not_computed": _OPEN,
    "other_window": _OPEN,
    "not_told": _OPEN,
}


def draw_card(context: Context, figure: Figure) -> Figure | None:
    """Draw the card in the place that is open; returns the part of a sum whose own card is asked for by a click."""
    words = context.words
    st.markdown(f"**{plain(_subject(context, figure))}**")
    period = figure.period if figure.boundary == "then" else None  # a unit is called as its report calls it
    path = context.ask(answers.unit_path, figure.unit, "then", period)
    name = words("unit.nation") if figure.unit == NATION or path.is_empty() else path["name"][-1]
    st.caption(plain(" · ".join((name, words.period(figure.period), words(f"level.{figure.level}")))))
    if is_added_up(context.warehouse, figure):
        return draw_added_up(context, figure)
    _own(context, figure)
    return None


def _subject(context: Context, figure: Figure) -> str:
    if figure.rate:
        return f"{context.rate_name(figure.rate)} · {context.rate_name(figure.rate, figure.definition)}"
    return context.words.named(context.indicators[figure.indicator])


def _own(context: Context, figure: Figure) -> None:
    """A figure printed in the unit's own report."""
    words = context.words
    if not figure.printed and draw_worked_out(context, figure):
        return
    rows = context.ask(source_of, figure)
    if rows.is_empty() or rows["report_id"][0] is None:
        st.info(words("source.no_report"), icon=":material/info:")
        return
    first = rows.row(0, named=True)
    rates = context.ask(source_rate, figure)
    rate = rates.row(0, named=True) if rates.height else None
    recomputed = rate["percent"] if rate else None
    indicators = tuple(rows["indicator"])
    told = context.ask(source_told, figure, first["report_id"], indicators, recomputed)
    _versions(words, figure, first, rate, told)
    if first["simulated"]:
        st.warning(words("app.simulated"), icon=":material/science:")
    draw_rows(words, rows)
    _report(words, first)
    if told.height:
        st.markdown(f"**{words('source.told')}**")
        st.markdown("\n".join(_told_line(words, row) for row in told.iter_rows(named=True)))
    _findings(context, figure, rows)


def _versions(
    words: Words, figure: Figure, row: dict[str, Any], rate: dict[str, Any] | None, told: pl.DataFrame
) -> None:
    """The number as stated, as recomputed and as told, each with its verdict in words."""
    write = _as_printed(words) if figure.rate else words.numbers.shortest
    compared = told.filter("is_rate") if figure.rate else told
    nothing: dict[str, Any] = {"value": None, "verdict": "not_told"}
    found = compared.row(0, named=True) if compared.height else nothing
    narrative = ("source.narrative", write(found["value"]), _verdict(words, found["verdict"]))
    if not figure.rate:
        versions = [("source.printed", write(row["value"]), words(f"status.{row['status']}")), narrative]
    elif rate is None:
        missing = words.numbers.missing
        versions = [("source.recomputed", missing, _verdict(words, "not_computed")), narrative]
    else:
        stated = ("source.stated", write(rate["stated_percent"]), _verdict(words, rate["verdict"]))
        parts = parts_text(words, rate["numerator"], rate["denominator"])
        recomputed = ("source.recomputed", words.numbers.percent(rate["percent"]), parts)
        versions = [stated, recomputed, narrative]
    with st.container(horizontal=True, key="source-versions"):
        for label, value, note in versions:
            with st.container(border=True, width=215):
                st.metric(words(label), value)
                st.caption(plain(note))


def _as_printed(words: Words) -> Callable[[float | None], str]:
    """A percentage with the decimals it is printed with: 99,2 is not 99,20."""
    return lambda value: words.numbers.missing if value is None else f"{words.numbers.shortest(value)}\u00a0%"


def _verdict(words: Words, verdict: str) -> str:
    return f"{MARKS[verdict]} {words(f'verdict.{verdict}')}"


def _report(words: Words, row: dict[str, Any]) -> None:
    """The report: file, form, dates and windows, the start of its hash, and the way to it."""
    facts = {
        "column.file": row["file_name"],
        "quality.form": row[f"form_{words.language}"] or words("quality.no_form"),
        "source.document": row["document_number"] or "",
        "quality.signed_on": words.date(row["signed_on"]),
        "quality.as_of": data_until(row, words),
        "source.nominal": _window(words, row["nominal_start"], row["nominal_end"]),
        "source.window": _window(words, row["window_start"], row["window_end"]),
        "source.hash": row["sha256"][:_HASH_SHOWN],
    }
    missing = words.numbers.missing
    known = {label: value for label, value in facts.items() if value and value != missing}
    st.markdown(f"**{words('source.report')}**")
    st.markdown("\n".join(f"- {words(label)}: {plain(value)}" for label, value in known.items()))
    unknown = [words(label) for label in facts if label not in known]
    if unknown:
        st.caption(plain(words("source.not_said", facts=", ".join(unknown))))
    named = {"unit": row["unit_code"], "period": row["period"], "report": row["report_id"]}
    address = urlencode({**named, "lang": words.language, "world": "simulated" if row["simulated"] else "real"})
    st.link_button(words("source.open_report"), f"quality?{address}", icon=":material/open_in_new:")


def _window(words: Words, first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return words("window.since" if first else "window.until", date=words.date(first or last))
    return f"{words.date(first)} – {words.date(last)}"


def _told_line(words: Words, row: dict[str, Any]) -> str:
    note = f" ({plain(row['note'])})" if row["note"] else ""
    quoted = f"“{plain(row['label'])}”: **{plain(row['raw_value'] or '')}**{note}"
    return f"- {plain(words.place(row['place']))}, {quoted}. {plain(_verdict(words, row['verdict']))}"


def _findings(context: Context, figure: Figure, rows: pl.DataFrame) -> None:
    words = context.words
    subjects = (*rows["indicator"], *((figure.rate, f"{figure.rate}_stated") if figure.rate else ()))
    places = tuple(rows["place"].drop_nulls())
    levels = tuple(rows["level"].unique(maintain_order=True))
    found = context.ask(source_findings, rows["report_id"][0], places, subjects, levels)
    st.markdown(f"**{words('quality.findings')}**")
    if found.is_empty():
        st.caption(words("source.clean"))
    st.markdown("\n".join(finding_line(words, row) for row in found.iter_rows(named=True)))
