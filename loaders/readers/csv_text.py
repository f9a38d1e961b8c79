"""Comma-separated values, as spreadsheets save them: by commas, by semicolons (a Vietnamese Excel), or by tabs."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.layout import is_header
from loaders.readers.limits import check_rows
from loaders.readers.sheet import Sheet, sheets_document
from loaders.readers.text import decoded

_DELIMITERS = (";", ",", "\t")


def read_csv(path: Path) -> Document:
    """Read a .csv file as a sheet of its own name; raises `UnreadableFile` where its cells are not sure."""
    text = decoded(path)
    check_rows(text.count("\n"), path.name)
    for delimiter in _DELIMITERS:
        cells = dict(_rows(path.name, text, delimiter))
        headers = [line for line, row in cells.items() if is_header(list(row.values()))]
        if headers:
            widest = max(cells[headers[0]])
            wider = next((line for line, row in cells.items() if line > headers[0] and max(row) > widest), None)
            if wider is not None:
                raise _refused(f"{path.name}, row:{wider}", "dòng có nhiều ô hơn dòng đầu bảng")
            return sheets_document(path.name, [Sheet(path.stem, cells)])
    raise _refused(path.name, "tệp CSV không có dòng đầu bảng nào nhận ra được")


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, dict[int, str]]]:
    """The cells of each line that has any, by the line they begin on and their column, both from 1."""
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for row in reader:
            if any(row):
                yield begun, {column: cell for column, cell in enumerate(row, start=1) if cell}
            begun = reader.line_num + 1
    except csv.Error as error:
        raise _refused(f"{name}, row:{begun}", "dấu ngoặc kép không đóng, hoặc ô quá dài") from error


def _refused(place: str, found: str) -> UnreadableFile:
    return UnreadableFile(
        place=place,
        found=found,
        expected="dòng đầu có cột “Chỉ tiêu” và “Số liệu”, mỗi dòng đủ các ô ấy, ô có dấu phẩy đặt trong ngoặc kép",
        action="gửi tệp Excel gốc (.xlsx), hoặc sửa các dòng ấy rồi nạp lại",
    )
