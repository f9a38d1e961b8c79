"""Frames as the sheets of an XLSX workbook, written row by row: a large one takes half the time of a table's cells."""

import io
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Write = Callable[[int, int, Any, Format | None], object]

_HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e3eef8", "bottom": 1}
_SAMPLE, _CHARACTER, _NARROWEST, _WIDEST = 500, 7, 64, 420  # rows, and widths in pixels
_WHOLE, _FRACTION, _DATE = "#,##0", "#,##0.00", "dd/mm/yyyy"


def workbook(sheets: Mapping[str, pl.DataFrame]) -> bytes:
    """Frames as the sheets of a workbook, by their titles; nothing in it is a formula or a link."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        for title, frame in sheets.items():
            _sheet(book, title, frame)
    return buffer.getvalue()


def _sheet(book: xlsxwriter.Workbook, title: str, frame: pl.DataFrame) -> None:
    """A sheet with filters and its heading row held; codes that are digits stay text without a complaint."""
    sheet = book.add_worksheet(title)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.freeze_panes(1, 0)
    head, writers = book.add_format(_HEADER), []
    for at, name in enumerate(frame.columns):
        sheet.set_column_pixels(at, at, _width(name, frame[name].head(_SAMPLE)))
        sheet.write_string(0, at, name, head)
        writers.append(_writer(book, sheet, frame[name]))
    if frame.width:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)
    plain = frame.with_columns(pl.selectors.float().fill_nan(None))
    for row, cells in zip(count(1), plain.iter_rows(), strict=False):
        for at, (value, (write, look)) in enumerate(zip(cells, writers, strict=True)):
            if value is not None:
                write(row, at, value, look)


def _writer(book: xlsxwriter.Workbook, sheet: Worksheet, column: pl.Series) -> tuple[Write, Format | None]:
    """How the cells of a column are written, and how they look."""
    if column.dtype == pl.Boolean:
        return sheet.write_boolean, None
    if column.dtype.is_numeric():
        return sheet.write_number, book.add_format({"num_format": _number_format(column)})
    if column.dtype.is_temporal():
        return sheet.write_datetime, book.add_format({"num_format": _DATE})
    return sheet.write_string, None


def _number_format(column: pl.Series) -> str:
    """Whole numbers without decimals, percentages with two, others as they are."""
    if column.dtype.is_float() and column.name.endswith("(%)"):
        return _FRACTION
    return _WHOLE if (column.cast(pl.Float64) % 1 == 0).all() else "General"


def _width(name: str, sample: pl.Series) -> int:
    """Wide enough for the texts of a sample, and for half of the heading, which may stand on two lines."""
    longest = sample.cast(pl.String, strict=False).str.len_chars().max()
    texts = longest if isinstance(longest, int) else 0
    return min(max(_NARROWEST, _CHARACTER * texts + 12, _CHARACTER * (len(name) + 8) * 2 // 3), _WIDEST)
