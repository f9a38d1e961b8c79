"""Comma-separated values, as spreadsheets save them: by commas, by semicolons (a Vietnamese Excel), or by tabs."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.layout import is_header
from loaders.readers.limits import check_rows
from loaders.readers.sheet import Sheet, sheets_document
from loaders.readers.text import decoded
from warehouse.text import words

_DELIMITERS = (";", ",", "\t")


def read_csv(path: Path) -> Document:
    """Read a .csv file as a sheet of its own name; raises `UnreadableFile` where its cells are not sure."""
    text = decoded(path)
    check_rows(text.count("\n"), path.name)
    problem = _refused(path.name, "tệp CSV không có dòng đầu bảng nào nhận ra được")
    for delimiter in _DELIMITERS:
        try:
            rows = dict(_rows(path.name, text, delimiter))
        except UnreadableFile as quotes:  # those of another delimiter
            problem = quotes
            continue
        headers = [line for line, row in rows.items() if is_header(row)]
        if headers:
            _check_widths(path.name, rows, headers[0], delimiter)
            cells = {
                line: {column: cell for column, cell in enumerate(row, start=1) if cell} for line, row in rows.items()
            }
            return sheets_document(path.name, [Sheet(path.stem, cells)])
    raise problem


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that has any, by the line they begin on, from 1."""
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for row in reader:
            if any(row):
                yield begun, row
            begun = reader.line_num + 1
    except csv.Error as error:
        raise _refused(f"{name}, row:{begun}", "dấu ngoặc kép không đóng, hoặc ô quá dài") from error


def _check_widths(name: str, rows: Mapping[int, list[str]], header: int, delimiter: str) -> None:
    """Every row under the header has as many cells: one with more has a comma that is part of a figure.

    Between commas none has fewer either, or a mere number for a note: with such a comma (`1,234`) it would look whole.
    """
    notes = [place for place, head in enumerate(rows[header]) if words(head).startswith("ghi chu")]
    for line, row in rows.items():
        if line <= header:
            continue
        more = len(row) - len(rows[header])
        if more > 0:
            raise _refused(f"{name}, row:{line}", "dòng có nhiều ô hơn dòng đầu bảng")
        if delimiter == "," and more < 0:
            raise _refused(f"{name}, row:{line}", "dòng có ít ô hơn dòng đầu bảng")
        if delimiter == "," and any(row[place].strip().isdecimal() for place in notes):
            raise _refused(f"{name}, row:{line}", "ô ghi chú chỉ có số, có thể là phần sau dấu phẩy của số đứng trước")


def _refused(place: str, found: str) -> UnreadableFile:
    return UnreadableFile(
        place=place,
        found=found,
        expected="dòng đầu có cột “Chỉ tiêu” và “Số liệu”, mỗi dòng đủ các ô ấy, ô có dấu phẩy đặt trong ngoặc kép",
        action="gửi tệp Excel gốc (.xlsx), hoặc sửa các dòng ấy rồi nạp lại",
    )
