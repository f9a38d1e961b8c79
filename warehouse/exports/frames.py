"""A frame as a file, with frames that explain it: further sheets of a workbook, metadata of a Parquet file."""

import io
from collections.abc import Mapping

import polars as pl

from warehouse.exports.workbook import table_csv, workbook

FRAME_FORMATS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}


def frame_file(file_format: str, frame: pl.DataFrame, sheets: Mapping[str, pl.DataFrame]) -> bytes:
    """The file of one of `FRAME_FORMATS`: `sheets` by title make the workbook; a CSV has `frame` alone."""
    if file_format == "xlsx":
        return workbook(sheets)
    if file_format == "csv":
        return table_csv(frame)
    buffer = io.BytesIO()
    frame.write_parquet(
        buffer, metadata={title: sheet.write_json() for title, sheet in sheets.items() if sheet is not frame}
    )
    return buffer.getvalue()
