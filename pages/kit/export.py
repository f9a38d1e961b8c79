"""The export buttons: the whole answer to the filter on screen, written only when the reader asks for it."""

from collections.abc import Callable

import streamlit as st

from pages.kit.context import Context
from warehouse.answers import RowFilter
from warehouse.exports.extract import Wanted, extract
from warehouse.exports.workbook import FORMATS, MOST_ROWS, SDMX, STRUCTURE_SUFFIX, structure

_MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    SDMX: "application/vnd.sdmx.data+csv;version=2.0.0",
}
# What a workbook takes on a busy machine of two processors; the other formats take a second or two.
_SLOW_ROWS, _ROWS_A_SECOND = 10_000, 4_000
_LABELS = {"xlsx": "XLSX", "csv": "CSV", "parquet": "PARQUET", SDMX: "SDMX-CSV 2.0"}


def export_buttons(context: Context, wanted: Wanted, rows: int) -> None:
    """A button a format; the file has exactly the `rows` rows that the filter finds.

    Printed rows have no SDMX form; figures and rates have, with a button for the definition of their structure.
    """
    words = context.words
    st.markdown(f"**{words('explore.export', rows=words.numbers.number(rows))}**")
    st.caption(words("explore.export_help"))
    if _SLOW_ROWS <= rows <= MOST_ROWS:
        seconds = words.numbers.number(5 * -(-rows // (5 * _ROWS_A_SECOND)))
        st.caption(words("explore.export_slow", rows=words.numbers.number(rows), seconds=seconds))
    for_sdmx = not isinstance(wanted, RowFilter)
    with st.container(horizontal=True):
        for file_format, label in _LABELS.items():
            if file_format == SDMX and not for_sdmx:
                continue
            too_many = file_format == "xlsx" and rows > MOST_ROWS
            st.download_button(
                words("explore.export_as", format=label, rows=words.numbers.number(rows)),
                data=_writer(context, wanted, file_format),
                file_name=f"{_name(wanted)}.{file_format}",
                mime=_MIME[file_format],
                key=f"export-{file_format}",
                icon=":material/download:",
                on_click="ignore",
                disabled=too_many,
                help=words("explore.export_large", rows=rows) if too_many else None,
            )
        if for_sdmx:
            st.download_button(
                words("explore.structure"),
                data=lambda: structure(context.warehouse, extract(context.warehouse, wanted, words.language)),
                file_name=f"{_name(wanted)}.sdmx{STRUCTURE_SUFFIX}",
                mime="application/vnd.sdmx.structure+json;version=2.0.0",
                key="export-structure",
                icon=":material/schema:",
                on_click="ignore",
                help=words("explore.structure_help"),
            )


def _name(wanted: Wanted) -> str:
    units = "-".join((*wanted.below, *wanted.alone)) or wanted.unit
    return f"cchc_{units}_{'-'.join(wanted.periods) or 'all'}"[:120]


def _writer(context: Context, wanted: Wanted, file_format: str) -> Callable[[], bytes]:
    """Writes the file when the browser asks for it, not on every run of the page."""
    return lambda: FORMATS[file_format](extract(context.warehouse, wanted, context.words.language))
