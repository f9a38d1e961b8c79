"""Exports: printed rows, figures or rates with sources, definitions and caveats, as CSV, XLSX, Parquet or SDMX-CSV.

What is exported is what the filter finds, whole. Every file says which rows are simulated. Text that a
spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers, also as printed (`-5`).
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import xlsxwriter

from warehouse.exports.extract import Extract, Wanted, extract, heads_of
from warehouse.exports.headings import columns_sheet, headings
from warehouse.numbers import Language
from warehouse.store import Warehouse

MOST_ROWS = 1_000_000  # of a worksheet; a larger answer wants Parquet
STRUCTURE_SUFFIX = ".structure.json"
# Spreadsheets look past blanks and invisible signs in front, and take the full-width signs for the plain ones.
_RUNS_AS_FORMULA = r"^[\s\x{a0}\x{200b}-\x{200f}\x{2060}\x{feff}]*[=+\-@＝＋－＠]|^[\t\r\n]"
_SIGNED_NUMBER = r"^[+\-]\d+([.,]\d+)*$"


class TooManyRows(ValueError):
    """More rows than the format can hold."""


def format_of(path: Path) -> str:
    """The format that a file name asks for by its ending; raises `ValueError` for an unknown one."""
    ends = [name for name in sorted(FORMATS, key=len, reverse=True) if path.name.lower().endswith(f".{name}")]
    if not ends or path.name.lower() == f".{ends[0]}":
        raise ValueError(f"{path}: đuôi “{path.suffix}” lạ; cần một trong {', '.join(sorted(FORMATS))}")
    return ends[0]


def export_rows(
    warehouse: Warehouse, wanted: Wanted, path: Path, language: Language, file_format: str | None = None
) -> int:
    """Write what `wanted` finds to `path`, in a named format or that of its ending; returns how many rows.

    SDMX-CSV gets its data structure definition in a file beside it. Raises `ValueError` for an unknown ending or
    what SDMX cannot hold, and `TooManyRows` where a worksheet cannot hold them.
    """
    chosen = file_format or format_of(path)
    found = extract(warehouse, wanted, language)
    path.write_bytes(FORMATS[chosen](found))
    if chosen == SDMX:
        path.with_name(path.name.removesuffix(".csv") + STRUCTURE_SUFFIX).write_bytes(structure(warehouse, found))
    return found.values.height


def to_csv(found: Extract) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows Vietnamese as written."""
    return table_csv(found.values)


def to_parquet(found: Extract) -> bytes:
    """Parquet with definitions, sources and caveats in its file metadata, as JSON under these names."""
    buffer = io.BytesIO()
    about = {name: getattr(found, name).write_json() for name in ("definitions", "sources", "caveats")}
    found.values.write_parquet(buffer, metadata=about)
    return buffer.getvalue()


def to_xlsx(found: Extract) -> bytes:
    """A workbook of the values, why wide ones are empty, their definitions, columns, caveats and sources, a sheet each.

    Columns are headed in words, in one row, so that filters and readers of tables work; the sheet of columns has their
    field names.
    """
    if found.values.height > MOST_ROWS:
        count = found.values.height
        raise TooManyRows(f"{count} dòng, một trang tính chỉ chứa {MOST_ROWS}; hãy xuất dạng Parquet")
    titles, heads = _SHEETS[found.language], heads_of(found.long)
    parts = {name: getattr(found, name) for name in titles if name != "columns" and getattr(found, name) is not None}
    headed = {name: headings(part, name, found.language, heads) for name, part in parts.items()}
    texts = {name: {one.field: one.text for one in found} for name, found in headed.items()}
    sheets = {name: _estimates(part, texts[name]).rename(texts[name]) for name, part in parts.items()}
    sheets["columns"] = columns_sheet({titles[name]: one for name, one in headed.items()}, found.language)
    return workbook({title: sheets[name] for name, title in titles.items() if name in sheets})


def _estimates(part: pl.DataFrame, texts: Mapping[str, str]) -> pl.DataFrame:
    """A wide sheet with the columns that hold estimates listed by their headings."""
    if part.schema.get("estimated") != pl.String:
        return part
    listed = pl.col("estimated").str.split(", ").list.eval(pl.element().replace(texts)).list.join(", ")
    return part.with_columns(listed)


def to_sdmx(found: Extract) -> bytes:
    """SDMX-CSV 2.0; raises `NotForSdmx`, a `ValueError`, for printed rows."""
    from warehouse.exports import sdmx  # noqa: PLC0415 - its library takes a second, and only this format needs it

    return sdmx.to_sdmx(found)


def structure(warehouse: Warehouse, found: Extract) -> bytes:
    """The data structure definition that goes with `to_sdmx`, as SDMX-JSON 2.0."""
    from warehouse.exports import sdmx  # noqa: PLC0415 - as above

    return sdmx.to_structure(warehouse, found)


def workbook(sheets: Mapping[str, pl.DataFrame]) -> bytes:
    """Frames as the sheets of a workbook, by their titles; nothing in it is a formula or a link."""
    buffer = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, plain) as book:
        for title, frame in sheets.items():
            _sheet(book, title, frame)
    return buffer.getvalue()


def table_csv(frame: pl.DataFrame) -> bytes:
    """A frame as CSV for a spreadsheet."""
    return _harmless(frame).write_csv(include_bom=True).encode("utf-8")


SDMX = "sdmx.csv"
FORMATS: Mapping[str, Callable[[Extract], bytes]] = {
    "csv": to_csv,
    "parquet": to_parquet,
    SDMX: to_sdmx,
    "xlsx": to_xlsx,
}
_SHEETS: dict[Language, dict[str, str]] = {
    "vi": {
        "values": "Số liệu",
        "statuses": "Tình trạng",
        "definitions": "Định nghĩa",
        "columns": "Các cột",
        "caveats": "Lưu ý",
        "sources": "Nguồn",
    },
    "en": {
        "values": "Figures",
        "statuses": "Statuses",
        "definitions": "Definitions",
        "columns": "Columns",
        "caveats": "Caveats",
        "sources": "Sources",
    },
}
_HEADER = {"bold": True, "text_wrap": True, "valign": "top"}
_SAMPLE, _CHARACTER, _NARROWEST, _WIDEST = 500, 7, 64, 420  # rows, and widths in pixels
_WHOLE, _FRACTION, _DATE = "#,##0", "#,##0.00", "dd/mm/yyyy"


def _sheet(book: xlsxwriter.Workbook, title: str, frame: pl.DataFrame) -> None:
    """A sheet with filters and its heading row held; codes that are digits stay text without a complaint."""
    sheet = book.add_worksheet(title)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    frame.write_excel(
        book,
        title,
        autofilter=True,
        header_format=_HEADER,
        freeze_panes=(1, 0),
        column_formats={name: _number_format(frame[name]) for name in frame.columns if frame[name].dtype.is_numeric()},
        dtype_formats={pl.Date: _DATE},
        column_widths={name: _width(name, frame[name].head(_SAMPLE)) for name in frame.columns},
    )


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


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    runs = text.str.contains(_RUNS_AS_FORMULA) & ~text.str.contains(_SIGNED_NUMBER)
    return frame.with_columns(pl.when(runs).then("'" + text).otherwise(text).name.keep())
