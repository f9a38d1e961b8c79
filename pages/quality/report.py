"""One report opened: what it says of itself, its findings, and every row as printed, as read, and where it stands."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import say, switch
from pages.kit.context import Context
from pages.kit.findings import finding_line
from pages.kit.source import source_table
from pages.kit.tables import Column
from pages.kit.windows import data_until
from pages.kit.words import Words, plain
from pages.quality.feedback import WRITERS, feedback_sheet
from warehouse import answers
from warehouse.answers.sources import figure_printed


def show_report(context: Context, report_id: str) -> None:
    """Draw the report in place of the list that it was chosen from."""
    words = context.words
    st.button(f"← {words('quality.back')}", type="tertiary", on_click=say, args=("report", ""))
    cards = context.ask(answers.report_card, report_id)
    if cards.is_empty():
        st.info(words("quality.no_rows"), icon=":material/info:")
        return
    card = cards.row(0, named=True)
    st.subheader(plain(f"{card['unit_name']} · {card['file_name']}"))
    st.caption(_facts(card, words))
    found = context.ask(answers.findings, (report_id,))
    if found.is_empty():
        st.caption(words("quality.clean"))
    else:
        st.markdown("\n".join(finding_line(words, row) for row in found.iter_rows(named=True)))
    _sheet_buttons(context, report_id)
    _rows(context, context.ask(answers.report_rows, report_id), card)


def _facts(card: dict[str, Any], words: Words) -> str:
    form = card[f"form_{words.language}"] or words("quality.no_form")
    facts = {
        "filters.period": words.period(card["period"]),
        "quality.form": form,
        "quality.signed_on": words.date(card["signed_on"]),
        "quality.as_of": data_until(card, words),
    }
    return plain(" · ".join(f"{words(key)}: {value}" for key, value in facts.items()))


def _sheet_buttons(context: Context, report_id: str) -> None:
    """A button a format of the sheet that goes back to the reporting unit."""
    with st.container(horizontal=True):
        for ending in WRITERS:
            st.download_button(
                f"{context.words('quality.sheet')} ({ending})",
                data=_writer(context, report_id, ending),
                file_name=f"cchc_{report_id}{ending}",
                key=f"sheet{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _writer(context: Context, report_id: str, ending: str) -> Callable[[], bytes]:
    """Writes the sheet when the browser asks for it, not on every run of the page."""

    def write() -> bytes:
        sheet = feedback_sheet(context.warehouse, context.words, report_id)
        return WRITERS[ending](sheet, context.words)

    return write


def _rows(context: Context, rows: pl.DataFrame, card: dict[str, Any]) -> None:
    """Every row; a click opens the card of the figure that it gives, if it gives one."""
    words = context.words
    shown = rows.with_columns(
        pl.when(pl.col("source") == "narrative")
        .then(pl.lit(words("quality.narrative")))
        .otherwise("annex")
        .alias("annex"),
        pl.Series("status_name", [_status(row, words) for row in rows.iter_rows(named=True)]),
        pl.Series("place_name", [words.place(place) for place in rows["place"]]),
        pl.col(f"messages_{words.language}").list.join(" ").fill_null("").alias("messages"),
        pl.when("known_row").then(pl.lit("")).otherwise(pl.lit(words("quality.unknown_row"))).alias("known"),
        pl.col("code", "parent_label", "unit_of_measure", "raw_value", "note", "indicator").fill_null(""),
    )
    found = shown.filter(pl.col("messages") != "")
    number = words.numbers.number
    if found.height and switch(
        words("quality.only_found", found=number(found.height), rows=number(shown.height)), "found"
    ):
        shown = found
    whose = {"unit_code": card["unit_code"], "period": card["period"]}
    st.caption(words("explore.click_hint"))
    source_table(
        context, shown, _columns(words), "report-rows", lambda row, _: figure_printed({**row, **whose}), most=760
    )


def _status(row: dict[str, Any], words: Words) -> str:
    """How a row was read; a heading of the form is not left blank, for it asks for no figure."""
    is_heading = row["known_row"] and row["indicator"] is None and row["status"] == "blank"
    return words("quality.heading_row" if is_heading else f"status.{row['status']}")


def _columns(words: Words) -> list[Column]:
    """What is printed, how it was read, and beside it what the checks found there."""
    return [
        Column("annex", words("column.annex"), width=90),
        Column("code", words("column.code"), width=56),
        Column("label", words("column.label"), width=310, narrow=134),
        Column("raw_value", words("column.raw_value"), width=120, narrow=82),
        Column("value", words("column.value"), "number", width=76),
        Column("messages", words("quality.message"), width=430, narrow=140),
        Column("status_name", words("column.status"), width=120),
        Column("unit_of_measure", words("column.measure"), width=110),
        Column("place_name", words("column.place"), width=110),
        Column("note", words("column.note"), width=140),
        Column("indicator", words("quality.indicator"), width=220),
        Column("known", words("quality.mapping"), width=120),
        Column("parent_label", words("column.parent_label"), width=200),
    ]
