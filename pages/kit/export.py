"""The export buttons: the whole answer to the filter on screen, written only when the reader asks for it."""

from collections.abc import Callable

import streamlit as st

from pages.kit.context import Context
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.export import FORMATS, MOST_ROWS, definitions

_MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def export_buttons(context: Context, wanted: RowFilter, rows: int) -> None:
    """A button a format; the file has exactly the `rows` rows that the filter finds."""
    words = context.words
    st.markdown(f"**{words('table.export', rows=words.numbers.number(rows))}**")
    st.caption(words("table.export_help"))
    with st.container(horizontal=True):
        for file_format in ("xlsx", "csv", "parquet"):
            too_many = file_format == "xlsx" and rows > MOST_ROWS
            st.download_button(
                file_format.upper(),
                data=_writer(context, wanted, file_format),
                file_name=f"cchc_{wanted.unit}_{'-'.join(wanted.periods) or 'all'}.{file_format}",
                mime=_MIME[file_format],
                key=f"export-{file_format}",
                icon=":material/download:",
                on_click="ignore",
                disabled=too_many,
                help=words("table.export_large", rows=rows) if too_many else None,
            )


def _writer(context: Context, wanted: RowFilter, file_format: str) -> Callable[[], bytes]:
    """Writes the file when the browser asks for it, not on every run of the page."""

    def write() -> bytes:
        frame = answers.rows(context.warehouse, wanted, limit=1 << 40)
        used = definitions(context.warehouse, frame, context.words.language)
        return FORMATS[file_format](frame, used, context.words.language)

    return write
