"""Exports: printed rows, figures or rates with sources, definitions and caveats, as CSV, XLSX, Parquet or SDMX-CSV.

What is exported is what the filter finds, whole. Every file says which rows are simulated. Text that a
spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers, also as printed (`-5`).
"""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from warehouse.exports.extract import Extract, Wanted, extract
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
    """A workbook of the values, why wide ones are empty, their definitions, caveats and sources, a sheet each."""
    if found.values.height > MOST_ROWS:
        count = found.values.height
        raise TooManyRows(f"{count} dòng, một trang tính chỉ chứa {MOST_ROWS}; hãy xuất dạng Parquet")
    parts = (found.values, found.statuses, found.definitions, found.caveats, found.sources)
    sheets = dict(zip(_SHEETS[found.language], parts, strict=True))
    return workbook({title: part for title, part in sheets.items() if part is not None})


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
_SHEETS: dict[Language, Sequence[str]] = {
    "vi": ("Số liệu", "Tình trạng", "Định nghĩa", "Lưu ý", "Nguồn"),
    "en": ("Figures", "Statuses", "Definitions", "Caveats", "Sources"),
}


def _sheet(book: xlsxwriter.Workbook, title: str, frame: pl.DataFrame) -> None:
    frame.write_excel(book, title, autofit=frame.height < 5_000, header_format={"bold": True}, freeze_panes=(1, 0))


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    runs = text.str.contains(_RUNS_AS_FORMULA) & ~text.str.contains(_SIGNED_NUMBER)
    return frame.with_columns(pl.when(runs).then("'" + text).otherwise(text).name.keep())
