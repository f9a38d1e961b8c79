"""A frame as a file, with frames that explain it: further sheets of a workbook, metadata of a Parquet file."""

import io
from collections.abc import Mapping

import polars as pl

from warehouse.exports.workbook import SHEETS, table_csv, worded_workbook
from warehouse.numbers import Language

FRAME_FORMATS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}


def frame_file(
    file_format: str,
    frame: pl.DataFrame,
    parts: Mapping[str, pl.DataFrame],
    titles: Mapping[str, str],
    language: Language,
) -> bytes:
    """The file of one of `FRAME_FORMATS`; a CSV has `frame` alone.

    `parts` by their names, `frame` among them, make the workbook under their `titles`, with columns and codes in words
    as `warehouse.exports.workbook.to_xlsx` has them.
    """
    if file_format == "xlsx":
        return worded_workbook(parts, {**titles, "columns": SHEETS[language]["columns"]}, language, {})
    if file_format == "csv":
        return table_csv(frame)
    buffer = io.BytesIO()
    about = {titles[name]: part.write_json() for name, part in parts.items() if part is not frame}
    frame.write_parquet(buffer, metadata=about)
    return buffer.getvalue()
