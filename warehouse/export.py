"""Exports: printed rows with their sources and definitions, as CSV, XLSX or Parquet.

What is exported is what the filter finds, whole. Every file says which rows are simulated. Text that a
spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers, also as printed (`-5`).
"""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.model import NATION
from warehouse.numbers import Language
from warehouse.store import Warehouse

MOST_ROWS = 1_000_000  # of a worksheet; a larger answer wants Parquet
_RUNS_AS_FORMULA = r"^[=+\-@\t\r]"
_SIGNED_NUMBER = r"^[+\-]\d+([.,]\d+)*$"


class TooManyRows(ValueError):
    """More rows than the format can hold."""


def export_rows(warehouse: Warehouse, wanted: RowFilter, path: Path, language: Language) -> int:
    """Write the rows that `wanted` finds to `path`, in the format of its suffix; returns how many.

    Raises `ValueError` for an unknown suffix and `TooManyRows` where a worksheet cannot hold them.
    """
    writer = FORMATS.get(path.suffix.lower().lstrip("."))
    if writer is None:
        raise ValueError(f"{path}: đuôi “{path.suffix}” lạ; cần một trong {', '.join(sorted(FORMATS))}")
    frame = answers.rows(warehouse, wanted, limit=1 << 40)
    path.write_bytes(writer(frame, definitions(warehouse, frame, language), language))
    return frame.height


def unknown_code(warehouse: Warehouse, wanted: RowFilter) -> str | None:
    """The unit or indicator asked for that does not exist: an empty file would look like an answer."""
    if wanted.unit != NATION and answers.unit_path(warehouse, wanted.unit).is_empty():
        return f"đơn vị “{wanted.unit}”"
    known = answers.catalogue(warehouse)["indicator"].to_list()
    return next((f"chỉ tiêu “{indicator}”" for indicator in wanted.indicators if indicator not in known), None)


def definitions(warehouse: Warehouse, rows: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The catalogue entries of the indicators in `rows`, with names in one language."""
    catalogue = answers.catalogue(warehouse)
    used = catalogue.filter(pl.col("indicator").is_in(rows["indicator"].unique().drop_nulls().to_list()))
    return used.select(
        "indicator",
        pl.col(f"name_{language}").alias("name"),
        pl.col(f"theme_{language}").alias("theme"),
        pl.col(f"measure_{language}").alias("measure"),
        "kind",
        "additive",
        "direction",
    )


def sources(rows: pl.DataFrame) -> pl.DataFrame:
    """The reports behind `rows`, with how many rows each gave."""
    columns = ["report_id", "unit_name", "unit_code", "period", "form", "file_name", "simulated"]
    return rows.group_by(columns, maintain_order=True).len("rows")


def to_csv(frame: pl.DataFrame, _definitions: pl.DataFrame, _language: Language) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows Vietnamese as written."""
    return table_csv(frame)


def to_parquet(frame: pl.DataFrame, used: pl.DataFrame, _language: Language) -> bytes:
    """Parquet with the definitions in its file metadata, as JSON under `definitions`."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata={"definitions": used.write_json()})
    return buffer.getvalue()


def to_xlsx(frame: pl.DataFrame, used: pl.DataFrame, language: Language) -> bytes:
    """A workbook of three sheets: the figures, their definitions, their sources and caveats."""
    if frame.height > MOST_ROWS:
        raise TooManyRows(f"{frame.height} dòng, một trang tính chỉ chứa {MOST_ROWS}; hãy xuất dạng Parquet")
    return workbook(dict(zip(_SHEETS[language], (frame, used, sources(frame)), strict=True)))


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


FORMATS: Mapping[str, Callable[[pl.DataFrame, pl.DataFrame, Language], bytes]] = {
    "csv": to_csv,
    "parquet": to_parquet,
    "xlsx": to_xlsx,
}
_SHEETS: dict[Language, Sequence[str]] = {
    "vi": ("Số liệu", "Định nghĩa", "Nguồn"),
    "en": ("Figures", "Definitions", "Sources"),
}


def _sheet(book: xlsxwriter.Workbook, title: str, frame: pl.DataFrame) -> None:
    frame.write_excel(book, title, autofit=frame.height < 5_000, header_format={"bold": True}, freeze_panes=(1, 0))


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    runs = text.str.contains(_RUNS_AS_FORMULA) & ~text.str.contains(_SIGNED_NUMBER)
    return frame.with_columns(pl.when(runs).then("'" + text).otherwise(text).name.keep())
