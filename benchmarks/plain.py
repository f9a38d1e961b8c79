"""What an analyst would write instead: a few lines of python-docx, pandas or pdfplumber for each format.

The rows are the same as those the product reads. Nothing is made of them: no form, no unit, no number.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import docx
import pandas as pd
import pdfplumber

Cells = Sequence[str]
_HEADINGS = {"STT", "Đơn vị tính"}


def plain_rows(kind: str, path: Path) -> list[Cells]:
    """The annex rows of a file: of each table what stands below its header."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the reading libraries
        return [row for table in TABLES[kind](path) for row in _below_header(table)]


def _below_header(table: Iterable[Cells]) -> list[Cells]:
    rows: list[Cells] = []
    started = False
    for cells in table:
        is_header = not _HEADINGS.isdisjoint(cells)
        started = started or is_header
        if started and not is_header and sum(map(bool, cells)) > 1:
            rows.append(cells)
    return rows


def _docx_tables(path: Path) -> list[list[Cells]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def _sheet_tables(path: Path) -> list[list[Cells]]:
    return [_texts(frame) for frame in pd.read_excel(path, sheet_name=None, header=None).values()]


def _html_tables(path: Path) -> list[list[Cells]]:
    return [_texts(frame) for frame in pd.read_html(path)]


def _texts(frame: pd.DataFrame) -> list[Cells]:
    return list(frame.fillna("").astype(str).values.tolist())


def _pdf_tables(path: Path) -> list[list[Cells]]:
    with pdfplumber.open(path) as file:
        tables = [table for page in file.pages for table in page.extract_tables()]
    return [[[(cell or "").replace("\n", " ") for cell in row] for row in table] for table in tables]


def _text_tables(path: Path) -> list[list[Cells]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[line.split("\t") for line in lines if "\t" in line or not line]]


TABLES: Mapping[str, Callable[[Path], list[list[Cells]]]] = {
    "docx": _docx_tables,
    "xlsx": _sheet_tables,
    "xls": _sheet_tables,
    "ods": _sheet_tables,
    "html": _html_tables,
    "pdf": _pdf_tables,
    "txt": _text_tables,
}
