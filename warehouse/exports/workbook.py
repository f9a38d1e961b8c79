"""Exports: printed rows, figures or rates with sources, definitions and caveats, as CSV, XLSX, Parquet or SDMX-CSV.

What is exported is what the filter finds, whole. Every file says which rows are simulated. Text that a
spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers, also as printed (`-5`).
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from warehouse.exports.codes import in_words
from warehouse.exports.extract import Extract, Wanted, extract, heads_of
from warehouse.exports.headings import columns_sheet, headings
from warehouse.exports.sheets import workbook
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
    titles = SHEETS[found.language]
    parts = {name: getattr(found, name) for name in titles if name != "columns" and getattr(found, name) is not None}
    parts["values"] = _themes_named(parts["values"], found.definitions)
    return worded_workbook(parts, titles, found.language, heads_of(found.long))


def worded_workbook(
    parts: Mapping[str, pl.DataFrame], titles: Mapping[str, str], language: Language, heads: Mapping[str, str]
) -> bytes:
    """Frames by the names of their parts as the sheets of `titles`, their columns and their codes in words.

    The sheet `columns` of `titles` leads from every heading to its field and its codes; `heads` names wide columns.
    """
    headed = {name: headings(part, name, language, heads) for name, part in parts.items()}
    texts = {name: {one.field: one.text for one in found} for name, found in headed.items()}
    sheets = {}
    for name, part in parts.items():
        wide = [one.field for one in headed[name] if not one.meaning]
        sheets[name] = in_words(_estimates(part, texts[name]), name, language, wide).rename(texts[name])
    sheets["columns"] = columns_sheet({titles[name]: one for name, one in headed.items()}, language)
    return workbook({title: sheets[name] for name, title in titles.items() if name in sheets})


def _themes_named(values: pl.DataFrame, definitions: pl.DataFrame) -> pl.DataFrame:
    """The areas of reform by their names, which the definitions have."""
    if "theme" not in values.columns or definitions.is_empty():
        return values
    names = definitions.select("indicator", pl.col("theme").alias("theme_name"))
    named = values.join(names, on="indicator", how="left", maintain_order="left")
    return named.with_columns(pl.coalesce("theme_name", "theme").alias("theme")).drop("theme_name")


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
SHEETS: dict[Language, dict[str, str]] = {
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


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    runs = text.str.contains(_RUNS_AS_FORMULA) & ~text.str.contains(_SIGNED_NUMBER)
    return frame.with_columns(pl.when(runs).then("'" + text).otherwise(text).name.keep())
